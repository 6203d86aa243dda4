"""What a harvest remembers between two runs, written once for every database.

Work is recorded here only when its rows are safe, so a harvest that was killed at any moment continues from what
is recorded, and nothing that is recorded is requested again. Times are text in UTC.
"""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import ClassVar, TypeVar

from ...errors import InvalidInput
from ...times import time_text
from ..account import Fleet
from ..aliases import JsonObject, SqlRow
from .records import WORK, ReadRanges, RunRecord, WorkRecord, decode_ranges, encode_ranges, unreadable

T = TypeVar("T")

FORMAT = 3
"""The format of ledgers, parts and files; a harvest that was begun with another one is not resumed."""
OPEN = "open"
"""The end, and the accounts, of a harvest that goes on."""
DIGEST = re.compile(r"[0-9a-f]{12}")
"""The label of an account without one."""


class HarvestState(ABC):
    """What one harvest remembers: its definition, trackers, finished work, and for one without an end the ranges that
    earlier runs read. Used by one thread at a time.

    A database supplies transactions and statements, and the names of its tables; everything else is common.
    """

    columns_of: ClassVar[Mapping[str, str]]
    """The columns of the state's tables, but for those of :attr:`_scope`: ``work``, ``tracker``, ``held``."""
    instead: ClassVar[str] = "directory, or overwrite it"
    """What to choose instead if a harvest cannot continue here."""

    where: Path | str
    """What messages call the directory or the database that it is kept in; without secrets."""

    # --- what each database does in its own way ---------------------------------------------------------------------

    @abstractmethod
    def atomically(self, work: Callable[[], T], done: Callable[[], bool] | None = None) -> T | None:
        """Everything that `work` does is safe in the database, or nothing is.

        Args:
            work: may be called again, if a transaction failed and can be repeated.
            done: whether an earlier call did it after all, if the end of its transaction is unknown; ``None`` if
                `work` may be done twice.

        Returns:
            What `work` returned; ``None`` if it was done already.

        Raises:
            WriteFailed: the database refused, or is gone.
        """

    @abstractmethod
    def execute(self, sql: str, values: Sequence[object] = ()) -> list[SqlRow]:
        """Run one statement with ``?`` for values; its rows, if it has any."""

    @abstractmethod
    def execute_many(self, sql: str, values: Sequence[Sequence[object]]) -> None:
        """Run one INSERT for each of the values."""

    @abstractmethod
    def _table(self, name: str) -> str:
        """The name of one of the state's tables in SQL."""

    @abstractmethod
    def _get(self, name: str) -> JsonObject | None:
        """A member of the state that is one JSON object; ``None`` if there is none."""

    @abstractmethod
    def _put(self, name: str, value: object) -> None:
        """Store such a member; within a transaction."""

    @abstractmethod
    def _put_definition(
        self, definition: Mapping[str, object], zones: Mapping[str, str], run: RunRecord | None
    ) -> None:
        """Store what the harvest is about; within a transaction."""

    @abstractmethod
    def _make_tables(self) -> None:
        """Create missing tables, before anything is stored; within a transaction."""

    @property
    def _scope(self) -> Mapping[str, str]:
        """The columns and values that mark this harvest's rows among others in the same tables."""
        return {}

    # --- rows -------------------------------------------------------------------------------------------------------

    def _select(self, columns: str, table: str, more: str = "", values: Sequence[object] = ()) -> list[SqlRow]:
        sql = f"SELECT {columns} FROM {self._table(table)} WHERE {self._is_ours()}{more}"
        return self.execute(sql, [*self._scope.values(), *values])

    def _insert(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        columns = ", ".join(f'"{name}"' for name in (*self._scope, *self.columns_of[table].split(", ")))
        marks = ", ".join("?" * (columns.count(",") + 1))
        ours = tuple(self._scope.values())
        sql = f"INSERT INTO {self._table(table)} ({columns}) VALUES ({marks})"
        self.execute_many(sql, [(*ours, *row) for row in rows])

    def _forget(self, table: str) -> None:
        self.execute(f"DELETE FROM {self._table(table)} WHERE {self._is_ours()}", list(self._scope.values()))

    def _is_ours(self) -> str:
        return " AND ".join(f"{name} = ?" for name in self._scope) or "TRUE"

    # --- what there is ----------------------------------------------------------------------------------------------

    def definition(self) -> JsonObject | None:
        """What the harvest is about; ``None`` if none began here."""
        found: JsonObject | None = self._get("definition")
        return found

    def fleets(self) -> dict[str, Fleet]:
        """The trackers that the harvest is for, as they were when it, or its last run, began."""
        found: dict[str, tuple[list[int], list[int]]] = {}
        unreadable_ids: Counter[str] = Counter()
        for account, tracker, blocked in self._tracker_rows():
            lists = found.setdefault(account, ([], []))
            if tracker is not None:
                lists[1 if blocked else 0].append(tracker)
            elif blocked:
                unreadable_ids[account] += 1
        return {label: Fleet(tuple(free), tuple(no), unreadable_ids[label]) for label, (free, no) in found.items()}

    def _tracker_rows(self) -> Iterable[SqlRow]:
        """Account, tracker, whether it is blocked. An account has one row without a tracker, and one more, which is
        blocked, for each tracker whose id cannot be read."""
        return self._select(self.columns_of["tracker"], "tracker", " ORDER BY id")

    def ranges(self) -> ReadRanges:
        """What earlier runs read, by account and tracker."""
        found = self._select(self.columns_of["held"], "held")
        return {(account, tracker): decode_ranges(text) for account, tracker, text in found}

    def work(self) -> Iterator[WorkRecord]:
        """All finished work, in the order in which it was read; for an open harvest, that of its last run."""
        return map(WorkRecord.from_row, self._select(WORK, "work", self._work_order))

    _work_order: ClassVar[str] = " ORDER BY coalesce(read_at, '')"

    def run(self) -> RunRecord | None:
        """The last run of a harvest without an end; ``None`` if there is none."""
        found = self._get("run")
        return None if found is None else RunRecord.from_json(found)

    def zones(self) -> dict[str, str]:
        """Zones that times without offset were read in, by account."""
        return self._get("zones") or {}

    # --- what is kept -----------------------------------------------------------------------------------------------

    def begin(
        self,
        definition: Mapping[str, object],
        fleets: Mapping[str, Fleet],
        *,
        resume: bool = True,
        distrusted: datetime | None = None,
    ) -> None:
        """Store what a harvest with an end is about, and the trackers of accounts that are new.

        Args:
            definition: what it is about.
            fleets: the trackers of the new accounts.
            resume: what was done stays done.
            distrusted: anything dated after this moment is due again.

        Raises:
            InvalidInput: a table of that name holds something else.
        """

        def work() -> None:
            self._make_tables()
            zones = self.zones() if resume else {}
            if not resume:
                for table in self.columns_of:
                    self._forget(table)
            self._put_definition(definition, zones, None)
            self._keep_fleets(fleets)
            if distrusted is not None:
                # As if read when it happened: so young that all of it is due.
                sql = f"UPDATE {self._table('work')} SET read_at = start WHERE {self._is_ours()} AND read_at > ?"
                self.execute(sql, [*self._scope.values(), time_text(distrusted)])

        self.atomically(work)

    def begin_run(
        self,
        definition: Mapping[str, object],
        fleets: Mapping[str, Fleet],
        began: datetime,
        *,
        gone: Mapping[str, Sequence[int]],
        ranges: ReadRanges,
        changed: ReadRanges,
    ) -> None:
        """Begin the next run of a harvest without an end; what earlier runs did is stored as ranges from now on.

        Args:
            definition: what it is about.
            fleets: the present trackers of all accounts.
            began: when it begins.
            gone: trackers that existed before; stored until the run that reports them has finished.
            ranges: everything that was read before; nothing in the first run.
            changed: those of the trackers for which the last run did anything.

        Raises:
            InvalidInput: a table of that name holds something else.
        """

        def work() -> None:
            self._make_tables()
            run, zones = RunRecord.after(self.run(), began, gone), self.zones()
            for table in ("tracker", "work"):
                self._forget(table)
            self._put_definition(definition, zones, run)
            self._keep_fleets(fleets)
            self._keep_ranges(ranges, changed)

        self.atomically(work)

    def _keep_fleets(self, fleets: Mapping[str, Fleet]) -> None:
        rows: list[tuple[str, int | None, bool]] = []
        for account, fleet in fleets.items():
            rows += [(account, None, False), *[(account, None, True)] * fleet.unreadable]
            rows += [(account, tracker, False) for tracker in fleet.open]
            rows += [(account, tracker, True) for tracker in fleet.blocked]
        self._insert("tracker", rows)

    def _keep_ranges(self, ranges: ReadRanges, changed: ReadRanges) -> None:
        self._forget("held")
        self._insert("held", [(*key, encode_ranges(reads)) for key, reads in ranges.items()])

    def _add_late_rows(self, late_rows: int) -> None:
        if late_rows and (run := self.run()) is not None:
            self._put("run", replace(run, late_rows=run.late_rows + late_rows).to_json())

    def finish_run(self) -> None:
        """The last run finished, and reported the trackers that are gone."""

        def work() -> None:
            if (run := self.run()) is not None:
                self._put("run", run.at_its_end().to_json())

        self.atomically(work)


def decode_member(name: str, text: str | None) -> JsonObject | None:
    """A member of a state; HarvestDamaged if it is not a JSON object."""
    try:
        value = None if text is None else json.loads(text)
    except ValueError as error:
        raise unreadable(f"its {name} cannot be read ({error})") from None
    if not isinstance(value, dict | None):
        raise unreadable(f"its {name} is not an object")
    return value


def refuse_renamed(before: Iterable[str], labels: Iterable[str], where: object) -> None:
    """Raise InvalidInput if an account that was named by a digest of its credential seems to have another name now.

    Its data would be read again from the beginning, and be there twice. Digests change with the credential, and those
    of logins changed when passwords were left out of them.
    """
    known, now = set(before), set(labels)
    gone = sorted(label for label in known - now if DIGEST.fullmatch(label))
    new = sorted(label for label in now - known if DIGEST.fullmatch(label))
    if gone and new:
        raise InvalidInput(
            f"{where} holds the account {gone[0]!r}, which had no label and was named by a digest of its credential; "
            f"now an account is named {new[0]!r}. If that is the same one, give it the label {gone[0]!r} to continue "
            "(label=, NAVIXY_LABEL, or label in the account file); if not, give it a label of its own"
        )


def refuse_other(stored: Mapping[str, object], wanted: Mapping[str, object], where: object, instead: str) -> None:
    """Raise InvalidInput, naming what differs, unless both describe the same harvest."""
    older, newer = stored.get("format"), wanted.get("format")
    if older != newer:
        raise InvalidInput(
            f"{where} holds a harvest of another version of this package (format {older}; this one writes {newer}): "
            f"continue with the version that began it, or choose another {instead}"
        )
    differences = [
        f"{name} was {_shown(stored.get(name, 'none'))} and is now {_shown(wanted.get(name, 'none'))}"
        for name in sorted({*stored, *wanted})
        if stored.get(name) != wanted.get(name)
    ]
    accounts, labels = stored.get("accounts"), wanted.get("accounts")
    if isinstance(accounts, list) and isinstance(labels, list):
        refuse_renamed(accounts, labels, where)
    if differences:
        raise InvalidInput(
            f"{where} holds another harvest ({'; '.join(differences)}): resume it as it was begun, choose another "
            f"{instead}"
        )


def _shown(value: object) -> str:
    if isinstance(value, list):
        shown = ", ".join(map(str, value[:5]))
        return f"[{shown}, ... {len(value)} in all]" if len(value) > 5 else f"[{shown}]"
    return "all" if value is None else str(value)
