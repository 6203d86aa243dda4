"""Writes whose answer cannot be read: done, told so, and sent once; counted by a server that hears every byte."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import backoff
import pytest

from navixy_async import Account, ApiKey, Navixy, Pool, Retries, Timeouts
from navixy_async import errors as e
from navixy_async.api.runtime.index import find, known_paths
from navixy_async.operations import Operation, Replay
from navixy_async.transport.unread import MOST_KEPT

from ..support.transport.raw import Asked, http, raw_server

KEY = "0123456789abcdef" * 2
PAGE = b"<!DOCTYPE html><html><body>Please log in to the wireless network</body></html>"
CUT = http(b'{"success": true, "id": 5, "more": "' + b"x" * 1000 + b'"}')[:-500]

UNREAD = {
    "garbage": http(b"\x00\xff nothing of sense"),
    "empty": http(b""),
    "no content": b"HTTP/1.1 204 No Content\r\n\r\n",
    "html": http(PAGE, kind="text/html"),
    "html as json": http(PAGE),
    "text": http(b"OK", kind="text/plain"),
    "a list": http(b'[{"success": true}]'),
    "a number": http(b"7"),
    "null": http(b"null"),
    "a gateway's json": http(b'{"error": "who are you?"}'),
    "an empty object": http(b"{}"),
    "cut json": http(b'{"success": true, "id": '),
    "cut on the wire": CUT,
    "cut chunks": (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        b'20\r\n{"success": true, "id": 7, "x": '
    ),
    "broken gzip": http(b'{"success": true}', more="Content-Encoding: gzip\r\n"),
    "not utf-8": http(b'{"success": true, "id": "\xff\xfe"}'),
    "a refusal, cut": http(b'{"success": false, "status": {"code": 2'),
    "too deep": http(b'{"success": true, "id": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
}
WRONG_SHAPES = {
    "no member": http(b'{"success": true}'),
    "null member": http(b'{"success": true, "id": null}'),
    "text for a number": http(b'{"success": true, "id": "five"}'),
    "an object for a number": http(b'{"success": true, "id": {"value": 5}}'),
    "a list for a number": http(b'{"success": true, "id": [5]}'),
}


@asynccontextmanager
async def saying(said: bytes, **settings: Any) -> AsyncIterator[tuple[Account, list[Asked]]]:
    """A platform that does everything and always answers the same; afterwards the connection ends."""
    heard: list[Asked] = []

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> bool:
        heard.append(asked)
        writer.write(said)
        with suppress(OSError):
            await writer.drain()
        return False

    settings.setdefault("retries", Retries(base=0.001, longest=0.01))
    async with raw_server(answer) as server, Navixy(server.url, **settings) as navixy:
        yield navixy.account(ApiKey(KEY)), heard


Call = Callable[[Account], Awaitable[Any]]
CALLS: dict[str, Call] = {
    "typed": lambda account: account.tag.create({"name": "x", "color": "FFFFFF"}),
    "by path": lambda account: account.call("tag/create", {"tag": {}}),
    "undecoded": lambda account: account.call_bytes("tag/create", {"tag": {}}),
    "without a result": lambda account: account.tag.delete(tag_id=1),
    "an update": lambda account: account.call("place/update", {"place": {"id": 1}}),
    "an upload": lambda account: account.call("place/upload", {"file": b"label;address"}),
    "a command": lambda account: account.call("tracker/output/set", {"tracker_id": 1, "output": 1, "enable": True}),
}


async def told(call: Call, said: bytes, **settings: Any) -> e.DoneButUnreadError:
    async with saying(said, **settings) as (account, heard):
        with pytest.raises(e.DoneButUnreadError) as caught:
            await call(account)
        assert len(heard) == 1, "sent once"
        assert caught.value.attempts == 1
        assert caught.value.operation == heard[0].path
    return caught.value


@pytest.mark.parametrize("said", UNREAD)
@pytest.mark.parametrize("call", CALLS)
async def test_what_was_done_is_said_so_and_sent_once(call: str, said: str) -> None:
    if call == "undecoded" and said in ("not utf-8", "too deep", "cut json"):
        pytest.skip("whoever takes the bytes reads them")
    error = await told(CALLS[call], UNREAD[said])
    assert 200 <= error.http_status < 300
    assert "but its answer could not be read" in str(error)
    assert error.is_certain == (" was done, " in str(error))
    assert "probably refused" in str(error) if said == "a refusal, cut" else " done, " in str(error)
    assert error.is_certain == (said in ("cut json", "cut on the wire", "cut chunks", "not utf-8", "too deep"))
    sent = UNREAD[said].partition(b"\r\n\r\n")[2]
    if "gzip" not in said and "chunks" not in said:
        assert error.body == sent[:MOST_KEPT]


@pytest.mark.parametrize("said", WRONG_SHAPES)
async def test_another_shape_is_done_for_certain(said: str) -> None:
    error = await told(CALLS["typed"], WRONG_SHAPES[said])
    assert error.is_certain
    assert error.body == WRONG_SHAPES[said].partition(b"\r\n\r\n")[2]


async def test_silence_after_the_head_is_an_answer_too() -> None:
    async def answer(_asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(CUT[:-100])
        await writer.drain()
        await asyncio.Event().wait()

    async with raw_server(answer) as server, Navixy(server.url, timeouts=Timeouts(read=0.05)) as navixy:
        for timeout in (None, 0.05):
            with pytest.raises(e.DoneButUnreadError) as caught:
                await navixy.account(ApiKey(KEY)).call("tag/create", {}, timeout=timeout)
            assert caught.value.is_certain
            assert caught.value.body.startswith(b'{"success": true, "id": 5')


async def test_an_answer_beyond_the_bounds() -> None:
    said = http(b'{"success": true, "id": 5, "more": "' + b"x" * 300_000 + b'"}')
    error = await told(CALLS["typed"], said, pool=Pool(largest_answer=200_000))
    assert error.is_certain
    assert len(error.body) == MOST_KEPT
    error = await told(CALLS["typed"], http(b'{"success": true, "id": "' + b"x" * 300_000 + b'"}'))
    assert len(error.body) == MOST_KEPT


async def test_it_carries_no_secret() -> None:
    said = b'{"success": true, "id": "' + KEY.encode() + b' and hunter22"}'
    async with saying(http(said)) as (account, _):
        with pytest.raises(e.DoneButUnreadError) as caught:
            await account.call(Operation("tag/create", dict[str, int]), {"password": "hunter22"})
    for text in (str(caught.value), repr(caught.value), repr(caught.value.body), repr(vars(caught.value))):
        assert KEY not in text
        assert "hunter22" not in text
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.body, again.is_certain) == (str(caught.value), caught.value.body, True)


@pytest.mark.parametrize("name", ["hash", "standalone_token", "Password", "api_key"])
async def test_no_secret_that_was_handed_out(name: str) -> None:
    """An answer may be what makes a session or a key: it is as secret as those that were sent."""
    secret = 'fedcba98\\"76543210'
    for end in ('", "id": 5', ""):
        error = await told(
            CALLS["undecoded"], http(f'{{"success": true, "value": {{"{name}" : "{secret}{end}'.encode())
        )
        assert error.is_certain
        assert error.body == f'{{"success": true, "value": {{"{name}" : "***{end}'.encode()


@pytest.mark.parametrize("before", [MOST_KEPT - 16, MOST_KEPT + 4096 - 16])
@pytest.mark.parametrize("echoes", [0, 200])
async def test_no_secret_is_cut_in_half(before: int, echoes: int) -> None:
    """Neither where the kept beginning ends, nor because masked ones make room for what lies behind it."""
    said = (KEY.encode() * echoes).ljust(before, b"-") + KEY.encode() + b"-" * 10_000
    error = await told(CALLS["undecoded"], http(said, kind="text/html"))
    assert KEY[:8].encode() not in error.body
    assert len(error.body) > MOST_KEPT - 10_000


@pytest.mark.parametrize(
    "repeated", [e.TransportError, e.ApiError, e.DecodeFailed, e.DeadlineExceeded, OSError, ValueError]
)
async def test_no_loop_of_a_program_repeats_it(repeated: type[Exception]) -> None:
    assert not issubclass(e.DoneButUnreadError, repeated)
    async with saying(UNREAD["html"]) as (account, heard):

        @backoff.on_exception(backoff.constant, repeated, max_tries=5, interval=0)
        async def create() -> int:
            return await account.tag.create({"name": "x", "color": "FFFFFF"})

        with pytest.raises(e.DoneButUnreadError):
            await create()
        assert len(heard) == 1


@pytest.mark.parametrize("path", [path for path in known_paths() if find(path).replay is not Replay.READ])
async def test_every_write_is_told_apart(path: str) -> None:
    operation = find(path)
    params: dict[str, Any] = {"file": b"x"} if operation.encoding == "multipart" else {}
    for part in operation.path.split("/"):
        if part.startswith("{"):
            params[part.strip("{}")] = 1
    await told(lambda account: account.call_bytes(operation, params), UNREAD["html"])


async def test_updates_are_repeated_for_those_who_ask_unless_they_were_done_for_certain() -> None:
    async with saying(UNREAD["html"]) as (account, heard):
        with pytest.raises(e.DoneButUnreadError) as caught:
            await account.call("place/update", {}, repeat_updates=True)
        assert len(heard) == caught.value.attempts == Retries().attempts
    async with saying(UNREAD["cut json"]) as (account, heard):
        with pytest.raises(e.DoneButUnreadError):
            await account.call("place/update", {}, repeat_updates=True)
        assert len(heard) == 1


@pytest.mark.parametrize("said", ["html", "cut json", "empty", "cut on the wire"])
async def test_reads_stay_as_they_are(said: str) -> None:
    async with saying(UNREAD[said]) as (account, heard):
        with pytest.raises(e.UnreadableAnswer):
            await account.tracker.list()
        assert len(heard) == Retries().attempts


async def test_a_slot_that_answers_with_a_page() -> None:
    async with saying(UNREAD["html"]) as (account, heard):
        slot = {"url": "http://" + "x", "file_field_name": "file", "fields": {}}
        async with raw_server(lambda _asked, writer: _say(writer, UNREAD["html"])) as storage:
            slot["url"] = storage.url
            with pytest.raises(e.DoneButUnreadError):
                await account.fill_slot(slot, b"x")
        assert not heard


async def _say(writer: asyncio.StreamWriter, said: bytes) -> bool:
    writer.write(said)
    return False
