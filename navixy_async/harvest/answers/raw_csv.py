"""The warehouse's CSV to Arrow: columns of one schema, and a JSON object a row for what devices have of their own.

Arrow reads it without a Python object per value. What it refuses is read once more as plain bytes, value by value, as
:mod:`odd` says.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, tzinfo
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from ...errors import DecodeFailed, UnreadableAnswer
from ..aliases import JsonObject
from . import wire
from .careful import ParsedRow, ParsedRows
from .layout import KINDS, TIMESTAMP, AnswerRows, Layout, refuse_infinite, scalar, to_utc
from .local_time import in_utc, read_time
from .odd import REFUSALS, Value, ValueReader

_TEXTS = frozenset({"states"})
"""Families whose values are texts, whatever they look like."""
_JSON = r"^(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)$"
_CONTROLS = '[\\x00-\\x1f"\\\\]'


class CsvReader:
    """Reads answers of one kind.

    Args:
        layout: the columns; those without a member are the tracker's id and the families.
        families: columns of JSON objects, made of all ``family.name`` that an answer has.
    """

    def __init__(self, layout: Layout, families: Sequence[str]) -> None:
        self._layout = layout
        self._families = families
        self._columns = {str(column.member): column for column in layout.columns if column.member is not None}

    def read(self, body: bytes, operation: str, *, tracker: int, time: str, zone: tzinfo | None) -> AnswerRows:
        """The rows of an answer.

        Args:
            body: the whole answer.
            operation: path of the action, for the errors.
            tracker: whose rows they are.
            time: the column that decides about a row's window; without it a row is set aside.
            zone: how to read times without offset.

        Raises:
            UnreadableAnswer: it is not CSV.
            DecodeFailed: it has no such rows.
            NaiveTimes: it has times without offset, and `zone` is not known.
        """
        member = next(name for name, column in self._columns.items() if column.name == time)
        try:
            try:
                return self._read_strictly(body, tracker, member, zone)
            except wire.REFUSALS:
                return self._read_carefully(body, tracker, member, zone)
        except wire.REFUSALS as error:
            if b"," not in body.partition(b"\n")[0]:
                raise UnreadableAnswer(f"{operation}: the answer is not CSV", operation=operation) from None
            raise DecodeFailed(f"{operation}: {error}", operation=operation) from None

    def _read_strictly(self, body: bytes, tracker: int, time: str, zone: tzinfo | None) -> AnswerRows:
        texts = pa.string()
        types = {name: texts if column.type == TIMESTAMP else column.type for name, column in self._columns.items()}
        # A quoted value is a text, even if empty; numbers of devices stay as written.
        types |= {name: texts for name in _head(body) if "." in name}
        table = _table(body, types)
        found = {name: _array(table.column(index)) for index, name in enumerate(table.column_names)}
        _require(time, found)
        for name in found.keys() & self._columns.keys():
            if self._columns[name].type == TIMESTAMP:
                found[name] = to_utc(found[name], zone)
            elif pa.types.is_floating(self._columns[name].type):
                refuse_infinite(found[name], name)
        return AnswerRows(self._batch(found, table.num_rows, tracker))

    def _batch(self, found: dict[str, pa.Array], rows: int, tracker: int) -> pa.RecordBatch:
        """The columns in the layout's order, of what an answer has by its names."""
        arrays = {"tracker_id": pa.repeat(scalar(tracker, pa.int64()), rows)}
        arrays |= {family: _family(family, found, rows) for family in self._families}
        for name, column in self._columns.items():
            arrays[column.name] = found[name] if name in found else pa.nulls(rows, column.type)
        return pa.record_batch([arrays[name] for name in self._layout.schema.names], schema=self._layout.schema)

    def _read_carefully(self, body: bytes, tracker: int, time: str, zone: tzinfo | None) -> AnswerRows:
        """Value by value; rows with more or fewer values than the header are also set aside."""
        skipped: list[tuple[int, str]] = []
        cells = _cells(body, skipped)
        _require(time, cells)
        read: dict[str, ValueReader] = {
            name: _moment if column.type == TIMESTAMP else partial(_cell, kind=column.type)
            for name, column in self._columns.items()
            if name in cells
        }
        texts = [name for name in cells if name.partition(".")[0] in self._families]
        read |= dict.fromkeys(texts, _text)
        rows = [_row(dict(zip(cells, row, strict=True)), read, time) for row in zip(*cells.values(), strict=True)]
        for index, line in sorted(skipped):
            rows.insert(index, ParsedRow(odd=(("the row", wire.shown(line)),)))
        parsed = ParsedRows(rows)
        parsed.localise(zone)
        values = {name: [row[name] for row in parsed.rows] for name in read}
        arrays = {name: pa.array(values[name], pa.string()) for name in texts}
        for name, column in self._columns.items():
            if name in values:
                found = values[name]
                if column.type == TIMESTAMP:
                    found = parsed.times if name == time else _in_utc(found, zone)
                arrays[name] = pa.array(found, column.type)
        return AnswerRows(self._batch(arrays, len(parsed.rows), tracker), odd=parsed.odd(lambda _: tracker))


def _require(name: str, found: Collection[str]) -> None:
    if name not in found:
        raise ValueError(f"the answer has no {name}")


def _table(
    body: bytes, types: dict[str, pa.DataType], skip: Callable[[pa_csv.InvalidRow], str] | None = None
) -> pa.Table:
    return pa_csv.read_csv(
        pa.BufferReader(body),
        read_options=pa_csv.ReadOptions(use_threads=False, block_size=max(len(body), 1) + 1),
        parse_options=pa_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=skip),
        convert_options=pa_csv.ConvertOptions(
            column_types=types, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
        ),
        memory_pool=pa.system_memory_pool(),
    ).combine_chunks()


def _head(body: bytes) -> list[str]:
    line = body.partition(b"\n")[0]
    found: list[str] = pa_csv.read_csv(pa.BufferReader(line + b"\n")).column_names
    return found


def _array(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks else pa.array([], column.type)


# --- families -------------------------------------------------------------------------------------------------------


def _family(family: str, columns: dict[str, pa.Array], rows: int) -> pa.Array:
    """One JSON object per row of all columns ``family.name`` with a value in it; null where none has one."""
    members = []
    for name, values in columns.items():
        group, _, member = name.partition(".")
        if group == family and member:
            written = _quoted(values) if family in _TEXTS else _as_json(values)
            members.append(pc.binary_join_element_wise(json.dumps(member, ensure_ascii=False) + ":", written, ""))
    if not members:
        return pa.nulls(rows, pa.string())
    joined = pc.binary_join_element_wise(*members, ",", null_handling="skip")
    objects = pc.binary_join_element_wise("{", joined, "}", "")
    found: pa.Array = pc.if_else(pc.equal(pc.binary_length(joined), 0), pa.scalar(None, pa.string()), objects)
    return found


def _as_json(values: pa.Array) -> pa.Array:
    """Numbers and booleans as written; everything else is a text."""
    good = pc.match_substring_regex(values, _JSON)
    if pc.all(good, min_count=0).as_py():
        return values
    mended: pa.Array = pc.if_else(good, values, _quoted(values))
    return mended


def _quoted(values: pa.Array) -> pa.Array:
    if pc.any(pc.match_substring_regex(values, _CONTROLS)).as_py():
        texts = values.to_pylist()
        return pa.array([None if text is None else json.dumps(text, ensure_ascii=False) for text in texts], pa.string())
    quoted: pa.Array = pc.binary_join_element_wise('"', values, '"', "")
    return quoted


# --- value by value -------------------------------------------------------------------------------------------------


def _cells(body: bytes, skipped: list[tuple[int, str]]) -> dict[str, list[bytes | None]]:
    """The values of each column as they were written; rows of another length are put into `skipped`, by their index."""

    def skip(row: pa_csv.InvalidRow) -> str:
        skipped.append((row.number - 2, row.text))  # Counted from 1, and the head is the first.
        return "skip"

    head, line_end, rest = body.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    names = _head(_text(head + line_end)[0].encode())
    plain = [f"c{index}" for index in range(len(names))]
    table = _table(",".join(plain).encode() + b"\n" + rest, dict.fromkeys(plain, pa.binary()), skip)
    return {name: table.column(index).to_pylist() for index, name in enumerate(names)}


def _row(cells: dict[str, bytes | None], read: dict[str, ValueReader], time: str) -> ParsedRow[JsonObject]:
    values: JsonObject = {}
    row = ParsedRow(values, values=values)
    for name, kind in read.items():
        cell, values[name] = cells[name], None
        try:
            if cell is not None:
                values[name], repaired = kind(cell)
                row.repaired += repaired
        except REFUSALS:
            row.odd += ((name, wire.shown(cell or b"")),)
    row.time = values[time]
    if row.time is None:
        row.row, row.repaired, row.odd = None, 0, row.odd or ((time, "missing"),)
    return row


def _text(cell: bytes) -> Value:
    return wire.repaired(cell.decode("utf-8", "surrogateescape"))


def _moment(cell: bytes) -> Value:
    return read_time(cell.decode()), False


def _cell(cell: bytes, kind: pa.DataType) -> Value:
    """A CSV value, whose kind the file does not say."""
    return _text(cell) if pa.types.is_string(kind) else KINDS[kind][1](json.dumps(cell.decode()).encode())


def _in_utc(times: list[datetime | None], zone: tzinfo | None) -> list[datetime | None]:
    known = iter(in_utc([time for time in times if time is not None], zone))
    return [None if time is None else next(known) for time in times]
