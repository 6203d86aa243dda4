"""tracker/counter/*, tracker/get_counters and tracker/stats/*: what trackers count."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from ..fleet import WorldTracker
from ..params import may, need
from ..records import CounterType
from ..series import counted
from ..signals import COUNTER_EVERY, has_counters, measured
from ..wire import WireError, encode, invalid
from .action import TRACKER_ID, Call, Params, action
from .latest import latest_record
from .visibility import clipped, ordered, records, steps, within_span

TYPES: tuple[CounterType, ...] = ("odometer", "engine_hours")
COUNTER = {"tracker_id": need("int"), "type": need("str", options=frozenset(TYPES))}
MAX_TRACKERS = 128


@action("tracker/get_counters", TRACKER_ID)
def get_counters(call: Call, p: Params) -> dict[str, Any]:
    tracker = call.tracker(p["tracker_id"], unknown=204)
    return {"user_time": call.times.text(call.now), "list": readings(call, tracker)}


@action("tracker/counter/read", COUNTER)
def read(call: Call, p: Params) -> dict[str, Any]:
    tracker = _counting(call, p["tracker_id"])
    multiplier, sensor_id = call.state.counters.settings(tracker.id, p["type"])
    number = 2 * tracker.index + TYPES.index(p["type"]) + 1
    return {"value": {"id": number, "type": p["type"], "multiplier": multiplier, "sensor_id": sensor_id}}


@action("tracker/counter/update", {**COUNTER, "multiplier": need("number"), "sensor_id": may("int")}, writes=True)
def update(call: Call, p: Params) -> dict[str, Any]:
    tracker = _counting(call, p["tracker_id"])
    call.state.counters.set_up(tracker.id, p["type"], float(p["multiplier"]), p["sensor_id"])
    return {}


@action("tracker/counter/value/get", COUNTER)
def get_value(call: Call, p: Params) -> dict[str, Any]:
    return {"value": _value(call, _counting(call, p["tracker_id"]), p["type"])}


@action("tracker/counter/value/set", {**COUNTER, "value": need("number")}, writes=True)
def set_value(call: Call, p: Params) -> dict[str, Any]:
    tracker = _counting(call, p["tracker_id"])
    last = latest_record(call, tracker)
    if last is not None:
        reading = counted(last.day, last.number, p["type"], call.world.totals(tracker.id))
        call.state.counters.shift(tracker.id, p["type"], last.time, round(p["value"] - reading, 2))
    return {}


@action("tracker/counter/value/list", {"trackers": need("ints", low=1), "type": COUNTER["type"]})
def list_values(call: Call, p: Params) -> dict[str, Any]:
    trackers = [tracker for tracker in call.trackers(p["trackers"]) if has_counters(tracker)]
    return {"value": {str(tracker.id): _value(call, tracker, p["type"]) for tracker in trackers}}


@action("tracker/counter/data/read", {**COUNTER, "from": need("time"), "to": need("time")})
def read_data(call: Call, p: Params) -> bytes:
    ordered(p)
    tracker = _counting(call, p["tracker_id"])
    if p["to"] - p["from"] > call.rules.counter_span * 86_400:
        raise invalid("to", f"the range must be at most {call.rules.counter_span} days long")
    first, _ = clipped(call, p)
    totals, shift = call.world.totals(tracker.id), call.state.counters.shift_at
    rows = []
    for day, indexes in records(call, tracker, first, p["to"]):
        for index in indexes:
            if index % COUNTER_EVERY == 0:
                at = day.base + day.pattern.seconds[index]
                value = round(counted(day, index, p["type"], totals) + shift(tracker.id, p["type"], at), 2)
                rows.append({"value": value, "update_time": call.times.text(at)})
    return encode({"success": True, "list": rows})


@action(
    "tracker/stats/mileage/read",
    {"trackers": need("ints", high=MAX_TRACKERS, excess=221), "from": need("time"), "to": need("time")},
)
def read_mileage(call: Call, p: Params) -> dict[str, Any]:
    ordered(p)
    if len(p["trackers"]) > call.rules.stats_trackers:
        raise WireError(221)
    trackers = call.trackers(p["trackers"])
    within_span(p, call.rules.stats_span)
    first, was_clipped = clipped(call, p)
    days = _calendar(call, p["from"], p["to"])
    result = {
        str(tracker.id): {day: {"mileage": round(km, 2)} for day, km in _driven(call, tracker, first, p["to"], days)}
        for tracker in trackers
    }
    return {"result": result, "limit_exceeded": was_clipped}


@action("tracker/stats/engine_hours/read", {"tracker_id": need("int"), "from": need("time"), "to": need("time")})
def read_engine_hours(call: Call, p: Params) -> dict[str, Any]:
    ordered(p)
    tracker = call.tracker(p["tracker_id"], unknown=204)
    if tracker.clone:
        raise WireError(219)
    if tracker.kind == "sparse":
        raise WireError(214)
    within_span(p, call.rules.stats_span)
    first, _ = clipped(call, p)
    seconds = 0
    for day, indexes in steps(call, tracker, first, p["to"]):
        fixes, running = day.pattern.fixes, measured(day.pattern).running
        if len(indexes) == indexes[-1] - indexes[0] + 1:
            seconds += running[indexes[-1]] - running[indexes[0]]
        else:
            seconds += sum(
                fixes[b].second - fixes[a].second
                for a, b in pairwise(indexes)
                if fixes[b].trip is not None and fixes[a].trip == fixes[b].trip
            )
    return {"value": round(seconds / 3600, 2)}


def readings(call: Call, tracker: WorldTracker) -> list[dict[str, Any]]:
    """The current values of both counters of a tracker; empty for one that does not count."""
    last = latest_record(call, tracker) if has_counters(tracker) else None
    if last is None:
        return []
    at = call.times.text(last.time)
    return [{"type": kind, "value": _value(call, tracker, kind), "update_time": at} for kind in TYPES]


def _counting(call: Call, tracker_id: int) -> WorldTracker:
    tracker = call.tracker(tracker_id, unknown=204)
    if not has_counters(tracker):
        raise WireError(204)
    return tracker


def _value(call: Call, tracker: WorldTracker, kind: CounterType) -> float:
    last = latest_record(call, tracker)
    if last is None:
        return 0.0
    reading = counted(last.day, last.number, kind, call.world.totals(tracker.id))
    return round(reading + call.state.counters.shift_at(tracker.id, kind, last.time), 2)


def _calendar(call: Call, first: int, last: int) -> list[tuple[str, int]]:
    """The account's days that touch [first, last], each with the epoch second at which the next one begins."""
    zone = call.account.zone
    day, end = (datetime.fromtimestamp(epoch, zone).date() for epoch in (first, last))
    found = []
    while day <= end:
        following = day + timedelta(days=1)
        midnight = datetime(following.year, following.month, following.day, tzinfo=zone)
        found.append((day.isoformat(), int(midnight.timestamp())))
        day = following
    return found


def _driven(
    call: Call, tracker: WorldTracker, first: int, last: int, days: list[tuple[str, int]]
) -> list[tuple[str, float]]:
    """Kilometres by calendar day: what the odometer of each stretch gained, cut at the midnights."""
    driven = dict.fromkeys((name for name, _ in days), 0.0)
    midnights = [midnight for _, midnight in days]
    for day, indexes in steps(call, tracker, first, last):
        seconds, fixes, here = day.pattern.seconds, day.pattern.fixes, 0
        reading = fixes[indexes[0]].mileage
        local = bisect_right(midnights, day.base + seconds[indexes[0]])
        while here < len(indexes):
            here = bisect_left(indexes, midnights[local] - day.base, lo=here, key=seconds.__getitem__)
            reached = fixes[indexes[here - 1]].mileage if here else reading
            driven[days[local][0]] += reached - reading
            reading, local = reached, local + 1
    return list(driven.items())
