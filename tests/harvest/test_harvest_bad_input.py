"""Bad places and bad input: a clear sentence or a named hole, and never a wrong file."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from navixy_async.errors import InvalidInput
from navixy_async.harvest import Harvests
from navixy_async.harvest.account import _repeated
from navixy_async.paging.intervals import IntervalSet
from navixy_async.testing import Fault, Rules, World, WorldSpec
from navixy_async.times import TimeRange

from ..support.harvest.model import Fleet, Model, Point, event_truth, files_of, rows_of, track_truth
from ..support.harvest.small import DAY, END, START, tracks, world
from .test_harvests_platform import running, written
from .test_harvests_streams import FREE

HALF = timedelta(minutes=30)


def write(model: Model, path: Path, kind: str = "parquet", **options: Any) -> Any:
    if kind == "parquet":
        return asyncio.run(tracks(model).to_parquet(path, **options))
    return asyncio.run(tracks(model).to_files(path, kind, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("stream", ["tracks", "events", "trips", "trip_points", "raw_arrived", "mileage"])
@pytest.mark.parametrize("start", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC) - DAY])
def test_ranges_beyond_all_calendars_are_refused(stream: str, start: datetime) -> None:
    with pytest.raises(InvalidInput, match=r"must lie between 1970 and 9000: correct its years$"):
        getattr(Harvests(world().callers()), stream)(start=start, end=start + DAY)


@pytest.mark.parametrize("stream", ["tracks", "events", "trips", "trip_points"])
@pytest.mark.parametrize("start", [datetime(1970, 1, 1, tzinfo=UTC), datetime(8999, 12, 1, tzinfo=UTC)])
def test_ranges_at_the_ends_of_time_are_empty_and_what_lies_ahead_waits(
    stream: str, start: datetime, tmp_path: Path
) -> None:
    harvest = getattr(Harvests(world().callers()), stream)(start=start, end=start + 3 * DAY)
    coverage = asyncio.run(harvest.to_parquet(tmp_path))
    assert coverage.rows == 0 and coverage.holes == coverage.waiting
    assert coverage.is_complete is (start.year == 1970)


def test_ids_that_no_platform_has(tmp_path: Path) -> None:
    sentence = r"^trackers must be ids, and a number of 6643857 bits is not an id: correct it$"
    with pytest.raises(InvalidInput, match=sentence):
        Harvests(world().callers()).tracks([1, 10**2_000_000], start=START, end=END)
    with pytest.raises(InvalidInput, match="unknown trackers -5, 0"):
        asyncio.run(Harvests(world().callers()).tracks([0, -5], start=START, end=END).to_parquet(tmp_path / "x"))
    assert not (tmp_path / "x").exists()
    model = world()
    model.fleets["one"].points[2**70] = []
    coverage = write(model, tmp_path / "y")
    # Such a tracker is a gap of its account, and no reason to leave out the others.
    assert not coverage.failed and [(hole.account, hole.tracker_id) for hole in coverage.gaps] == [("one", None)]
    assert {row[0] for row in rows_of(tmp_path / "y", "tracks", "mileage")} == {"one", "two"}


@pytest.mark.parametrize("kind", ["parquet", "csv", "gpx"])
def test_nothing_to_harvest_is_complete(kind: str, tmp_path: Path) -> None:
    for name, model in (
        ("no trackers", Model({"none": Fleet()})),
        ("no points", Model({"one": Fleet({1: [], 2: []})})),
    ):
        coverage = write(model, tmp_path / name, kind)
        assert coverage.is_complete and coverage.rows == 0
        assert set(files_of(tmp_path / name)) == {"manifest.json"}
        assert write(model, tmp_path / name, kind, resume=True) == coverage


@pytest.mark.parametrize("stream", ["tracks", "events"])
def test_a_tracker_that_is_deleted_half_way_is_a_hole_from_there(stream: str, tmp_path: Path) -> None:
    model = world(history_limit=5)
    gone = model.fleets["one"].points[2]

    def trouble(path: str, params: Mapping[str, Any], _: int) -> BaseException | None:
        """From the second day on it is not there."""
        if params.get("from") is None or params["from"] < START + DAY - timedelta(seconds=1):
            return None
        model.fleets["one"].points.pop(2, None)
        return None

    model.trouble = trouble
    harvest = getattr(Harvests(model.callers()), stream)(start=START, end=END, window=DAY, workers=1)
    coverage = asyncio.run(harvest.to_parquet(tmp_path))
    model.fleets["one"].points[2] = gone
    truth = (track_truth if stream == "tracks" else event_truth)(model, START, END)
    found = rows_of(tmp_path, stream, "mileage" if stream == "tracks" else "id")
    assert {(hole.account, hole.tracker_id) for hole in coverage.failed} == {("one", 2)}
    holes = [hole.range for hole in coverage.failed]
    lost = {row for row in truth if row[:2] == ("one", 2) and any(moment(row[2]) in hole for hole in holes)}
    assert lost and sorted(set(truth) - lost) == sorted(found), "all but the hole, and nothing of it"
    assert any(row[:2] == ("one", 2) for row in found)


def moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


@pytest.mark.parametrize("name", ["Asia/Calcutta", "Asia/Kolkata", "US/Eastern", "GMT"])
def test_old_names_of_zones_are_understood(name: str, tmp_path: Path) -> None:
    zone = {"Asia/Calcutta": "Asia/Kolkata", "US/Eastern": "America/New_York"}.get(name, name)
    model = world(naive=True, zone=zone)
    for fleet in model.fleets.values():
        fleet.time_zone = name
    coverage = write(model, tmp_path)
    assert coverage.is_complete and set(coverage.zones.values()) == {name}
    assert rows_of(tmp_path, "tracks", "mileage") == track_truth(model, START, END)


@pytest.mark.parametrize(
    "name", ["Mars/Phobos", "US/Pacific-New", "", "../../etc/passwd", "Europe/Berlin\n", "x" * 9000]
)
def test_a_zone_that_nobody_knows_is_a_hole_and_no_wrong_row(name: str, tmp_path: Path) -> None:
    model = world(naive=True)
    model.fleets["one"].time_zone = name
    model.fleets["two"].time_zone = "UTC"
    coverage = write(model, tmp_path)
    assert {(hole.account, hole.error) for hole in coverage.failed} == {("one", "ZoneUnknown")}
    assert {hole.range for hole in coverage.failed} == {coverage.range}
    assert all("time zone" in hole.reason for hole in coverage.failed)
    assert rows_of(tmp_path, "tracks", "mileage") == [row for row in track_truth(model, START, END) if row[0] == "two"]
    asked = sum(label == "one" and path == "user/get_info" for label, path, _ in model.asked)
    assert asked <= 16, "it is asked for by those under way, not by every window"


@pytest.mark.parametrize("window", [None, timedelta(hours=1)])
def test_an_hour_that_happens_twice_is_named_where_times_have_no_offset(
    window: timedelta | None, tmp_path: Path
) -> None:
    """02:30 by the second pass of the clock, and nothing that tells so; a window may end between the passes."""
    moments = [datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)]
    points = [Point(int(moment.timestamp()), note) for note, moment in enumerate(moments)]
    model = Model({"one": Fleet({1: points}, time_zone="Europe/Berlin")}, zone="Europe/Berlin", naive=True)
    start = datetime(2026, 10, 24, tzinfo=UTC)
    harvest = Harvests(model.callers()).tracks(start=start, end=start + 3 * DAY, window=window)
    coverage = asyncio.run(harvest.to_parquet(tmp_path))
    (gap,) = coverage.gaps
    twice = TimeRange(datetime(2026, 10, 25, 0, tzinfo=UTC), datetime(2026, 10, 25, 2, tzinfo=UTC))
    assert gap.tracker_id == 1 and "clock goes back" in gap.reason
    # An answer without rows leaves no doubt, whatever its times would have been.
    assert (
        moments[1] in gap.range and gap.range.end == twice.end and gap.range.start in (twice.start, moments[1] - HALF)
    )
    assert not any(moments[1] in part for part in coverage.complete["one", 1])
    assert rows_of(tmp_path, "tracks", "mileage")[0][2:] == (points[0].second, 0)
    assert not coverage.failed and not coverage.is_complete


@pytest.mark.parametrize(
    ("zone", "turn", "minutes"),
    [
        ("Europe/Berlin", datetime(2026, 10, 25, 1, tzinfo=UTC), 60),
        ("America/New_York", datetime(2026, 11, 1, 6, tzinfo=UTC), 60),
        ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC), 30),
        ("Asia/Kathmandu", None, 0),
    ],
)
def test_what_happens_twice(zone: str, turn: datetime | None, minutes: int) -> None:
    year = TimeRange(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    found = _repeated(year, ZoneInfo(zone))
    back = timedelta(minutes=minutes)
    assert found == ([] if turn is None else [TimeRange(turn - back, turn + back)])
    parts = [each for part in year.split(timedelta(hours=7)) for each in _repeated(part, ZoneInfo(zone))]
    assert IntervalSet(parts) == IntervalSet(found), "whatever the windows are"


async def test_clock_steps_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wall clock jumps by years at every look, while the platform refuses, breaks off and asks to wait."""
    draw = random.Random(1)
    monkeypatch.setattr(time, "time", lambda: draw.uniform(0, 4e9))
    monkeypatch.setattr(time, "time_ns", lambda: draw.randrange(4 * 10**18))
    world = World(WorldSpec(accounts=2, trackers=3, days=3, points_per_day=60))
    start, end = world.start, world.end
    async with running(world, Rules(**FREE)) as (platform, harvests):
        for kind in ("throttle", "unavailable", "cut", "reset_after"):
            platform.faults.add(Fault(kind=kind, path="track/read", times=3, probability=0.5))
        coverage = await harvests.tracks(start=start, end=end, window=DAY).to_parquet(tmp_path)
    assert not coverage.failed
    truth = [(point.tracker_id, point.time, None) for one in world.trackers for point in world.points(one, start, end)]
    assert written(tmp_path, "tracks", (), None) == sorted(truth, key=repr)
