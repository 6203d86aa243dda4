"""Answers to Arrow: bytes in, record batches with the right types and UTC timestamps out.

Large answers are read by Arrow, which needs no Python object per value and lets other threads run; small
ones go through Structs. What either reader refuses, or returns with doubtful values, is read once more, row by row:
`careful` and `odd` know what can be made of an odd value. So an answer has the same rows whatever its size.
``benchmarks/decode`` holds the measurements.
"""

from __future__ import annotations

import math
import os
import re
import struct
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property, partial
from itertools import pairwise
from typing import Annotated, TypeAlias, TypeVar, cast

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pa_json

from ...times import UTC, TimeRange
from ..aliases import ArrowColumn, Json, JsonObject
from . import wire
from .careful import RowReader
from .local_time import FIRST_YEAR, LAST_YEAR, localise, read_time
from .odd import OddRow, ValueReader, as_written, flag, moment, number, text, truth, whole

R = TypeVar("R", bound=msgspec.Struct)
RowsT = TypeVar("RowsT", pa.RecordBatch, pa.Table)
"""A batch or a table; the result is of the same kind."""
TIMESTAMP = pa.timestamp("us", tz="UTC")
Whole: TypeAlias = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
"""A whole number of 64 bits."""
SMALL = 128 * 1024
"""Bytes up to which Structs are quicker than setting up Arrow's reader."""
LARGE = 6_000_000
"""Bytes from which Arrow reads an answer in parts, on all cores: a little more work in much less time."""
_PART_BYTES = 1_000_000
_BETWEEN_ROWS = re.compile(rb'\}, ?\{"[A-Za-z_]')
"""Never within a text: there, the quote would end the text and could not be followed by a letter."""
_DAY_US = 86_400_000_000
_EPOCH = date(1970, 1, 1)
_MOMENT_ZERO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the member of the answer it comes from, and its Arrow type."""

    name: str
    member: str | None
    """Its path, with dots; ``None`` if the answer's rows do not hold it."""
    type: pa.DataType
    raw: bool = False
    """Whether it stays as the platform wrote it, whatever it is."""


@dataclass(frozen=True, slots=True)
class AnswerRows:
    """The rows of one answer."""

    batch: pa.RecordBatch
    """In the server's order."""
    limit_exceeded: bool = False
    odd: tuple[OddRow, ...] = ()
    """Rows that are unreadable in whole or in part."""


class Layout:
    """The columns of a stream, and the readers that fill them."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = tuple(columns)
        self.schema = pa.schema([(column.name, column.type) for column in columns])
        self._read = [column for column in columns if column.member is not None]

    @cached_property
    def _options(self) -> pa_json.ParseOptions:
        # Arrow's reader takes a time without offset for UTC; read as text, to_utc() sees the difference.
        row = [(str(c.member), pa.string() if pa.types.is_timestamp(c.type) else c.type) for c in self._read]
        answer = pa.schema([("limit_exceeded", pa.bool_()), ("list", pa.list_(pa.struct(row)))])
        return pa_json.ParseOptions(explicit_schema=answer, unexpected_field_behavior="ignore")

    @cached_property
    def _time(self) -> str:
        """The member that holds a row's time."""
        return next(str(column.member) for column in self._read if pa.types.is_timestamp(column.type))

    @cached_property
    def _reader(self) -> RowReader[msgspec.Struct]:
        return self.reader(msgspec.Struct, _TEXT_TIMES)

    def reader(
        self,
        base: type[R],
        kinds: dict[pa.DataType, tuple[object, ValueReader]] | None = None,
        is_strict: Callable[[R], bool] = lambda _: True,
        needed: Collection[str] = (),
    ) -> RowReader[R]:
        """A reader of single rows, into Structs derived from the columns.

        Args:
            base: their base, with the members that code uses by name.
            kinds: how to read columns of some types, if not as :data:`KINDS` says.
            is_strict, needed: as for :class:`RowReader`.
        """
        kinds = KINDS | (kinds or {})
        read = {str(c.member): _RAW if c.raw else kinds[c.type] for c in self._read}
        kind, make = struct_of({path: python for path, (python, _) in read.items()}, base)
        spec = {path: reader for path, (_, reader) in read.items()}
        return RowReader(kind, spec, is_strict, make=make, needed=needed)

    def read(
        self, body: bytes, operation: str, *, fixed: JsonObject | None = None, zone: tzinfo | None = None
    ) -> AnswerRows:
        """The ``list`` of an answer.

        Args:
            body: the whole answer.
            operation: path of the action, for the errors.
            fixed: values of the columns that the answer does not hold.
            zone: how to read times without offset.

        Raises:
            UnreadableAnswer: the answer is not JSON.
            DecodeFailed: it does not have the documented shape.
            NaiveTimes: it has times without offset, and `zone` is not known.
        """
        fixed = fixed or {}
        strictly = partial(self.read_strictly, fixed=fixed, zone=zone)
        return wire.read_answer(body, operation, strictly, lambda answer: self._read_carefully(answer, fixed, zone))

    def read_strictly(self, body: bytes, *, fixed: JsonObject, zone: tzinfo | None) -> AnswerRows:
        """The same for an answer whose every value is as documented; otherwise raises one of :data:`wire.REFUSALS`."""
        return (self._read_structs if len(body) <= SMALL else self._read_arrow)(body, fixed, zone)

    def _read_arrow(self, body: bytes, fixed: JsonObject, zone: tzinfo | None) -> AnswerRows:
        # The whole answer is one row of one block: no copy, and not a moment of the interpreter's lock.
        answer: bytes | pa.Buffer = body
        answers, block = 1, len(body) + 1
        mark = f"cut {os.urandom(8).hex()}"
        if len(body) >= LARGE:
            answer, answers = split_answer(body, self._time, mark)
            block = block if answers == 1 else 2 * _PART_BYTES
        table = pa_json.read_json(
            pa.BufferReader(answer),
            read_options=pa_json.ReadOptions(use_threads=answers > 1, block_size=block),
            parse_options=self._options,
            # Arrow's own pool keeps the memory of such a burst; the system's returns it.
            memory_pool=pa.system_memory_pool(),
        )
        del answer
        if table.num_rows != answers or table["list"].null_count:
            raise pa.ArrowInvalid("not one answer with a list")
        exceeded = pc.any(table["limit_exceeded"]).as_py()
        parts = [part.flatten() for part in _without_marks(table["list"].chunks, answers, self._time, mark)]
        names = [field.name for field in table["list"].type.value_type]
        del table
        arrays = {}
        for name in reversed(names):
            arrays[name] = _joined([part.pop() for part in parts])
        return AnswerRows(self._batch(arrays, len(arrays[names[0]]), fixed, zone), bool(exceeded))

    def _read_structs(self, body: bytes, fixed: JsonObject, zone: tzinfo | None) -> AnswerRows:
        answer = self._reader.decode(body)
        batch = self._batch(self._arrays(answer.list), len(answer.list), fixed, zone)
        return AnswerRows(batch, bool(answer.limit_exceeded))

    def _read_carefully(self, answer: Mapping[str, bytes], fixed: JsonObject, zone: tzinfo | None) -> AnswerRows:
        found = self._reader.read(answer.get("list"), self._time)
        found.localise(zone)
        arrays = self._arrays(found.rows) | {self._time: pa.array(found.times, TIMESTAMP)}
        batch = self._batch(arrays, len(found.rows), fixed, zone)
        return AnswerRows(batch, flag(answer.get("limit_exceeded")), found.odd(lambda _: fixed.get("tracker_id")))

    def values_of(
        self, rows: Collection[msgspec.Struct], columns: Iterable[Column] | None = None
    ) -> dict[str, list[Json]]:
        """What the Structs hold, by column; of some columns, if they are given."""
        return {column.name: _values(rows, column) for column in columns or self._read}

    def _arrays(self, rows: Sequence[msgspec.Struct]) -> dict[str, pa.Array]:
        """What the Structs hold, by member; times as they are."""
        kinds = {c.member: pa.string() if pa.types.is_timestamp(c.type) else c.type for c in self._read}
        return {str(c.member): pa.array(_values(rows, c), kinds[c.member]) for c in self._read}

    def _batch(
        self, arrays: Mapping[str, pa.Array], rows: int, fixed: JsonObject, zone: tzinfo | None
    ) -> pa.RecordBatch:
        columns = []
        for column in self.columns:
            if column.member is None:
                columns.append(pa.repeat(scalar(fixed[column.name], column.type), rows))
                continue
            array = arrays[column.member]
            if pa.types.is_timestamp(column.type) and array.type != column.type:
                array = to_utc(array, zone)
            elif pa.types.is_floating(column.type):
                refuse_infinite(array, column.member)
            columns.append(array)
        return pa.record_batch(columns, schema=self.schema)

    def from_values(self, columns: Mapping[str, Sequence[object]]) -> pa.RecordBatch:
        """A record batch from Python values, one sequence a column."""
        return pa.record_batch([pa.array(columns[c.name], c.type) for c in self.columns], schema=self.schema)

    def in_one_batch(self, rows: pa.Table) -> pa.RecordBatch:
        """The rows of a table of these columns as one record batch."""
        rows = rows.combine_chunks()
        return rows.to_batches()[0] if rows.num_rows else self.empty()

    def empty(self) -> pa.RecordBatch:
        """A record batch without rows."""
        return self.from_values({column.name: () for column in self.columns})


def split_answer(body: bytes, time: str, mark: str) -> tuple[bytes | pa.Buffer, int]:
    """The answer split into several, one per line, and their number.

    Each but the last ends with a row whose `time` is the mark. So a cut that was not between rows of the answer's list
    shows: inside a row it leaves a line that is not JSON, and in another member's list the mark is missing from ours.
    """
    cuts = []
    if body.find(b"\n") < 0:
        at = _PART_BYTES
        while at + _PART_BYTES // 2 < len(body) and (found := _BETWEEN_ROWS.search(body, at)):
            cuts.append(found.start() + 1)
            at = cuts[-1] + _PART_BYTES
    if not cuts:
        return body, 1
    end, begin = f',{{"{time}":"{mark}"}}]}}\n'.encode(), b'{"list":['
    parts = pa.allocate_buffer(len(body) + len(cuts) * (len(end) + len(begin) - 1), memory_pool=pa.system_memory_pool())
    whole_ = memoryview(body)
    with pa.FixedSizeBufferWriter(parts) as to:
        # Arrow copies without the interpreter's lock.
        at = 0
        for cut in cuts:
            to.write(whole_[at:cut])
            to.write(end + begin)
            at = cut + 1
        to.write(whole_[at:])
    return parts, len(cuts) + 1


def _without_marks(chunks: Iterable[pa.Array], answers: int, time: str, mark: str) -> Iterator[pa.Array]:
    """The rows of the answers without the marked rows, which must end all answers but the last."""
    left = answers
    for chunk in chunks:
        edges = chunk.offsets.to_pylist()
        for start, end in pairwise(edges):
            left -= 1
            if left:
                end -= 1  # noqa: PLW2901
                if end < start or chunk.values.field(time)[end].as_py() != mark:
                    raise pa.ArrowInvalid("a cut that was not between rows of the list")
            yield chunk.values.slice(start, end - start)


def _joined(arrays: list[pa.Array]) -> pa.Array:
    return arrays[0] if len(arrays) == 1 else pa.concat_arrays(arrays, memory_pool=pa.system_memory_pool())


KINDS: dict[pa.DataType, tuple[object, ValueReader]] = {
    pa.bool_(): (bool | None, truth),
    pa.int64(): (Whole | None, whole),
    pa.float64(): (float | None, number),
    pa.string(): (str | None, text),
    TIMESTAMP: (datetime | None, moment),
}
"""The Python type of a column's values, and how one is read that is not as documented."""
_TEXT_TIMES = {TIMESTAMP: KINDS[pa.string()]}
_RAW = msgspec.Raw, as_written
_NOTHING = frozenset({"", "null"})


def struct_of(kinds: Mapping[str, object], base: type[R]) -> tuple[type[R], Callable[[JsonObject], R]]:
    """A Struct with members of these types at these dotted paths, and a function that makes one from values by path."""
    members: list[tuple[str, object, object]] = []
    groups: dict[str, dict[str, object]] = {}
    for path, kind in kinds.items():
        name, _, rest = path.partition(".")
        if rest:
            groups.setdefault(name, {})[rest] = kind
        elif name not in base.__struct_fields__:
            members.append((name, kind, msgspec.Raw() if kind is msgspec.Raw else None))
    inner = {name: struct_of(group, msgspec.Struct) for name, group in groups.items()}
    members += [(name, kind | None, None) for name, (kind, _) in inner.items()]
    row = cast("type[R]", msgspec.defstruct("Row", members, bases=(base,), gc=False))

    def make(values: JsonObject) -> R:
        own = {path: value for path, value in values.items() if "." not in path}
        for name, (_, make_inner) in inner.items():
            own[name] = make_inner({path: values[f"{name}.{path}"] for path in groups[name]})
        return row(**own)

    return row, make


def _values(rows: Iterable[msgspec.Struct], column: Column) -> list[Json]:
    """A column's member of every row; ``None`` where anything on the way is missing."""
    first, *inner = str(column.member).split(".")
    values = [getattr(row, first) for row in rows]
    for name in inner:
        values = [getattr(value, name, None) for value in values]
    if column.raw:
        texts = [str(value, "utf-8") if isinstance(value, msgspec.Raw) else value for value in values]
        values = [None if text in _NOTHING else text for text in texts]
    return values


def refuse_infinite(numbers: ArrowColumn, member: str) -> None:
    """Raise ValueError if one of the numbers is NaN or infinite."""
    # One of them makes the sum NaN or infinite, too.
    if not math.isfinite(pc.sum(numbers).as_py() or 0.0):
        raise ValueError(f"{member} is not always a number")


def to_utc(texts: pa.Array, zone: tzinfo | None) -> pa.Array:
    """The platform's times as UTC timestamps; those without offset are read in `zone`.

    In an hour that happens twice, order decides: where local time goes back, the second pass began.

    Raises:
        ValueError: a row has no time, or one that cannot be read.
        NaiveTimes: there are times without offset, and no zone.
    """
    if texts.null_count:
        raise ValueError(f"{texts.null_count} rows have no time")
    try:
        times = texts.cast(TIMESTAMP)
    except pa.ArrowInvalid:
        moments = [read_time(text) for text in texts.to_pylist()]
        return pa.array(list(localise(moments, zone)), TIMESTAMP)
    edges = pc.min_max(times.cast(pa.int64())).as_py()
    if len(times) and not _EARLIEST <= edges["min"] <= edges["max"] < _LATEST:
        raise ValueError("a time is beyond the calendar")
    return times


_EARLIEST, _LATEST = (
    (datetime(year, 1, 1, tzinfo=UTC) - _MOMENT_ZERO) // timedelta(microseconds=1)
    for year in (FIRST_YEAR, LAST_YEAR + 1)
)


def scalar(value: Json, kind: pa.DataType) -> pa.Scalar:
    """`value` as a scalar. ``pa.scalar`` imports pandas, wherever it is installed: 44 MB, just where memory matters."""
    if pa.types.is_int64(kind):
        number = value
    elif kind == TIMESTAMP:
        number = (value - _MOMENT_ZERO) // timedelta(microseconds=1)
    else:
        return pa.scalar(value, kind)
    return pa.Array.from_buffers(kind, 1, [None, pa.py_buffer(struct.pack("=q", number))])[0]


def inside(times: ArrowColumn, window: TimeRange) -> ArrowColumn:
    """Which of the times lie in the half-open window."""
    start, end = scalar(window.start, TIMESTAMP), scalar(window.end, TIMESTAMP)
    mask: ArrowColumn = pc.and_(pc.greater_equal(times, start), pc.less(times, end))
    return mask


def within(batch: RowsT, time: str, window: TimeRange) -> RowsT:
    """The rows whose time lies in the half-open window."""
    mask = inside(batch.column(time), window)
    return batch if pc.all(mask, min_count=0).as_py() else batch.filter(mask)


def in_order(rows: RowsT, keys: Sequence[str]) -> RowsT:
    """Batch or table sorted by `keys`; rows with equal keys keep their order."""
    if rows.num_rows < 2 or (len(keys) == 1 and _ascends(rows.column(keys[0]))):
        return rows
    return rows.take(pc.sort_indices(rows, sort_keys=[(key, "ascending") for key in keys]))


def _ascends(column: ArrowColumn) -> bool:
    return bool(pc.all(pc.less_equal(column.slice(0, len(column) - 1), column.slice(1))).as_py())


def by_day(batch: pa.RecordBatch, time: str) -> Iterator[tuple[date, pa.RecordBatch]]:
    """The rows of each UTC day, in their order; days ascend."""
    if not batch.num_rows:
        return
    days = pc.divide(batch.column(time).cast(pa.int64()), scalar(_DAY_US, pa.int64()))
    if not _ascends(days):
        by_days = pc.sort_indices(days)
        batch, days = batch.take(by_days), days.take(by_days)
    for day, start, end in runs(days):
        yield _EPOCH + timedelta(days=day), batch.slice(start, end - start)


def runs(column: ArrowColumn) -> Iterator[tuple[Json, int, int]]:
    """The runs of equal values in a column: the value, the first row, and the row after the last one."""
    found = pc.run_end_encode(column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column)
    ends = found.run_ends.to_pylist()
    return zip(found.values.to_pylist(), [0, *ends], ends, strict=False)  # a run begins where the one before it ends
