"""How servers count: the five kinds of counter that the limiter is held against. Each is told the time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from math import floor
from typing import Protocol


class Counter(Protocol):
    """Counts the requests of one key or address."""

    def would_admit(self, now: float) -> bool:
        """Whether a request that arrives at `now` is within the limit."""

    def count_one(self, now: float) -> None:
        """Count a request that was admitted; one that is refused is not counted."""


class StrictSliding:
    """At most `limit` in any one second, both ends included: the harshest reading of the rule."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.seen: deque[float] = deque()

    def would_admit(self, now: float) -> bool:
        while self.seen and self.seen[0] < now - 1.0:
            self.seen.popleft()
        return len(self.seen) < self.limit

    def count_one(self, now: float) -> None:
        self.seen.append(now)


class FixedWindow:
    """At most `limit` in each second of the server's clock."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.window = 0
        self.count = 0

    def would_admit(self, now: float) -> bool:
        window = floor(now)
        if window != self.window:
            self.window, self.count = window, 0
        return self.count < self.limit

    def count_one(self, now: float) -> None:
        self.count += 1


class TwoWindows:
    """The estimate of many gateways: this second's count plus the last one's, weighted by what is left of it."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.window = 0
        self.last = 0
        self.count = 0

    def would_admit(self, now: float) -> bool:
        window = floor(now)
        if window != self.window:
            self.last = self.count if window == self.window + 1 else 0
            self.window, self.count = window, 0
        return self.last * (1.0 - (now - window)) + self.count < self.limit

    def count_one(self, now: float) -> None:
        self.count += 1


class TokenBucket:
    """`limit` tokens a second, at most `burst` of them saved."""

    def __init__(self, limit: int, burst: int = 10) -> None:
        self.limit = limit
        self.burst = burst
        self.tokens = float(burst)
        self.at = 0.0

    def would_admit(self, now: float) -> bool:
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.limit)
        self.at = now
        return self.tokens >= 1.0

    def count_one(self, now: float) -> None:
        self.tokens -= 1.0


class LeakyBucket:
    """A queue of `burst` places that empties at `limit` a second; what finds it full is refused."""

    def __init__(self, limit: int, burst: int = 5) -> None:
        self.limit = limit
        self.burst = burst
        self.level = 0.0
        self.at = 0.0

    def would_admit(self, now: float) -> bool:
        self.level = max(0.0, self.level - (now - self.at) * self.limit)
        self.at = now
        return self.level + 1.0 <= self.burst

    def count_one(self, now: float) -> None:
        self.level += 1.0


COUNTERS: dict[str, Callable[[int], Counter]] = {
    "sliding": StrictSliding,
    "fixed": FixedWindow,
    "two-window": TwoWindows,
    "token-10": TokenBucket,
    "leaky-5": LeakyBucket,
}
"""Every kind by the name that the benchmarks' command lines take."""
