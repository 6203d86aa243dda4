"""What all datasets of files have in common: durable parts first, then sorted files per account and UTC day.

Finished items are gathered for about a second, written to one durable part file, and marked in the ledger. When
everything requested for a day is there, its parts become the day's files. All of it happens on one thread; while that
writes, the workers fetch, until a full load waits: then they wait too.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from ....files import publish_file, remove
from ....paging.intervals import IntervalSet
from ....times import TimeRange, utc_day
from ...answers.layout import by_day
from ...engine import CompletedItem
from ...report.coverage import Coverage
from ...state.ledger import DayFile, Ledger, Slice
from ...state.records import TrackerRanges, WorkRecord
from ...streams import Stream
from ..base import BufferedSink
from ..disk import DiskThread
from .directory import DatasetDirectory
from .merge import latest_tables
from .part_files import PartFiles, digest, sorted_tables
from .repair import check_files_are_there


class DatasetSink(BufferedSink):
    """Takes finished items of one stream; commits them to part files, ledger, and files of days.

    A subclass says how the files of a day are made.

    Args:
        disk: the thread that all of it happens on.
        target: the directory, locked for this harvest.
        ledger: its ledger.
        stream: what the rows are.
        lacking: what is still to come, per account and tracker.
        zones: zones in use, by account; read at every commit.
        again: what was read before: what is read now replaces that.
        unsettled: where rows may come, or change, after this run; days that hold any of it do not become whole.
        held: what had been read before this run, where the files are kept current.
    """

    kind: ClassVar[str]
    """Name of the format; part of what makes a harvest the same one, unless it is Parquet."""
    files: ClassVar[str]
    """Pattern of the names that files of a day may have."""

    def __init__(
        self,
        disk: DiskThread,
        *,
        target: DatasetDirectory,
        ledger: Ledger,
        stream: Stream,
        lacking: TrackerRanges,
        zones: Mapping[str, str],
        again: TrackerRanges = MappingProxyType({}),
        unsettled: TrackerRanges = MappingProxyType({}),
        held: TrackerRanges = MappingProxyType({}),
    ) -> None:
        super().__init__(disk)
        self._target = target
        self._ledger = ledger
        self._stream = stream
        self._zones = zones
        self._lacking = _time_per_day(lacking)
        for day, span in _time_per_day(unsettled).items():
            self._lacking[day] = self._lacking.get(day, timedelta(0)) + span
        self._again = frozenset(_time_per_day(again))
        self._held = held
        self._parts = PartFiles(target, stream.layout.schema)
        self._part = 0
        self._overlaid = False

    @classmethod
    def check(cls, stream: Stream) -> None:
        """Raise InvalidInput unless rows of this stream can be written like that."""

    @abstractmethod
    def _make_file(self, account: str, day: date, slices: list[Slice]) -> None:
        """Make the files of an account and day, or merge the slices into existing ones, and mark them in the ledger.

        Called on the thread.
        """

    @abstractmethod
    def _is_read_again(self, account: str, day: date) -> bool:
        """Whether the day may have older rows, which have to go even where nothing new was found."""

    @abstractmethod
    def _pending_days(self) -> list[tuple[str, date]]:
        """The accounts and days whose files are still to be made once all items are there."""

    @abstractmethod
    def _add_counts(self, coverage: Coverage, files: Sequence[DayFile]) -> Coverage:
        """The coverage with what only the ledger knows, once all files are written."""

    async def start(self) -> None:
        """Clean up behind a harvest that was killed; what it had finished is used."""
        await self._disk.run(self._start)

    async def finish(self, coverage: Coverage, parameters: Mapping[str, object]) -> Coverage:
        """Make the files of days that did not become whole, and the manifest."""
        return await self._disk.run(partial(self._finish, coverage, parameters))

    async def close(self) -> None:
        """Close the parts."""
        await self._disk.finish(self._parts.close)

    # --- on the disk's thread ---------------------------------------------------------------------------------------

    def _commit(self, load: list[CompletedItem]) -> None:
        self._part += 1
        slices: list[Slice] = []
        batches: list[pa.RecordBatch] = []
        for number, finished in enumerate(load):
            filled: set[date] = set()
            for day, rows in by_day(finished.fetched.batch, self._stream.time):
                trackers = pc.min_max(rows.column("tracker_id"))
                slice_ = Slice(
                    account=finished.item.account,
                    day=day,
                    first_tracker=trackers["min"].as_py(),
                    last_tracker=trackers["max"].as_py(),
                    part=self._part,
                    position=len(batches),
                    rows=rows.num_rows,
                    work=number,
                )
                slices.append(slice_)
                batches.append(rows)
                filled.add(day)
            slices += self._empty_slices(number, finished, filled)
        part = self._parts.write(self._part, batches) if batches else None
        reopened = {(slice_.account, slice_.day) for slice_ in slices} & self._again
        self._ledger.commit([finished.work for finished in load], slices, self._zones, part, reopened=reopened)
        self._make_files(self._days_completed_by(finished.work for finished in load))

    def _empty_slices(self, number: int, finished: CompletedItem, filled: Container[date]) -> Iterable[Slice]:
        """Slices for the days on which an item brought no row, if that matters: older rows may have to go."""
        work = finished.work
        for day in work.range.utc_days():
            if day not in filled and self._is_read_again(work.account, day):
                yield Slice(work.account, day, min(work.trackers), max(work.trackers), self._part, -1, 0, number)

    def _days_completed_by(self, work: Iterable[WorkRecord]) -> list[tuple[str, date]]:
        completed = []
        for record in work:
            for day, span in _spans(record.range):
                key = record.account, day
                self._lacking[key] -= span * len(record.trackers)
                if not self._lacking[key]:
                    completed.append(key)
        return completed

    def _start(self) -> None:
        parts = self._ledger.parts()
        self._part = self._ledger.last_part()
        self._target.drop_parts_except(parts)
        self._overlaid = self._ledger.is_overlaid
        if any(self._lacking.values()):
            # The files are going to change: meanwhile, nothing may claim what they are.
            self._target.write_manifest(None)

    def _make_files(self, days: Sequence[tuple[str, date]]) -> None:
        for account, day in days:
            if slices := self._ledger.slices(account, day):
                self._make_file(account, day, slices)
        if days:
            self._parts.close()
            self._target.drop_parts_except(self._ledger.parts())

    def _describe(self, temporary: Path, path: str, account: str, day: date, rows: int) -> DayFile:
        return DayFile(
            path=path,
            account=account,
            day=day,
            rows=rows,
            bytes=temporary.stat().st_size,
            sha256=digest(temporary),
            whole=not self._lacking.get((account, day)),
        )

    def _finish(self, coverage: Coverage, parameters: Mapping[str, object]) -> Coverage:
        self._make_files(self._pending_days())
        files = self._ledger.files()
        check_files_are_there(self._target, files)
        coverage = self._add_counts(coverage, files)
        section = {
            "parameters": dict(parameters),
            "rows": sum(file.rows for file in files),
            "files": msgspec.to_builtins(files),
            "coverage": coverage.to_json(),
        }
        self._target.write_manifest(section)
        return coverage


class WholeDaySink(DatasetSink):
    """Files of a day appear once all of the day is there, whole or not at all, each row in them exactly once."""

    @abstractmethod
    def _write(self, account: str, day: date, tables: Iterable[pa.Table]) -> Iterator[tuple[Path, str, int]]:
        """Write the rows of an account and day, down to the disk: the temporary file, its name to be, and its rows."""

    def _is_read_again(self, account: str, day: date) -> bool:
        return (account, day) in self._again

    def _pending_days(self) -> list[tuple[str, date]]:
        return self._ledger.pending_days(whole=False)

    def _add_counts(self, coverage: Coverage, files: Sequence[DayFile]) -> Coverage:
        return replace(coverage, rows=sum(file.rows for file in files))

    def _make_file(self, account: str, day: date, slices: list[Slice]) -> None:
        files: list[DayFile] = []
        expected = _CountedTables(self._tables(slices))
        for temporary, name, rows in self._write(account, day, expected):
            final = self._target.day_file(account, day).parent / name
            path = final.relative_to(self._target.root).as_posix()
            known = self._ledger.file(path)
            if known is not None and known.whole and not self._stream.by_calendar:
                # Its rows are no longer in any part: what is there now would replace them.
                raise OSError(f"{path} is whole already, and the ledger has more rows for it: it was changed by hand")
            files.append(self._describe(temporary, path, account, day, rows))
            publish_file(temporary, final)
        if (rows := sum(file.rows for file in files)) != expected.rows:
            raise OSError(f"{rows} rows came out of the parts of {account}, {day}")
        became: dict[str, DayFile | None] = {file.path: file for file in files}
        if self._overlaid:
            became |= dict.fromkeys(self._outdated_files(account, day, became))
        spent = any(file.whole for file in files) and not self._stream.by_calendar
        self._ledger.keep_files(account, day, became, spent=spent)

    def _tables(self, slices: list[Slice]) -> Iterator[pa.Table]:
        """The rows of an account and day, sorted; where anything was read twice, those of the later reading."""
        if self._overlaid:
            return latest_tables(slices, self._ledger.work_of(slices), self._parts, self._stream)
        return sorted_tables(slices, self._parts, self._stream.order)

    def _outdated_files(self, account: str, day: date, kept: Collection[str]) -> list[str]:
        """Remove the files of a day that an earlier reading made and this one does not make."""
        folder = self._target.day_file(account, day).parent
        made = {path.relative_to(self._target.root).as_posix() for path in folder.glob(self.files)}
        known = set(self._ledger.files_of(account, day))
        for path in sorted((made | known).difference(kept)):
            if (self._target.root / path).exists():
                remove(self._target.root / path)
        return sorted(known.difference(kept))


class _CountedTables:
    """Tables, and how many rows went by."""

    def __init__(self, tables: Iterable[pa.Table]) -> None:
        self.rows = 0
        self._tables = tables

    def __iter__(self) -> Iterator[pa.Table]:
        for table in self._tables:
            self.rows += table.num_rows
            yield table


def _time_per_day(lacking: TrackerRanges) -> dict[tuple[str, date], timedelta]:
    """Tracker-time that is still to come, per account and UTC day."""
    alike: dict[tuple[str, IntervalSet], int] = {}
    for (account, _), ranges in lacking.items():
        alike[account, ranges] = alike.get((account, ranges), 0) + 1
    total: dict[tuple[str, date], timedelta] = {}
    for (account, ranges), trackers in alike.items():
        for range_ in ranges:
            for day, span in _spans(range_):
                total[account, day] = total.get((account, day), timedelta(0)) + span * trackers
    return total


def _spans(range_: TimeRange) -> Iterable[tuple[date, timedelta]]:
    """How much of the range lies in each UTC day."""
    for day in range_.utc_days():
        whole = utc_day(day)
        yield day, min(whole.end, range_.end) - max(whole.start, range_.start)
