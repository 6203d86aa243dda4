"""Trips: the tracks of one tracker, each in the window and on the day in which it begins, and never cut at an edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

import msgspec
import pyarrow as pa

from ...errors import SpanTooBig
from ...operations import Operation, Replay
from ...times import SECOND, TimeRange
from ..columns import TIMESTAMP, Column, Layout, happens_twice, in_order, localise
from ..plan import Item, WindowRule
from ..source import Allowed, Meter, NaiveTimes, Source, read_json
from .base import DAY, Fetched, Late, Stream

MARGIN = timedelta(hours=12)
"""What is asked for before and after a window, so that the trips at its edges come whole; half of a shorter window."""
LEAST_MARGIN = timedelta(hours=1)
"""However short the window: with less, a stop before it could be taken for the end of a trip that goes on."""
UNTOLD_END = "a trip ends in an hour that happens twice, and its times have no offset"
ENDLESS = "a trip goes on for longer than can be asked for at once"


class _Corner(msgspec.Struct, gc=False):
    lat: float | None = None
    lng: float | None = None


class _Bounds(msgspec.Struct, gc=False):
    nw: _Corner | None = None
    se: _Corner | None = None


class Trip(msgspec.Struct):
    """One track, or a single report, as the platform tells of it."""

    start_date: datetime
    end_date: datetime | None = None
    id: int | None = None
    type: str | None = None
    start_address: str | None = None
    end_address: str | None = None
    length: float | None = None
    max_speed: float | None = None
    avg_speed: float | None = None
    points: int | None = None
    norm_fuel_consumed: float | None = None
    gsm_lbs: bool | None = None
    precision: float | None = None
    bounds: _Bounds | None = None
    doubtful: bool = False
    """Whether its end is a time without offset that happens twice; found out here, the platform tells no such thing."""

    @property
    def end(self) -> datetime:
        """The last moment; single reports have only one."""
        return self.end_date or self.start_date


class _Trips(msgspec.Struct):
    trips: list[Trip] = msgspec.field(name="list")
    limit_exceeded: bool | None = None


_LIST_TRIPS: Operation[_Trips] = Operation("track/list", _Trips, replay=Replay.READ)

_LAYOUT = Layout(
    [
        Column("tracker_id", None, pa.int64()),
        Column("start_time", "start_date", TIMESTAMP),
        Column("end_time", "end_date", TIMESTAMP),
        Column("id", "id", pa.int64()),
        Column("type", "type", pa.string()),
        Column("start_address", "start_address", pa.string()),
        Column("end_address", "end_address", pa.string()),
        Column("length", "length", pa.float64()),
        Column("max_speed", "max_speed", pa.float64()),
        Column("avg_speed", "avg_speed", pa.float64()),
        Column("points", "points", pa.int64()),
        Column("norm_fuel_consumed", "norm_fuel_consumed", pa.float64()),
        Column("gsm_lbs", "gsm_lbs", pa.bool_()),
        Column("precision", "precision", pa.float64()),
        Column("north", None, pa.float64()),
        Column("west", None, pa.float64()),
        Column("south", None, pa.float64()),
        Column("east", None, pa.float64()),
    ]
)


def longest_of_trips(allowed: Allowed) -> timedelta:
    """The longest window, given what is asked for around it."""
    return max(min(30 * DAY, allowed.report_span) - 2 * MARGIN, SECOND)


def _windows(allowed: Allowed) -> WindowRule:
    return WindowRule(first=7 * DAY, longest=longest_of_trips(allowed), target=500_000)


def _parse(body: bytes, *, zone: tzinfo | None) -> _Trips:
    answer: _Trips = read_json(body, path=_LIST_TRIPS.path, kind=_Trips)
    answer.trips.sort(key=lambda trip: trip.start_date.timestamp() if trip.start_date.tzinfo else 0)
    moments = [moment for trip in answer.trips for moment in (trip.start_date, trip.end_date) if moment is not None]
    if zone is None and any(moment.tzinfo is None for moment in moments):
        raise NaiveTimes
    # Start and end in turn ascend, so that an hour that happens twice can be told apart.
    known = localise(moments, zone) if zone is not None else iter(moments)
    for trip in answer.trips:
        trip.doubtful = zone is not None and happens_twice(trip.end, zone)
        trip.start_date = next(known)
        if trip.end_date is not None:
            trip.end_date = next(known)
    return answer


async def _ask(meter: Meter, tracker: int, asked: TimeRange) -> _Trips:
    params = {
        "tracker_id": tracker,
        "from": asked.start,
        "to": asked.end,
        "filter": False,
        "split": True,
        "include_gsm_lbs": True,
        "cluster_single_reports": False,
    }
    answer: _Trips = await meter.read(_LIST_TRIPS, params, _parse)
    return answer


@dataclass(frozen=True, slots=True)
class Found:
    """The trips that begin in a window, by their beginning."""

    trips: list[Trip]
    clipped: TimeRange | None
    """The part of the window whose trips may be older than the tariff keeps."""
    gaps: tuple[tuple[tuple[int, ...], TimeRange, str], ...]
    """Beginnings of trips whose end could not be had, or told."""


async def find_trips(meter: Meter, tracker: int, window: TimeRange, allowed: Allowed) -> Found:
    """All trips that begin in the window, whole.

    The platform cuts trips at the edges of what is asked for. A trip that began before the window is recognised because
    more than the window is asked for; one that is still going on at the end is asked for again, on its own.

    Platform action: ``/track/list``
    """
    margin = max(min(MARGIN, window.span / 2), LEAST_MARGIN)
    asked = TimeRange(window.start - margin, window.end + margin)
    answer = await _ask(meter, tracker, asked)
    clipped = None
    if answer.limit_exceeded:
        # Perhaps only the margin is older than what the tariff keeps.
        answer = await _ask(meter, tracker, TimeRange(window.start, asked.end))
    trips = [trip for trip in answer.trips if trip.start_date in window]
    if answer.limit_exceeded:
        # The first trip may have lost its beginning.
        kept_from = trips[0].start_date + SECOND if trips else window.end
        clipped = TimeRange(window.start, min(kept_from, window.end))
    gaps = []
    for number, trip in enumerate(trips):
        begin = TimeRange(trip.start_date, min(trip.start_date + SECOND, window.end))
        if trip.end >= asked.end - margin / 2:
            whole = await _whole(meter, tracker, trip, asked.span, allowed)
            if whole is None:
                gaps.append(((tracker,), begin, ENDLESS))
            else:
                trips[number] = whole
        if trips[number].doubtful:
            gaps.append(((tracker,), begin, UNTOLD_END))
    return Found(trips, clipped, tuple(gaps))


async def _fetch(source: Source, item: Item) -> Fetched:
    """All trips of one tracker that begin in the window."""
    (tracker,) = item.trackers
    meter = Meter(source)
    found = await find_trips(meter, tracker, item.range, source.allowed)
    return Fetched(_columns(tracker, found.trips), meter.bytes, clipped=found.clipped, gaps=found.gaps)


async def _whole(meter: Meter, tracker: int, trip: Trip, reach: timedelta, allowed: Allowed) -> Trip | None:
    """The same trip to its end; ``None`` if it does not come to one in what may be asked for."""
    longest = min(30 * DAY, allowed.report_span)
    while True:
        # First as long as what was answered just now, but from the trip's beginning on.
        asked = TimeRange(trip.start_date, trip.start_date + reach)
        try:
            answer = await _ask(meter, tracker, asked)
        except SpanTooBig:
            return None
        if answer.trips and answer.trips[0].end < asked.end - reach / 4:
            return answer.trips[0]
        if reach >= longest:
            return None
        reach = min(2 * reach, longest)


def _columns(tracker: int, trips: list[Trip]) -> Any:
    names = [column.name for column in _LAYOUT.columns if column.member is not None]
    members = [str(column.member) for column in _LAYOUT.columns if column.member is not None]
    columns = {name: [getattr(trip, member) for trip in trips] for name, member in zip(names, members, strict=True)}
    bounds = [trip.bounds or _Bounds() for trip in trips]
    north_west, south_east = ([getattr(each, name) or _Corner() for each in bounds] for name in ("nw", "se"))
    columns |= {
        "tracker_id": [tracker] * len(trips),
        "north": [corner.lat for corner in north_west],
        "west": [corner.lng for corner in north_west],
        "south": [corner.lat for corner in south_east],
        "east": [corner.lng for corner in south_east],
    }
    return in_order(_LAYOUT.from_values(columns), TRIPS.order)


TRIPS = Stream(
    name="trips",
    layout=_LAYOUT,
    time="start_time",
    order=("tracker_id", "start_time"),
    batch=1,
    windows=_windows,
    fetch=_fetch,
    key=("tracker_id", "id"),
    # Late points join, lengthen and split trips: what was there before may be gone.
    late=Late.REPLACE,
    settles=DAY,
)
