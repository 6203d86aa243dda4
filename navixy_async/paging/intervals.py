"""Sets of half-open time ranges, what to request instead of a refused range, and how long the next window should be.

Nothing here awaits, reads a clock or knows of HTTP: numbers go in, decisions come out.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..errors import ApiError, AttemptTimedOut, DeadlineExceeded, InvalidInput, RateLimitWaitTooLong, SpanTooBig
from ..times import SECOND, TimeRange

_TOO_LARGE_CODE = 9
_TOO_LARGE_STATUS = 413
LEAST_ALLOWED = timedelta(hours=1)
"""A stated longest period below this is not believed."""


@dataclass(frozen=True, slots=True, init=False)
class IntervalSet:
    """An immutable set of instants in UTC, kept as sorted half-open ranges that neither overlap nor touch.

    Two sets are equal if they hold the same instants, however they were put together.
    """

    ranges: tuple[TimeRange, ...]

    def __init__(self, ranges: Iterable[TimeRange] = ()) -> None:
        object.__setattr__(self, "ranges", tuple(_joined(sorted(ranges))))

    def __iter__(self) -> Iterator[TimeRange]:
        return iter(self.ranges)

    def __len__(self) -> int:
        """How many separate ranges the set is made of."""
        return len(self.ranges)

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def __contains__(self, moment: datetime) -> bool:
        index = bisect_right(self.ranges, moment, key=_start) - 1
        return index >= 0 and moment < self.ranges[index].end

    def __or__(self, other: IntervalSet) -> IntervalSet:
        """Every instant that is in one of the two."""
        return IntervalSet((*self.ranges, *other.ranges))

    def __and__(self, other: IntervalSet) -> IntervalSet:
        """Every instant that is in both."""
        common = []
        mine, theirs = 0, 0
        while mine < len(self.ranges) and theirs < len(other.ranges):
            a, b = self.ranges[mine], other.ranges[theirs]
            start, end = max(a.start, b.start), min(a.end, b.end)
            if start < end:
                common.append(TimeRange(start, end))
            if a.end < b.end:
                mine += 1
            else:
                theirs += 1
        return IntervalSet(common)

    def __sub__(self, other: IntervalSet) -> IntervalSet:
        """Every instant of this set that is not in the other."""
        left = []
        first = 0
        for mine in self.ranges:
            start = mine.start
            while first < len(other.ranges) and other.ranges[first].end <= start:
                first += 1
            index = first
            while index < len(other.ranges) and other.ranges[index].start < mine.end:
                theirs = other.ranges[index]
                if start < theirs.start:
                    left.append(TimeRange(start, theirs.start))
                start = theirs.end
                index += 1
            if start < mine.end:
                left.append(TimeRange(start, mine.end))
        return IntervalSet(left)

    def add(self, added: TimeRange) -> IntervalSet:
        """The set with one more range in it."""
        return IntervalSet((*self.ranges, added))

    def covers(self, asked: TimeRange) -> bool:
        """Whether every instant of `asked` is in the set."""
        index = bisect_right(self.ranges, asked.start, key=_start) - 1
        return index >= 0 and asked.end <= self.ranges[index].end

    def holes(self, within: TimeRange) -> IntervalSet:
        """What is missing from the set to cover `within`."""
        return IntervalSet((within,)) - self

    def coverage(self, within: TimeRange) -> float:
        """The part of `within` that the set holds, 0 to 1."""
        return (self & IntervalSet((within,))).span / within.span

    def split(self, largest: timedelta) -> list[TimeRange]:
        """The set as touching or separate parts, in order, none longer than `largest` (whole seconds, at least one)."""
        return [part for whole in self.ranges for part in whole.split(largest)]

    @property
    def span(self) -> timedelta:
        """How much time the set holds, all ranges together."""
        return sum((one.span for one in self.ranges), timedelta())

    @property
    def hull(self) -> TimeRange | None:
        """The shortest single range that holds the whole set; ``None`` for the empty set."""
        return TimeRange(self.ranges[0].start, self.ranges[-1].end) if self.ranges else None

    def __str__(self) -> str:
        return " ".join(map(str, self.ranges)) or "nothing"


def _start(one: TimeRange) -> datetime:
    return one.start


def _joined(ordered: Iterable[TimeRange]) -> Iterator[TimeRange]:
    """Sorted ranges with those that overlap or touch made one."""
    start = end = None
    for one in ordered:
        if start is None or end is None:
            start, end = one.start, one.end
        elif one.start <= end:
            end = max(end, one.end)
        else:
            yield TimeRange(start, end)
            start, end = one.start, one.end
    if start is not None and end is not None:
        yield TimeRange(start, end)


def is_too_long(error: BaseException) -> bool:
    """Whether a shorter range may succeed after `error`.

    True for a span over the limit (211), a request too large (9, HTTP 413) and an answer that did not come in time.
    False for a queue that was too long (:class:`RateLimitWaitTooLong`): that says nothing about the range.
    """
    if isinstance(error, RateLimitWaitTooLong):
        return False
    return isinstance(error, AttemptTimedOut | DeadlineExceeded) or is_refused_length(error)


def is_refused_length(error: BaseException) -> bool:
    """Whether `error` refuses the length itself (211, 9, HTTP 413), which waiting does not cure."""
    if not isinstance(error, ApiError):
        return False
    too_large = error.code == _TOO_LARGE_CODE or error.http_status == _TOO_LARGE_STATUS
    return isinstance(error, SpanTooBig) or too_large


def shorter_span(refused: timedelta, error: SpanTooBig) -> timedelta | None:
    """How long to ask for instead of what was refused for its length; ``None`` if its length cannot be the reason.

    The maximum in the answer is believed if it is an hour or more. A platform that refuses less than the same answer
    allows, or less than an hour, means something else: going on would end at one request per second.
    """
    longest = error.max_time_span
    allowed = (
        None if longest is None or longest < LEAST_ALLOWED else longest - timedelta(microseconds=longest.microseconds)
    )
    if refused <= LEAST_ALLOWED or (allowed is not None and refused <= allowed):
        return None
    if allowed is None:
        allowed = max(timedelta(seconds=math.ceil(refused.total_seconds() / 2)), LEAST_ALLOWED)
    return allowed


def bisection(refused: TimeRange, error: BaseException) -> list[TimeRange] | None:
    """What to request instead of `refused` after `error`: touching parts that cover it, in order.

    A span over the limit is split by the ``max_time_span`` in the answer, if it is usable. Everything else is halved.
    ``None``: the error has nothing to do with the length (see :func:`shorter_span`), or a single second is left, which
    cannot be split.
    """
    if not is_too_long(error):
        return None
    if isinstance(error, SpanTooBig):
        # On the wire a range is widened to whole seconds, and its parts are too.
        wider = SECOND if refused.start.microsecond or refused.end.microsecond else timedelta(0)
        shorter = shorter_span(refused.span + wider, error)
        return None if shorter is None else refused.split(shorter - wider)
    halves = refused.halves()
    return None if halves is None else list(halves)


class WindowSizer:
    """Decides how long the next window should be, from what the last ones held and how they ended.

    The length follows the density of the answers, towards the target amount (rows or bytes, the caller's choice). A
    refused span is a wall that is never touched again. A window that failed in another way (too large, no answer in
    time) is only suspected: it may have been one dense hour or one bad moment of the server, so a longer window is
    tried again after some good ones.

    Args:
        target: the amount that one answer should hold; infinite for windows as long as allowed.
        first: length of the first window; ``None`` for as long as allowed.
        largest: length that the platform allows, if known.
        growth: the largest factor between two windows.
    """

    TRUST = 8
    """Good windows at a suspected length before a longer one is tried."""
    MAX_TIMEOUTS = 5
    """Windows in a row without an answer in time before the server is to blame, not the window."""

    def __init__(
        self,
        *,
        target: float = math.inf,
        first: timedelta | None = None,
        largest: timedelta | None = None,
        growth: float = 4.0,
    ) -> None:
        if not target > 0:
            raise InvalidInput(f"target must be above zero, not {target!r}")
        if not growth > 1:
            raise InvalidInput(f"growth must be above 1, not {growth!r}")
        for name, value in (("first", first), ("largest", largest)):
            if value is not None and value < SECOND:
                raise InvalidInput(f"{name} must be at least one second, not {value}")
        self._target = target
        self._growth = growth
        self._wall = _seconds(largest)
        self._suspected = math.inf
        self._wanted = _seconds(first)
        self._good = 0
        self._timeouts = 0

    @property
    def span(self) -> timedelta | None:
        """How long the next window should be, in whole seconds; ``None`` for no bound."""
        seconds = min(self._wanted, self._wall, self._suspected)
        return None if math.isinf(seconds) else timedelta(seconds=max(math.floor(seconds), 1))

    def window(self, start: datetime, end: datetime) -> TimeRange:
        """The next window of ``[start, end)``, from its start."""
        span = self.span
        return TimeRange(start, end if span is None or end - start <= span else start + span)

    def succeeded(self, asked: timedelta, amount: float = 0.0) -> None:
        """A window of `asked` length was answered and held `amount`."""
        self._timeouts = 0
        suspected = min(self._suspected, self._wall)
        if not math.isinf(self._suspected) and asked.total_seconds() >= math.floor(suspected):
            self._good += 1
            if self._good >= self.TRUST:
                self._good = 0
                self._suspected *= 2
        current = min(self._wanted, self._wall, self._suspected)
        if math.isinf(current) and math.isinf(self._target):
            return
        seconds = asked.total_seconds()
        if seconds * 2 < current and not amount > self._target:
            # This one was cut short by the end of a range: too little to learn from.
            return
        ideal = seconds * self._target / amount if amount > 0 else math.inf
        self._wanted = min(max(ideal, seconds / self._growth, 1.0), max(current, seconds) * self._growth)

    def failed(self, asked: timedelta, error: BaseException) -> bool:
        """A window of `asked` length ended in `error`: whether to ask again, for the shorter :attr:`span`."""
        seconds = asked.total_seconds()
        if not is_too_long(error) or seconds <= 1:
            return False
        if isinstance(error, SpanTooBig):
            allowed = shorter_span(asked, error)
            if allowed is None:
                return False
            self._wall = min(self._wall, allowed.total_seconds())
            return True
        if isinstance(error, AttemptTimedOut | DeadlineExceeded):
            self._timeouts += 1
            if self._timeouts >= self.MAX_TIMEOUTS:
                return False
        self._suspected = max(seconds / 2, 1.0)
        self._good = 0
        return True


def _seconds(span: timedelta | None) -> float:
    return math.inf if span is None else span.total_seconds()
