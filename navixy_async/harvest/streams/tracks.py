"""Tracks: the points of one tracker."""

from __future__ import annotations

from dataclasses import replace
from datetime import tzinfo
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from ...operations import Operation, Replay
from ...times import SECOND, TimeRange
from ..account import BulkCaller, HarvestAccount
from ..answers.layout import TIMESTAMP, AnswerRows, Column, Layout, in_order, within
from ..plan.windows import Item
from .base import DAY, Density, FetchResult, PathFiles, RereadPolicy, Stream

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


def _parse_track(body: bytes, *, tracker: int, window: TimeRange, zone: tzinfo | None) -> AnswerRows:
    rows = _TRACK_LAYOUT.read(body, _READ_TRACK.path, fixed={"tracker_id": tracker}, zone=zone)
    return replace(rows, batch=in_order(within(rows.batch, "time", window), ["time"]))


async def read_points(caller: BulkCaller, tracker: int, window: TimeRange) -> AnswerRows:
    """All points of a tracker in the window by time, none simplified or filtered away; flagged if older ones are gone.

    Platform action: ``/track/read``
    """
    # Whether points at the very edges of a range are included is not documented: request one second more, and let
    # the half-open window decide.
    params = {
        "tracker_id": tracker,
        "from": window.start - SECOND,
        "to": window.end,
        "simplify": False,
        "filter": False,
        "include_gsm_lbs": True,
    }
    return await caller.read(_READ_TRACK, params, partial(_parse_track, tracker=tracker, window=window))


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
    time="time",
    order=("tracker_id", "time"),
    batch=1,
    first_window=DAY,
    target_bytes=4_000_000,
    fetch=_fetch_track,
    # Nothing promises that the times of a tracker are unique, and late points come in between.
    key=(),
    reread=RereadPolicy.REPLACE,
    density=Density(rows=1000, row_bytes=217, paged=False),
    path_files=PathFiles.BY_DAY,
)
