"""Objects are really kept: create, list, read, update and delete, per account, resource by resource."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from navixy_async.testing import World
from navixy_async.testing.facts import documented

from .conftest import Raw, serving

RESOURCES: list[tuple[str, str, dict[str, Any], str]] = [
    ("tag", "tag", {"name": "Night", "color": "0A0A0A"}, "name"),
    ("place", "place", {"label": "Yard", "location": {"lat": 1.0, "lng": 2.0, "radius": 50, "address": ""}}, "label"),
    ("employee", "employee", {"first_name": "Zoë", "last_name": "Ng", "tracker_id": None}, "first_name"),
    ("vehicle", "vehicle", {"label": "Truck 9", "type": "truck", "reg_number": "X 1"}, "label"),
    ("garage", "garage", {"organization_name": "Wheels", "mechanic_name": "Bo"}, "mechanic_name"),
    ("department", "department", {"label": "South"}, "label"),
    ("task", "task", {"label": "Bring", "location": {"lat": 1.0, "lng": 2.0, "radius": 50}}, "label"),
    ("form/template", "template", {"label": "Check", "fields": []}, "label"),
    ("status/listing", "listing", {"label": "Drivers"}, "label"),
    ("retranslator", "retranslator", {"name": "Copy", "port": 1}, "name"),
    ("report/schedule", "schedule", {"enabled": False, "description": "weekly"}, "description"),
    ("tracker/rule", "rule", {"type": "speed_limit", "name": "Fast"}, "name"),
    ("subuser/security_group", "group", {"label": "Managers 2", "privileges": {}}, "label"),
    ("iot/logic/flow/endpoint", "endpoint", {"title": "Broker", "type": "output_mqtt_client"}, "title"),
    ("iot/logic/flow", "flow", {"title": "Flow 9", "nodes": [], "edges": []}, "title"),
    ("vehicle/service_task", "task", {"description": "Oil"}, "description"),
]


async def listed(raw: Raw, resource: str) -> dict[int, dict[str, Any]]:
    headers = {"Authorization": f"NVX {raw.hash}", "NVX-ISO-DateTime": "true"}
    answer = await raw.send(documented()[f"{resource}/list"].method, f"{resource}/list", headers=headers)
    assert answer.status == 200, answer.body
    return {one["id"]: one for one in answer.json["list"]}


@pytest.mark.parametrize(
    ("resource", "word", "given", "changed"), RESOURCES, ids=[resource for resource, *_ in RESOURCES]
)
async def test_round_trip(world: World, resource: str, word: str, given: dict[str, Any], changed: str) -> None:
    async with serving(world) as raw:
        before = await listed(raw, resource)
        created = await raw(f"{resource}/create", {word: given})
        assert created.status == 200, created.body
        one = created.json["id"]
        held = await listed(raw, resource)
        assert set(held) == {*before, one}
        assert {name: held[one].get(name) for name in given if given[name] is not None} == {
            name: value for name, value in given.items() if value is not None
        }
        update = {word: {**given, "id": one, changed: "changed"}}
        assert (await raw(f"{resource}/update", update)).status == 200
        assert (await listed(raw, resource))[one][changed] == "changed"
        named = f"{word}_id" if word != "group" else "security_group_id"
        assert (await raw(f"{resource}/delete", {named: one})).status == 200
        assert set(await listed(raw, resource)) == set(before)
        assert (await raw(f"{resource}/delete", {named: one})).json["status"]["code"] in (201, 204)
        assert (await raw(f"{resource}/update", update)).json["status"]["code"] in (201, 204)
        other = raw.acting_as(world.accounts[1])
        assert one not in await listed(other, resource)


async def test_a_list_may_be_a_file(raw: Raw) -> None:
    assert "list" in (await raw("checkin/list")).json
    file = await raw("checkin/list", {"format": "xlsx"})
    assert file.headers["Content-Disposition"] == 'attachment; filename="checkin.xlsx"'
    assert file.body.startswith(b"PK")


async def test_routes_keep_their_checkpoints(world: World) -> None:
    async with serving(world) as raw:
        stop = {"label": "Stop 1", "location": {"lat": 1.0, "lng": 2.0, "radius": 50}}
        asked = {"route": {"label": "Round"}, "checkpoints": [stop, {**stop, "label": "Stop 2"}], "create_form": False}
        route = (await raw("task/route/create", asked)).json["result"]
        ids = route["checkpoint_ids"]
        listed = (await raw("task/checkpoint/list", {"checkpoint_ids": ids})).json["list"]
        assert [one["label"] for one in listed] == ["Stop 1", "Stop 2"]
        turned = {"route": {"id": route["id"], "label": "Back"}, "checkpoints": [{**stop, "id": ids[1]}, stop]}
        after = (await raw("task/route/update", {**turned, "create_form": False})).json["result"]
        assert after["label"] == "Back"
        assert after["checkpoint_ids"][0] == ids[1]
        assert after["checkpoint_ids"][1] not in ids


async def test_settings_are_kept(world: World) -> None:
    tracker = world.accounts[0].trackers[0].id
    async with serving(world) as raw:
        one = {"tracker_id": tracker}
        changed = {**one, "min_idle_duration_minutes": 9, "idle_speed_threshold": 4, "ignition_aware": True}
        changed["motion_sensor_aware"] = True
        assert (await raw("tracker/settings/trip_detection/update", changed)).status == 200
        read = (await raw("tracker/settings/trip_detection/read", one)).json
        assert read == {"success": True, **{name: value for name, value in changed.items() if name != "tracker_id"}}
        other = {"tracker_id": world.accounts[0].trackers[1].id}
        assert (await raw("tracker/settings/trip_detection/read", other)).json["min_idle_duration_minutes"] != 9
        assert (await raw("user/settings/ui/update", {"key": "a", "value": "b"})).status == 200
        assert (await raw("user/settings/ui/read", {"key": "a"})).json["value"] == "b"
        assert (await raw("tracker/settings/lbs/update", {**one, "max_radius": 777})).status == 200
        assert (await raw("tracker/settings/lbs/read", one)).json["max_radius"] == 777


async def test_the_panel_has_sessions_of_its_own(world: World) -> None:
    operator, login = world.panel, "panel/account/auth"
    assert operator.password not in repr(operator)
    async with serving(world) as raw:
        assert (await raw("panel/user/list")).error == (400, 4), "an API key opens no panel"
        assert (await raw(login, {"login": operator.login, "password": "wrong"})).error == (400, 102)
        session = (await raw(login, {"login": operator.login, "password": operator.password})).json["hash"]
        panel = raw.acting_as(world.accounts[0], session)
        users = (await panel("panel/user/list")).json
        assert {one["id"] for one in users["list"]} == {account.id for account in world.accounts}
        trackers = (await panel("panel/tracker/list", {"limit": 5})).json
        assert {one["id"] for one in trackers["list"]} <= set(world.trackers)
        assert (await panel("tracker/list")).error == (403, 276), "and a panel session no account"
        asked = documented()["panel/user/create"].example_request or {}
        made = await panel("panel/user/create", {**asked, "user": {**asked["user"], "login": "n@example.com"}})
        assert len((await panel("panel/user/list")).json["list"]) == len(world.accounts) + 1
        assert (await panel("panel/user/read", {"user_id": made.json["id"]})).json["value"]["login"] == "n@example.com"
        raw.platform.end_session(world.accounts[0])
        assert (await panel("panel/user/list")).status == 200
        raw.platform.now = datetime.fromtimestamp(raw.platform.now.timestamp() + 86_400, raw.platform.now.tzinfo)
        assert (await panel("panel/user/list")).error == (400, 4), "it lives for a day"
        again = (await raw(login, {"login": operator.login, "password": operator.password})).json["hash"]
        panel = raw.acting_as(world.accounts[0], again)
        assert (await panel("panel/account/logout")).status == 200
        assert (await panel("panel/account/logout")).error == (400, 4)
