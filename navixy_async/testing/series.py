"""The truth of series: sensor values, counters, mileage, engine hours and raw messages, row by row.

Each function walks the records one by one and adds up what it sees. The handlers get to the same numbers in other ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TypeAlias

from .records import CounterType, CounterValue, RawMessage, SensorSample, TrackerDay
from .signals import COUNTER_EVERY, Sensor, input_at, input_names, measured, value_at

RecordRef: TypeAlias = tuple[TrackerDay, int]
"""One record: its day and its number in it."""


def sensor_values(records: Iterable[RecordRef], sensor: Sensor, *, raw: bool) -> list[SensorSample]:
    """The values of one sensor among `records`."""
    rows = []
    for day, index in records:
        value = value_at(day, index, sensor, raw=raw)
        if value is not None:
            rows.append(
                SensorSample(
                    tracker_id=sensor.tracker_id,
                    sensor_id=sensor.id,
                    time=_utc(day.base + day.pattern.seconds[index]),
                    value=value,
                    received=_utc(day.received(index)),
                )
            )
    return rows


def counter_values(
    records: Iterable[RecordRef], kind: CounterType, totals: list[tuple[float, int]]
) -> Iterator[CounterValue]:
    """The stored values of one counter among `records`; `totals` are km and ignition seconds before each day."""
    for day, index in records:
        if index % COUNTER_EVERY == 0:
            yield CounterValue(
                tracker_id=day.tracker.id,
                type=kind,
                time=_utc(day.base + day.pattern.seconds[index]),
                value=counted(day, index, kind, totals),
                received=_utc(day.received(index)),
            )


def counted(day: TrackerDay, index: int, kind: CounterType, totals: list[tuple[float, int]]) -> float:
    """The reading of a counter at record `index` of a day."""
    km, seconds = totals[day.number]
    if kind == "odometer":
        return round(12_000 + 37 * day.tracker.index + km + day.pattern.fixes[index].mileage, 2)
    return round(800 + 3 * day.tracker.index + (seconds + measured(day.pattern).running[index]) / 3600, 2)


def mileage(steps: Iterable[tuple[RecordRef, RecordRef]], first: int, last: int, zone: tzinfo) -> dict[date, float]:
    """Kilometres by local day in [first, last]; a step between two records belongs to the later one's day."""
    begin = datetime.fromtimestamp(first, zone).date()
    days = (datetime.fromtimestamp(last, zone).date() - begin).days
    driven = {begin + timedelta(days=number): 0.0 for number in range(days + 1)}
    for (day, before), (_, after) in steps:
        fixes = day.pattern.fixes
        driven[_local(day, after, zone)] += fixes[after].mileage - fixes[before].mileage
    return {local: round(km, 2) for local, km in driven.items()}


def engine_hours(steps: Iterable[tuple[RecordRef, RecordRef]]) -> float:
    """Hours with the ignition on; a step between two records of one trip belongs to the later one."""
    seconds = 0
    for (day, before), (_, after) in steps:
        fixes = day.pattern.fixes
        if fixes[after].trip is not None and fixes[after].trip == fixes[before].trip:
            seconds += fixes[after].second - fixes[before].second
    return round(seconds / 3600, 2)


def raw_message(day: TrackerDay, index: int) -> RawMessage:
    """Record `index` of a day as the data warehouse has it."""
    fix = day.pattern.fixes[index]
    return RawMessage(
        tracker_id=day.tracker.id,
        msg_time=_utc(day.base + fix.second),
        server_time=_utc(day.received(index)),
        lat=fix.lat,
        lng=fix.lng,
        alt=fix.alt,
        speed=fix.speed,
        satellites=fix.satellites,
        heading=fix.heading,
        precision=fix.precision,
        lbs=bool(fix.gsm_lbs),
        ignition=fix.trip is not None,
        inputs={name: input_at(day, index, name) for name in input_names(day.tracker)},
    )


def _local(day: TrackerDay, index: int, zone: tzinfo) -> date:
    return datetime.fromtimestamp(day.base + day.pattern.seconds[index], zone).date()


def _utc(epoch: int) -> datetime:
    return datetime.fromtimestamp(epoch, UTC)
