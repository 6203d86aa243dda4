"""Rows in tables of a database: rows and the mark that they are there, in one transaction.

A table is filled by any number of harvests, one after the other. Each replaces exactly the windows of the trackers
that it read, and nothing beside them: what a second harvest brings again stands there once, rows that are equal all
stay, and what lies in windows that could not be read is left as it was. Beside the table lie four of bookkeeping::

    navixy_job       what the last harvest of a table is about; its coverage, once it came to its end
    navixy_tracker   the trackers that it is for
    navixy_work      the windows that it is done with; of a harvest without an end, those of its last run
    navixy_held      what the runs of a harvest without an end have read before

They keep two harvests of each table, which know nothing of each other: the one that keeps it current, and the last one
with an end. So a correction of a few days, resumed or not, forgets nothing of what the other one holds.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from types import MappingProxyType

import pyarrow as pa

from ....errors import InvalidInput
from ....paging.intervals import IntervalSet
from ....times import time_text
from ...account import Fleet
from ...aliases import JsonObject
from ...engine import CompletedItem
from ...plan.schedule import ReadRanges, encode_ranges
from ...report.coverage import Coverage, WorkRecord
from ...state.records import (
    WORK,
    RunRecord,
    decode_rows_of_ranges,
    finished_run,
    next_run,
    read_run,
    read_work,
    refuse_other,
    run_members,
    work_row,
)
from ..base import BufferedSink, with_account_column
from ..disk import DiskThread
from .database import BOOKS, TableBooks
from .windows import moments_within, read_before, windows_of

_INSTEAD = "table, or begin without resume"


class TableStore(TableBooks):
    """One table of one database, and its harvests. Used by one thread at a time."""

    def job(self) -> tuple[JsonObject, bool] | None:
        """What the last harvest of this kind was about, and whether something of it is left to be done."""
        if self.columns("navixy_job") is None:
            return None
        found = self._select("definition, open", "navixy_job")
        return (json.loads(found[0][0]), bool(found[0][1])) if found else None

    def go_on(self, definition: Mapping[str, object]) -> dict[str, Fleet]:
        """The fleets of the harvest that is to be gone on with.

        None if there is none, or if it has an end and came to it. One that keeps a table current goes on for ever.

        Raises:
            InvalidInput: the harvest is another one.
        """
        place = f"the table {self.table} in {self.place}"
        if (older := self._before_kinds()) is not None and (self._kind == "current" or older[1]):
            # Before anything is changed: the version that began it could not go on with other books.
            refuse_other(older[0], definition, place, _INSTEAD)
        self._mend_books()
        found = self.job()
        if found is None:
            return {}
        stored, is_open = found
        if self._kind == "bounded" and not is_open and stored != dict(definition):
            return {}
        if self.columns(self.table) is None:
            raise InvalidInput(
                f"{place} is gone, and with it rows that were read: put it back, or begin without resume"
            )
        refuse_other(stored, definition, place, _INSTEAD)
        return self.fleets()

    def _before_kinds(self) -> tuple[JsonObject, bool] | None:
        """What the table's harvest is about, and whether it is open, by books that know of one for each table."""
        columns = self.columns("navixy_job")
        if columns is None or "kind" in columns:
            return None
        found = self.execute(f"SELECT definition, open FROM {self.named('navixy_job')} WHERE target = ?", [self.table])
        return (json.loads(found[0][0]), bool(found[0][1])) if found else None

    def fleets(self) -> dict[str, Fleet]:
        """The trackers that the harvest is for, as they were when it began."""
        found: dict[str, tuple[list[int], list[int]]] = {}
        untold: Counter[str] = Counter()
        for account, tracker, blocked in self._select("account, id, blocked", "navixy_tracker", " ORDER BY id"):
            lists = found.setdefault(account, ([], []))
            if tracker is not None:  # An account without any tracker has one row that names none.
                lists[1 if blocked else 0].append(tracker)
            elif blocked:
                untold[account] += 1
        return {label: Fleet(tuple(free), tuple(blocked), untold[label]) for label, (free, blocked) in found.items()}

    def begin(
        self,
        definition: Mapping[str, object],
        new: Mapping[str, Fleet],
        *,
        resume: bool,
        doubted: datetime | None = None,
    ) -> None:
        """Make the tables; keep what a harvest with an end is about and its `new` accounts, and forget the one before.

        What says that it was read later than `doubted` is due again.

        Raises:
            InvalidInput: there is a table of that name which is none of this stream.
        """

        def work() -> None:
            self._make_tables()
            zones = self._zones() if resume else {}
            for book in BOOKS if not resume else ("navixy_job",):
                self._forget(book)
            self._begin(definition, new, zones, None)
            if doubted is not None:
                self._doubt(doubted)

        self.atomically(work)

    def _doubt(self, moment: datetime) -> None:
        """What says that it was read later counts as read when it happened: so young that all of it is due."""
        self.execute(
            f"UPDATE {self.named('navixy_work')} SET read_at = start WHERE target = ? AND kind = ? AND read_at > ?",
            [self.target, self._kind, time_text(moment)],
        )

    def begin_run(
        self,
        definition: Mapping[str, object],
        fleets: Mapping[str, Fleet],
        began: datetime,
        *,
        gone: Mapping[str, Sequence[int]],
        held: ReadRanges,
    ) -> None:
        """Begin the next run of a harvest without an end, or a first one if nothing is `held`.

        Args:
            definition: what the harvest is about.
            fleets: the trackers of all accounts, as they are now.
            began: when it begins.
            gone: trackers that were there before; kept until the run that tells of them is finished.
            held: all that was read before.

        Raises:
            InvalidInput: there is a table of that name which is none of this stream.
        """

        def work() -> None:
            self._make_tables()
            run, zones = next_run(self.run(), began, gone), self._zones()
            for book in BOOKS:
                self._forget(book)
            self._begin(definition, fleets, zones, run)
            self._insert("navixy_held", [(*key, encode_ranges(pieces)) for key, pieces in held.items()])

        self.atomically(work)

    def _begin(
        self,
        definition: Mapping[str, object],
        new: Mapping[str, Fleet],
        zones: Mapping[str, str],
        run: RunRecord | None,
    ) -> None:
        # While it runs, nothing says what the table covers.
        told = json.dumps(dict(definition), sort_keys=True)
        self._insert("navixy_job", [(told, json.dumps(zones), None, True, run and _run_text(run))])
        rows: list[Sequence[object]] = []
        for account, fleet in new.items():
            rows.append((account, None, False))
            rows += [(account, None, True)] * fleet.unreadable
            rows += [(account, tracker, False) for tracker in fleet.open]
            rows += [(account, tracker, True) for tracker in fleet.blocked]
        self._insert("navixy_tracker", rows)

    def held(self) -> ReadRanges:
        """What earlier runs read, by account and tracker."""
        if self.columns("navixy_held") is None:
            return {}
        rows = self._select("account, id, pieces", "navixy_held")
        return decode_rows_of_ranges((account, tracker, pieces) for account, tracker, pieces in rows)

    def run(self) -> RunRecord | None:
        """The last run of a harvest without an end; ``None`` if there is none."""
        if self.columns("navixy_job") is None:
            return None
        found = self._select("run", "navixy_job")
        return read_run(json.loads(found[0][0])) if found and found[0][0] else None

    def zones(self) -> dict[str, str]:
        """Zones that times without offset were read in, by account."""
        return self._zones()

    def work(self) -> Iterator[WorkRecord]:
        """Every finished piece of work."""
        return map(read_work, self._select(WORK, "navixy_work"))

    def commit(
        self,
        load: Sequence[CompletedItem],
        zones: Mapping[str, str],
        held: Mapping[tuple[str, int], IntervalSet] | None = None,
        again: Mapping[tuple[str, int], IntervalSet] = MappingProxyType({}),
    ) -> None:
        """The rows of these items and the mark that they are there, or neither.

        Args:
            load: the items.
            zones: zones in use, by account.
            held: what had been read before, if this is a run of a harvest without an end.
            again: what a harvest with an end had read before: its rows stand there in the place of others.

        Raises:
            WriteFailed: the database refused.
        """
        rows = pa.Table.from_batches(
            [with_account_column(finished, self.schema) for finished in load], schema=self.schema
        )
        windows = windows_of(load, self.stream.time)
        works = [finished.work for finished in load]
        marks = [work_row(work) for work in works]
        twice = read_before(load, again)

        def work() -> None:
            late_rows = 0 if held is None else self._late_rows(load, held)
            before = self.moments(twice).total() if twice.num_rows else 0
            self.replace(windows, rows)
            added = marks
            if twice.num_rows:
                # What all pieces of work count together is what stands there, however often it was read.
                there = self.moments(twice).total() - before
                more = moments_within(load, self.stream.time, again).total() - there
                added = [work_row(replace(works[0], rows=works[0].rows - more)), *marks[1:]]
            self._insert("navixy_work", added)
            if zones:
                self._update("zones", json.dumps(dict(zones)))
            if late_rows and (run := self.run()) is not None:
                self._update("run", _run_text(replace(run, late_rows=run.late_rows + late_rows)))

        self.atomically(work, partial(self._is_marked, marks[0]))

    def _is_marked(self, mark: Sequence[object]) -> bool:
        """Whether this piece of work is done: all pieces of a commit are, if one is."""
        account, trackers, start, stop, *_ = mark
        more = " AND account = ? AND trackers = ? AND start = ? AND stop = ?"
        return bool(self._select("1", "navixy_work", more, (account, trackers, start, stop)))

    def _late_rows(self, load: Sequence[CompletedItem], held: Mapping[tuple[str, int], IntervalSet]) -> int:
        """How many rows stand at moments of what had been read before at which they did not stand."""
        windows = read_before(load, held)
        if not windows.num_rows:
            return 0
        return (moments_within(load, self.stream.time, held) - self.moments(windows)).total()

    def finish(self, coverage: Coverage) -> Coverage:
        """Say what the harvest covers; give it back with what is known here."""

        def work() -> Coverage:
            told = coverage
            if (run := self.run()) is not None:
                told = replace(coverage, late_rows=run.late_rows)
                self._update("run", _run_text(finished_run(run)))
            else:
                told = replace(told, rows=sum(rows for (rows,) in self._select("rows", "navixy_work")))
            self._update("coverage", json.dumps(told.to_json(), sort_keys=True))
            self._update("open", bool(told.failed or told.waiting))
            return told

        told = self.atomically(work)
        assert told is not None
        self.finished()
        return told


class TableSink(BufferedSink):
    """Takes finished items of one stream; commits their rows to a table, each together with its mark.

    Args:
        disk: the thread that all of it happens on.
        store: the table.
        zones: zones in use, by account; read at every commit.
        held: what had been read before, if this is a run of a harvest without an end.
        again: what a harvest with an end had read before, and reads once more.
    """

    def __init__(
        self,
        disk: DiskThread,
        *,
        store: TableStore,
        zones: Mapping[str, str],
        held: Mapping[tuple[str, int], IntervalSet] | None = None,
        again: Mapping[tuple[str, int], IntervalSet] = MappingProxyType({}),
    ) -> None:
        super().__init__(disk)
        self._again = again
        self._store = store
        self._zones = zones
        self._held = held

    async def start(self) -> None:
        """Nothing is left behind by a harvest that was killed: the database took it back."""

    async def finish(self, coverage: Coverage, parameters: Mapping[str, object]) -> Coverage:
        """Keep what the harvest covers."""
        return await self._disk.run(partial(self._store.finish, coverage))

    async def close(self) -> None:
        """Let go of the database."""
        await self._disk.finish(self._store.close)

    def _commit(self, load: list[CompletedItem]) -> None:
        self._store.commit(load, self._zones, self._held, self._again)


def _run_text(run: RunRecord) -> str:
    return json.dumps(run_members(run))
