"""Series of sensors are the world's truth, worked out apart from the code under test."""

from __future__ import annotations

from datetime import datetime, timedelta

from navixy_async.testing import World

from .conftest import Raw, between


async def test_sensor_series_are_the_truth(raw: Raw, world: World) -> None:
    start, end = world.start, world.start + timedelta(days=9)
    seen = set()
    for tracker in world.accounts[0].trackers:
        asked = {"tracker_id": tracker.id, **between(start, end - timedelta(seconds=1))}
        if tracker.blocked:
            assert (await raw("tracker/sensor/list", {"tracker_id": tracker.id})).error == (403, 208)
            continue
        listed = (await raw("tracker/sensor/list", {"tracker_id": tracker.id})).json["list"]
        assert [one["id"] for one in listed] == [sensor.id for sensor in world.sensors(tracker.id)]
        for sensor in listed:
            answer = await raw("tracker/sensor/data/read", {**asked, "sensor_id": sensor["id"]})
            if sensor["type"] == "discrete":
                assert answer.error == (400, 228)
                continue
            rows = [(datetime.fromisoformat(one["get_time"]), one["value"]) for one in answer.json["list"]]
            truth = world.sensor_values(tracker.id, sensor["id"], start, end)
            assert rows == [(row.time, row.value) for row in truth]
            assert rows
            seen.add((sensor["type"], sensor["sensor_type"]))
    assert seen == {
        ("metering", "power"),
        ("metering", "fuel"),
        ("metering", "temperature"),
        ("metering", "custom"),
        ("virtual", "virtual_ignition"),
    }


async def test_sensors_of_many(raw: Raw, world: World) -> None:
    good = [tracker.id for tracker in world.accounts[0].trackers if not tracker.blocked]
    batch = (await raw("tracker/sensor/batch_list", {"trackers": good})).json["result"]
    assert sorted(map(int, batch)) == sorted(good)
    one = (await raw("tracker/sensor/list", {"tracker_id": good[0]})).json["list"]
    assert batch[str(good[0])] == one
    blocked = next(tracker.id for tracker in world.accounts[0].trackers if tracker.blocked)
    assert (await raw("tracker/sensor/batch_list", {"trackers": [*good, blocked]})).error == (400, 217)
    assert (await raw("tracker/sensor/batch_list", {"trackers": [good[0]] * 501})).error == (403, 221)
