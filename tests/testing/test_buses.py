"""Recorded buses are replayed as they drove."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from navixy_async.testing import World, WorldSpec
from navixy_async.testing.buses import recordings


def test_the_recorded_buses_are_replayed_as_they_drove() -> None:
    world = World(WorldSpec(accounts=1, trackers=8, days=2, points_per_day=1000, days_off=0, late=0))
    bus = next(tracker for tracker in world.accounts[0].trackers if tracker.kind == "bus")
    recording = recordings()[bus.motion % 8]
    assert sum(len(one) for one in recordings()) == 1533
    rows = world.points(bus.id, world.start, world.end)
    path = [(row.lat, row.lng, row.heading) for row in rows]
    driven = [(seen.lat, seen.lng, seen.bearing) for seen in recording]
    single = [step for n, step in enumerate(path) if n == 0 or rows[n] != rows[n - 1]]
    assert single[: len(driven)] == driven
    gaps = [b.time - a.time for a, b in pairwise(rows)]
    assert max(gaps[: len(driven)]) > timedelta(minutes=25), "the real pauses are there"
