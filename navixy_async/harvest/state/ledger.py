"""The state of a harvest into files, in one readable SQLite file, and what only files need: where the rows of finished
work are in parts, the files of the result, and what they are about to become.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar, TypeVar

import msgspec

from ...errors import HarvestDamaged
from ..account import Fleet
from ..aliases import JsonObject, SqlRow
from .records import LEDGER, WORK, ReadRanges, RunRecord, WorkRecord, encode_ranges, unreadable
from .store import HarvestState, decode_member, refuse_other

T = TypeVar("T")

_TABLES = """
CREATE TABLE IF NOT EXISTS job (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS account (label TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tracker (
    account TEXT NOT NULL, id INTEGER NOT NULL, blocked INTEGER NOT NULL, PRIMARY KEY (account, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS work (
    account TEXT NOT NULL, trackers TEXT NOT NULL, start TEXT NOT NULL, stop TEXT NOT NULL,
    rows INTEGER NOT NULL, bytes INTEGER NOT NULL, late INTEGER NOT NULL,
    clipped_start TEXT, clipped_stop TEXT, gaps TEXT NOT NULL,
    odd_rows INTEGER NOT NULL, replaced_texts INTEGER NOT NULL, read_at TEXT, zone TEXT
);
CREATE TABLE IF NOT EXISTS slice (
    account TEXT NOT NULL, day TEXT NOT NULL, first_tracker INTEGER NOT NULL, last_tracker INTEGER NOT NULL,
    part INTEGER NOT NULL, position INTEGER NOT NULL, rows INTEGER NOT NULL, work INTEGER NOT NULL,
    PRIMARY KEY (account, day, part, position, work)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS part (number INTEGER PRIMARY KEY, bytes INTEGER NOT NULL, checksum INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY, account TEXT NOT NULL, day TEXT NOT NULL, rows INTEGER NOT NULL, bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL, whole INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS held (
    account TEXT NOT NULL, tracker INTEGER NOT NULL, pieces TEXT NOT NULL, PRIMARY KEY (account, tracker)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS intent (path TEXT PRIMARY KEY, file TEXT, late_rows INTEGER NOT NULL) WITHOUT ROWID;
"""
_SLICE = "account, day, first_tracker, last_tracker, part, position, rows, work"
_FILE = "path, account, day, rows, bytes, sha256, whole"


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows of one finished item that belong to one UTC day, and where in which part file they are."""

    account: str
    day: date
    first_tracker: int
    last_tracker: int
    part: int
    position: int
    rows: int
    work: int
    """Number of the finished work: within a commit when it is written, within the ledger when it is read."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part file as it was written."""

    number: int
    bytes: int
    checksum: int


class DayFile(msgspec.Struct, frozen=True, rename={"day": "date"}):
    """One file of the result, as ledger and manifest describe it."""

    path: str
    """Relative to the harvest's directory, with ``/``."""
    account: str
    day: date
    rows: int
    bytes: int
    sha256: str
    whole: bool = True
    """Whether everything that was requested for this day is in it."""


@contextmanager
def damage_named(root: Path) -> Iterator[None]:
    """Trouble with a ledger that a second try would not cure, as HarvestDamaged; other trouble passes through."""
    try:
        yield
    except sqlite3.Error as error:
        if (getattr(error, "sqlite_errorcode", 0) & 0xFF) not in _DAMAGE:
            raise
        raise HarvestDamaged(
            f"the ledger of {root} is damaged ({error}): overwrite the harvest, or choose another directory", LEDGER
        ) from None


_DAMAGE = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""What SQLite raises for a file that is not a ledger: other tables or columns, broken pages, not a database."""


class Ledger(HarvestState):
    """The ledger of one harvest.

    Args:
        path: the file; created if it does not exist.
        read_only: read it, and change nothing; it must exist.

    Raises:
        sqlite3.Error: the file cannot be read or written.
    """

    columns_of: ClassVar[Mapping[str, str]] = {
        "work": WORK,
        "tracker": "account, id, blocked",
        "held": "account, tracker, pieces",
    }
    _work_order = " ORDER BY coalesce(read_at, ''), rowid"

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        address = _unchanged(path) if read_only else path
        self.where = path.parent.parent.parent
        self._db = sqlite3.connect(address, isolation_level=None, check_same_thread=False, uri=read_only)
        if read_only:
            return
        try:
            self._db.execute("PRAGMA journal_mode = WAL")
            # What is written here must be on disk before the next file operation builds on it.
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.executescript(_TABLES)
        except sqlite3.Error:
            self._db.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    # --- like every state ---------------------------------------------------------------------------------------------

    def atomically(self, work: Callable[[], T], done: Callable[[], bool] | None = None) -> T:
        """Everything that the block does, or nothing."""
        with self._transaction():
            return work()

    def execute(self, sql: str, values: Sequence[object] = ()) -> list[SqlRow]:
        """Run one statement; its rows."""
        return self._db.execute(sql, values).fetchall()

    def execute_many(self, sql: str, values: Iterable[Sequence[object]]) -> None:
        """Run one statement for each of the values."""
        self._db.executemany(sql, values)

    def _table(self, name: str) -> str:
        return name

    def _make_tables(self) -> None:
        """They are made with the file."""

    def _get(self, name: str) -> JsonObject | None:
        found = self.execute("SELECT value FROM job WHERE name = ?", (name,))
        return decode_member(name, found[0][0]) if found else None

    def _put(self, name: str, value: object) -> None:
        self.execute("INSERT OR REPLACE INTO job VALUES (?, ?)", (name, json.dumps(value, sort_keys=True)))

    def _put_definition(
        self, definition: Mapping[str, object], zones: Mapping[str, str], run: RunRecord | None
    ) -> None:
        self._put("definition", dict(definition))
        if run is not None:
            self._put("run", run.to_json())

    def _tracker_rows(self) -> Iterable[SqlRow]:
        yield from self.execute("SELECT label, NULL, 0 FROM account")
        for label, count in (self._get("untold") or {}).items():
            yield from [(label, None, 1)] * count
        yield from super()._tracker_rows()

    def _keep_fleets(self, fleets: Mapping[str, Fleet]) -> None:
        self.execute_many("INSERT INTO account VALUES (?)", [(label,) for label in fleets])
        for label, fleet in fleets.items():
            rows = [(label, tracker, 0) for tracker in fleet.open] + [(label, tracker, 1) for tracker in fleet.blocked]
            self._insert("tracker", rows)
        self._put("untold", (self._get("untold") or {}) | {label: fleet.unreadable for label, fleet in fleets.items()})

    def _keep_ranges(self, ranges: ReadRanges, changed: ReadRanges) -> None:
        rows = ((*key, encode_ranges(reads)) for key, reads in changed.items())
        self.execute_many("INSERT OR REPLACE INTO held VALUES (?, ?, ?)", rows)

    def _forget(self, table: str) -> None:
        super()._forget(table)
        if table == "tracker":
            super()._forget("account")

    # --- the harvest ------------------------------------------------------------------------------------------------

    def go_on(self, definition: Mapping[str, object]) -> bool:
        """Whether a harvest began here; InvalidInput if it is a different one."""
        stored = self.definition()
        if stored is not None:
            refuse_other(stored, definition, self.where, self.instead)
        return stored is not None

    def keep_calendars(self, calendars: Mapping[str, str]) -> None:
        """Store the zones whose days the rows are, by account."""
        with self._transaction():
            self._put("calendars", {**self.calendars(), **calendars})

    def calendars(self) -> dict[str, str]:
        """The zones whose days the rows are, by account."""
        return self._get("calendars") or {}

    def overlay(self) -> None:
        """From now on, later readings replace earlier ones."""
        with self._transaction():
            self._put("overlaid", {})

    @property
    def is_overlaid(self) -> bool:
        """Whether anything was read twice, so that rows of the earlier reading must go."""
        return self._get("overlaid") is not None

    # --- the work ---------------------------------------------------------------------------------------------------

    def work_of(self, slices: Iterable[Slice]) -> dict[int, WorkRecord]:
        """The finished work that the slices belong to, by number."""
        sql, numbers = f"SELECT {WORK} FROM work WHERE rowid = ?", sorted({one.work for one in slices})
        return {number: WorkRecord.from_row(row) for number in numbers for row in self._db.execute(sql, (number,))}

    def commit(
        self,
        work: Sequence[WorkRecord],
        slices: Iterable[Slice],
        zones: Mapping[str, str],
        part: Part | None = None,
        *,
        reopened: Iterable[tuple[str, date]] = (),
    ) -> None:
        """Mark work as done, and record where its rows are: on disk already, in `part`.

        The files of `reopened` days are not whole from now on.
        """
        with self._transaction():
            if part is not None:
                row = part.number, part.bytes, part.checksum
                self._db.execute("INSERT OR REPLACE INTO part VALUES (?, ?, ?)", row)
            for account, day in reopened:
                reopen = "UPDATE file SET whole = 0 WHERE account = ? AND day = ? AND whole"
                self._db.execute(reopen, (account, day.isoformat()))
            ((last,),) = self.execute("SELECT coalesce(max(rowid), 0) FROM work")
            self._insert("work", [record.to_row() for record in work])
            self.execute_many("INSERT INTO slice VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _slice_rows(slices, last + 1))
            if zones:
                self._put("zones", dict(zones))

    def work_on(self, account: str, day: date) -> dict[int, WorkRecord]:
        """An account's finished work that may touch the day, by number."""
        touching = "account = ?1 AND substr(start, 1, 10) <= ?2 AND substr(stop, 1, 10) >= ?2"
        found = self._db.execute(f"SELECT rowid, {WORK} FROM work WHERE {touching}", (account, day.isoformat()))
        return {number: WorkRecord.from_row(row) for number, *row in found}

    def exchange_work(self, number: int, records: Sequence[WorkRecord], gone: Iterable[date]) -> None:
        """Replace finished work by what is left of it; on the `gone` days, nothing is done any more."""
        with self._transaction():
            for day in gone:
                self._db.execute("DELETE FROM slice WHERE work = ? AND day = ?", (number, day.isoformat()))
            self._db.execute("DELETE FROM work WHERE rowid = ?", (number,))
            for record in records:
                self._insert("work", [record.to_row()])
                for day in record.range.utc_days():
                    moved = "UPDATE slice SET work = last_insert_rowid() WHERE work = ? AND day = ?"
                    self.execute(moved, (number, day.isoformat()))

    # --- parts and files --------------------------------------------------------------------------------------------

    def pending_days(self, *, whole: bool = True) -> list[tuple[str, date]]:
        """Accounts and days that have rows in parts; with or without those whose files are whole."""
        but = "" if whole else " EXCEPT SELECT account, day FROM file WHERE whole"
        found = self._db.execute(
            f"SELECT DISTINCT account, day FROM (SELECT account, day FROM slice{but}) ORDER BY day, account"
        )
        return [(account, date.fromisoformat(day)) for account, day in found]

    def slices(self, account: str, day: date) -> list[Slice]:
        """Where the rows of one account and day lie, in the order of trackers."""
        return self._slices("account = ? AND day = ?", account, day.isoformat())

    def slices_in(self, part: int) -> list[Slice]:
        """The slices in a part."""
        return self._slices("part = ?", part)

    def _slices(self, condition: str, *values: object) -> list[Slice]:
        order = "ORDER BY first_tracker, last_tracker, part, position"
        found = self.execute(f"SELECT {_SLICE} FROM slice WHERE {condition} {order}", values)
        return [Slice(account, date.fromisoformat(day), *rest) for account, day, *rest in found]

    def parts(self) -> set[int]:
        """Parts that hold rows which are not in a whole file yet."""
        return {part for (part,) in self._db.execute("SELECT DISTINCT part FROM slice WHERE rows > 0")}

    def last_part(self) -> int:
        """The highest number that a slice names, with or without rows."""
        (last,) = self._db.execute("SELECT coalesce(max(part), 0) FROM slice").fetchone()
        return int(last)

    def part(self, number: int) -> Part | None:
        """What a part was when it was written; ``None`` for one that was never checked."""
        found = self._db.execute("SELECT number, bytes, checksum FROM part WHERE number = ?", (number,)).fetchone()
        return None if found is None else Part(*found)

    def forget_files(self, account: str, day: date) -> None:
        """The files of this day no longer belong to the result."""
        with self._transaction():
            self._db.execute("DELETE FROM file WHERE account = ? AND day = ?", (account, day.isoformat()))

    def keep_files(
        self, account: str, day: date, became: Mapping[str, DayFile | None], *, spent: bool, late_rows: int = 0
    ) -> None:
        """The files of a day have changed on the disk.

        Args:
            account: whose they are.
            day: the day.
            became: the files as they are now, by path; ``None`` for one that is gone.
            spent: the rows of the day are needed in parts no more.
            late_rows: rows among them that turned up in what had been read before.
        """
        with self._transaction():
            for path, file in became.items():
                for table in ("file", "intent"):
                    self._db.execute(f"DELETE FROM {table} WHERE path = ?", (path,))
                if file is not None:
                    self._db.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?)", _file_row(file))
            if spent:
                self._db.execute("DELETE FROM slice WHERE account = ? AND day = ?", (account, day.isoformat()))
            self._add_late_rows(late_rows)

    def intend(self, path: str, file: DayFile | None, *, late_rows: int) -> None:
        """What a day's file is about to become; ``None`` if it is about to be deleted."""
        members = None if file is None else json.dumps(dict(zip(_FILE.split(", "), _file_row(file), strict=True)))
        with self._transaction():
            self._db.execute("INSERT OR REPLACE INTO intent VALUES (?, ?, ?)", (path, members, late_rows))

    def intents(self) -> dict[str, tuple[DayFile | None, int]]:
        """The files that were about to change when a run was killed: what each was to become, and its late rows."""
        return {
            path: (None if members is None else _intended(members), late_rows)
            for path, members, late_rows in self._db.execute("SELECT path, file, late_rows FROM intent")
        }

    def file(self, path: str) -> DayFile | None:
        """A file of the result, if it is one."""
        found = self._db.execute(f"SELECT {_FILE} FROM file WHERE path = ?", (path,)).fetchone()
        return None if found is None else _read_file(found)

    def files_of(self, account: str, day: date) -> list[str]:
        """Paths of the files of an account and day."""
        found = self._db.execute("SELECT path FROM file WHERE account = ? AND day = ?", (account, day.isoformat()))
        return [path for (path,) in found]

    def files(self) -> list[DayFile]:
        """The files of the result."""
        return [_read_file(row) for row in self._db.execute(f"SELECT {_FILE} FROM file ORDER BY path")]

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Everything in the block, or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")


def _slice_rows(slices: Iterable[Slice], first_work: int) -> Iterator[SqlRow]:
    """Slices as their rows; `astuple` would copy every member deeply, and there are thousands."""
    for one in slices:
        trackers, position = (one.first_tracker, one.last_tracker), (one.part, one.position, one.rows)
        yield one.account, one.day.isoformat(), *trackers, *position, first_work + one.work


def _unchanged(path: Path) -> str:
    """The address of a file that is only read.

    SQLite creates two files beside a ledger to read it, and leaves them there, unless it knows that nobody writes. That
    is so if the harvest came to its end or never began, for then there is no log (``-wal``) with anything in it.
    """
    log = path.with_name(f"{path.name}-wal")
    at_rest = not (log.exists() and log.stat().st_size)
    return f"{path.absolute().as_uri()}?{'immutable=1' if at_rest else 'mode=ro'}"


def _file_row(file: DayFile) -> SqlRow:
    return file.path, file.account, file.day.isoformat(), file.rows, file.bytes, file.sha256, file.whole


def _intended(members: str) -> DayFile:
    """The file that such members describe; HarvestDamaged if they cannot be understood."""
    try:
        stored = json.loads(members)
        return _read_file(tuple(stored[name] for name in _FILE.split(", ")))
    except (ValueError, LookupError, TypeError) as error:
        raise unreadable(f"what a file was to become cannot be read ({error})") from None


def _read_file(row: SqlRow) -> DayFile:
    path, account, day, rows, size, sha256, whole = row
    return DayFile(path, account, date.fromisoformat(day), rows, size, sha256, bool(whole))
