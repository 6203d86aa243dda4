"""The newest record of a tracker that the platform has received."""

from __future__ import annotations

from typing import NamedTuple

from ..fleet import WorldTracker
from ..records import TrackerDay
from ..vehicles import Fix
from .action import Call


class LatestRecord(NamedTuple):
    """The newest record of a tracker that the platform has received."""

    day: TrackerDay
    number: int

    @property
    def fix(self) -> Fix:
        return self.day.pattern.fixes[self.number]

    @property
    def time(self) -> int:
        return self.day.base + self.fix.second


def latest_record(call: Call, tracker: WorldTracker) -> LatestRecord | None:
    """The newest record by its own time among those received by now; ``None`` if there is no record."""
    first = int(call.world.start.timestamp())
    for number in range(call.world.spec.days - 1, -1, -1):
        day = call.world.day(tracker, number)
        if day is None or not day.pattern.fixes or day.base + day.pattern.seconds[0] > call.now:
            continue
        low, high = day.slice(first, call.now)
        for index in range(high - 1, low - 1, -1):
            if day.received(index) <= call.now:
                return LatestRecord(day, index)
    return None
