"""What a file of a harvest contains: each kind is opened with a reader of its own and read to its end."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias
from xml.etree import ElementTree

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import csv

from ...times import utc_day
from ..aliases import ArrowColumn, JsonObject
from ..answers.layout import inside
from ..streams import Stream

_LEFT_OUT = re.compile(r"left out: (\d+)$")
_UNREADABLE = (OSError, pa.ArrowException, ElementTree.ParseError, msgspec.MsgspecError, ValueError, LookupError)
"""What readers raise for a file of another kind."""


class Faulty(ValueError):
    """A file can be read, but does not contain what it should."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file should hold.

    Attributes:
        stream: what its rows are.
        day: the UTC day of its rows, if it is known.
        trackers: whose rows they may be, if that is known.
    """

    stream: Stream
    day: date | None = None
    trackers: Collection[int] | None = None


def count_rows(path: Path, expected: Expected) -> int:
    """How many rows a file holds, including those that a path file leaves out and counts.

    Raises:
        Faulty: it cannot be read to its end, or holds rows that belong elsewhere, or in another order.
        FileNotFoundError: it is not there.
    """
    reader = _READERS.get(path.suffix)
    if reader is None:
        raise Faulty(f"files of type {path.suffix or path.name} are not known")
    try:
        return reader(path, expected)
    except (FileNotFoundError, Faulty):
        raise
    except _UNREADABLE as error:
        raise Faulty(f"it cannot be read: {str(error).partition(chr(10))[0]}") from None


def _parquet(path: Path, expected: Expected) -> int:
    rows, last = 0, None
    with pq.ParquetFile(str(path), pre_buffer=False) as file:
        _check_columns(file.schema_arrow, expected.stream.layout.schema)
        for group in range(file.num_row_groups):
            table = file.read_row_group(group, use_threads=False)
            table.validate(full=True)  # texts that are not UTF-8, among other things
            _check_rows(table, expected)
            keys = table.select(list(expected.stream.order))
            _check_order(keys if last is None else pa.concat_tables([last, keys]))
            last = keys.slice(max(keys.num_rows - 1, 0))
            rows += table.num_rows
    return rows


def _check_columns(found: pa.Schema, wanted: pa.Schema) -> None:
    """A file of an earlier version may have fewer columns and narrower numbers, but no other names or kinds."""
    for field in found:
        index = wanted.get_field_index(field.name)
        if index < 0 or not _holds(wanted.field(index).type, field.type):
            raise Faulty(f"its column {field.name} ({field.type}) does not belong to the stream")


def _holds(wide: pa.DataType, narrow: pa.DataType) -> bool:
    return bool(wide == narrow or (narrow == pa.int32() and wide in (pa.int64(), pa.float64())))


def _check_rows(table: pa.Table, expected: Expected) -> None:
    if expected.day is not None and table.num_rows:
        within = inside(table.column(expected.stream.time), utc_day(expected.day))
        if not pc.all(pc.fill_null(within, False)).as_py():
            raise Faulty(f"it holds rows of other days than {expected.day}")
    if expected.trackers is not None:
        strange = set(pc.unique(table.column("tracker_id")).to_pylist()) - set(expected.trackers)
        if strange:
            raise Faulty(f"it holds rows of tracker {min(strange)}, which is not part of the harvest")


def _check_order(keys: pa.Table) -> None:
    rows = keys.num_rows - 1
    if rows < 1:
        return
    wrong, equal = pa.scalar(False), pa.scalar(True)
    for column in keys.columns:
        first, second = column.slice(0, rows), column.slice(1)
        wrong = pc.or_(wrong, pc.and_(equal, pc.fill_null(pc.greater(first, second), False)))
        equal = pc.and_(equal, pc.fill_null(pc.equal(first, second), False))
    if pc.any(wrong).as_py():
        raise Faulty("its rows are out of order")


def _csv(path: Path, expected: Expected) -> int:
    names = expected.stream.layout.schema.names
    rows = 0
    options = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
    parsing = csv.ParseOptions(newlines_in_values=True)
    with csv.open_csv(path, parse_options=parsing, convert_options=options) as reader:
        if set(reader.schema.names) - set(names):
            raise Faulty("its header names columns that do not belong to the stream")
        for batch in reader:
            _check_days(batch.column(batch.schema.get_field_index(expected.stream.time)), expected)
            rows += batch.num_rows
    return rows


def _ndjson(path: Path, expected: Expected) -> int:
    decoder, rows = msgspec.json.Decoder(JsonObject), 0
    names = set(expected.stream.layout.schema.names)
    day = None if expected.day is None else expected.day.isoformat()
    with path.open("rb") as file:
        for line in file:
            row = decoder.decode(line)
            if row.keys() - names:
                raise Faulty(f"line {rows + 1} has members that do not belong to the stream")
            if day is not None and not str(row[expected.stream.time]).startswith(day):
                raise Faulty(f"it holds rows of other days than {day}")
            rows += 1
    return rows


def _check_days(times: ArrowColumn, expected: Expected) -> None:
    if expected.day is not None and not pc.all(pc.starts_with(times, expected.day.isoformat()), min_count=0).as_py():
        raise Faulty(f"it holds rows of other days than {expected.day}")


def _points_of(element: str) -> Callable[[Path, Expected], int]:
    """Counts the elements of that name in XML."""

    def count(path: Path, expected: Expected) -> int:
        del expected
        rows = 0
        for name, text in _elements(path):
            if name == element:
                rows += 1
            elif name in ("desc", "description") and (stated := _LEFT_OUT.search(text)):
                rows += int(stated[1])
        return rows

    return count


def _elements(path: Path) -> Iterator[tuple[str, str]]:
    parents: list[ElementTree.Element] = []
    for event, element in ElementTree.iterparse(path, ("start", "end")):
        if event == "start":
            parents.append(element)
            continue
        parents.pop()
        yield element.tag.rpartition("}")[2], element.text or ""
        if parents:
            parents[-1].remove(element)


def _geojson(path: Path, expected: Expected) -> int:
    del expected
    (feature,) = msgspec.json.decode(path.read_bytes())["features"]
    stated, geometry = feature["properties"], feature["geometry"]
    positions = [] if geometry is None else geometry["coordinates"]
    count = 1 if geometry is not None and geometry["type"] == "Point" else len(positions)
    if len(stated["times"]) != count or len(stated["speeds"]) != count:
        raise Faulty("it has different numbers of times and positions")
    return int(count + stated["without_coordinates"])


FileReader: TypeAlias = Callable[[Path, Expected], int]
_READERS: Mapping[str, FileReader] = {
    ".parquet": _parquet,
    ".csv": _csv,
    ".ndjson": _ndjson,
    ".geojson": _geojson,
    ".gpx": _points_of("trkpt"),
    ".kml": _points_of("coord"),
}
