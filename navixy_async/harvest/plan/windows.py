"""What to ask next: work items made one at a time, windows sized by what came back.

Nothing here awaits or sends anything. A plan of 5,000 trackers over a year is 5,000 cursors in a heap; the item with
the earliest start goes first, so that all trackers move through time together and whole days become complete early.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import inf
from operator import itemgetter

from ...paging.intervals import LEAST_ALLOWED, IntervalSet, WindowSizer
from ...times import SECOND, TimeRange

DAY = timedelta(days=1)
_GRIDS = tuple(timedelta(hours=hours) for hours in (24, 12, 8, 6, 4, 3, 2, 1))
_FADING = 0.9
_ABOUT_AN_HOUR = LEAST_ALLOWED - timedelta(minutes=1)
"""Requests cover a little more than their window."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Item:
    """One unit of work: all rows of these trackers in this range."""

    account: str
    trackers: tuple[int, ...]
    range: TimeRange
    tries: int = 0
    """How often it met passing trouble."""
    trouble_since: float | None = None
    """When it first met that, by the loop's clock."""
    not_before: float = 0.0
    """When it may be requested again, by the loop's clock."""
    cuts: int = 0
    """How often it was halved because the platform did not answer in time, or continued behind what failed."""
    rest: TimeRange | None = None
    """The rest of a window that was refused for its length; requested once this was answered."""
    is_longest: bool = False
    """Whether the platform refused a longer period: if this one is answered, the others may be as long."""

    @property
    def whole(self) -> TimeRange:
        """Its range and the rest."""
        return self.range if self.rest is None else TimeRange(self.range.start, self.rest.end)


@dataclass(frozen=True, slots=True)
class WindowRule:
    """How long a window of one request may be."""

    first: timedelta
    """Before anything is known about how dense the data are."""
    longest: timedelta
    """Never request more at once."""
    target: int
    """Bytes that one item should bring."""


class _TrackerCursor:
    """The trackers of one batch, what is still to be requested for them, and how long their windows should be."""

    __slots__ = ("density", "key", "sizer", "spans", "trackers")

    def __init__(self, key: int, trackers: tuple[int, ...], spans: Iterable[TimeRange]) -> None:
        self.key = key
        self.trackers = trackers
        self.spans = deque(spans)
        self.sizer: WindowSizer | None = None
        self.density: float | None = None
        """Bytes per second of the window that came back last."""


class AccountPlan:
    """Everything that is still to be requested of one account.

    Args:
        account: its label.
        todo: what is still missing of each tracker.
        rule: how windows are sized.
        batch: trackers requested together.
    """

    def __init__(self, account: str, todo: Mapping[int, IntervalSet], rule: WindowRule, *, batch: int = 1) -> None:
        self.account = account
        self.longest = rule.longest
        self.unplanned = timedelta(0)
        """Tracker-time for which no item was made yet."""
        self._rule = rule
        self._dense: float | None = None
        """Bytes per second of the denser ones among the windows that came back last."""
        self._dropped: set[int] = set()
        self._front: list[Item] = []
        self._back: deque[Item] = deque()
        self._cursors: dict[int, _TrackerCursor] = {}
        self._order: list[tuple[datetime, int]] = []
        for trackers, missing in _batches(todo, batch):
            cursor = _TrackerCursor(trackers[0], trackers, missing)
            self._cursors.update(dict.fromkeys(trackers, cursor))
            self._order.append((cursor.spans[0].start, cursor.key))
            self.unplanned += missing.span * len(trackers)
        heapq.heapify(self._order)

    def next_item(self, now: float = inf) -> Item | None:
        """The next item, or ``None`` if nothing is left (what is under way may still be put back) or due by `now`."""
        while self._front:
            if (item := self._without_dropped(self._front.pop())) is not None:
                return item
        while self._order:
            if (item := self._without_dropped(self._next_window())) is not None:
                return item
        for _ in range(len(self._back)):
            item = self._back.popleft()
            if item.not_before > now:
                self._back.append(item)
            elif (item := self._without_dropped(item)) is not None:
                return item
        return None

    @property
    def soonest(self) -> float:
        """When the first of the items that were put off is due; 0 if others are left."""
        if self._front or self._order or not self._back:
            return 0.0
        return min(item.not_before for item in self._back)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to take."""
        return not (self._front or self._order or self._back)

    def _next_window(self) -> Item:
        cursor = self._cursors[heapq.heappop(self._order)[1]]
        span = cursor.spans.popleft()
        if cursor.sizer is None:
            cursor.sizer = self._sizer(self._first())
        wanted = cursor.sizer.span
        end = _window_end(span, self.longest if wanted is None else min(wanted, self.longest))
        if end < span.end:
            cursor.spans.appendleft(TimeRange(end, span.end))
        if cursor.spans:
            heapq.heappush(self._order, (cursor.spans[0].start, cursor.key))
        item = Item(self.account, cursor.trackers, TimeRange(span.start, end))
        self.unplanned -= item.range.span * len(item.trackers)
        return item

    def _first(self) -> timedelta:
        """The first window of trackers without any answer yet: as if they were as dense as the densest."""
        if self._dense is None:
            return self._rule.first
        seconds = self.longest.total_seconds()
        if self._dense * seconds > self._rule.target:
            seconds = max(self._rule.target / self._dense, 1.0)
        return timedelta(seconds=seconds)

    def _sizer(self, first: timedelta) -> WindowSizer:
        return WindowSizer(target=self._rule.target, first=min(first, self.longest), largest=self.longest)

    def learn(self, item: Item, size: int) -> None:
        """Learn from the bytes of a finished item how long the next windows may be."""
        cursor = self._cursors[item.trackers[0]]
        if cursor.sizer is not None:
            cursor.sizer.succeeded(item.range.span, size)
        cursor.density = size / item.range.span.total_seconds()
        # One that is much denser than the rest is soon forgotten: it must not make the windows of all others short.
        self._dense = cursor.density if self._dense is None else max(cursor.density, self._dense * _FADING)

    def expect(self, item: Item) -> float:
        """About how many bytes the item will bring; a quarter of a full window before anything is known."""
        density = self._cursors[item.trackers[0]].density
        if density is None:
            density = self._dense
        return self._rule.target / 4 if density is None else density * item.range.span.total_seconds()

    def cap(self, longest: timedelta) -> None:
        """Never again request more than `longest`, because the platform refused it; an hour is always allowed."""
        self.longest = min(self.longest, longest if longest >= _ABOUT_AN_HOUR else LEAST_ALLOWED)

    def requeue_first(self, items: Iterable[Item]) -> None:
        """Take these next: parts of an item that was too large."""
        self._front.extend(reversed(list(items)))

    def requeue_last(self, item: Item) -> None:
        """Take this again after everything else."""
        self._back.append(item)

    def drop(self, tracker: int) -> None:
        """Never request this tracker again."""
        self._dropped.add(tracker)

    def drop_all(self) -> None:
        """Never request anything again."""
        self._front.clear()
        self._order.clear()
        self._back.clear()
        self.unplanned = timedelta(0)

    def _without_dropped(self, item: Item) -> Item | None:
        if not self._dropped or self._dropped.isdisjoint(item.trackers):
            return item
        kept = tuple(tracker for tracker in item.trackers if tracker not in self._dropped)
        return replace(item, trackers=kept) if kept else None


def _window_end(span: TimeRange, longest: timedelta) -> datetime:
    """Where a window at the start of `span` should end: at midnight UTC or a round hour if that costs no request."""
    end = span.start + longest
    if end >= span.end:
        return span.end
    others = -(-span.span // longest) - 1
    for grid in _GRIDS:
        if longest >= grid:
            even = end - (end - _EPOCH) % grid
            if even > span.start and span.end - even <= others * longest:
                return even
    return span.start + max(longest - longest % SECOND, SECOND)


def _batches(todo: Mapping[int, IntervalSet], size: int) -> Iterable[tuple[tuple[int, ...], IntervalSet]]:
    """Neighbouring trackers that lack the same ranges, in batches."""
    alike: dict[IntervalSet, list[int]] = {}
    for tracker, missing in sorted(todo.items(), key=itemgetter(0)):
        if missing:
            alike.setdefault(missing, []).append(tracker)
    for missing, trackers in alike.items():
        for at in range(0, len(trackers), size):
            yield tuple(trackers[at : at + size]), missing


def shortened(item: Item, longest: timedelta, *, is_longest: bool) -> Item:
    """The beginning of an item that was refused for its length; the rest waits until that was answered."""
    whole = item.whole
    end = whole.start + max(longest - longest % SECOND, SECOND)
    rest = TimeRange(end, whole.end)
    return replace(item, range=TimeRange(whole.start, end), rest=rest, is_longest=is_longest)


def gone_on(item: Item) -> list[Item]:
    """What to request behind an item that was answered: windows as long, or the next one, twice as long."""
    if item.rest is None:
        return []
    rest = replace(item, range=item.rest, rest=None, tries=0, trouble_since=None)
    if item.is_longest:
        return cut_time(rest, item.range.span) or [rest]
    longest = 2 * item.range.span
    return [rest] if longest >= rest.range.span else [shortened(rest, longest, is_longest=False)]


def cut_time(item: Item, longest: timedelta | None = None) -> list[Item]:
    """The item in parts no longer than `longest`, or in two; empty if it cannot be cut."""
    if longest is not None and longest < item.range.span:
        longest = max(longest, SECOND)
        parts: Sequence[TimeRange] = item.range.split(longest) if item.range.span > SECOND else ()
    else:
        parts = item.range.halves() or ()
    return [replace(item, range=part) for part in parts]
