"""A platform in its own process that costs as little as can be: canned bytes behind blocking sockets, a thread each.

It answers ``tracker/list``, ``dealer/get_ui_config`` and ``track/read``. Rows of a tracker are one block of bytes
made at the start; a window of it is sent without a copy. With `rate` it is strict instead of fast: at most so many
requests in any one second, the others are refused; with `latency` each answer takes that long.
"""

from __future__ import annotations

import json
import random
import socket
import subprocess
import sys
import threading
import time
from bisect import bisect_left, bisect_right
from collections import deque
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self

import msgspec

START = datetime(2026, 3, 1, tzinfo=UTC)
VARIANTS = 4
"""Trackers differ in so many ways; more would only cost memory."""


class World(msgspec.Struct, frozen=True):
    """What the platform holds, and how it behaves."""

    trackers: int = 200
    days: int = 30
    points_per_day: int = 1000
    rate: int = 0
    """Requests in any one second; 0 for no limit."""
    latency: float = 0.0
    """Seconds that an answer takes."""
    jitter: float = 0.0
    """Seconds more, at the most."""

    @property
    def end(self) -> datetime:
        """The first moment after the world."""
        return START + timedelta(days=self.days)

    @property
    def points(self) -> int:
        """All points of all trackers."""
        return self.trackers * self.days * self.points_per_day


def _times(world: World, variant: int) -> list[int]:
    """Seconds since the start at which such a tracker has a point: about as many as wished, some seconds twice."""
    draw = random.Random(variant)
    return sorted(draw.randrange(world.days * 86_400) for _ in range(world.days * world.points_per_day))


class Rows:
    """The rows of one variant: one block, and where in it each row begins."""

    def __init__(self, world: World, variant: int) -> None:
        draw = random.Random(100 + variant)
        self.times = _times(world, variant)
        self.starts: list[int] = []
        rows: list[bytes] = []
        at = 0
        for number, second in enumerate(self.times):
            row: dict[str, Any] = {
                "lat": round(43 + draw.random(), 7),
                "lng": round(-79 + draw.random(), 7),
                "alt": draw.randint(0, 300),
                "satellites": draw.randint(4, 14),
                "mileage": round(draw.random() * 100, 2),
                "get_time": (START + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%S+0000"),
                "address": f"{draw.randint(1, 999)} Harbour Road, Northern Quarter, Some Town, Some County",
                "heading": draw.randint(0, 359),
                "speed": draw.randint(0, 120),
            }
            if number % 7 == 0:
                row["buffered"] = True
            if number % 11 == 0:
                row |= {"parking": True, "precision": 100}
            rows.append(json.dumps(row, separators=(",", ":")).encode())
            self.starts.append(at)
            at += len(rows[-1]) + 1
        self.starts.append(at)
        self.block = memoryview(b",".join(rows) + b",")

    def between(self, start: datetime, end: datetime) -> memoryview:
        """The rows of a window, both ends inclusive as on the platform, without the last comma."""
        first = bisect_left(self.times, (start - START).total_seconds())
        last = bisect_right(self.times, (end - START).total_seconds())
        return self.block[self.starts[first] : max(self.starts[last] - 1, self.starts[first])]


class Window:
    """The requests of the last second."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._seen: deque[float] = deque()
        self._lock = threading.Lock()
        self.counts = {"requests": 0, "refused": 0}
        self.times: list[float] = []

    def admit(self) -> bool:
        """Whether one more is allowed now."""
        with self._lock:
            now = time.monotonic()
            self.counts["requests"] += 1
            if self._rate:
                while self._seen and self._seen[0] <= now - 1:
                    self._seen.popleft()
                if len(self._seen) >= self._rate:
                    self.counts["refused"] += 1
                    return False
                self._seen.append(now)
                self.times.append(now)
            return True


_HEAD = "HTTP/1.1 {} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n"
_BEFORE, _AFTER = b'{"success":true,"limit_exceeded":false,"list":[', b"]}"


class Server:
    """Answers on a loopback port until its process ends."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._rows = [Rows(world, variant) for variant in range(min(VARIANTS, world.trackers))]
        self._window = Window(world.rate)
        trackers = [{"id": n, "label": f"{n}", "source": {"blocked": False}} for n in range(1, world.trackers + 1)]
        self._canned = {
            "tracker/list": json.dumps({"success": True, "list": trackers}).encode(),
            "dealer/get_ui_config": b'{"success":true,"platform":{}}',
            "user/get_info": b'{"success":true,"user_info":{"time_zone":"UTC"}}',
            "tracker/get_states": b'{"success":true,"states":{}}',
        }
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = self._listening.getsockname()[1]

    def run(self) -> None:
        """Serve for ever."""
        while True:
            connection, _ = self._listening.accept()
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        draw = random.Random(id(connection))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 << 20)
        held = bytearray()
        with connection:
            while True:
                while (at := held.find(b"\r\n\r\n")) < 0:
                    if not (more := connection.recv(65536)):
                        return
                    held += more
                head = bytes(held[:at]).decode("latin-1")
                size = 0
                for line in head.split("\r\n")[1:]:
                    name, _, value = line.partition(":")
                    if name.lower() == "content-length":
                        size = int(value)
                while len(held) < at + 4 + size:
                    if not (more := connection.recv(65536)):
                        return
                    held += more
                path, body = head.split(" ", 2)[1], bytes(held[at + 4 : at + 4 + size])
                del held[: at + 4 + size]
                self._answer(connection, path.removeprefix("/v2").strip("/"), body, draw)

    def _answer(self, connection: socket.socket, path: str, body: bytes, draw: random.Random) -> None:
        world = self._world
        if path == "counts":
            self._send(connection, json.dumps(self._window.counts | {"times": self._window.times}).encode())
            return
        admitted = self._window.admit()
        if world.latency:
            time.sleep(world.latency + draw.random() * world.jitter)
        if not admitted:
            answer = b'{"success":false,"status":{"code":15,"description":"Too many requests"}}'
            self._send(connection, answer, status=429)
        elif path in self._canned:
            self._send(connection, self._canned[path])
        else:
            asked = json.loads(body)
            rows = self._rows[asked["tracker_id"] % VARIANTS % len(self._rows)]
            block = rows.between(datetime.fromisoformat(asked["from"]), datetime.fromisoformat(asked["to"]))
            head = _HEAD.format(200, len(_BEFORE) + len(block) + len(_AFTER)).encode() + _BEFORE
            if len(block) < 65536:
                connection.sendall(head + block + _AFTER)
                return
            connection.sendall(head)
            connection.sendall(block)
            connection.sendall(_AFTER)

    def _send(self, connection: socket.socket, body: bytes, status: int = 200) -> None:
        connection.sendall(_HEAD.format(status, len(body)).encode() + body)


class ServerProcess:
    """The server in a process of its own, for as long as the context lasts."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.url = ""
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        told = msgspec.json.encode(self._world).decode()
        command = [sys.executable, "-m", "benchmarks.harvest.server", told]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        self.url = f"http://127.0.0.1:{int(self._process.stdout.readline())}/v2"
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.communicate()

    @property
    def processor(self) -> float:
        """Seconds of processor time that it took so far (Linux)."""
        assert self._process is not None
        with open(f"/proc/{self._process.pid}/stat") as file:  # noqa: PTH123 - one line
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / 100


if __name__ == "__main__":
    server = Server(msgspec.json.decode(sys.argv[1], type=World))
    print(server.port, flush=True)
    server.run()
