"""Where rows may go: one place of each family of sinks, written to by the package and read without it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import duckdb
import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from navixy_async.harvest import Coverage, Harvest
from navixy_async.harvest.streams import STREAMS

from .power import power_for_files, power_for_tables

KINDS = ("parquet", "ndjson", "duckdb", "function")
Row = dict[str, Any]


class Place:
    """One place for one stream.

    Args:
        kind: one of :data:`KINDS`, or ``postgres``.
        root: a directory of its own.
        dsn: of the server, for ``postgres``.
        schema: in it.
    """

    def __init__(self, kind: str, root: Path, dsn: str = "", schema: str = "") -> None:
        self.kind = kind
        self._root = root / "out"
        self._dsn = dsn
        self._schema = schema
        self._taken: list[Any] = []

    async def write(self, harvest: Harvest) -> Coverage:
        """Begin, or go on with what is there; a function is given everything again."""
        if self.kind == "parquet":
            return await harvest.to_parquet(self._root, resume=True)
        if self.kind == "ndjson":
            return await harvest.to_files(self._root, "ndjson", resume=True)
        if self.kind == "duckdb":
            return await harvest.to_duckdb(self._root, resume=True)
        if self.kind == "postgres":
            return await harvest.to_postgres(self._dsn, schema=self._schema, resume=True)
        self._taken = []

        async def take(batch: Any) -> None:
            self._taken.append(batch)

        return await harvest.to_function(take)

    def power_for(self, steps: int, patch: pytest.MonkeyPatch) -> AbstractContextManager[Callable[[], int]]:
        """No step on the disk, or statement to the database, after so many."""
        if self.kind in ("parquet", "ndjson"):
            return power_for_files(steps, patch)
        return power_for_tables(steps, patch)

    def rows(self, stream: str) -> list[Row]:
        """Every row that is there, with its account; files are checked to hold the rows of their day, in order."""
        if self.kind == "function":
            return [row for batch in self._taken for row in batch.to_pylist()]
        if self.kind in ("duckdb", "postgres"):
            return self._table_rows(stream)
        return list(self._file_rows(stream))

    def _file_rows(self, stream: str) -> Iterator[Row]:
        declared = STREAMS[stream]
        for path in sorted(self._root.glob(f"stream={stream}/*/*/*.{self.kind}")):
            account, day = (part.split("=", 1)[1] for part in path.parts[-3:-1])
            found = pq.ParquetFile(path).read().to_pylist() if self.kind == "parquet" else _lines(path, stream)
            assert found, "a day without rows has no file"
            assert {row[declared.time].date().isoformat() for row in found} == {day}
            order = [tuple(row[name] for name in declared.order) for row in found]
            assert order == sorted(order)
            for row in found:
                yield {"account": unquote(account), **row}

    def _table_rows(self, stream: str) -> list[Row]:
        if self.kind == "postgres":
            with psycopg.connect(self._dsn) as db:
                cursor = db.execute(f'SELECT * FROM "{self._schema}"."{stream}"'.encode())
                names = [column.name for column in cursor.description or ()]
                return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        if not self._root.exists():
            return []
        with duckdb.connect(str(self._root)) as db:
            if not db.execute("SELECT 1 FROM information_schema.tables WHERE table_name = ?", [stream]).fetchall():
                return []
            found: list[Row] = db.sql(f"SELECT * FROM {stream}").to_arrow_table().to_pylist()
            return found


def _lines(path: Path, stream: str) -> list[Row]:
    """The lines with their times and dates as such."""
    readers: dict[str, Callable[[str], Any]] = {}
    for field in STREAMS[stream].layout.schema:
        if pa.types.is_timestamp(field.type):
            readers[field.name] = datetime.fromisoformat
        elif pa.types.is_date(field.type):
            readers[field.name] = date.fromisoformat
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    for row in rows:
        row |= {name: read(row[name]) for name, read in readers.items() if row[name] is not None}
    return rows
