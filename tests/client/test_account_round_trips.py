"""Read, change, write: nothing that the platform holds is lost, whether this version knows it or not.

The embedded platform replaces wherever the documents do not say that members stay, so whatever is not sent is gone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

import msgspec
import pytest

from navixy_async import Account, ApiKey, Navixy, unknown_members
from navixy_async.testing import World

from ..support.api import differences

NEW: dict[str, Any] = {"beacons": [{"id": 1, "seen": False}], "quota": 7.5, "none": {}}

SPOT = {"lat": 1.0, "lng": 2.0, "radius": 50, "address": "", "floor": 3}

CORNERS = [{"lat": 1.0, "lng": 2.0, "sharp": True}, {"lat": 2.0, "lng": 2.0}, {"lat": 1.5, "lng": 3.0}]

NODES = [{"id": 1, "type": "data_source"}, {"id": 2, "type": "output_endpoint"}]
EDGES = [{"from": 1, "to": 2}]

ALERTS = {"push_enabled": True, "emails": ["x@example.com"], "emergency": False, "pagers": [7]}

OBJECTS: list[tuple[str, str, dict[str, Any], str]] = [
    ("zone", "zone", {"type": "circle", "label": "x", "center": SPOT, "radius": 100, "color": "112233"}, "label"),
    ("zone", "zone", {"type": "polygon", "label": "x", "points": CORNERS, "color": "112233"}, "label"),
    ("zone", "zone", {"type": "hexagon", "label": "x", "cells": ["8928308280fffff"]}, "label"),
    ("place", "place", {"label": "x", "location": SPOT, "tags": [456], "description": "d"}, "label"),
    ("task", "task", {"label": "x", "location": SPOT, "from": "2026-11-01 10:00:00", "description": "d"}, "label"),
    ("vehicle", "vehicle", {"label": "x", "type": "truck", "reg_number": "X 1", "max_speed": 90}, "label"),
    ("employee", "employee", {"first_name": "x", "last_name": "Ng", "location": SPOT}, "first_name"),
    ("tracker/rule", "rule", {"type": "speed_limit", "name": "x", "alerts": ALERTS, "trackers": [1]}, "name"),
    ("tracker/rule", "rule", {"type": "moon_phase", "name": "x", "phase": "full"}, "name"),
    ("tag", "tag", {"name": "x", "color": "0A0A0A"}, "name"),
    ("department", "department", {"label": "x", "location": SPOT}, "label"),
    ("form/template", "template", {"label": "x", "fields": [{"type": "hologram", "id": "1", "depth": 2}]}, "label"),
    (
        "iot/logic/flow",
        "flow",
        {"title": "x", "enabled": True, "nodes": NODES, "edges": [{"from": 1, "to": 2}]},
        "title",
    ),
]


@pytest.fixture
async def fleet(navixy: Navixy, world: World) -> AsyncIterator[Account]:
    account = navixy.account(ApiKey(world.accounts[0].api_key))
    await account.tag.create({"name": "Night", "color": "0A0A0A"})
    yield account


async def stored(fleet: Account, resource: str, one: int) -> dict[str, Any]:
    """The object as the platform has it, read without our structs."""
    if resource == "zone":
        answer = await fleet.call("zone/read", {"zone_id": one, "with_points": True})
        return dict(answer["value"])
    (found,) = [row for row in (await fleet.call(f"{resource}/list", {}))["list"] if row["id"] == one]
    if resource == "iot/logic/flow":
        found = (await fleet.call("iot/logic/flow/read", {"flow_id": one}))["value"]
    return dict(found)


async def typed(fleet: Account, resource: str, one: int) -> Any:
    """The object as a program reads it."""
    if resource == "zone":
        return await fleet.zone.read(one, with_points=True)
    if resource == "iot/logic/flow":
        return await fleet.iot.logic.flow.read(one)
    rows = await actions(fleet, resource).list()
    (found,) = [row for row in getattr(rows, "list", rows) if _id(row) == one]
    return found


def actions(fleet: Account, resource: str) -> Any:
    """The actions of a resource, found by following its path."""
    found: Any = fleet
    for part in resource.split("/"):
        found = getattr(found, part)
    return found


def has_new(members: Mapping[str, Any]) -> bool:
    return {name: members.get(name) for name in NEW} == NEW


def _id(row: Any) -> Any:
    return row["id"] if isinstance(row, dict) else row.id


@pytest.mark.parametrize(
    ("resource", "word", "given", "label"),
    OBJECTS,
    ids=[f"{resource} {given.get('type', '')}" for resource, _, given, _ in OBJECTS],
)
async def test_nothing_is_lost(fleet: Account, resource: str, word: str, given: dict[str, Any], label: str) -> None:
    created = await fleet.call(f"{resource}/create", {word: {**given, **NEW}})
    before = await stored(fleet, resource, created["id"])
    assert has_new(before)
    read = await typed(fleet, resource, created["id"])
    assert has_new(unknown_members(read))
    if isinstance(read, dict):
        read[label] = "changed"
    else:
        read = msgspec.structs.replace(read, **{label: "changed"})
    await actions(fleet, resource).update(read)
    after = await stored(fleet, resource, created["id"])
    assert differences({**before, label: "changed"}, after) == []


async def test_a_sensor_loses_nothing(fleet: Account, world: World) -> None:
    tracker = world.accounts[0].trackers[0].id
    given = {
        "type": "metering",
        "sensor_type": "fuel",
        "name": "x",
        "input_name": "lls_level_2",
        "parameters": {"max": 4.5},
    }
    one = (await fleet.call("tracker/sensor/create", {"tracker_id": tracker, "sensor": {**given, **NEW}}))["id"]
    (read,) = [sensor for sensor in await fleet.tracker.sensor.list(tracker) if _id(sensor) == one]
    assert not isinstance(read, dict)
    read.name = "changed"
    await fleet.tracker.sensor.update(tracker, read)
    rows = (await fleet.call("tracker/sensor/list", {"tracker_id": tracker}))["list"]
    assert [row for row in rows if row["id"] == one] == [{**given, **NEW, "name": "changed", "id": one}]


async def test_what_an_update_does_not_take_is_not_sent(fleet: Account) -> None:
    created = await fleet.call("task/create", {"task": {"label": "x", "location": SPOT, "status": "assigned"}})
    task = (await fleet.task.read(created["id"])).value
    assert task.status == "assigned"
    task.status = "done"  # the platform's own
    await fleet.task.update(task)
    after = await stored(fleet, "task", created["id"])
    assert after["status"] == "assigned"
    await fleet.task.update({**after, "status": "done"})
    assert (await stored(fleet, "task", created["id"]))["status"] == "done", "plain data is sent as it is"


async def test_points_of_a_geofence_stay_where_they_were_not_read(fleet: Account) -> None:
    given = {"type": "polygon", "label": "x", "color": "112233", "points": CORNERS}
    one = await fleet.zone.create(given)
    zone = await fleet.zone.read(one)
    assert not isinstance(zone, dict)
    zone.label = "changed"
    await fleet.zone.update(zone)
    after = await stored(fleet, "zone", one)
    assert (after["label"], after["points"]) == ("changed", CORNERS)
