"""Text files instead of Parquet: lines per account and day, and paths per tracker and day or per trip.

They are made of the same parts, with the same ledger, as Parquet files, with the same guarantee: whole or absent,
each row once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import BinaryIO, TypeAlias

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from ....errors import InvalidInput
from ....files import sync
from ....times import time_text
from ...aliases import Json
from ...answers.layout import runs
from ...streams import PathFiles, Stream
from .dataset import WholeDaySink
from .geo import GEO_WRITERS, on_earth

_CHUNK = 16 * 1024
"""Rows that become Python objects at once."""
Lines: TypeAlias = Callable[[BinaryIO, pa.Schema, Iterable[pa.Table]], int]
Paths: TypeAlias = Iterator[tuple[str, str, pa.Table]]
"""Paths in a sorted table, each with its title, the name of its file, and its points."""


class LinesSink(WholeDaySink):
    """One file of lines per account and day."""

    lines: Lines

    def _write(self, account: str, day: date, tables: Iterable[pa.Table]) -> Iterator[tuple[Path, str, int]]:
        path = self._target.scratch / f"{day.isoformat()}.{self.kind}"
        with path.open("wb") as file:
            rows = type(self).lines(file, self._stream.layout.schema, tables)
        sync(path)
        if rows:
            yield path, self.files, rows
        path.unlink(missing_ok=True)


class PathSink(WholeDaySink):
    """One file per account, day and tracker, or per trip: the path that it took."""

    @classmethod
    def check(cls, stream: Stream) -> None:
        """Only points make a path."""
        if stream.path_files is None:
            raise InvalidInput(
                f"{cls.kind} files hold the points of tracks or trips (trip_points), and {stream.name} have none: use "
                "another kind"
            )

    def _write(self, account: str, day: date, tables: Iterable[pa.Table]) -> Iterator[tuple[Path, str, int]]:
        assert self._stream.path_files is not None
        cut = _PATH_FILES[self._stream.path_files]
        for table in tables:
            for title, name, points in cut(table, day):
                path = self._target.scratch / f"path.{self.kind}"
                with path.open("w", encoding="utf-8", newline="\n") as file:
                    written = GEO_WRITERS[self.kind](file, f"{account} {title}", points)
                if written != (placed := on_earth(points).num_rows):
                    raise OSError(f"{written} of {placed} points were written to {path.name}")
                sync(path)
                yield path, f"{name}.{self.kind}", points.num_rows


def _by_tracker(table: pa.Table, day: date) -> Paths:
    for tracker, points in _runs(table, "tracker_id"):
        yield f"{tracker} {day.isoformat()}", f"tracker-{tracker}", points


def _by_trip(table: pa.Table, _: date) -> Paths:
    for tracker, trips in _runs(table, "tracker_id"):
        for start, points in _runs(trips, "trip_start"):
            label = time_text(start)
            compact = label.replace("-", "").replace(":", "")
            yield f"{tracker} {label}", f"tracker-{tracker}/trip-{compact}", points


_PATH_FILES: Mapping[PathFiles, Callable[[pa.Table, date], Paths]] = {
    PathFiles.BY_DAY: _by_tracker,
    PathFiles.BY_TRIP: _by_trip,
}


def write_csv(file: BinaryIO, schema: pa.Schema, tables: Iterable[pa.Table]) -> int:
    """CSV with a header: times in ISO 8601 with ``Z``, texts in quotes, null an empty field without quotes."""
    rows = 0
    file.write(",".join(f'"{name}"' for name in schema.names).encode() + b"\n")
    for table in tables:
        csv.write_csv(_with_texts_of_times(table), file, csv.WriteOptions(include_header=False))
        rows += table.num_rows
    return rows


def write_ndjson(file: BinaryIO, schema: pa.Schema, tables: Iterable[pa.Table]) -> int:
    """One JSON object a line: times in ISO 8601 with ``Z``, null is null."""
    encoder, rows = msgspec.json.Encoder(), 0
    for table in tables:
        for batch in table.to_batches(max_chunksize=_CHUNK):
            lines = encoder.encode_lines(batch.to_pylist())
            if (written := lines.count(b"\n")) != batch.num_rows:
                raise OSError(f"{written} lines were written for {batch.num_rows} rows")
            file.write(lines)
        rows += table.num_rows
    return rows


class CsvSink(LinesSink):
    """CSV files."""

    kind = "csv"
    files = "part-0.csv"
    lines = staticmethod(write_csv)


class NdjsonSink(LinesSink):
    """NDJSON files."""

    kind = "ndjson"
    files = "part-0.ndjson"
    lines = staticmethod(write_ndjson)


class GpxSink(PathSink):
    """GPX files."""

    kind = "gpx"
    files = "**/t*-*.gpx"


class GeoJsonSink(PathSink):
    """GeoJSON files."""

    kind = "geojson"
    files = "**/t*-*.geojson"


class KmlSink(PathSink):
    """KML files."""

    kind = "kml"
    files = "**/t*-*.kml"


TEXT_SINKS: Mapping[str, type[WholeDaySink]] = {
    sink.kind: sink for sink in (CsvSink, NdjsonSink, GpxSink, GeoJsonSink, KmlSink)
}
"""By the name of the format."""


def _with_texts_of_times(table: pa.Table) -> pa.Table:
    for index, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            local = table.column(index).cast(pa.timestamp("us")).cast(pa.string())
            text = pc.replace_substring_regex(local, r"^(\S+) (\S+?)(\.000000)?$", r"\1T\2Z")
            table = table.set_column(index, field.name, text)
    return table


def _runs(table: pa.Table, column: str) -> Iterator[tuple[Json, pa.Table]]:
    """The rows of each value of a table that is sorted by the column."""
    for value, start, end in runs(table.column(column)):
        yield value, table.slice(start, end - start)
