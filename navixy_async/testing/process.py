"""The platform in a process of its own, so that benchmarks and the demo share neither loop nor GIL with it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import datetime
from threading import Timer
from types import TracebackType
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

import msgspec

from .faults import Fault
from .rules import Rules
from .spec import WorldSpec

_DIRECTLY = build_opener(ProxyHandler({}))
"""The child runs on this machine, whatever proxies the environment names."""

START_SECONDS = 30.0
STOP_SECONDS = 5.0


class LaunchSpec(msgspec.Struct, kw_only=True):
    """What the parent writes to the child's standard input, as one line of JSON."""

    spec: WorldSpec = msgspec.field(default_factory=WorldSpec)
    rules: Rules = msgspec.field(default_factory=Rules)
    now: datetime | None = None
    port: int = 0


class ListenAddress(msgspec.Struct):
    """What the child writes to its standard output once it listens, as one line of JSON."""

    base_url: str
    origin: str


class PlatformProcess:
    """A platform in a child process; a context manager for both kinds of code.

    The child lives until :meth:`stop` or until its parent dies, when its standard input ends. A Ctrl-C in the terminal
    reaches the parent only, which may finish its work with the platform before stopping it. The world can be rebuilt
    here from the same `spec` at no cost.
    """

    def __init__(
        self, spec: WorldSpec | None = None, rules: Rules | None = None, *, now: datetime | None = None, port: int = 0
    ) -> None:
        self.spec, self.rules = spec or WorldSpec(), rules or Rules()
        self._launch = LaunchSpec(spec=self.spec, rules=self.rules, now=now, port=port)
        self._child: subprocess.Popen[bytes] | None = None
        self.base_url = ""
        """``http://127.0.0.1:PORT/v2`` once it runs."""
        self._origin = ""

    def start(self) -> None:
        """Start the child and wait until it listens; `RuntimeError` after half a minute, or if it runs."""
        if self._child is not None:
            raise RuntimeError("the platform's process is already running: stop() it, or make another one")
        self._child = subprocess.Popen(
            [sys.executable, "-m", "navixy_async.testing"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        assert self._child.stdin is not None and self._child.stdout is not None
        watchdog = Timer(START_SECONDS, self._child.kill)
        watchdog.start()
        try:
            self._child.stdin.write(msgspec.json.encode(self._launch) + b"\n")
            self._child.stdin.flush()
            line = self._child.stdout.readline()
        except BrokenPipeError:
            line = b""
        finally:
            watchdog.cancel()
        try:
            address = msgspec.json.decode(line, type=ListenAddress)
        except msgspec.MsgspecError:
            self.stop()
            raise RuntimeError(
                "the platform's process did not say where it listens; its standard error says why"
                if line
                else "the platform's process ended before it listened; its standard error says why"
            ) from None
        self.base_url, self._origin = address.base_url, address.origin

    def stop(self) -> None:
        """End the child: by a signal, then by force."""
        child, self._child = self._child, None
        if child is None:
            return
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                stream.close()
        child.terminate()
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    @property
    def pid(self) -> int | None:
        return None if self._child is None else self._child.pid

    def stats(self) -> dict[str, Any]:
        """The platform's totals: see :class:`navixy_async.testing.stats.Stats`."""
        return self._control("stats")

    def reset_stats(self) -> None:
        self._control("reset")

    def add_fault(self, fault: Fault) -> None:
        self._control("fault", msgspec.to_builtins(fault))

    def clear_faults(self) -> None:
        self._control("faults/clear")

    def set_now(self, moment: datetime) -> None:
        """Set the platform's time."""
        self._control("now", {"now": moment.isoformat()})

    def end_session(self, account_id: int, *, keys: bool = False) -> int:
        """End every session of an account; returns how many there were."""
        return int(self._control("session/end", {"account": account_id, "keys": keys})["ended"])

    def open_session(self, account_id: int) -> str:
        """The hash of a fresh session of an account."""
        return str(self._control("session/open", {"account": account_id})["hash"])

    def _control(self, name: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        if not self._origin:
            raise RuntimeError("the platform's process is not running: start() it, or use it as a context manager")
        request = Request(f"{self._origin}/control/{name}", data=msgspec.json.encode(body or {}), method="POST")
        with _DIRECTLY.open(request, timeout=10) as answer:
            decoded: dict[str, Any] = msgspec.json.decode(answer.read())
        return decoded

    def __enter__(self) -> PlatformProcess:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    async def __aenter__(self) -> PlatformProcess:
        await asyncio.to_thread(self.start)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.stop)
