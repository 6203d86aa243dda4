"""Events: the history of many trackers at once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from datetime import datetime, tzinfo
from typing import Any

import msgspec
import pyarrow as pa

from ...errors import NavixyError
from ...operations import Operation, Replay
from ...paging.intervals import IntervalSet
from ...paging.pieces import Gap, GapReason
from ...paging.walk import walk
from ...times import TimeRange
from ..columns import TIMESTAMP, Column, Layout, in_order, localise, within
from ..plan import Item, WindowRule
from ..source import Allowed, Meter, NaiveTimes, Source, read_json
from .base import DAY, Fetched, Late, Stream, longest_window


class _Location(msgspec.Struct, gc=False):
    lat: float | None = None
    lng: float | None = None
    precision: int | None = None


class _Entry(msgspec.Struct, gc=False):
    id: int
    time: datetime
    tracker_id: int
    event: str | None = None
    track_id: int | None = None
    rule_id: int | None = None
    type: str | None = None
    message: str | None = None
    location: _Location | None = None
    address: str | None = None
    is_read: bool | None = None
    extra: msgspec.Raw = msgspec.field(default_factory=msgspec.Raw)


class _History(msgspec.Struct, gc=False):
    entries: list[_Entry] = msgspec.field(name="list")
    limit_exceeded: bool | None = None
    total: int | None = None


_READ_HISTORY: Operation[_History] = Operation("history/tracker/list", _History, replay=Replay.READ)

_EVENT_LAYOUT = Layout(
    [
        Column("id", "id", pa.int64()),
        Column("time", "time", TIMESTAMP),
        Column("event", "event", pa.string()),
        Column("tracker_id", "tracker_id", pa.int64()),
        Column("track_id", "track_id", pa.int64()),
        Column("rule_id", "rule_id", pa.int64()),
        Column("type", "type", pa.string()),
        Column("message", "message", pa.string()),
        Column("lat", None, pa.float64()),
        Column("lng", None, pa.float64()),
        Column("precision", None, pa.int32()),
        Column("address", "address", pa.string()),
        Column("is_read", "is_read", pa.bool_()),
        Column("extra", None, pa.string()),
    ]
)


def _event_windows(allowed: Allowed) -> WindowRule:
    return WindowRule(first=DAY, longest=longest_window(allowed), target=2_000_000)


def _parse_history(body: bytes, *, zone: tzinfo | None) -> _History:
    answer: _History = read_json(body, path=_READ_HISTORY.path, kind=_History)
    entries = answer.entries
    if any(entry.time.tzinfo is None for entry in entries):
        if zone is None:
            raise NaiveTimes
        ascending = entries if entries[0].time <= entries[-1].time else entries[::-1]
        for entry, moment in zip(ascending, localise([entry.time for entry in ascending], zone), strict=True):
            entry.time = moment
    return answer


def _event_columns(entries: Sequence[_Entry], window: TimeRange) -> Any:
    columns: dict[str, Sequence[Any]] = {
        name: [getattr(entry, name) for entry in entries]
        for name in (
            "id",
            "time",
            "event",
            "tracker_id",
            "track_id",
            "rule_id",
            "type",
            "message",
            "address",
            "is_read",
        )
    }
    places = [entry.location or _Location() for entry in entries]
    columns |= {name: [getattr(place, name) for place in places] for name in ("lat", "lng", "precision")}
    columns["extra"] = [_text(entry.extra) for entry in entries]
    return in_order(within(_EVENT_LAYOUT.from_values(columns), "time", window), EVENTS.order)


def _text(extra: msgspec.Raw) -> str | None:
    """The member as the platform wrote it, so that nothing of it is lost; missing and null are null."""
    text = bytes(extra).decode()
    return None if text in ("", "null") else text


async def _fetch_events(source: Source, item: Item) -> Fetched:
    """All history entries of the trackers in the window."""
    meter = Meter(source, {_READ_HISTORY.path: _parse_history})
    params = {"trackers": list(item.trackers), "from": item.range.start, "to": item.range.end}
    entries: list[_Entry] = []
    clipped: list[TimeRange] = []
    gaps = []
    refused: dict[int, NavixyError] = {}
    limit = source.allowed.history_limit
    pieces = walk(meter, _READ_HISTORY, params, items=lambda answer: answer.entries, limit=limit)
    async with aclosing(pieces):
        async for piece in pieces:
            if not isinstance(piece, Gap):
                entries += piece.items
                continue
            whose = piece.trackers or item.trackers
            hole = IntervalSet([piece.range]) & IntervalSet([item.range])
            if piece.error is not None and piece.reason in _REFUSALS:
                refused |= dict.fromkeys(whose, piece.error)
            elif piece.reason == GapReason.CLIPPED:
                clipped += hole
            else:
                gaps += [(whose, part, str(piece.reason)) for part in hole]
    if refused:
        # Refused in the middle of the walk: the window is not whole for them, and will be asked for again as a whole.
        entries = [entry for entry in entries if entry.tracker_id not in refused]
    batch = await source.run(len(entries) > _MANY, _event_columns, entries, item.range)
    hull = IntervalSet(clipped).hull
    return Fetched(batch, meter.bytes, clipped=hull, gaps=tuple(gaps), refused=refused)


_REFUSALS = (GapReason.BLOCKED, GapReason.MISSING, GapReason.MISSING_OR_BLOCKED)
_MANY = 200
"""Entries from which columns are made in a thread."""

EVENTS = Stream(
    name="events",
    layout=_EVENT_LAYOUT,
    time="time",
    order=("tracker_id", "time", "id"),
    batch=100,
    windows=_event_windows,
    fetch=_fetch_events,
    key=("id",),
    late=Late.MERGE,
)
