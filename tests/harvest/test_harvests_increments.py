"""Every stream kept current on the embedded platform, whose clock moves on while devices send late."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from navixy_async.harvest import Coverage, Harvest, Harvests, Increments
from navixy_async.harvest.report.verify import verify
from navixy_async.harvest.state.ledger import Ledger
from navixy_async.harvest.streams import STREAMS as DECLARED
from navixy_async.testing import UNLIMITED, Platform, Rules, World, WorldSpec

from ..support.harvest.model import data_of
from .test_harvests_platform import running

DAY = timedelta(days=1)

SPEC = WorldSpec(accounts=2, trackers=4, start=date(2026, 3, 27), days=4, points_per_day=60, events_per_day=6, late=0.5)

FREE = Rules(per_credential=UNLIMITED, per_address=UNLIMITED)

STREAMS = (
    "tracks",
    "trips",
    "trip_points",
    "events",
    "sensors",
    "counters",
    "mileage",
    "engine_hours",
    "raw",
    "raw_arrived",
)


@pytest.fixture(scope="module")
def world() -> World:
    return World(SPEC)


def rows_in(directory: Path) -> list[dict[str, Any]]:
    return [row for path in directory.rglob("*.parquet") for row in pq.ParquetFile(path).read().to_pylist()]


async def kept_current(platform: Platform, harvests: Harvests, stream: str, world: World, directory: Path) -> Coverage:
    """Runs at odd moments, until nothing can come late any more."""
    increments = Increments(look_back=timedelta(hours=1), rereads=(DAY, 3 * DAY, 7 * DAY))
    job: Harvest = getattr(harvests, stream)(start=world.start + timedelta(hours=5), increments=increments)
    coverage = None
    for hours in (11, 12, 30, 31, 55, 56, 90, 99):
        platform.now = world.start + timedelta(hours=hours, minutes=17)
        coverage = await job.to_parquet(directory, resume=True)
        assert not coverage.failed
    platform.now = world.settled + 8 * DAY
    coverage = await job.to_parquet(directory, resume=True)
    assert coverage is not None
    return coverage


@pytest.mark.parametrize("stream", STREAMS)
async def test_the_files_become_those_of_one_harvest(world: World, stream: str, tmp_path: Path) -> None:
    async with running(world, FREE) as (platform, harvests):
        coverage = await kept_current(platform, harvests, stream, world, tmp_path / "runs")
        whole = getattr(harvests, stream)(start=world.start + timedelta(hours=5), end=coverage.range.end)
        once = await whole.to_parquet(tmp_path / "whole")
    assert (coverage.complete, coverage.blocked) == (once.complete, once.blocked)
    files = data_of(tmp_path / "runs")
    if once.waiting:
        # The day that goes on is brought by runs without an end, and waits in a harvest with one.
        assert DECLARED[stream].by_calendar
        last = max(hole.range.start for hole in once.waiting).date().isoformat()
        files = {path: data for path, data in files.items() if f"date={last}" not in path}
    else:
        assert coverage.gaps == once.gaps
    assert files == data_of(tmp_path / "whole") != {}
    assert verify(tmp_path / "runs").is_sound


async def test_a_series_of_states_gains_a_snapshot_with_each_run(world: World, tmp_path: Path) -> None:
    async with running(world, FREE) as (platform, harvests):
        job = harvests.states(series=True)
        moments = [world.start + timedelta(hours=hours) for hours in (20, 23, 26)]
        for moment in moments:
            platform.now = moment
            coverage = await job.to_parquet(tmp_path, resume=True)
            assert (coverage.range.start, coverage.failed) == (moment, ())
            assert all(ranges == (coverage.range,) for ranges in coverage.complete.values())
    rows = rows_in(tmp_path)
    open_trackers = {tracker.id for tracker in world.trackers.values() if not tracker.blocked}
    assert sorted((row["time"], row["tracker_id"]) for row in rows) == sorted(
        (moment, tracker) for moment in moments for tracker in open_trackers
    )
    assert verify(tmp_path).is_sound
    with closing(Ledger(tmp_path / ".navixy-harvest" / "states" / "ledger.sqlite", read_only=True)) as ledger:
        assert not ledger.ranges(), "what was is never asked for again, and need not be kept in mind"
