"""Counters: the stored values of odometer (km) and engine hours (h) of one tracker."""

from __future__ import annotations

from dataclasses import replace
from datetime import tzinfo
from functools import partial

import pyarrow as pa

from ...errors import InvalidRequest, NotFound, SpanTooBig
from ...operations import Operation, Replay
from ...times import SECOND, TimeRange
from ..account import LARGE, BulkCaller, HarvestAccount
from ..answers import wire
from ..answers.layout import TIMESTAMP, AnswerRows, Column, Layout, in_order, within
from ..answers.odd import read_row, text
from ..plan.windows import Item
from .base import CUT, DAY, FetchResult, RereadPolicy, Stream

TYPES = ("odometer", "engine_hours")
WRONG_PARAMETERS = 7


_READ: Operation[object] = Operation("tracker/counter/data/read", dict, replay=Replay.READ)
_LIST: Operation[object] = Operation("tracker/get_counters", dict, replay=Replay.READ)

_LAYOUT = Layout(
    [
        Column("tracker_id", None, pa.int64()),
        Column("time", "update_time", TIMESTAMP),
        Column("type", None, pa.string()),
        Column("value", "value", pa.float64()),
    ]
)


def _parse(body: bytes, *, tracker: int, kind: str, window: TimeRange, zone: tzinfo | None) -> AnswerRows:
    rows = _LAYOUT.read(body, _READ.path, fixed={"tracker_id": tracker, "type": kind}, zone=zone)
    return replace(rows, batch=within(rows.batch, "time", window))


def _parse_types(body: bytes, *, zone: tzinfo | None) -> set[str]:
    """The types of counters that a tracker has; unreadable entries are ignored."""
    with wire.answer_of(_LIST.path):
        listed = wire.elements(wire.members(body).get("list", b"null"))
    return {kind for kind in map(_type_of, listed) if kind in TYPES}


def _type_of(counter: bytes) -> str | None:
    try:
        kind: str | None = read_row(counter, {"type": ("type", text)}).values["type"]
    except wire.OtherShape:
        return None
    return kind


async def _fetch(account: HarvestAccount, item: Item) -> FetchResult:
    """All stored values of both counters in the window; a tracker without counters has no rows."""
    (tracker,) = item.trackers
    caller = BulkCaller(account)
    found: list[AnswerRows] = []
    missing: list[NotFound] = []
    for kind in TYPES:
        params = {
            "tracker_id": tracker,
            "type": kind,
            "from": item.range.start - SECOND,
            "to": item.range.end,
        }
        parse = partial(_parse, tracker=tracker, kind=kind, window=item.range)
        try:
            found.append(await caller.read(_READ, params, parse))
        except NotFound as error:
            if not error.from_platform:
                raise
            missing.append(error)
        except InvalidRequest as error:
            # A range that is too long is called a wrong parameter here, not 211.
            if error.code != WRONG_PARAMETERS or item.range.span <= DAY:
                raise
            raise SpanTooBig(
                error.code,
                error.description,
                http_status=error.http_status,
                operation=error.operation,
                attempts=error.attempts,
            ) from None
    if missing:
        await _confirm(caller, tracker, missing)
    batch = await account.run(caller.bytes > LARGE, _together, [rows.batch for rows in found])
    # No page says what the flag means here; what is missing may be at either end.
    gaps = ((item.trackers, item.range, CUT),) if any(rows.limit_exceeded for rows in found) else ()
    return FetchResult(batch, caller.bytes, gaps=gaps, odd=tuple(odd for rows in found for odd in rows.odd))


def _together(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    return _LAYOUT.in_one_batch(in_order(pa.Table.from_batches(batches, _LAYOUT.schema), COUNTERS.order))


async def _confirm(caller: BulkCaller, tracker: int, missing: list[NotFound]) -> None:
    """Raise what was answered, unless the tracker exists and just has no such counter."""
    known = await caller.read(_LIST, {"tracker_id": tracker}, _parse_types)
    if len(known) + len(missing) > len(TYPES):
        raise missing[0]


COUNTERS = Stream(
    name="counters",
    layout=_LAYOUT,
    time="time",
    order=("tracker_id", "time", "type"),
    batch=1,
    first_window=7 * DAY,
    target_bytes=2_000_000,
    fetch=_fetch,
    key=(),
    # Late values come in between, and a counter that is set changes what follows.
    reread=RereadPolicy.REPLACE,
)
