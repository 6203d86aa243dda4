"""From the opening of a client to its closing: who may still send, and how those are woken who wait."""

from __future__ import annotations

import asyncio

from ..errors import ClientClosed

CLOSED = "the client is closed: make calls inside 'async with Navixy(...) as navixy:'"
CLOSED_UNDER_WAY = "the client was closed while the call was under way; whether it was carried out is not known"

_LAST = frozenset(("user/logout", "panel/account/logout"))
"""What is still sent while the client closes."""


class Lifetime:
    """Whether a client is open, and on which loop."""

    __slots__ = ("_closed", "_closing", "_loop")

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = asyncio.Event()
        self._closing = False

    def begin(self) -> None:
        """It is open, on the running loop."""
        self._loop = asyncio.get_running_loop()
        self._closed, self._closing = asyncio.Event(), False

    def refuse_new(self) -> None:
        """Let nobody send any more but those who log out; what is under way goes on until :meth:`end`."""
        self._closing = True

    def end(self) -> None:
        """It is closed; those who rest are woken."""
        self._loop = None
        self._closed.set()

    @property
    def is_over(self) -> bool:
        """Whether it was closed."""
        return self._closed.is_set()

    def check(self, path: str = "") -> None:
        """Raise ClientClosed unless `path` can be sent from here."""
        if self._loop is None or (self._closing and path not in _LAST):
            raise ClientClosed(CLOSED)
        if self._loop is not asyncio.get_running_loop():
            raise ClientClosed("the client belongs to another event loop: open one Navixy per loop")

    async def rest(self, seconds: float) -> None:
        """Wait; ClientClosed, if the client is closed meanwhile."""
        try:
            async with asyncio.timeout(seconds):
                await self._closed.wait()
        except TimeoutError:
            return
        raise ClientClosed(CLOSED)

    def ends(self, error: BaseException | None) -> bool:
        """Whether a call failed with `error` only because the client was closed under it.

        Closing the connections cancels those who wait for one, although their tasks were never asked to end.
        """
        if not self.is_over:
            return False
        if not isinstance(error, asyncio.CancelledError):
            return True
        task = asyncio.current_task()
        return task is not None and not task.cancelling()
