"""Names for types that occur all over a harvest. Every `Any` of this room stands here, with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import pyarrow as pa

    from ..times import TimeRange

ArrowColumn: TypeAlias = "pa.Array | pa.ChunkedArray"
"""The column of a batch or of a table."""
ItemGap: TypeAlias = "tuple[tuple[int, ...], TimeRange, str]"
"""Trackers, range and reason of rows that exist but cannot be read."""
Json: TypeAlias = Any
"""A decoded JSON value: nothing is known about it until it is checked."""
JsonObject: TypeAlias = dict[str, Json]
SqlRow: TypeAlias = tuple[Any, ...]
"""A row from a database, to be unpacked: the statement says what is in it, and no type checker reads that."""
Keywords: TypeAlias = dict[str, Any]
"""Keyword arguments that are handed on to a library."""
