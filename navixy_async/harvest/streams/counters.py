"""Counters: the stored values of odometer (km) and engine hours (h) of one tracker."""

from __future__ import annotations

from datetime import tzinfo
from functools import partial
from typing import Any

import msgspec
import pyarrow as pa

from ...errors import InvalidRequest, NotFound, SpanTooBig
from ...operations import Operation, Replay
from ...times import SECOND, TimeRange
from ..columns import TIMESTAMP, Column, Layout, in_order, within
from ..plan import Item, WindowRule
from ..source import Allowed, Meter, Source
from .base import DAY, Fetched, Late, Stream, longest_window

TYPES = ("odometer", "engine_hours")
WRONG_PARAMETERS = 7


class _Counter(msgspec.Struct, gc=False):
    type: str


class _Counters(msgspec.Struct):
    counters: list[_Counter] = msgspec.field(name="list")


_READ: Operation[Any] = Operation("tracker/counter/data/read", dict, replay=Replay.READ)
_LIST: Operation[_Counters] = Operation("tracker/get_counters", _Counters, replay=Replay.READ)

_LAYOUT = Layout(
    [
        Column("tracker_id", None, pa.int64()),
        Column("time", "update_time", TIMESTAMP),
        Column("type", None, pa.string()),
        Column("value", "value", pa.float64()),
    ]
)


def _windows(allowed: Allowed) -> WindowRule:
    return WindowRule(first=7 * DAY, longest=longest_window(allowed), target=2_000_000)


def _parse(body: bytes, *, tracker: int, kind: str, window: TimeRange, zone: tzinfo | None) -> Any:
    rows = _LAYOUT.read(body, _READ.path, fixed={"tracker_id": tracker, "type": kind}, zone=zone)
    return within(rows.batch, "time", window)


async def _fetch(source: Source, item: Item) -> Fetched:
    """All stored values of both counters in the window; a tracker without counters has no rows."""
    (tracker,) = item.trackers
    meter = Meter(source)
    batches = []
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
            batches.append(await meter.read(_READ, params, parse))
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
        await _confirm(meter, tracker, missing)
    rows = in_order(pa.Table.from_batches(batches, _LAYOUT.schema), COUNTERS.order).combine_chunks()
    return Fetched(rows.to_batches()[0] if rows.num_rows else _LAYOUT.empty(), meter.bytes)


async def _confirm(meter: Meter, tracker: int, missing: list[NotFound]) -> None:
    """Raise what was answered, unless the tracker is there and just has no such counter."""
    known = {counter.type for counter in (await meter.call(_LIST, {"tracker_id": tracker})).counters}
    if len(known.intersection(TYPES)) + len(missing) > len(TYPES):
        raise missing[0]


COUNTERS = Stream(
    name="counters",
    layout=_LAYOUT,
    time="time",
    order=("tracker_id", "time", "type"),
    batch=1,
    windows=_windows,
    fetch=_fetch,
    key=(),
    # Late values come in between, and a counter that is set changes what follows.
    late=Late.REPLACE,
)
