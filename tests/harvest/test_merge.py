"""Rows of one day merged in order, however they came."""

from __future__ import annotations

import tempfile
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from navixy_async.harvest.answers.layout import TIMESTAMP
from navixy_async.harvest.sinks.files import part_files
from navixy_async.harvest.sinks.files.part_files import neighbours
from navixy_async.harvest.state.ledger import Slice

from ..support.harvest.model import sec
from .test_parquet import START


@given(st.lists(st.integers(1, 60_000) | st.integers(1, 60).map(lambda trackers: trackers * 997), max_size=12))
@example([997] * 150)
@example([5_000] * 30)
@settings(max_examples=8, deadline=None)
def test_the_bytes_of_a_large_file_do_not_tell_in_which_pieces_its_rows_came(cuts: list[int]) -> None:
    rows = 200_000
    moments = pa.array(range(sec("03-16 00:00:00") * 10**6, sec("03-16 00:00:00") * 10**6 + rows), TIMESTAMP)
    notes = [None if note % 7 == 0 else f"{note * 7919} Dock Road" for note in range(rows)]
    trackers = [row // 997 for row in range(rows)]
    table = pa.table({"tracker_id": pa.array(trackers, pa.int64()), "time": moments, "address": notes})
    ends = [*(end for end in accumulate(cuts) if end < rows), rows]

    class Pieces:
        def __init__(self, ends: list[int]) -> None:
            self.starts = [0, *ends]

        def read(self, place: Slice) -> Any:
            return table.slice(self.starts[place.position], place.rows).combine_chunks().to_batches()[0]

    def bytes_of(ends: list[int]) -> bytes:
        slices = [
            Slice("one", START.date(), trackers[start], trackers[end - 1], 1, number, end - start, number)
            for number, (start, end) in enumerate(pairwise([0, *ends]))
        ]
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory) / "day.parquet"
            pieces: Any = Pieces(ends)
            tables = part_files.sorted_tables(slices, pieces, ["tracker_id", "time"])
            assert part_files.write_day(path, table.schema, tables) == rows
            return path.read_bytes()

    assert bytes_of(ends) == bytes_of([rows])


def test_slices_with_common_trackers_are_sorted_together() -> None:
    def place(first: int, last: int) -> Slice:
        return Slice("one", START.date(), first, last, 1, 0, 1, 0)

    slices = [place(1, 1), place(1, 1), place(2, 9), place(3, 4), place(9, 12), place(13, 13)]
    assert [len(group) for group in neighbours(slices)] == [2, 3, 1]
    assert list(neighbours([])) == []
