"""What devices measure besides their position: sensors, inputs, ignition time. By record, without a clock of its own.

Everything here is a fact of the world: it depends on the device, the day and the record alone. What repeats every
time a pattern is driven is worked out once per pattern.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias
from weakref import WeakKeyDictionary

from .fleet import WorldTracker
from .records import TrackerDay, Value
from .vehicles import Pattern

Kind: TypeAlias = Literal["metering", "discrete", "virtual"]

FIRST_SENSOR, SENSORS_PER_TRACKER = 1_200_000, 8
FUEL_EVERY, HEAT_EVERY, COUNTER_EVERY = 3, 5, 4
"""Devices send some inputs with every third, some with every fifth record only; counters are stored every fourth."""
LITRES_PER_KM = 0.31
ON, OFF = "On", "Off"


@dataclass(frozen=True, slots=True)
class Sensor:
    """One sensor of a tracker, as it is configured."""

    id: int
    tracker_id: int
    kind: Kind
    type: str
    name: str
    input_name: str | None = None
    units: str = ""
    units_type: str = "custom"
    divider: float = 1.0
    """A metering sensor's value is what the input says, divided by this."""
    input_number: int | None = None


def sensors_of(tracker: WorldTracker) -> tuple[Sensor, ...]:
    """The sensors of a tracker; a clone has its own ids for the same inputs, a silent tracker has none."""
    if tracker.kind == "silent":
        return ()
    first = FIRST_SENSOR + SENSORS_PER_TRACKER * tracker.index
    if tracker.kind == "sparse":
        return (Sensor(first, tracker.id, "metering", "custom", "Battery", "battery_level", "%"),)
    return (
        Sensor(first, tracker.id, "metering", "power", "Board voltage", "board_voltage", "V"),
        Sensor(first + 1, tracker.id, "metering", "fuel", 'Tank "1"', "fuel_level", "litres", "litre", 10.0),
        Sensor(first + 2, tracker.id, "metering", "temperature", "Cargo, °C", "ext_temp_sensor_1", "", "celsius"),
        Sensor(first + 3, tracker.id, "discrete", "ignition", "Ignition", input_number=1),
        Sensor(first + 4, tracker.id, "virtual", "virtual_ignition", "Virtual Ignition", "virtual_ignition"),
    )


def input_names(tracker: WorldTracker) -> tuple[str, ...]:
    """Inputs that the device of a tracker sends."""
    if tracker.kind == "silent":
        return ()
    return ("battery_level",) if tracker.kind == "sparse" else ("board_voltage", "ext_temp_sensor_1", "fuel_level")


def input_at(day: TrackerDay, index: int, name: str) -> float | None:
    """What the input `name` says in record `index`; ``None`` if the device did not send it with that record."""
    tracker, pattern = day.tracker, day.pattern
    if name not in input_names(tracker):
        return None
    if name == "battery_level":
        return float(97 - (tracker.source_id + day.number + index) % 60)
    if name == "board_voltage":
        return measured(pattern).voltage[index]
    if name == "fuel_level":
        if index % FUEL_EVERY:
            return None
        full = 3000 + (tracker.source_id * 7 + day.number * 131) % 1800
        return float(round(full - 10 * LITRES_PER_KM * pattern.fixes[index].mileage))
    if index % HEAT_EVERY:
        return None
    return round((tracker.source_id + day.number) % 25 - 14.5 + measured(pattern).warmth[index], 1)


def value_at(day: TrackerDay, index: int, sensor: Sensor, *, raw: bool = False) -> Value | None:
    """What `sensor` says in record `index`; `raw` is the input's own value. ``None`` if it says nothing there."""
    if sensor.kind == "virtual":
        return ON if day.pattern.fixes[index].trip is not None else OFF
    if sensor.input_name is None:
        return None
    value = input_at(day, index, sensor.input_name)
    return value if value is None or raw else round(value / sensor.divider, 3)


def has_counters(tracker: WorldTracker) -> bool:
    """Whether a tracker counts kilometres and engine hours."""
    return tracker.kind not in ("silent", "sparse")


@dataclass(frozen=True, slots=True)
class Measured:
    """What a pattern repeats each time: by record the board voltage, the warmth of the day, the ignition time."""

    voltage: list[float]
    warmth: list[float]
    running: list[int]
    """Seconds for which the ignition was on since the day began, up to this record."""


_MEASURED: WeakKeyDictionary[Pattern, Measured] = WeakKeyDictionary()


def measured(pattern: Pattern) -> Measured:
    """The measurements of a pattern, worked out once."""
    known = _MEASURED.get(pattern)
    if known is None:
        voltage, warmth, running = [], [], []
        total, before = 0, None
        for index, fix in enumerate(pattern.fixes):
            driving = fix.trip is not None
            voltage.append(round((13.6 if driving else 12.3) + (index * 2_654_435_761 >> 9) % 400 / 1000, 3))
            warmth.append(round(abs(fix.second % 86_400 - 46_800) / -9000, 1))
            if before is not None and driving and before.trip == fix.trip:
                total += fix.second - before.second
            running.append(total)
            before = fix
        known = _MEASURED[pattern] = Measured(voltage, warmth, running)
    return known
