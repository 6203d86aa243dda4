"""What goes wrong with a login: told as it is, paid once, and nobody else's trouble."""

from __future__ import annotations

import asyncio
import json

import pytest

from navixy_async import ApiKey, Login, Navixy, Retries
from navixy_async import errors as e
from navixy_async.sessions import LoginSource

from ..support.transport.raw import Asked, http, raw_server

KEY = "0123456789abcdef" * 2

OK = http(b'{"success": true, "list": []}')


@pytest.mark.parametrize("attempts", [1, 2, 5])
@pytest.mark.parametrize("trouble", ["503", "reset", "page"])
async def test_a_login_in_an_outage_costs_its_own_attempts_and_no_more(attempts: int, trouble: str) -> None:
    logins = 0

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> object:
        nonlocal logins
        if asked.path != "user/auth":
            writer.write(OK)
            return None
        logins += 1
        if trouble == "reset":
            writer.transport.abort()
            return False
        writer.write(http(b"<html>", "503 Down" if trouble == "503" else "401 Who", "text/html"))
        return None

    retries = Retries(attempts=attempts, base=0.001, longest=0.01)
    async with raw_server(answer) as server, Navixy(server.url, retries=retries) as navixy:
        account = navixy.account(Login("somebody", "pass-0a1b2c3d"))
        with pytest.raises((e.ServerFault, e.ConnectionLost, e.SessionEnded)) as told:
            await account.tracker.list()
        assert getattr(told.value, "operation", None) == "user/auth"
        assert logins == attempts
        # All who come now are told the same, without one more login.
        outcomes = await asyncio.gather(*(account.tracker.list() for _ in range(50)), return_exceptions=True)
        assert {type(outcome) for outcome in outcomes} == {type(told.value)}
        assert logins == attempts
        assert navixy._pipeline.budget.left >= 100 - attempts, "the others have theirs"
        await navixy.account(ApiKey(KEY)).tracker.list()


async def test_a_login_that_rested_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LoginSource, "TROUBLE_RESTS", (0.05, 0.1))
    down, logins = True, 0

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        nonlocal logins
        if asked.path == "user/auth":
            logins += 1
            body = json.dumps({"success": True, "hash": f"0123456789abcdef{logins:016x}"}).encode()
            writer.write(http(b"", "503 Down") if down else http(body))
        else:
            writer.write(OK)

    async with raw_server(answer) as server, Navixy(server.url, retries=Retries(attempts=1)) as navixy:
        account = navixy.account(Login("somebody", "pass-0a1b2c3d"))
        for _ in range(3):
            with pytest.raises(e.ServerFault):
                await account.tracker.list()
            await asyncio.sleep(0.12)
        down = False
        await account.tracker.list()
        assert logins == 4


async def test_sessions_that_end_at_once_cost_a_bounded_number_of_logins() -> None:
    logins = calls = 0

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        nonlocal logins, calls
        if asked.path == "user/auth":
            logins += 1
            writer.write(http(json.dumps({"success": True, "hash": f"0123456789abcdef{logins:016x}"}).encode()))
        else:
            calls += 1
            writer.write(http(b'{"success": false, "status": {"code": 4, "description": "ended"}}', "403 Forbidden"))

    async with raw_server(answer) as server, Navixy(server.url) as navixy:
        account = navixy.account(Login("somebody", "pass-0a1b2c3d"))
        for _ in range(40):
            with pytest.raises(e.SessionEnded):
                await account.tracker.list()
        assert logins <= 1 + LoginSource.YOUNG_ENDS + 2


async def test_one_logins_refusals_do_not_hold_up_another_login() -> None:
    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        if asked.path == "user/auth" and asked.params["login"] == "bad":
            writer.write(http(b"", "429 Too Many Requests", more="Retry-After: 3000\r\n"))
        elif asked.path == "user/auth":
            writer.write(http(json.dumps({"success": True, "hash": KEY}).encode()))
        else:
            writer.write(OK)

    async with raw_server(answer) as server, Navixy(server.url) as navixy:
        with pytest.raises(e.NavixyError):
            await navixy.account(Login("bad", "x")).tracker.list(timeout=5)
        async with asyncio.timeout(5):
            await navixy.account(Login("good", "x")).tracker.list()
