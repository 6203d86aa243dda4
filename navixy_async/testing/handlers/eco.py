"""The eco fleet: resampling of a tracker's data, and the quality of a sensor's data."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import pairwise
from statistics import fmean, median
from typing import Any, TypeAlias

from ..fleet import WorldTracker
from ..iso8601 import read_interval, stamp
from ..params import may, need
from ..signals import Sensor, sensors_of, value_at
from ..vehicles import Fix
from ..wire import WireError, encode, invalid
from .action import Call, File, Params, action
from .visibility import records

WEEK = 7 * 86_400
MOST_STEPS = 100_000
ENOUGH_READINGS = 10
TYPES = ("FUEL", "SPEED", "MOVEMENT", "LNG", "LAT")
METHODS = ("FOLLOWING", "PREVIOUS", "MEDIAN_IN_WINDOW", "AVERAGE_IN_WINDOW", "AVERAGE")
READ: dict[str, Callable[[Fix], float]] = {
    "SPEED": lambda fix: float(fix.speed),
    "MOVEMENT": lambda fix: 1.0 if fix.trip is not None and fix.speed > 0 else 0.0,
    "LNG": lambda fix: fix.lng,
    "LAT": lambda fix: fix.lat,
}
Series: TypeAlias = tuple[list[int], list[float]]
"""Epoch seconds in order, and the values at them."""


@action(
    "eco_fleet:trackers/{tracker_id}/resampling",
    {
        "tracker_id": need("int", text=True),
        "interval": may("str"),
        "step_size": need("int", low=1, text=True),
        "resampling_props": need("objects", low=1),
    },
)
def resample(call: Call, p: Params) -> File:
    tracker = call.tracker(p["tracker_id"], unknown=204)
    first, last = _interval(call, p)
    step = p["step_size"] * 60
    if (last - first) // step > MOST_STEPS:
        raise invalid("step_size", f"the interval must have at most {MOST_STEPS} steps")
    moments = list(range(first, last + 1, step))
    columns: dict[str, list[float | None]] = {}
    for wanted in p["resampling_props"]:
        if wanted.get("data_type") not in TYPES or wanted.get("resampling_method") not in METHODS:
            raise invalid("resampling_props", "items need a data_type and a resampling_method")
        for name, series in _series(call, tracker, wanted["data_type"], first, last):
            columns[name] = [_value(series, moment, step, wanted) for moment in moments]
    lines = [",".join(["Time", *(f'"{name}"' if " " in name else name for name in columns)])]
    for number, moment in enumerate(moments):
        cells = ["" if values[number] is None else str(values[number]) for values in columns.values()]
        lines.append(",".join([stamp(moment), *cells]))
    return File(("\n".join(lines) + "\n").encode(), "text/csv")


@action(
    "eco_fleet:trackers/{tracker_id}/sensors/{sensor_id}/quality",
    {"tracker_id": need("int", text=True), "sensor_id": need("int", text=True), "interval": may("str")},
)
def quality(call: Call, p: Params) -> bytes:
    tracker = call.tracker(p["tracker_id"], unknown=204)
    sensor = next((one for one in sensors_of(tracker) if one.id == p["sensor_id"] and one.kind == "metering"), None)
    if sensor is None:
        raise WireError(204)
    _, values = _of_sensor(call, tracker, sensor, *_interval(call, p))
    if len(values) < ENOUGH_READINGS:
        raise WireError(7, type="errors/sensors/quality/not-enough-readings", detail="not enough readings")
    spread = (max(values) - min(values)) or 1.0
    jumps = fmean(abs(b - a) for a, b in pairwise(values)) / spread
    return encode({"smoothness": round(max(1.0, 10 - 9 * min(1.0, jumps)), 2)})


def _interval(call: Call, p: Params) -> tuple[int, int]:
    if p["interval"] is None:
        return call.now - WEEK, call.now
    found = read_interval(p["interval"])
    if found is None or found[1] < found[0]:
        raise invalid("interval", "ISO 8601 interval expected")
    return int(found[0]), int(found[1])


def _series(call: Call, tracker: WorldTracker, kind: str, first: int, last: int) -> list[tuple[str, Series]]:
    if kind == "FUEL":
        tanks = [sensor for sensor in sensors_of(tracker) if sensor.type == "fuel"]
        return [(tank.name.replace('"', ""), _of_sensor(call, tracker, tank, first, last)) for tank in tanks]
    read, times, values = READ[kind], [], []
    for day, indexes in records(call, tracker, first, last):
        for index in indexes:
            times.append(day.base + day.pattern.seconds[index])
            values.append(read(day.pattern.fixes[index]))
    return [(kind, (times, values))]


def _of_sensor(call: Call, tracker: WorldTracker, sensor: Sensor, first: int, last: int) -> Series:
    times, values = [], []
    for day, indexes in records(call, tracker, first, last):
        for index in indexes:
            value = value_at(day, index, sensor)
            if isinstance(value, float):
                times.append(day.base + day.pattern.seconds[index])
                values.append(value)
    return times, values


def _value(series: Series, moment: int, step: int, wanted: dict[str, Any]) -> float | None:
    """The value of a series at a moment, by the requested method; the fixed value where the series has none."""
    times, values = series
    method, delta = wanted["resampling_method"], wanted.get("delta") or float("inf")
    if method.endswith("IN_WINDOW"):
        inside = values[bisect_left(times, moment) : bisect_left(times, moment + step)]
        found = None if not inside else (median if method == "MEDIAN_IN_WINDOW" else fmean)(inside)
    else:
        at, after = bisect_right(times, moment) - 1, bisect_left(times, moment)
        before = values[at] if at >= 0 and moment - times[at] <= delta else None
        following = values[after] if after < len(times) and times[after] - moment <= delta else None
        if method == "AVERAGE" and before is not None and following is not None:
            found = (before + following) / 2
        else:
            found = following if method == "FOLLOWING" else before
    return wanted.get("fixed_value") if found is None else round(found, 7)
