"""Counters: the stored values of odometer (km) and engine hours (h) of one tracker."""

from __future__ import annotations

from datetime import tzinfo
from functools import partial

import pyarrow as pa

from ...errors import InvalidRequest, NotFound, SpanTooBig
from ...operations import Operation, Replay
from ..account import BulkCaller, HarvestAccount
from ..answers import wire
from ..answers.layout import TIMESTAMP, AnswerRows, Column, Layout
from ..answers.odd import read_rows, text
from ..plan.windows import Item
from .base import DAY, FetchResult, RereadPolicy, Stream
from .one_tracker import join_answers, read_window

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


def _parse_types(body: bytes, *, zone: tzinfo | None) -> set[str]:
    """The types of counters that a tracker has; unreadable entries are ignored."""
    with wire.answer_of(_LIST.path):
        listed = read_rows(wire.members(body).get("list"), {"type": text})
    return {row.values["type"] for row in listed if row is not None} & set(TYPES)


async def _fetch(account: HarvestAccount, item: Item) -> FetchResult:
    """All stored values of both counters in the window; a tracker without counters has no rows."""
    (tracker,) = item.trackers
    caller = BulkCaller(account)
    found: list[AnswerRows] = []
    missing: list[NotFound] = []
    for kind in TYPES:
        params = {"tracker_id": tracker, "type": kind}
        read = partial(_LAYOUT.read, fixed=params)
        try:
            found.append(await read_window(caller, _READ, params, item.range, read))
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
    return await join_answers(account, caller, item, found, layout=_LAYOUT, order=COUNTERS.order)


async def _confirm(caller: BulkCaller, tracker: int, missing: list[NotFound]) -> None:
    """Raise what was answered, unless the tracker exists and just has no such counter."""
    known = await caller.read(_LIST, {"tracker_id": tracker}, _parse_types)
    if len(known) + len(missing) > len(TYPES):
        raise missing[0]


COUNTERS = Stream(
    name="counters",
    layout=_LAYOUT,
    order=("tracker_id", "time", "type"),
    fetch=_fetch,
    first_window=7 * DAY,
    target_bytes=2_000_000,
    reread=RereadPolicy.REPLACE,  # a counter that is set changes what follows
)
