"""The rows of the truth, and the calendar days they are made from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from .fleet import WorldTracker
from .vehicles import Pattern

TRIPS_PER_DAY = 64

CounterType: TypeAlias = Literal["odometer", "engine_hours"]
Value: TypeAlias = float | str


class Point(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One track point of the truth. Times are UTC and whole seconds, speed km/h, mileage km, heading degrees."""

    tracker_id: int
    time: datetime
    lat: float
    lng: float
    alt: int
    speed: int
    heading: int | None
    satellites: int
    mileage: float
    address: str
    precision: int | None
    gsm_lbs: bool | None
    parking: bool | None
    buffered: bool | None
    track_id: int | None
    received: datetime
    """When the server received it: later than `time` if the device had buffered it."""


class Trip(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One trip of the truth, whole: from its first to its last point."""

    id: int
    tracker_id: int
    start: datetime
    end: datetime
    points: int
    length_km: float
    max_speed: int
    avg_speed: int


class Event(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One history entry of the truth."""

    id: int
    tracker_id: int
    time: datetime
    event: str
    message: str
    emergency: bool
    is_read: bool
    """As it is at the start; the platform's own state changes with `history/mark_read`."""
    rule_id: int | None
    track_id: int | None
    lat: float
    lng: float
    precision: int | None
    address: str
    received: datetime


class SensorSample(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One value of a sensor: a number, or for a virtual sensor a text."""

    tracker_id: int
    sensor_id: int
    time: datetime
    value: Value
    received: datetime


class CounterValue(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One stored value of a counter: kilometres or hours."""

    tracker_id: int
    type: CounterType
    time: datetime
    value: float
    received: datetime


class RawMessage(msgspec.Struct, frozen=True, kw_only=True):
    """One message of a device in the data warehouse: `msg_time` is the device's, `server_time` the arrival."""

    tracker_id: int
    msg_time: datetime
    server_time: datetime
    lat: float
    lng: float
    alt: int
    speed: int
    satellites: int
    heading: int | None
    precision: int | None
    lbs: bool
    ignition: bool
    inputs: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class TrackerDay:
    """One calendar day of one tracker: a pattern, replayed from a moment on."""

    tracker: WorldTracker
    number: int
    """Days since the world began."""
    base: int
    """Epoch seconds at which the pattern's second 0 lies."""
    pattern: Pattern
    late_from: int = 0
    late_to: int = 0
    """Records [late_from, late_to) were buffered by the device and arrived at `late_at`."""
    late_at: int = 0

    def slice(self, first: int, last: int) -> tuple[int, int]:
        """Which records lie in [first, last], both epoch seconds and inclusive."""
        seconds = self.pattern.seconds
        return bisect_left(seconds, first - self.base), bisect_right(seconds, last - self.base)

    def is_late(self, index: int) -> bool:
        return self.late_from <= index < self.late_to

    def received(self, index: int) -> int:
        """Epoch second at which record `index` reached the server."""
        return self.late_at if self.is_late(index) else self.base + self.pattern.seconds[index]

    def track_id(self, trip: int) -> int:
        return 1_000_000 + (self.tracker.index * 4096 + self.number) * TRIPS_PER_DAY + trip
