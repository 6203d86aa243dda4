"""What is delivered is what the platform holds: each row once, whatever the platform's limits and edges are."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.harvest import Harvests
from navixy_async.times import TimeRange

from ..support.harvest.model import Model, batch_rows, event_truth, rows_of, track_truth
from ..support.harvest.worlds import periods, worlds

FEW, MANY = (settings(max_examples=examples, deadline=None) for examples in (25, 150))
WINDOWS = st.sampled_from([None, timedelta(days=1), timedelta(hours=5), timedelta(seconds=4_000)])


def quoted(rows: list[tuple[str, int, int, int]]) -> list[tuple[str, int, int, int]]:
    """The truth with the accounts' labels as the directories write them."""
    return sorted(
        ((row[0].replace("süd & mehr", "süd%20%26%20mehr"), *row[1:]) for row in rows), key=lambda row: row[:3]
    )


Period: TypeAlias = tuple[datetime, datetime]
Proof: TypeAlias = Callable[[Model, Period, timedelta | None, int], None]
ANY = given(world=worlds(), period=periods(), window=WINDOWS, workers=st.integers(1, 5))


def prove_points_in_files(world: Model, period: Period, window: timedelta | None, workers: int) -> None:
    start, end = period
    with tempfile.TemporaryDirectory() as directory:
        harvest = Harvests(world.callers()).tracks(start=start, end=end, window=window, workers=workers)
        coverage = asyncio.run(harvest.to_parquet(directory))
        assert rows_of(Path(directory), "tracks", "mileage") == quoted(track_truth(world, start, end))
    assert not coverage.failed and not coverage.gaps and not coverage.clipped
    for label, fleet in world.fleets.items():
        for tracker in fleet.points:
            whole = () if tracker in fleet.blocked else (TimeRange(start, end),)
            assert coverage.complete.get((label, tracker), ()) == whole
    blocked = {(hole.account, hole.tracker_id) for hole in coverage.blocked}
    assert blocked == {(label, tracker) for label, fleet in world.fleets.items() for tracker in fleet.blocked}


def prove_points_iterated(world: Model, period: Period, window: timedelta | None, workers: int) -> None:
    start, end = period
    harvest = Harvests(world.callers()).tracks(start=start, end=end, window=window, workers=workers)

    async def collect() -> list[Any]:
        return [batch async for batch in harvest]

    batches = asyncio.run(collect())
    assert batch_rows(batches, "mileage") == track_truth(world, start, end)
    assert all(batch.schema == harvest.schema for batch in batches)
    for batch in batches:
        times = batch.column("time").to_pylist()
        assert times == sorted(times)
    assert harvest.coverage is not None and harvest.coverage.rows == sum(batch.num_rows for batch in batches)


def prove_events(world: Model, period: Period, window: timedelta | None, workers: int) -> None:
    start, end = period
    with tempfile.TemporaryDirectory() as directory:
        harvest = Harvests(world.callers()).events(start=start, end=end, window=window, workers=workers)
        coverage = asyncio.run(harvest.to_parquet(directory))
        found = rows_of(Path(directory), "events", "id")
    truth = quoted(event_truth(world, start, end))
    assert not coverage.failed and not coverage.clipped
    assert len(found) == len(set(found)), "an event was delivered twice"
    missing = set(truth) - set(found)
    assert set(found) <= set(truth)
    for label, tracker, second, _ in missing:
        moment = datetime.fromtimestamp(second, start.tzinfo)
        (account,) = [name for name in world.fleets if quoted([(name, 0, 0, 0)])[0][0] == label]
        assert any(
            (hole.account, hole.tracker_id) == (account, tracker) and moment in hole.range for hole in coverage.gaps
        )
        assert not any(moment in span for span in coverage.complete[account, tracker])


@FEW
@ANY
def test_points_in_files_equal_the_truth(world: Model, period: Period, window: timedelta | None, workers: int) -> None:
    prove_points_in_files(world, period, window, workers)


@FEW
@ANY
def test_points_iterated_equal_the_truth(world: Model, period: Period, window: timedelta | None, workers: int) -> None:
    prove_points_iterated(world, period, window, workers)


@FEW
@ANY
def test_events_equal_the_truth_or_a_gap_is_named(
    world: Model, period: Period, window: timedelta | None, workers: int
) -> None:
    prove_events(world, period, window, workers)


@pytest.mark.proof
@pytest.mark.parametrize("prove", [prove_points_in_files, prove_points_iterated, prove_events])
@MANY
@ANY
def test_all_of_it_in_many_worlds(
    prove: Proof, world: Model, period: Period, window: timedelta | None, workers: int
) -> None:
    prove(world, period, window, workers)
