"""Two small admissions: no limit at all, and any limiter with aiolimiter's interface."""

from __future__ import annotations

import asyncio
from typing import Any, Protocol

from ..errors import ClientClosed, RateLimitWaitTooLong
from ..requester import Requester
from ..settings import capped_retry_after


class FreePermit:
    """A permit that is not counted."""

    __slots__ = ("local_addr",)
    waited = 0.0

    def __init__(self, local_addr: str | None = None) -> None:
        self.local_addr = local_addr

    def sent(self) -> None:
        """Nothing to record."""

    def answered(self) -> None:
        """Nothing to record."""

    def refused(self, retry_after: float | None = None) -> None:
        """Nothing to record: a client without a limiter leaves refusals to its callers."""

    def unsent(self) -> None:
        """Nothing to record."""

    def lost(self) -> None:
        """Nothing to record."""


class RateLimiter(Protocol):
    """What a limiter of another package must offer: aiolimiter's `AsyncLimiter` does."""

    async def acquire(self, amount: float = 1) -> Any:
        """Wait until `amount` may go."""


class PluggedPermit:
    """A permit of :class:`Plugged`; only refusals matter to it."""

    __slots__ = ("_owner", "waited")
    local_addr: str | None = None

    def __init__(self, owner: Plugged, waited: float) -> None:
        self._owner = owner
        self.waited = waited

    def sent(self) -> None:
        """Nothing to record."""

    def answered(self) -> None:
        """Nothing to record."""

    def refused(self, retry_after: float | None = None) -> None:
        """Everyone waits until the server's floor is over."""
        self._owner.pause(capped_retry_after(retry_after) or 0.0)

    def unsent(self) -> None:
        """Nothing to record: such limiters take nothing back."""

    def lost(self) -> None:
        """Nothing to record."""


class Plugged:
    """An admission made of a limiter of your own, for example ``Plugged(AsyncLimiter(1, 1 / 40))``.

    It takes over the pauses that the server asks for and the callers' deadlines; it has no lanes, no fairness
    between accounts, and not the two levels.
    """

    def __init__(self, limiter: RateLimiter) -> None:
        self._limiter = limiter
        self._not_before = 0.0
        self._closed = False
        self._waits: set[asyncio.Timeout] = set()
        """The time-outs of those who wait now."""

    async def acquire(self, requester: Requester, *, deadline: float | None, front: bool = False) -> PluggedPermit:
        """Wait for the limiter, and for the end of any pause.

        Raises:
            RateLimitWaitTooLong: the deadline passed in the queue, or lies before the end of a pause.
            ClientClosed: the admission is closed.
        """
        now = asyncio.get_running_loop().time
        asked = now()
        wait = asyncio.timeout(None if deadline is None else max(deadline - asked, 0.0))
        try:
            async with wait:
                self._waits.add(wait)
                await self._limiter.acquire(1)
                while (pause := self._not_before - now()) > 0:
                    if deadline is not None and self._not_before > deadline:
                        raise RateLimitWaitTooLong(pause, deadline - now())
                    await asyncio.sleep(pause)
                    await self._limiter.acquire(1)  # the end of a pause is paced by the limiter again
        except TimeoutError as error:
            if isinstance(error, RateLimitWaitTooLong):
                raise
            if self._closed:
                raise ClientClosed("the client is closed: open a new one") from None
            waited = now() - asked
            raise RateLimitWaitTooLong(waited, waited if deadline is None else deadline - now()) from None
        finally:
            self._waits.discard(wait)
        if self._closed:
            raise ClientClosed("the client is closed: open a new one")
        return PluggedPermit(self, now() - asked)

    def pause(self, seconds: float) -> None:
        """Let nothing go for so many seconds; a longer pause already under way stays."""
        self._not_before = max(self._not_before, asyncio.get_running_loop().time() + seconds)

    def close(self) -> None:
        """Wake every waiter with ClientClosed."""
        self._closed = True
        for wait in self._waits:
            if not wait.expired():
                wait.reschedule(asyncio.get_running_loop().time())
