"""What went wrong in an attempt is reported by its reason; no header of a server raises."""

from __future__ import annotations

import asyncio
import errno
import inspect
import socket
from datetime import UTC, datetime
from typing import Any

import aiohttp
import aiohttp.http_parser
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from navixy_async import ApiKey, Navixy, Retries
from navixy_async import errors as e
from navixy_async.files import file_name
from navixy_async.retry.retry_after import parse_retry_after

from ..support.transport.raw import Asked, http, raw_server

KEY = "0123456789abcdef" * 2

ONCE = Retries(attempts=1)

TOO_MANY_HEADERS = "HTTP" if "Too many headers" in inspect.getsource(aiohttp.http_parser) else "the answer is empty"
"""Older releases of aiohttp take any number of headers."""


async def told(said: bytes, *, reset: bool = False) -> e.NavixyError:
    """What a read ends with after these bytes."""

    async def answer(_asked: Asked, writer: asyncio.StreamWriter) -> bool:
        writer.write(said)
        await writer.drain()
        if reset:
            writer.transport.abort()
        return False

    async with raw_server(answer) as server, Navixy(server.url, retries=ONCE) as navixy:
        with pytest.raises(e.NavixyError) as failed:
            await navixy.account(ApiKey(KEY)).tracker.list()
        assert not any(one.in_flight for one in navixy.limiter.scheduler.registry.credentials.values())
    return failed.value


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        (http(b"{}", more=f"X: {'y' * 20_000}\r\n"), e.UnreadableAnswer, "a line of its head is too long"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500 + b"\r\n", e.UnreadableAnswer, TOO_MANY_HEADERS),
        (b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", e.UnreadableAnswer, "its content-length is broken"),
        (http(b"{}").replace(b"2\r\n\r\n", b"9\r\n\r\n"), e.UnreadableAnswer, "fewer bytes than announced"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
            e.UnreadableAnswer,
            "its chunks are broken, or end too early",
        ),
        (http(b"xx", more="Content-Encoding: gzip\r\n"), e.UnreadableAnswer, "it cannot be unpacked"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", e.UnreadableAnswer, "did not answer in HTTP"),
        (b'{"a":' * 100_000, e.UnreadableAnswer, "did not answer in HTTP"),
        (http(b'{"success": true, "list": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"), e.DecodeFailed, "tracker/list"),
        (http(b'{"a":' * 100_000, "400 Bad"), e.InvalidRequest, "HTTP 400"),
        (http(b"{}", "302 Found", more="Location: http://[::1/\r\n"), e.UnexpectedRedirect, "no location"),
    ],
    ids=range(11),
)
async def test_the_reason_is_named(said: bytes, kind: type[e.NavixyError], words: str) -> None:
    error = await told(said)
    assert type(error) is kind, repr(error)
    assert words in str(error)
    assert "yyy" not in str(error), "but for what the server wrote"


async def test_a_name_that_cannot_be_resolved(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nowhere(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", nowhere)
    async with Navixy("https://nowhere.example", retries=ONCE) as navixy:
        with pytest.raises(e.ConnectFailed, match=r"nowhere\.example: its name cannot be resolved"):
            await navixy.account(ApiKey(KEY)).tracker.list()


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE])
async def test_where_descriptors_run_out_the_limit_is_named(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise OSError(number, "Too many open files")

    async with Navixy("http://127.0.0.1:1", retries=ONCE) as navixy:
        monkeypatch.setattr(socket, "socket", full)
        with pytest.raises(e.ConnectFailed, match=r"raise its limit \(ulimit -n\), or lower Pool\.size") as told:
            await navixy.account(ApiKey(KEY)).tracker.list()
        monkeypatch.undo()
        assert told.value.unsent


@example("Fri, 31 Dec 9999 23:59:59 -2359")
@example("Mon, 01 Jan 99999999999999999999 00:00:00 GMT")
@example("1e309")
@example("nan")
@example("3, 5")
@example("9" * 5000)
@example("Mon, 00 Foo 0000 99:99:99 +9999999999")
@given(st.text() | st.floats().map(str) | st.datetimes().map(str) | st.integers().map(str))
def test_any_retry_after_is_a_number_of_seconds_or_nothing(text: str) -> None:
    seconds = parse_retry_after(text, now=datetime(2026, 3, 1, tzinfo=UTC))
    assert seconds is None or 0 <= seconds < float("inf")


@example("attachment; filename*=utf-8''%ff%fe")
@example("attachment; filename*=idna''x" + "a" * 5000)
@example("attachment; filename*=zlib''%00")
@given(st.text() | st.text().map(lambda text: f"attachment; filename*={text}''{text}"))
def test_any_disposition_is_a_name_or_nothing(text: str) -> None:
    name = file_name(text)
    assert name is None or ("/" not in name and name not in ("", ".", ".."))
