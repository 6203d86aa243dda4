"""Closing a client with calls under way: each gets ClientClosed, and no task is cancelled that nobody cancelled."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from navixy_async import ApiKey, ClientClosed, Limits, Login, Navixy, Pool, Retries, Timeouts
from navixy_async.errors import NavixyError

from ..support.transport.raw import Asked, http, raw_server

KEY = "0123456789abcdef" * 2

OK = http(b'{"success": true, "list": []}')


async def _silent(_asked: Asked, _writer: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


async def _broken(_asked: Asked, writer: asyncio.StreamWriter) -> bool:
    writer.write(http(b"", "503 Service Unavailable"))
    return True


async def _no_login(asked: Asked, writer: asyncio.StreamWriter) -> None:
    if asked.path == "user/auth":
        await asyncio.Event().wait()
    writer.write(OK)


async def _slow_body(_asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(OK[:-5])
    await writer.drain()
    await asyncio.Event().wait()


async def _throttling(_asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(http(b"", "429 Too Many Requests", more="Retry-After: 100\r\n"))


PLACES: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "waiting for an answer": (_silent, {}),
    "reading one": (_slow_body, {}),
    "waiting for a connection": (_silent, {"pool": Pool(size=1)}),
    "backing off": (_broken, {"retries": Retries(base=100, longest=200)}),
    "waiting for a login": (_no_login, {}),
    "waiting in the limiter": (_silent, {"limits": Limits(per_credential=1, per_address=1, burst=1)}),
    "waiting out a refusal": (_throttling, {}),
    "waiting for a rule's place": (_silent, {}),
}


@pytest.mark.parametrize("where", PLACES)
async def test_calls_under_way_get_client_closed(where: str) -> None:
    handler, settings = PLACES[where]
    async with raw_server(handler) as server:
        navixy = Navixy(server.url, timeouts=Timeouts(total=200, close=0.1), **settings)
        await navixy.__aenter__()
        credential: Any = Login("somebody", "pass-0a1b2c3d") if "login" in where else ApiKey(KEY)
        account = navixy.account(credential)
        budget = navixy._pipeline.budget
        path = "report/tracker/generate" if "rule" in where else "tracker/list"
        tasks = [asyncio.create_task(account.call(path)) for _ in range(12)]
        await asyncio.sleep(0.2)
        left = budget.left
        await navixy.aclose()
        _, late = await asyncio.wait(tasks, timeout=2)
        assert not late, "closing wakes everybody"
        assert [type(task.exception()) if not task.cancelled() else "cancelled" for task in tasks] == [
            ClientClosed
        ] * 12
        assert budget.left == left, "no retry is spent on it"
        snapshot = navixy.limiter.snapshot()
        assert snapshot.waiting == 0
        for credential_ in navixy.limiter.scheduler.registry.credentials.values():
            assert credential_.in_flight == 0


async def test_a_task_group_hears_of_it() -> None:
    async with raw_server(_silent) as server:
        navixy = Navixy(server.url, pool=Pool(size=1), timeouts=Timeouts(close=0.1))
        await navixy.__aenter__()
        account = navixy.account(ApiKey(KEY))

        async def close() -> None:
            await asyncio.sleep(0.1)
            await navixy.aclose()

        with pytest.raises(ExceptionGroup) as failed:
            async with asyncio.TaskGroup() as group:
                group.create_task(close())
                for _ in range(5):
                    group.create_task(account.tracker.list())
        assert failed.group_contains(ClientClosed)


async def test_who_is_cancelled_stays_cancelled() -> None:
    async with raw_server(_silent) as server:
        navixy = Navixy(server.url, timeouts=Timeouts(close=0.1))
        await navixy.__aenter__()
        task = asyncio.create_task(navixy.account(ApiKey(KEY)).tracker.list())
        await asyncio.sleep(0.1)
        task.cancel()
        await navixy.aclose()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_nobody_logs_in_while_the_client_logs_out() -> None:
    logins, closing = 0, asyncio.Event()

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        nonlocal logins
        if asked.path == "user/auth":
            logins += 1
            writer.write(http(json.dumps({"success": True, "hash": f"0123456789abcdef{logins:016x}"}).encode()))
        elif asked.path == "user/logout":
            closing.set()
            await asyncio.sleep(0.2)
            writer.write(OK)
        else:
            writer.write(http(b'{"success": false, "status": {"code": 4, "description": "ended"}}'))

    async with raw_server(answer) as server:
        navixy = Navixy(server.url)
        await navixy.__aenter__()
        account = navixy.account(Login("somebody", "pass-0a1b2c3d"))
        with pytest.raises(NavixyError):
            await account.tracker.list()
        opened = logins
        end = asyncio.create_task(navixy.aclose())
        await closing.wait()
        with pytest.raises(ClientClosed):
            await account.tracker.list()
        await end
        assert logins == opened


@pytest.mark.parametrize(
    ("url", "warned"),
    [
        ("http://gps.example.com/v2", True),
        ("http://10.0.0.1:8080", True),
        ("http://[2001:db8::1]/v2", True),
        ("https://gps.example.com/v2", False),
        ("http://127.0.0.1:8080/v2", False),
        ("http://127.9.9.9/v2", False),
        ("http://[::1]:8080/v2", False),
        ("http://localhost/v2", False),
    ],
)
def test_a_base_that_is_not_encrypted_is_warned_of(url: str, warned: bool, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "navixy_async"):
        Navixy(url)
    assert ["is not encrypted" in record.getMessage() for record in caplog.records] == [True] * warned
