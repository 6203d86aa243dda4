"""Answers to Arrow: bytes in, record batches with the right types and UTC timestamps out.

Large answers are read by Arrow, which needs no Python object per value and lets other threads run meanwhile. Small
ones, and those that Arrow refuses (an integer written ``5.0``), go through Structs. ``benchmarks/decode`` holds the
measurements.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pa_json

from ..errors import DecodeFailed, UnreadableAnswer
from ..times import UTC, TimeRange, from_wire
from .source import NaiveTimes

TIMESTAMP = pa.timestamp("us", tz="UTC")
SMALL = 128 * 1024
"""Bytes up to which Structs are quicker than setting up Arrow's reader."""
LARGE = 6_000_000
"""Bytes from which Arrow reads an answer in pieces, on all cores: a little more work in much less time."""
_PIECE = 1_000_000
_BETWEEN_ROWS = re.compile(rb'\}, ?\{"[A-Za-z_]')
"""Never within a text, where the quote would end it and could not be followed by a letter."""
_DAY_US = 86_400_000_000
_EPOCH = date(1970, 1, 1)
_MOMENT_ZERO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the member of the answer it comes from, and its Arrow type."""

    name: str
    member: str | None
    """``None`` if it is not in the answer's rows."""
    type: Any


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one answer."""

    batch: Any
    """pyarrow.RecordBatch, in the server's order."""
    limit_exceeded: bool = False


class Layout:
    """The columns of a stream, and the readers that fill them."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = tuple(columns)
        self.schema = pa.schema([(column.name, column.type) for column in columns])
        self._read = [column for column in columns if column.member is not None]

    @cached_property
    def _options(self) -> Any:
        # Arrow's reader takes a time without offset for UTC: as text, to_utc() can tell the difference.
        row = [(c.member, pa.string() if pa.types.is_timestamp(c.type) else c.type) for c in self._read]
        answer = pa.schema([("limit_exceeded", pa.bool_()), ("list", pa.list_(pa.struct(row)))])
        return pa_json.ParseOptions(explicit_schema=answer, unexpected_field_behavior="ignore")

    @cached_property
    def _structs(self) -> Any:
        members = [(str(column.member), _python_type(column.type), None) for column in self._read]
        row = msgspec.defstruct("Row", members, gc=False)
        answer = msgspec.defstruct("Answer", [("list", list[row]), ("limit_exceeded", bool | None, None)])  # type: ignore[valid-type]
        return msgspec.json.Decoder(answer).decode

    def read(
        self, body: bytes, operation: str, *, fixed: Mapping[str, Any] | None = None, zone: tzinfo | None = None
    ) -> Rows:
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
        try:
            if len(body) <= SMALL:
                return self._read_structs(body, fixed or {}, zone)
            try:
                return self._read_arrow(body, fixed or {}, zone)
            except pa.ArrowInvalid:
                return self._read_structs(body, fixed or {}, zone)
        except (msgspec.DecodeError, ValueError, TypeError, OverflowError) as error:
            if isinstance(error, msgspec.DecodeError) and not isinstance(error, msgspec.ValidationError):
                raise UnreadableAnswer(
                    f"{operation}: the answer is cut or not JSON ({error})", operation=operation
                ) from None
            raise DecodeFailed(f"{operation}: {error}", operation=operation) from None

    def _read_arrow(self, body: bytes, fixed: Mapping[str, Any], zone: tzinfo | None) -> Rows:
        # The whole answer is one row of one block: no copy, and not a moment of the interpreter's lock.
        answer, answers, block = body, 1, len(body) + 1
        if len(body) >= LARGE:
            answer, answers = in_pieces(body)
            block = block if answers == 1 else 2 * _PIECE
        table = pa_json.read_json(
            pa.BufferReader(answer),
            read_options=pa_json.ReadOptions(use_threads=answers > 1, block_size=block),
            parse_options=self._options,
            # Arrow's own pool keeps what such a burst took; the system's gives it back.
            memory_pool=pa.system_memory_pool(),
        )
        del answer
        if table.num_rows != answers or table["list"].null_count:
            raise pa.ArrowInvalid("not one answer with a list")
        exceeded = pc.any(table["limit_exceeded"]).as_py()
        pieces = [chunk.flatten().flatten() for chunk in table["list"].chunks]
        names = [field.name for field in table["list"].type.value_type]
        del table
        arrays = {}
        for name in reversed(names):
            arrays[name] = _joined([piece.pop() for piece in pieces])
        return self._assemble(arrays, len(arrays[names[0]]), fixed, zone, bool(exceeded))

    def _read_structs(self, body: bytes, fixed: Mapping[str, Any], zone: tzinfo | None) -> Rows:
        answer = self._structs(body)
        arrays = {}
        for column in self._read:
            member = str(column.member)
            values = [getattr(row, member) for row in answer.list]
            if pa.types.is_integer(column.type):
                values = [_whole(value, member) for value in values]
            arrays[member] = pa.array(values, pa.string() if pa.types.is_timestamp(column.type) else column.type)
        return self._assemble(arrays, len(answer.list), fixed, zone, bool(answer.limit_exceeded))

    def _assemble(
        self, arrays: Mapping[str, Any], rows: int, fixed: Mapping[str, Any], zone: tzinfo | None, limit_exceeded: bool
    ) -> Rows:
        columns = []
        for column in self.columns:
            if column.member is None:
                columns.append(pa.repeat(scalar(fixed[column.name], column.type), rows))
            elif pa.types.is_timestamp(column.type):
                columns.append(to_utc(arrays[column.member], zone))
            else:
                columns.append(arrays[column.member])
        return Rows(pa.record_batch(columns, schema=self.schema), limit_exceeded)

    def from_values(self, columns: Mapping[str, Sequence[Any]]) -> Any:
        """A record batch from Python values, one sequence a column."""
        return pa.record_batch([pa.array(columns[c.name], c.type) for c in self.columns], schema=self.schema)

    def empty(self) -> Any:
        """A record batch without rows."""
        return self.from_values({column.name: () for column in self.columns})


def in_pieces(body: bytes) -> tuple[Any, int]:
    """The answer as several with some of its rows each, a line an answer, and how many they are.

    A cut at the wrong place, between objects inside a row, leaves lines that are no JSON: whoever reads them finds out.
    """
    cuts = []
    if body.find(b"\n") < 0:
        at = _PIECE
        while at + _PIECE // 2 < len(body) and (found := _BETWEEN_ROWS.search(body, at)):
            cuts.append(found.start() + 1)
            at = cuts[-1] + _PIECE
    if not cuts:
        return body, 1
    end, begin = b"]}\n", b'{"list":['
    pieces = pa.allocate_buffer(
        len(body) + len(cuts) * (len(end) + len(begin) - 1), memory_pool=pa.system_memory_pool()
    )
    whole = memoryview(body)
    with pa.FixedSizeBufferWriter(pieces) as to:
        # Arrow copies without the interpreter's lock.
        at = 0
        for cut in cuts:
            to.write(whole[at:cut])
            to.write(end + begin)
            at = cut + 1
        to.write(whole[at:])
    return pieces, len(cuts) + 1


def _joined(arrays: list[Any]) -> Any:
    return arrays[0] if len(arrays) == 1 else pa.concat_arrays(arrays, memory_pool=pa.system_memory_pool())


def _python_type(kind: Any) -> Any:
    if pa.types.is_boolean(kind):
        return bool | None
    if pa.types.is_integer(kind):
        return int | float | None
    if pa.types.is_floating(kind):
        return float | None
    return str | None


def _whole(value: float | None, member: str) -> int | None:
    if value is None or isinstance(value, int):
        return value
    if not value.is_integer():
        raise ValueError(f"{member} should be a whole number, not {value}")
    return int(value)


def to_utc(texts: Any, zone: tzinfo | None) -> Any:
    """The platform's times as UTC timestamps; those without offset are read in `zone`.

    An hour that happens twice is told apart by order: where the local time goes back, the second one began.
    """
    if texts.null_count:
        raise ValueError(f"{texts.null_count} rows have no time")
    try:
        return texts.cast(TIMESTAMP)
    except pa.ArrowInvalid:
        pass
    values = texts.to_pylist()
    moments = [datetime.fromisoformat(text) for text in values]
    if all(moment.tzinfo is not None for moment in moments):
        return pa.array([from_wire(text) for text in values], TIMESTAMP)
    if zone is None:
        raise NaiveTimes
    return pa.array(list(localise(moments, zone)), TIMESTAMP)


def localise(moments: Iterable[datetime], zone: tzinfo) -> Iterator[datetime]:
    """Naive times of one ascending list in `zone`, as UTC; aware ones pass through."""
    before: datetime | None = None
    fold = 0
    for moment in moments:
        if moment.tzinfo is not None:
            yield moment.astimezone(UTC)
            continue
        first, second = moment.replace(tzinfo=zone, fold=0), moment.replace(tzinfo=zone, fold=1)
        if first.utcoffset() == second.utcoffset():
            fold = 0
        elif before is not None and moment < before:
            fold = 1
        before = moment
        yield (second if fold else first).astimezone(UTC)


def happens_twice(moment: datetime, zone: tzinfo) -> bool:
    """Whether a naive time is one of an hour that the zone's clock shows twice."""
    if moment.tzinfo is not None:
        return False
    first, second = (moment.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta(0) for fold in (0, 1))
    return first > second


def scalar(value: Any, kind: Any) -> Any:
    """`value` as a scalar. ``pa.scalar`` imports pandas, wherever it is installed: 44 MB, just where memory counts."""
    if pa.types.is_int64(kind):
        number = value
    elif kind == TIMESTAMP:
        number = (value - _MOMENT_ZERO) // timedelta(microseconds=1)
    else:
        return pa.scalar(value, kind)
    return pa.Array.from_buffers(kind, 1, [None, pa.py_buffer(struct.pack("=q", number))])[0]


def inside(times: Any, window: TimeRange) -> Any:
    """Which of the times lie in the half-open window."""
    start, end = scalar(window.start, TIMESTAMP), scalar(window.end, TIMESTAMP)
    return pc.and_(pc.greater_equal(times, start), pc.less(times, end))


def within(batch: Any, time: str, window: TimeRange) -> Any:
    """The rows whose time lies in the half-open window."""
    mask = inside(batch.column(time), window)
    return batch if pc.all(mask, min_count=0).as_py() else batch.filter(mask)


def in_order(rows: Any, keys: Sequence[str]) -> Any:
    """Batch or table sorted by `keys`; rows with equal keys keep their order."""
    if rows.num_rows < 2 or (len(keys) == 1 and _ascends(rows.column(keys[0]))):
        return rows
    return rows.take(pc.sort_indices(rows, sort_keys=[(key, "ascending") for key in keys]))


def _ascends(column: Any) -> bool:
    return bool(pc.all(pc.less_equal(column.slice(0, len(column) - 1), column.slice(1))).as_py())


def by_day(batch: Any, time: str) -> Iterator[tuple[date, Any]]:
    """The rows of each UTC day, in their order; days ascend."""
    if not batch.num_rows:
        return
    days = pc.divide(batch.column(time).cast(pa.int64()), scalar(_DAY_US, pa.int64()))
    if not _ascends(days):
        by_days = pc.sort_indices(days)
        batch, days = batch.take(by_days), days.take(by_days)
    runs = pc.run_end_encode(days)
    start = 0
    for day, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
        yield _EPOCH + timedelta(days=day), batch.slice(start, end - start)
        start = end
