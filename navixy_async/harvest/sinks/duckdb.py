"""A table in a DuckDB file. Needs duckdb (the extra ``duckdb``)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar

import duckdb
import pyarrow as pa

from ...errors import InvalidInput
from ..columns import TIMESTAMP
from ..streams import Stream
from . import WriteFailed
from .tables import TableStore

_ROWS_AT_ONCE = 200
_open: set[Path] = set()
"""Files that harvests of this process write to: DuckDB itself only keeps other processes away."""
_open_changes = Lock()


class DuckDBStore(TableStore):
    """A table in a DuckDB file.

    Args:
        path: the file; made, with the directories above it, when the first tables are.
        stream: what the rows are.
        table: name of the table; the stream's if ``None``.
    """

    types: ClassVar[Mapping[Any, str]] = {
        pa.string(): "VARCHAR",
        pa.bool_(): "BOOLEAN",
        pa.int32(): "INTEGER",
        pa.int64(): "BIGINT",
        pa.float32(): "FLOAT",
        pa.float64(): "DOUBLE",
        pa.date32(): "DATE",
        TIMESTAMP: "TIMESTAMP WITH TIME ZONE",
    }

    def __init__(self, path: Path, stream: Stream, table: str | None) -> None:
        super().__init__(stream, table, str(path))
        self._path = path
        self._db: Any = None
        self._ours = False

    def open(self) -> None:
        """Connect to the file, if there is one; InvalidInput if it cannot be used."""
        if self._path.is_dir():
            raise InvalidInput(f"{self._path} is a directory: name a file for the database")
        place = self._path.parent
        while not place.exists() and place != place.parent:
            place = place.parent
        if not place.is_dir():
            raise InvalidInput(f"{self._path} cannot be made, because {place} is a file: choose another path")
        if not os.access(self._path if self._path.exists() else place, os.W_OK):
            raise InvalidInput(f"{self._path} is not writable: choose another path or change its permissions")
        with _open_changes:
            if self._path.resolve() in _open:
                raise InvalidInput(f"another harvest is writing to {self._path}: wait until it is done")
            _open.add(self._path.resolve())
            self._ours = True
        if self._path.exists():
            self._connect()

    def close(self) -> None:
        """Close the file."""
        if self._db is not None:
            with suppress(duckdb.Error):
                self._db.close()
            self._db = None
        if self._ours:
            with _open_changes:
                _open.discard(self._path.resolve())
            self._ours = False

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything in it, or nothing; WriteFailed if the file takes no more."""
        if self._db is None:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise InvalidInput(f"{self._path} cannot be made ({error.strerror}): choose another path") from None
            self._connect()
        try:
            self._db.execute("BEGIN")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                with suppress(duckdb.Error):
                    self._db.execute("ROLLBACK")
                raise
        except duckdb.Error as error:
            raise WriteFailed(
                f"{self._path} could not be written to ({_first_line(error)}): mend that, then resume the harvest; "
                "what was finished before is safe"
            ) from error

    def execute(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement; its rows."""
        found: list[tuple[Any, ...]] = self._db.execute(sql, values).fetchall()
        return found

    def execute_many(self, sql: str, values: Sequence[Sequence[Any]]) -> None:
        """Run one INSERT for each of the values, many rows at once: one by one takes DuckDB a millisecond each."""
        head, _, row = sql.partition(" VALUES ")
        for at in range(0, len(values), _ROWS_AT_ONCE):
            some = values[at : at + _ROWS_AT_ONCE]
            flat = [value for each in some for value in each]
            self._db.execute(f"{head} VALUES {', '.join([row] * len(some))}", flat)

    def columns(self, table: str) -> dict[str, str] | None:
        """The types of a table's columns."""
        if self._db is None:
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

    def replace(self, windows: Any, rows: Any) -> None:
        """Delete what lies in the windows, then add the rows."""
        names = ", ".join(f'"{name}"' for name in rows.column_names)
        time = self.stream.time
        self._db.register("navixy_windows", windows)
        self._db.register("navixy_rows", rows)
        try:
            self._db.execute(
                f"DELETE FROM {self.named(self.table)} AS old USING navixy_windows AS new"
                " WHERE old.account = new.account AND old.tracker_id = new.tracker_id"
                f' AND old."{time}" >= new.start AND old."{time}" < new.stop'
            )
            self._db.execute(f"INSERT INTO {self.named(self.table)} ({names}) SELECT {names} FROM navixy_rows")
        finally:
            self._db.unregister("navixy_windows")
            self._db.unregister("navixy_rows")

    def made(self) -> None:
        """Nothing more: DuckDB keeps the range of every block, and an index would only slow the rows down."""

    def finished(self) -> None:
        """Bring everything from the log into the file itself."""
        # If somebody in this process is reading meanwhile, DuckDB does it later.
        with suppress(duckdb.Error):
            self._db.execute("CHECKPOINT")

    def _connect(self) -> None:
        try:
            self._db = duckdb.connect(str(self._path))
        except duckdb.Error as error:
            if "lock" in str(error).lower():
                raise InvalidInput(
                    f"another program has {self._path} open: close it there, or choose another path"
                ) from None
            raise InvalidInput(
                f"{self._path} cannot be opened as a DuckDB database ({_first_line(error)}): choose another path"
            ) from None


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0].strip()
