"""What happens on a working day: the events that motion causes, and the chatter of devices on top."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import NamedTuple
from weakref import WeakKeyDictionary

from .vehicles import Pattern

CHATTER = (
    ("input_change", "Input 2 is on", False),
    ("harsh_driving", "Harsh braking", False),
    ("idle_start", "Idling began", False),
    ("idle_end", "Idling ended", False),
    ("sensor_outrange", 'Sensor "Tank 1" is out of range, 3 °C', False),
    ("gps_lost", "GPS signal lost", False),
    ("gps_recover", "GPS signal is back", False),
    ("info", "", False),
    ("sos", "SOS button pressed", True),
)
EMERGENCY = frozenset({"sos"})

DESCRIPTIONS = {
    "ignition": "Ignition",
    "track_start": "Trip started",
    "track_end": "Trip ended",
    "speedup": "Speed exceeded",
    "inzone": "Entered a geofence",
    "outzone": "Left a geofence",
    "parking": "Parked",
    "offline": "Connection lost",
    "online": "Connected again",
    "harsh_driving": "Harsh driving",
    "idle_start": "Idling began",
    "idle_end": "Idling ended",
    "input_change": "Input changed",
    "sensor_outrange": "Sensor out of range",
    "gps_lost": "GPS lost",
    "gps_recover": "GPS recovered",
    "info": "Information",
    "sos": "SOS",
}
"""Event types of this world with a text for people."""

SAME_DAY = 36 * 3600
ZONE_ID, ZONE_LABEL = 54_865, 'Depot "North", gate 2'
SPEED_LIMIT = 85


_CAUSED: WeakKeyDictionary[Pattern, Sequence[PatternEvent]] = WeakKeyDictionary()


class PatternEvent(NamedTuple):
    """One event of a day, at a record of the day's pattern."""

    second: int
    event: str
    message: str
    fix: int
    trip: int | None
    emergency: bool
    by_server: bool = False
    """Noticed by the platform itself, so it was known at once, whatever the device still buffers."""


def pattern_events(pattern: Pattern, random: Random, mean: int, burst: int) -> list[PatternEvent]:
    """The events of one day in order of time; many fall into the same second, as they do on the platform."""
    found = list(_of_trips(pattern))
    count = len(pattern.fixes)
    if not count:
        return found
    wanted = max(0, round(random.gauss(mean, mean / 6)) - len(found))
    for _ in range(wanted):
        fix = random.randrange(count)
        event, message, emergency = random.choice(CHATTER)
        at = pattern.fixes[fix]
        found.append(PatternEvent(at.second, event, message, fix, at.trip, emergency))
        if random.random() < 0.08:
            found.append(PatternEvent(at.second, "input_change", "Input 1 is on", fix, at.trip, False))
    if burst:
        fix = random.randrange(count)
        at = pattern.fixes[fix]
        for number in range(burst):
            found.append(PatternEvent(at.second, CHATTER[number % 3][0], f"Burst {number}", fix, at.trip, False))
    found.sort(key=lambda happening: happening.second)
    return found


def connection_lost(pattern: Pattern, late_from: int, late_to: int, late_second: int) -> list[PatternEvent]:
    """What the platform notes when a device falls silent and comes back, if records [late_from, late_to) were late."""
    if late_from == late_to:
        return []
    silent, back = pattern.fixes[late_from], pattern.fixes[late_to - 1]
    found = [PatternEvent(silent.second, "offline", "Connection lost", late_from, silent.trip, False, True)]
    if late_second < SAME_DAY:
        found.append(PatternEvent(late_second, "online", "Connected again", late_to - 1, back.trip, False, True))
    return found


def _of_trips(pattern: Pattern) -> Sequence[PatternEvent]:
    """What every replay of a pattern causes, whatever the day."""
    known = _CAUSED.get(pattern)
    if known is None:
        trips = enumerate(pattern.trips)
        known = [event for number, trip in trips for event in _of_trip(pattern, number, trip.first, trip.last)]
        _CAUSED[pattern] = known
    return known


def _of_trip(pattern: Pattern, number: int, first: int, last: int) -> list[PatternEvent]:
    fixes = pattern.fixes
    begin, end = fixes[first].second, fixes[last].second
    if pattern.single_reports:
        return [PatternEvent(begin, "info", "Report received", first, number, False)]
    found = [
        PatternEvent(begin, "ignition", "Ignition is on", first, number, False),
        PatternEvent(begin, "track_start", "Trip started", first, number, False),
        PatternEvent(end, "track_end", "Trip ended", last, number, False),
        PatternEvent(end, "ignition", "Ignition is off", last, number, False),
        PatternEvent(end, "parking", "Parked", last, number, False),
    ]
    if number == 0:
        found.append(PatternEvent(begin, "outzone", f"Left {ZONE_LABEL}", first, number, False))
    if number == len(pattern.trips) - 1:
        found.append(PatternEvent(end, "inzone", f"Entered {ZONE_LABEL}", last, number, False))
    fast = False
    for index in range(first, last + 1):
        over = fixes[index].speed > SPEED_LIMIT
        if over and not fast:
            message = f"Speed {fixes[index].speed} km/h is over {SPEED_LIMIT} km/h"
            found.append(PatternEvent(fixes[index].second, "speedup", message, index, number, False))
        fast = over
    return found
