"""Sensors: the values of all metering and virtual sensors of one tracker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from functools import partial

import msgspec
import pyarrow as pa

from ...errors import NavixyError, Unsupported
from ...operations import Operation, Replay
from ..account import BulkCaller, HarvestAccount
from ..aliases import JsonObject
from ..answers import wire
from ..answers.careful import RowReader
from ..answers.layout import TIMESTAMP, AnswerRows, Column, Layout
from ..answers.odd import OddRow, RowSpec, Value, flag, id_of, number, read_rows, text, whole
from ..plan.windows import Item
from .base import FetchResult, RereadPolicy, Stream
from .batch_requests import drop_unrequested, request_in_batches
from .one_tracker import join_answers, read_window

UNREADABLE_IDS = "the tracker has sensors whose ids cannot be read"
_KEEPS_NO_VALUES = 228
"""The code for sensors that store no values. Other refusals do not say whether there are values."""
LISTED_AT_ONCE = 500
"""Trackers whose sensors are listed with one request."""


class _Sensor(msgspec.Struct, gc=False):
    id: int
    type: str | None = None
    sensor_type: str | None = None
    name: str | None = None
    units: str | None = None
    repaired: int = 0
    """Texts in which U+FFFD replaces invalid characters; determined here, not by the platform."""


class _Listed(msgspec.Struct):
    """The sensors of one tracker."""

    sensors: list[_Sensor]
    whole: bool = True
    """Whether all of them could be read."""


class _Value(msgspec.Struct, gc=False):
    get_time: str | None = None
    value: float | bool | str | None = None


_LIST_SENSORS: Operation[object] = Operation("tracker/sensor/batch_list", dict, replay=Replay.READ)
_LIST_OWN: Operation[object] = Operation("tracker/sensor/list", dict, replay=Replay.READ)
_READ_VALUES: Operation[object] = Operation("tracker/sensor/data/read", dict, replay=Replay.READ)

_LAYOUT = Layout(
    [
        Column("tracker_id", None, pa.int64()),
        Column("time", "get_time", TIMESTAMP),
        Column("sensor_id", None, pa.int64()),
        Column("sensor", None, pa.string()),
        Column("type", None, pa.string()),
        Column("units", None, pa.string()),
        Column("value", "value", pa.float64()),
        Column("text", None, pa.string()),
    ]
)


def _read_values(
    body: bytes, operation: str, *, fixed: JsonObject, is_virtual: bool, zone: tzinfo | None
) -> AnswerRows:
    strictly = None if is_virtual else partial(_LAYOUT.read_strictly, fixed=fixed, zone=zone)
    reader = _VIRTUAL if is_virtual else _METERED
    return wire.read_answer(body, operation, strictly, lambda answer: _read_mixed(answer, reader, fixed, zone))


def _read_mixed(
    members: Mapping[str, bytes], reader: RowReader[_Value], fixed: JsonObject, zone: tzinfo | None
) -> AnswerRows:
    """Numbers and booleans go to the column `value`, texts (and anything else, as JSON) to the column `text`."""
    found = reader.read(members.get("list"), "get_time")
    found.localise(zone)
    values = [row.value for row in found.rows]
    columns = {
        name: pa.repeat(pa.scalar(value, _LAYOUT.schema.field(name).type), len(values)) for name, value in fixed.items()
    }
    columns |= {
        "time": pa.array(found.times, TIMESTAMP),
        "value": pa.array(
            [None if value is None or isinstance(value, str) else float(value) for value in values], pa.float64()
        ),
        "text": pa.array([value if isinstance(value, str) else None for value in values], pa.string()),
    }
    batch = pa.record_batch([columns[column.name] for column in _LAYOUT.columns], schema=_LAYOUT.schema)
    return AnswerRows(batch, flag(members.get("limit_exceeded")) is True, found.odd(lambda _: fixed["tracker_id"]))


def _number_or_text(raw: bytes) -> Value:
    """A number or a boolean; otherwise a text, with anything else as JSON."""
    if raw in (b"true", b"false"):
        return raw == b"true", False
    return text(raw) if raw[:1] in (b'"', b"{", b"[") else number(raw)


def _metered(raw: bytes) -> Value:
    """The same for a metering sensor: a number in quotes is a number."""
    try:
        return number(raw)
    except wire.REFUSALS:
        return _number_or_text(raw)


def _is_no_text(row: _Value) -> bool:
    return not isinstance(row.value, str)


_VIRTUAL: RowReader[_Value] = RowReader(_Value, {"get_time": text, "value": _number_or_text})
_METERED: RowReader[_Value] = RowReader(_Value, {"get_time": text, "value": _metered}, is_strict=_is_no_text)


def _parse_list(body: bytes, *, zone: tzinfo | None) -> dict[int, _Listed]:
    """The sensors of each tracker."""
    with wire.answer_of(_LIST_SENSORS.path):
        by_tracker = wire.members(wire.members(body).get("result", b"null"))
    return {tracker: _read_sensors(raw) for name, raw in by_tracker.items() if (tracker := id_of(name)) is not None}


def _read_sensors(raw: bytes) -> _Listed:
    try:
        rows = read_rows(raw, _SENSOR)
    except wire.REFUSALS:
        return _Listed([], whole=False)
    known = [row for row in rows if row is not None and row.values["id"] is not None]
    return _Listed([_Sensor(**row.values, repaired=row.repaired) for row in known], whole=len(known) == len(rows))


_SENSOR: RowSpec = {"id": whole, "type": text, "sensor_type": text, "name": text, "units": text}


async def _list_sensors(account: HarvestAccount) -> tuple[dict[int, _Listed], dict[int, NavixyError]]:
    """The sensors of all trackers of the harvest, and the refusals of those that could not be listed."""
    caller = BulkCaller(account)
    sensors: dict[int, _Listed] = {}
    refused: dict[int, NavixyError] = {}

    async def ask(trackers: tuple[int, ...]) -> dict[int, _Listed]:
        return await caller.read(_LIST_SENSORS, {"trackers": list(trackers)}, _parse_list)

    for at in range(0, len(account.trackers), LISTED_AT_ONCE):
        answers, spoilt = await request_in_batches(account.trackers[at : at + LISTED_AT_ONCE], ask)
        refused |= spoilt
        for answer in answers:
            drop_unrequested(answer, account.trackers, f"{account.label}: {_LIST_SENSORS.path}")
            sensors |= answer
    return sensors, refused


def _parse_own(body: bytes, *, zone: tzinfo | None) -> _Listed:
    with wire.answer_of(_LIST_OWN.path):
        return _read_sensors(wire.members(body).get("list", b"null"))


async def _list_own(caller: BulkCaller, tracker: int) -> _Listed:
    """The sensors of one tracker."""
    return await caller.read(_LIST_OWN, {"tracker_id": tracker}, _parse_own)


async def _fetch(account: HarvestAccount, item: Item) -> FetchResult:
    """All values of all sensors of one tracker in the window; discrete sensors have none."""
    (tracker,) = item.trackers
    sensors, refused = await account.cached("sensors", partial(_list_sensors, account))
    if tracker in refused:
        return FetchResult(_LAYOUT.empty(), 0, refused={tracker: refused[tracker]})
    caller = BulkCaller(account)
    found: list[AnswerRows] = []
    listed = sensors.get(tracker)
    if listed is None:
        # The answer for many trackers left it out. Only an answer for it alone says whether it has any sensors.
        listed = await account.cached(f"sensors of {tracker}", partial(_list_own, caller, tracker))
    reasons = [] if listed.whole else [UNREADABLE_IDS]
    odd: list[OddRow] = []
    for sensor in listed.sensors:
        if sensor.type == "discrete":
            continue
        fixed = {
            "tracker_id": tracker,
            "sensor_id": sensor.id,
            "sensor": sensor.name,
            "type": sensor.sensor_type,
            "units": sensor.units,
            "text": None,
        }
        read = partial(_read_values, fixed=fixed, is_virtual=sensor.type == "virtual")
        params = {"tracker_id": tracker, "sensor_id": sensor.id, "raw_data": False}
        try:
            rows = await read_window(caller, _READ_VALUES, params, item.range, read)
        except Unsupported as error:
            if error.code != _KEEPS_NO_VALUES:
                reasons.append(f"the platform returns no values of sensor {sensor.id} (code {error.code})")
            continue
        found.append(rows)
        if sensor.repaired and rows.batch.num_rows:
            odd.append(OddRow(None, tracker, repaired=sensor.repaired * rows.batch.num_rows))
    return await join_answers(
        account, caller, item, found, layout=_LAYOUT, order=SENSORS.order, reasons=reasons, odd=odd
    )


SENSORS = Stream(
    name="sensors",
    layout=_LAYOUT,
    order=("tracker_id", "time", "sensor_id"),
    fetch=_fetch,
    reread=RereadPolicy.REPLACE,  # a sensor that is configured anew changes all of its old values
)
