"""Sensors without values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from navixy_async.errors import Unsupported
from navixy_async.times import TimeRange

from .test_harvests_streams import DAY
from .test_streams_rules import NOON, Scripted, fetch


def test_a_sensor_without_values_is_passed_over() -> None:
    def answer(path: str, params: Mapping[str, Any]) -> dict[str, Any]:
        if path == "tracker/sensor/batch_list":
            kinds = {5: "metering", 6: "discrete", 7: "metering", 8: "metering"}
            return {"result": {"1": [{"id": number, "type": kind} for number, kind in kinds.items()]}}
        assert params["sensor_id"] != 6
        if params["sensor_id"] == 7:
            raise Unsupported(228, "Operation not supported by sensor")
        values = [True, None, "n/a", 3, 2.5] if params["sensor_id"] == 8 else [1.5]
        return {"list": [{"value": value, "get_time": "2026-03-20T12:00:00Z"} for value in values]}

    rows = fetch("sensors", Scripted(answer), TimeRange(NOON, NOON + DAY)).batch.to_pylist()
    assert [(row["sensor_id"], row["value"], row["text"]) for row in rows] == [
        (5, 1.5, None), (8, 1.0, None), (8, None, None), (8, None, "n/a"), (8, 3.0, None), (8, 2.5, None),
    ]  # fmt: skip
