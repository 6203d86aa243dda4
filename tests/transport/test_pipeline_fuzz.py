"""Whatever a server says, on whatever path: an exception of ours, and nothing left behind."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import gzip
import importlib
import json
import pkgutil
import tempfile
import tracemalloc
import zlib
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from navixy_async import Account, ApiKey, AttemptTimedOut, Limits, Navixy, NavixyError, Pool, Retries, Timeouts
from navixy_async.api import resources
from navixy_async.operations import Operation

from ..support.transport.raw import Asked, http, raw_server

BOUND = 300_000

HEALTHY = "fedcba9876543210" * 2


def _operations() -> list[Operation[Any]]:
    """Every typed action."""
    found: dict[str, Operation[Any]] = {}
    for module in pkgutil.iter_modules(resources.__path__):
        for value in vars(importlib.import_module(f"{resources.__name__}.{module.name}")).values():
            if isinstance(value, Operation) and "{" not in value.path and value.encoding != "multipart":
                found[value.path] = value
    return list(found.values())


_numbers = st.integers() | st.floats() | st.sampled_from([10**400, -(2**63) - 1, 208.0, 1e308])

_json = st.recursive(
    st.none()
    | st.booleans()
    | _numbers
    | st.text(max_size=8)
    | st.sampled_from(["208", "2026-02-30", "\ud800", "1e9"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)

_names = st.sampled_from(["list", "value", "id", "states", "user_info", "flow", "count", "key", "file", "total"])

_enveloped = st.builds(
    lambda members, success: {"success": success, **members},
    st.dictionaries(_names, _json, max_size=3),
    st.sampled_from([True, True, True, False, "false", None, 0]),
)

_refused = st.builds(
    lambda code, text, more: {"success": False, "status": {"code": code, "description": text}, **more},
    _json | st.sampled_from([1, 3, 4, 7, 14, 15, 201, 208, 211, 217, "4", 4.0]),
    _json,
    st.dictionaries(st.sampled_from(["errors", "list", "ids", "max_time_span"]), _json, max_size=2),
)

_written = (_enveloped | _refused).map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass"))

_deep = st.sampled_from([b"[", b'{"a":', b'{"success": false, "status": {"code": 208}, "x":' + b"["]).map(
    lambda opening: opening * 20_000
)

_odd = st.sampled_from(
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"<html>no</html>",
        b"lat,lng\n1,2\n",
        b'{"success": true, "list": [' + b"9" * 10_000 + b"]}",
        b'{"success": true, "list": [' + b"[" * 5000 + b"]" * 5000 + b"]}",
        b'{"success": true, "value": "\xff\xfe"}',
        b'{"success": false, "status": {"code": 208, "description": "\xe9"}}',
        b"\xef\xbb\xbf" + b'{"success": true}',
        b'{"success": true, "value": "' + b"x" * (2 * BOUND) + b'"}',
    ]
)

_bodies = _written | _written | _odd | _deep | st.binary(max_size=60)

_texts = st.sampled_from(
    [
        "Retry-After: 1800000000",
        "Retry-After: Fri, 31 Dec 9999 23:59:59 -2359",
        "Retry-After: Mon, 01 Jan 99999 00:00:00 GMT",
        "Retry-After: nan, inf",
        "Retry-After: -1e999",
        "Location: //[::1",
        "Location: http://a:99999999/",
        "Location: \x7f\xff",
        "Content-Disposition: attachment; filename*=utf-99''%ff",
        "Content-Disposition: attachment; filename=../../x",
        "Content-Type: application/json; charset=" + "x" * 100,
        "Content-Type: text/html",
        "Content-Type: \xff/\xfe;;;=",
        "Content-Type: text/csv",
        "Content-Length: 5",
        "Content-Length: " + "9" * 5000,
        "Content-Length: -1",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: nonsense",
        "Content-Encoding: gzip",
        "Content-Encoding: deflate",
        "Content-Encoding: br",
        "Content-Encoding: gzip, gzip",
        "Connection: upgrade",
        "Set-Cookie: a=b; expires=never",
        "X: " + "y" * 20_000,
        "no colon",
        ": no name",
        "Date: " + "\x00",
    ]
)

_lines = st.sampled_from(
    [200] * 12 + [201, 204, 206, 301, 302, 304, 400, 401, 402, 403, 404, 409, 413, 418, 500, 502, 503, 504, 599]
).map(lambda status: f"HTTP/1.1 {status} X".encode()) | st.sampled_from(
    [
        b"HTTP/1.1 200",
        b"HTTP/1.0 200 OK",
        b"HTTP/9.9 200 OK",
        b"HTTP/1.1 99999 X",
        b"HTTP/1.1 -1 X",
        b"HTTP/1.1 999 X",
        b"HTTP/1.1 100 Continue",
        b"HTTP/1.1 101 Switching Protocols",
        b"ICY 200 OK",
        b"\x00\xff",
        b"",
        b"HTTP/1.1 200 " + b"r" * 20_000,
        b"HTTP/1.1 503 \xff\x1b[31m",
    ]
)

_framings = st.sampled_from(["length"] * 6 + ["chunked"] * 3 + ["none", "short", "long", "broken chunk", "both"])

_packings = st.sampled_from(["", "", "", "", "gzip", "deflate", "cut gzip", "bomb", "bare"])

_ends = st.sampled_from(["keep"] * 6 + ["close", "reset", "reset half way", "pause half way"])


def _packed(body: bytes, packing: str) -> tuple[bytes, bytes]:
    if packing in ("gzip", "cut gzip", "bomb"):
        packed = gzip.compress(b" " * 5_000_000 if packing == "bomb" else body)
        return packed[: len(packed) - 6 * (packing == "cut gzip")], b"Content-Encoding: gzip\r\n"
    if packing in ("deflate", "bare"):
        return zlib.compress(body)[2 * (packing == "bare") :], b"Content-Encoding: deflate\r\n"
    return body, b""


def _framed(body: bytes, framing: str) -> tuple[bytes, bytes]:
    chunk = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    return {
        "length": (body, f"Content-Length: {len(body)}\r\n".encode()),
        "short": (body, f"Content-Length: {len(body) // 2}\r\n".encode()),
        "long": (body, f"Content-Length: {len(body) + 7}\r\n".encode()),
        "chunked": (chunk, b"Transfer-Encoding: chunked\r\n"),
        "broken chunk": (chunk.replace(b"\r\n", b"\n", 1), b"Transfer-Encoding: chunked\r\n"),
        "both": (chunk, f"Transfer-Encoding: chunked\r\nContent-Length: {len(body)}\r\n".encode()),
        "none": (body, b""),
    }[framing]


class Said(tuple[bytes, str]):
    """The bytes of an answer, and how the connection goes on."""

    def __repr__(self) -> str:
        return f"{self[0][:200]!r}… ({len(self[0])} bytes, {self[1]})"


@st.composite
def answers(draw: st.DrawFn) -> Said:
    """The bytes of an answer, and how the connection goes on."""
    body, packing = _packed(draw(_bodies), draw(_packings))
    body, framing = _framed(body, draw(_framings))
    texts = "".join(f"{text}\r\n" for text in draw(st.lists(_texts, max_size=2)))
    head = draw(_lines) + b"\r\n" + texts.encode("latin-1") + packing + framing + b"\r\n"
    return Said((head + body, draw(_ends)))


_ways: Iterator[str] = cycle(["typed", "typed", "typed", "bytes", "disk", "dict", "upload"])

_keys = count(1)


async def _ask(navixy: Navixy, operation: Operation[Any], way: str, folder: Path) -> None:
    # A credential of its own for each, so that what is learnt about one says nothing about the next.
    account = navixy.account(ApiKey(f"0123456789abcdef{next(_keys):016x}"))
    if way == "bytes":
        await account.call_bytes(operation, {})
    elif way == "disk":
        await account.call_file(operation, {}, path=folder / "file")
    elif way == "dict":
        await account.call(operation.path, {})
    elif way == "upload":
        await account.tag.avatar.upload(tag_id=1, file=b"x")
    else:
        await account.call(operation, {})


async def _fuzz(said: list[Said], operations: Iterator[Operation[Any]]) -> None:
    now = Said((b"", "keep"))

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> bool | None:
        if HEALTHY in asked.headers.get("authorization", ""):
            writer.write(http(b'{"success": true, "list": []}'))
            return None
        content, end = now
        if "half" in end:
            writer.write(content[: len(content) // 2])
            await writer.drain()
            if end == "pause half way":
                await asyncio.sleep(0.15)
            writer.transport.abort()
            return False
        writer.write(content)
        if end == "reset":
            await asyncio.sleep(0)
            writer.transport.abort()
        return None if end == "keep" else False

    before = asyncio.all_tasks()
    async with (
        raw_server(answer) as server,
        Navixy(
            server.url,
            # The second attempt is for the healthy one, who may be given a connection that the others broke.
            retries=Retries(attempts=2, base=0.001, budget=10_000),
            timeouts=Timeouts(total=2, attempt=0.3, read=0.1),
            limits=Limits(per_credential=100_000, per_address=100_000, burst=1000),
            pool=Pool(largest_answer=BOUND, largest_error=10_000),
        ) as navixy,
    ):
        healthy = navixy.account(ApiKey(HEALTHY))
        with tempfile.TemporaryDirectory() as folder:
            for now in said:
                operation, way = next(operations), next(_ways)
                try:
                    await _ask(navixy, operation, way, Path(folder))
                except NavixyError:
                    pass
                except Exception as error:
                    # Shrinking batches would take for ever: this names the one that it was.
                    raise AssertionError(f"{operation.path} as {way}: {now[0][:500]!r}, {now[1]}") from error
                assert set(Path(folder).iterdir()) <= {Path(folder) / "file"}  # noqa: ASYNC240
                async with asyncio.timeout(5):
                    assert await _served(healthy) == []
        flying = [one.in_flight for one in navixy.limiter.scheduler.registry.credentials.values()]
        assert not any(flying), "a permit was not closed"
        assert navixy.limiter.snapshot().waiting == 0
    # The server's own connections end with it, and those of the client with the client.
    left = [task for task in asyncio.all_tasks() - before if not task.done()]
    assert not left, left


async def _served(account: Account) -> object:
    """What the account is answered, by and by: on a busy machine 0.1 s may pass without anybody's fault."""
    while True:
        with contextlib.suppress(AttemptTimedOut):
            return await account.tracker.list()


def _run(said: list[Said], operations: Iterator[Operation[Any]]) -> None:
    asyncio.run(_fuzz(said, operations))


_every = cycle(_operations())

_quiet = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "database": None,
    "phases": (Phase.explicit, Phase.reuse, Phase.generate),
}


@settings(max_examples=12, **_quiet)  # type: ignore[arg-type]
@given(st.lists(answers(), min_size=25, max_size=25))
def test_whatever_a_server_says_is_an_exception_of_ours(said: list[Said]) -> None:
    _run(said, _every)


@pytest.mark.proof
@settings(max_examples=400, **_quiet)  # type: ignore[arg-type]
@given(st.lists(answers(), min_size=25, max_size=25))
def test_whatever_a_server_says_ten_thousand_times(said: list[Said]) -> None:
    _run(said, _every)


@settings(max_examples=3, **_quiet)  # type: ignore[arg-type]
@given(st.lists(answers(), min_size=20, max_size=20))
def test_whatever_a_server_says_is_held_within_the_bound(said: list[Said]) -> None:
    _run(said, _every)  # what is imported and compiled at the first use is not the server's doing
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        sizes = sum(len(content) for content, _ in said)
        _run(said, _every)
        assert tracemalloc.get_traced_memory()[1] - before < 20 * BOUND + 3 * sizes
    finally:
        tracemalloc.stop()


@settings(max_examples=10, **_quiet)  # type: ignore[arg-type]
@given(answers(), st.sampled_from([b"429 Too Many Requests", b"200 OK"]))
def test_whatever_a_refusal_by_the_rate_says_the_permit_is_closed(said: Said, line: bytes) -> None:
    content, end = said
    _, _, rest = content.partition(b"\r\n")
    asyncio.run(_refused_once(b"HTTP/1.1 " + line + b"\r\n" + rest, end))


async def _refused_once(content: bytes, end: str) -> None:
    async def answer(_asked: Asked, writer: asyncio.StreamWriter) -> bool | None:
        writer.write(content)
        return None if end == "keep" else False

    async with (
        raw_server(answer) as server,
        Navixy(
            server.url, retries=Retries(attempts=1, refusals=1), timeouts=Timeouts(total=1, attempt=0.2, read=0.1)
        ) as navixy,
    ):
        with contextlib.suppress(NavixyError):
            await navixy.account(ApiKey(HEALTHY)).tracker.list()
        assert not any(one.in_flight for one in navixy.limiter.scheduler.registry.credentials.values())
