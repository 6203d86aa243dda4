"""What was read again, merged with what a day's file already holds.

The file's rows in the windows that were read go, and what was read comes in; doing it twice gives the same. The file
is read a few trackers at a time, as it was written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ....paging.intervals import IntervalSet
from ...aliases import ArrowColumn
from ...answers.layout import in_order, inside, runs
from ...state.ledger import Slice
from ...state.records import WorkRecord
from ...streams import RereadPolicy, Stream
from .part_files import PartFiles, neighbours, sort_group

NOTHING = IntervalSet()


@dataclass(frozen=True, slots=True)
class Windows:
    """What was read of one tracker."""

    whole: IntervalSet
    """Everything that the platform has was read: nothing else belongs there."""
    partly: IntervalSet
    """The platform does not show everything (any more): what was there before stays, except for the same moments."""


def windows_of(work: Iterable[WorkRecord]) -> dict[int, Windows]:
    """The windows of each tracker."""
    found: dict[int, Windows] = {}
    for done in work:
        for tracker in done.trackers:
            partly = done.partly(tracker)
            known = found.get(tracker, Windows(NOTHING, NOTHING))
            whole = IntervalSet([done.range]) - partly
            found[tracker] = Windows(known.whole | whole, known.partly | partly)
    return found


@dataclass(frozen=True, slots=True)
class _FileRows:
    """Rows of one tracker in a file."""

    first_tracker: int
    last_tracker: int
    start: int
    end: int


class DayFileReader:
    """A day's Parquet file as it is, by tracker. Close it after use."""

    def __init__(self, path: Path) -> None:
        self._file = pq.ParquetFile(str(path), pre_buffer=False)
        counts = [self._file.metadata.row_group(group).num_rows for group in range(self._file.num_row_groups)]
        self._starts = [sum(counts[:group]) for group in range(len(counts) + 1)]
        self._held: tuple[int, pa.Table] | None = None

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def runs(self) -> list[_FileRows]:
        """Where the rows of each tracker are; a tracker that continues in the next row group has a run there, too."""
        found: list[_FileRows] = []
        for group, start in enumerate(self._starts[:-1]):
            trackers = self._file.read_row_group(group, columns=["tracker_id"]).column(0)
            found += [_FileRows(tracker, tracker, start + first, start + end) for tracker, first, end in runs(trackers)]
        return found

    def read(self, run: _FileRows) -> pa.Table:
        """The rows of a run; runs are read in their order."""
        group = next(group for group, start in enumerate(self._starts[1:]) if run.start < start)
        if self._held is None or self._held[0] != group:
            self._held = group, self._file.read_row_group(group)
        return self._held[1].slice(run.start - self._starts[group], run.end - run.start)


class DayMerge:
    """The rows of one account and day, after merging in what was read.

    Args:
        base: the day's file, if there is one.
        slices: where the new rows are.
        parts: reads them.
        stream: what the rows are.
        windows: what was read, by tracker.
        held: what had been read before, by tracker.
    """

    def __init__(
        self,
        base: DayFileReader | None,
        slices: Sequence[Slice],
        parts: PartFiles,
        *,
        stream: Stream,
        windows: Mapping[int, Windows],
        held: Mapping[int, IntervalSet],
    ) -> None:
        self.late_rows = 0
        """Rows that turned up in what had been read before; known once :meth:`tables` has finished."""
        self._base = base
        self._slices = slices
        self._parts = parts
        self._stream = stream
        self._windows = windows
        self._held = held

    def tables(self) -> Iterator[pa.Table]:
        """The rows, sorted, a few trackers at a time; no tracker is in two tables."""
        sources: list[_FileRows | Slice] = [] if self._base is None else list(self._base.runs())
        sources += (slice_ for slice_ in self._slices if slice_.rows)
        for group in neighbours(sorted(sources, key=lambda source: (source.first_tracker, source.last_tracker))):
            table = self._merged(group)
            if table.num_rows:
                yield table

    def _merged(self, group: Sequence[_FileRows | Slice]) -> pa.Table:
        schema = self._stream.layout.schema
        old = pa.concat_tables(
            [
                schema.empty_table(),
                *(_widened(self._base.read(run), schema) for run in group if isinstance(run, _FileRows) and self._base),
            ]
        )
        new = pa.Table.from_batches([self._parts.read(slice_) for slice_ in group if isinstance(slice_, Slice)], schema)
        if any(tracker in self._windows for tracker in pc.unique(old.column("tracker_id")).to_pylist()):
            gone = self._outdated(old, new)
            self._count(old.filter(gone), new)
            old = old.filter(pc.invert(gone))
        elif new.num_rows:
            self._count(old.slice(0, 0), new)
        return sort_group(pa.concat_tables([old, new]).combine_chunks(), group, self._stream.order)

    def _outdated(self, old: pa.Table, new: pa.Table) -> ArrowColumn:
        """Which of the old rows the new ones replace."""
        if self._stream.reread == RereadPolicy.MERGE:
            return _found(old, new, self._stream.key)
        return _replaced(old, new, self._windows, self._stream.time)

    def _count(self, gone: pa.Table, new: pa.Table) -> None:
        """Count the rows that were not there when their time was read before."""
        again = new.filter(within_windows(new, self._held, self._stream.time))
        key = ["tracker_id", self._stream.time]
        before, now = (in_order(rows.select(key), key) for rows in (gone, again))
        if not now.equals(before):
            self.late_rows += (Counter(_rows(now, key)) - Counter(_rows(before, key))).total()


def latest_tables(
    slices: Sequence[Slice], works: Mapping[int, WorkRecord], parts: PartFiles, stream: Stream
) -> Iterator[pa.Table]:
    """The rows of an account and day if anything was read more than once, a few trackers at a time.

    In the windows of a later reading, the rows of earlier ones are left out.

    Args:
        slices: where the rows are; one without rows represents an empty window.
        works: the finished work that they belong to, by number.
        parts: reads them.
        stream: what the rows are.
    """
    schema = stream.layout.schema
    for group in neighbours(sorted(slices, key=lambda slice_: (slice_.first_tracker, slice_.last_tracker))):
        rows = schema.empty_table()
        for number in sorted({slice_.work for slice_ in group}, key=lambda number: (_read_at(works[number]), number)):
            read = (parts.read(slice_) for slice_ in group if slice_.work == number and slice_.rows)
            new = pa.Table.from_batches(read, schema)
            if rows.num_rows:
                gone = _replaced(rows, new, windows_of([works[number]]), stream.time)
                rows = rows.filter(pc.invert(gone))
            rows = pa.concat_tables([rows, new])
        if rows.num_rows:
            yield sort_group(rows.combine_chunks(), group, stream.order)


def _read_at(work: WorkRecord) -> float:
    return work.read_at.timestamp() if work.read_at is not None else 0.0


def _replaced(old: pa.Table, new: pa.Table, windows: Mapping[int, Windows], time: str) -> ArrowColumn:
    """Which of the old rows new ones replace, window by window."""
    gone = within_windows(old, {tracker: read.whole for tracker, read in windows.items()}, time)
    partly = {tracker: read.partly for tracker, read in windows.items() if read.partly}
    if partly:
        gone = pc.or_(gone, _found(old, new.filter(within_windows(new, partly, time)), ("tracker_id", time)))
    return gone


def within_windows(rows: pa.Table, windows: Mapping[int, IntervalSet], time: str) -> ArrowColumn:
    """Which rows lie in the windows of their tracker."""
    alike: dict[IntervalSet, list[int]] = {}
    for tracker in pc.unique(rows.column("tracker_id")).to_pylist():
        if ranges := windows.get(tracker, NOTHING):
            alike.setdefault(ranges, []).append(tracker)
    found: ArrowColumn = pa.chunked_array([pa.repeat(False, rows.num_rows)])
    times = rows.column(time)
    for ranges, trackers in alike.items():
        theirs = pc.is_in(rows.column("tracker_id"), pa.array(trackers, pa.int64()))
        for part in ranges:
            found = pc.or_(found, pc.and_(theirs, inside(times, part)))
    return found


def _widened(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """Rows of a file from an earlier version, with null in the columns that it did not have."""
    for field in schema:
        if field.name not in rows.column_names:
            rows = rows.append_column(field, pa.nulls(rows.num_rows, field.type))
    return rows.select(schema.names)


def _found(rows: pa.Table, among: pa.Table, key: Sequence[str]) -> ArrowColumn:
    """Which rows have a key that is among the others."""
    if len(key) == 1:
        found: ArrowColumn = pc.is_in(rows.column(key[0]), among.column(key[0]).combine_chunks())
        return found
    known = set(_rows(among, key))
    return pa.chunked_array([pa.array([row in known for row in _rows(rows, key)], pa.bool_())])


def _rows(table: pa.Table, names: Sequence[str]) -> list[tuple[object, ...]]:
    """The values of some columns, row by row; times as numbers."""
    columns = [table.column(name) for name in names]
    plain = [column.cast(pa.int64()) if pa.types.is_timestamp(column.type) else column for column in columns]
    return list(zip(*(column.to_pylist() for column in plain), strict=True))
