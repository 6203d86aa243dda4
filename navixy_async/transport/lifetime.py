"""From opening a client to closing it: who may still send, and how waiting calls are woken."""

from __future__ import annotations

import asyncio
from typing import Any

from ..errors import ClientClosed, TransportError

CLOSED = "the client is closed: make calls inside 'async with Navixy(...) as navixy:'"
CLOSED_UNDER_WAY = "the client was closed while the call was under way; whether it was carried out is unknown"

_LAST = frozenset(("user/logout", "panel/account/logout"))
"""What is still sent while the client closes."""


class Lifetime:
    """Whether a client is open, and on which loop, and which tasks have a call under way."""

    __slots__ = ("_closing", "_loop", "_under_way", "_woken", "is_over")

    def __init__(self) -> None:
        self.is_over = False
        """Whether it was closed."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing = False
        self._under_way: set[asyncio.Task[Any]] = set()
        self._woken: set[asyncio.Task[Any]] = set()
        """Tasks that were cancelled here, only to make them notice that the client is closed."""

    def begin(self) -> None:
        """The client is open, on the running loop."""
        self._loop = asyncio.get_running_loop()
        self.is_over = self._closing = False

    def refuse_new(self) -> None:
        """Allow log-outs only; calls under way continue until :meth:`end`."""
        self._closing = True

    def end(self) -> None:
        """The client is closed; every call under way is woken, wherever it waits."""
        self._loop = None
        self.is_over = True
        for task in self._under_way:
            if not task.done():
                self._woken.add(task)
                task.cancel()

    def check(self, path: str = "") -> None:
        """Raise ClientClosed unless `path` can be sent from here."""
        if self._loop is None or (self._closing and path not in _LAST):
            raise ClientClosed(CLOSED)
        if self._loop is not asyncio.get_running_loop():
            raise ClientClosed("the client belongs to another event loop: open one Navixy per loop")

    def enter(self) -> asyncio.Task[Any] | None:
        """Note that a task has a call under way; returns the task."""
        task = asyncio.current_task()
        if task is not None:
            self._under_way.add(task)
        return task

    def leave(self, task: asyncio.Task[Any] | None, error: BaseException | None) -> bool:
        """The call is over; whether it ended in `error` only because the client was closed under it.

        A cancellation that somebody else requested stays one, whatever happened to the client.
        """
        if task is None:
            return False
        self._under_way.discard(task)
        if error is None and not self._woken:
            return False
        asked = task.uncancel() if task in self._woken else task.cancelling()
        self._woken.discard(task)
        if error is None or not self.is_over:
            return False
        return isinstance(error, TransportError) or (isinstance(error, asyncio.CancelledError) and not asked)
