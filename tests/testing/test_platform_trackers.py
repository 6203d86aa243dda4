"""tracker/*: lists, groups that can be changed, last states and readings."""

from __future__ import annotations

from datetime import datetime, timedelta

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


async def test_a_state_is_the_last_received_point(world: World) -> None:
    noon = at(2026, 3, 25, 10)
    async with serving(world, now=noon) as raw:
        for tracker in world.accounts[0].trackers:
            if tracker.blocked:
                assert (await raw("tracker/get_state", {"tracker_id": tracker.id})).error == (403, 208)
                continue
            answer = (await raw("tracker/get_state", {"tracker_id": tracker.id})).json
            assert datetime.fromisoformat(answer["user_time"]) == noon
            rows = world.points(tracker.id, world.start, noon + timedelta(seconds=1), as_of=noon)
            state = answer["state"]
            assert state["source_id"] == tracker.source_id
            if not rows:
                assert state["connection_status"] == "just_registered"
                assert "updated" not in state["gps"]
                continue
            last = rows[-1]
            assert datetime.fromisoformat(state["gps"]["updated"]) == last.time
            assert state["gps"]["location"] == {"lat": last.lat, "lng": last.lng}
            fresh = noon - last.time < timedelta(minutes=5)
            assert (state["connection_status"] == "active") is fresh
            point = (await raw("tracker/get_last_gps_point", {"tracker_id": tracker.id})).json["value"]
            assert datetime.fromisoformat(point["get_time"]) == last.time


async def test_many_states_at_once(raw: Raw, world: World) -> None:
    account = world.accounts[0]
    good = [tracker.id for tracker in account.trackers if not tracker.blocked]
    blocked = [tracker.id for tracker in account.trackers if tracker.blocked]
    answer = (await raw("tracker/get_states", {"trackers": good})).json
    assert sorted(map(int, answer["states"])) == sorted(good)
    assert "blocked" not in answer
    assert (await raw("tracker/get_states", {"trackers": [*good, *blocked]})).error == (403, 208)
    assert (await raw("tracker/get_states", {"trackers": [*good, 1]})).error == (400, 217)
    everything = await raw(
        "tracker/get_states", {"trackers": [*good, *blocked, 1], "list_blocked": True, "allow_not_exist": True}
    )
    assert everything.json["blocked"] == blocked
    assert everything.json["not_exist"] == [1]
    assert sorted(map(int, everything.json["states"])) == sorted(good)


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
