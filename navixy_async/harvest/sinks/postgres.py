"""A table in PostgreSQL. Needs psycopg (the extra ``postgres``).

Rows go in by COPY of CSV that Arrow writes: no Python object is made per value. psycopg rather than asyncpg, because
one thread holds the connection: a cancellation of the harvest never tears a transaction apart in the middle, and DuckDB
and PostgreSQL are the same few steps. It reads connections as libpq does: service files, ``PGPASSWORD``, ``sslmode``.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, ClassVar

import psycopg
import pyarrow as pa
import pyarrow.compute as pc
from psycopg.conninfo import conninfo_to_dict
from pyarrow import csv

from ...errors import InvalidInput
from ..columns import TIMESTAMP
from ..streams import Stream
from . import WriteFailed
from .tables import TableStore

_CONNECT_TIMEOUT = 30
LOCK_WAIT = 3.0
"""Seconds to wait for another harvest to leave the table."""
_BLOCK = 1024 * 1024


class PostgresStore(TableStore):
    """A table in a schema of a PostgreSQL database.

    Args:
        dsn: how to connect, as libpq reads it; its password is never shown.
        stream: what the rows are.
        schema: where the tables are; it must exist.
        table: name of the table; the stream's if ``None``.
    """

    types: ClassVar[Mapping[Any, str]] = {
        pa.string(): "text",
        pa.bool_(): "boolean",
        pa.int32(): "integer",
        pa.int64(): "bigint",
        pa.float32(): "real",
        pa.float64(): "double precision",
        pa.date32(): "date",
        TIMESTAMP: "timestamp with time zone",
    }

    def __init__(self, dsn: str, stream: Stream, schema: str, table: str | None) -> None:
        self._dsn = dsn
        try:
            parts = conninfo_to_dict(dsn)
        except (psycopg.Error, UnicodeError):
            # libpq's own words quote what it stumbled over, which may be the password.
            raise InvalidInput(
                "the DSN is none that PostgreSQL understands: write postgresql://user:password@host:port/database "
                "(with %XX for odd characters in the password), or key=value pairs"
            ) from None
        self._secrets = [str(value) for name, value in parts.items() if "password" in name and value]
        host, port, name = parts.get("host"), parts.get("port"), parts.get("dbname")
        shown = f"{name or '(default)'} on {host or '(default host)'}" + (f":{port}" if port else "")
        super().__init__(stream, table, f"the PostgreSQL database {shown}")
        self._schema = schema
        self._db: psycopg.Connection[tuple[Any, ...]] | None = None

    def open(self) -> None:
        """Connect, and lock the table's name for this harvest; InvalidInput if either cannot be."""
        options: dict[str, Any] = {}
        if "connect_timeout" not in conninfo_to_dict(self._dsn):
            options["connect_timeout"] = _CONNECT_TIMEOUT
        try:
            self._db = psycopg.connect(self._dsn, autocommit=True, **options)
            self._db.execute("SET TIME ZONE 'UTC'")
            # What the mark says must be on the server's disk, whatever the server's own setting is.
            self._db.execute("SET synchronous_commit = on")
            schemas = self.execute("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?", [self._schema])
        except psycopg.Error as error:
            raise InvalidInput(
                f"{self.place} cannot be used ({self._told(error)}): correct the DSN or start the server"
            ) from None
        if not schemas:
            raise InvalidInput(f"{self.place} has no schema {self._schema!r}: create it or name another one")
        try:
            # The server may need a moment to notice that a killed harvest is gone.
            self._db.execute(f"SET lock_timeout = '{LOCK_WAIT * 1000:.0f}ms'".encode())
            self.execute("SELECT pg_advisory_lock(hashtext(?), hashtext(?))", ["navixy", self._full_name])
            self._db.execute("SET lock_timeout = 0")
        except psycopg.errors.LockNotAvailable:
            raise InvalidInput(
                f"another harvest is writing to {self._full_name} in {self.place}: wait until it is done, or write to "
                "another table"
            ) from None
        except psycopg.Error as error:
            raise InvalidInput(f"{self.place} cannot be used ({self._told(error)}): correct that first") from None

    def close(self) -> None:
        """Close the connection, which also unlocks."""
        if self._db is not None:
            with suppress(psycopg.Error):
                self._db.close()
            self._db = None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything in it, or nothing; WriteFailed if the server refuses or is gone."""
        try:
            with self._connection.transaction():
                yield
        except psycopg.Error as error:
            # Not chained: an error of the driver holds on to the connection, and with it to the password.
            raise WriteFailed(
                f"{self.place} could not be written to ({self._told(error)}): mend that, then resume the harvest; "
                "what was finished before is safe"
            ) from None

    def execute(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement; its rows."""
        cursor = self._connection.execute(sql.replace("?", "%s").encode(), values)
        return cursor.fetchall() if cursor.description else []

    def execute_many(self, sql: str, values: Sequence[Sequence[Any]]) -> None:
        """Run one statement for each of the values."""
        with self._connection.cursor() as cursor:
            cursor.executemany(sql.replace("?", "%s").encode(), values)

    def columns(self, table: str) -> dict[str, str] | None:
        """The types of a table's columns."""
        found = self.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = ? AND table_name = ?",
            [self._schema, table],
        )
        return {name: kind for name, kind in found} or None  # noqa: C416 - rows are tuples of anything

    def named(self, table: str) -> str:
        """A table's name in SQL."""
        return '"{}"."{}"'.format(self._schema.replace('"', '""'), table)

    def made(self) -> None:
        """An index for the windows, and for whoever reads one tracker's rows."""
        self.execute(
            f'CREATE INDEX "{self.table}_by_time" ON {self.named(self.table)}'
            f' (account, tracker_id, "{self.stream.time}")'
        )

    def finished(self) -> None:
        """Nothing more: the server looks after its tables itself."""

    def replace(self, windows: Any, rows: Any) -> None:
        """Delete what lies in the windows, then add the rows."""
        time = self.stream.time
        self.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS navixy_windows"
            " (account text, tracker_id bigint, start timestamptz, stop timestamptz) ON COMMIT DELETE ROWS"
        )
        self._copy("pg_temp.navixy_windows", windows)
        self.execute(
            f"DELETE FROM {self.named(self.table)} AS old USING pg_temp.navixy_windows AS new"
            " WHERE old.account = new.account AND old.tracker_id = new.tracker_id"
            f' AND old."{time}" >= new.start AND old."{time}" < new.stop'
        )
        self._copy(self.named(self.table), rows)

    def _copy(self, table: str, rows: Any) -> None:
        names = ", ".join(f'"{name}"' for name in rows.column_names)
        statement = f"COPY {table} ({names}) FROM STDIN (FORMAT csv, ENCODING 'UTF8')"
        with self._connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
            sink = io.BytesIO()
            for batch in rows.to_batches():
                # Arrow quotes every text and no null, which is how COPY tells an empty text from none.
                csv.write_csv(_storable(batch), sink, csv.WriteOptions(include_header=False))
                if sink.tell() >= _BLOCK:
                    copy.write(sink.getvalue())
                    sink = io.BytesIO()
            copy.write(sink.getvalue())

    @property
    def _connection(self) -> psycopg.Connection[tuple[Any, ...]]:
        if self._db is None:
            raise WriteFailed(f"{self.place} is not connected any more: resume the harvest")
        return self._db

    @property
    def _full_name(self) -> str:
        return f"{self._schema}.{self.table}"

    def _told(self, error: psycopg.Error) -> str:
        """The server's reason in one line, without the secrets of the DSN."""
        said = error.diag.message_primary or " ".join(str(error).split()) or type(error).__name__
        for secret in self._secrets:
            said = said.replace(secret, "***")
        return said


def _storable(batch: Any) -> Any:
    """PostgreSQL's texts have no NUL: it becomes U+FFFD."""
    columns = [
        pc.replace_substring(column, "\0", "\ufffd") if pa.types.is_string(column.type) else column
        for column in batch.columns
    ]
    return pa.record_batch(columns, schema=batch.schema)
