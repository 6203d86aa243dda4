"""tracker/sensor/*: the sensors of trackers, from the world and as users changed them, and their values."""

from __future__ import annotations

from typing import Any

from ..fleet import WorldTracker
from ..params import may, need
from ..signals import Sensor, sensors_of, value_at
from ..wire import WireError, encode, invalid
from .action import TRACKER_ID, Call, Params, action
from .visibility import clipped, ordered, records, within_span

MAX_TRACKERS = 500
OWN = "sensors"
"""Key under which the store keeps what users changed: by id the new sensor, or ``None`` for a deleted one."""


@action("tracker/sensor/list", TRACKER_ID)
def list_sensors(call: Call, p: Params) -> dict[str, Any]:
    return {"list": _listed(call, call.tracker(p["tracker_id"]))}


@action("tracker/sensor/batch_list", {"trackers": need("ints", high=MAX_TRACKERS, excess=221)})
def batch_list(call: Call, p: Params) -> dict[str, Any]:
    trackers = call.trackers(p["trackers"])
    return {"result": {str(tracker.id): _listed(call, tracker) for tracker in trackers}}


@action("tracker/sensor/create", {"tracker_id": need("int"), "sensor": need("object")}, writes=True)
def create(call: Call, p: Params) -> dict[str, Any]:
    tracker = _changeable(call, p["tracker_id"])
    one = {**_typed(p["sensor"]), "id": call.state.store.new_id()}
    call.state.store.settings(call.account.id, OWN, tracker.id)[str(one["id"])] = one
    return {"id": one["id"]}


@action("tracker/sensor/update", {"tracker_id": need("int"), "sensor": need("object")}, writes=True)
def update(call: Call, p: Params) -> dict[str, Any]:
    tracker = _changeable(call, p["tracker_id"])
    given = {**_typed(p["sensor"])}
    one = _of(call, tracker, given.pop("sensor_id", given.get("id")))  # the documents print either name
    # The documents do not say that omitted members stay, so they do not.
    call.state.store.settings(call.account.id, OWN, tracker.id)[str(one["id"])] = {**given, "id": one["id"]}
    return {}


@action("tracker/sensor/delete", {"tracker_id": need("int"), "sensor_id": need("int")}, writes=True)
def delete(call: Call, p: Params) -> dict[str, Any]:
    tracker = _changeable(call, p["tracker_id"])
    one = _of(call, tracker, p["sensor_id"])
    call.state.store.settings(call.account.id, OWN, tracker.id)[str(one["id"])] = None
    return {}


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
    _of(call, tracker, p["sensor_id"])
    if sensor is None:  # created by a user: no device sends values for it
        return encode({"success": True, "list": []})
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


def _typed(sensor: dict[str, Any]) -> dict[str, Any]:
    if sensor.get("type") not in ("metering", "discrete", "virtual"):
        raise invalid("sensor", "a type of metering, discrete or virtual expected")
    return sensor


def _changeable(call: Call, tracker_id: int) -> WorldTracker:
    tracker = call.tracker(tracker_id)
    if tracker.clone:
        raise WireError(219)
    return tracker


def _listed(call: Call, tracker: WorldTracker) -> list[dict[str, Any]]:
    """The world's sensors of a tracker as users changed them, then those that users created."""
    changed = call.state.store.settings(call.account.id, OWN, tracker.id)
    known = {str(sensor.id): describe(sensor) for sensor in sensors_of(tracker)}
    return [one for one in {**known, **changed}.values() if one is not None]


def _of(call: Call, tracker: WorldTracker, sensor_id: object) -> dict[str, Any]:
    found = next((one for one in _listed(call, tracker) if one["id"] == sensor_id), None)
    if found is None:
        raise WireError(201)
    return found


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
