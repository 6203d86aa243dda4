"""Every stream over the whole way, held against the embedded platform's world."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from navixy_async.harvest import Coverage, Harvest, Harvests
from navixy_async.harvest.streams import STREAMS
from navixy_async.testing import UNLIMITED, Fault, Rules, World, WorldSpec

from .test_harvests_platform import running, secrets_in

DAY = timedelta(days=1)

SPEC = WorldSpec(accounts=3, trackers=8, start=date(2026, 3, 27), days=4, points_per_day=60, events_per_day=3, late=0.5)

START, END = datetime(2026, 3, 27, 5, 17, tzinfo=UTC), datetime(2026, 3, 31, 2, 3, tzinfo=UTC)

FREE: dict[str, Any] = {"per_credential": UNLIMITED, "per_address": UNLIMITED}

RULES = [
    {},
    {"iso_style": "zulu", "track_span": 1, "sensor_span": 1, "counter_span": 2, "stats_span": 2, "stats_trackers": 3},
    {"iso_datetime": False},
]

IDS = ["documented", "narrow", "without offsets"]


@pytest.fixture(scope="module")
def world() -> World:
    return World(SPEC)


def open_trackers(world: World) -> Iterator[Any]:
    return (tracker for tracker in world.trackers.values() if not tracker.blocked)


def blocked(world: World) -> set[int]:
    return {tracker.id for tracker in world.trackers.values() if tracker.blocked}


def written(directory: Path, stream: str, time: str = "time") -> list[dict[str, Any]]:
    """All rows of all files; each must lie in its day's directory, in order."""
    rows: list[dict[str, Any]] = []
    for path in sorted(directory.glob(f"stream={stream}/*/*/*.parquet")):
        found = pq.ParquetFile(path).read().to_pylist()
        assert found
        assert {row[time].date() for row in found} == {date.fromisoformat(path.parent.name.removeprefix("date="))}
        assert [(row["tracker_id"], row[time]) for row in found] == sorted(
            (row["tracker_id"], row[time]) for row in found
        )
        rows += found
    return rows


def check(coverage: Coverage, world: World, gaps: set[int] = frozenset()) -> None:  # type: ignore[assignment]
    assert not coverage.failed and not coverage.clipped, str(coverage)
    assert {hole.tracker_id for hole in coverage.blocked} == blocked(world) != set()
    assert {hole.tracker_id for hole in coverage.gaps} == gaps
    for tracker in open_trackers(world):
        ((account, whole),) = [
            (account, ranges) for (account, number), ranges in coverage.complete.items() if number == tracker.id
        ]
        if tracker.id not in gaps:
            assert whole == (coverage.asked_of(account),)
        else:
            # Where no day begins there is nothing to be lost.
            assert not [begin for _, begin, _ in local_days(world, tracker) for span in whole if begin in span]


def trips_truth(world: World, start: datetime = START, end: datetime = END) -> list[tuple[Any, ...]]:
    return sorted(
        (trip.tracker_id, trip.start, trip.id, trip.points, round(trip.length_km, 2), trip.end)
        for tracker in open_trackers(world)
        if tracker.kind != "sparse"
        for trip in world.trips(tracker.id, start, end)
    )


@pytest.mark.parametrize("rules", RULES, ids=IDS)
async def test_trips(world: World, rules: dict[str, Any], tmp_path: Path) -> None:
    async with running(world, Rules(**FREE, **rules)) as (_, harvests):
        coverage = await harvests.trips(start=START, end=END).to_parquet(tmp_path)
    check(coverage, world)
    rows = written(tmp_path, "trips", "start_time")
    check_trips(rows, world)
    regular = [row for row in rows if row["type"] == "regular"]
    assert len(regular) > 100 and len(rows) > len(regular)
    assert all(row["north"] >= row["south"] and row["west"] <= row["east"] for row in regular)


def check_trips(rows: list[dict[str, Any]], world: World) -> None:
    found = [
        (row["tracker_id"], row["start_time"], row["id"], row["points"], row["length"], row["end_time"])
        for row in rows
        if row["type"] == "regular"
    ]
    assert sorted(found) == trips_truth(world)
    single = sorted((row["tracker_id"], row["start_time"]) for row in rows if row["type"] == "single_report")
    sparse = [tracker.id for tracker in open_trackers(world) if tracker.kind == "sparse"]
    assert single == sorted((point.tracker_id, point.time) for one in sparse for point in world.points(one, START, END))
    assert len(rows) == len(found) + len(single)


def trip_points_truth(world: World) -> list[tuple[Any, ...]]:
    """Trip and point of all trips that begin in the range; single reports are trips of their own moment."""
    rows: list[tuple[Any, ...]] = []
    for tracker in open_trackers(world):
        points = world.points(tracker.id, START - DAY, END + DAY)
        trips = [(trip.start, trip.end) for trip in world.trips(tracker.id, START - DAY, END + DAY)]
        if tracker.kind == "sparse":
            trips = [(point.time, point.time) for point in points]
        rows += [
            (tracker.id, begin, point.time, point.lat, point.lng, point.mileage, point.address, point.track_id)
            for begin, end in trips
            for point in points
            if START <= begin < END and begin <= point.time <= end
        ]
    return rows


def check_trip_points(rows: list[dict[str, Any]], world: World) -> None:
    members = ("tracker_id", "trip_start", "time", "lat", "lng", "mileage", "address")
    found = Counter(tuple(row[name] for name in members) for row in rows)
    assert found == Counter(row[:-1] for row in trip_points_truth(world))


@pytest.mark.parametrize("rules", [*RULES, {"max_points": 70}], ids=[*IDS, "large answers refused"])
async def test_trip_points(world: World, rules: dict[str, Any], tmp_path: Path) -> None:
    async with running(world, Rules(**FREE, **rules)) as (platform, harvests):
        coverage = await harvests.trip_points(start=START, end=END).to_parquet(tmp_path)
        asked = platform.stats.by_path
    check(coverage, world)
    rows = written(tmp_path, "trip_points", "trip_start")
    truth = trip_points_truth(world)
    check_trip_points(rows, world)
    trips = {(row["tracker_id"], row["trip_start"]): row["trip_id"] for row in rows}
    own = Counter((row[0], row[1]) for row in truth if row[-1] == trips[row[0], row[1]])
    whole = {(tracker, start): points for tracker, start, _, points, *_ in trips_truth(world)}
    assert whole == {trip: own[trip] for trip in whole} and len(whole) > 100, "each has the points that it says"
    assert any(row["trip_start"].date() != row["time"].date() for row in rows), "a trip over midnight is among them"
    assert coverage.late == sum(bool(row["buffered"]) for row in rows) > 0
    if not rules:
        assert asked["track/read"] <= asked["track/list"], "requests are by window, not by trip"


def sensors_found(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    found = [
        (row["tracker_id"], row["sensor_id"], row["sensor"], row["type"], row["time"],
         row["value"] if row["text"] is None else row["text"])
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=_without_zone)


def _without_zone(row: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(member.isoformat() if isinstance(member, datetime) else repr(member) for member in row)


def sensors_truth(world: World) -> list[tuple[Any, ...]]:
    truth = [
        (value.tracker_id, value.sensor_id, sensor.name, sensor.type, value.time, value.value)
        for tracker in open_trackers(world)
        for sensor in world.sensors(tracker.id)
        if sensor.kind != "discrete"
        for value in world.sensor_values(tracker.id, sensor.id, START, END)
    ]
    return sorted(truth, key=_without_zone)


@pytest.mark.parametrize("rules", RULES, ids=IDS)
async def test_sensors(world: World, rules: dict[str, Any], tmp_path: Path) -> None:
    async with running(world, Rules(**FREE, **rules)) as (platform, harvests):
        coverage = await harvests.sensors(start=START, end=END).to_parquet(tmp_path)
        listed = platform.stats.by_path["tracker/sensor/batch_list"]
    check(coverage, world)
    assert listed == len(world.accounts)
    found = sensors_found(written(tmp_path, "sensors"))
    assert found == sensors_truth(world)
    assert {type(row[-1]) for row in found} == {float, str}


@pytest.mark.parametrize("rules", RULES, ids=IDS)
async def test_counters(world: World, rules: dict[str, Any], tmp_path: Path) -> None:
    async with running(world, Rules(**FREE, **rules)) as (_, harvests):
        coverage = await harvests.counters(start=START, end=END).to_parquet(tmp_path)
    check(coverage, world)
    truth = counters_truth(world)
    assert counters_found(written(tmp_path, "counters")) == truth and len(truth) > 500


def counters_found(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return sorted((row["tracker_id"], row["type"], row["time"], row["value"]) for row in rows)


def counters_truth(world: World) -> list[tuple[Any, ...]]:
    return sorted(
        (value.tracker_id, value.type, value.time, value.value)
        for tracker in open_trackers(world)
        for kind in ("odometer", "engine_hours")
        for value in world.counter_values(tracker.id, kind, START, END)
    )


def local_days(world: World, tracker: Any) -> list[tuple[date, datetime, datetime]]:
    """The account's days that the range touches, by stepping through its minutes."""
    zone = world.account(tracker.account_id).zone
    minutes = [START.replace(minute=0) - DAY + timedelta(minutes=15 * number) for number in range(8 * 96)]
    begins = [
        (after.astimezone(zone).date(), after)
        for before, after in pairwise(minutes)
        if before.astimezone(zone).date() != after.astimezone(zone).date()
    ]
    return [
        (day, begin, following)
        for (day, begin), (_, following) in pairwise(begins)
        if begin < END and following > START
    ]


def daily_truth(world: World, kind: str) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for tracker in open_trackers(world):
        for day, begin, end in local_days(world, tracker):
            if kind == "mileage":
                rows.append((tracker.id, day, begin, world.mileage(tracker.id, begin, end)[day]))
            elif tracker.kind != "sparse" and not tracker.clone:
                rows.append((tracker.id, day, begin, world.engine_hours(tracker.id, begin, end)))
    return sorted(rows)


def check_days(rows: list[dict[str, Any]], world: World, kind: str) -> None:
    found = sorted((row["tracker_id"], row["day"], row["time"], row[kind]) for row in rows)
    truth = daily_truth(world, kind)
    assert [row[:3] for row in found] == [row[:3] for row in truth]
    assert [row[3] for row in found] == pytest.approx([row[3] for row in truth], abs=0.011)


@pytest.mark.parametrize("rules", RULES, ids=IDS)
@pytest.mark.parametrize("kind", ["mileage", "engine_hours"])
async def test_days(world: World, kind: str, rules: dict[str, Any], tmp_path: Path) -> None:
    zones = {account.time_zone for account in world.accounts}
    assert "Europe/Berlin" in zones or any(zone.startswith("Europe") for zone in zones), zones
    async with running(world, Rules(**FREE, **rules)) as (_, harvests):
        harvest: Harvest = getattr(harvests, kind)(start=START, end=END)
        coverage = await harvest.to_parquet(tmp_path)
    uncounted = {tracker.id for tracker in open_trackers(world) if tracker.kind == "sparse" or tracker.clone}
    check(coverage, world, uncounted if kind == "engine_hours" else set())
    check_days(written(tmp_path, kind), world, kind)
    lengths = {end - begin for tracker in open_trackers(world) for _, begin, end in local_days(world, tracker)}
    assert timedelta(hours=23) in lengths, "a day of 23 hours is among them"


@pytest.mark.parametrize("rules", RULES, ids=IDS)
async def test_raw(world: World, rules: dict[str, Any], tmp_path: Path) -> None:
    async with running(world, Rules(**FREE, **rules)) as (_, harvests):
        coverage = await harvests.raw(start=START, end=END).to_parquet(tmp_path)
    check(coverage, world)
    rows = written(tmp_path, "raw")
    truth = [message for tracker in open_trackers(world) for message in world.raw(tracker.id, START, END)]
    assert raw_found(rows) == raw_told(truth) and len(rows) > 1_000
    assert coverage.late > 0
    assert {row["mn_type"] for row in rows} == {"LTE"}
    assert all(json.loads(row["states"])["hardware_key"].isdigit() for row in rows)


def raw_found(rows: list[dict[str, Any]]) -> list[str]:
    return sorted(
        repr(
            (row["tracker_id"], row["time"].timestamp(), row["server_time"].timestamp(),
             row["lat"], row["lng"], row["speed"], row["heading"],
             json.loads(row["inputs"] or "{}"), json.loads(row["flags"])["lbs"] == 1,
             json.loads(row["discrete_inputs"])["1"] == 1)
        )
        for row in rows
    )  # fmt: skip


def raw_told(truth: list[Any]) -> list[str]:
    return sorted(
        repr(
            (row.tracker_id, row.msg_time.timestamp(), row.server_time.timestamp(),
             row.lat, row.lng, float(row.speed),
             None if row.heading is None else float(row.heading),
             {name: value for name, value in sorted(row.inputs.items()) if value is not None}, row.lbs, row.ignition)
        )
        for row in truth
    )  # fmt: skip


async def test_raw_increments_bring_each_message_once(world: World, tmp_path: Path) -> None:
    cuts = [
        world.start - DAY,
        world.start + 2 * DAY,
        world.start + 3 * DAY + timedelta(seconds=7),
        world.settled + timedelta(hours=1),
    ]
    rows: list[dict[str, Any]] = []
    async with running(world, Rules(**FREE)) as (platform, harvests):
        platform.now = cuts[-1]
        for number, arrived in enumerate(pairwise(cuts)):
            harvest = harvests.raw_arrived(start=arrived[0], end=arrived[1])
            check(await harvest.to_parquet(tmp_path / str(number)), world)
            found = written(tmp_path / str(number), "raw_arrived", "server_time")
            assert found and all(arrived[0] <= row["server_time"] < arrived[1] for row in found)
            rows += found
    truth = [
        message
        for tracker in open_trackers(world)
        for message in world.raw(tracker.id, world.start - DAY, world.end + DAY)
    ]
    assert raw_found(rows) == raw_told(truth)


async def test_states_are_one_snapshot(world: World, tmp_path: Path) -> None:
    at = datetime(2026, 4, 2, 12, tzinfo=UTC)
    async with running(world, Rules(**FREE)) as (platform, harvests):
        coverage = await harvests.states(at=at).to_parquet(tmp_path)
        assert platform.stats.by_path["tracker/get_states"] == len(world.accounts)
        now = datetime.fromtimestamp(platform.now.timestamp(), UTC)
    check(coverage, world)
    rows = {row["tracker_id"]: row for row in written(tmp_path, "states")}
    assert set(rows) == {tracker.id for tracker in open_trackers(world)}
    for tracker in open_trackers(world):
        row, points = rows[tracker.id], world.points(tracker.id, world.start, world.end)
        assert (row["time"], row["user_time"], row["source_id"]) == (at, now, tracker.source_id)
        if points:
            last = points[-1]
            assert (row["gps_updated"], row["lat"], row["lng"]) == (last.time, last.lat, last.lng)
            assert isinstance(json.loads(row["inputs"]), list) and isinstance(json.loads(row["additional"]), dict)
        else:
            assert (row["gps_updated"], row["connection_status"]) == (None, "just_registered")


ACTIONS = {
    "trips": "track/list",
    "trip_points": "track/*",
    "sensors": "tracker/sensor/*",
    "counters": "tracker/counter/*",
    "mileage": "tracker/stats/*",
    "engine_hours": "tracker/stats/*",
    "raw": "*raw_data/read",
    "raw_arrived": "*raw_data/read",
}


@pytest.mark.parametrize("stream", ACTIONS)
async def test_bad_moments_and_stops_leave_no_trace(world: World, stream: str, tmp_path: Path) -> None:
    def make(harvests: Harvests) -> Harvest:
        harvest: Harvest = getattr(harvests, stream)(start=START, end=END, window=DAY, workers=4)
        return harvest

    async with running(world, Rules(**FREE)) as (platform, harvests):
        await make(harvests).to_parquet(tmp_path / "undisturbed")
        undisturbed = sum(platform.stats.by_path.values())
    async with running(world, Rules(**FREE)) as (platform, harvests):
        faults = [
            platform.faults.add(Fault(kind=kind, path=ACTIONS[stream], times=2, probability=0.5))
            for kind in ("cut", "not_json", "unavailable", "server_error", "reset_after", "throttle")
        ]

        async def begin() -> None:
            task = asyncio.current_task()
            assert task is not None
            harvest = getattr(harvests, stream)(
                start=START, end=END, window=DAY, workers=4, progress=lambda told: told.rows > 20 and task.cancel()
            )
            await harvest.to_parquet(tmp_path / "stopped")

        with pytest.raises(asyncio.CancelledError):
            await asyncio.create_task(begin())
        coverage = await make(harvests).to_parquet(tmp_path / "stopped", resume=True)
        struck = sum(platform.faults.struck(fault) for fault in faults)
        assert struck and sum(platform.stats.by_path.values()) < undisturbed * 2 + struck
    assert not coverage.failed
    time = STREAMS[stream].time
    assert written(tmp_path / "stopped", stream, time) == written(tmp_path / "undisturbed", stream, time)
    assert not secrets_in(tmp_path, world)
