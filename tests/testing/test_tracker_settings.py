"""What users change on trackers shows wherever the platform reports it."""

from __future__ import annotations

from datetime import timedelta

from navixy_async.testing import World

from .conftest import between, serving


async def test_label_group_and_tags(world: World) -> None:
    async with serving(world) as raw:
        tracker, account = world.accounts[0].trackers[1], world.accounts[0]
        one, group = {"tracker_id": tracker.id}, account.groups[1].id
        assert (await raw("tracker/settings/update", {**one, "group_id": group, "label": "Renamed"})).status == 200
        assert (await raw("tracker/settings/update", {**one, "group_id": 1, "label": "x"})).error == (404, 204)
        assert (await raw("tracker/settings/read", one)).json["settings"] == {"label": "Renamed", "group_id": group}
        found = (await raw("tracker/list", {"labels": ["renamed"]})).json["list"]
        assert [(row["id"], row["label"], row["group_id"]) for row in found] == [(tracker.id, "Renamed", group)]
        tag = (await raw("tag/create", {"tag": {"name": "Cold", "color": "0000FF"}})).json["id"]
        bindings = [{"tag_id": tag, "ordinal": 1}, {"tag_id": 456, "ordinal": 2}]
        assert (await raw("tracker/tags/set", {**one, "tag_bindings": bindings})).status == 200
        assert (await raw("tracker/read", one)).json["value"]["tag_bindings"] == bindings
        unknown = [{"tag_id": 1, "ordinal": 1}]
        assert (await raw("tracker/tags/set", {**one, "tag_bindings": unknown})).error == (400, 201)
        assert (await raw("tracker/tags/set", {**one, "tag_bindings": [{}]})).error == (400, 7)


async def test_drivers_change(world: World) -> None:
    async with serving(world) as raw:
        first, second = (one for one in world.accounts[0].trackers[:4] if one.employee_id is not None)
        here, there = {"tracker_id": first.id}, {"tracker_id": second.id}
        assert (await raw("tracker/employee/read", here)).json["current"]["id"] == first.employee_id
        same = {**here, "new_employee_id": first.employee_id}
        assert (await raw("tracker/employee/assign", same)).error == (400, 263)
        assert (await raw("tracker/employee/assign", {**here, "new_employee_id": second.employee_id})).status == 200
        after = (await raw("tracker/employee/read", here)).json
        assert after["current"]["id"] == second.employee_id
        assert after["last_change"]["old_employee_id"] == first.employee_id
        assert "current" not in (await raw("tracker/employee/read", there)).json
        assert (await raw("tracker/employee/assign", {**here, "new_employee_id": 1})).error == (400, 201)


async def test_sensors_change(world: World) -> None:
    async with serving(world) as raw:
        account = world.accounts[0]
        one = {"tracker_id": account.trackers[0].id}
        known = world.sensors(account.trackers[0].id)
        given = {"type": "metering", "sensor_type": "fuel", "name": "Tank 2", "input_name": "lls_level_2"}
        made = (await raw("tracker/sensor/create", {**one, "sensor": given})).json["id"]
        before = next(row for row in (await raw("tracker/sensor/list", one)).json["list"] if row["id"] == known[0].id)
        renamed = {name: value for name, value in before.items() if name != "units"} | {"name": "Volts"}
        assert (await raw("tracker/sensor/update", {**one, "sensor": renamed})).status == 200
        assert (await raw("tracker/sensor/update", {**one, "sensor": {"id": known[0].id}})).error == (400, 7)
        assert (await raw("tracker/sensor/delete", {**one, "sensor_id": known[1].id})).status == 200
        listed = {row["id"]: row for row in (await raw("tracker/sensor/list", one)).json["list"]}
        assert set(listed) == {made, *(sensor.id for sensor in known)} - {known[1].id}
        assert listed[made] == {**given, "id": made}
        assert listed[known[0].id] == renamed, "what is not sent does not stay"
        window = between(world.start, world.start + timedelta(days=5))
        read = "tracker/sensor/data/read"
        assert (await raw(read, {**one, "sensor_id": made, **window})).json["list"] == []
        assert (await raw(read, {**one, "sensor_id": known[0].id, **window})).json["list"] != []
        assert (await raw(read, {**one, "sensor_id": known[1].id, **window})).error == (400, 201)
        assert (await raw("tracker/sensor/delete", {**one, "sensor_id": known[1].id})).error == (400, 201)
        clone = next(tracker for tracker in account.trackers if tracker.clone)
        assert (await raw("tracker/sensor/create", {"tracker_id": clone.id, "sensor": given})).error == (403, 219)
