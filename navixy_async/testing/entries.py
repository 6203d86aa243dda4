"""The history entries of a world: indexed by small columns, made only when they are read.

A page of a hundred trackers holds a thousand entries out of hundreds of thousands, and its answer says how many there
are. So for each tracker the seconds, ids and kinds of its entries are kept, about 20 bytes an entry; the entries
themselves are made day by day, and made again after they left the cache.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence, Set
from datetime import UTC, datetime
from typing import NamedTuple

from .events import EMERGENCY, PatternEvent, connection_lost, pattern_events
from .fleet import WorldTracker, seeded
from .lru_cache import LruCache
from .records import Event, TrackerDay
from .spec import WorldSpec

EVENTS_PER_DAY = 1 << 20
MOST_DAYS = 4096
"""The day and the number within the day are both part of an entry's id."""
_MADE, _LISTED = 250_000, 10_000_000
"""Entries that are cached whole, and as columns, at the mean density."""
_DENSITIES = (0.2, 0.5, 0.5, 1, 1, 1.5, 5)


class LateEntry(NamedTuple):
    """An entry that reached the server later than it happened."""

    position: int
    received: int


class ReadMarks(NamedTuple):
    """Which entries of one account were marked as read since the start."""

    ids: Set[int]
    """Entries that were marked one by one, of any account."""
    before: int | None
    """Everything that had reached the server by then is read."""


class Listing:
    """The entries of one tracker by time and id, as columns."""

    __slots__ = ("_unread", "ids", "kinds", "late", "times")

    def __init__(self, rows: Sequence[tuple[int, int, int, int]]) -> None:
        self.times = array("q", [row[0] for row in rows])
        self.ids = array("Q", [row[1] for row in rows])
        self.kinds = bytes([row[2] for row in rows])
        """The kind of event, and in the lowest bit whether the entry is unread."""
        self.late = tuple(LateEntry(index, row[3]) for index, row in enumerate(rows) if row[3] > row[0])

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The index range of the entries of [first, last], both epoch seconds and inclusive."""
        return bisect_left(self.times, first), bisect_right(self.times, last)

    def index_of(self, event_id: int, low: int, high: int) -> int | None:
        """The index of an entry between `low` and `high`; ``None`` if it is not there."""
        try:
            return self.ids.index(event_id, low, high)
        except ValueError:
            return None

    def read_before(self, moment: int) -> Iterator[tuple[int, int]]:
        """Stretches of indexes whose entries had reached the server by `moment`."""
        begin, end = 0, bisect_right(self.times, moment)
        for index, received in self.late:
            if received > moment and index < end:
                if index > begin:
                    yield begin, index
                begin = index + 1
        if end > begin:
            yield begin, end


class EntrySelection:
    """Entries of one tracker in [first, last] that pass some filters.

    Args:
        listing: of the tracker.
        first, last: epoch seconds, both inclusive.
        kinds: a table for ``bytes.translate`` that makes 1 of the kinds that stay; ``None`` if all stay.
        had_by: only what had reached the server by then; ``None`` if that is everything.
        unread: only what is unread, from the start and by these marks; ``None`` for all.
    """

    __slots__ = ("_listing", "_low", "_mask", "count")

    def __init__(
        self,
        listing: Listing,
        first: int,
        last: int,
        *,
        kinds: bytes | None = None,
        had_by: int | None = None,
        unread: ReadMarks | None = None,
    ) -> None:
        low, high = listing.span(first, last)
        high = max(low, high)
        self._listing, self._low = listing, low
        mask: bytearray | None = None
        if kinds is not None:
            mask = bytearray(listing.kinds[low:high].translate(kinds))
        if had_by is not None:
            for index, received in listing.late:
                if low <= index < high and received > had_by:
                    mask = bytearray(b"\1") * (high - low) if mask is None else mask
                    mask[index - low] = 0
        if unread is not None:
            mask = bytearray(b"\1") * (high - low) if mask is None else mask
            self._leave_out_read(mask, unread, low, high)
        self._mask = mask
        self.count = high - low if mask is None else mask.count(1)

    def _leave_out_read(self, mask: bytearray, marks: ReadMarks, low: int, high: int) -> None:
        for event_id in marks.ids:
            if (index := self._listing.index_of(event_id, low, high)) is not None:
                mask[index - low] = 0
        if marks.before is not None:
            for begin, end in self._listing.read_before(marks.before):
                first, last = max(begin, low) - low, min(end, high) - low
                if first < last:
                    mask[first:last] = bytes(last - first)

    def ascending(self) -> Iterator[int]:
        """Indexes in order of time and id."""
        if self._mask is None:
            return iter(range(self._low, self._low + self.count))
        return self._set_indexes(self._mask)

    def _set_indexes(self, mask: bytearray) -> Iterator[int]:
        index = mask.find(1)
        while index >= 0:
            yield self._low + index
            index = mask.find(1, index + 1)

    def descending(self) -> Iterator[int]:
        """The same indexes from the last to the first."""
        if self._mask is None:
            yield from range(self._low + self.count - 1, self._low - 1, -1)
            return
        index = self._mask.rfind(1)
        while index >= 0:
            yield self._low + index
            index = self._mask.rfind(1, 0, index)

    def newest_first(self) -> Iterator[int]:
        """Indexes by time from the last to the first, but by id within one second."""
        times, tied = self._listing.times, list[int]()
        for index in self.descending():
            if tied and times[index] != times[tied[-1]]:
                yield from reversed(tied)
                tied.clear()
            tied.append(index)
        yield from reversed(tied)


class Entries:
    """All history entries of a world.

    Args:
        spec: of the world.
        day: one day of a tracker, or ``None`` if it had the day off.
    """

    def __init__(self, spec: WorldSpec, day: Callable[[WorldTracker, int], TrackerDay | None]) -> None:
        self._spec = spec
        self._day = day
        per_day = spec.events_per_day + spec.burst + 1
        self._listed: LruCache[int, Listing] = LruCache(max(32, _LISTED // (per_day * spec.days)))
        self._made: LruCache[tuple[int, int], Mapping[int, Event]] = LruCache(max(32, _MADE // per_day))
        self._kinds: dict[str, int] = {}

    def listing(self, tracker: WorldTracker) -> Listing:
        """The columns of one tracker's entries."""
        return self._listed.get(tracker.id, lambda: self._list(tracker))

    def kinds(self, events: Container[str] | None, *, emergencies: bool, unread: bool) -> bytes | None:
        """The table for :class:`EntrySelection` that keeps these types, emergencies or unread entries; None for all.

        It knows the types of the listings that were made before it.
        """
        if events is None and not emergencies and not unread:
            return None
        table = bytearray(256)
        for name, number in self._kinds.items():
            if (events is None or name in events) and (not emergencies or name in EMERGENCY):
                table[2 * number + 1] = 1
                table[2 * number] = not unread
        return bytes(table)

    def rows(self, tracker: WorldTracker, indexes: Iterable[int]) -> Iterator[Event]:
        """The entries at these indexes of a tracker's columns."""
        ids = self.listing(tracker).ids
        for index in indexes:
            yield self._of_day(tracker, ids[index] // EVENTS_PER_DAY % MOST_DAYS)[ids[index]]

    def by_id(self, tracker: WorldTracker, event_id: int) -> Event | None:
        """One entry of a tracker, or ``None``."""
        return self._of_day(tracker, event_id // EVENTS_PER_DAY % MOST_DAYS).get(event_id)

    # ---- making of ----------------------------------------------------------------------------------------------

    def _list(self, tracker: WorldTracker) -> Listing:
        density = self._density(tracker)
        rows: list[tuple[int, int, int, int]] = []
        for number in range(self._spec.days):
            if (day := self._day(tracker, number)) is None:
                continue
            for event_id, at in self._happened(day, density):
                time = day.base + at.second
                kind = self._kinds.setdefault(at.event, len(self._kinds))
                received = time if at.by_server else day.received(at.fix)
                rows.append((time, event_id, 2 * kind + (not _is_read(event_id)), received))
        rows.sort()
        return Listing(rows)

    def _density(self, tracker: WorldTracker) -> float:
        return float(seeded(self._spec.seed, "density", tracker.index).choice(_DENSITIES))

    def _happened(self, day: TrackerDay, density: float) -> Iterator[tuple[int, PatternEvent]]:
        """The events of a day, with the ids of their entries."""
        tracker = day.tracker
        random = seeded(self._spec.seed, "events", tracker.index, day.number)
        burst = self._spec.burst if tracker.bursts else 0
        found = pattern_events(day.pattern, random, round(self._spec.events_per_day * density), burst)
        found.extend(connection_lost(day.pattern, day.late_from, day.late_to, day.late_at - day.base))
        numbers = list(range(len(found)))
        random.shuffle(numbers)
        first_id = ((tracker.index + 1) * MOST_DAYS + day.number) * EVENTS_PER_DAY
        return ((first_id + number, event) for number, event in zip(numbers, found, strict=True))

    def _of_day(self, tracker: WorldTracker, number: int) -> Mapping[int, Event]:
        return self._made.get((tracker.index, number), lambda: self._make(tracker, number))

    def _make(self, tracker: WorldTracker, number: int) -> Mapping[int, Event]:
        day = self._day(tracker, number) if number < self._spec.days else None
        if day is None:
            return {}
        return {event_id: _event(day, event_id, at) for event_id, at in self._happened(day, self._density(tracker))}


def _is_read(event_id: int) -> bool:
    return event_id % EVENTS_PER_DAY % 3 == 0


def _event(day: TrackerDay, event_id: int, happening: PatternEvent) -> Event:
    fix, trip, number = day.pattern.fixes[happening.fix], happening.trip, event_id % EVENTS_PER_DAY
    time = day.base + happening.second
    return Event(
        id=event_id,
        tracker_id=day.tracker.id,
        time=datetime.fromtimestamp(time, UTC),
        event=happening.event,
        message=happening.message,
        emergency=happening.emergency,
        is_read=_is_read(event_id),
        rule_id=None if number % 4 else 5000 + day.tracker.index,
        track_id=None if trip is None else day.track_id(trip),
        lat=fix.lat,
        lng=fix.lng,
        precision=fix.precision,
        address=fix.address,
        received=datetime.fromtimestamp(time if happening.by_server else day.received(happening.fix), UTC),
    )
