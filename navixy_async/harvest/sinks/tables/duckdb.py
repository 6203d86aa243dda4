"""A table in a DuckDB file. Needs duckdb (the extra ``duckdb``)."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from os import PathLike
from pathlib import Path
from threading import Lock
from typing import ClassVar, TypeVar

import duckdb
import pyarrow as pa

from ....errors import InvalidInput, WriteFailed
from ....texts import is_utf8
from ...aliases import SqlRow
from ...answers.layout import TIMESTAMP
from ...streams import Stream
from ..disk import not_written
from .table import TableStore
from .windows import Moments

T = TypeVar("T")
_ROWS_AT_ONCE = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NO_FILE = re.compile(r":memory:|md:|motherduck:|[A-Za-z][A-Za-z0-9+.-]+:/", re.IGNORECASE)
"""How names begin that DuckDB does not treat as files, or as addresses elsewhere."""
_MAGIC_AT, _MAGIC = 8, b"DUCK"
_SQLITE = b"SQLite format 3\0"
_NO_EXTENSIONS = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
"""DuckDB would load code from the network into this process as soon as a name or a file calls for it."""
_open: set[Path] = set()
"""Files that harvests of this process write to: DuckDB itself keeps only other processes away."""
_open_changes = Lock()


def database_path(given: str | PathLike[str]) -> Path:
    """The absolute path of a database: DuckDB reads other names as databases in memory, elsewhere, or extensions.

    Raises:
        InvalidInput: it does not name a file.
    """
    name = os.fspath(given)
    if not isinstance(name, str) or not name or "\0" in name or _NO_FILE.match(name):
        raise InvalidInput(f"{name!r} does not name a file: name one, such as fleet.duckdb")
    if not is_utf8(name):
        raise InvalidInput(f"{name!r} is not UTF-8, which DuckDB needs: choose another path")
    return Path(os.path.abspath(name))  # noqa: PTH100 - resolve() would follow links that are yet to be made


class DuckDBStore(TableStore):
    """A table in a DuckDB file.

    Args:
        path: the file; made, with the directories above it, when the first tables are.
        stream: what the rows are.
        table: name of the table; the stream's if ``None``.
        current: whether this is the harvest that keeps the table current.

    Raises:
        InvalidInput: the path does not name a file, or the table's name is invalid.
    """

    types: ClassVar[Mapping[pa.DataType, str]] = {
        pa.string(): "VARCHAR",
        pa.bool_(): "BOOLEAN",
        pa.int32(): "INTEGER",
        pa.int64(): "BIGINT",
        pa.float32(): "FLOAT",
        pa.float64(): "DOUBLE",
        pa.date32(): "DATE",
        TIMESTAMP: "TIMESTAMP WITH TIME ZONE",
    }

    def __init__(self, path: str | PathLike[str], stream: Stream, table: str | None, *, current: bool = False) -> None:
        self._path = database_path(path)
        super().__init__(stream, table, str(self._path), current=current)
        self.target = self.table.lower()  # to DuckDB, upper and lower case are the same
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._ours = False
        self._file: tuple[int, int] | None = None
        """Device and number of the file that is written to."""

    def open(self) -> None:
        """Connect to the file, if there is one; InvalidInput if it cannot be used."""
        self._check_path()
        with _open_changes:
            if self._path.resolve() in _open:
                raise InvalidInput(f"another harvest is writing to {self._path}: wait until it is done")
            _open.add(self._path.resolve())
            self._ours = True
        if self._path.exists():
            self._connect()

    def _check_path(self) -> None:
        if self._path.is_dir():
            raise InvalidInput(f"{self._path} is a directory: name a file for the database")
        existing = next(filter(Path.exists, self._path.parents), self._path)
        if not existing.is_dir():
            raise InvalidInput(f"{self._path} cannot be created, because {existing} is a file: choose another path")
        if not os.access(self._path if self._path.exists() else existing, os.W_OK):
            raise InvalidInput(f"{self._path} is not writable: choose another path or change its permissions")
        if not self._path.exists():
            return
        if not stat.S_ISREG(self._path.stat().st_mode):
            raise InvalidInput(f"{self._path} is not a regular file: choose another path")
        with self._path.open("rb") as file:
            begins = file.read(len(_SQLITE))
        if begins == _SQLITE:
            raise InvalidInput(f"{self._path} is a SQLite database, not a DuckDB database: choose another path")
        if begins and begins[_MAGIC_AT : _MAGIC_AT + len(_MAGIC)] != _MAGIC:
            raise InvalidInput(
                f"{self._path} cannot be opened as a DuckDB database (it does not begin like one): choose another path"
            )

    @property
    def _db(self) -> duckdb.DuckDBPyConnection:
        assert self._connection is not None, "the file is not open"
        return self._connection

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            with suppress(duckdb.Error):
                self._db.close()
            self._connection = None
        if self._ours:
            with _open_changes:
                _open.discard(self._path.resolve())
            self._ours = False

    def interrupt(self) -> None:
        """Make what is under way in the database end soon; called from another thread."""
        if (db := self._connection) is not None:
            db.interrupt()

    def atomically(self, work: Callable[[], T], done: Callable[[], bool] | None = None) -> T | None:
        """Everything that it does, or nothing; WriteFailed if the file takes no more, or is gone."""
        if self._connection is None:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise InvalidInput(f"{self._path} cannot be created ({error.strerror}): choose another path") from None
            self._connect()
        self._inside = True
        try:
            self._db.execute("BEGIN")
            try:
                result = work()
                self._db.execute("COMMIT")
            except BaseException:
                with suppress(duckdb.Error):
                    self._db.execute("ROLLBACK")
                raise
        except duckdb.Error as error:
            raise not_written(self._path, _first_line(error)) from error
        finally:
            self._inside = False
        self._check_same_file()
        return result

    def _now(self, sql: str, values: Sequence[object]) -> list[SqlRow]:
        found: list[SqlRow] = self._db.execute(sql, values).fetchall()
        return found

    def execute_many(self, sql: str, values: Sequence[Sequence[object]]) -> None:
        """Run one INSERT for each of the values, many rows at once: one by one, each takes DuckDB a millisecond."""
        head, _, row = sql.partition(" VALUES ")
        for at in range(0, len(values), _ROWS_AT_ONCE):
            some = values[at : at + _ROWS_AT_ONCE]
            flat = [value for row in some for value in row]
            self._db.execute(f"{head} VALUES {', '.join([row] * len(some))}", flat)

    def columns(self, table: str) -> dict[str, str] | None:
        """The types of a table's columns."""
        if self._connection is None:
            return None
        found = self.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_catalog = current_database()"
            " AND table_schema = 'main' AND lower(table_name) = lower(?)",
            [table],
        )
        return dict(found) or None

    def named(self, table: str) -> str:
        """A table's name in SQL."""
        return f'main."{table}"'

    def lock_state(self) -> None:
        """Nobody else can have the file open."""

    def replace(self, windows: pa.Table, rows: pa.Table) -> None:
        """Delete what is in the windows, then add the rows."""
        names = ", ".join(f'"{name}"' for name in rows.column_names)
        self._db.register("navixy_windows", windows)
        self._db.register("navixy_rows", rows)
        try:
            self._db.execute(
                f"DELETE FROM {self.named(self.table)} AS old USING temp.navixy_windows AS new WHERE {self.in_window}"
            )
            ((taken,),) = self._db.execute(
                f"INSERT INTO {self.named(self.table)} ({names}) SELECT {names} FROM temp.navixy_rows"
            ).fetchall()
        finally:
            self._db.unregister("navixy_windows")
            self._db.unregister("navixy_rows")
        self.compare(taken, rows.num_rows)

    def moments(self, windows: pa.Table) -> Moments:
        """How many rows the table has at each moment within the windows."""
        self._db.register("navixy_windows", windows)
        try:
            found = self._db.execute(
                f'SELECT old.account, old.tracker_id, epoch_us(old."{self.stream.time}"), count(*)'
                f" FROM {self.named(self.table)} AS old"
                f" SEMI JOIN temp.navixy_windows AS new ON {self.in_window} GROUP BY 1, 2, 3"
            ).fetchall()
        finally:
            self._db.unregister("navixy_windows")
        return Counter(
            {(account, tracker, _EPOCH + timedelta(microseconds=at)): rows for account, tracker, at, rows in found}
        )

    def made(self) -> None:
        """Nothing: DuckDB stores the range of every block, and an index would only slow it down."""

    def finished(self) -> None:
        """Move everything from the log into the file itself."""
        # If somebody in this process is reading, DuckDB does it later.
        with suppress(duckdb.Error):
            self._db.execute("CHECKPOINT")
        self._check_same_file()

    def _connect(self) -> None:
        try:
            try:
                self._connection = duckdb.connect(str(self._path), config=dict(_NO_EXTENSIONS))
            except duckdb.ConnectionException:
                # Something in this process has the file open with other settings, which apply to the whole process.
                self._connection = duckdb.connect(str(self._path))
        except duckdb.Error as error:
            if "lock" in str(error).lower():
                raise InvalidInput(
                    f"another program has {self._path} open: close it there, or choose another path"
                ) from None
            raise InvalidInput(
                f"{self._path} cannot be opened as a DuckDB database ({_first_line(error)}): choose another path"
            ) from None
        self._file = self._number()
        if self._file is None:
            raise InvalidInput(f"DuckDB does not keep {self._path} in a file of that name: choose another path")

    def _number(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _check_same_file(self) -> None:
        """DuckDB continues in a file that has lost its name, and everything would be gone when the process ends."""
        if self._number() != self._file:
            raise WriteFailed(
                f"{self._path} is gone: it was deleted, moved or replaced while the harvest was writing; put it "
                "back and resume the harvest, or start it again"
            )


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0].strip()
