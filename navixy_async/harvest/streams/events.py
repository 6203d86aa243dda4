"""Events: the history of many trackers at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import aclosing
from datetime import datetime, tzinfo
from functools import partial

import msgspec
import pyarrow as pa

from ...errors import NavixyError
from ...gaps import Gap, GapReason
from ...operations import Operation, Replay
from ...paging.history_walk import walk
from ...paging.intervals import IntervalSet
from ...times import TimeRange
from ..account import BulkCaller, HarvestAccount
from ..answers import wire
from ..answers.layout import TIMESTAMP, Column, Layout, Whole, in_order, within
from ..answers.local_time import in_calendar, in_utc
from ..answers.odd import OddRow, flag, whole_or_none
from ..plan.windows import Item
from .base import Density, FetchResult, RereadPolicy, Stream


class _Entry(msgspec.Struct, gc=False):
    """The members of an entry that code here uses; the layout adds the others."""

    id: Whole
    time: datetime
    tracker_id: Whole


class _OddEntry(_Entry, gc=False, kw_only=True):
    """An entry that is unreadable in whole or in part. It stays in the page, because the walk counts entries."""

    odd_row: OddRow
    """If set aside, only `time` is known, and that may be a neighbour's."""
    read: _Entry | None
    """What could be read of it; ``None`` if set aside."""


class _History(msgspec.Struct, gc=False):
    entries: list[_Entry]
    limit_exceeded: bool
    total: int | None


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
        Column("extra", "extra", pa.string(), raw=True),
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

    def strictly(body: bytes) -> _History:
        answer = _READER.decode(body)
        times = [entry.time for entry in answer.list]
        if not all(map(in_calendar, times)):
            raise ValueError("an entry is beyond the calendar")
        if any(time.tzinfo is None for time in times):
            for entry, moment in zip(answer.list, in_utc(times, zone), strict=True):
                entry.time = moment
        return _History(answer.list, bool(answer.limit_exceeded), whole_or_none(bytes(answer.total)))

    def carefully(answer: Mapping[str, bytes]) -> _History:
        found = _READER.read(answer.get("list"), "time")
        found.localise(zone)
        entries: list[_Entry] = []
        near = next((read.time for read in found.all if read.time is not None), start)
        for read in found.all:
            near = near if read.time is None else read.time
            if read.row is not None:
                read.row.time = near
            if read.row is not None and not read.is_odd:
                entries.append(read.row)
                continue
            whose = (read.values or {}).get("tracker_id")
            row = read.to_odd_row(whose)
            entries.append(_OddEntry(0, near, tracker if whose is None else whose, odd_row=row, read=read.row))
        return _History(entries, flag(answer.get("limit_exceeded")), whole_or_none(answer.get("total", b"")))

    return wire.read_answer(body, _READ_HISTORY.path, strictly, carefully)


_READER = _EVENT_LAYOUT.reader(_Entry, needed=("id", "tracker_id"))


def _event_columns(entries: Iterable[_Entry], window: TimeRange) -> pa.RecordBatch:
    found = (entry.read if isinstance(entry, _OddEntry) else entry for entry in entries)
    rows = [entry for entry in found if entry is not None]
    return in_order(within(_EVENT_LAYOUT.from_values(_EVENT_LAYOUT.values_of(rows)), "time", window), EVENTS.order)


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
    batch = await account.run(len(entries) > _MANY, _event_columns, entries, item.range)
    hull = IntervalSet(clipped).hull
    return FetchResult(batch, caller.bytes, clipped=hull, gaps=tuple(gaps), odd=odd, refused=refused)


_REFUSALS = (GapReason.BLOCKED, GapReason.MISSING, GapReason.MISSING_OR_BLOCKED)
_MANY = 200
"""Number of entries from which columns are made in a thread."""

EVENTS = Stream(
    name="events",
    layout=_EVENT_LAYOUT,
    order=("tracker_id", "time", "id"),
    fetch=_fetch_events,
    batch=100,
    target_bytes=2_000_000,
    # Nobody promised that ids are unique.
    key=("tracker_id", "time", "event", "id"),
    reread=RereadPolicy.MERGE,
    walks=True,
    density=Density(rows=20, row_bytes=400, paged=True),
)
