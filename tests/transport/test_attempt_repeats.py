"""How often what is sent: counted on the wire by a server that hears every byte."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from navixy_async import ApiKey, Navixy, Retries
from navixy_async import errors as e
from navixy_async.api.models.place import Place
from navixy_async.api.runtime.index import find, known_paths
from navixy_async.operations import Replay

from ..support.transport.raw import Asked, http, raw_server

KEY = "0123456789abcdef" * 2

OK = http(b'{"success": true, "list": [], "value": {}}')


@asynccontextmanager
async def breaking(**settings: Any) -> AsyncIterator[tuple[Navixy, Counter[str]]]:
    """A platform that takes every request and then breaks the connection."""
    heard: Counter[str] = Counter()

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> bool:
        heard[asked.path] += 1
        writer.transport.abort()
        return False

    settings.setdefault("retries", Retries(base=0.001, longest=0.01))
    async with raw_server(answer) as server, Navixy(server.url, **settings) as navixy:
        yield navixy, heard


STATES = ["place/update", "tracker/output/update", "tracker/command/update", "tag/update", "zone/update"]


@pytest.mark.parametrize("path", STATES)
async def test_a_write_that_may_have_been_done_is_sent_once(path: str) -> None:
    async with breaking() as (navixy, heard):
        with pytest.raises(e.ConnectionLost):
            await navixy.account(ApiKey(KEY)).call(path, {"id": 1})
        assert heard[path] == 1


@pytest.mark.parametrize("path", STATES)
async def test_updates_are_repeated_for_those_who_ask(path: str) -> None:
    async with breaking() as (navixy, heard):
        account = navixy.account(ApiKey(KEY))
        ways: list[Any] = [
            lambda: account.call(path, {"id": 1}, repeat_updates=True),
            lambda: account.call_bytes(path, {"id": 1}, repeat_updates=True),
            lambda: account.with_updates_repeated().call(path, {"id": 1}),
            lambda: navixy.account(ApiKey(KEY), repeat_updates=True).call(path, {"id": 1}),
        ]
        for way in ways:
            heard.clear()
            with pytest.raises(e.ConnectionLost):
                await way()
            assert heard[path] == Retries().attempts
        heard.clear()
        with pytest.raises(e.ConnectionLost):
            await account.with_updates_repeated().call(path, {"id": 1}, repeat_updates=False)
        assert heard[path] == 1


async def test_typed_methods_follow_their_account() -> None:
    async with breaking() as (navixy, heard):
        account = navixy.account(ApiKey(KEY))
        place = Place(id=1, label="Yard")
        for repeated in (account, account.with_updates_repeated()):
            with pytest.raises(e.NavixyError):
                await repeated.place.update(place)
        assert heard["place/update"] == 1 + Retries().attempts


async def test_commands_to_devices_are_never_repeated_blindly() -> None:
    commands = [path for path in known_paths() if find(path).device]
    assert {"tracker/output/set", "tracker/send_command", "tracker/engine_immobilizer/set"} <= set(commands)
    assert all(find(path).replay is Replay.WRITE for path in commands)
    async with breaking() as (navixy, heard):
        account = navixy.account(ApiKey(KEY), repeat_updates=True)
        for path in commands:
            with pytest.raises(e.ConnectionLost):
                await account.call(path, {}, repeat_updates=True)
    assert set(heard.values()) == {1}


@pytest.mark.parametrize("own", [True, False], ids=["our session", "a session of their own"])
async def test_a_get_on_a_connection_that_had_ended_is_no_secret_second_attempt(own: bool) -> None:
    heard = 0

    async def answer(_asked: Asked, writer: asyncio.StreamWriter) -> bool | None:
        nonlocal heard
        heard += 1
        if heard == 1:
            writer.write(OK)
            return None  # kept, as it seems
        writer.transport.abort()
        return False

    async with raw_server(answer) as server, aiohttp.ClientSession() as session:
        more: dict[str, Any] = {} if own else {"session": session}
        async with Navixy(server.url, retries=Retries(attempts=1), **more) as navixy:
            account = navixy.account(ApiKey(KEY))
            assert find("iot/logic/flow/read").method == "GET"
            await account.call("iot/logic/flow/read", {"flow_id": 1})
            with pytest.raises(e.ConnectionLost):
                await account.call("iot/logic/flow/read", {"flow_id": 1})
            assert heard == 2
            assert navixy.limiter.scheduler.granted == 2, "the limiter let go what was heard"


@pytest.mark.parametrize("before", [True, False])
async def test_a_borrowed_session_is_given_back_as_it_was(before: bool) -> None:
    async with raw_server(lambda *_: asyncio.sleep(0)) as server, aiohttp.ClientSession() as session:
        session._retry_connection = before
        first, second = Navixy(server.url, session=session), Navixy(server.url, session=session)
        await first.__aenter__()
        await second.__aenter__()
        assert session._retry_connection is False
        await first.aclose()
        assert session._retry_connection is False, "the second has it still"
        await second.aclose()
        assert session._retry_connection is before
