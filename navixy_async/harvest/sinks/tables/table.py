"""Rows in tables of a database: rows and their mark in one transaction.

A table is filled by any number of harvests, one after the other. Each replaces exactly the windows of the trackers
that it read, and nothing else: what a second harvest brings again is there once, equal rows all stay, and what is
in windows that could not be read is left as it was. Beside the table lie four of bookkeeping::

    navixy_job       what the last harvest of a table is about; its coverage, once it has finished
    navixy_tracker   the trackers that it is for
    navixy_work      the windows that are done; for a harvest without an end, those of its last run
    navixy_held      what the runs of a harvest without an end have read before

They keep two harvests of each table, which know nothing of each other: the one that keeps it current, and the last one
with an end. So a correction of a few days, resumed or not, forgets nothing of what the other one holds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

import pyarrow as pa

from ....errors import InvalidInput
from ....paging.intervals import IntervalSet
from ...aliases import JsonObject
from ...engine import CompletedItem
from ...report.coverage import Coverage
from ...state.store import refuse_other
from ..base import BufferedSink, with_account_column
from ..disk import DiskThread
from .database import TableDatabase
from .windows import moments_within, read_before, windows_of


class TableStore(TableDatabase):
    """One table of one database, and its harvests. Used by one thread at a time."""

    def job(self) -> tuple[JsonObject, bool] | None:
        """What the last harvest of this kind was about, and whether any of it is left to do."""
        found = self._select("definition, open", "job")
        return (json.loads(found[0][0]), bool(found[0][1])) if found else None

    def go_on(self, definition: Mapping[str, object]) -> bool:
        """Whether there is a harvest to continue.

        There is not if none began, or if it has an end and has finished. One that keeps a table current goes on
        forever.

        Raises:
            InvalidInput: the harvest is another one.
        """
        name = f"the table {self.table} in {self.where}"
        if (older := self._before_kinds()) is not None and (self._kind == "current" or older[1]):
            # Before anything is changed: the version that began it could not continue with changed tables.
            refuse_other(older[0], definition, name, self.instead)
        self._mend_state()
        found = self.job()
        if found is None:
            return False
        stored, is_open = found
        if self._kind == "bounded" and not is_open and stored != dict(definition):
            return False
        if self.columns(self.table) is None:
            raise InvalidInput(f"{name} is gone, and with it rows that were read: put it back, or begin without resume")
        refuse_other(stored, definition, name, self.instead)
        return True

    def _before_kinds(self) -> tuple[JsonObject, bool] | None:
        """What the table's harvest is about, and whether it is open, by older bookkeeping with one for each table."""
        columns = self.columns("navixy_job")
        if columns is None or "kind" in columns:
            return None
        found = self.execute(f"SELECT definition, open FROM {self.named('navixy_job')} WHERE target = ?", [self.table])
        return (json.loads(found[0][0]), bool(found[0][1])) if found else None

    def commit(
        self,
        load: Sequence[CompletedItem],
        zones: Mapping[str, str],
        held: Mapping[tuple[str, int], IntervalSet] | None = None,
        again: Mapping[tuple[str, int], IntervalSet] = MappingProxyType({}),
    ) -> None:
        """The rows of these items and their mark, or neither.

        Args:
            load: the items.
            zones: zones in use, by account.
            held: what had been read before, if this is a run of a harvest without an end.
            again: what a harvest with an end had read before: its rows have replaced others.

        Raises:
            WriteFailed: the database refused.
        """
        rows = pa.Table.from_batches(
            [with_account_column(finished, self.schema) for finished in load], schema=self.schema
        )
        windows = windows_of(load, self.stream.time)
        works = [finished.work for finished in load]
        marks = [work.to_row() for work in works]
        twice = read_before(load, again)

        def work() -> None:
            late_rows = 0 if held is None else self._late_rows(load, held)
            before = self.moments(twice).total() if twice.num_rows else 0
            self.replace(windows, rows)
            added = marks
            if twice.num_rows:
                # The sum over all finished work is what is in the table, however often it was read.
                there = self.moments(twice).total() - before
                more = moments_within(load, self.stream.time, again).total() - there
                added = [replace(works[0], rows=works[0].rows - more).to_row(), *marks[1:]]
            self._insert("work", added)
            if zones:
                self._put("zones", dict(zones))
            self._add_late_rows(late_rows)

        self.atomically(work, partial(self._is_marked, marks[0]))

    def _is_marked(self, mark: Sequence[object]) -> bool:
        """Whether this item is done: all items of a commit are, if one is."""
        account, trackers, start, stop, *_ = mark
        more = " AND account = ? AND trackers = ? AND start = ? AND stop = ?"
        return bool(self._select("1", "work", more, (account, trackers, start, stop)))

    def _late_rows(self, load: Sequence[CompletedItem], held: Mapping[tuple[str, int], IntervalSet]) -> int:
        """How many rows are new at moments that had been read before."""
        windows = read_before(load, held)
        if not windows.num_rows:
            return 0
        return (moments_within(load, self.stream.time, held) - self.moments(windows)).total()

    def finish(self, coverage: Coverage) -> Coverage:
        """Store what the harvest covers; returns it with what is known here."""

        def work() -> Coverage:
            known = coverage
            if (run := self.run()) is not None:
                known = replace(coverage, late_rows=run.late_rows)
                self._put("run", run.at_its_end().to_json())
            else:
                known = replace(known, rows=sum(rows for (rows,) in self._select("rows", "work")))
            self._put("coverage", known.to_json())
            self._update("open", bool(known.failed or known.waiting))
            return known

        known = self.atomically(work)
        assert known is not None
        self.finished()
        return known


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

    async def finish(self, coverage: Coverage, parameters: Mapping[str, object]) -> Coverage:
        """Store what the harvest covers."""
        return await self._disk.run(partial(self._store.finish, coverage))

    def _commit(self, load: list[CompletedItem]) -> None:
        self._store.commit(load, self._zones, self._held, self._again)
