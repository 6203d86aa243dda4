"""The body of an answer as it comes in: unpacked, bounded, and known to be whole or not.

Unpacking is done here and not by aiohttp: that one takes a gzip stream without its end for a whole one, and older
versions of it unpack all that a packet holds at once, a thousand times its size.
"""

from __future__ import annotations

import asyncio
import re
import zlib
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from io import BytesIO
from math import inf
from weakref import WeakKeyDictionary

import aiohttp

from ..errors import AnswerTooLarge

_CHUNK = 256 * 1024
"""Bytes that are unpacked at once."""
_LARGE = 256 * 1024
"""Bytes from which a body is gathered chunk by chunk."""
_MOST_AT_ONCE = 64 * 1024 * 1024
"""The most bytes to reserve because a header announced them."""
_DENSE, _DENSEST, _HARMLESS = 50, 300, 4_000_000
"""How many times larger than on the wire an answer may become in memory, and from which size on that matters: points,
events and tables become 5 to 50 times larger, an answer that is made to fill the memory a thousand times."""
_MEMBER, _FEW_MEMBERS = 1024, 1000
"""The least bytes of a gzip member, if there are more than a few members."""
_WINDOW = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}

_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)


_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


def _turn() -> asyncio.Semaphore:
    """One body at a time is unpacked in a thread, chunk by chunk: other work needs the cores."""
    loop = asyncio.get_running_loop()
    if loop not in _turns:
        _turns[loop] = asyncio.Semaphore(1)
    return _turns[loop]


class BrokenBody(ValueError):
    """The body is not what its headers say; the text says how, without quoting it."""


class Body:
    """The body of one response, read once.

    Args:
        response: whose body; it was asked for without unpacking.
        bound: the most bytes to accept, unpacked; infinite for a file on disk.
    """

    __slots__ = ("_bound", "_coding", "_framed", "_response", "_size", "beginning", "ended")

    def __init__(self, response: aiohttp.ClientResponse, bound: float) -> None:
        self._response = response
        self._bound = bound
        self._size = 0
        headers = response.headers
        coding = headers.get("Content-Encoding")
        if coding is not None:
            coding = coding.strip().lower()
        self._coding = "" if coding is None or coding == "identity" else coding
        self._framed = (
            "Content-Length" in headers
            or response.status == 204
            or "chunked" in headers.get("Transfer-Encoding", "").lower()
        )
        self.ended = self._framed
        """Whether the body is whole once it was read without an error; else it ended with the connection."""
        self.beginning = b""
        """What came in of a body that could not be read to its end."""

    async def read(self) -> bytes:
        """The whole body.

        Raises:
            AnswerTooLarge: it is larger than allowed; the connection is closed.
            BrokenBody: it cannot be unpacked, or was cut.
        """
        announced = _announced(self._response)
        # Room for all of it at once: growing would copy it again and again. (It still may grow, if it is compressed.)
        body = BytesIO(bytes(int(min(announced, _MOST_AT_ONCE, self._bound))))
        try:
            async for chunk in self.chunks():
                body.write(chunk)
        except BaseException:
            self.beginning = bytes(body.getbuffer()[: min(body.tell(), _LARGE)])
            raise
        body.truncate()
        return body.getvalue()

    async def head(self, most: int) -> bytes:
        """The first `most` bytes of the body; the rest is not awaited, and the connection is closed."""
        self.unbounded()
        found = bytearray()
        try:
            async with aclosing(self.chunks()) as chunks:
                async for chunk in chunks:
                    found += chunk
                    if len(found) > most:
                        self._response.close()
                        break
        except BrokenBody:
            self._response.close()  # what came in is enough: the status matters most
        return bytes(found[:most])

    async def chunks(self) -> AsyncGenerator[bytes, None]:
        """The body chunk by chunk; whoever stops early must close it."""
        raw = self._response.content.iter_any()
        if not self._coding:
            async for chunk in raw:
                self._count(chunk)
                yield chunk
            return
        unpacker = _Unpacker(self._coding)
        async for packed in raw:
            coming = unpacker.feed(packed)
            chunk = next(coming, b"")
            while chunk:
                self._count(chunk)
                if self._size > _HARMLESS and self._size > _DENSEST * unpacker.taken and self._bound < inf:
                    self._response.close()
                    raise AnswerTooLarge(
                        f"the answer is packed to less than a {_DENSEST}th of its size, as no answer of the platform is"
                    )
                yield chunk
                if len(chunk) == _CHUNK and self._size > _DENSE * unpacker.taken:
                    # A packet may hold a thousand times its size: unpacking one that dense would block the event loop.
                    async with _turn():
                        chunk = await asyncio.to_thread(next, coming, b"")
                else:
                    chunk = next(coming, b"")
        self.ended = unpacker.finish() or self._framed

    def unbounded(self) -> None:
        """The rest goes to disk, whatever its size."""
        self._bound = inf

    @property
    def content_type(self) -> str:
        """The media type that the head names; empty if it names none."""
        return self._response.headers.get("Content-Type", "")

    def _count(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size > self._bound:
            self._response.close()
            raise AnswerTooLarge(
                f"the answer has more than the {int(self._bound)} bytes that Pool.largest_answer allows: "
                "ask for less at once, or allow more"
            )


class _Unpacker:
    """Unpacks one gzip or deflate stream (of several members, if it is gzip) in chunks of bounded size."""

    def __init__(self, coding: str) -> None:
        if coding not in _WINDOW:
            raise BrokenBody("it is packed in a way that was not asked for")
        self._coding = coding
        self._inner = zlib.decompressobj(_WINDOW[coding])
        self._begun = False
        self._members = 1
        self.taken = 0
        """Bytes read to produce what came out so far."""

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """`packed` unpacked chunk by chunk, so that no more than one is in memory."""
        full, at, step = False, 0, len(packed)
        while at < len(packed) or full:
            put_in = packed[at : at + step] if at or step < len(packed) else packed
            chunk, left = self._unpack(put_in)
            at += len(put_in) - len(left)
            self.taken += len(put_in) - len(left)
            # zlib copies whatever follows a member: with many members, feed it a little at a time.
            step = _MEMBER if self._inner.eof else min(4 * step, len(packed))
            full = len(chunk) == _CHUNK  # then more may come out, even with nothing left to feed
            if chunk:
                yield chunk

    def _unpack(self, packed: bytes) -> tuple[bytes, bytes]:
        """One chunk, and what remains to be unpacked."""
        if self._inner.eof and packed:
            packed = packed.lstrip(b"\0")  # gzip may be padded
            if not packed:
                return b"", b""
            if self._coding == "deflate":
                raise BrokenBody("something follows the end of its packed stream")
            self._members += 1
            if self._members > _FEW_MEMBERS + self.taken // _MEMBER:
                raise BrokenBody("it is packed in a multitude of tiny streams")
            self._inner = zlib.decompressobj(_WINDOW[self._coding])
        try:
            if not self._begun and packed and self._coding == "deflate" and packed[0] & 0xF != 8:
                # Some servers send deflate without the header that the standard wants.
                self._inner = zlib.decompressobj(-zlib.MAX_WBITS)
            self._begun = self._begun or bool(packed)
            chunk = self._inner.decompress(packed, _CHUNK)
        except zlib.error:
            raise BrokenBody("it cannot be unpacked") from None
        return chunk, self._inner.unused_data if self._inner.eof else self._inner.unconsumed_tail

    def finish(self) -> bool:
        """Whether there was a stream at all; raises BrokenBody if it has no end."""
        if self._begun and not self._inner.eof:
            raise BrokenBody("it was cut short: its packed stream has no end")
        return self._begun


def is_plain(response: aiohttp.ClientResponse, bound: float) -> bool:
    """Whether the body is small, of known length, and not packed: then it needs no care."""
    return "Content-Encoding" not in response.headers and 0 < _announced(response) < min(_LARGE, bound + 1)


def _announced(response: aiohttp.ClientResponse) -> int:
    """Bytes on the wire by the header; 0 without a readable one."""
    try:
        return max(response.content_length or 0, 0)
    except ValueError:
        return 0


def is_object(head: bytes) -> bool:
    """Whether a body begins like a JSON object, as every answer of the platform does unless it is a file."""
    return _OBJECT.match(head) is not None


def is_page(content_type: str, head: bytes) -> bool:
    """Whether a body is a web page, which is never what was asked for."""
    return bool(head) and ("html" in content_type.lower() or _PAGE.match(head) is not None)
