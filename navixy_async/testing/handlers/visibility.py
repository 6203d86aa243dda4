"""The records of a tracker that have arrived by now: by range, and with the steps between them."""

from __future__ import annotations

from collections.abc import Iterator

from ..fleet import WorldTracker
from ..records import TrackerDay
from ..wire import WireError, invalid
from .action import Call, Params

Indexes = list[int] | range


def ordered(p: Params) -> None:
    """7 unless the range begins before it ends."""
    if p["to"] <= p["from"]:
        raise invalid("to", "must be after from")


def within_span(p: Params, days: int | None) -> None:
    """211 with the longest span if the range is longer than `days`."""
    if days is not None and p["to"] - p["from"] > days * 86_400:
        raise WireError(211, max_time_span=f"P{days}D")


def clipped(call: Call, p: Params) -> tuple[int, bool]:
    """The first second that the tariff still stores, and whether that clipped the range."""
    since = call.stored_since
    return (p["from"], False) if since is None or p["from"] >= since else (since, True)


def records(call: Call, tracker: WorldTracker, first: int, last: int) -> Iterator[tuple[TrackerDay, Indexes]]:
    """Records of [first, last] by day that have arrived."""
    last = min(last, call.now)
    for day in call.world.days(tracker.id, first, last):
        low, high = day.slice(first, last)
        yield day, _arrived(day, low, high, call.now)


def steps(call: Call, tracker: WorldTracker, first: int, last: int) -> Iterator[tuple[TrackerDay, Indexes]]:
    """Like :func:`records`, with the neighbour before each day's first record, if there is one: distances need two."""
    last = min(last, call.now)
    for day in call.world.days(tracker.id, first, last):
        low, high = day.slice(first, last)
        indexes = _arrived(day, low, high, call.now)
        if not indexes:
            continue
        before = next((index for index in range(indexes[0] - 1, -1, -1) if day.received(index) <= call.now), None)
        yield day, indexes if before is None else [before, *indexes]


def _arrived(day: TrackerDay, low: int, high: int, now: int) -> Indexes:
    if day.late_at <= now or day.late_from >= high or day.late_to <= low:
        return range(low, high)
    return [index for index in range(low, high) if not day.is_late(index)]
