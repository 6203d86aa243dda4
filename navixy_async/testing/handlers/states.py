"""Last states and readings: tracker/get_state(s), get_last_gps_point, get_readings, get_counters and readings/*."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..fleet import Tracker, seeded
from ..params import may, need
from ..vehicles import Fix
from ..world import TrackerDay
from .action import Call, Params, action

ONE = {"tracker_id": need("int")}
READINGS = {"sensor_type": may("str"), "include_components": may("bool", True)}
ACTIVE, IDLE, LOST = 300, 1800, 3600
MAX_STATES = 2000


class Last(NamedTuple):
    """The newest record of a tracker that the platform has."""

    day: TrackerDay
    number: int

    @property
    def fix(self) -> Fix:
        return self.day.pattern.fixes[self.number]

    @property
    def time(self) -> int:
        return self.day.base + self.fix.second


def last_of(call: Call, tracker: Tracker) -> Last | None:
    """The newest record by its own time among those received by now; ``None`` if the tracker never sent any."""
    first = int(call.world.start.timestamp())
    for number in range(call.world.spec.days - 1, -1, -1):
        day = call.world.day(tracker, number)
        if day is None or not day.pattern.fixes or day.base + day.pattern.seconds[0] > call.now:
            continue
        low, high = day.slice(first, call.now)
        for index in range(high - 1, low - 1, -1):
            if day.received(index) <= call.now:
                return Last(day, index)
    return None


@action("tracker/get_state", ONE)
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
        raise call.spoilt(217, unknown)
    if blocked and not p["list_blocked"]:
        raise call.spoilt(208, blocked)
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


@action("tracker/get_last_gps_point", ONE)
def get_last_gps_point(call: Call, p: Params) -> dict[str, Any]:
    last = last_of(call, call.tracker(p["tracker_id"]))
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


@action("tracker/get_readings", ONE)
def get_readings(call: Call, p: Params) -> dict[str, Any]:
    tracker = call.tracker(p["tracker_id"])
    last = last_of(call, tracker)
    return {
        "user_time": call.times.text(call.now),
        "inputs": [] if last is None else [_voltage(tracker, last)],
        "update_time": None if last is None else call.times.text(last.time),
    }


@action("tracker/get_counters", ONE)
def get_counters(call: Call, p: Params) -> dict[str, Any]:
    tracker = call.tracker(p["tracker_id"], unknown=204)
    return {"user_time": call.times.text(call.now), "list": _counters(call, tracker, last_of(call, tracker))}


@action("tracker/readings/list", {**ONE, **READINGS})
def list_readings(call: Call, p: Params) -> dict[str, Any]:
    return _readings(call, call.tracker(p["tracker_id"], unknown=204), p)


@action("tracker/readings/batch_list", {"trackers": need("ints", low=1), **READINGS})
def batch_list_readings(call: Call, p: Params) -> dict[str, Any]:
    trackers = call.trackers(p["trackers"])
    return {"result": {str(tracker.id): _readings(call, tracker, p) for tracker in trackers}}


def _state(call: Call, tracker: Tracker) -> dict[str, Any]:
    last = last_of(call, tracker)
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


def _voltage(tracker: Tracker, last: Last) -> dict[str, Any]:
    value = seeded(tracker.index, last.number).uniform(12.2, 14.4)
    return {
        "label": "Board voltage",
        "units": "V",
        "name": "board_voltage",
        "type": "power",
        "value": round(value, 3),
        "units_type": "custom",
        "converted_units_type": None,
        "converted_value": None,
    }


def _counters(call: Call, tracker: Tracker, last: Last | None) -> list[dict[str, Any]]:
    if last is None or tracker.kind == "sparse":
        return []
    driven = 12_000 + 37 * tracker.index + 90 * last.day.number + last.fix.mileage
    return [{"type": "odometer", "value": round(driven, 2), "update_time": call.times.text(last.time)}]


def _readings(call: Call, tracker: Tracker, p: Params) -> dict[str, Any]:
    last = last_of(call, tracker)
    if last is None:
        return {"inputs": [], "states": [], "virtual_sensors": [], "counters": []}
    at = call.times.text(last.time)
    inputs = [
        {"sensor_id": 37_000 + tracker.index, **_voltage(tracker, last), "update_time": at},
        {
            "sensor_id": 38_000 + tracker.index,
            "label": 'Tank "1"',
            "units": "litres",
            "name": "fuel_level",
            "type": "fuel",
            "units_type": "litre",
            "value": round(seeded(tracker.index, last.number, "fuel").uniform(0, 480), 2),
            "min_value": 0.0,
            "max_value": 480.0,
            "update_time": at,
            "composite_sensor_ids": [39_001, 39_002] if p["include_components"] else None,
        },
    ]
    driving = last.fix.trip is not None
    virtual = [
        {
            "sensor_id": 40_000 + tracker.index,
            "label": "Virtual Ignition",
            "value": "On" if driving else "Off",
            "type": "virtual_ignition",
            "update_time": at,
        }
    ]
    wanted = p["sensor_type"]
    return {
        "inputs": [one for one in inputs if wanted in (None, one["type"])],
        "states": [{"field": "input_status", "value": 0, "update_time": at}],
        "virtual_sensors": [one for one in virtual if wanted in (None, one["type"])],
        "counters": _counters(call, tracker, last),
    }
