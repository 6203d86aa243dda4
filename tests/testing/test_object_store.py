"""Relations between objects are kept, and references must exist."""

from __future__ import annotations

from navixy_async.testing import World

from .conftest import Raw, serving
from .test_collections import listed


async def test_references_must_exist(raw: Raw, world: World) -> None:
    foreign = world.accounts[1].trackers[0].id
    assert (await raw("tracker/alarm_mode/read", {"tracker_id": foreign})).json["status"]["code"] in (201, 204)
    assert (await raw("tracker/chat/broadcast", {"trackers": [foreign], "message": "x"})).error == (400, 217)
    assert (await raw("zone/read", {"zone_id": 1})).error == (400, 201)


async def test_relations_are_kept(world: World) -> None:
    trackers = [tracker.id for tracker in world.accounts[0].trackers[:3]]
    async with serving(world) as raw:
        subuser = next(iter(await listed(raw, "subuser")))
        one = {"subuser_id": subuser}
        assert (await raw("subuser/tracker/bind", {**one, "trackers": trackers})).status == 200
        assert (await raw("subuser/tracker/list", one)).json["list"] == trackers
        assert (await raw("subuser/tracker/unbind", {**one, "trackers": trackers[:1]})).status == 200
        assert (await raw("subuser/tracker/list", one)).json["list"] == trackers[1:]
