"""The outputs of a dry run as an Arrow table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

import msgspec

from ...errors import InvalidInput
from .effects import Effect

if TYPE_CHECKING:
    import pyarrow as pa

_OWN = ("message", "source_id", "node_id", "destination")


def outputs_to_arrow(effects: Iterable[tuple[int, Mapping[str, object], Effect]]) -> pa.Table:
    """One row for each output of each message; a column for every field, of texts where its types are mixed.

    Columns: message (its number, from 0), source_id, node_id, destination, and the fields in the order in which they
    first occur. A field that has the name of one of these is called ``field_…``. Raises InvalidInput without pyarrow.
    """
    try:
        arrow: Any = import_module("pyarrow")
    except ImportError:
        raise InvalidInput("A table needs pyarrow: install it with pip install 'navixy-async[arrow]'") from None
    columns: dict[str, list[object]] = {name: [] for name in _OWN}
    count = 0
    for number, message, effect in effects:
        if effect.kind != "output" or not isinstance(effect.content, Mapping):
            continue
        row = dict(zip(_OWN, (number, message.get("source_id"), effect.node_id, effect.target), strict=True))
        row |= {f"field_{name}" if name in _OWN else str(name): value for name, value in effect.content.items()}
        for name, value in row.items():
            column = columns.setdefault(name, [])
            column.extend([None] * (count - len(column)))
            column.append(value)
        count += 1
    for column in columns.values():
        column.extend([None] * (count - len(column)))
    table: pa.Table = arrow.table({name: _array(arrow, column) for name, column in columns.items()})
    return table


def _array(arrow: Any, values: list[object]) -> object:
    try:
        return arrow.array(values)
    except (arrow.ArrowException, OverflowError, TypeError, ValueError):
        texts = [value if isinstance(value, str | None) else _text(value) for value in values]
        return arrow.array([None if text is None else text.encode("utf-8", "replace").decode() for text in texts])


def _text(value: object) -> str:
    try:
        return msgspec.json.encode(value, enc_hook=str).decode()
    except (TypeError, ValueError, OverflowError):
        return str(value)
