"""Raw: the messages of one device as the data warehouse keeps them, by the device's time or exactly by arrival."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

from ...errors import InvalidRequest, SpanTooBig
from ...operations import Operation, Replay
from ...times import SECOND, TimeRange, to_wire
from ..account import BulkCaller, HarvestAccount
from ..answers.layout import TIMESTAMP, Column, Layout
from ..answers.raw_csv import CsvReader
from ..plan.windows import Item
from .base import DAY, FetchResult, RereadPolicy, Stream
from .one_tracker import read_window

_READ: Operation[bytes] = Operation("tracker/raw_data/read", bytes, api="dwh", replay=Replay.READ)

_LAYOUT = Layout(
    [
        Column("tracker_id", None, pa.int64()),
        Column("time", "msg_time", TIMESTAMP),
        Column("server_time", "server_time", TIMESTAMP),
        Column("gps_fix_type", "gps_fix_type", pa.string()),
        Column("lat", "lat", pa.float64()),
        Column("lng", "lng", pa.float64()),
        Column("alt", "alt", pa.float64()),
        Column("speed", "speed", pa.float64()),
        Column("heading", "heading", pa.float64()),
        Column("satellites", "satellites", pa.float64()),
        Column("precision", "precision", pa.float64()),
        Column("hdop", "hdop", pa.float64()),
        Column("pdop", "pdop", pa.float64()),
        Column("event_id", "event_id", pa.int64()),
        Column("mn_name", "mn_name", pa.string()),
        Column("mn_roaming", "mn_roaming", pa.int64()),
        Column("mn_code", "mn_code", pa.int64()),
        Column("mn_csq", "mn_csq", pa.int64()),
        Column("mn_type", "mn_type", pa.string()),
        Column("flags", None, pa.string()),
        Column("inputs", None, pa.string()),
        Column("discrete_inputs", None, pa.string()),
        Column("discrete_outputs", None, pa.string()),
        Column("states", None, pa.string()),
    ]
)
FAMILIES = ("flags", "inputs", "discrete_inputs", "discrete_outputs", "states")
"""Columns that vary by device; each family becomes one JSON object per row."""
_SIMPLE = [column for column in _LAYOUT.columns if column.member is not None]
# The device's own time is not requested: it always comes first.
_ASKED = [*(column.member for column in _SIMPLE if column.name != "time"), *(f"{family}.*" for family in FAMILIES)]


_CSV = CsvReader(_LAYOUT, FAMILIES)


async def _read(
    account: HarvestAccount, item: Item, sent: TimeRange, arrived: TimeRange | None, time: str
) -> FetchResult:
    """Messages that the device made in `sent`, and that arrived in `arrived`; `time` is the column of the window."""
    (tracker,) = item.trackers
    # The warehouse has times with an offset, whatever the account's platform knows.
    params: dict[str, object] = {"tracker_id": tracker, **_period(sent), "columns": _ASKED, "format": "csv"}
    if arrived is not None:
        params["server_time_filter"] = _period(arrived)
    caller = BulkCaller(account)
    read = partial(_CSV.read, tracker=tracker, time=time)
    rows = await read_window(caller, _READ, params, item.range, read, time=time)
    return FetchResult(rows.batch, caller.bytes, late=_late(rows.batch), odd=rows.odd)


def _period(asked: TimeRange) -> dict[str, str]:
    return {"from": to_wire(asked.start - SECOND), "to": to_wire(asked.end, round_up=True)}


LATE = 600
"""Seconds between a message and its arrival from which it counts as sent late."""


def _late(batch: pa.RecordBatch) -> int:
    delay = pc.subtract(batch.column("server_time").cast(pa.int64()), batch.column("time").cast(pa.int64()))
    return pc.sum(pc.greater(delay, LATE * 1_000_000)).as_py() or 0


async def _fetch(account: HarvestAccount, item: Item) -> FetchResult:
    """All messages of one device with a time of its own in the window."""
    return await _read(account, item, item.range, None, "time")


RAW = Stream(
    name="raw",
    layout=_LAYOUT,
    order=("tracker_id", "time"),
    fetch=_fetch,
)

# --- by arrival -----------------------------------------------------------------------------------------------------

REACH = timedelta(days=183)
"""Devices send what they stored up to six months late, and the warehouse keeps no more."""
AHEAD = DAY
"""How far the clock of a device may be ahead of the platform's."""


async def _fetch_arrived(account: HarvestAccount, item: Item, *, reach: timedelta) -> FetchResult:
    """All messages of one device that arrived in the window, whenever it made them."""
    sent = TimeRange(item.range.start - reach, item.range.end + AHEAD)
    try:
        return await _read(account, item, sent, item.range, "server_time")
    except SpanTooBig as error:
        # A shorter window would not make it shorter: the reach is what is too long.
        raise InvalidRequest(
            error.code,
            f"{error.description}; harvest with a shorter reach than {reach.days} days",
            http_status=error.http_status,
            operation=error.operation,
            attempts=error.attempts,
        ) from None


def raw_arrived(reach: timedelta = REACH) -> Stream:
    """The stream whose ranges are ranges of arrival: ranges that touch each other bring every message exactly once."""
    return replace(
        RAW,
        name="raw_arrived",
        time="server_time",
        order=("tracker_id", "server_time", "time"),
        fetch=partial(_fetch_arrived, reach=reach),
        reread=RereadPolicy.EXACT,
        parameters=MappingProxyType({"reach_seconds": reach.total_seconds()}),
    )
