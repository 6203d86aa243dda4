"""How helpers wait for long-running work: polling ever less often, and never past a deadline."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeVar

from ..errors import ApiError, DeadlineExceeded, RateLimited
from ..settings import check_seconds

T = TypeVar("T")

FIRST, LONGEST, GROWTH = 0.5, 10.0, 1.5
"""Seconds between two polls: at first, at most, and the factor by which they grow."""
_SHARE = 0.02
"""Share of the elapsed time: even with progress, the next poll never comes sooner than that."""


class WaitPolicy:
    """One deadline for work of several calls, and the waits within it.

    Args:
        timeout: seconds for everything.
        what: the work, for messages.

    Raises:
        InvalidInput: `timeout` is not a number of seconds.
    """

    def __init__(self, timeout: float, what: str) -> None:
        self._began = monotonic()
        self._until = self._began + check_seconds("timeout", timeout)
        self._wait = FIRST
        self._what = what

    @property
    def remaining(self) -> float:
        """Seconds until the deadline; never less than a millisecond, so that it can serve as a timeout."""
        return max(self._until - monotonic(), 0.001)

    async def pause(self) -> None:
        """Wait before the next poll.

        Raises:
            DeadlineExceeded: the next poll would come too late.
        """
        if monotonic() + self._wait >= self._until:
            raise DeadlineExceeded(f"{self._what} was not ready in time", operation=self._what)
        await asyncio.sleep(self._wait)
        self._wait = min(self._wait * GROWTH, LONGEST)

    async def start(self, begin: Callable[[], Awaitable[T]]) -> T:
        """Start the work; if the platform is busy with other work of its kind (code 15), wait for that to end."""
        while True:
            try:
                return await begin()
            except RateLimited as error:
                if not _is_busy(error):
                    raise
            await self.pause()

    def poll_sooner(self) -> None:
        """There was progress: poll often again, but less so if the work has already taken long."""
        self._wait = min(max(FIRST, (monotonic() - self._began) * _SHARE), LONGEST)


def _is_busy(error: ApiError) -> bool:
    return error.code == 15
