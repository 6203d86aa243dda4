"""Raw servers on the way to the platform: one that answers with an empty list, and a proxy."""

from __future__ import annotations

import asyncio
import json
import re
import ssl
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from navixy_async import ApiKey, Navixy
from navixy_async.settings import Pool, Retries, Timeouts

KEY = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
QUICK: dict[str, Any] = {
    "retries": Retries(attempts=5, base=0.001, longest=0.01),
    "timeouts": Timeouts(total=10, attempt=5, connect=3, read=3, close=1),
}
VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


class Server:
    """Answers every request with an empty list, and remembers the heads."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.context = context
        self.heads: list[str] = []
        self.connections = 0
        self.tasks: set[asyncio.Task[Any]] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.heads.append(head)
        length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
        await reader.readexactly(int(length[1]) if length else 0)
        body = json.dumps({"success": True, "list": []}).encode()
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        )

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.tasks.add(asyncio.current_task())  # type: ignore[arg-type]
        try:
            while True:
                await self.serve(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


class ProxyServer(Server):
    """A proxy for HTTP and, by CONNECT, for everything; with `password`, only for who knows it."""

    def __init__(self, password: str | None = None) -> None:
        super().__init__()
        self.password = password

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.heads.append(head)
        if self.password is not None and b64encode(self.password.encode()).decode() not in head:
            writer.write(b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            raise ConnectionError
        method, target, _ = head.split(" ", 2)
        address = target if method == "CONNECT" else target.split("/")[2]
        host, _, port = address.rpartition(":")
        there, back = await asyncio.open_connection(host.replace("platform.example", "127.0.0.1"), int(port))
        if method == "CONNECT":
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            back.write(head.replace(target, "/" + target.split("/", 3)[3]).encode())
        try:
            await asyncio.gather(pump(reader, back), pump(there, writer))
        finally:
            back.close()


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    raise ConnectionError


@asynccontextmanager
async def serving(server: Server) -> AsyncIterator[int]:
    running = await asyncio.start_server(server, "127.0.0.1", 0, ssl=server.context)
    try:
        yield running.sockets[0].getsockname()[1]
    finally:
        running.close()
        for task in server.tasks:
            task.cancel()
        await asyncio.gather(*server.tasks, return_exceptions=True)


async def ask(url: str, **pool: Any) -> Any:
    async with Navixy(url, pool=Pool(**pool), **QUICK) as navixy:
        return await navixy.account(ApiKey(KEY)).call("tracker/list")
