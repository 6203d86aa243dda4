"""Rows of one tracker in a window: how they are requested, and how several answers become one result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo
from typing import Protocol

import pyarrow as pa

from ...operations import Operation
from ...times import SECOND, TimeRange
from ..account import LARGE, BulkCaller, HarvestAccount
from ..aliases import Json
from ..answers.layout import AnswerRows, Layout, in_order, within
from ..answers.odd import OddRow
from ..plan.windows import Item
from .base import FetchResult

CUT = "the platform says that it did not give all of this"


class ReadRows(Protocol):
    """Makes rows of the body of an action's answer; times without offset are read in the zone."""

    def __call__(self, body: bytes, operation: str, *, zone: tzinfo | None) -> AnswerRows: ...


async def read_window(
    caller: BulkCaller,
    operation: Operation[Json],
    params: Mapping[str, object],
    window: TimeRange,
    read: ReadRows,
    *,
    time: str = "time",
) -> AnswerRows:
    """The rows in the window, in its order.

    Whether rows at the very edges of a range are included is not documented: one second more is requested, and the
    half-open window decides.

    Args:
        caller: sends the call.
        operation: the action.
        params: its parameters; `from` and `to` are added if absent.
        window: the range.
        read: makes rows of an answer.
        time: the column that decides whether a row lies in the window.
    """

    def parse(body: bytes, *, zone: tzinfo | None) -> AnswerRows:
        rows = read(body, operation.path, zone=zone)
        return replace(rows, batch=in_order(within(rows.batch, time, window), [time]))

    return await caller.read(operation, {"from": window.start - SECOND, "to": window.end, **params}, parse)


async def join_answers(
    account: HarvestAccount,
    caller: BulkCaller,
    item: Item,
    answers: Sequence[AnswerRows],
    *,
    layout: Layout,
    order: Sequence[str],
    reasons: Iterable[str] = (),
    odd: Iterable[OddRow] = (),
) -> FetchResult:
    """The rows of several answers, sorted; each of `reasons` is a gap over the whole item."""

    def join() -> pa.RecordBatch:
        table = pa.Table.from_batches([rows.batch for rows in answers], layout.schema)
        return layout.in_one_batch(in_order(table, order))

    batch = await account.run(caller.bytes > LARGE, join)
    # No page says what the flag means for such lists; rows may be missing at either end.
    reasons = [*reasons, *([CUT] if any(rows.limit_exceeded for rows in answers) else [])]
    gaps = tuple((item.trackers, item.range, reason) for reason in reasons)
    return FetchResult(batch, caller.bytes, gaps=gaps, odd=(*odd, *(row for rows in answers for row in rows.odd)))
