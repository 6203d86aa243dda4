"""A harvest by tracker and UTC day: what is wrong with each day, and how many rows it has."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq

from ...times import SECOND, TimeRange
from ..plan.local_days import moment_of
from ..state.ledger import DayFile
from .archive import STATES, Stored, pending_by_tracker
from .pending import counted

WHOLE_ACCOUNT = 0
"""Represents the trackers of an account whose trackers were never read."""
_DAY = timedelta(days=1)
_AHEAD = 31 * _DAY
_AT_ONCE = 4
_COLUMN = "tracker_id"


@dataclass(frozen=True, slots=True)
class DayTable:
    """One stream of one account; a cell per tracker and day, row by row.

    Attributes:
        trackers: ids, sorted; :data:`WHOLE_ACCOUNT` alone if none are known.
        days: UTC days, without a break.
        states: per cell, the gravest state of any part of the day: an index into ``STATES``.
        rows: per cell, rows in the files, and those of an unfinished harvest that will be in them;
            ``None`` if the files do not separate trackers.
    """

    stream: str
    account: str
    trackers: Sequence[int]
    days: Sequence[date]
    states: bytes
    rows: array[int] | None


def day_tables(root: Path, stored: Stored) -> Iterator[DayTable]:
    """The days of one stream, account by account; the tracker column of the Parquet files is read for it."""
    asked = _drawn(stored)
    days = list(asked.utc_days())
    states = {
        account: _Marks(trackers or [WHOLE_ACCOUNT], asked, stored.coverage.asked_of(account))
        for account, trackers in stored.fleets().items()
    }
    for (account, tracker), ranges in stored.coverage.complete.items():
        for part in ranges:
            states[account].complete(tracker, part)
    for kind, hole in stored.holes():
        states[hole.account].hole(hole.tracker_id, hole.range, STATES.index(kind))
    files: defaultdict[str, list[DayFile]] = defaultdict(list)
    for file in stored.counted_files():
        if days[0] <= file.day <= days[-1]:
            files[file.account].append(file)
    pending: defaultdict[str, list[tuple[date, Mapping[int, int]]]] = defaultdict(list)
    if stored.pending:
        for account, day, counts in pending_by_tracker(root, stored.coverage.stream):
            pending[account].append((day, counts))
    for account, marks in states.items():
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="count-rows") as threads:
            found = list(threads.map(lambda file: (file.day, _rows_by_tracker(root / file.path)), files[account]))
        rows = _add_up([*found, *pending[account]], marks.row_of, days)
        yield DayTable(
            stream=stored.coverage.stream,
            account=account,
            trackers=list(marks.row_of),
            days=days,
            states=bytes(marks.cells),
            rows=rows,
        )


def _drawn(stored: Stored) -> TimeRange:
    """The requested range, with no more than some days beyond all trackers: its end may be centuries away."""
    asked, ahead = stored.coverage.range, stored.coverage.waiting
    if not ahead:
        return asked
    end = max(hole.range.start for hole in ahead) + _AHEAD
    return asked if asked.end <= end else TimeRange(asked.start, max(end, asked.start + SECOND))


class _Marks:
    """The states of one account's cells; a graver state stays."""

    def __init__(self, trackers: Sequence[int], drawn: TimeRange, asked: TimeRange) -> None:
        self.row_of = {tracker: index for index, tracker in enumerate(trackers)}
        self._asked = asked
        self._first = moment_of(drawn.start.date())
        self._days = len(list(drawn.utc_days()))
        # What nothing is known about was never requested.
        self.cells = bytearray([STATES.index("waiting")]) * (self._days * len(self.row_of))

    def complete(self, tracker: int, part: TimeRange) -> None:
        """The days that `part` holds entirely, as far as they were requested."""
        whole_days = -((self._first - part.start) // _DAY), (part.end - self._first) // _DAY
        first = (part.start - self._first) // _DAY if part.start <= self._asked.start else whole_days[0]
        last = -((self._first - part.end) // _DAY) if part.end >= self._asked.end else whole_days[1]
        first, last = max(first, 0), min(last, self._days)
        if first < last:
            base = self.row_of[tracker] * self._days
            self.cells[base + first : base + last] = bytes(last - first)

    def hole(self, tracker: int | None, part: TimeRange, state: int) -> None:
        """Every day that `part` touches."""
        first = max((part.start - self._first) // _DAY, 0)
        last = min(-((self._first - part.end) // _DAY), self._days)
        numbers = self.row_of.values() if tracker is None else (self.row_of[tracker],)
        for number in numbers:
            for cell in range(number * self._days + first, number * self._days + last):
                self.cells[cell] = max(self.cells[cell], state)


def _add_up(
    counts: Iterable[tuple[date, Mapping[int, int] | None]], row_of: Mapping[int, int], days: Sequence[date]
) -> array[int] | None:
    """The rows of each cell; ``None`` if those of any day are not known by tracker."""
    cells = array("I", bytes(4 * len(row_of) * len(days)))
    for day, by_tracker in counts:
        if by_tracker is None:
            return None
        column = (day - days[0]).days
        if 0 <= column < len(days):
            for tracker in by_tracker.keys() & row_of.keys():
                cells[row_of[tracker] * len(days) + column] += by_tracker[tracker]
    return cells


def _rows_by_tracker(path: Path) -> Counter[int] | None:
    """Rows of each tracker in a file; a missing or foreign one has none, which `verify` reports."""
    counts: Counter[int] = Counter()
    if path.suffix != ".parquet" or not path.exists():
        return None if path.exists() else counts
    with pq.ParquetFile(path) as file:
        if _COLUMN not in file.schema_arrow.names:
            return None
        for batch in file.iter_batches(columns=[_COLUMN]):
            counts.update(counted(batch.column(0)))
    return counts
