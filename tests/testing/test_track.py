"""track/*: what arrives is the truth, except where the documents say that it is thinned, clipped or refused."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from navixy_async.testing import Point, Rules, World, WorldSpec
from navixy_async.testing.fleet import WorldTracker

from .conftest import Raw, at, between, serving

WHOLE: dict[str, Any] = {"simplify": False, "filter": False}


def as_row(tracker_id: int, row: Point) -> dict[str, Any]:
    """A point of the truth as the wire would show it; its time apart, since that depends on the mode."""
    shown = {name: getattr(row, name) for name in (
        "lat", "lng", "alt", "satellites", "mileage", "address", "speed", "heading", "precision", "gsm_lbs",
        "parking", "buffered",
    )}  # fmt: skip
    assert row.tracker_id == tracker_id
    return {**{name: value for name, value in shown.items() if value is not None}, "get_time": row.time}


def ask(tracker: WorldTracker, start: datetime, end: datetime, **options: Any) -> dict[str, Any]:
    return {"tracker_id": tracker.id, **between(start, end), **options}


async def read(raw: Raw, tracker: WorldTracker, start: datetime, end: datetime, **options: Any) -> list[dict[str, Any]]:
    answer = await raw("track/read", ask(tracker, start, end, **options))
    assert answer.status == 200, answer.body
    rows: list[dict[str, Any]] = answer.json["list"]
    return [{**row, "get_time": datetime.fromisoformat(row["get_time"])} for row in rows]


@pytest.fixture
def busy(world: World) -> WorldTracker:
    return next(tracker for tracker in world.accounts[0].trackers if tracker.kind == "van")


@pytest.mark.parametrize("style", ["colon", "compact", "zulu"])
async def test_every_point_arrives_as_it_happened(world: World, style: Any) -> None:
    async with serving(world, Rules(iso_style=style)) as raw:
        for account in world.accounts:
            caller = raw.acting_as(account)
            for tracker in account.trackers:
                if not tracker.blocked:
                    rows = await read(caller, tracker, world.start, world.end, **WHOLE)
                    truth = world.points(tracker.id, world.start, world.end)
                    assert rows == [as_row(tracker.id, row) for row in truth]


async def test_both_edges_are_inclusive(raw: Raw, world: World, busy: WorldTracker) -> None:
    rows = world.points(busy.id, world.start, world.end)
    first, last = rows[10].time, rows[20].time
    got = await read(raw, busy, first, last, **WHOLE)
    assert [row["get_time"] for row in got] == [row.time for row in rows if first <= row.time <= last]


async def test_naive_answers_are_wall_clock_with_a_doubled_hour(world: World) -> None:
    spec = WorldSpec(accounts=1, trackers=3, days=14, time_zones=("Australia/Sydney",), days_off=0, points_per_day=400)
    sydney = World(spec)
    night = next(tracker for tracker in sydney.accounts[0].trackers if tracker.kind == "night")
    start, end = at(2026, 4, 4, 15), at(2026, 4, 4, 17)
    truth = sydney.points(night.id, start, end)
    async with serving(sydney) as raw:
        naive = {"tracker_id": night.id, "from": "2026-04-05 02:00:00", "to": "2026-04-05 04:00:00", **WHOLE}
        texts = [row["get_time"] for row in (await raw("track/read", naive, iso=False)).json["list"]]
        zone = ZoneInfo("Australia/Sydney")
        local = [row.time.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S") for row in truth]
        assert texts[: len(local)] == local
        assert texts != sorted(texts), "the second 02:xx comes after the first one"
        iso = await raw("track/read", ask(night, start, end, **WHOLE))
        assert {row["get_time"][-6:] for row in iso.json["list"]} == {"+11:00", "+10:00"}


async def test_a_skipped_hour_is_no_gap_for_those_who_ask_in_utc(world: World, raw: Raw) -> None:
    tracker = next(tracker for tracker in world.accounts[0].trackers if tracker.kind == "night")
    start, end = at(2026, 3, 29, 0), at(2026, 3, 29, 3)
    got = await read(raw, tracker, start, end, **WHOLE)
    assert [row["get_time"] for row in got] == [
        row.time for row in world.points(tracker.id, start, end + timedelta(seconds=1))
    ]


async def test_simplify_and_filter_drop_points_unless_switched_off() -> None:
    world = World(WorldSpec(accounts=1, trackers=2, days=6, points_per_day=1200, days_off=0))
    tracker = world.accounts[0].trackers[0]
    start, end = world.start, world.end
    async with serving(world) as raw:
        whole = await read(raw, tracker, start, end, **WHOLE)
        default = await read(raw, tracker, start, end)
        unfiltered = await read(raw, tracker, start, end, filter=False)
        unsimplified = await read(raw, tracker, start, end, simplify=False)
        limited = await read(raw, tracker, start, end, point_limit=50)
    assert len(whole) == world.count_points(tracker.id, start, end) > 6000
    assert len(default) <= 3000
    assert len(limited) <= 50
    assert len(unfiltered) < len(whole)
    assert len(unsimplified) < len(whole)
    kept = {(row["get_time"], row["lat"], row["lng"]) for row in whole}
    assert all((row["get_time"], row["lat"], row["lng"]) in kept for row in default), "dropped, never invented"
    assert not any(row.get("parking") for row in unsimplified)


async def test_positions_of_the_phone_network_can_be_left_out() -> None:
    world = World(WorldSpec(accounts=1, trackers=2, days=4, points_per_day=900, days_off=0))
    tracker = world.accounts[0].trackers[0]
    async with serving(world) as raw:
        got = await read(raw, tracker, world.start, world.end, **WHOLE, include_gsm_lbs=False)
    truth = world.points(tracker.id, world.start, world.end)
    assert any(row.gsm_lbs for row in truth)
    assert got == [as_row(tracker.id, row) for row in truth if not row.gsm_lbs]


async def test_late_points_are_invisible_until_they_arrive(world: World) -> None:
    late = next(
        row for t in world.accounts[0].trackers if not t.blocked for row in world.points(t.id, world.start, world.end)
        if row.buffered
    )  # fmt: skip
    tracker = world.trackers[late.tracker_id]
    async with serving(world, now=late.received - timedelta(seconds=1)) as raw:
        for moment in (raw.platform.now, late.received):
            raw.platform.now = moment
            got = await read(raw, tracker, world.start, world.end, **WHOLE)
            truth = world.points(tracker.id, world.start, moment + timedelta(seconds=1), as_of=moment)
            assert got == [as_row(tracker.id, row) for row in truth]
            assert (as_row(tracker.id, late) in got) is (moment == late.received)


async def test_long_ranges_are_211_without_the_span(world: World, busy: WorldTracker) -> None:
    async with serving(world, Rules(track_span=2)) as raw:
        for path in ("track/read", "track/list", "track/download"):
            answer = await raw(path, ask(busy, world.start, world.start + timedelta(days=2, seconds=1)))
            assert answer.error == (400, 211)
            assert "max_time_span" not in answer.json
            assert (await raw(path, ask(busy, world.start, world.start + timedelta(days=2)))).status == 200


async def test_ranges_that_run_backwards_are_7(raw: Raw, world: World, busy: WorldTracker) -> None:
    for path in ("track/read", "track/list", "track/download", "track/visit/list"):
        assert (await raw(path, ask(busy, world.end, world.start))).error == (400, 7)


async def test_blocked_trackers_are_208(raw: Raw, world: World) -> None:
    blocked = next(tracker for tracker in world.accounts[0].trackers if tracker.blocked)
    for path in ("track/read", "track/list", "track/download"):
        assert (await raw(path, ask(blocked, world.start, world.end))).error == (403, 208)


async def test_the_tariff_clips_silently() -> None:
    spec = WorldSpec(accounts=1, trackers=2, days=10, points_per_day=60, days_off=0, store_days=(15,))
    world = World(spec)
    tracker = world.accounts[0].trackers[0]
    kept_from = world.settled - timedelta(days=15)
    async with serving(world) as raw:
        clipped = await raw("track/read", ask(tracker, world.start, world.end, **WHOLE))
        held = await raw("track/read", ask(tracker, kept_from, world.end, **WHOLE))
        gone = await raw("track/download", ask(tracker, world.start, kept_from - timedelta(days=1)))
    assert clipped.json["limit_exceeded"] is True
    assert held.json["limit_exceeded"] is False
    assert clipped.json["list"] == held.json["list"]
    assert 0 < len(held.json["list"]) == len(world.points(tracker.id, kept_from, world.end))
    assert len(held.json["list"]) < world.count_points(tracker.id, world.start, world.end)
    assert gone.json == {"success": True, "list": [], "limit_exceeded": True}


async def test_too_many_points_are_9_if_the_platform_says_so(world: World, busy: WorldTracker) -> None:
    async with serving(world, Rules(max_points=10)) as raw:
        assert (await raw("track/read", ask(busy, world.start, world.end, **WHOLE))).error == (412, 9)


async def test_trips_are_those_of_the_truth(raw: Raw, world: World, busy: WorldTracker) -> None:
    tracks = (await raw("track/list", ask(busy, world.start, world.end, filter=False, count_events=True))).json["list"]
    trips = world.trips(busy.id, world.start, world.end)
    assert [track["id"] for track in tracks] == [trip.id for trip in trips]
    for track, trip in zip(tracks, trips, strict=True):
        assert track["type"] == "regular"
        assert datetime.fromisoformat(track["start_date"]) == trip.start
        assert datetime.fromisoformat(track["end_date"]) == trip.end
        assert (track["points"], track["length"], track["max_speed"]) == (trip.points, trip.length_km, trip.max_speed)
        assert track["event_count"] == len(world.events(busy.id, trip.start, trip.end + timedelta(seconds=1)))
        one = await read(raw, busy, world.start, world.end, **WHOLE, track_id=trip.id)
        assert len(one) == trip.points
    filtered = (await raw("track/list", ask(busy, world.start, world.end))).json["list"]
    assert all(track["length"] >= 0.3 and track["points"] >= 4 for track in filtered)


async def test_without_split_the_whole_range_is_one_merged_track(raw: Raw, world: World, busy: WorldTracker) -> None:
    options = {"split": False, "filter": False, "with_points": True, "point_limit": 7}
    answer = await raw("track/list", ask(busy, world.start, world.end, **options))
    (track,) = answer.json["list"]
    trips = world.trips(busy.id, world.start, world.end)
    assert track["type"] == "merged"
    assert "id" not in track
    assert track["points"] == sum(trip.points for trip in trips)
    assert track["length"] == pytest.approx(sum(trip.length_km for trip in trips), abs=0.05)
    assert len(track["points_list"]) == 7
    assert track["bounds"]["nw"]["lat"] >= track["bounds"]["se"]["lat"]


async def test_rare_reports_are_single_and_can_be_clustered(raw: Raw, world: World) -> None:
    sparse = next(tracker for tracker in world.accounts[0].trackers if tracker.kind == "sparse")
    single = (await raw("track/list", ask(sparse, world.start, world.end))).json["list"]
    assert {track["type"] for track in single} == {"single_report"}
    assert len(single) == world.count_points(sparse.id, world.start, world.end)
    options = {"cluster_single_reports": True}
    mixed = (await raw("track/list", ask(sparse, world.start, world.end, **options))).json["list"]
    clusters = [track for track in mixed if track["type"] == "cluster"]
    assert clusters
    assert len(mixed) < len(single)
    assert sum(len(track["points"]) for track in clusters) + len(mixed) - len(clusters) == len(single)
    assert (await read(raw, sparse, world.start, world.end))[0]["precision"] in (10, 25, 50)


async def test_a_tracker_without_data_gives_empty_lists(raw: Raw, world: World) -> None:
    silent = next(tracker for tracker in world.accounts[0].trackers if tracker.kind == "silent")
    for path in ("track/read", "track/list"):
        answer = await raw(path, ask(silent, world.start, world.end))
        assert answer.json == {"success": True, "list": [], "limit_exceeded": False}


async def test_visits_name_the_zone(raw: Raw, world: World, busy: WorldTracker) -> None:
    value = (await raw("track/visit/list", ask(busy, world.start, world.end))).json["value"]
    assert value == {"zones": [54865], "places": [18404]}
    silent = next(tracker for tracker in world.accounts[0].trackers if tracker.kind == "silent")
    empty = (await raw("track/visit/list", ask(silent, world.start, world.end))).json["value"]
    assert empty == {"zones": [], "places": []}
