"""Worlds that cannot be are refused; an empty one and a long one answer in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from navixy_async.testing import World, WorldSpec

from .conftest import serving

TINY = WorldSpec(accounts=1, trackers=2, days=1, points_per_day=10, events_per_day=0)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"start": date(9999, 12, 20)}, "starts between the years"),
        ({"start": date(1, 1, 1)}, "starts between the years"),
        ({"burst": 1 << 20}, "events_per_day and burst"),
        ({"events_per_day": -1}, "events_per_day and burst"),
    ],
)
def test_worlds_that_cannot_be_are_refused(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        replace(TINY, **change)


@pytest.mark.parametrize("spec", [replace(TINY, days_off=1.0), replace(TINY, silent=2), replace(TINY, days=25)])
async def test_an_empty_world_and_a_long_one_answer_in_order(spec: WorldSpec) -> None:
    world = World(spec)
    account = world.accounts[0]
    ids = [tracker.id for tracker in account.trackers]
    period = {"from": world.start.isoformat(), "to": world.end.isoformat()}
    async with serving(world) as raw:
        for path in ("history/tracker/list", "history/user/list", "tracker/get_states", "tracker/stats/mileage/read"):
            assert (await raw(path, {"trackers": ids, **period})).status == 200
        told = (await raw("track/list", {"tracker_id": ids[0], **period})).json["list"]
        assert [track["start_date"] for track in told] == sorted(track["start_date"] for track in told)
        points = (await raw("track/read", {"tracker_id": ids[0], **period})).json["list"]
        assert [point["get_time"] for point in points] == sorted(point["get_time"] for point in points)
    for tracker in ids:
        rows = world.events(tracker, world.start, world.end)
        assert [(row.time, row.id) for row in rows] == sorted((row.time, row.id) for row in rows)
        trips = world.trips(tracker, world.start, world.end)
        assert [trip.start for trip in trips] == sorted(trip.start for trip in trips)
