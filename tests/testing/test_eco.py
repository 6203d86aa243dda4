"""The eco fleet."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta

import pytest

from navixy_async.testing import World

from .conftest import Raw
from .test_raw import Warehouse, van


@pytest.fixture
async def warehouse(raw: Raw) -> Warehouse:
    return Warehouse(raw)


async def test_the_eco_fleet(warehouse: Warehouse, world: World) -> None:
    tracker = van(world)
    noon = f"{(world.start + timedelta(days=3)).isoformat().replace('+00:00', 'Z')}/P5D"
    props = [
        {"data_type": "FUEL", "resampling_method": "PREVIOUS", "delta": 3600, "fixed_value": None},
        {"data_type": "SPEED", "resampling_method": "AVERAGE_IN_WINDOW", "delta": None, "fixed_value": 0},
        {"data_type": "LAT", "resampling_method": "FOLLOWING"},
    ]
    asked = {"step_size": 60, "resampling_props": props}
    path = f"eco_fleet/trackers/{tracker}/resampling?interval={noon}"
    answer = await warehouse(path, asked)
    rows = list(csv.DictReader(io.StringIO(answer.body.decode())))
    assert answer.headers["Content-Type"] == "text/csv"
    assert list(rows[0]) == ["Time", "Tank 1", "SPEED", "LAT"]
    assert len(rows) == 5 * 24 + 1
    assert all(row["SPEED"] for row in rows)
    fuel = next(sensor.id for sensor in world.sensors(tracker) if sensor.type == "fuel")
    for row in rows:
        moment = datetime.fromisoformat(row["Time"])
        before = world.sensor_values(tracker, fuel, moment - timedelta(hours=1), moment + timedelta(seconds=1))
        assert row["Tank 1"] == (str(before[-1].value) if before else "")
    good = await warehouse(f"eco_fleet/trackers/{tracker}/sensors/{fuel}/quality?interval={noon}", method="GET")
    assert 1 <= good.json["smoothness"] <= 10
    empty = f"eco_fleet/trackers/{tracker}/sensors/{fuel}/quality?interval=2020-01-01T00:00:00Z/P1D"
    answer = await warehouse(empty, method="GET")
    assert answer.json["type"] == "errors/sensors/quality/not-enough-readings"
    assert (await warehouse(f"eco_fleet/trackers/1/sensors/{fuel}/quality", method="GET")).status == 404
    assert (await warehouse(path, {**asked, "step_size": 0})).status == 400
