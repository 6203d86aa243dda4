"""How the platform counts requests: five kinds of server counters, sans-IO, one per credential and one per address.

Each counter answers `admit(now)` for requests in order of their arrival at the server. The platform's documents only
say "50 requests per second"; gateways in the field count in these five ways, so a client has to cope with all of them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from math import floor
from typing import Literal, Protocol, TypeAlias

Kind: TypeAlias = Literal["sliding", "fixed", "two_window", "token_bucket", "leaky_bucket"]


class RequestCounter(Protocol):
    """Counts the requests of one key."""

    def would_admit(self, now: float) -> bool:
        """Whether a request that arrives at `now` is within the limit; counts nothing."""

    def count(self, now: float) -> None:
        """Count a request that arrived at `now`."""

    def wait(self, now: float) -> float:
        """Seconds until a request would be admitted, if no other comes."""


class SlidingWindow:
    """Strict: no window of `period` seconds, wherever it begins, holds more than `limit` counted requests."""

    def __init__(self, limit: int, period: float = 1.0) -> None:
        self._limit, self._period = limit, period
        self._times: deque[float] = deque()

    def would_admit(self, now: float) -> bool:
        self._forget(now)
        return len(self._times) < self._limit

    def count(self, now: float) -> None:
        self._forget(now)
        self._times.append(now)

    def wait(self, now: float) -> float:
        self._forget(now)
        surplus = len(self._times) - self._limit
        return 0.0 if surplus < 0 else self._times[surplus] + self._period - now

    def _forget(self, now: float) -> None:
        while self._times and self._times[0] <= now - self._period:
            self._times.popleft()


class FixedWindow:
    """Counts from zero again at every full `period` of the server's clock."""

    def __init__(self, limit: int, period: float = 1.0) -> None:
        self._limit, self._period = limit, period
        self._window, self._counted = -1, 0

    def would_admit(self, now: float) -> bool:
        return self._counted < self._limit or floor(now / self._period) > self._window

    def count(self, now: float) -> None:
        window = floor(now / self._period)
        if window > self._window:
            self._window, self._counted = window, 0
        self._counted += 1

    def wait(self, now: float) -> float:
        return 0.0 if self.would_admit(now) else (self._window + 1) * self._period - now


class TwoWindow:
    """Many gateways' approximation of a sliding window: this fixed window's count plus the last one's, weighed by how
    much of it the sliding window still covers."""

    def __init__(self, limit: int, period: float = 1.0) -> None:
        self._limit, self._period = limit, period
        self._window, self._counted, self._before = -1, 0, 0

    def would_admit(self, now: float) -> bool:
        self._roll(now)
        return self._weight(now) + 1 <= self._limit

    def count(self, now: float) -> None:
        self._roll(now)
        self._counted += 1

    def wait(self, now: float) -> float:
        if self.would_admit(now):
            return 0.0
        if self._counted + 1 <= self._limit:
            covered = (self._limit - 1 - self._counted) / self._before
            return (self._window + 1 - covered) * self._period - now
        covered = (self._limit - 1) / self._counted
        return (self._window + 2 - covered) * self._period - now

    def _weight(self, now: float) -> float:
        gone = now / self._period - self._window
        return self._before * (1 - gone) + self._counted

    def _roll(self, now: float) -> None:
        window = floor(now / self._period)
        if window > self._window:
            self._before = self._counted if window == self._window + 1 else 0
            self._window, self._counted = window, 0


class TokenBucket:
    """Refills at `limit` per `period` up to `burst` tokens; a request takes one."""

    def __init__(self, limit: int, period: float = 1.0, burst: int = 10) -> None:
        self._rate, self._burst = limit / period, float(burst)
        self._tokens, self._at = float(burst), float("-inf")

    def would_admit(self, now: float) -> bool:
        self._refill(now)
        return self._tokens >= 1 - 1e-9

    def count(self, now: float) -> None:
        self._refill(now)
        self._tokens -= 1

    def wait(self, now: float) -> float:
        self._refill(now)
        return max(0.0, (1 - self._tokens) / self._rate)

    def _refill(self, now: float) -> None:
        if now > self._at:
            self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
            self._at = now


class LeakyBucket:
    """Drains at `limit` per `period`; holds one request and `burst` more, and refuses what would overflow."""

    def __init__(self, limit: int, period: float = 1.0, burst: int = 5) -> None:
        self._rate, self._room = limit / period, float(burst + 1)
        self._level, self._at = 0.0, float("-inf")

    def would_admit(self, now: float) -> bool:
        self._drain(now)
        return self._level + 1 <= self._room + 1e-9

    def count(self, now: float) -> None:
        self._drain(now)
        self._level += 1

    def wait(self, now: float) -> float:
        self._drain(now)
        return max(0.0, (self._level + 1 - self._room) / self._rate)

    def _drain(self, now: float) -> None:
        if now > self._at:
            self._level = max(0.0, self._level - (now - self._at) * self._rate)
            self._at = now


def make_counter(kind: Kind, limit: int, period: float, burst: int | None) -> RequestCounter:
    """A fresh counter of one of the five kinds; `burst` applies to the two buckets (10 and 5 if ``None``)."""
    if kind == "sliding":
        return SlidingWindow(limit, period)
    if kind == "fixed":
        return FixedWindow(limit, period)
    if kind == "two_window":
        return TwoWindow(limit, period)
    if kind == "token_bucket":
        return TokenBucket(limit, period, 10 if burst is None else burst)
    if kind == "leaky_bucket":
        return LeakyBucket(limit, period, 5 if burst is None else burst)
    raise ValueError(f"unknown kind of counter {kind!r}: use sliding, fixed, two_window, token_bucket or leaky_bucket")


class Gate:
    """The counters of all keys. A request has one or two keys (credential, address) and must be within each limit."""

    def __init__(self, make: Callable[[str], RequestCounter | None], *, count_refused: bool = False) -> None:
        self._make, self._count_refused = make, count_refused
        self._counters: dict[str, RequestCounter | None] = {}

    def admit(self, keys: tuple[str, ...], now: float) -> tuple[str, ...]:
        """Count a request and return the keys that are over their limit: empty means admitted.

        A refused request counts against no key, or with `count_refused` against all of its keys.
        """
        counters = [(key, counter) for key in keys if (counter := self._counter(key)) is not None]
        over = tuple(key for key, counter in counters if not counter.would_admit(now))
        if not over or self._count_refused:
            for _, counter in counters:
                counter.count(now)
        return over

    def wait(self, keys: tuple[str, ...], now: float) -> float:
        """Seconds until all of `keys` are within their limits again."""
        return max((c.wait(now) for key in keys if (c := self._counter(key)) is not None), default=0.0)

    def _counter(self, key: str) -> RequestCounter | None:
        if key not in self._counters:
            self._counters[key] = self._make(key)
        return self._counters[key]
