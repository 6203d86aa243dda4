"""Sensors, counters, mileage and engine hours: what the platform answers is the world's truth, worked out apart."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from navixy_async.testing import Rules, World, WorldSpec

from .conftest import Raw, at, between, serving

DAY = timedelta(days=1)


def counting(world: World, account: int = 0) -> list[int]:
    trackers = world.accounts[account].trackers
    return [t.id for t in trackers if not t.blocked and t.kind not in ("silent", "sparse")]


async def test_late_values_come_later(world: World) -> None:
    tracker = next(t for t in counting(world) if any(p.buffered for p in world.points(t, world.start, world.end)))
    arrival = next(p.received for p in world.points(tracker, world.start, world.end) if p.buffered)
    before = arrival - timedelta(seconds=1)
    voltage = world.sensors(tracker)[0].id
    window = (arrival - 8 * DAY, arrival)
    async with serving(world, now=before) as raw:
        asked = {"tracker_id": tracker, "sensor_id": voltage, **between(window[0], before)}
        there = (await raw("tracker/sensor/data/read", asked)).json["list"]
        assert len(there) == len(world.sensor_values(tracker, voltage, *window, as_of=before))
        raw.platform.now = arrival
        more = (await raw("tracker/sensor/data/read", asked)).json["list"]
        assert len(more) == len(world.sensor_values(tracker, voltage, *window, as_of=arrival)) > len(there)


@pytest.mark.parametrize("account", [0, 1, 2])
async def test_mileage_by_local_day(raw: Raw, world: World, account: int) -> None:
    caller = raw.acting_as(world.accounts[account])
    trackers = [tracker.id for tracker in world.accounts[account].trackers if not tracker.blocked]
    windows = [
        (world.start, world.end - timedelta(seconds=1)),
        (at(2026, 3, 28, 11, 17), at(2026, 3, 29, 14, 3, 59)),
        (at(2026, 4, 4, 12), at(2026, 4, 5, 12)),
    ]
    for start, last in windows:
        answer = (await caller("tracker/stats/mileage/read", {"trackers": trackers, **between(start, last)})).json
        assert answer["limit_exceeded"] is False
        for tracker in trackers:
            truth = world.mileage(tracker, start, last + timedelta(seconds=1))
            got = {day: one["mileage"] for day, one in answer["result"][str(tracker)].items()}
            assert got == {day.isoformat(): km for day, km in truth.items()}
            assert sum(got.values()) > 0 or not world.count_points(tracker, start, last)


def test_mileage_and_engine_hours_of_parts_add_up(world: World) -> None:
    for tracker in counting(world):
        times = [point.time for point in world.points(tracker, world.start, world.end)]
        middle = times[len(times) // 2]
        whole = sum(world.mileage(tracker, world.start, world.end).values())
        parts = [(world.start, middle), (middle, world.end)]
        assert sum(sum(world.mileage(tracker, *part).values()) for part in parts) == pytest.approx(whole)
        assert whole > 100
        hours = world.engine_hours(tracker, world.start, world.end)
        assert sum(world.engine_hours(tracker, *part) for part in parts) == pytest.approx(hours, abs=0.02)
        trips = world.trips(tracker, world.start, world.end)
        assert hours == pytest.approx(sum((trip.end - trip.start).total_seconds() for trip in trips) / 3600, abs=0.01)


async def test_engine_hours_are_the_truth(world: World) -> None:
    noon = at(2026, 3, 30, 12, 7)
    async with serving(world, now=noon) as raw:
        for start, last in [(world.start, noon), (at(2026, 3, 27, 9, 9), at(2026, 3, 29, 10))]:
            for tracker in world.accounts[0].trackers:
                asked = {"tracker_id": tracker.id, **between(start, last)}
                answer = await raw("tracker/stats/engine_hours/read", asked)
                if tracker.blocked or tracker.clone or tracker.kind == "sparse":
                    assert answer.error[1] == (208 if tracker.blocked else 219 if tracker.clone else 214)
                    continue
                truth = world.engine_hours(tracker.id, start, last + timedelta(seconds=1), as_of=noon)
                assert answer.json["value"] == truth


async def test_ranges_have_their_documented_spans(world: World) -> None:
    tracker = counting(world)[0]
    start = world.start - 40 * DAY
    sensor = world.sensors(tracker)[0].id
    spans: list[tuple[str, dict[str, Any], int, int]] = [
        ("tracker/sensor/data/read", {"tracker_id": tracker, "sensor_id": sensor}, 30, 211),
        ("tracker/counter/data/read", {"tracker_id": tracker, "type": "odometer"}, 31, 7),
        ("tracker/stats/mileage/read", {"trackers": [tracker]}, 31, 211),
        ("tracker/stats/engine_hours/read", {"tracker_id": tracker}, 31, 211),
    ]
    async with serving(world, Rules(stats_trackers=2)) as raw:
        for path, asked, days, code in spans:
            assert (await raw(path, {**asked, **between(start, start + days * DAY)})).status == 200, path
            longer = await raw(path, {**asked, **between(start, start + days * DAY + timedelta(seconds=1))})
            assert longer.error == (400, code), path
            assert longer.json.get("max_time_span") == (f"P{days}D" if code == 211 else None)
            empty = await raw(path, {**asked, **between(start, start)})
            assert [fault["parameter"] for fault in empty.json["errors"]] == ["to"]
        asked = {"trackers": counting(world)[:3], **between(start, start + DAY)}
        assert (await raw("tracker/stats/mileage/read", asked)).error == (403, 221)


async def test_the_tariff_clips_what_counts() -> None:
    world = World(WorldSpec(accounts=1, trackers=2, days=14, points_per_day=40, store_days=(10,)))
    tracker = world.accounts[0].trackers[0].id
    async with serving(world) as raw:
        held_since = raw.platform.now - 10 * DAY
        answer = await raw("tracker/stats/mileage/read", {"trackers": [tracker], **between(world.start, world.end)})
        assert answer.json["limit_exceeded"] is True
        driven = sum(one["mileage"] for one in answer.json["result"][str(tracker)].values())
        assert driven == pytest.approx(sum(world.mileage(tracker, held_since, world.end).values()))
