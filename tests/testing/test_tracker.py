"""tracker/*: lists, groups that can be changed, last states and readings."""

from __future__ import annotations

from navixy_async.testing import Rules, World

from .conftest import Raw, at, serving


async def test_the_list_is_the_fleet(raw: Raw, world: World) -> None:
    account = world.accounts[0]
    listed = (await raw("tracker/list")).json["list"]
    assert [(one["id"], one["label"]) for one in listed] == [(one.id, one.label) for one in account.trackers]
    assert [one["source"]["blocked"] for one in listed] == [one.blocked for one in account.trackers]
    clone = next(one for one in listed if one["clone"])
    assert clone["source"]["id"] == listed[0]["source"]["id"]
    assert any("phone" not in one["source"] for one in listed), "null is omitted"
    one = (await raw("tracker/read", {"tracker_id": account.trackers[0].id})).json["value"]
    assert one == listed[0]


async def test_labels_narrow_the_list_and_may_be_odd(raw: Raw, world: World) -> None:
    labels = [tracker.label for tracker in world.accounts[0].trackers]
    assert any(not label.isascii() for label in labels)
    assert any('"' in label or "," in label for label in labels)
    for label in labels:
        found = (await raw("tracker/list", {"labels": [label]})).json["list"]
        assert label in [one["label"] for one in found]
    assert (await raw("tracker/list", {"labels": ["nobody is called so"]})).json["list"] == []


async def test_readings_of_one_and_of_many(raw: Raw, world: World) -> None:
    account = world.accounts[0]
    good = [tracker.id for tracker in account.trackers if not tracker.blocked]
    blocked = next(tracker.id for tracker in account.trackers if tracker.blocked)
    batch = (await raw("tracker/readings/batch_list", {"trackers": good})).json["result"]
    one = (await raw("tracker/readings/list", {"tracker_id": good[0]})).json
    assert batch[str(good[0])] == {name: one[name] for name in ("inputs", "states", "virtual_sensors", "counters")}
    fuel = await raw("tracker/readings/list", {"tracker_id": good[0], "sensor_type": "fuel"})
    assert [reading["type"] for reading in fuel.json["inputs"]] == ["fuel"]
    assert fuel.json["virtual_sensors"] == []
    lean = await raw("tracker/readings/list", {"tracker_id": good[0], "include_components": False})
    assert all("composite_sensor_ids" not in reading for reading in lean.json["inputs"])
    assert (await raw("tracker/readings/batch_list", {"trackers": [*good, blocked]})).error == (400, 217)
    for path in ("tracker/readings/list", "tracker/get_readings", "tracker/get_counters"):
        assert (await raw(path, {"tracker_id": blocked})).error == (403, 208)
    readings = (await raw("tracker/get_readings", {"tracker_id": good[0]})).json
    assert readings["inputs"][0]["units"] == "V"
    assert (await raw("tracker/get_counters", {"tracker_id": good[0]})).json["list"][0]["type"] == "odometer"
    silent = next(tracker.id for tracker in account.trackers if tracker.kind == "silent")
    nothing = (await raw("tracker/readings/list", {"tracker_id": silent})).json
    assert nothing["inputs"] == nothing["counters"] == []


async def test_time_can_run(world: World) -> None:
    async with serving(world, Rules(clock_speed=1000.0), now=at(2026, 3, 25)) as raw:
        seen = [raw.platform.now]
        while seen[-1] < at(2026, 3, 25, 0, 1):
            await raw("tracker/group/list")
            seen.append(raw.platform.now)
        assert seen == sorted(seen)
