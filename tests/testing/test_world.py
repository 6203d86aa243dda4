"""The world is the same everywhere, and its truth is what it says it is."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from navixy_async.testing import World, WorldSpec
from navixy_async.testing.fleet import digest

from .conftest import at

FINGERPRINT = """
from navixy_async.testing import World, WorldSpec
from navixy_async.testing.fleet import digest
world = World(WorldSpec(trackers=6, days=3, points_per_day=50))
print(digest(*[world.points(t, world.start, world.end) for t in world.trackers],
             world.events(list(world.trackers), world.start, world.end), [a.api_key for a in world.accounts]))
"""


@pytest.mark.parametrize("salt", ["1", "2"])
def test_another_process_holds_the_same_rows(salt: str) -> None:
    world = World(WorldSpec(trackers=6, days=3, points_per_day=50))
    here = digest(
        *[world.points(tracker_id, world.start, world.end) for tracker_id in world.trackers],
        world.events(list(world.trackers), world.start, world.end),
        [account.api_key for account in world.accounts],
    )
    environment = {**os.environ, "PYTHONHASHSEED": salt}
    there = subprocess.run(
        [sys.executable, "-c", FINGERPRINT], capture_output=True, text=True, check=True, env=environment
    )
    assert there.stdout.strip() == here


def test_another_seed_is_another_world(world: World) -> None:
    other = World(WorldSpec(seed=8, trackers=8))
    assert other.accounts[0].api_key != world.accounts[0].api_key
    mine, its = world.accounts[0].trackers[0], other.accounts[0].trackers[0]
    assert world.points(mine.id, world.start, world.end) != other.points(its.id, other.start, other.end)


def test_ranges_are_half_open_and_parts_add_up(world: World) -> None:
    tracker = world.accounts[0].trackers[0]
    whole = world.points(tracker.id, world.start, world.end)
    cut = whole[len(whole) // 2].time
    before, after = world.points(tracker.id, world.start, cut), world.points(tracker.id, cut, world.end)
    assert before + after == whole
    assert before[-1].time < cut == after[0].time
    assert world.count_points(tracker.id, world.start, cut) == len(before)

    events = world.events(tracker.id, world.start, world.end)
    cut = events[len(events) // 2].time
    assert world.events(tracker.id, world.start, cut) + world.events(tracker.id, cut, world.end) == events


def test_fractions_of_a_second_round_the_range_up(world: World) -> None:
    tracker = world.accounts[0].trackers[0]
    moment = world.points(tracker.id, world.start, world.end)[0].time
    later = moment + timedelta(milliseconds=1)
    assert world.points(tracker.id, moment, later) != []
    assert moment not in {row.time for row in world.points(tracker.id, later, world.end)}


def test_naive_times_are_refused(world: World) -> None:
    with pytest.raises(ValueError, match="aware"):
        world.points(world.accounts[0].trackers[0].id, datetime(2026, 3, 23), world.end)


def test_rows_are_in_order_and_ids_are_unique(world: World) -> None:
    for tracker_id in world.trackers:
        times = [row.time for row in world.points(tracker_id, world.start, world.end)]
        assert times == sorted(times)
    events = world.events(list(world.trackers), world.start, world.end)
    assert len({row.id for row in events}) == len(events)
    assert all(world.event_by_id(row.id) == row for row in events[:50])
    trips = [trip.id for tracker_id in world.trackers for trip in world.trips(tracker_id, world.start, world.end)]
    assert len(set(trips)) == len(trips)


def test_the_world_has_what_hurts_clients() -> None:
    world = World(WorldSpec(accounts=3, trackers=8, days=14, points_per_day=300))
    points = {tracker_id: world.points(tracker_id, world.start, world.end) for tracker_id in world.trackers}
    rows = [row for held in points.values() for row in held]
    pairs = [pair for held in points.values() for pair in pairwise(held)]
    assert any(a.time == b.time and a != b for a, b in pairs), "two records in one second"
    assert any(a == b for a, b in pairs), "the very same record twice"
    assert any(row.heading is None for row in rows)
    assert any(row.gsm_lbs and row.parking is None and row.precision for row in rows)
    assert any(row.parking for row in rows)
    late = [row for row in rows if row.buffered]
    assert late
    assert all(row.received > row.time for row in late)
    assert all(row.received == row.time for row in rows if not row.buffered)
    assert max(row.received for row in rows) < world.settled

    for account in world.accounts:
        kinds = {tracker.kind for tracker in account.trackers}
        assert {"silent", "sparse", "bus", "van", "night"} <= kinds
        blocked = [tracker for tracker in account.trackers if tracker.blocked]
        assert blocked
        silent = next(tracker for tracker in account.trackers if tracker.kind == "silent")
        assert points[silent.id] == []
        clone = next(tracker for tracker in account.trackers if tracker.clone)
        original = next(t for t in account.trackers if t.source_id == clone.source_id and not t.clone)
        assert [row.time for row in points[clone.id]] == [row.time for row in points[original.id]]
    assert any(
        not world.count_points(t, at(2026, 3, d), at(2026, 3, d + 1))
        for t in points
        if points[t]
        for d in range(24, 31)
    )

    events = world.events(list(world.trackers), world.start, world.end)
    per_tracker = [sum(row.tracker_id == tracker_id for row in events) for tracker_id in world.trackers]
    assert max(per_tracker) > 5 * min(filter(None, per_tracker))
    lost = [row for row in events if row.event in ("offline", "online")]
    assert {row.event for row in lost} == {"offline", "online"}
    assert all(row.received == row.time for row in lost), "the platform noticed it by itself"
    keys = [(row.tracker_id, row.time) for row in events]
    assert len(set(keys)) < len(keys), "entries of one tracker in one second"


def test_nothing_lies_outside_of_the_world(world: World) -> None:
    ancient, far = at(2020, 1, 1), at(2030, 1, 1)
    for tracker_id in world.trackers:
        assert world.points(tracker_id, ancient, world.start) == []
        assert world.points(tracker_id, world.end, far) == []
        assert world.count_points(tracker_id, ancient, far) == world.count_points(tracker_id, world.start, world.end)


def test_as_of_hides_what_has_not_arrived(world: World) -> None:
    tracker = next(t for t in world.trackers if any(row.buffered for row in world.points(t, world.start, world.end)))
    rows = world.points(tracker, world.start, world.end)
    arrival = next(row.received for row in rows if row.buffered)
    before = world.points(tracker, world.start, world.end, as_of=arrival - timedelta(seconds=1))
    assert all(row.received < arrival for row in before)
    assert any(row.received == arrival for row in world.points(tracker, world.start, world.end, as_of=arrival))


def test_wrong_specs_are_refused() -> None:
    for wrong in ({"accounts": 0}, {"days": 0}, {"points_per_day": 5}, {"time_zones": ()}, {"vehicles": 0}):
        with pytest.raises(ValueError):
            WorldSpec(**wrong)
