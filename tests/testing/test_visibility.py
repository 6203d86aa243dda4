"""Trackers of other accounts are unknown."""

from __future__ import annotations

from datetime import timedelta

from navixy_async.testing import World

from .conftest import Raw, between


async def test_trackers_of_other_accounts_are_unknown(raw: Raw, world: World) -> None:
    foreign = world.accounts[1].trackers[0].id
    span = between(world.start, world.start + timedelta(days=3))
    assert (await raw("tracker/read", {"tracker_id": foreign})).error == (400, 201)
    assert (await raw("track/read", {"tracker_id": foreign, **span})).error == (400, 201)
    assert (await raw("track/visit/list", {"tracker_id": foreign, **span})).error == (404, 204)
    assert (await raw("tracker/readings/list", {"tracker_id": foreign})).error == (404, 204)
    assert (await raw("history/tracker/list", {"trackers": [foreign], **span})).error == (400, 217)
