"""Rows in tables of a database: rows and the mark that they are there, in one transaction.

A table is filled by any number of harvests, one after the other. Each replaces exactly the windows of the trackers
that it read, and nothing beside them: what a second harvest brings again stands there once, rows that are equal all
stay, and what lies in windows that could not be read is left as it was. Beside the table lie four of bookkeeping::

    navixy_job       what the last harvest of a table is about; its coverage, once it came to its end
    navixy_tracker   the trackers that it is for
    navixy_work      the windows that it is done with; of a harvest without an end, those of its last run
    navixy_held      what the runs of a harvest without an end have read before
"""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ClassVar

import pyarrow as pa
import pyarrow.compute as pc

from ...errors import InvalidInput
from ...paging.intervals import IntervalSet
from ...times import TimeRange
from ..columns import TIMESTAMP, within
from ..coverage import Coverage, Delivered
from ..engine import Finished
from ..increments import Holding, write_held
from ..records import (
    WORK,
    WORK_VALUES,
    Run,
    finished_run,
    next_run,
    read_pieces,
    read_run,
    read_work,
    refuse_other,
    run_members,
    work_row,
)
from ..source import Fleet
from ..streams import Stream
from .disk import DiskThread
from .gather import GatheringSink, labelled

_INSTANT = timedelta(microseconds=1)
_LONGEST_NAME = 48
BOOKS = ("navixy_job", "navixy_tracker", "navixy_work", "navixy_held")
_BOOKKEEPING = (
    "CREATE TABLE IF NOT EXISTS {job} (target TEXT, definition TEXT, zones TEXT, coverage TEXT, open BOOLEAN,"
    " run TEXT)",
    "CREATE TABLE IF NOT EXISTS {tracker} (target TEXT, account TEXT, id BIGINT, blocked BOOLEAN)",
    "CREATE TABLE IF NOT EXISTS {work} (target TEXT, account TEXT, trackers TEXT, start TEXT, stop TEXT, rows BIGINT,"
    " bytes BIGINT, late BIGINT, clipped_start TEXT, clipped_stop TEXT, gaps TEXT,"
    " odd_rows BIGINT, replaced_texts BIGINT)",
    "CREATE TABLE IF NOT EXISTS {held} (target TEXT, account TEXT, id BIGINT, pieces TEXT)",
)
WINDOWS = pa.schema([("account", pa.string()), ("tracker_id", pa.int64()), ("start", TIMESTAMP), ("stop", TIMESTAMP)])


class TableStore(ABC):
    """One table of one database, and its bookkeeping. Used by one thread at a time.

    Args:
        stream: what the rows are.
        table: name of the table; the stream's if ``None``.
        place: names the database, for messages; without secrets.
    """

    types: ClassVar[Mapping[Any, str]]
    """The database's types for those of Arrow."""

    def __init__(self, stream: Stream, table: str | None, place: str) -> None:
        self.table = stream.name if table is None else table
        if not isinstance(self.table, str) or not re.fullmatch(
            rf"[A-Za-z_][A-Za-z0-9_]{{0,{_LONGEST_NAME - 1}}}", self.table
        ):
            raise InvalidInput(
                f"table must be a name of letters, digits and _, {_LONGEST_NAME} at the most, not {table!r}"
            )
        if self.table.lower().startswith("navixy_"):
            raise InvalidInput(f"the table {self.table} could be one of the bookkeeping: choose another name")
        self.place = place
        self.stream = stream
        self.schema = stream.layout.schema.insert(0, pa.field("account", pa.string()))

    # --- what each database does in its own way ---------------------------------------------------------------------

    @abstractmethod
    def open(self) -> None:
        """Connect, and keep everybody else from filling the table; change nothing. InvalidInput if it cannot be."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the database; never raises."""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[object]:
        """Everything in it safely in the database, or nothing; trouble with the database becomes WriteFailed."""

    @abstractmethod
    def execute(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement with ``?`` for values; its rows, if it has any."""

    @abstractmethod
    def execute_many(self, sql: str, values: Sequence[Sequence[Any]]) -> None:
        """Run one INSERT for each of the values."""

    @abstractmethod
    def columns(self, table: str) -> dict[str, str] | None:
        """The types of a table's columns as the database spells them, or ``None`` if there is no such table."""

    @abstractmethod
    def named(self, table: str) -> str:
        """A table's name in SQL."""

    @abstractmethod
    def replace(self, windows: Any, rows: Any) -> None:
        """Delete what lies in the `windows` (a table as :data:`WINDOWS`), then add the `rows` (a table)."""

    @abstractmethod
    def made(self) -> None:
        """The table is new: what it should have besides its columns."""

    @abstractmethod
    def finished(self) -> None:
        """A harvest came to its end."""

    # --- the job ----------------------------------------------------------------------------------------------------

    def job(self) -> tuple[dict[str, Any], bool] | None:
        """What the last harvest of the table is about, and whether something of it is left to be done."""
        if self.columns("navixy_job") is None:
            return None
        found = self.execute(self._sql("SELECT definition, open FROM {job} WHERE target = ?"), [self.table])
        return (json.loads(found[0][0]), bool(found[0][1])) if found else None

    def go_on(self, definition: Mapping[str, Any]) -> dict[str, Fleet]:
        """The fleets of the harvest that is to be gone on with; none if the one before came to its end.

        Raises:
            InvalidInput: the one that did not come to its end is another one.
        """
        found = self.job()
        if found is None:
            return {}
        stored, is_open = found
        if not is_open and stored != dict(definition):
            return {}
        if self.columns(self.table) is None:
            raise InvalidInput(
                f"the table {self.table} in {self.place} is gone, and with it rows that were read: put it back, or "
                "begin without resume"
            )
        refuse_other(stored, definition, f"the table {self.table} in {self.place}", "table, or begin without resume")
        return self.fleets()

    def fleets(self) -> dict[str, Fleet]:
        """The trackers that the harvest is for, as they were when it began."""
        found: dict[str, tuple[list[int], list[int]]] = {}
        untold: Counter[str] = Counter()
        sql = self._sql("SELECT account, id, blocked FROM {tracker} WHERE target = ? ORDER BY id")
        for account, tracker, blocked in self.execute(sql, [self.table]):
            lists = found.setdefault(account, ([], []))
            if tracker is not None:  # An account without any tracker has one row that names none.
                lists[1 if blocked else 0].append(tracker)
            elif blocked:
                untold[account] += 1
        return {label: Fleet(tuple(free), tuple(blocked), untold[label]) for label, (free, blocked) in found.items()}

    def begin(self, definition: Mapping[str, Any], new: Mapping[str, Fleet], *, resume: bool) -> None:
        """Make the tables; keep what the harvest is about and its `new` accounts, and forget the one before.

        Raises:
            InvalidInput: there is a table of that name which is none of this stream.
        """
        with self.transaction():
            self._make_tables()
            zones = self._zones() if resume else {}
            for book in BOOKS if not resume else BOOKS[:1]:
                self._forget(book)
            self._begin(definition, new, zones, None)

    def begin_run(
        self,
        definition: Mapping[str, Any],
        fleets: Mapping[str, Fleet],
        began: datetime,
        *,
        gone: Mapping[str, Sequence[int]],
        held: Holding,
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
        run = next_run(self.run(), began, gone)
        with self.transaction():
            self._make_tables()
            zones = self._zones()
            for book in BOOKS:
                self._forget(book)
            self._begin(definition, fleets, zones, run)
            rows = [(self.table, *key, write_held(pieces)) for key, pieces in held.items()]
            self.execute_many(self._sql("INSERT INTO {held} VALUES (?, ?, ?, ?)"), rows)

    def _begin(
        self, definition: Mapping[str, Any], new: Mapping[str, Fleet], zones: Mapping[str, str], run: Run | None
    ) -> None:
        # While it runs, nothing says what the table covers.
        self.execute(
            self._sql("INSERT INTO {job} VALUES (?, ?, ?, NULL, TRUE, ?)"),
            [self.table, json.dumps(dict(definition), sort_keys=True), json.dumps(zones), run and _run_text(run)],
        )
        rows: list[Sequence[Any]] = []
        for account, fleet in new.items():
            rows.append((self.table, account, None, False))
            rows += [(self.table, account, None, True)] * fleet.untold
            rows += [(self.table, account, tracker, False) for tracker in fleet.open]
            rows += [(self.table, account, tracker, True) for tracker in fleet.blocked]
        self.execute_many(self._sql("INSERT INTO {tracker} VALUES (?, ?, ?, ?)"), rows)

    def held(self) -> Holding:
        """What earlier runs read, by account and tracker."""
        if self.columns("navixy_held") is None:
            return {}
        rows = self.execute(self._sql("SELECT account, id, pieces FROM {held} WHERE target = ?"), [self.table])
        return read_pieces((account, tracker, pieces) for account, tracker, pieces in rows)

    def run(self) -> Run | None:
        """The last run of a harvest without an end; ``None`` if the last harvest has an end, or there is none."""
        if self.columns("navixy_job") is None:
            return None
        found = self.execute(self._sql("SELECT run FROM {job} WHERE target = ?"), [self.table])
        return read_run(json.loads(found[0][0])) if found and found[0][0] else None

    def zones(self) -> dict[str, str]:
        """Zones that times without offset were read in, by account."""
        return self._zones()

    def work(self) -> Iterator[Delivered]:
        """Every finished piece of work."""
        sql = f"SELECT {WORK} FROM {self.named('navixy_work')} WHERE target = ?"
        return map(read_work, self.execute(sql, [self.table]))

    def commit(
        self,
        load: Sequence[Finished],
        zones: Mapping[str, str],
        held: Mapping[tuple[str, int], IntervalSet] | None = None,
    ) -> None:
        """The rows of these items and the mark that they are there, or neither.

        Args:
            load: the items.
            zones: zones in use, by account.
            held: what had been read before, if this is a run of a harvest without an end.

        Raises:
            WriteFailed: the database refused.
        """
        rows = pa.Table.from_batches([labelled(finished, self.schema) for finished in load], schema=self.schema)
        windows = _windows(load, self.stream.time)
        with self.transaction():
            late_rows = 0 if held is None else self._late_rows(load, held)
            self.replace(windows, rows)
            self.execute_many(
                self._sql(f"INSERT INTO {{work}} (target, {WORK}) VALUES (?, {WORK_VALUES})"),
                [(self.table, *work_row(finished.work)) for finished in load],
            )
            if zones:
                self.execute(
                    self._sql("UPDATE {job} SET zones = ? WHERE target = ?"), [json.dumps(dict(zones)), self.table]
                )
            if late_rows and (run := self.run()) is not None:
                self._put_run(replace(run, late_rows=run.late_rows + late_rows))

    def _late_rows(self, load: Iterable[Finished], held: Mapping[tuple[str, int], IntervalSet]) -> int:
        """How many rows more there are now, per tracker, in what had been read before."""
        time = self.stream.time
        sql = (
            f"SELECT count(*) FROM {self.named(self.table)} WHERE account = ? AND tracker_id = ?"
            f' AND "{time}" >= ? AND "{time}" < ?'
        )
        more: Counter[tuple[str, int]] = Counter()
        for finished in load:
            work, batch = finished.work, finished.fetched.batch
            for tracker in work.trackers:
                for part in IntervalSet((work.range,)) & held.get((work.account, tracker), IntervalSet()):
                    rows = within(batch, time, part)
                    now = pc.sum(pc.equal(rows.column("tracker_id"), tracker)).as_py() or 0
                    ((before,),) = self.execute(sql, [work.account, tracker, part.start, part.end])
                    more[work.account, tracker] += now - before
        return (+more).total()

    def finish(self, coverage: Coverage) -> Coverage:
        """Say what the harvest covers; give it back with what is known here."""
        run = self.run()
        with self.transaction():
            if run is not None:
                coverage = replace(coverage, late_rows=run.late_rows)
                self._put_run(finished_run(run))
            self.execute(
                self._sql("UPDATE {job} SET coverage = ?, open = ? WHERE target = ?"),
                [json.dumps(coverage.to_json(), sort_keys=True), bool(coverage.failed), self.table],
            )
        self.finished()
        return coverage

    def _put_run(self, run: Run) -> None:
        self.execute(self._sql("UPDATE {job} SET run = ? WHERE target = ?"), [_run_text(run), self.table])

    def _forget(self, book: str) -> None:
        self.execute(f"DELETE FROM {self.named(book)} WHERE target = ?", [self.table])

    def _zones(self) -> dict[str, str]:
        found = self.execute(self._sql("SELECT zones FROM {job} WHERE target = ?"), [self.table])
        zones: dict[str, str] = json.loads(found[0][0]) if found else {}
        return zones

    def _make_tables(self) -> None:
        for statement in _BOOKKEEPING:
            self.execute(self._sql(statement))
        wanted = {field.name: self._type(field) for field in self.schema}
        there = self.columns(self.table)
        if there is None:
            columns = ", ".join(f'"{name}" {kind}' for name, kind in wanted.items())
            self.execute(f"CREATE TABLE {self.named(self.table)} ({columns})")
            self.made()
            return
        wrong = [name for name, kind in wanted.items() if there.get(name, "").lower() != kind.lower()]
        if wrong:
            raise InvalidInput(
                f"the table {self.table} in {self.place} is none of {self.stream.name} (its {', '.join(wrong[:5])} "
                f"{'is' if len(wrong) == 1 else 'are'} missing or of another type): choose another table"
            )

    def _type(self, field: Any) -> str:
        if field.type not in self.types:
            raise InvalidInput(f"{self.stream.name} cannot be written to a table: its {field.name} is {field.type}")
        return self.types[field.type]

    def _sql(self, text: str) -> str:
        return text.format(**{book.removeprefix("navixy_"): self.named(book) for book in BOOKS})


class TableSink(GatheringSink):
    """Takes finished items of one stream; commits their rows to a table, each together with its mark.

    Args:
        disk: the thread that all of it happens on.
        store: the table.
        zones: zones in use, by account; read at every commit.
        held: what had been read before, if this is a run of a harvest without an end.
    """

    def __init__(
        self,
        disk: DiskThread,
        *,
        store: TableStore,
        zones: Mapping[str, str],
        held: Mapping[tuple[str, int], IntervalSet] | None = None,
    ) -> None:
        super().__init__(disk)
        self._store = store
        self._zones = zones
        self._held = held

    async def start(self) -> None:
        """Nothing is left behind by a harvest that was killed: the database took it back."""

    async def finish(self, coverage: Coverage, parameters: Mapping[str, Any]) -> Coverage:
        """Keep what the harvest covers."""
        return await self._disk.run(partial(self._store.finish, coverage))

    async def close(self) -> None:
        """Let go of the database."""
        await self._disk.run(self._store.close)

    def _commit(self, load: list[Finished]) -> None:
        self._store.commit(load, self._zones, self._held)


def _run_text(run: Run) -> str:
    return json.dumps(run_members(run))


def _windows(load: Iterable[Finished], time: str) -> Any:
    """What the rows of these items take the place of.

    Where the platform did not show all that it has (any more), older rows are worth keeping: there, new ones only take
    the place of those of the same tracker and moment.
    """
    found: list[tuple[str, int, datetime, datetime]] = []
    for finished in load:
        work, batch = finished.work, finished.fetched.batch
        kept: dict[int, IntervalSet] = {}
        for tracker in work.trackers:
            kept[tracker] = work.partly(tracker)
            parts = IntervalSet([work.range]) - kept[tracker]
            found += [(work.account, tracker, part.start, part.end) for part in parts]
        if any(kept.values()):
            moments = zip(batch.column("tracker_id").to_pylist(), batch.column(time).to_pylist(), strict=True)
            found += [
                (work.account, tracker, moment, moment + _INSTANT)
                for tracker, moment in sorted(set(moments))
                if IntervalSet([TimeRange(moment, moment + _INSTANT)]) & kept.get(tracker, IntervalSet())
            ]
    return pa.table(
        [pa.array(column, kind) for column, kind in zip(_transposed(found), WINDOWS.types, strict=True)], schema=WINDOWS
    )


def _transposed(rows: Sequence[tuple[Any, ...]]) -> Iterator[Sequence[Any]]:
    return iter(zip(*rows, strict=True)) if rows else iter([()] * len(WINDOWS))
