"""The objects that a world begins with."""

from __future__ import annotations

from datetime import datetime

from navixy_async.testing import World

from .conftest import Raw
from .test_collections import listed


async def test_objects_belong_to_the_world(raw: Raw, world: World) -> None:
    account = world.accounts[0]
    vehicles = await listed(raw, "vehicle")
    assert {one["tracker_id"] for one in vehicles.values()} == {tracker.id for tracker in account.trackers}
    assert set(vehicles) == {tracker.vehicle_id for tracker in account.trackers}
    employees = await listed(raw, "employee")
    assert set(employees) == {one.employee_id for one in account.trackers} - {None}
    tasks = await raw("task/list", {"trackers": [account.trackers[0].id]})
    assert {one["tracker_id"] for one in tasks.json["list"]} == {account.trackers[0].id}
    begins = datetime.fromisoformat(tasks.json["list"][0]["from"])
    assert world.start < begins < world.end
    naive = (await raw("task/read", {"task_id": tasks.json["list"][0]["id"]}, iso=False)).json["value"]["from"]
    assert datetime.fromisoformat(naive) == begins.astimezone(account.zone).replace(tzinfo=None)
    page = (await raw("task/list", {"limit": 2, "offset": 1})).json
    assert (len(page["list"]), page["count"]) == (2, 6)
