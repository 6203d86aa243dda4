"""How long-running work is waited for: ever less often, and never beyond its deadline."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeVar

from ..errors import ApiError, DeadlineExceeded, RateLimited
from ..settings import check_seconds

T = TypeVar("T")

FIRST, LONGEST, GROWTH = 0.5, 10.0, 1.5
"""Seconds between two looks: at first, at the most, and how they grow."""
_SHARE = 0.02
"""Of the time that has passed: news never makes the next look come sooner than that, however many there are."""


class Patience:
    """One deadline for a longer work, and the waits in it.

    Raises:
        InvalidInput: `timeout` is no number of seconds.
    """

    def __init__(self, timeout: float, what: str) -> None:
        self._began = monotonic()
        self._until = self._began + check_seconds("timeout", timeout)
        self._wait = FIRST
        self._what = what

    @property
    def left(self) -> float:
        """Seconds until the deadline; never less than a millisecond, so that it can be given as a timeout."""
        return max(self._until - monotonic(), 0.001)

    async def pause(self) -> None:
        """Wait before the next look.

        Raises:
            DeadlineExceeded: the next look would come too late.
        """
        if monotonic() + self._wait >= self._until:
            raise DeadlineExceeded(f"{self._what} was not ready in time", operation=self._what)
        await asyncio.sleep(self._wait)
        self._wait = min(self._wait * GROWTH, LONGEST)

    async def begin(self, start: Callable[[], Awaitable[T]]) -> T:
        """Start the work; while other work of the kind is under way on the platform (code 15), wait for its end."""
        while True:
            try:
                return await start()
            except RateLimited as error:
                if not _is_busy(error):
                    raise
            await self.pause()

    def again(self) -> None:
        """Look often again: something happened. What has taken long is not looked at every moment for that."""
        self._wait = min(max(FIRST, (monotonic() - self._began) * _SHARE), LONGEST)


def _is_busy(error: ApiError) -> bool:
    return error.code == 15
