"""Events of a world: a burst fires many in one second."""

from __future__ import annotations

from navixy_async.testing import World, WorldSpec


def test_a_burst_fires_many_entries_in_one_second() -> None:
    world = World(WorldSpec(accounts=1, trackers=2, days=2, points_per_day=30, burst=150, days_off=0))
    first, second = world.accounts[0].trackers
    assert first.bursts
    assert not second.bursts
    seconds = [row.time for row in world.events(first.id, world.start, world.end) if row.message.startswith("Burst")]
    assert len(seconds) == 300
    assert len(set(seconds)) == 2
