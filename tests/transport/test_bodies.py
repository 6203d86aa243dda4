"""Whole bodies, bounded bodies, and what they say under any name: on raw servers."""

from __future__ import annotations

import asyncio
import gzip
import json
import threading
import time
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from navixy_async import ApiKey, Navixy, Pool, Retries, Timeouts
from navixy_async import errors as e
from navixy_async.account import Account
from navixy_async.transport import bodies

from ..support.transport.raw import Asked, Server, http, raw_server

KEY = "0123456789abcdef" * 2
REFUSED = b'{"success": false, "status": {"code": 7, "description": "Invalid parameters"}}'
CSV = b"lat,lng\n" + b"51.5,0.1\n" * 1000


@asynccontextmanager
async def fleet(
    say: Callable[[int, Asked, asyncio.StreamWriter], Any], **settings: Any
) -> AsyncIterator[tuple[Account, Server]]:
    """An account of a server that says what `say` writes, told the number of the request."""
    asked = 0

    async def answer(request: Asked, writer: asyncio.StreamWriter) -> Any:
        nonlocal asked
        asked += 1
        said = say(asked, request, writer)
        return await said if asyncio.iscoroutine(said) else said

    settings.setdefault("retries", Retries(base=0.001, longest=0.01, attempts=3))
    settings.setdefault("timeouts", Timeouts(total=20, attempt=10))
    async with raw_server(answer) as server, Navixy(server.url, **settings) as navixy:
        yield navixy.account(ApiKey(KEY)), server


def inside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


KINDS = ["application/octet-stream", "text/csv", "image/png", "text/html; charset=utf-8", "x", None, "Application/JSON"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("before", [b"", b" \r\n", b"\xef\xbb\xbf", b" " * 100])
async def test_a_refusal_is_one_under_any_content_type(kind: str | None, before: bytes, tmp_path: Path) -> None:
    async with fleet(lambda *given: given[2].write(http(before + REFUSED, kind=kind))) as (account, _):
        calls: list[Callable[[], Any]] = [
            lambda: account.tag.delete(tag_id=1),
            account.tracker.list,
            lambda: account.call("tracker/list"),
            lambda: account.call_bytes("tracker/list"),
            lambda: account.call_file("zone/download"),
            lambda: account.call_file("zone/download", path=tmp_path / "x"),
            lambda: account.tag.avatar.upload(tag_id=1, file=b"png"),
            lambda: account.call_bytes("tracker/raw_data/read", {"tracker_id": 1}),
            lambda: account.call("iot/logic/flow/read", {"flow_id": 1}),
        ]
        for call in calls:
            with pytest.raises((e.InvalidRequest, e.AccessDenied)) as told:  # IoT Logic means the latter by 7
                await call()
            assert (told.value.code, told.value.from_platform) == (7, True)
    assert not inside(tmp_path)


ODD_CODES = [
    (b'{"success": false, "status": {"code": "208", "description": "Device blocked"}}', 208),
    (b'{"success": false, "status": {"code": 208.0, "description": "Device blocked"}}', 208),
    (b'{"success": false, "status": {"code": 208, "description": "Ger\xe4t gesperrt"}}', 208),
    (b'{"success": "false", "status": {"code": 208}}', 208),
    (b'{"success": false, "error": {"code": " 208 ", "message": "x"}}', 208),
    (b'{"success": false, "status": {"code": 208, "description": "\\ud800"}, "n": NaN}', 208),
    (b'{"success": false, "status": {"code": 1e400, "description": "x"}}', 0),
    (b'{"success": false, "status": {"code": true}}', 0),
    (b'{"success": false, "status": {"code": -208}}', 0),
    (b'{"success": false, "status": {"code": "2' + b"0" * 5000 + b'"}}', 0),
    (b'{"success": false, "status": {"code": 2' + b"0" * 5000 + b"}}", 0),
]


@pytest.mark.parametrize(("body", "code"), ODD_CODES, ids=range(len(ODD_CODES)))
@pytest.mark.parametrize("status", ["200 OK", "403 Forbidden"])
async def test_a_code_is_read_however_it_is_written(body: bytes, code: int, status: str) -> None:
    async with fleet(lambda *given: given[2].write(http(body, status)), retries=Retries(attempts=1)) as (account, _):
        with pytest.raises(e.TrackerBlocked if code else (e.ApiError, e.UnreadableAnswer)) as told:
            await account.track.read(tracker_id=1, from_=at(0), to=at(1))
        assert code == getattr(told.value, "code", 0)


def at(hours: int) -> Any:
    from datetime import UTC, datetime

    return datetime(2026, 3, 1, hours, tzinfo=UTC)


def _cut(packed: bytes) -> bytes:
    return packed[: len(packed) - 9]


PACKED = gzip.compress(CSV)
ENDS = {
    "without length, then the end": (http(CSV, kind="text/csv", length=False), False),
    "without length, then a reset": (http(CSV[:500], kind="text/csv", length=False), False),
    "a length that is not met": (http(CSV, kind="text/csv").replace(CSV, CSV[:500]), False),
    "chunks that do not end": (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nlat,lng\n\r\n",
        False,
    ),
    "gzip that is cut": (
        http(_cut(PACKED), kind="text/csv", length=True, more="Content-Encoding: gzip\r\n"),
        False,
    ),
    "gzip that is cut, without length": (
        http(_cut(PACKED), kind="text/csv", length=False, more="Content-Encoding: gzip\r\n"),
        False,
    ),
    "gzip that is none": (http(CSV, kind="text/csv", more="Content-Encoding: gzip\r\n"), False),
    "a packing that nobody asked for": (http(CSV, kind="text/csv", more="Content-Encoding: br\r\n"), False),
    "deflate that is cut": (
        http(_cut(zlib.compress(CSV)), kind="text/csv", more="Content-Encoding: deflate\r\n"),
        False,
    ),
    "a page of HTML": (http(b"<!DOCTYPE html><html>login</html>", kind="text/html"), False),
    "a page of HTML under another name": (http(b"\n <HTML>login</HTML>", kind="text/csv"), False),
    "a length": (http(CSV, kind="text/csv"), True),
    "gzip": (http(PACKED, kind="text/csv", more="Content-Encoding: gzip\r\n"), True),
    "gzip without length": (http(PACKED, kind="text/csv", length=False, more="Content-Encoding: gzip\r\n"), True),
    "two streams of gzip": (
        http(gzip.compress(CSV[:4000]) + gzip.compress(CSV[4000:]), kind="text/csv", more="Content-Encoding: gzip\r\n"),
        True,
    ),
    "gzip with padding": (http(PACKED + b"\0" * 50, kind="text/csv", more="Content-Encoding: gzip\r\n"), True),
    "deflate": (http(zlib.compress(CSV), kind="text/csv", more="Content-Encoding: deflate\r\n"), True),
    "deflate without its head": (
        http(zlib.compress(CSV)[2:-4], kind="text/csv", more="Content-Encoding: deflate\r\n"),
        True,
    ),
}


@pytest.mark.parametrize("how", ENDS)
@pytest.mark.parametrize("way", ["bytes", "file", "disk", "table"])
async def test_a_file_is_whole_or_not_there(how: str, way: str, tmp_path: Path) -> None:
    said, whole = ENDS[how]

    async def say(_number: int, _asked: Asked, writer: asyncio.StreamWriter) -> bool:
        writer.write(said)
        await writer.drain()
        if "reset" in how or "chunks" in how or "not met" in how:
            writer.transport.abort()
        return False

    async with fleet(say, retries=Retries(base=0.001, attempts=2)) as (account, server):
        ways: dict[str, Callable[[], Any]] = {
            "bytes": lambda: account.call_bytes("zone/download"),
            "file": account.zone.download,
            "disk": lambda: account.zone.download().save(tmp_path / "x.csv"),
            "table": lambda: account.call_bytes("tracker/raw_data/read"),
        }
        if whole:
            found = await ways[way]()
            assert ((tmp_path / "x.csv").read_bytes() if way == "disk" else found) == CSV
        else:
            with pytest.raises((e.UnreadableAnswer, e.ConnectionLost)):
                await ways[way]()
            assert server.connections == 2, "a read is asked for again"
    assert inside(tmp_path) == (["x.csv"] if whole and way == "disk" else [])


async def test_json_without_a_length_is_proven_by_its_decoder() -> None:
    body = json.dumps({"success": True, "list": [{"id": 1, "sub": {"x": {}}}]}).encode()
    for cut in range(len(body)):

        async def say(number: int, _asked: Asked, writer: asyncio.StreamWriter, cut: int = cut) -> bool:
            writer.write(http(body[:cut] if number == 1 else body, length=False))
            return False

        async with fleet(say) as (account, server):
            assert await account.call_bytes("tracker/list") == body
            assert server.connections == 2


# --- bounds -----------------------------------------------------------------------------------------------------------


BOUND = 2_000_000


async def endless(writer: asyncio.StreamWriter, piece: bytes) -> bool:
    while True:
        writer.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        await writer.drain()


def _chunked(status: str, more: str = "", kind: str = "application/json") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nTransfer-Encoding: chunked\r\n{more}\r\n".encode()


async def test_an_endless_answer_ends_at_the_bound(tmp_path: Path) -> None:
    async def say(_number: int, _asked: Asked, writer: asyncio.StreamWriter) -> bool:
        writer.write(_chunked("200 OK") + b'10\r\n{"success": true\r\n')
        return await endless(writer, b' , "a": 1' * 1000)

    async with fleet(say, pool=Pool(largest_answer=BOUND)) as (account, server):
        for call in (
            account.tracker.list,
            lambda: account.call_file("zone/download", path=tmp_path / "x"),
        ):
            tracemalloc.start()
            with pytest.raises(e.AnswerTooLarge, match=r"more than the 2000000 bytes that Pool\.largest_answer allows"):
                await call()
            assert tracemalloc.get_traced_memory()[1] < 3 * BOUND
            tracemalloc.stop()
        assert server.connections == 2, "asking again would bring the same, on a connection that is closed"
    assert not inside(tmp_path)


async def test_a_bomb_of_gzip_goes_off_at_the_bound() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b" " * 1_000_000) for _ in range(300)) + packer.flush()
    assert len(bomb) < 400_000

    async with fleet(
        lambda *given: given[2].write(http(bomb, more="Content-Encoding: gzip\r\n")), pool=Pool(largest_answer=BOUND)
    ) as (account, _):
        tracemalloc.start()
        with pytest.raises(e.AnswerTooLarge):
            await account.tracker.list()
        assert tracemalloc.get_traced_memory()[1] < 4 * BOUND
        tracemalloc.stop()


async def test_a_bomb_is_known_long_before_a_large_bound() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b" " * 1_000_000) for _ in range(100)) + packer.flush()
    async with fleet(lambda *given: given[2].write(http(bomb, more="Content-Encoding: gzip\r\n"))) as (account, server):
        tracemalloc.start()
        with pytest.raises(e.AnswerTooLarge, match="packed to less than a 300th"):
            await account.tracker.list()
        assert tracemalloc.get_traced_memory()[1] < 16_000_000
        tracemalloc.stop()
        assert server.connections == 1


async def test_a_huge_refusal_does_not_hold_up_the_others() -> None:
    listed = [{"id": number, "label": f"tracker {number}"} for number in range(300_000)]
    status = {"code": 208, "description": "d" * 1_000_000}
    huge = http(json.dumps({"success": False, "list": listed, "status": status}).encode())
    async with fleet(lambda *given: given[2].write(huge)) as (account, _):
        started = time.thread_time()
        with pytest.raises(e.TrackerBlocked) as caught:
            await account.tracker.list()
        assert caught.value.from_platform
        assert len(caught.value.description) == 4000
        assert not caught.value.extra, "nobody needs ten megabytes to know that the answer is no"
        assert time.thread_time() - started < 0.5


async def test_bombs_take_turns_so_that_the_cores_are_left_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = gzip.compress(b" " * 20_000_000)
    at_once = most = 0
    unpack = bodies._Unpacker._unpack

    def counted(self: Any, packed: bytes) -> Any:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        if threading.current_thread() is not threading.main_thread():
            time.sleep(0.001)  # so that another would be seen
        try:
            return unpack(self, packed)
        finally:
            at_once -= 1

    monkeypatch.setattr(bodies._Unpacker, "_unpack", counted)
    say = http(bomb, more="Content-Encoding: gzip\r\n")
    async with fleet(lambda *given: given[2].write(say)) as (account, _):
        outcomes = await asyncio.gather(*(account.tracker.list() for _ in range(6)), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [e.AnswerTooLarge] * 6
    assert most <= 2, "one beside the event loop, one first piece on it"


async def test_a_multitude_of_tiny_members_is_neither_copied_again_and_again_nor_waited_for() -> None:
    body = b'{"success": true, "list": []}'
    some = b"".join(gzip.compress(body[at : at + 1]) for at in range(len(body)))
    tiny = some + gzip.compress(b"") * 100_000
    read: dict[bytes, bodies._Unpacker] = {}
    for packed in (some, tiny):
        read[packed] = bodies._Unpacker("gzip")
        fed = [packed[at : at + 100_000] for at in range(0, len(packed), 100_000)]
        if packed is some:
            assert b"".join(piece for each in fed for piece in read[packed].feed(each)) == body
            assert read[packed].finish()
            assert read[packed].taken == len(packed)
        else:
            with pytest.raises(bodies.BrokenBody, match="multitude of tiny streams"):
                b"".join(piece for each in fed for piece in read[packed].feed(each))
            assert read[packed].taken < 100_000
    async with fleet(lambda *given: given[2].write(http(tiny, more="Content-Encoding: gzip\r\n"))) as (account, _):
        with pytest.raises(e.UnreadableAnswer, match="multitude"):
            await account.tracker.list()


async def test_a_large_answer_that_packs_well_is_no_bomb() -> None:
    times = (f"2026-03-01T00:{n // 60 % 60:02}:{n % 60:02}+0000" for n in range(90_000))
    points = [{"get_time": time, "lat": 51.5, "lng": 0.1} for time in times]
    body = json.dumps({"success": True, "list": points}).encode()
    packed = gzip.compress(body)
    assert len(body) > 5_000_000
    assert len(body) > 25 * len(packed)
    async with fleet(lambda *given: given[2].write(http(packed, more="Content-Encoding: gzip\r\n"))) as (account, _):
        assert await account.call_bytes("tracker/list") == body


@pytest.mark.parametrize("more", ["", "Content-Encoding: gzip\r\n"])
async def test_an_error_page_without_end_is_what_its_status_says(more: str, tmp_path: Path) -> None:
    piece = gzip.compress(b"e" * 100_000) if more else b"e" * 1000

    async def say(_number: int, _asked: Asked, writer: asyncio.StreamWriter) -> bool:
        writer.write(_chunked("503 Service Unavailable", more, "text/html"))
        return await endless(writer, piece)

    async with fleet(say) as (account, _):
        tracemalloc.start()
        for call in (account.tracker.list, lambda: account.zone.download().save(tmp_path / "x")):
            with pytest.raises(e.ServerFault) as told:
                await call()
            assert told.value.attempts == 3
        assert tracemalloc.get_traced_memory()[1] < 12_000_000
        tracemalloc.stop()


async def test_a_file_on_the_disk_is_as_large_as_it_is(tmp_path: Path) -> None:
    body = b"k" * (3 * BOUND)
    async with fleet(
        lambda *given: given[2].write(http(body, kind="application/zip")), pool=Pool(largest_answer=BOUND)
    ) as (account, _):
        assert (await account.zone.download().save(tmp_path / "x.zip")).size == len(body)
        with pytest.raises(e.AnswerTooLarge):
            await account.zone.download()


async def test_a_full_disk_is_no_trouble_of_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("navixy_async.transport.downloads._finish", full)
    async with fleet(lambda *given: given[2].write(http(CSV, kind="text/csv"))) as (account, server):
        with pytest.raises(e.InvalidInput, match=r"'x\.csv' cannot be written: No space left on device"):
            await account.zone.download().save(tmp_path / "x.csv")
        assert server.connections == 1
