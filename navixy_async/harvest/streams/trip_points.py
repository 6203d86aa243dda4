"""Trip points: the points of every trip, in the window and on the day in which the trip begins."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pyarrow as pa

from ...errors import NavixyError
from ...paging.intervals import is_too_long
from ...times import SECOND, TimeRange
from ..account import BulkCaller, HarvestAccount
from ..answers.layout import TIMESTAMP, Column, Layout
from ..answers.odd import OddRow, second_of
from ..plan.windows import Item
from .base import DAY, FetchResult, PathFiles, RereadPolicy, Stream
from .tracks import TRACKS, read_points, sent_late
from .trips import LONGEST_TRIP, TripRow, find_trips, longest_of_trips

_POINT = [column for column in TRACKS.layout.columns if column.name != "tracker_id"]
_LAYOUT = Layout(
    [
        Column("tracker_id", None, pa.int64()),
        Column("trip_start", None, TIMESTAMP),
        Column("trip_id", None, pa.int64()),
        *(Column(column.name, None, column.type) for column in _POINT),
    ]
)


async def _fetch(account: HarvestAccount, item: Item) -> FetchResult:
    """All points of one tracker's trips that begin in the window: one request for trips, one or two for points."""
    (tracker,) = item.trackers
    caller = BulkCaller(account)
    found = await find_trips(caller, tracker, item.range, account.limits)
    if not found.trips:
        return FetchResult(_LAYOUT.empty(), caller.bytes, clipped=found.clipped, gaps=found.gaps, odd=found.odd)
    # A trip ends at its last point, which is part of it.
    last = max(min(trip.end, trip.start_date + LONGEST_TRIP) for trip in found.trips)
    around = TimeRange(found.trips[0].start_date, last + SECOND)
    points, kept_from, odd = await _read_around(caller, tracker, around, item.range.span)
    clipped = found.clipped
    if kept_from is not None:
        # Trips that begin earlier may have lost points; at the very least the first one, identified by its start.
        cut = [trip.start_date for trip in found.trips if trip.start_date < kept_from]
        if cut:
            clipped = TimeRange(item.range.start, min(cut[-1] + SECOND, item.range.end))
    rows = await account.run(points.num_rows > _MANY, _rows, tracker, found.trips, points)
    odd_rows = found.odd + _of_trips(odd, found.trips)
    return FetchResult(rows, caller.bytes, late=sent_late(rows), clipped=clipped, gaps=found.gaps, odd=odd_rows)


_MANY = 1000
"""Points from which trips are cut in a thread."""


async def _read_around(
    caller: BulkCaller, tracker: int, around: TimeRange, window: timedelta
) -> tuple[pa.Table, datetime | None, list[OddRow]]:
    """The points from the first trip to the end of the last, the moment before which none are kept, and odd ones.

    Trips may end long after the window: what reaches beyond it is requested in parts, and a refused part in halves. If
    parts no longer than the window are refused, the window is too long, and the harvest's plan learns of it.
    """
    batches = []
    kept_from: datetime | None = None
    odd: list[OddRow] = []
    todo = around.split(max(window, DAY))[::-1]
    while todo:
        part = todo.pop()
        try:
            points = await read_points(caller, tracker, part)
        except NavixyError as error:
            halves = part.halves() if is_too_long(error) and part.span > window else None
            if halves is None:
                raise
            todo += reversed(halves)
            continue
        if points.limit_exceeded:
            kept_from = points.batch.column("time")[0].as_py() if points.batch.num_rows else part.end
        batches.append(points.batch)
        # A point of the second before a part is reported by the previous part.
        odd += (point for point in points.odd if point.aside or point.where is None or point.where.start >= part.start)
    table = pa.Table.from_batches(batches, TRACKS.layout.schema).combine_chunks()
    return table, kept_from, odd


def _of_trips(odd: Iterable[OddRow], trips: Sequence[TripRow]) -> tuple[OddRow, ...]:
    """Odd points as rows of their trips, whose start is their time; other points belong to no trip."""
    found = []
    for point in odd:
        where = point.where
        of = (trip for trip in trips if where is None or (where.start <= trip.end and trip.start_date < where.end))
        found += [replace(point, where=second_of(trip.start_date)) for trip in of]
    return tuple(found)


def _rows(tracker: int, trips: list[TripRow], points: pa.Table) -> pa.RecordBatch:
    """The points of each trip, from its first moment to its last; a neighbouring trip may share either."""
    times = points.column("time").to_pylist()
    parts = []
    for trip in trips:
        first = bisect_left(times, trip.start_date)
        part = points.slice(first, bisect_right(times, trip.end) - first)
        fixed = (tracker, trip.start_date, trip.id)
        columns = [
            pa.repeat(pa.scalar(value, column.type), part.num_rows)
            for value, column in zip(fixed, _LAYOUT.columns, strict=False)
        ]
        parts.append(pa.table([*columns, *(part.column(column.name) for column in _POINT)], schema=_LAYOUT.schema))
    return _LAYOUT.in_one_batch(pa.concat_tables(parts))


TRIP_POINTS = Stream(
    name="trip_points",
    layout=_LAYOUT,
    time="trip_start",
    order=("tracker_id", "trip_start", "time"),
    fetch=_fetch,
    longest=longest_of_trips,
    key=(),  # two trips may have a point in common
    reread=RereadPolicy.REPLACE,  # as with trips: what was there before may be gone
    settles=DAY,
    path_files=PathFiles.BY_TRIP,
)
