"""Rows held against the truth: every difference is found, and nothing else."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from navixy_async.cli.commands.demo.compare import Difference, compare


def table(*rows: tuple[Any, ...]) -> pa.Table:
    names = ("tracker_id", "time", "speed", "address")
    kinds = (pa.int64(), pa.timestamp("us", "UTC"), pa.int64(), pa.string())
    columns: list[list[Any]] = [list(values) for values in zip(*rows, strict=True)] if rows else [[], [], [], []]
    return pa.table([pa.array(values, kind) for values, kind in zip(columns, kinds, strict=True)], names=names)


A, B, C = (1, 10, 50, "x"), (1, 20, None, None), (2, 10, 0, "")


@pytest.mark.parametrize(
    ("truth_rows", "written_rows", "expected"),
    [
        ([], [], Difference()),
        ([A, B, C], [C, A, B], Difference(compared=3)),
        ([A, A], [A, A], Difference(compared=2)),
        ([A, B, C], [A, C], Difference(compared=3, missing=1)),
        ([A, A], [A], Difference(compared=2, missing=1)),
        ([A, B], [A, B, B, B], Difference(compared=2, doubled=2)),
        ([A, B], [A, (1, 20, 0, None)], Difference(compared=2, wrong=1)),
        ([A, B], [A, (1, 20, None, "")], Difference(compared=2, wrong=1)),
        ([A], [A, (3, 10, 1, "y")], Difference(compared=1, wrong=1)),
        ([A, B, C], [A, A, (1, 20, 7, None)], Difference(compared=3, missing=1, doubled=1, wrong=1)),
        ([], [A], Difference(wrong=1)),
        ([A], [], Difference(compared=1, missing=1)),
    ],
)
def test_every_difference_is_found(
    truth_rows: list[tuple[Any, ...]], written_rows: list[tuple[Any, ...]], expected: Difference
) -> None:
    found = compare(table(*truth_rows), table(*written_rows), ("tracker_id", "time"))
    assert (found.compared, found.missing, found.doubled, found.wrong) == (
        expected.compared,
        expected.missing,
        expected.doubled,
        expected.wrong,
    )
    assert bool(found) is bool(expected)
    assert bool(found.examples) is bool(found)


def test_further_columns_and_other_types_do_not_matter() -> None:
    written = table(A, B).append_column("more", pa.array([1, 2]))
    written = written.set_column(2, "speed", written["speed"].cast(pa.int32()))
    assert not compare(table(B, A), written, ("tracker_id", "time"))


def test_differences_add_up() -> None:
    total = sum([Difference(5, 1, 0, 0, ("a", "b")), Difference(7, 0, 2, 1, ("c", "d"))], Difference())
    assert total == Difference(12, 1, 2, 1, ("a", "b", "c"))
