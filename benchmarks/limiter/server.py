"""A raw HTTP server in a process of its own: delays, counts, answers 200 or 429, and tells what it saw.

    python -m benchmarks.limiter.server

It speaks just enough HTTP/1.1 with keep-alive for this, because a full server's work on the same two cores would
blur what is measured. `PUT /scene/<name>` with a JSON description opens a scene with counters of its own,
`GET /scene/<name>` tells its numbers, `POST /call/<name>/<account>` is a call.
"""

from __future__ import annotations

import asyncio
import gc
import json
import random
import selectors
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from types import TracebackType
from typing import Any

from .counters import COUNTERS, Counter
from .lines import Line

ADDRESSES = tuple(f"127.0.0.{last}" for last in range(1, 9))


class Scene:
    """One server as a benchmark wants it: how it counts, and how far away it is."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.line = Line(**told["line"])
        self.dice = random.Random(told.get("seed", 1))
        limit = told.get("limit", 50)
        self.counters: defaultdict[str, Counter] = defaultdict(lambda: COUNTERS[told["kind"]](limit))
        self.offset = self.dice.random()
        self.retry_after = told.get("retry_after")
        self.begin: float | None = None
        self.accepted: list[tuple[float, str, str]] = []
        self.refused: list[tuple[float, str, str]] = []

    def count(self, account: str, address: str, now: float) -> bool:
        """Count one call under its key and its address; a call that either refuses is counted by neither."""
        if self.begin is None:
            self.begin = now
        at = now + self.offset
        # each counter decides for itself, but only what both let pass may fill them
        key, egress = self.counters["key " + account], self.counters["address " + address]
        passed = key.would_admit(at) and egress.would_admit(at)
        if passed:
            key.count_one(at)
            egress.count_one(at)
        (self.accepted if passed else self.refused).append((now - self.begin, account, address))
        return passed


class Connection(asyncio.Protocol):
    """One connection of a client."""

    scenes: dict[str, Scene]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport
        self.address = str(transport.get_extra_info("peername")[0])
        self.buffer = b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (head := self.buffer.find(b"\r\n\r\n")) >= 0:
            lines = self.buffer[:head].split(b"\r\n")
            length = next((int(line[15:]) for line in lines if line.lower().startswith(b"content-length:")), 0)
            if len(self.buffer) < head + 4 + length:
                return
            body, self.buffer = self.buffer[head + 4 : head + 4 + length], self.buffer[head + 4 + length :]
            method, path, _ = lines[0].decode().split(" ", 2)
            self.handle(method, path.strip("/").split("/"), body)

    def handle(self, method: str, path: list[str], body: bytes) -> None:
        """Do what a request asks for."""
        if path[0] == "scene" and method == "PUT":
            self.scenes[path[1]] = Scene(json.loads(body))
            self.answer(200, b"{}")
        elif path[0] == "scene":
            scene = self.scenes.pop(path[1])
            self.answer(200, json.dumps({"accepted": scene.accepted, "refused": scene.refused}).encode())
        else:
            there = self.scenes.get(path[1])
            if there is None:  # a call that outlived its scene
                self.answer(200, b"{}")
                return
            up, down = there.line.draw(there.dice)
            loop = asyncio.get_running_loop()
            loop.call_later(up, self.arrive, there, path[2], down)

    def arrive(self, scene: Scene, account: str, down: float) -> None:
        """The call has come to where it is counted."""
        loop = asyncio.get_running_loop()
        passed = scene.count(account, self.address, loop.time())
        answer: Callable[[], None] = lambda: (  # noqa: E731 - both ends of the way look alike
            self.answer(200, b'{"success":true}')
            if passed
            else self.answer(429, b'{"success":false,"status":{"code":15}}', scene.retry_after)
        )
        loop.call_later(down, answer)

    def answer(self, status: int, body: bytes, retry_after: float | None = None) -> None:
        """Write an answer."""
        extra = "" if retry_after is None else f"Retry-After: {retry_after}\r\n"
        head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{extra}Content-Length: {len(body)}\r\n\r\n"
        if not self.transport.is_closing():
            self.transport.write(head.encode() + body)


async def serve() -> None:
    """Listen on a free port of all loopback addresses, and say which."""
    Connection.scenes = {}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Connection, "0.0.0.0", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    gc.disable()
    await loop.run_in_executor(None, sys.stdin.read)  # ends when the parent closes our input, or is gone
    server.close()


class ServerProcess:
    """The server, for as long as the block lasts."""

    def __enter__(self) -> ServerProcess:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.limiter.server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()


if __name__ == "__main__":
    # epoll rounds every delay up to a millisecond, which would be jitter of our own making; select does not
    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(selectors.SelectSelector())) as runner:
        runner.run(serve())
