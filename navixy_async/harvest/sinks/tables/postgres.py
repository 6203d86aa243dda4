"""A table in PostgreSQL. Needs psycopg (the extra ``postgres``).

Rows go in by COPY of CSV that Arrow writes: no Python object is made per value. psycopg rather than asyncpg, because
one thread holds the connection: a cancellation of the harvest never breaks a transaction in the middle, and DuckDB
and PostgreSQL are the same few steps. It reads connections as libpq does: service files, ``PGPASSWORD``, ``sslmode``.
"""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeVar

import psycopg
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from ....errors import InvalidInput
from ....masking import Secret
from ...aliases import ArrowColumn, SqlRow
from ...answers.layout import TIMESTAMP, RowsT
from ...streams import Stream
from ..disk import not_written
from .database import STATE_TABLES
from .postgres_checks import (
    blocking_locks,
    check_relations,
    lock_holders,
    lock_keys,
    lock_patience,
    refuse_pooled,
    settle_in,
)
from .postgres_session import LOCK_PATIENCE, Dsn, Session, holders
from .table import TableStore
from .windows import Moments

T = TypeVar("T")
log = logging.getLogger("navixy_async")

LOCK_WAIT = 3.0
"""Seconds to wait for another harvest to leave the table."""
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds before a failed transaction is repeated, and thereby how often."""
_PASSING = {"57P01", "57P02", "57P03", "57P05", "25P03", "53300"}
"""What the server says when it ends connections, restarts, or has none left; classes 08 and 40 pass as well."""
COPY_TO_THE_END = 180_000
"""The first server version whose COPY does not take a line ``\\.`` within a text for the end."""
_BLOCK = 1024 * 1024


class PostgresStore(TableStore):
    """A table in a schema of a PostgreSQL database.

    Args:
        dsn: how to connect, as libpq reads it; its password is never shown.
        stream: what the rows are.
        schema: where the tables are; it must exist.
        table: name of the table; the stream's if ``None``.
        current: whether this is the harvest that keeps the table current.

    Raises:
        InvalidInput: libpq would not understand the DSN, or the table's name is invalid.
    """

    types: ClassVar[Mapping[pa.DataType, str]] = {
        pa.string(): "text",
        pa.bool_(): "boolean",
        pa.int32(): "integer",
        pa.int64(): "bigint",
        pa.float32(): "real",
        pa.float64(): "double precision",
        pa.date32(): "date",
        TIMESTAMP: "timestamp with time zone",
    }

    def __init__(
        self, dsn: Secret[str], stream: Stream, schema: str, table: str | None, *, current: bool = False
    ) -> None:
        self._dsn = Dsn(dsn)
        super().__init__(stream, table, f"the PostgreSQL database {self._dsn.name}", current=current)
        if not isinstance(schema, str) or not schema or "\0" in schema:
            raise InvalidInput(f"schema must be the name of a schema, not {schema!r}")
        self._schema = schema
        self._full_name = f"{schema}.{self.table}"
        self._session = Session(self._dsn)
        self._counts_again = False
        """Whether something on the table could change what COPY counts, so that rows are counted in the table."""
        self._without_nul = 0

    # --- the connection ---------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Connect, check that everything to come can be done, and lock the table's name for this harvest."""
        if why := self._session.connect():
            raise InvalidInput(f"{self.where} cannot be used ({why}): correct the DSN or start the server") from None
        try:
            settle_in(self._session, self._now, self.where)
            refuse_pooled(self._dsn, self._session, self._now, self.where)
            self._counts_again = check_relations(self._now, self._schema, self.table, self.where)
            self._lock_table()
            return
        except psycopg.Error as error:
            why = self._dsn.reason_of(error)
        raise InvalidInput(f"{self.where} cannot be used ({why}): correct that first") from None

    def close(self) -> None:
        """Close the connection, which also unlocks."""
        self._session.close()

    def interrupt(self) -> None:
        """Make what is under way end soon; called from another thread."""
        self._session.interrupt()

    def _lock_table(self) -> None:
        """Lock the table's name; InvalidInput if another harvest has it."""
        keys = lock_keys(self._now, self._full_name)
        # The server may need a moment to notice that a killed harvest is gone.
        self._now(f"SET lock_timeout = '{LOCK_WAIT * 1000:.0f}ms'")
        try:
            self._now("SELECT pg_catalog.pg_advisory_lock(?::int4, ?::int4)", keys)
        except psycopg.errors.LockNotAvailable:
            pass
        else:
            lock_patience(self._session, self._now, LOCK_PATIENCE)
            return
        raise InvalidInput(
            f"another harvest is writing to {self._full_name} in {self.where}: wait until it is done, or write to "
            f"another table; the lock is held by {self._named(lock_holders(self._now, keys))}, which "
            "pg_terminate_backend() ends if it is none"
        )

    def _connect_again(self) -> _Trouble | None:
        """A new connection instead of one that broke; what the old one left behind ends first."""
        old = self._session.pid
        if why := self._session.connect():
            return _Trouble(why, passing=True)
        try:
            settle_in(self._session, self._now, self.where)
            if old in lock_holders(self._now, lock_keys(self._now, self._full_name)):
                self._now("SELECT pg_catalog.pg_terminate_backend(?)", [old])
            # The previous holder of the lock has ended, and so has its last transaction, successfully or not.
            self._lock_table()
        except InvalidInput as error:
            self._session.drop()
            return _Trouble(str(error))
        return None

    def _named(self, pids: Sequence[int]) -> str:
        if not pids or self._session.db is None:
            return "a process that cannot be seen"
        return self._dsn.masked(holders(self._session.db, pids))

    # --- statements -------------------------------------------------------------------------------------------------

    def atomically(self, work: Callable[[], T], done: Callable[[], bool] | None = None) -> T | None:
        """Everything that it does, or nothing; repeated where that may help. WriteFailed if the server refuses."""
        if self._inside:
            return work()
        unsure = False
        for pause in (0.0, *PAUSES):
            self._session.leaving.wait(pause)
            result, trouble = self._try(work, done if unsure else None)
            if trouble is None:
                return result
            unsure = unsure or trouble.unsure
            if not trouble.passing or self._session.leaving.is_set():
                break
        assert trouble is not None
        raise not_written(self.where, trouble.reason)

    def _try(self, work: Callable[[], T], done: Callable[[], bool] | None) -> tuple[T | None, _Trouble | None]:
        """One attempt: its result, or what prevented it. No driver error leaves it: errors keep the connection."""
        committing = False
        try:
            if self._session.leaving.is_set() and not self._session.is_there:
                return None, _Trouble("the harvest is being stopped")
            if not self._session.is_there and (trouble := self._connect_again()):
                return None, trouble
            self._now("BEGIN")
            self._inside = True
            result = None if done is not None and done() else work()
            committing = True
            self._now("COMMIT")
        except psycopg.Error as error:
            self._roll_back()
            return None, self._trouble(error, unsure=committing)
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._inside = False
        return result, None

    def _roll_back(self) -> None:
        try:
            if self._session.is_there:
                self._now("ROLLBACK")
        except psycopg.Error:
            self._session.drop()  # whatever it had begun ends with it

    def _trouble(self, error: psycopg.Error, *, unsure: bool) -> _Trouble:
        state, reason = error.sqlstate or "", self._dsn.reason_of(error)
        if self._session.silent:
            reason = "it no longer answered, and a second connection was refused or did not know the first"
        if state == "55P03":
            blockers = self._session.blockers or self._named(
                blocking_locks(self._now, self._schema, [self.table, *STATE_TABLES])
            )
            reason = f"{reason}: the lock is held by {blockers}"
        passing = state[:2] in ("08", "40") or state in _PASSING or not self._session.is_there
        return _Trouble(reason, passing=passing, unsure=unsure)

    def _now(self, sql: str, values: Sequence[object] = ()) -> list[SqlRow]:
        """Run one statement as it is; its rows, or as many empty ones as it touched."""
        with self._session.busy() as db:
            cursor = db.execute(sql.replace("?", "%s").encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    def execute_many(self, sql: str, values: Sequence[Sequence[object]]) -> None:
        """Run one INSERT for each of the values."""
        if not values:
            return
        with self._session.busy() as db, db.cursor() as cursor:
            cursor.executemany(sql.replace("?", "%s").encode(), values)
            self.compare(cursor.rowcount, len(values))

    # --- tables -----------------------------------------------------------------------------------------------------

    def columns(self, table: str) -> dict[str, str] | None:
        """The types of a table's columns, whether this user may read them or not."""
        found = self.execute(
            "SELECT a.attname::pg_catalog.text, pg_catalog.format_type(a.atttypid, a.atttypmod)"
            " FROM pg_catalog.pg_attribute AS a JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid"
            " JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
            " WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped",
            [self._schema, table],
        )
        return {name: kind.removeprefix("pg_catalog.") for name, kind in found} or None

    def spelled(self, kind: str) -> str:
        """A type as a statement names it: names that are not keywords could be anybody's."""
        return f"pg_catalog.{kind}" if kind in ("text", "date") else kind

    def named(self, table: str) -> str:
        """A table's name in SQL."""
        return '"{}"."{}"'.format(self._schema.replace('"', '""'), table)

    def lock_state(self) -> None:
        """Wait until others have created the bookkeeping in this schema."""
        self.execute(
            "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('navixy books'), pg_catalog.hashtext(?))",
            [self._schema],
        )

    def made(self) -> None:
        """An index for the windows, and for readers of one tracker's rows; the server finds a free name for it."""
        self.execute(f'CREATE INDEX ON {self.named(self.table)} (account, tracker_id, "{self.stream.time}")')

    def finished(self) -> None:
        """Log what was changed on the way; the server maintains its tables itself."""
        if self._without_nul:
            log.warning(
                "%d texts contained NUL, which PostgreSQL cannot store: U+FFFD replaces it in the table %s",
                self._without_nul,
                self.table,
            )

    def replace(self, windows: pa.Table, rows: pa.Table) -> None:
        """Delete what is in the windows, then add the rows."""
        inside = self._inside_of(windows)
        self.execute(f"DELETE FROM {self.named(self.table)} AS old USING {inside[0]}", inside[1])
        self.compare(self._copy(self.named(self.table), rows), rows.num_rows)
        if self._counts_again:
            self.execute("SET CONSTRAINTS ALL IMMEDIATE")  # triggers that wait for the end do it now
            counted = f"SELECT pg_catalog.count(DISTINCT old.ctid) FROM {self.named(self.table)} AS old, {inside[0]}"
            self.compare(self.execute(counted, inside[1])[0][0], rows.num_rows)

    def moments(self, windows: pa.Table) -> Moments:
        """How many rows the table has at each moment within the windows."""
        inside, values = self._inside_of(windows)
        found = self.execute(
            f'SELECT old.account, old.tracker_id, old."{self.stream.time}", pg_catalog.count(*)'
            f" FROM {self.named(self.table)} AS old, {inside} GROUP BY 1, 2, 3",
            values,
        )
        return Counter({(account, tracker, moment): rows for account, tracker, moment, rows in found})

    def _inside_of(self, windows: pa.Table) -> tuple[str, Sequence[object]]:
        """SQL that joins rows to the windows that contain them, and its values."""
        return (
            "ROWS FROM (pg_catalog.unnest(?::pg_catalog.text[]), pg_catalog.unnest(?::bigint[]),"
            " pg_catalog.unnest(?::timestamp with time zone[]), pg_catalog.unnest(?::timestamp with time zone[]))"
            f" AS new(account, tracker_id, start, stop) WHERE {self.in_window}"
        ), [column.to_pylist() for column in _storable(windows)[0].columns]

    def _copy(self, table: str, rows: pa.Table) -> int:
        """Add rows; how many the server says that it took."""
        names = ", ".join(f'"{name}"' for name in rows.column_names)
        statement = f"COPY {table} ({names}) FROM STDIN (FORMAT csv, ENCODING 'UTF8')"
        with self._session.busy() as db, db.cursor() as cursor:
            if db.info.server_version < COPY_TO_THE_END and any(map(_has_end_of_copy, rows.columns)):
                marks = ", ".join(["%s"] * rows.num_columns)
                storable, changed = _storable(rows)
                self._without_nul += changed
                values = [tuple(row.values()) for row in storable.to_pylist()]
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})".encode(), values)
                return cursor.rowcount
            with cursor.copy(statement.encode()) as copy:
                sink = io.BytesIO()
                for batch in rows.to_batches():
                    block, changed = _storable(batch)
                    self._without_nul += changed
                    # Arrow quotes every text and no null, by which COPY distinguishes an empty text from null.
                    csv.write_csv(block, sink, csv.WriteOptions(include_header=False))
                    if sink.tell() >= _BLOCK:
                        copy.write(sink.getvalue())
                        sink = io.BytesIO()
                copy.write(sink.getvalue())
            return cursor.rowcount


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Why a transaction failed."""

    reason: str
    passing: bool = False
    """Whether it may succeed the next time."""
    unsure: bool = False
    """Whether it may have been done after all."""


def _has_end_of_copy(column: ArrowColumn) -> bool:
    if not pa.types.is_string(column.type):
        return False
    return bool(pc.any(pc.match_substring_regex(column, r"(?m)^\\\.\r?$")).as_py())


def _storable(rows: RowsT) -> tuple[RowsT, int]:
    """PostgreSQL's texts have no NUL: it becomes U+FFFD; the rows, and how many texts were changed."""
    columns, changed = [], 0
    for column in rows.columns:
        if pa.types.is_string(column.type):
            odd = pc.sum(pc.match_substring(column, "\0")).as_py()
            if odd:
                changed += odd
                column = pc.replace_substring(column, "\0", "\ufffd")  # noqa: PLW2901
        columns.append(column)
    return type(rows).from_arrays(columns, schema=rows.schema), changed
