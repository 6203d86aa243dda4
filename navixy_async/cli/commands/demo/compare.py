"""A comparison of two tables, row by row: what is missing, duplicated, or wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """How a harvest differs from the truth, in rows."""

    compared: int = 0
    """Rows of the truth."""
    missing: int = 0
    """Rows of the truth that were not written at all."""
    doubled: int = 0
    """Rows written more often than they occur in the truth."""
    wrong: int = 0
    """Rows written that are not in the truth: they differ in some column, or have no counterpart at all."""
    examples: tuple[str, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.missing or self.doubled or self.wrong)

    def __add__(self, other: Difference) -> Difference:
        return Difference(
            self.compared + other.compared,
            self.missing + other.missing,
            self.doubled + other.doubled,
            self.wrong + other.wrong,
            (self.examples + other.examples)[:_SHOWN],
        )


def compare(truth: pa.Table, written: pa.Table, key: Sequence[str]) -> Difference:
    """Compare the table `written` with `truth`: every column of the truth, as multisets of rows.

    Args:
        truth: what must be there.
        written: what is there; it may have further columns, and another order.
        key: columns that identify a row; a row with a true key and other values counts as wrong, and not also as
            missing.
    """
    names = truth.column_names
    both = pa.concat_tables(
        [_marked(truth, 1, 0), _marked(written.select(names).cast(truth.schema), 0, 1)]
    ).combine_chunks()
    counted = both.group_by(names, use_threads=True).aggregate([("true", "sum"), ("found", "sum")])
    odd = counted.filter(pc.not_equal(counted["true_sum"], counted["found_sum"]))
    if odd.num_rows == 0:
        return Difference(truth.num_rows)
    missing: dict[tuple[object, ...], int] = {}
    strange: dict[tuple[object, ...], int] = {}
    doubled = 0
    examples: list[str] = []
    for row in odd.to_pylist():
        true, found = row.pop("true_sum"), row.pop("found_sum")
        name = tuple(row[column] for column in key)
        if found < true:
            missing[name] = missing.get(name, 0) + true - found
        elif true:
            doubled += found - true
        else:
            strange[name] = strange.get(name, 0) + found
        if len(examples) < _SHOWN:
            examples.append(f"expected {true} times, found {found} times: {row}")
    changed = sum(min(count, missing.get(name, 0)) for name, count in strange.items())
    return Difference(truth.num_rows, sum(missing.values()) - changed, doubled, sum(strange.values()), tuple(examples))


def _marked(table: pa.Table, true: int, found: int) -> pa.Table:
    for name, value in (("true", true), ("found", found)):
        table = table.append_column(name, pa.repeat(pa.scalar(value, pa.int64()), table.num_rows))
    return table
