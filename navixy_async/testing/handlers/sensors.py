"""tracker/sensor/list, batch_list and data/read."""

from __future__ import annotations

from typing import Any

from ..params import may, need
from ..signals import Sensor, sensors_of, value_at
from ..wire import WireError, encode
from .action import Call, Params, action
from .visible import clipped, ordered, records, within_span

MAX_TRACKERS = 500


@action("tracker/sensor/list", {"tracker_id": need("int")})
def list_sensors(call: Call, p: Params) -> dict[str, Any]:
    return {"list": [describe(sensor) for sensor in sensors_of(call.tracker(p["tracker_id"]))]}


@action("tracker/sensor/batch_list", {"trackers": need("ints", high=MAX_TRACKERS, excess=221)})
def batch_list(call: Call, p: Params) -> dict[str, Any]:
    trackers = call.trackers(p["trackers"])
    return {"result": {str(tracker.id): [describe(sensor) for sensor in sensors_of(tracker)] for tracker in trackers}}


@action(
    "tracker/sensor/data/read",
    {
        "tracker_id": need("int"),
        "sensor_id": need("int"),
        "from": need("time"),
        "to": need("time"),
        "raw_data": may("bool", False),
    },
)
def read_data(call: Call, p: Params) -> bytes:
    ordered(p)
    tracker = call.tracker(p["tracker_id"])
    sensor = next((sensor for sensor in sensors_of(tracker) if sensor.id == p["sensor_id"]), None)
    if sensor is None:
        raise WireError(201)
    if sensor.kind == "discrete":
        raise WireError(228)
    within_span(p, call.rules.sensor_span)
    first, _ = clipped(call, p)
    raw, text = p["raw_data"], call.times.text
    rows = []
    for day, indexes in records(call, tracker, first, p["to"]):
        base, seconds = day.base, day.pattern.seconds
        for index in indexes:
            value = value_at(day, index, sensor, raw=raw)
            if value is not None:
                rows.append({"value": value, "get_time": text(base + seconds[index])})
    return encode({"success": True, "list": rows})


def describe(sensor: Sensor) -> dict[str, Any]:
    """A sensor as the platform describes it, by its kind."""
    common = {"id": sensor.id, "type": sensor.kind, "sensor_type": sensor.type, "name": sensor.name}
    if sensor.kind == "discrete":
        return {**common, "input_number": sensor.input_number}
    if sensor.kind == "virtual":
        titles = [{"value": "1", "title": "On"}, {"value": "0", "title": "Off"}]
        return {
            **common,
            "input_name": sensor.input_name,
            "parameters": {"calc_method": "identity", "value_titles": titles},
        }
    return {
        **common,
        "input_name": sensor.input_name,
        "divider": sensor.divider,
        "accuracy": 0.0,
        "units": sensor.units,
        "units_type": sensor.units_type,
        "parameters": {"min": 0.0, "max": 480.0, "volume": 0.5} if sensor.type == "fuel" else None,
        "group_type": None,
    }
