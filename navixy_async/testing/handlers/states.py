"""Latest states and readings: tracker/get_state(s), get_last_gps_point and readings/*."""

from __future__ import annotations

from typing import Any

from ..fleet import WorldTracker
from ..params import may, need
from ..signals import sensors_of, value_at
from .action import TRACKER_ID, Call, Params, action
from .counters import readings
from .inputs import inputs_of
from .latest import latest_record

READINGS = {"sensor_type": may("str"), "include_components": may("bool", True)}
ACTIVE, IDLE, LOST = 300, 1800, 3600
MAX_STATES = 2000


@action("tracker/get_state", TRACKER_ID)
def get_state(call: Call, p: Params) -> dict[str, Any]:
    return {"user_time": call.times.text(call.now), "state": _state(call, call.tracker(p["tracker_id"]))}


@action(
    "tracker/get_states",
    {
        "trackers": need("ints", low=1, high=MAX_STATES),
        "list_blocked": may("bool", False),
        "allow_not_exist": may("bool", False),
    },
)
def get_states(call: Call, p: Params) -> dict[str, Any]:
    mine = {tracker.id: tracker for tracker in call.account.trackers}
    asked = list(dict.fromkeys(p["trackers"]))
    unknown = [tracker_id for tracker_id in asked if tracker_id not in mine]
    blocked = [tracker_id for tracker_id in asked if tracker_id in mine and mine[tracker_id].blocked]
    if unknown and not p["allow_not_exist"]:
        raise call.list_error(217, unknown)
    if blocked and not p["list_blocked"]:
        raise call.list_error(208, blocked)
    states = {
        str(tracker_id): _state(call, mine[tracker_id])
        for tracker_id in asked
        if tracker_id in mine and not mine[tracker_id].blocked
    }
    return {
        "user_time": call.times.text(call.now),
        "states": states,
        "blocked": blocked if p["list_blocked"] else None,
        "not_exist": unknown if p["allow_not_exist"] else None,
    }


@action("tracker/get_last_gps_point", TRACKER_ID)
def get_last_gps_point(call: Call, p: Params) -> dict[str, Any]:
    last = latest_record(call, call.tracker(p["tracker_id"]))
    if last is None:
        return {"value": None}
    fix = last.fix
    return {
        "value": {
            "get_time": call.times.text(last.time),
            "heading": fix.heading or 0,
            "lat": fix.lat,
            "lng": fix.lng,
            "satellites": fix.satellites,
            "speed": fix.speed,
            "precision": fix.precision,
        }
    }


@action("tracker/readings/list", {**TRACKER_ID, **READINGS})
def list_readings(call: Call, p: Params) -> dict[str, Any]:
    return _readings(call, call.tracker(p["tracker_id"], unknown=204), p)


@action("tracker/readings/batch_list", {"trackers": need("ints", low=1), **READINGS})
def batch_list_readings(call: Call, p: Params) -> dict[str, Any]:
    trackers = call.trackers(p["trackers"])
    return {"result": {str(tracker.id): _readings(call, tracker, p) for tracker in trackers}}


def _state(call: Call, tracker: WorldTracker) -> dict[str, Any]:
    last = latest_record(call, tracker)
    if last is None:
        return {
            "source_id": tracker.source_id,
            "gps": {"location": {"lat": 0.0, "lng": 0.0}, "heading": 0, "speed": 0, "alt": 0},
            "connection_status": "just_registered",
            "movement_status": "parked",
            "inputs": [],
            "outputs": [],
            "additional": {},
        }
    fix, age = last.fix, call.now - last.time
    at = call.times.text(last.time)
    driving = fix.trip is not None and not last.day.pattern.single_reports
    status = "active" if age < ACTIVE else "idle" if age < IDLE else "signal_lost" if age < LOST else "offline"
    moving = "moving" if driving and fix.speed > 3 else "stopped" if driving else "parked"
    return {
        "source_id": tracker.source_id,
        "gps": {
            "updated": at,
            "signal_level": min(100, fix.satellites * 9),
            "location": {"lat": fix.lat, "lng": fix.lng},
            "heading": fix.heading or 0,
            "speed": fix.speed,
            "alt": fix.alt,
            "precision": fix.precision,
            "gsm_lbs": fix.gsm_lbs,
        },
        "connection_status": status,
        "movement_status": moving,
        "movement_status_update": at,
        "ignition": None if tracker.kind == "sparse" else driving,
        "ignition_update": None if tracker.kind == "sparse" else at,
        "gsm": {"updated": at, "signal_level": 60, "network_name": "Mobile", "roaming": None},
        "last_update": at,
        "battery_level": 97 - tracker.index % 50,
        "battery_update": at,
        "inputs": [driving, False, False],
        "inputs_update": at,
        "outputs": [False, False],
        "outputs_update": at,
        "additional": {"hardware_key": {"value": str(20_910_998 + tracker.index), "updated": at}},
        "actual_track_update": at,
    }


def _readings(call: Call, tracker: WorldTracker, p: Params) -> dict[str, Any]:
    last = latest_record(call, tracker)
    if last is None:
        return {"inputs": [], "states": [], "virtual_sensors": [], "counters": []}
    wanted = p["sensor_type"]
    inputs = inputs_of(call, tracker, last, components=p["include_components"])
    virtual = [
        {
            "sensor_id": sensor.id,
            "label": sensor.name,
            "value": value_at(last.day, last.number, sensor),
            "type": sensor.type,
            "update_time": call.times.text(last.time),
        }
        for sensor in sensors_of(tracker)
        if sensor.kind == "virtual"
    ]
    return {
        "inputs": [one for one in inputs if wanted in (None, one["type"])],
        "states": [{"field": "input_status", "value": 0, "update_time": call.times.text(last.time)}],
        "virtual_sensors": [one for one in virtual if wanted in (None, one["type"])],
        "counters": readings(call, tracker),
    }
