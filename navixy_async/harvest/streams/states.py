"""States: the last state of every tracker at one moment, 2000 trackers a request."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Any

import msgspec
import pyarrow as pa

from ...errors import NavixyError, NotFound, TrackerBlocked
from ...operations import Operation, Replay
from ..columns import TIMESTAMP, Column, Layout, in_order
from ..plan import Item, WindowRule
from ..source import Allowed, Meter, NaiveTimes, Source, read_json
from .base import DAY, Fetched, Late, Stream

UNTOLD = "the platform told no state"


class _Location(msgspec.Struct, gc=False):
    lat: float | None = None
    lng: float | None = None


class _Gps(msgspec.Struct, gc=False):
    updated: datetime | None = None
    signal_level: float | None = None
    location: _Location | None = None
    heading: float | None = None
    speed: float | None = None
    alt: float | None = None
    precision: float | None = None
    gsm_lbs: bool | None = None


class _Gsm(msgspec.Struct, gc=False):
    updated: datetime | None = None
    signal_level: float | None = None
    network_name: str | None = None
    roaming: bool | None = None


class _State(msgspec.Struct):
    source_id: int | None = None
    gps: _Gps | None = None
    gsm: _Gsm | None = None
    connection_status: str | None = None
    movement_status: str | None = None
    movement_status_update: datetime | None = None
    ignition: bool | None = None
    ignition_update: datetime | None = None
    last_update: datetime | None = None
    battery_level: float | None = None
    battery_update: datetime | None = None
    inputs: msgspec.Raw = msgspec.field(default_factory=msgspec.Raw)
    inputs_update: datetime | None = None
    outputs: msgspec.Raw = msgspec.field(default_factory=msgspec.Raw)
    outputs_update: datetime | None = None
    additional: msgspec.Raw = msgspec.field(default_factory=msgspec.Raw)
    actual_track_update: datetime | None = None


class _States(msgspec.Struct):
    states: dict[str, _State]
    user_time: datetime | None = None
    blocked: list[int] | None = None
    not_exist: list[int] | None = None


_GET_STATES: Operation[_States] = Operation("tracker/get_states", _States, replay=Replay.READ)

_LAYOUT = Layout(
    [
        Column("tracker_id", None, pa.int64()),
        Column("time", None, TIMESTAMP),
        Column("user_time", None, TIMESTAMP),
        Column("source_id", "source_id", pa.int64()),
        Column("gps_updated", "gps.updated", TIMESTAMP),
        Column("lat", "gps.location.lat", pa.float64()),
        Column("lng", "gps.location.lng", pa.float64()),
        Column("alt", "gps.alt", pa.float64()),
        Column("speed", "gps.speed", pa.float64()),
        Column("heading", "gps.heading", pa.float64()),
        Column("precision", "gps.precision", pa.float64()),
        Column("gps_signal_level", "gps.signal_level", pa.float64()),
        Column("gsm_lbs", "gps.gsm_lbs", pa.bool_()),
        Column("connection_status", "connection_status", pa.string()),
        Column("movement_status", "movement_status", pa.string()),
        Column("movement_status_update", "movement_status_update", TIMESTAMP),
        Column("ignition", "ignition", pa.bool_()),
        Column("ignition_update", "ignition_update", TIMESTAMP),
        Column("last_update", "last_update", TIMESTAMP),
        Column("battery_level", "battery_level", pa.float64()),
        Column("battery_update", "battery_update", TIMESTAMP),
        Column("gsm_updated", "gsm.updated", TIMESTAMP),
        Column("gsm_signal_level", "gsm.signal_level", pa.float64()),
        Column("gsm_network_name", "gsm.network_name", pa.string()),
        Column("gsm_roaming", "gsm.roaming", pa.bool_()),
        Column("inputs", "inputs", pa.string()),
        Column("inputs_update", "inputs_update", TIMESTAMP),
        Column("outputs", "outputs", pa.string()),
        Column("outputs_update", "outputs_update", TIMESTAMP),
        Column("additional", "additional", pa.string()),
        Column("actual_track_update", "actual_track_update", TIMESTAMP),
    ]
)


class _Snapshot(msgspec.Struct):
    """One answer as columns, and who is missing in it."""

    batch: Any
    blocked: list[int]
    not_exist: list[int]
    told: set[int]


def _windows(allowed: Allowed) -> WindowRule:
    return WindowRule(first=DAY, longest=DAY, target=4_000_000)


def _value(state: Any, path: str, zone: tzinfo | None) -> Any:
    """The member of a state at the end of a dotted path, ``None`` if anything on the way is not there."""
    for name in path.split("."):
        state = getattr(state, name, None)
    if isinstance(state, datetime):
        return _utc(state, zone)
    if isinstance(state, msgspec.Raw):
        # As the platform wrote it, so that nothing of it is lost; missing and null are null.
        text = bytes(state).decode()
        return None if text in ("", "null") else text
    return state


def _utc(moment: datetime, zone: tzinfo | None) -> datetime:
    """Naive times are read in the zone, each by itself: in an hour that happens twice, as its first pass."""
    if moment.tzinfo is not None:
        return moment.astimezone(UTC)
    if zone is None:
        raise NaiveTimes
    return moment.replace(tzinfo=zone).astimezone(UTC)


class _Parse:
    """Makes columns of an answer; the rows' time is the moment of the snapshot."""

    def __init__(self, taken: datetime) -> None:
        self._taken = taken

    def __call__(self, body: bytes, *, zone: tzinfo | None) -> _Snapshot:
        answer: _States = read_json(body, path=_GET_STATES.path, kind=_States)
        states = {int(tracker): state for tracker, state in answer.states.items()}
        rows = len(states)
        columns: dict[str, Any] = {
            column.name: [_value(state, column.member, zone) for state in states.values()]
            for column in _LAYOUT.columns
            if column.member is not None
        }
        user_time = None if answer.user_time is None else _utc(answer.user_time, zone)
        columns |= {"tracker_id": list(states), "time": [self._taken] * rows, "user_time": [user_time] * rows}
        batch = in_order(_LAYOUT.from_values(columns), ["tracker_id"])
        return _Snapshot(batch, answer.blocked or [], answer.not_exist or [], set(states))


async def _fetch(source: Source, item: Item) -> Fetched:
    """The last states of the trackers, all with the moment of the snapshot as their time."""
    meter = Meter(source)
    params = {"trackers": list(item.trackers), "list_blocked": True, "allow_not_exist": True}
    snapshot = await meter.read(_GET_STATES, params, _Parse(item.range.start))
    refused: dict[int, NavixyError] = {
        tracker: TrackerBlocked(208, "the tracker is blocked", operation=_GET_STATES.path)
        for tracker in snapshot.blocked
    }
    for tracker in snapshot.not_exist:
        refused[tracker] = NotFound(201, "the tracker does not exist any more", operation=_GET_STATES.path)
    untold = tuple(tracker for tracker in item.trackers if tracker not in snapshot.told and tracker not in refused)
    gaps = ((untold, item.range, UNTOLD),) if untold else ()
    return Fetched(snapshot.batch, meter.bytes, gaps=gaps, refused=refused)


STATES = Stream(
    name="states",
    layout=_LAYOUT,
    time="time",
    order=("tracker_id", "time"),
    batch=2000,
    windows=_windows,
    fetch=_fetch,
    key=("tracker_id", "time"),
    late=Late.SNAPSHOT,
)
