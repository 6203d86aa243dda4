"""Raw values are what the input shows."""

from __future__ import annotations

import pytest

from navixy_async.testing import World

from .conftest import Raw, between
from .test_series import DAY, counting


async def test_raw_values_are_what_the_input_says(raw: Raw, world: World) -> None:
    tracker = counting(world)[0]
    fuel = next(sensor for sensor in world.sensors(tracker) if sensor.type == "fuel")
    asked = {"tracker_id": tracker, "sensor_id": fuel.id, **between(world.start, world.start + 9 * DAY)}
    litres = (await raw("tracker/sensor/data/read", asked)).json["list"]
    inputs = (await raw("tracker/sensor/data/read", {**asked, "raw_data": True})).json["list"]
    assert [one["value"] for one in inputs] == pytest.approx([10 * one["value"] for one in litres])
    truth = world.sensor_values(tracker, fuel.id, world.start, world.start + 9 * DAY, raw=True)
    assert [one["value"] for one in inputs] == [row.value for row in truth]
