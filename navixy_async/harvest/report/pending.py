"""Rows that are safe on the disk but in no whole file yet: what an unfinished harvest holds besides its files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from ...paging.intervals import IntervalSet
from ...times import TimeRange
from ..aliases import ArrowColumn
from ..sinks.files.directory import DatasetDirectory
from ..sinks.files.merge import within_windows
from ..sinks.files.part_files import PartFiles
from ..state.ledger import Ledger, Slice
from ..state.records import WorkRecord
from ..streams import STREAMS


@dataclass(frozen=True, slots=True)
class Pending:
    """The rows of one account and UTC day that are waiting for the day to become whole.

    Attributes:
        rows: how many, without those that an earlier run of a harvest without an end had read already.
        instead: whether these are all rows of the day, so that an existing file of it repeats some of them.
    """

    account: str
    day: date
    rows: int
    instead: bool


class Parts(AbstractContextManager["Parts"]):
    """What the parts of an unfinished harvest hold.

    Args:
        root: the harvest's directory.
        stream: its name.
        ledger: says where the rows are.
    """

    def __init__(self, root: Path, stream: str, ledger: Ledger) -> None:
        self._stream = STREAMS[stream]
        target = DatasetDirectory(root, stream, resume=True, overwrite=False)
        self._files = PartFiles(target, self._stream.layout.schema)
        self._ledger = ledger
        self._held = None if ledger.run() is None else ledger.ranges()
        """What earlier runs of a harvest without an end had read; ``None`` for one that has an end."""

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def days(self) -> Iterator[Pending]:
        """Every account and day with rows here; a part is read only if some of its rows are not new."""
        for account, day, parts in self._slices():
            rows = sum(sum(self._count(one, again).values()) if again else one.rows for one, again in parts)
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
        """The slices with rows by account and day, and for each of them what had been read before, by tracker."""
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
        """The rows of a slice by tracker, leaving out what had been read before.

        A part that is missing or damaged counts as empty: a running harvest deletes parts once a day is whole, and the
        next run reports damage.
        """
        try:
            rows = pa.Table.from_batches([self._files.read(one)])
        except (OSError, LookupError, pa.ArrowException):
            return {}
        new = rows.filter(pc.invert(within_windows(rows, again, self._stream.time)))
        return counted(new.column("tracker_id"))


def _read_later(works: Mapping[int, WorkRecord], work: WorkRecord) -> Mapping[int, IntervalSet]:
    """The ranges of finished work that later work read again, by tracker."""
    found: dict[int, list[TimeRange]] = {}
    for other in works.values():
        if other.read_at is not None and work.read_at is not None and other.read_at > work.read_at:
            for tracker in {*work.trackers} & {*other.trackers}:
                found.setdefault(tracker, []).append(other.range)
    return {tracker: IntervalSet(ranges) for tracker, ranges in found.items()}


def counted(trackers: ArrowColumn) -> dict[int, int]:
    """How often each tracker occurs."""
    return {pair["values"].as_py(): pair["counts"].as_py() for pair in pc.value_counts(trackers)}
