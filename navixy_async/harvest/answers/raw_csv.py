"""The warehouse's CSV to Arrow: columns of one schema, and a JSON object a row for what devices have of their own.

Arrow reads it without a Python object per value. What it refuses is read once more as plain bytes, value by value, as
:mod:`odd` says.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from ...errors import DecodeFailed, UnreadableAnswer
from ..aliases import Json
from . import wire
from .layout import AnswerRows, Column, Layout, kind_of, refuse_infinite, scalar, to_utc
from .local_time import in_utc, read_time
from .odd import OddRow, Value, second_of, stretches

_PATH = "tracker/raw_data/read"
_TEXTS = frozenset({"states"})
"""Families whose values are texts, whatever they look like."""
_JSON = r"^(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)$"
_CONTROLS = '[\\x00-\\x1f"\\\\]'


def read(
    body: bytes, layout: Layout, families: Sequence[str], *, tracker: int, time: str, zone: tzinfo | None
) -> AnswerRows:
    """The rows of an answer.

    Args:
        body: the whole answer.
        layout: the columns; those without a member are the tracker's id and the families.
        families: columns of JSON objects, made of all ``family.name`` that the answer has.
        tracker: whose rows they are.
        time: the column that decides about a row's window; without it a row is set aside.
        zone: how to read times without offset.

    Raises:
        UnreadableAnswer: it is not CSV.
        DecodeFailed: it has no such rows.
        NaiveTimes: it has times without offset, and `zone` is not known.
    """
    try:
        try:
            return AnswerRows(_read_strictly(body, layout, families, tracker=tracker, time=time, zone=zone))
        except wire.REFUSALS:
            return _Careful(body, layout, families, tracker, time).read(zone)
    except wire.REFUSALS as error:
        if b"," not in body.partition(b"\n")[0]:
            raise UnreadableAnswer(f"{_PATH}: the answer is no CSV", operation=_PATH) from None
        raise DecodeFailed(f"{_PATH}: {error}", operation=_PATH) from None


def _read_strictly(
    body: bytes, layout: Layout, families: Sequence[str], *, tracker: int, time: str, zone: tzinfo | None
) -> pa.RecordBatch:
    texts = pa.string()
    columns = [column for column in layout.columns if column.member is not None]
    types = {str(column.member): texts if pa.types.is_timestamp(column.type) else column.type for column in columns}
    # A quoted value is a text, even if empty; numbers of devices stay as written.
    types |= {name: texts for name in _head(body) if "." in name}
    table = _table(body, types)
    found = {name: _array(table.column(index)) for index, name in enumerate(table.column_names)}
    arrays: dict[str, pa.Array] = {}
    for column in columns:
        member = str(column.member)
        if member not in found:
            if column.name == time:
                raise ValueError(f"the answer has no {member}")
            arrays[column.name] = pa.nulls(table.num_rows, column.type)
        elif pa.types.is_timestamp(column.type):
            arrays[column.name] = to_utc(found[member], zone)
        else:
            arrays[column.name] = found[member]
            if pa.types.is_floating(column.type):
                refuse_infinite(found[member], member)
    return _batch(layout, families, arrays, found, table.num_rows, tracker=tracker)


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


def _batch(
    layout: Layout,
    families: Sequence[str],
    arrays: dict[str, pa.Array],
    found: dict[str, pa.Array],
    rows: int,
    *,
    tracker: int,
) -> pa.RecordBatch:
    own = {family: _family(family, found, rows) for family in families}
    fixed = {"tracker_id": pa.repeat(scalar(tracker, pa.int64()), rows)}
    columns = arrays | own | fixed
    return pa.record_batch([columns[column.name] for column in layout.columns], schema=layout.schema)


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


# --- what is odd ----------------------------------------------------------------------------------------------------


class _Careful:
    """Reads an answer value by value.

    Args:
        body: the answer.
        layout: the columns.
        families: those of them that are made of several.
        tracker: whose rows they are.
        time: the column that decides about a row's window.
    """

    def __init__(self, body: bytes, layout: Layout, families: Sequence[str], tracker: int, time: str) -> None:
        self._layout = layout
        self._families = families
        self._tracker = tracker
        self._time = time
        self._skipped: list[tuple[int, str]] = []
        """Rows with more or fewer values than the header, by their index among all rows."""
        body = body.removeprefix(b"\xef\xbb\xbf")
        end = body.find(b"\n")
        head = body if end < 0 else body[: end + 1]
        self._names = _head(wire.repaired(head.decode("utf-8", "surrogateescape"))[0].encode())
        plain = [f"c{index}" for index in range(len(self._names))]
        table = _table(
            ",".join(plain).encode() + b"\n" + (b"" if end < 0 else body[end + 1 :]),
            dict.fromkeys(plain, pa.binary()),
            self._skip,
        )
        self._cells = {name: _array(table.column(index)) for index, name in enumerate(self._names)}
        self._rows = table.num_rows
        self._odd: list[list[tuple[str, str]]] = [[] for _ in range(self._rows)]
        self._repaired = [0] * self._rows

    def _skip(self, row: pa_csv.InvalidRow) -> str:
        self._skipped.append((row.number - 2, row.text))  # Counted from 1, and the head is the first.
        return "skip"

    def read(self, zone: tzinfo | None) -> AnswerRows:
        """The rows, and the odd ones among them."""
        columns = [column for column in self._layout.columns if column.member is not None]
        if self._member(self._time) not in self._cells:
            raise ValueError(f"the answer has no {self._member(self._time)}")
        values = {column.name: self._column(column) for column in columns}
        times = self._in_utc(values[self._time], zone)
        kept = [index for index, time in enumerate(times) if time is not None]
        arrays: dict[str, pa.Array] = {}
        for column in columns:
            found = values[column.name]
            if pa.types.is_timestamp(column.type):
                found = times if column.name == self._time else self._in_utc(found, zone)
            arrays[column.name] = pa.array([found[index] for index in kept], column.type)
        texts = {name: self._texts(name) for name in self._cells if name.partition(".")[0] in self._families}
        own = {name: pa.array([column[index] for index in kept], pa.string()) for name, column in texts.items()}
        batch = _batch(self._layout, self._families, arrays, own, len(kept), tracker=self._tracker)
        return AnswerRows(batch, odd=tuple(self._odd_rows(times)))

    def _member(self, name: str) -> str:
        return next(str(column.member) for column in self._layout.columns if column.name == name)

    def _column(self, column: Column) -> list[Json]:
        """The values of a column; times as written."""
        member = str(column.member)
        if member not in self._cells:
            return [None] * self._rows
        kind = read_time if pa.types.is_timestamp(column.type) else None
        found: list[Json] = []
        for index, cell in enumerate(self._cells[member].to_pylist()):
            value = None
            try:
                if cell is not None and kind is not None:
                    value = kind(cell.decode())
                elif cell is not None:
                    value, repaired = _cell(cell, column.type)
                    self._repaired[index] += repaired
            except (*wire.REFUSALS, LookupError):
                self._odd[index].append((member, wire.shown(cell)))
            found.append(value)
        return found

    def _texts(self, name: str) -> list[str | None]:
        found: list[str | None] = []
        for index, cell in enumerate(self._cells[name].to_pylist()):
            value, repaired = (None, False) if cell is None else wire.repaired(cell.decode("utf-8", "surrogateescape"))
            self._repaired[index] += repaired
            found.append(value)
        return found

    def _in_utc(self, times: list[datetime | None], zone: tzinfo | None) -> list[datetime | None]:
        known = iter(in_utc([time for time in times if time is not None], zone))
        return [None if time is None else next(known) for time in times]

    def _odd_rows(self, times: list[datetime | None]) -> list[OddRow]:
        """The odd rows; those without a time are located between their neighbours."""
        missing = self._member(self._time), "missing"
        rows: list[tuple[datetime | None, list[tuple[str, str]], int]] = []
        skipped = iter(sorted(self._skipped))
        following = next(skipped, None)
        for time, odd, repaired in zip(times, self._odd, self._repaired, strict=True):
            while following is not None and following[0] <= len(rows):
                rows.append((None, [("the row", wire.shown(following[1]))], 0))
                following = next(skipped, None)
            rows.append((time, odd, repaired))
        rest = [] if following is None else [following, *skipped]
        rows += [(None, [("the row", wire.shown(text))], 0) for _, text in rest]
        lost = stretches([time for time, _, _ in rows])
        found: list[OddRow] = []
        for index, (time, odd, repaired) in enumerate(rows):
            if time is None:
                found.append(OddRow(lost[index], self._tracker, tuple(odd) or (missing,), aside=True))
            elif odd or repaired:
                found.append(OddRow(second_of(time), self._tracker, tuple(odd), repaired=repaired))
        return found


def _cell(cell: bytes, kind: pa.DataType) -> Value:
    """A value of CSV, which does not say of what kind it is."""
    if pa.types.is_string(kind):
        return wire.repaired(cell.decode("utf-8", "surrogateescape"))
    return kind_of(kind)(json.dumps(cell.decode()).encode())
