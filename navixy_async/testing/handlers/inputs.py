"""tracker/get_readings, get_fuel, get_diagnostics, get_inputs, get_outputs and their batches."""

from __future__ import annotations

from typing import Any

from ..fleet import WorldTracker
from ..params import need
from ..signals import HEAT_EVERY, sensors_of, value_at
from .action import TRACKER_ID, Call, Params, action
from .latest import LatestRecord, latest_record

MANY = {"trackers": need("ints", low=1)}
INPUTS = ("ignition", "car_alarm", "door")
OUTPUTS = ("Starter", "Siren")


@action("tracker/get_readings", TRACKER_ID)
def get_readings(call: Call, p: Params) -> dict[str, Any]:
    return _measured(call, call.tracker(p["tracker_id"]), ("power", "temperature", "custom"))


@action("tracker/get_fuel", TRACKER_ID)
def get_fuel(call: Call, p: Params) -> dict[str, Any]:
    return _measured(call, call.tracker(p["tracker_id"]), ("fuel",))


@action("tracker/get_diagnostics", TRACKER_ID)
def get_diagnostics(call: Call, p: Params) -> dict[str, Any]:
    tracker = call.tracker(p["tracker_id"])
    states = {"obd_vin": f"WDB{tracker.source_id:014}", "obd_mil_status": "false"} if tracker.kind == "van" else None
    return {**_measured(call, tracker, ()), "states": states}


@action("tracker/get_inputs", TRACKER_ID)
def get_inputs(call: Call, p: Params) -> dict[str, Any]:
    return {"user_time": call.times.text(call.now), **_inputs(call, call.tracker(p["tracker_id"]))}


@action("tracker/batch_get_inputs", MANY)
def batch_get_inputs(call: Call, p: Params) -> dict[str, Any]:
    data = {str(tracker.id): _inputs(call, tracker) for tracker in call.trackers(p["trackers"])}
    return {"user_time": call.times.text(call.now), "data": data}


@action("tracker/get_outputs", TRACKER_ID)
def get_outputs(call: Call, p: Params) -> dict[str, Any]:
    return {"result": _outputs(call.tracker(p["tracker_id"]))}


@action("tracker/batch_get_outputs", MANY)
def batch_get_outputs(call: Call, p: Params) -> dict[str, Any]:
    return {"result": {str(tracker.id): _outputs(tracker) for tracker in call.trackers(p["trackers"])}}


def inputs_of(
    call: Call, tracker: WorldTracker, last: LatestRecord, *, components: bool = False
) -> list[dict[str, Any]]:
    """The metering sensors of a tracker with the newest value that each of them has in its last day."""
    found = []
    for sensor in sensors_of(tracker):
        if sensor.kind != "metering":
            continue
        for index in range(last.number, max(-1, last.number - 3 * HEAT_EVERY), -1):
            value = None if last.day.received(index) > call.now else value_at(last.day, index, sensor)
            if value is not None:
                at = last.day.base + last.day.pattern.seconds[index]
                fuel = sensor.type == "fuel"
                found.append(
                    {
                        "sensor_id": sensor.id,
                        "label": sensor.name,
                        "units": sensor.units,
                        "name": sensor.input_name,
                        "type": sensor.type,
                        "value": value,
                        "units_type": sensor.units_type,
                        "min_value": 0.0 if fuel else None,
                        "max_value": 480.0 if fuel else None,
                        "composite_sensor_ids": [sensor.id + 6, sensor.id + 5] if fuel and components else None,
                        "update_time": call.times.text(at),
                    }
                )
                break
    return found


def _measured(call: Call, tracker: WorldTracker, types: tuple[str, ...]) -> dict[str, Any]:
    last = latest_record(call, tracker)
    inputs = [] if last is None else [one for one in inputs_of(call, tracker, last) if one["type"] in types]
    kept = ("label", "units", "name", "type", "value", "units_type")
    return {
        "user_time": call.times.text(call.now),
        "inputs": [{name: one[name] for name in kept} for one in inputs],
        "update_time": None if last is None else call.times.text(last.time),
    }


def _inputs(call: Call, tracker: WorldTracker) -> dict[str, Any]:
    last = latest_record(call, tracker)
    if last is None:
        return {"inputs": [], "states": [], "update_time": None}
    driving = last.fix.trip is not None
    inputs = [driving, False, False]
    states = [
        {"type": kind, "name": f"DIN{number}", "status": status, "input_number": number}
        for number, (kind, status) in enumerate(zip(INPUTS, inputs, strict=True), start=1)
    ]
    return {"inputs": inputs, "states": states, "update_time": call.times.text(last.time)}


def _outputs(tracker: WorldTracker) -> list[dict[str, Any]]:
    if tracker.kind in ("silent", "sparse"):
        return []
    return [{"number": number, "title": title} for number, title in enumerate(OUTPUTS, start=1)]
