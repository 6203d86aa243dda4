"""Rows on their way: small, durable Arrow files, and the one sorted Parquet file that an account and day become."""

from __future__ import annotations

import hashlib
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ....files import sync
from ...answers.layout import in_order
from ...state.ledger import Part, Slice
from .directory import DatasetDirectory

ROW_GROUP = 64 * 1024
"""Rows per row group of a Parquet file."""
_OPEN_PARTS = 96
_BLOCK = 1024 * 1024
_LEVEL = 3
_UNIQUE = ("time", "id", "message", "extra")
_ROUND = ("alt", "speed", "heading", "precision")
"""Numbers that repeat, although they may have a fraction."""


class PartFiles:
    """Part files: every record batch in them is one :class:`Slice`."""

    def __init__(self, target: DatasetDirectory, schema: pa.Schema) -> None:
        self._target = target
        self._schema = schema
        self._open: OrderedDict[int, tuple[pa.OSFile, pa.ipc.RecordBatchFileReader]] = OrderedDict()

    def write(self, number: int, batches: Iterable[pa.RecordBatch]) -> Part:
        """Write a part, through to the disk."""
        path = self._target.part(number)
        # Not compressed: parts live for minutes, and compressing rows twice costs more than it saves.
        with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, self._schema) as writer:
            for batch in batches:
                writer.write_batch(batch)
        sync(path)
        sync(path.parent)
        return Part(number, path.stat().st_size, checksum(path))

    def read(self, slice_: Slice) -> pa.RecordBatch:
        """The rows of a slice."""
        entry = self._open.pop(slice_.part, None)
        if entry is None:
            file = pa.OSFile(str(self._target.part(slice_.part)), "rb")
            entry = file, pa.ipc.open_file(file)
        self._open[slice_.part] = entry
        if len(self._open) > _OPEN_PARTS:
            self._open.popitem(last=False)[1][0].close()
        rows = entry[1].get_batch(slice_.position)
        if rows.num_rows != slice_.rows:
            raise OSError(
                f"part {slice_.part} has {rows.num_rows} rows where {slice_.rows} were written: it was changed"
            )
        return rows

    def close(self) -> None:
        """Close every part."""
        while self._open:
            self._open.popitem()[1][0].close()


def write_day(path: Path, schema: pa.Schema, tables: Iterable[pa.Table]) -> int:
    """Write the rows of one account and day as one Parquet file; no more than a few tables in memory.

    The bytes depend on the rows alone, not on how they were divided into tables.

    Args:
        path: the file to write.
        schema: of the rows.
        tables: the rows, sorted.

    Returns:
        How many rows there are.
    """
    rows = 0
    # A dictionary for a column that hardly repeats only costs time and space.
    repeating = [
        field.name
        for field in schema
        if field.name in _ROUND or not (pa.types.is_floating(field.type) or field.name in _UNIQUE)
    ]
    with pq.ParquetWriter(
        str(path), schema, version="2.6", use_dictionary=repeating, compression="zstd", compression_level=_LEVEL
    ) as writer:
        for group in _row_groups(tables):
            writer.write_table(group, row_group_size=ROW_GROUP)
            rows += group.num_rows
    sync(path)
    # Otherwise the pool keeps two or three times its peak.
    pa.default_memory_pool().release_unused()
    return rows


def sorted_tables(slices: Sequence[Slice], parts: PartFiles, order: Sequence[str]) -> Iterator[pa.Table]:
    """The rows of an account and day, sorted, a few trackers at a time; no tracker is in two tables.

    Args:
        slices: where the rows are, sorted by tracker.
        parts: reads them.
        order: columns to sort by; rows equal in them keep the order that they have within their slice.
    """
    for group in neighbours(slices):
        yield sort_group(pa.Table.from_batches([parts.read(slice_) for slice_ in group]), group, order)


class TrackerRange(Protocol):
    """Rows of a few trackers."""

    @property
    def first_tracker(self) -> int: ...
    @property
    def last_tracker(self) -> int: ...


P = TypeVar("P", bound=TrackerRange)


def neighbours(slices: Iterable[P]) -> Iterator[list[P]]:
    """Slices, sorted by their first tracker, in groups without a tracker in common."""
    group: list[P] = []
    last = 0
    for slice_ in slices:
        if group and slice_.first_tracker > last:
            yield group
            group = []
        last = max(last, slice_.last_tracker) if group else slice_.last_tracker
        group.append(slice_)
    if group:
        yield group


def sort_group(rows: pa.Table, group: Sequence[TrackerRange], order: Sequence[str]) -> pa.Table:
    """The rows of such a group, sorted; those of a single tracker need no sorting by it."""
    one_tracker = group[0].first_tracker == group[-1].last_tracker
    return in_order(rows, [name for name in order if not (one_tracker and name == "tracker_id")])


def _row_groups(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The same rows in contiguous tables of equal size, except for the last."""
    held: list[pa.Table] = []
    count = 0
    for table in tables:
        held.append(table)
        count += table.num_rows
        while count >= ROW_GROUP:
            # Contiguous: the ends of chunks must not show in the file's pages.
            whole = pa.concat_tables(held).combine_chunks()
            yield whole.slice(0, ROW_GROUP)
            held = [whole.slice(ROW_GROUP)]
            count -= ROW_GROUP
    if count:
        yield pa.concat_tables(held).combine_chunks()


def checksum(path: Path) -> int:
    """A checksum that detects a damaged part: ten times as fast as a digest, and nobody forges parts.

    Arrow sums each block as 64-bit numbers; the CRC is taken of the sums, in order.
    """
    found, block = 0, bytearray(_BLOCK)
    with path.open("rb", buffering=0) as file:
        # Read, not mapped: with a mapping, a failing disk would end the process.
        while size := file.readinto(block):
            numbers = pa.Array.from_buffers(pa.uint64(), size // 8, [None, pa.py_buffer(block)])
            total = pc.sum(numbers, min_count=0).as_py()
            found = zlib.crc32(block[size - size % 8 : size], zlib.crc32(total.to_bytes(8, "little"), found))
    return found


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
