"""What a harvest remembers, as rows and back: finished work, ranges that were read, runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.errors import HarvestDamaged
from navixy_async.harvest.state.records import (
    WORK,
    ReadRange,
    RunRecord,
    WorkRecord,
    decode_ranges,
    encode_ranges,
)
from navixy_async.times import UTC, TimeRange

NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)
moments = st.integers(0, 86_400).map(lambda second: NOON + timedelta(seconds=second))
ranges = st.builds(
    lambda start, length: TimeRange(start, start + timedelta(seconds=length)), moments, st.integers(1, 99_999)
)
numbers = st.integers(0, 2**40)
works = st.builds(
    WorkRecord,
    account=st.text(min_size=1),
    trackers=st.lists(numbers, min_size=1, max_size=3).map(tuple),
    range=ranges,
    rows=numbers,
    bytes=numbers,
    late=numbers,
    clipped=st.none() | ranges,
    gaps=st.lists(st.tuples(st.lists(numbers, max_size=2).map(tuple), ranges, st.text()), max_size=2).map(tuple),
    odd_rows=numbers,
    replaced_texts=numbers,
    read_at=st.none() | moments,
    zone=st.sampled_from([None, "Europe/Berlin"]),
)
reads = st.builds(
    ReadRange,
    range=ranges,
    read_at=moments,
    kind=st.sampled_from(["complete", "clipped", "gap"]),
    reason=st.text(),
    zone=st.sampled_from([None, "Asia/Tokyo"]),
)


@settings(max_examples=50)
@given(works)
def test_work_is_a_row_and_back(work: WorkRecord) -> None:
    row = work.to_row()
    assert len(row) == len(WORK.split(","))
    assert WorkRecord.from_row(tuple(row)) == work


@settings(max_examples=50)
@given(st.lists(reads, max_size=4))
def test_ranges_are_a_text_and_back(held: list[ReadRange]) -> None:
    found = decode_ranges(encode_ranges(held))
    # A reason is said of what is not complete, and of whole ranges only beside a zone.
    expected = [replace(one, reason="") if one.kind == "complete" and one.zone is None else one for one in held]
    assert found == expected


def test_a_run_is_json_and_back_and_the_next_one_takes_over_what_a_killed_one_counted() -> None:
    run = RunRecord.after(None, NOON, {"north": (5,)})
    assert (run.late_rows, run.finished) == (0, False)
    assert RunRecord.from_json(run.to_json()).to_json() == run.to_json()
    killed = replace(run, late_rows=7)
    assert RunRecord.after(killed, NOON, {}).late_rows == 7
    assert RunRecord.after(killed.at_its_end(), NOON, {}).late_rows == 0
    assert (killed.at_its_end().finished, killed.at_its_end().gone) == (True, {})


def test_what_cannot_be_understood_is_a_damaged_harvest() -> None:
    row = list(WorkRecord("north", (1,), TimeRange(NOON, NOON + timedelta(1)), 1, 2).to_row())
    for column, wrong in ((1, "[1"), (2, "soon"), (9, "{}x")):
        with pytest.raises(HarvestDamaged, match="finished work in it cannot be read"):
            WorkRecord.from_row((*row[:column], wrong, *row[column + 1 :]))
    for text in ("", "[[1]]", '[["2026-03-16", "x", "y"]]'):
        with pytest.raises(HarvestDamaged, match="what it says was read cannot be understood"):
            decode_ranges(text)
    with pytest.raises(HarvestDamaged, match="its last run cannot be read"):
        RunRecord.from_json({"began": "2026"})
    run = RunRecord.after(None, NOON, {"north": (5,)}).to_json()
    for member, bad in (("began", "2026-03-16T12:00:00"), ("late_rows", "many"), ("gone", {"north": 5})):
        with pytest.raises(HarvestDamaged, match="its last run cannot be read"):
            RunRecord.from_json(run | {member: bad})
