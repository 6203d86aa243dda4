"""Tracks: the points of one tracker."""

from __future__ import annotations

from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from ...operations import Operation, Replay
from ...times import TimeRange
from ..account import BulkCaller, HarvestAccount
from ..answers.layout import TIMESTAMP, AnswerRows, Column, Layout
from ..plan.windows import Item
from .base import Density, FetchResult, PathFiles, Stream
from .one_tracker import read_window

_READ_TRACK: Operation[object] = Operation("track/read", dict, replay=Replay.READ)

_TRACK_LAYOUT = Layout(
    [
        Column("tracker_id", None, pa.int64()),
        Column("time", "get_time", TIMESTAMP),
        Column("lat", "lat", pa.float64()),
        Column("lng", "lng", pa.float64()),
        Column("alt", "alt", pa.float64()),
        Column("speed", "speed", pa.float64()),
        Column("heading", "heading", pa.float64()),
        Column("satellites", "satellites", pa.int64()),
        Column("mileage", "mileage", pa.float64()),
        Column("precision", "precision", pa.float64()),
        Column("address", "address", pa.string()),
        Column("gsm_lbs", "gsm_lbs", pa.bool_()),
        Column("parking", "parking", pa.bool_()),
        Column("buffered", "buffered", pa.bool_()),
    ]
)


async def read_points(caller: BulkCaller, tracker: int, window: TimeRange) -> AnswerRows:
    """All points of a tracker in the window by time, none simplified or filtered away; flagged if older ones are gone.

    Platform action: ``/track/read``
    """
    params = {"tracker_id": tracker, "simplify": False, "filter": False, "include_gsm_lbs": True}
    read = partial(_TRACK_LAYOUT.read, fixed={"tracker_id": tracker})
    return await read_window(caller, _READ_TRACK, params, window, read)


async def _fetch_track(account: HarvestAccount, item: Item) -> FetchResult:
    """All points of one tracker in the window."""
    (tracker,) = item.trackers
    caller = BulkCaller(account)
    points = await read_points(caller, tracker, item.range)
    batch, clipped = points.batch, None
    if points.limit_exceeded:
        first = batch.column("time")[0].as_py() if batch.num_rows else item.range.end
        clipped = TimeRange(item.range.start, first) if first > item.range.start else None
    return FetchResult(batch, caller.bytes, late=sent_late(batch), clipped=clipped, odd=points.odd)


def sent_late(points: pa.RecordBatch) -> int:
    """How many of the points the device had stored and sent later."""
    return pc.sum(points.column("buffered")).as_py() or 0


TRACKS = Stream(
    name="tracks",
    layout=_TRACK_LAYOUT,
    order=("tracker_id", "time"),
    fetch=_fetch_track,
    density=Density(rows=1000, row_bytes=217, paged=False),
    path_files=PathFiles.BY_DAY,
)
