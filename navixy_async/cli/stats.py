"""Statistics of a job: requests, retries, refusals, and how much of the allowed rate it used."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

from ..limits import Limiter, LimitsSnapshot
from ..observe.events import Event, Refused, RequestFinished, Retrying

_EVERY = 0.25
_RECENT = 3.0


class RequestStats:
    """Counts requests as an observer of the client, and samples the limiter to know when it had work.

    The achieved rate is measured while at least one call waited for its turn: only then was the limiter, and nothing
    else, the bottleneck.
    """

    def __init__(self) -> None:
        self.limit = 0
        """Requests per second that the platform allows this job, over all its accounts and addresses."""
        self._last: tuple[float, int, bool] | None = None
        self._recent: deque[tuple[float, int]] = deque()
        self.reset()

    def reset(self) -> None:
        """Start from zero: another job begins."""
        self.requests = 0
        self.retries = 0
        self.refused = 0
        self.bytes = 0
        self.busy = 0.0
        """Seconds in which the limiter had work."""
        self.sent_while_busy = 0

    def __call__(self, event: Event) -> None:
        if isinstance(event, RequestFinished):
            self.requests += 1
            self.bytes += event.size
        elif isinstance(event, Retrying):
            self.retries += 1
        elif isinstance(event, Refused):
            self.refused += 1

    def observe(self, snapshot: LimitsSnapshot, now: float) -> None:
        """Record the limiter's state at `now` (monotonic seconds)."""
        self.limit = _allowed(snapshot)
        waiting = snapshot.waiting > 0
        if self._last is not None:
            then, granted, waited = self._last
            if waited and waiting:
                self.busy += now - then
                self.sent_while_busy += snapshot.granted - granted
        self._last = now, snapshot.granted, waiting
        self._recent.append((now, snapshot.granted))
        while self._recent[0][0] < now - _RECENT:
            self._recent.popleft()

    @property
    def rate(self) -> float:
        """Requests per second over the last seconds."""
        if len(self._recent) < 2:
            return 0.0
        (start, before), (end, after) = self._recent[0], self._recent[-1]
        return (after - before) / (end - start) if end > start else 0.0

    @property
    def achieved(self) -> float | None:
        """Requests per second while the limiter had work; ``None`` if it had work for less than a second."""
        return self.sent_while_busy / self.busy if self.busy >= 1 else None

    @asynccontextmanager
    async def watch(self, limiter: Limiter) -> AsyncIterator[None]:
        """Sample the limiter several times a second until the block ends."""

        async def watch() -> None:
            while True:
                self.observe(limiter.snapshot(), monotonic())
                await asyncio.sleep(_EVERY)

        task = asyncio.create_task(watch(), name="navixy stats")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait((task,))
            if not task.cancelled():
                task.result()
            self.observe(limiter.snapshot(), monotonic())


def _allowed(snapshot: LimitsSnapshot) -> int:
    addresses = sum(budget.limit for budget in snapshot.addresses)
    credentials = sum(budget.limit for budget in snapshot.credentials)
    return min(addresses, credentials) if credentials else addresses
