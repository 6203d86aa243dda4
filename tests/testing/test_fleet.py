"""Accounts do not show their secrets; large fleets share their motion."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from navixy_async.testing import World, WorldSpec

from .conftest import SMALL


def test_shared_motions_keep_large_worlds_cheap() -> None:
    world = World(WorldSpec(accounts=2, trackers=500, days=5, vehicles=4, points_per_day=40))
    assert {tracker.motion for tracker in world.trackers.values()} == {0, 1, 2, 3}
    a, b = (world.points(tracker.id, world.start, world.end) for tracker in world.accounts[0].trackers[0:5:4])
    assert {(row.lat, row.lng) for row in a} & {(row.lat, row.lng) for row in b}
    assert [row.time for row in a] != [row.time for row in b]


def test_secrets_do_not_show(world: World) -> None:
    account = world.accounts[0]
    shown = repr(account)
    assert account.api_key not in shown
    assert account.password not in shown
    assert len(account.api_key) == 32
    assert set(account.api_key) <= set("0123456789abcdef")
    assert SMALL.accounts == len({one.api_key for one in world.accounts})
    assert account.zone.utcoffset(datetime(2026, 3, 28, tzinfo=UTC).replace(tzinfo=None)) == timedelta(hours=1)
