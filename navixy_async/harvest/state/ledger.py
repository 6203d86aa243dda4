"""What is already safely written, in one SQLite file that people can read.

A piece of work stands here only when its rows are on the disk, so a harvest that was killed at any moment goes on from
what stands here, and nothing that stands here is asked for again. Times are text in UTC.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import msgspec

from ...errors import HarvestDamaged
from ...times import time_text
from ..account import Fleet
from ..aliases import Json, JsonObject, SqlRow
from ..plan.schedule import ReadRanges, encode_ranges
from ..report.coverage import WorkRecord
from .records import (
    LEDGER,
    WORK,
    WORK_VALUES,
    RunRecord,
    decode_rows_of_ranges,
    finished_run,
    next_run,
    read_run,
    read_work,
    run_members,
    unreadable,
    work_row,
)

FORMAT = 3
"""Of ledgers, parts and files; a harvest that was begun with another one is not resumed."""
OPEN = "open"
"""The end, and the accounts, of a harvest that goes on."""

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
_FILE = "path, account, day, rows, bytes, sha256, whole"


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows of one piece of work that belong to one UTC day, and where in which part file they lie."""

    account: str
    day: date
    first_tracker: int
    last_tracker: int
    part: int
    position: int
    rows: int
    work: int
    """Number of the piece of work: within a commit when it is written, within the ledger when it is read."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part file as it was written."""

    number: int
    bytes: int
    checksum: int


@dataclass(frozen=True, slots=True)
class DayFile:
    """One file of the result."""

    path: str
    """Relative to the harvest's directory, with ``/``."""
    account: str
    day: date
    rows: int
    bytes: int
    sha256: str
    whole: bool
    """Whether everything that was asked for this day is in it."""


@contextmanager
def damage_named(root: Path) -> Iterator[None]:
    """Trouble with a ledger that no second try would mend, as HarvestDamaged; other trouble passes through."""
    try:
        yield
    except sqlite3.Error as error:
        if (getattr(error, "sqlite_errorcode", 0) & 0xFF) not in _DAMAGE:
            raise
        raise HarvestDamaged(
            f"the ledger of {root} is damaged ({error}): overwrite the harvest, or choose another directory", LEDGER
        ) from None


_DAMAGE = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""What SQLite says of a file that is no ledger: other tables or columns, broken pages, no database at all."""


class Ledger:
    """The ledger of one harvest. Used by one thread at a time.

    Args:
        path: the file; made if it does not exist.
        read_only: only look at it, and change nothing; it must exist.

    Raises:
        sqlite3.Error: the file cannot be read or written.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        place = _unchanged(path) if read_only else path
        self._db = sqlite3.connect(place, isolation_level=None, check_same_thread=False, uri=read_only)
        if read_only:
            return
        try:
            self._db.execute("PRAGMA journal_mode = WAL")
            # What stands here must be on the disk before the next file operation builds on it.
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.executescript(_TABLES)
        except sqlite3.Error:
            self._db.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    # --- the job ----------------------------------------------------------------------------------------------------

    def definition(self) -> JsonObject | None:
        """What this ledger is about, or ``None`` for a new one."""
        found: JsonObject | None = self._get("definition")
        return found

    def begin(self, definition: Mapping[str, object], fleets: Mapping[str, Fleet]) -> None:
        """Keep what the harvest is about, and the trackers of accounts that were not kept before, at once."""
        with self._transaction():
            self._begin(definition, fleets)

    def _begin(self, definition: Mapping[str, object], fleets: Mapping[str, Fleet]) -> None:
        self._put("definition", dict(definition))
        for label, fleet in fleets.items():
            self._db.execute("INSERT INTO account VALUES (?)", (label,))
            rows = [(label, tracker, 0) for tracker in fleet.open]
            rows += [(label, tracker, 1) for tracker in fleet.blocked]
            self._db.executemany("INSERT INTO tracker VALUES (?, ?, ?)", rows)
        untold = {label: fleet.unreadable for label, fleet in fleets.items()}
        self._put("untold", {**(self._get("untold") or {}), **untold})

    def read_again(self, doubted: datetime | None, *, overlaid: bool) -> None:
        """What was read later than `doubted` is due again; with `overlaid`, later readings take the place of earlier
        ones from now on."""
        with self._transaction():
            if doubted is not None:
                # As read when it happened: so young that all of it is due.
                self._db.execute("UPDATE work SET read_at = start WHERE read_at > ?", (time_text(doubted),))
            if overlaid:
                self._put("overlaid", {})

    def keep_calendars(self, calendars: Mapping[str, str]) -> None:
        """Keep the zones whose days rows are, by account."""
        with self._transaction():
            self._put("calendars", {**self.calendars(), **calendars})

    def calendars(self) -> dict[str, str]:
        """The zones whose days rows are, by account."""
        return self._get("calendars") or {}

    @property
    def is_overlaid(self) -> bool:
        """Whether anything was read twice, so that rows of the earlier reading have to leave."""
        return self._get("overlaid") is not None

    def fleets(self) -> dict[str, Fleet]:
        """The trackers that the harvest is for, as they were when it began."""
        found: dict[str, tuple[list[int], list[int]]] = {}
        for (label,) in self._db.execute("SELECT label FROM account"):
            found[label] = ([], [])
        for label, tracker, blocked in self._db.execute("SELECT account, id, blocked FROM tracker ORDER BY id"):
            found[label][1 if blocked else 0].append(tracker)
        untold = self._get("untold") or {}
        return {
            label: Fleet(tuple(free), tuple(blocked), untold.get(label, 0)) for label, (free, blocked) in found.items()
        }

    def begin_run(
        self,
        definition: Mapping[str, object],
        fleets: Mapping[str, Fleet],
        began: datetime,
        *,
        gone: Mapping[str, Sequence[int]],
        folded: ReadRanges,
    ) -> None:
        """Begin the next run of a harvest without an end; what the runs before it did is held from now on.

        Args:
            definition: what the harvest is about.
            fleets: the trackers of all accounts, as they are now.
            began: when it begins.
            gone: trackers that were there before; kept until the run that tells of them is finished.
            folded: what is held of the trackers for which the run before it did anything.
        """
        run = next_run(self.run(), began, gone)
        with self._transaction():
            self._db.execute("DELETE FROM account")
            self._db.execute("DELETE FROM tracker")
            self._db.execute("DELETE FROM work")
            self._begin(definition, fleets)
            self._db.executemany(
                "INSERT OR REPLACE INTO held VALUES (?, ?, ?)",
                ((*key, encode_ranges(pieces)) for key, pieces in folded.items()),
            )
            self._put("run", run_members(run))

    def held(self) -> ReadRanges:
        """What earlier runs read, by account and tracker."""
        return decode_rows_of_ranges(self._db.execute("SELECT account, tracker, pieces FROM held"))

    def run(self) -> RunRecord | None:
        """The last run of a harvest without an end; ``None`` if this one has an end, or did not begin."""
        found = self._get("run")
        return None if found is None else read_run(found)

    def finish_run(self) -> None:
        """The last run came to its end, and told of the trackers that are gone."""
        if (run := self.run()) is not None:
            with self._transaction():
                self._put("run", run_members(finished_run(run)))

    def zones(self) -> dict[str, str]:
        """Zones that times without offset were read in, by account."""
        return self._get("zones") or {}

    # --- the work ---------------------------------------------------------------------------------------------------

    def work(self) -> Iterator[WorkRecord]:
        """Every finished piece of work; of a harvest without an end, of its last run."""
        yield from map(read_work, self._db.execute(f"SELECT {WORK} FROM work ORDER BY coalesce(read_at, ''), rowid"))

    def work_of(self, slices: Iterable[Slice]) -> dict[int, WorkRecord]:
        """The pieces of work that the slices are of, by number."""
        return self.work_numbered({place.work for place in slices})

    def work_numbered(self, numbers: Iterable[int]) -> dict[int, WorkRecord]:
        """Pieces of work by number."""
        sql = f"SELECT {WORK} FROM work WHERE rowid = ?"
        return {number: read_work(row) for number in sorted(numbers) for row in self._db.execute(sql, (number,))}

    def commit(
        self,
        work: Sequence[WorkRecord],
        slices: Iterable[Slice],
        zones: Mapping[str, str],
        part: Part | None = None,
        *,
        reopened: Iterable[tuple[str, date]] = (),
    ) -> None:
        """Mark pieces of work as done, and say where their rows lie: on the disk already, in `part`.

        The files of `reopened` days are not whole from now on.
        """
        with self._transaction():
            if part is not None:
                self._db.execute(
                    "INSERT OR REPLACE INTO part VALUES (?, ?, ?)", (part.number, part.bytes, part.checksum)
                )
            for account, day in reopened:
                self._db.execute(
                    "UPDATE file SET whole = 0 WHERE account = ? AND day = ? AND whole", (account, day.isoformat())
                )
            (last,) = self._db.execute("SELECT coalesce(max(rowid), 0) FROM work").fetchone()
            self._db.executemany(
                f"INSERT INTO work (rowid, {WORK}) VALUES (?, {WORK_VALUES})",
                ((number, *work_row(each)) for number, each in enumerate(work, last + 1)),
            )
            self._db.executemany(
                "INSERT INTO slice VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (_slice_row(each, last + 1) for each in slices),
            )
            if zones:
                self._put("zones", dict(zones))

    def work_on(self, account: str, day: date) -> dict[int, WorkRecord]:
        """The finished pieces of an account's work that may touch the day, by number."""
        touching = "account = ?1 AND substr(start, 1, 10) <= ?2 AND substr(stop, 1, 10) >= ?2"
        found = self._db.execute(f"SELECT rowid, {WORK} FROM work WHERE {touching}", (account, day.isoformat()))
        return {number: read_work(row) for number, *row in found}

    def exchange_work(self, number: int, pieces: Sequence[WorkRecord], gone: Iterable[date]) -> None:
        """Put what is left of a piece of work in its place; of the `gone` days, nothing is done any more."""
        with self._transaction():
            for day in gone:
                self._db.execute("DELETE FROM slice WHERE work = ? AND day = ?", (number, day.isoformat()))
            self._db.execute("DELETE FROM work WHERE rowid = ?", (number,))
            for piece in pieces:
                made = self._db.execute(f"INSERT INTO work ({WORK}) VALUES ({WORK_VALUES})", work_row(piece)).lastrowid
                for day in piece.range.utc_days():
                    self._db.execute(
                        "UPDATE slice SET work = ? WHERE work = ? AND day = ?", (made, number, day.isoformat())
                    )

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
        found = self._db.execute(
            "SELECT account, day, first_tracker, last_tracker, part, position, rows, work FROM slice"
            " WHERE account = ? AND day = ? ORDER BY first_tracker, last_tracker, part, position",
            (account, day.isoformat()),
        )
        return [Slice(label, date.fromisoformat(on), *rest) for label, on, *rest in found]

    def parts(self) -> set[int]:
        """Parts that hold rows which are not in a whole file yet."""
        return {part for (part,) in self._db.execute("SELECT DISTINCT part FROM slice WHERE rows > 0")}

    def last_part(self) -> int:
        """The highest number that a slice names, with or without rows."""
        (last,) = self._db.execute("SELECT coalesce(max(part), 0) FROM slice").fetchone()
        return int(last)

    def part(self, number: int) -> Part | None:
        """What a part was when it was written; ``None`` for one that nobody looked at."""
        found = self._db.execute("SELECT number, bytes, checksum FROM part WHERE number = ?", (number,)).fetchone()
        return None if found is None else Part(*found)

    def slices_in(self, part: int) -> list[tuple[str, int, date, int]]:
        """Of the slices in a part: account, number of the piece of work, day, and rows."""
        found = self._db.execute("SELECT account, work, day, rows FROM slice WHERE part = ?", (part,))
        return [(account, work, date.fromisoformat(day), rows) for account, work, day, rows in found]

    def forget_files(self, account: str, day: date) -> None:
        """The files of this day are none of the result any more."""
        with self._transaction():
            self._db.execute("DELETE FROM file WHERE account = ? AND day = ?", (account, day.isoformat()))

    def keep_file(self, *files: DayFile, gone: Iterable[str] = (), keep_parts: bool = False) -> None:
        """The files of a day are in their place, and others `gone`.

        If they are whole, their rows are needed in parts no more, unless those are to be kept.
        """
        with self._transaction():
            self._db.executemany("DELETE FROM file WHERE path = ?", ((path,) for path in gone))
            for file in files:
                self._keep(file)
                if file.whole and not keep_parts:
                    self._spend(file.account, file.day)

    def intend(self, path: str, file: DayFile | None, *, late_rows: int) -> None:
        """What a day's file is about to become; ``None`` if it is about to go."""
        members = None if file is None else msgspec.json.encode(file).decode()
        with self._transaction():
            self._db.execute("INSERT OR REPLACE INTO intent VALUES (?, ?, ?)", (path, members, late_rows))

    def intended(self, path: str) -> tuple[DayFile | None, int] | None:
        """What the file was about to become, and its late rows, if nobody knows whether it did."""
        found = self._db.execute("SELECT file, late_rows FROM intent WHERE path = ?", (path,)).fetchone()
        if found is None:
            return None
        members, late_rows = found
        return None if members is None else msgspec.json.decode(members, type=DayFile), late_rows

    def intents(self) -> list[tuple[str, DayFile | None, int]]:
        """Every file of which nobody knows whether it became what it was about to."""
        paths = [path for (path,) in self._db.execute("SELECT path FROM intent")]
        return [(path, *intended) for path in paths if (intended := self.intended(path)) is not None]

    def keep_merged(self, account: str, day: date, file: DayFile | None, path: str, *, late_rows: int) -> None:
        """What was read of a day is in its file now; ``None`` if no row is left, and so no file."""
        with self._transaction():
            if file is None:
                self._db.execute("DELETE FROM file WHERE path = ?", (path,))
            else:
                self._keep(file)
            self._db.execute("DELETE FROM intent WHERE path = ?", (path,))
            self._spend(account, day)
            if late_rows and (run := self.run()) is not None:
                self._put("run", run_members(replace(run, late_rows=run.late_rows + late_rows)))

    def _keep(self, file: DayFile) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?)",
            (file.path, file.account, file.day.isoformat(), file.rows, file.bytes, file.sha256, file.whole),
        )

    def _spend(self, account: str, day: date) -> None:
        self._db.execute("DELETE FROM slice WHERE account = ? AND day = ?", (account, day.isoformat()))

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

    def _get(self, name: str) -> Json:
        found = self._db.execute("SELECT value FROM job WHERE name = ?", (name,)).fetchone()
        try:
            value = None if found is None else json.loads(found[0])
        except ValueError as error:
            raise unreadable(f"its {name} cannot be read ({error})") from None
        if not isinstance(value, dict | None):
            raise unreadable(f"its {name} is no object")
        return value

    def _put(self, name: str, value: object) -> None:
        self._db.execute("INSERT OR REPLACE INTO job VALUES (?, ?)", (name, json.dumps(value, sort_keys=True)))

    def _transaction(self) -> _Transaction:
        return _Transaction(self._db)


def _slice_row(place: Slice, first_work: int) -> tuple[object, ...]:
    """A slice as its row; `astuple` would copy every member deeply, and there are thousands."""
    trackers = place.first_tracker, place.last_tracker
    where = place.part, place.position, place.rows
    return (place.account, place.day.isoformat(), *trackers, *where, first_work + place.work)


def _unchanged(path: Path) -> str:
    """The address of a file that is only looked at.

    SQLite makes two files beside a ledger to read it, and leaves them there, unless it is told that nobody writes: that
    is so if the harvest came to its end or never began, for then there is no log (``-wal``) with anything in it.
    """
    log = path.with_name(f"{path.name}-wal")
    at_rest = not (log.exists() and log.stat().st_size)
    return f"{path.absolute().as_uri()}?{'immutable=1' if at_rest else 'mode=ro'}"


class _Transaction:
    """Everything in it, or nothing."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._db.execute("COMMIT")
        elif self._db.in_transaction:
            self._db.execute("ROLLBACK")


def _read_file(row: SqlRow) -> DayFile:
    path, account, day, rows, size, sha256, whole = row
    return DayFile(path, account, date.fromisoformat(day), rows, size, sha256, bool(whole))
