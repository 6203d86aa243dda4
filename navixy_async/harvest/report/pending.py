"""Rows that are safely written but in no whole file yet: what an unfinished harvest has beside its files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from ...paging.intervals import IntervalSet
from ...times import TimeRange
from ..aliases import ArrowColumn
from ..state.ledger import Ledger, Slice
from ..state.records import ReadRanges, WorkRecord
from ..streams import STREAMS

_TRACKER = "tracker_id"


@dataclass(frozen=True, slots=True)
class Pending:
    """The rows of one account and UTC day that wait for the day to become whole.

    Attributes:
        rows: how many they are, without those that an earlier run of a harvest without an end had brought as well.
        instead: whether they are all rows of the day, so that a file of it that is there holds some of them again.
    """

    account: str
    day: date
    rows: int
    instead: bool


class Parts:
    """What the parts of an unfinished harvest hold.

    Args:
        folder: the stream's own directory in the harvest's state, with the ledger in it.
        stream: its name.
        ledger: says where the rows lie.
        held: what earlier runs of a harvest without an end had read; ``None`` for one that has an end.
    """

    def __init__(self, folder: Path, stream: str, ledger: Ledger, held: ReadRanges | None) -> None:
        self._folder = folder / "parts"
        self._time = STREAMS[stream].time
        self._ledger = ledger
        self._held = held

    def days(self) -> Iterator[Pending]:
        """Every account and day that has rows here; reads a part only where some of its rows are not new."""
        for account, day, parts in self._slices():
            rows = sum(one.rows if not again else sum(self._count(one, again).values()) for one, again in parts)
            yield Pending(account, day, rows, instead=self._held is None)

    def by_tracker(self) -> Iterator[tuple[str, date, Mapping[int, int]]]:
        """The same by tracker."""
        for account, day, parts in self._slices():
            counts: Counter[int] = Counter()
            for one, again in parts:
                if one.first_tracker == one.last_tracker and not again:
                    counts[one.first_tracker] += one.rows
                else:
                    counts.update(self._count(one, again))
            yield account, day, counts

    def _slices(self) -> Iterator[tuple[str, date, Sequence[tuple[Slice, Mapping[int, IntervalSet]]]]]:
        """Slices with rows by account and day, each with what of it had been read before, by tracker."""
        for account, day in self._ledger.pending_days(whole=self._held is not None):
            all_slices = self._ledger.slices(account, day)
            slices = [one for one in all_slices if one.rows]
            if not slices:
                continue
            work: Mapping[int, WorkRecord] = {}
            if self._held or self._ledger.is_overlaid:
                work = self._ledger.work_of(all_slices)
            again = self._again if self._held is not None else partial(_read_later, work)
            yield account, day, [(one, again(work[one.work]) if work else {}) for one in slices]

    def _again(self, work: WorkRecord) -> Mapping[int, IntervalSet]:
        if not self._held:
            return {}
        window = IntervalSet((work.range,))
        known = {
            tracker: IntervalSet(read.range for read in self._held.get((work.account, tracker), ())) & window
            for tracker in work.trackers
        }
        return {tracker: ranges for tracker, ranges in known.items() if ranges}

    def _count(self, one: Slice, again: Mapping[int, IntervalSet]) -> Mapping[int, int]:
        """The rows of a slice by tracker, without those of what was read before.

        A part that is gone or damaged has none: a harvest that is being written drops them when a day is whole, and
        the next run tells of damage.
        """
        try:
            with closing(pa.memory_map(str(self._folder / f"{one.part}.arrow"))) as file:
                rows = pa.ipc.open_file(file).get_batch(one.position)
                return _counted(rows.column(_TRACKER), rows.column(self._time), again)
        except (OSError, LookupError, pa.ArrowException):
            return {}


def _read_later(works: Mapping[int, WorkRecord], work: WorkRecord) -> Mapping[int, IntervalSet]:
    """What of a piece of work a later one read once more, by tracker."""
    found: dict[int, list[TimeRange]] = {}
    for other in works.values():
        if other.read_at is not None and work.read_at is not None and other.read_at > work.read_at:
            for tracker in {*work.trackers} & {*other.trackers}:
                found.setdefault(tracker, []).append(other.range)
    return {tracker: IntervalSet(ranges) for tracker, ranges in found.items()}


def _counted(trackers: ArrowColumn, times: ArrowColumn, again: Mapping[int, IntervalSet]) -> dict[int, int]:
    counts = {pair["values"].as_py(): pair["counts"].as_py() for pair in pc.value_counts(trackers)}
    for tracker, ranges in again.items():
        of_tracker = pc.equal(trackers, tracker)
        for part in ranges:
            start, end = pa.scalar(part.start, times.type), pa.scalar(part.end, times.type)
            inside = pc.and_(pc.greater_equal(times, start), pc.less(times, end))
            known = pc.sum(pc.and_(of_tracker, inside)).as_py() or 0
            counts[tracker] = counts.get(tracker, 0) - known
    return {tracker: count for tracker, count in counts.items() if count > 0}
