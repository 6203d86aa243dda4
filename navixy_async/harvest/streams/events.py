"""Events: the history of many trackers at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import aclosing
from datetime import datetime, tzinfo
from functools import partial
from typing import Annotated, TypeAlias

import msgspec
import pyarrow as pa

from ...errors import DecodeFailed, NavixyError, UnreadableAnswer
from ...gaps import Gap, GapReason
from ...operations import Operation, Replay
from ...paging.history_walk import walk
from ...paging.intervals import IntervalSet
from ...times import TimeRange
from ..account import BulkCaller, HarvestAccount, read_json
from ..aliases import Json
from ..answers import wire
from ..answers.careful import RowReader
from ..answers.layout import TIMESTAMP, Column, Layout, in_order, within
from ..answers.local_time import in_calendar, in_utc
from ..answers.odd import OddRow, flag, whole_or_none
from ..plan.windows import Item
from .base import DAY, Density, FetchResult, RereadPolicy, Stream


class _EntryLocation(msgspec.Struct, gc=False):
    lat: float | None = None
    lng: float | None = None
    precision: float | None = None


_Whole: TypeAlias = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]


class _Entry(msgspec.Struct, gc=False):
    id: _Whole
    time: datetime
    tracker_id: _Whole
    event: str | None = None
    track_id: _Whole | None = None
    rule_id: _Whole | None = None
    type: str | None = None
    message: str | None = None
    location: _EntryLocation | None = None
    address: str | None = None
    is_read: bool | None = None
    extra: msgspec.Raw = msgspec.field(default_factory=msgspec.Raw)


class _OddEntry(_Entry, gc=False, kw_only=True):
    """An entry that is unreadable in whole or in part. It stays in the page, because the walk counts entries."""

    odd_row: OddRow
    """If set aside, only `time` is known, and that may be a neighbour's."""


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
        Column("lat", "location.lat", pa.float64()),
        Column("lng", "location.lng", pa.float64()),
        Column("precision", "location.precision", pa.float64()),
        Column("address", "address", pa.string()),
        Column("is_read", "is_read", pa.bool_()),
        Column("extra", "extra", pa.string()),
    ]
)


def _parse_history(body: bytes, *, tracker: int, start: datetime, zone: tzinfo | None) -> _History:
    """A whole page of history, unreadable entries included.

    Args:
        body: the answer.
        tracker: one of those asked for; it stands in for entries that name none.
        start: of the requested range; it stands in for the time where no neighbour has one either.
        zone: how to read times without offset.
    """
    try:
        if not wire.is_utf8(body):
            raise DecodeFailed("not all of it is UTF-8", operation=_READ_HISTORY.path)
        answer: _History = read_json(body, path=_READ_HISTORY.path, kind=_History)
        if all(in_calendar(entry.time) for entry in answer.entries):
            if any(entry.time.tzinfo is None for entry in answer.entries):
                for entry, moment in zip(
                    answer.entries, in_utc([entry.time for entry in answer.entries], zone), strict=True
                ):
                    entry.time = moment
            return answer
    except (DecodeFailed, UnreadableAnswer):
        pass
    with wire.answer_of(_READ_HISTORY.path):
        return _read_carefully(wire.members(body), tracker, start, zone)


def _read_carefully(answer: Mapping[str, bytes], tracker: int, start: datetime, zone: tzinfo | None) -> _History:
    found = _READER.read(answer.get("list"), "time")
    found.localise(zone)
    entries: list[_Entry] = []
    near = next((read.time for read in found.all if read.time is not None), start)
    for read in found.all:
        near = near if read.time is None else read.time
        whose = (read.values or {}).get("tracker_id")
        entry = read.row or _Entry(id=0, time=near, tracker_id=tracker if whose is None else whose)
        entry.time = near
        if read.is_odd:
            members = {name: getattr(entry, name) for name in _Entry.__struct_fields__}
            entry = _OddEntry(**members, odd_row=read.to_odd_row(whose))
        entries.append(entry)
    total = answer.get("total")
    return _History(entries, flag(answer.get("limit_exceeded")), None if total is None else whole_or_none(total))


def _entry(**values: Json) -> _Entry:
    location = _EntryLocation(values.pop("lat"), values.pop("lng"), values.pop("precision"))
    return _Entry(**values, location=location)


_READER: RowReader[_Entry] = RowReader(
    _Entry,
    _EVENT_LAYOUT.spec(raw=("extra",)),
    make=_entry,
    needed=("id", "tracker_id"),
)


def _event_columns(entries: Sequence[_Entry], window: TimeRange) -> pa.RecordBatch:
    columns: dict[str, Sequence[object]] = {
        column.name: [getattr(entry, column.name) for entry in entries]
        for column in _EVENT_LAYOUT.columns
        if column.member == column.name != "extra"
    }
    locations = [entry.location or _EntryLocation() for entry in entries]
    columns |= {name: [getattr(location, name) for location in locations] for name in ("lat", "lng", "precision")}
    columns["extra"] = [_text(entry.extra) for entry in entries]
    return in_order(within(_EVENT_LAYOUT.from_values(columns), "time", window), EVENTS.order)


def _text(extra: msgspec.Raw | str | None) -> str | None:
    """The member as the platform wrote it, so that nothing is lost; missing and null are null."""
    if extra is None or isinstance(extra, str):
        return extra
    written = bytes(extra).decode()
    return None if written in ("", "null") else written


async def _fetch_events(account: HarvestAccount, item: Item) -> FetchResult:
    """All history entries of the trackers in the window."""
    caller = BulkCaller(
        account, {_READ_HISTORY.path: partial(_parse_history, tracker=item.trackers[0], start=item.range.start)}
    )
    params = {"trackers": list(item.trackers), "from": item.range.start, "to": item.range.end}
    entries: list[_Entry] = []
    clipped: list[TimeRange] = []
    gaps = []
    refused: dict[int, NavixyError] = {}
    limit = account.limits.history_limit
    pages = walk(caller, _READ_HISTORY, params, items=lambda answer: answer.entries, limit=limit)
    async with aclosing(pages):
        async for page in pages:
            if not isinstance(page, Gap):
                entries += page.items
                continue
            whose = page.trackers or item.trackers
            hole = IntervalSet([page.range]) & IntervalSet([item.range])
            if page.error is not None and page.reason in _REFUSALS:
                refused |= dict.fromkeys(whose, page.error)
            elif page.reason == GapReason.CLIPPED:
                clipped += hole
            else:
                gaps += [(whose, part, str(page.reason)) for part in hole]
    if refused:
        # Refused in the middle of the walk: their window is incomplete, and will be requested again as a whole.
        entries = [entry for entry in entries if entry.tracker_id not in refused]
    odd = tuple(entry.odd_row for entry in entries if isinstance(entry, _OddEntry))
    entries = [entry for entry in entries if not (isinstance(entry, _OddEntry) and entry.odd_row.aside)]
    batch = await account.run(len(entries) > _MANY, _event_columns, entries, item.range)
    hull = IntervalSet(clipped).hull
    return FetchResult(batch, caller.bytes, clipped=hull, gaps=tuple(gaps), odd=odd, refused=refused)


_REFUSALS = (GapReason.BLOCKED, GapReason.MISSING, GapReason.MISSING_OR_BLOCKED)
_MANY = 200
"""Number of entries from which columns are made in a thread."""

EVENTS = Stream(
    name="events",
    layout=_EVENT_LAYOUT,
    time="time",
    order=("tracker_id", "time", "id"),
    batch=100,
    first_window=DAY,
    target_bytes=2_000_000,
    fetch=_fetch_events,
    # Nobody promised that ids are unique.
    key=("tracker_id", "time", "event", "id"),
    reread=RereadPolicy.MERGE,
    walks=True,
    density=Density(rows=20, row_bytes=400, paged=True),
)
