"""Trips: the tracks of one tracker, each in the window and on the day in which it begins, and never cut at an edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

import msgspec
import pyarrow as pa

from ...errors import SpanTooBig
from ...operations import Operation, Replay
from ...paging.intervals import LEAST_ALLOWED
from ...times import SECOND, TimeRange
from ..account import BulkCaller, HarvestAccount, RequestLimits
from ..aliases import ItemGap
from ..answers import wire
from ..answers.layout import TIMESTAMP, Column, Layout, Whole, in_order
from ..answers.local_time import NaiveTimes, happens_twice, in_calendar, localise
from ..answers.odd import OddRow, flag
from ..plan.windows import Item
from .base import DAY, FetchResult, RereadPolicy, Stream

MARGIN = timedelta(hours=12)
"""What is requested before and after a window, so that trips at its edges come whole; half of a shorter window."""
LONGEST_TRIP = timedelta(days=60)
"""How far from a trip's start its points are requested, whatever end the platform names."""
LEAST_MARGIN = timedelta(hours=1)
"""However short the window: with less, a stop before it could pass for the end of a trip that goes on."""
AMBIGUOUS_END = "a trip ends in an hour that happens twice, and its times have no offset"
ENDLESS = "a trip goes on for longer than can be asked for at once"


class TripRow(msgspec.Struct, gc=False):
    """The members of a track, or of a single report, that code here uses; the layout adds the others."""

    start_date: datetime
    end_date: datetime | None = None
    id: Whole | None = None
    doubtful: bool = False
    """Whether its end is a time without offset that happens twice; determined here, not by the platform."""

    @property
    def end(self) -> datetime:
        """The last moment; single reports have only one. No trip ends before it begins."""
        return max(self.end_date or self.start_date, self.start_date)


class _Trips(NamedTuple):
    trips: list[TripRow]
    limit_exceeded: bool
    odd: tuple[OddRow, ...] = ()


_LIST_TRIPS: Operation[object] = Operation("track/list", dict, replay=Replay.READ)

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
        Column("north", "bounds.nw.lat", pa.float64()),
        Column("west", "bounds.nw.lng", pa.float64()),
        Column("south", "bounds.se.lat", pa.float64()),
        Column("east", "bounds.se.lng", pa.float64()),
    ]
)


def longest_of_trips(limits: RequestLimits) -> timedelta:
    """The longest window, given what is asked for around it: see :func:`find_trips`."""
    most = min(30 * DAY, limits.report_span)
    return max(most - 2 * MARGIN if most >= 4 * MARGIN else min(most / 2, most - 2 * LEAST_MARGIN), LEAST_ALLOWED)


def _parse(body: bytes, *, zone: tzinfo | None) -> _Trips:
    def strictly(body: bytes) -> _Trips:
        answer = _READER.decode(body)
        if not all(in_calendar(trip.start_date) and _ends_in_calendar(trip) for trip in answer.list):
            raise ValueError("a trip is beyond the calendar")
        return _Trips(_localised(answer.list, zone), bool(answer.limit_exceeded))

    def carefully(answer: Mapping[str, bytes]) -> _Trips:
        found = _READER.read(answer.get("list"), "start_date")
        trips = _localised(found.rows, zone)
        for read in found.all:
            if read.row is not None:
                read.time = read.row.start_date
        found.localise(zone)
        return _Trips(trips, flag(answer.get("limit_exceeded")), found.odd(lambda _: None))

    return wire.read_answer(body, _LIST_TRIPS.path, strictly, carefully)


def _localised(trips: list[TripRow], zone: tzinfo | None) -> list[TripRow]:
    """The trips by their beginning, in UTC."""
    trips = sorted(trips, key=lambda trip: trip.start_date.timestamp() if trip.start_date.tzinfo else 0)
    moments = [moment for trip in trips for moment in (trip.start_date, trip.end_date) if moment is not None]
    if zone is None and any(moment.tzinfo is None for moment in moments):
        raise NaiveTimes
    # Starts and ends alternate in ascending order, which separates the two passes of an hour that happens twice.
    known = localise(moments, zone)
    for trip in trips:
        trip.doubtful = zone is not None and happens_twice(trip.end_date or trip.start_date, zone)
        trip.start_date = next(known)
        if trip.end_date is not None:
            trip.end_date = next(known)
    return trips


def _ends_in_calendar(trip: TripRow) -> bool:
    return trip.end_date is None or in_calendar(trip.end_date)


_READER = _LAYOUT.reader(TripRow, is_strict=_ends_in_calendar)


async def _ask(caller: BulkCaller, tracker: int, asked: TimeRange) -> _Trips:
    params = {
        "tracker_id": tracker,
        "from": asked.start,
        "to": asked.end,
        "filter": False,
        "split": True,
        "include_gsm_lbs": True,
        "cluster_single_reports": False,
    }
    return await caller.read(_LIST_TRIPS, params, _parse)


@dataclass(frozen=True, slots=True)
class FoundTrips:
    """The trips that begin in a window, by their beginning."""

    trips: list[TripRow]
    clipped: TimeRange | None
    """The part of the window whose trips may be older than the tariff keeps."""
    gaps: tuple[ItemGap, ...]
    """Starts of trips whose end is unavailable or ambiguous."""
    odd: tuple[OddRow, ...] = ()
    """Trips that are unreadable in whole or in part."""


async def find_trips(caller: BulkCaller, tracker: int, window: TimeRange, limits: RequestLimits) -> FoundTrips:
    """All trips that begin in the window, whole.

    The platform cuts trips at the edges of what is asked for. A trip that began before the window is recognised because
    more than the window is asked for; one that is still going on at the end is asked for again, on its own.

    Platform action: ``/track/list``
    """
    margin = max(min(MARGIN, window.span / 2), LEAST_MARGIN)
    asked = TimeRange(window.start - margin, window.end + margin)
    answer = await _ask(caller, tracker, asked)
    clipped = None
    if answer.limit_exceeded:
        # Perhaps only the margin is older than what the tariff keeps.
        answer = await _ask(caller, tracker, TimeRange(window.start, asked.end))
    trips = [trip for trip in answer.trips if trip.start_date in window]
    if answer.limit_exceeded:
        # The first trip may have lost its beginning.
        kept_from = trips[0].start_date + SECOND if trips else window.end
        clipped = TimeRange(window.start, min(kept_from, window.end))
    gaps = []
    odd = list(answer.odd)
    for index, trip in enumerate(trips):
        begin = TimeRange(trip.start_date, min(trip.start_date + SECOND, window.end))
        if trip.end >= asked.end - margin / 2:
            entire, more = await _whole(caller, tracker, trip, asked.span, min(30 * DAY, limits.report_span))
            odd += more
            if entire is None:
                gaps.append(((tracker,), begin, ENDLESS))
            else:
                trips[index] = entire
        if trips[index].doubtful:
            gaps.append(((tracker,), begin, AMBIGUOUS_END))
    return FoundTrips(trips, clipped, tuple(gaps), tuple(replace(row, tracker=tracker) for row in odd))


async def _fetch(account: HarvestAccount, item: Item) -> FetchResult:
    """All trips of one tracker that begin in the window."""
    (tracker,) = item.trackers
    caller = BulkCaller(account)
    found = await find_trips(caller, tracker, item.range, account.limits)
    batch = await account.run(len(found.trips) > _MANY, _columns, tracker, found.trips)
    return FetchResult(batch, caller.bytes, clipped=found.clipped, gaps=found.gaps, odd=found.odd)


_MANY = 200
"""Trips from which columns are made in a thread."""


async def _whole(
    caller: BulkCaller, tracker: int, trip: TripRow, reach: timedelta, longest: timedelta
) -> tuple[TripRow | None, list[OddRow]]:
    """The same trip to its end; ``None`` if it does not come to one in what may be asked for."""
    while True:
        # First as long as what was answered just now, but from the trip's beginning on.
        asked = TimeRange(trip.start_date, trip.start_date + reach)
        try:
            answer = await _ask(caller, tracker, asked)
        except SpanTooBig:
            return None, []
        if any(row.aside for row in answer.odd):
            return None, []  # The first of the others may be another trip.
        if answer.trips and answer.trips[0].end < asked.end - reach / 4:
            first = answer.trips[0].start_date
            return answer.trips[0], [row for row in answer.odd if row.where is not None and first in row.where]
        if reach >= longest:
            return None, []
        reach = min(2 * reach, longest)


def _columns(tracker: int, trips: list[TripRow]) -> pa.RecordBatch:
    columns = _LAYOUT.values_of(trips) | {"tracker_id": [tracker] * len(trips)}
    return in_order(_LAYOUT.from_values(columns), TRIPS.order)


TRIPS = Stream(
    name="trips",
    layout=_LAYOUT,
    time="start_time",
    order=("tracker_id", "start_time"),
    fetch=_fetch,
    first_window=7 * DAY,
    target_bytes=500_000,
    longest=longest_of_trips,
    key=("tracker_id", "id"),
    # Late points join, lengthen and split trips: what was there before may be gone.
    reread=RereadPolicy.REPLACE,
    settles=DAY,
)
