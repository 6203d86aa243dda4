"""What a harvest without an end requests in each run: what is new, what failed, and what may have changed since.

Everything that was read is stored with the moment at which it was read. What is due again follows from that moment
alone: it was too young then (a device without a connection sends later), or its day has been over for so long by now
that it should be read again. There is no bookmark that could run ahead: what is not stored is requested.

Nothing here awaits, or reads a clock or a disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from operator import attrgetter

from ...errors import InvalidInput
from ...paging.intervals import IntervalSet
from ...times import DAY, TimeRange
from ..state.records import ReadRange, ReadRanges, WorkRecord

_LONGEST = 3650 * DAY
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def utc_now() -> datetime:
    """The time by this machine's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Increments:
    """How a harvest is kept current, and when what it read counts as settled.

    Attributes:
        look_back: data younger than this when it was read is young, and is read again by the next run.
        rereads: how long after the end of a UTC day the day is read once more, to find what arrived late; each once. It
            has no effect on a harvest with an end.
        clock: returns the time. The platform's own clock is read too, and the earlier of the two counts.

    Raises:
        InvalidInput: a duration is negative or not a duration, or a re-read is not after the day's end.
    """

    look_back: timedelta = timedelta(hours=1)
    rereads: Sequence[timedelta] = (DAY, 3 * DAY, 7 * DAY, 30 * DAY)
    clock: Callable[[], datetime] = utc_now

    def __post_init__(self) -> None:
        if not isinstance(self.look_back, timedelta) or not timedelta(0) <= self.look_back <= _LONGEST:
            raise InvalidInput(
                f"look_back must be a timedelta of zero or more, 10 years at most, not {self.look_back!r}"
            )
        if not isinstance(self.rereads, Iterable):
            raise InvalidInput(f"rereads must be a list of timedeltas, not {self.rereads!r}")
        for wait in self.rereads:
            if not isinstance(wait, timedelta) or not timedelta(0) < wait <= _LONGEST:
                raise InvalidInput(f"rereads must be timedeltas above zero, 10 years at most, not {wait!r}")
        if not callable(self.clock):
            raise InvalidInput(f"clock must be a function that returns an aware datetime, not {self.clock!r}")
        object.__setattr__(self, "rereads", tuple(sorted(set(self.rereads))))


@dataclass(frozen=True, slots=True)
class Schedule:
    """When what was read is due again."""

    look_back: timedelta
    rereads: tuple[timedelta, ...]
    margin: timedelta = timedelta(0)
    """What is read again is extended by this on both sides: rows may have moved across its edges."""

    def due(self, ranges: Iterable[ReadRange], asked: TimeRange, zone: str | None = None) -> IntervalSet:
        """The parts of `asked`, which ends now, to read in this run; they include days of another zone than `zone`."""
        now = asked.end
        known = (read for read in ranges if zone is None or read.zone in (None, zone))
        settled = [part for read in known for part in self._settled(read, now)]
        due = IntervalSet((asked,)) - IntervalSet(settled)
        return self.widened(due) & IntervalSet((asked,)) if self.margin else due

    def widened(self, ranges: IntervalSet) -> IntervalSet:
        """The ranges with what their rows may have moved into."""
        margin = self.margin
        return IntervalSet(TimeRange(part.start - margin, part.end + margin) for part in ranges) if margin else ranges

    def _settled(self, read: ReadRange, now: datetime) -> Iterator[TimeRange]:
        # Ranges dated in the future were read under a wrong clock, at an unknown time.
        end = self._old_enough(read)
        if read.read_at > now or end <= read.range.start:
            return
        young = self._first_young_day(read.read_at)
        if end == read.range.end and end <= young:
            yield read.range
            return
        if read.range.start < young:
            yield TimeRange(read.range.start, min(end, young))
        day = max(_midnight(read.range.start), young)
        while day < end:
            if self._looks(day, read.read_at) == self._looks(day, now):
                yield TimeRange(max(day, read.range.start), min(day + DAY, end))
            day += DAY

    def coalesce(self, ranges: Iterable[ReadRange]) -> list[ReadRange]:
        """The same in fewer ranges: neighbours that will always be due together become one."""
        found: list[ReadRange] = []
        for read in ranges:
            joined = self._joined(found[-1], read) if found else None
            if joined is None:
                found.append(read)
            else:
                found[-1] = joined
        return found

    def _joined(self, first: ReadRange, second: ReadRange) -> ReadRange | None:
        alike = (first.kind, first.reason, first.zone) == (second.kind, second.reason, second.zone)
        if not alike or first.range.end != second.range.start:
            return None
        whole = TimeRange(first.range.start, second.range.end)
        if first.read_at == second.read_at:
            return replace(first, range=whole)
        if any(self._old_enough(read) < read.range.end for read in (first, second)):
            return None
        # The earlier of the two moments, but late enough that nothing is due which was not due before.
        read_at = max(min(first.read_at, second.read_at), whole.end + self.look_back)
        day, last = _midnight(whole.start), _last_day(whole)
        if not self.rereads:
            return replace(first, range=whole, read_at=read_at)
        if all(_last_day(read.range) < self._first_young_day(read.read_at) for read in (first, second)):
            read_at = max(read_at, last + DAY + max(self.rereads))
        elif day != last or self._looks(day, first.read_at) != self._looks(day, second.read_at):
            return None
        return replace(first, range=whole, read_at=read_at)

    def _old_enough(self, read: ReadRange) -> datetime:
        """Up to where the range was old enough to be trusted when it was read."""
        return min(read.range.end, read.read_at - self.look_back)

    def _first_young_day(self, read_at: datetime) -> datetime:
        """Midnight of the first day that was not over for good at `read_at`; all before it are never due again."""
        return _midnight(read_at - max(self.rereads, default=timedelta(0)))

    def _looks(self, day: datetime, moment: datetime) -> int:
        """How many of the re-reads of the day were due by that moment."""
        return sum(1 for wait in self.rereads if day + DAY + wait <= moment)


def merge_run(
    ranges: Mapping[tuple[str, int], Sequence[ReadRange]], work: Iterable[WorkRecord], read_at: datetime
) -> ReadRanges:
    """What is stored after a run that began at `read_at` and did that work: later readings replace earlier ones.
    Only trackers with any work are in it."""
    fresh: ReadRanges = {}
    for done in work:
        for tracker in done.trackers:
            fresh.setdefault((done.account, tracker), []).extend(_reads(done, tracker, read_at))
    return {key: _overlaid(ranges.get(key, ()), reads) for key, reads in fresh.items()}


def _reads(work: WorkRecord, tracker: int, read_at: datetime) -> Iterator[ReadRange]:
    """What became of the parts of a finished range, for one of its trackers."""
    left = IntervalSet((work.range,))
    for whose, gap, reason in work.gaps:
        if tracker in whose:
            yield from (ReadRange(part, read_at, "gap", reason, work.zone) for part in left & IntervalSet((gap,)))
            left = left - IntervalSet((gap,))
    if work.clipped is not None:
        clipped = IntervalSet((work.clipped,))
        yield from (ReadRange(part, read_at, "clipped", zone=work.zone) for part in left & clipped)
        left = left - clipped
    yield from (ReadRange(part, read_at, zone=work.zone) for part in left)


def _unclipped(read: ReadRange, ranges: Iterable[ReadRange]) -> list[ReadRange]:
    """A range that the tariff now clips: where it was complete before, it still is, for its rows are there."""
    if read.kind != "clipped":
        return [read]
    whole = IntervalSet(old.range for old in ranges if old.kind == "complete" and old.zone == read.zone)
    mine = IntervalSet((read.range,))
    parts = [ReadRange(part, read.read_at, zone=read.zone) for part in mine & whole] + [
        replace(read, range=part) for part in mine - whole
    ]
    return sorted(parts, key=_start)


def _overlaid(ranges: Sequence[ReadRange], fresh: Iterable[ReadRange]) -> list[ReadRange]:
    """The ranges of `fresh`, and what they leave of `held`."""
    new: list[ReadRange] = []
    for read in sorted(fresh, key=_start):
        if new and read.range.start < new[-1].range.end:
            if read.range.end <= new[-1].range.end:
                continue
            read = replace(read, range=TimeRange(new[-1].range.end, read.range.end))  # noqa: PLW2901
        new.append(read)
    new = [part for read in new for part in _unclipped(read, ranges)]
    taken = IntervalSet(read.range for read in new)
    old = [replace(read, range=part) for read in ranges for part in IntervalSet((read.range,)) - taken]
    return sorted([*old, *new], key=_start)


def distrusted(ranges: ReadRanges, now: datetime) -> ReadRanges:
    """What is held of the trackers of which something says that it was read later than `now`: under a wrong clock, so
    nobody knows when. It is due, and what of it lies ahead is not held any more."""
    found: ReadRanges = {}
    for key, reads in ranges.items():
        if any(read.read_at > now for read in reads):
            known = (replace(read, read_at=read.range.start) if read.read_at > now else read for read in reads)
            found[key] = [
                replace(read, range=TimeRange(read.range.start, min(read.range.end, now)))
                for read in known
                if read.range.start < now
            ]
    return found


_start = attrgetter("range.start")


def _midnight(moment: datetime) -> datetime:
    return moment - (moment - _EPOCH) % DAY


def _last_day(span: TimeRange) -> datetime:
    """Midnight of the last day that the range touches."""
    return _midnight(span.end - timedelta(microseconds=1))
