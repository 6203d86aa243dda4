"""Sensors: the values of all metering and virtual sensors of one tracker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from functools import partial
from typing import Any

import msgspec
import pyarrow as pa

from ...errors import DecodeFailed, NavixyError, Unsupported
from ...operations import Operation, Replay
from ...times import SECOND, TimeRange
from ..columns import TIMESTAMP, Column, Layout, in_order, to_utc, within
from ..plan import Item, WindowRule
from ..source import LARGE, Allowed, Meter, Source, read_json
from .base import DAY, Fetched, Late, Stream, longest_window
from .many import ask_in_parts

LISTED_AT_ONCE = 500
"""Trackers whose sensors are listed by one request."""


class _Sensor(msgspec.Struct, gc=False):
    id: int
    type: str | None = None
    sensor_type: str | None = None
    name: str | None = None
    units: str | None = None


class _Sensors(msgspec.Struct):
    result: dict[str, list[_Sensor]]


class _Value(msgspec.Struct, gc=False):
    get_time: str
    value: float | bool | str | None = None


class _Values(msgspec.Struct):
    values: list[_Value] = msgspec.field(name="list")


_LIST_SENSORS: Operation[_Sensors] = Operation("tracker/sensor/batch_list", _Sensors, replay=Replay.READ)
_READ_VALUES: Operation[_Values] = Operation("tracker/sensor/data/read", _Values, replay=Replay.READ)

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


def _windows(allowed: Allowed) -> WindowRule:
    return WindowRule(first=DAY, longest=longest_window(allowed), target=4_000_000)


def _parse(body: bytes, *, fixed: Mapping[str, Any], virtual: bool, window: TimeRange, zone: tzinfo | None) -> Any:
    if not virtual:
        try:
            return within(_LAYOUT.read(body, _READ_VALUES.path, fixed=fixed, zone=zone).batch, "time", window)
        except DecodeFailed:
            pass
    return within(_read_mixed(body, fixed, zone), "time", window)


def _read_mixed(body: bytes, fixed: Mapping[str, Any], zone: tzinfo | None) -> Any:
    """Numbers and truths to the column `value`, texts to the column `text`."""
    rows: list[_Value] = read_json(body, path=_READ_VALUES.path, kind=_Values).values
    try:
        times = to_utc(pa.array([row.get_time for row in rows], pa.string()), zone)
    except ValueError as error:
        raise DecodeFailed(f"{_READ_VALUES.path}: {error}", operation=_READ_VALUES.path) from None
    columns = {
        name: pa.repeat(pa.scalar(value, _LAYOUT.schema.field(name).type), len(rows)) for name, value in fixed.items()
    }
    columns |= {
        "time": times,
        "value": pa.array(
            [None if row.value is None or isinstance(row.value, str) else float(row.value) for row in rows],
            pa.float64(),
        ),
        "text": pa.array([row.value if isinstance(row.value, str) else None for row in rows], pa.string()),
    }
    return pa.record_batch([columns[column.name] for column in _LAYOUT.columns], schema=_LAYOUT.schema)


async def _list_sensors(source: Source) -> tuple[dict[int, list[_Sensor]], dict[int, NavixyError]]:
    """The sensors of all trackers of the harvest, and who has none because it is refused."""
    meter = Meter(source)
    sensors: dict[int, list[_Sensor]] = {}
    refused: dict[int, NavixyError] = {}

    async def ask(trackers: tuple[int, ...]) -> _Sensors:
        answer: _Sensors = await meter.call(_LIST_SENSORS, {"trackers": list(trackers)})
        return answer

    for at in range(0, len(source.trackers), LISTED_AT_ONCE):
        answers, spoilt = await ask_in_parts(source.trackers[at : at + LISTED_AT_ONCE], ask)
        refused |= spoilt
        for answer in answers:
            sensors |= {int(tracker): listed for tracker, listed in answer.result.items()}
    return sensors, refused


async def _fetch(source: Source, item: Item) -> Fetched:
    """All values of all sensors of one tracker in the window; discrete sensors have none."""
    (tracker,) = item.trackers
    sensors, refused = await source.once("sensors", partial(_list_sensors, source))
    if tracker in refused:
        return Fetched(_LAYOUT.empty(), 0, refused={tracker: refused[tracker]})
    meter = Meter(source)
    # Whether values at the very edges are meant is not documented: one second more, cut to the window.
    asked = {"tracker_id": tracker, "from": item.range.start - SECOND, "to": item.range.end, "raw_data": False}
    batches = []
    for sensor in sensors.get(tracker, ()):
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
        parse = partial(_parse, fixed=fixed, virtual=sensor.type == "virtual", window=item.range)
        try:
            batches.append(await meter.read(_READ_VALUES, {**asked, "sensor_id": sensor.id}, parse))
        except Unsupported:
            # The platform keeps no values of a sensor of this kind (228).
            continue
    batch = await source.run(meter.bytes > LARGE, _together, batches)
    return Fetched(batch, meter.bytes)


def _together(batches: list[Any]) -> Any:
    if not batches:
        return _LAYOUT.empty()
    table = in_order(pa.Table.from_batches(batches), SENSORS.order).combine_chunks()
    return table.to_batches()[0] if table.num_rows else _LAYOUT.empty()


SENSORS = Stream(
    name="sensors",
    layout=_LAYOUT,
    time="time",
    order=("tracker_id", "time", "sensor_id"),
    batch=1,
    windows=_windows,
    fetch=_fetch,
    key=(),
    # Late values come in between, and a sensor that is set up anew changes all of its old ones.
    late=Late.REPLACE,
)
