"""The data warehouse: tracker/raw_data/get_inputs and read, as CSV or Parquet."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..fleet import WorldTracker
from ..iso8601 import read_instant, read_interval, stamp
from ..params import may, need
from ..records import TrackerDay
from ..signals import input_at, input_names
from ..vehicles import Fix, Pattern
from ..wire import Times, invalid
from .action import Call, File, Params, action

DISCRETE_INPUTS, DISCRETE_OUTPUTS, FLAGS = 3, 2, ("location_valid", "lbs", "soft_lbs")
Cell = Callable[[TrackerDay, int], Any]
NETWORK = {"mn_name": "Mobile", "mn_roaming": 0, "mn_code": 26_202, "mn_csq": 21, "mn_type": "LTE"}
FIX_TYPES = ("UNKNOWN", "NO_FIX", "HAS_FIX", "LAST_KNOWN_POSITION")
NETWORK_TYPES = ("UNKNOWN", "GSM", "CDMA", "WCDMA", "LTE", "NR")


def _of_fix(read: Callable[[Fix], Any]) -> Cell:
    return lambda day, index: read(day.pattern.fixes[index])


def _always(value: Any) -> Cell:
    return lambda day, index: value


TIME_COLUMNS = {
    "msg_time": lambda day, index: day.base + day.pattern.seconds[index],
    "server_time": lambda day, index: day.received(index),
}
SIMPLE: dict[str, Cell] = {
    **TIME_COLUMNS,
    "gps_fix_type": _of_fix(lambda fix: "LAST_KNOWN_POSITION" if fix.gsm_lbs else "HAS_FIX"),
    "lat": _of_fix(lambda fix: fix.lat),
    "lng": _of_fix(lambda fix: fix.lng),
    "speed": _of_fix(lambda fix: float(fix.speed)),
    "alt": _of_fix(lambda fix: fix.alt),
    "satellites": _of_fix(lambda fix: fix.satellites),
    "heading": _of_fix(lambda fix: fix.heading),
    "precision": _of_fix(lambda fix: fix.precision),
    "hdop": _of_fix(lambda fix: -1.0 if fix.gsm_lbs else round(12 / (fix.satellites + 4), 1)),
    "pdop": _always(-1.0),
    "event_id": _of_fix(lambda fix: 2 if fix.trip is not None else 3),
    **{name: _always(value) for name, value in NETWORK.items()},
}


def _flag(name: str, day: TrackerDay, index: int) -> bool:
    by_network = bool(day.pattern.fixes[index].gsm_lbs)
    return {"location_valid": not by_network, "lbs": by_network, "soft_lbs": False}[name]


@dataclass(frozen=True, slots=True)
class RawColumn:
    """One requested column, and how its cells are read."""

    name: str
    cell: Cell

    @property
    def quoted(self) -> bool:
        return self.name in ("msg_time", "server_time", "gps_fix_type", "mn_name", "mn_type") or self.name.startswith(
            "states."
        )


@action("dwh:tracker/raw_data/get_inputs", {"tracker_id": need("int")})
def get_inputs(call: Call, p: Params) -> dict[str, Any]:
    tracker = call.tracker(p["tracker_id"])
    return {
        "discrete_inputs": DISCRETE_INPUTS,
        "discrete_outputs": DISCRETE_OUTPUTS,
        "inputs": list(input_names(tracker)),
        "states": ["hardware_key"],
    }


@action(
    "dwh:tracker/raw_data/read",
    {
        "tracker_id": need("int", text=True),
        "from": may("str"),
        "to": may("str"),
        "columns": need("strs", low=1),
        "server_time_filter": may("any"),
        "format": may("str", "csv", options=frozenset({"csv", "parquet"})),
        "interval": may("str"),
        "iso_datetime": may("bool", True),
        "time_zone": may("str"),
    },
)
def read(call: Call, p: Params) -> File:
    tracker = call.tracker(p["tracker_id"])
    zone = _zone(p)
    first, last = _range(p, zone)
    arrived = _arrival(p["server_time_filter"], zone)
    columns = _columns(tracker, p["columns"])
    days = _days(call, tracker, first, last, arrived)
    if p["format"] == "parquet":
        return _parquet(columns, days)
    text: Callable[[int], str] = stamp if p["iso_datetime"] else Times(zone or UTC, None).text
    lines = [",".join(column.name for column in columns)]
    for day, indexes in days:
        cells = [_texts(column, day, indexes, text) for column in columns]
        lines.extend(map(",".join, zip(*cells, strict=True)))
    lines.append("")
    return File("\n".join(lines).encode(), "text/csv")


def _zone(p: Params) -> ZoneInfo | None:
    """The zone of times without an offset; ``None`` if every time must have one."""
    if p["iso_datetime"]:
        return None
    try:
        return ZoneInfo(p["time_zone"] or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        raise invalid("time_zone", "unknown time zone") from None


def _range(p: Params, zone: ZoneInfo | None) -> tuple[float, float]:
    if (p["interval"] is None) is (p["from"] is None and p["to"] is None):
        raise invalid("interval", "either interval or from and to")
    if p["interval"] is not None:
        found = read_interval(p["interval"])
        if found is None:
            raise invalid("interval", "ISO 8601 interval expected")
    else:
        start, end = read_instant(p["from"], zone), read_instant(p["to"], zone)
        if start is None or end is None:
            raise invalid("from" if start is None else "to", "ISO 8601 with an offset expected")
        found = (start, end)
    if found[1] < found[0]:
        raise invalid("to", "must not be before from")
    return found


def _arrival(given: Any, zone: ZoneInfo | None) -> tuple[float, float] | None:
    """When the messages must have arrived, inclusive; ``None`` without that condition."""
    if given is None:
        return None
    if isinstance(given, dict) and "interval" not in given:
        start, end = read_instant(given.get("from"), zone), read_instant(given.get("to"), zone)
        found = None if start is None or end is None else (start, end)
    else:
        found = read_interval(given["interval"] if isinstance(given, dict) else given)
    if found is None:
        raise invalid("server_time_filter", "an ISO 8601 interval, or an object of from and to or of interval expected")
    return found


def _days(
    call: Call, tracker: WorldTracker, first: float, last: float, arrived: tuple[float, float] | None
) -> Iterator[tuple[TrackerDay, list[int]]]:
    """Messages with a time in [first, last] that have arrived by now, and in the requested time, by day."""
    low, high = _ceil(max(first, call.stored_since or first)), int(min(last, call.now))
    since, until = (0, call.now) if arrived is None else (_ceil(arrived[0]), int(min(arrived[1], call.now)))
    for day in call.world.days(tracker.id, low, high):
        begin, end = day.slice(low, high)
        late = since <= day.late_at <= until
        on_time = range(*day.slice(since, until))
        indexes = [index for index in range(begin, end) if (late if day.is_late(index) else index in on_time)]
        if indexes:
            yield day, indexes


def _ceil(epoch: float) -> int:
    return -int(-epoch // 1)


def _columns(tracker: WorldTracker, asked: list[str]) -> list[RawColumn]:
    """The columns of an answer: `msg_time` first, then the requested ones, wildcards expanded."""
    names = ["msg_time"]
    for name in asked:
        family, _, member = name.partition(".")
        members = _members(tracker, family)
        if name not in SIMPLE and (members is None or not member):
            raise invalid("columns", f"unknown column {name}")
        names.extend([name] if member != "*" else [f"{family}.{one}" for one in members or ()])
    return [RawColumn(name, _cell(tracker, name)) for name in dict.fromkeys(names)]


def _members(tracker: WorldTracker, family: str) -> tuple[str, ...] | None:
    return {
        "inputs": input_names(tracker),
        "discrete_inputs": tuple(str(number + 1) for number in range(DISCRETE_INPUTS)),
        "discrete_outputs": tuple(str(number + 1) for number in range(DISCRETE_OUTPUTS)),
        "flags": FLAGS,
        "states": ("hardware_key",),
    }.get(family)


def _cell(tracker: WorldTracker, name: str) -> Cell:
    if name in SIMPLE:
        return SIMPLE[name]
    family, _, member = name.partition(".")
    if member not in (_members(tracker, family) or ()):
        return _always(None)
    if family == "inputs":
        return partial(_input, member)
    if family == "flags":
        return partial(_flag, member)
    if family == "states":
        return _always(str(20_910_998 + tracker.index))
    if family == "discrete_inputs" and member == "1":
        return _of_fix(lambda fix: fix.trip is not None)
    return _always(False)


def _input(name: str, day: TrackerDay, index: int) -> float | None:
    return input_at(day, index, name)


_WRITTEN: WeakKeyDictionary[Pattern, dict[str, list[str]]] = WeakKeyDictionary()
"""Columns that repeat with every replay of a pattern, as text, by name."""


def _texts(column: RawColumn, day: TrackerDay, indexes: list[int], text: Callable[[int], str]) -> list[str]:
    cell = column.cell
    if column.name in TIME_COLUMNS:
        return [f'"{text(cell(day, index))}"' for index in indexes]
    if column.name.startswith(("inputs.", "states.")) and column.name != "inputs.board_voltage":
        return _written(column, day, indexes)
    held = _WRITTEN.setdefault(day.pattern, {})
    if column.name not in held:
        held[column.name] = _written(column, day, range(len(day.pattern.fixes)))
    values = held[column.name]
    return [values[index] for index in indexes]


def _written(column: RawColumn, day: TrackerDay, indexes: Iterable[int]) -> list[str]:
    values = (column.cell(day, index) for index in indexes)
    if column.quoted:
        return [f'"{value}"' for value in values]
    return ["" if value is None else str(int(value) if value is True or value is False else value) for value in values]


def _parquet(columns: list[RawColumn], days: Iterator[tuple[TrackerDay, list[int]]]) -> File:
    """The same as a Parquet file, enumerations by their numbers; 7 where pyarrow is not installed."""
    try:
        import pyarrow as pa  # an extra, and slow to load
        import pyarrow.parquet as pq
    except ImportError:
        raise invalid("format", "this platform has no Parquet: install pyarrow") from None
    held: dict[str, list[Any]] = {column.name: [] for column in columns}
    for day, indexes in days:
        for column in columns:
            held[column.name].extend(column.cell(day, index) for index in indexes)
    arrays = {}
    for name, values in held.items():
        if name in TIME_COLUMNS:
            arrays[name] = pa.array([value * 1000 for value in values], pa.timestamp("ms", tz="UTC"))
        elif name in ("gps_fix_type", "mn_type"):
            known = FIX_TYPES if name == "gps_fix_type" else NETWORK_TYPES
            arrays[name] = pa.array([known.index(value) for value in values], pa.int32())
        elif name.startswith("inputs."):
            arrays[name] = pa.array(values, pa.float64())
        else:
            arrays[name] = pa.array(values)
    packed = io.BytesIO()
    pq.write_table(pa.table(arrays), packed)
    return File(packed.getvalue(), "application/octet-stream")
