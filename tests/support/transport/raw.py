"""A server that speaks to the socket itself: what it says need not be HTTP at all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any


@dataclass
class Asked:
    """One request as it came over the wire."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The action, without the prefix that the tests give their platform."""
        return self.target.partition("?")[0].removeprefix("/v2/")

    @property
    def params(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body or b"{}")
        return found


Handler = Callable[[Asked, asyncio.StreamWriter], Awaitable[object]]
"""Writes what it likes; the connection is kept if it returns nothing false but None."""


@dataclass
class Server:
    """Where it listens, and what is open."""

    url: str
    connections: int = 0
    """Made so far."""


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, target, _ = head[0].split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    body = b""
    if "content-length" in headers:
        body = await reader.readexactly(int(headers["content-length"]))
    elif "chunked" in headers.get("transfer-encoding", ""):
        while size := int((await reader.readuntil(b"\r\n")).strip(), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readuntil(b"\r\n")
    return Asked(method, target, headers, body)


@asynccontextmanager
async def raw_server(handler: Handler) -> AsyncIterator[Server]:
    """Serve until the block ends; connections that are still open are broken then."""
    open_: set[asyncio.Task[None]] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        open_.add(task)
        found.connections += 1
        try:
            while True:
                if await handler(await _read(reader), writer) is False:
                    break
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass
        finally:
            if task.cancelling():
                writer.transport.abort()
            else:
                writer.close()
            open_.discard(task)

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    found = Server(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v2")
    try:
        yield found
    finally:
        server.close()
        for task in tuple(open_):
            task.cancel()
        if open_:
            await asyncio.wait(open_)


def http(
    body: bytes, status: str = "200 OK", kind: str | None = "application/json", *, length: bool = True, more: str = ""
) -> bytes:
    """An answer as bytes."""
    head = f"HTTP/1.1 {status}\r\n"
    head += f"Content-Type: {kind}\r\n" if kind is not None else ""
    head += f"Content-Length: {len(body)}\r\n" if length else "Connection: close\r\n"
    return (head + more + "\r\n").encode("latin-1") + body
