"""Groups of trackers can be changed, for good."""

from __future__ import annotations

from navixy_async.testing import World

from .conftest import serving


async def test_groups_change_for_good(world: World) -> None:
    async with serving(world) as raw:
        first, second = (tracker.id for tracker in world.accounts[0].trackers[:2])
        group = (await raw("tracker/group/create", {"title": "New", "color": "1E96DC"})).json["id"]
        assert (await raw("tracker/group/assign", {"id": group, "trackers": [first, second]})).status == 200
        assert (await raw("tracker/group/update", {"id": group, "title": "Newer", "color": "000000"})).status == 200
        groups = (await raw("tracker/group/list")).json["list"]
        assert {"id": group, "title": "Newer", "color": "000000"} in groups
        assert (await raw("tracker/read", {"tracker_id": first})).json["value"]["group_id"] == group
        assert (await raw("tracker/group/delete", {"id": group})).status == 200
        assert (await raw("tracker/read", {"tracker_id": first})).json["value"]["group_id"] == 0
        for path in ("delete", "update", "assign"):
            asked = {"id": group, "title": "x", "color": "000000", "trackers": [first]}
            assert (await raw(f"tracker/group/{path}", asked)).error == (400, 201)
        assert (await raw("tracker/group/assign", {"id": 0, "trackers": [1]})).error == (400, 217)
        other = await raw.acting_as(world.accounts[1])("tracker/group/list")
        assert group not in [one["id"] for one in other.json["list"]]
    async with serving(world) as fresh:
        assert len((await fresh("tracker/group/list")).json["list"]) == 3, "the world itself never changes"
