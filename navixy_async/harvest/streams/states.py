"""States: the last state of every tracker at one moment, 2000 trackers a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Annotated

import msgspec
import pyarrow as pa

from ...errors import NavixyError, NotFound, TrackerBlocked
from ...operations import Operation, Replay
from ..account import BulkCaller, HarvestAccount
from ..aliases import Json, JsonObject
from ..answers import wire
from ..answers.layout import TIMESTAMP, Column, Layout, in_order
from ..answers.local_time import in_calendar, localise
from ..answers.odd import REFUSALS, OddRow, RowValues, as_written, id_of, ids, moment, read_row
from ..plan.windows import Item
from .base import DAY, FetchResult, RereadPolicy, Stream
from .batch_requests import drop_unrequested

NO_STATE = "the platform returned no state"


class _StateLocation(msgspec.Struct, gc=False):
    lat: float | None = None
    lng: float | None = None


class _Gps(msgspec.Struct, gc=False):
    updated: datetime | None = None
    signal_level: float | None = None
    location: _StateLocation | None = None
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
    source_id: Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)] | None = None
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


_GET_STATES: Operation[object] = Operation("tracker/get_states", dict, replay=Replay.READ)

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


_MEMBERS = [column for column in _LAYOUT.columns if column.member is not None]
_SPEC = _LAYOUT.spec(raw=("inputs", "outputs", "additional"))
_decode = msgspec.json.Decoder(_State).decode


class _Snapshot(msgspec.Struct):
    """One answer as columns, and which trackers it lacks."""

    batch: pa.RecordBatch
    blocked: list[int]
    not_exist: list[int]
    answered: set[int]
    odd: list[OddRow]


def _value(state: object, path: str) -> object:
    """The member of a state at the end of a dotted path; ``None`` if anything on the way is missing."""
    for name in path.split("."):
        state = getattr(state, name, None)
    if isinstance(state, datetime) and not in_calendar(state):
        raise ValueError(f"{path} is beyond the calendar")
    if isinstance(state, msgspec.Raw):
        # As the platform wrote it, so that nothing is lost; missing and null are null.
        return as_written(bytes(state))[0]
    return state


def _read_state(raw: bytes) -> RowValues:
    """One tracker's state, by columns."""
    try:
        if wire.is_utf8(raw):
            state = _decode(raw)
            return RowValues({column.name: _value(state, str(column.member)) for column in _MEMBERS}, [])
    except wire.REFUSALS:
        pass
    return read_row(raw, _SPEC)


def _utc(time: datetime | None, zone: tzinfo | None) -> datetime | None:
    """Naive times are read in the zone, each by itself: in an hour that happens twice, as its first pass."""
    return None if time is None else next(localise([time], zone))


class _Parse:
    """Makes columns of an answer; the rows' time is the moment of the snapshot."""

    def __init__(self, taken: datetime, trackers: Sequence[int], label: str) -> None:
        self._taken = taken
        self._trackers = trackers
        self._label = label

    def __call__(self, body: bytes, *, zone: tzinfo | None) -> _Snapshot:
        with wire.answer_of(_GET_STATES.path):
            answer = wire.members(body)
            rows, odd = self._read(wire.members(answer.get("states", b"null")))
            drop_unrequested(rows, self._trackers, f"{self._label}: {_GET_STATES.path}")
            user_time = self._user_time(answer.get("user_time"), rows, odd)
        columns: dict[str, list[Json]] = {
            column.name: [row[column.name] for row in rows.values()] for column in _MEMBERS
        }
        for column in _MEMBERS:
            if column.type == TIMESTAMP:
                columns[column.name] = [_utc(time, zone) for time in columns[column.name]]
        count = len(rows)
        columns |= {
            "tracker_id": list(rows),
            "time": [self._taken] * count,
            "user_time": [_utc(user_time, zone)] * count,
        }
        batch = in_order(_LAYOUT.from_values(columns), ["tracker_id"])
        return _Snapshot(batch, ids(answer.get("blocked")), ids(answer.get("not_exist")), set(rows), odd)

    def _read(self, states: Mapping[str, bytes]) -> tuple[dict[int, JsonObject], list[OddRow]]:
        """The rows and the odd ones; a state without a readable id counts as missing."""
        rows: dict[int, JsonObject] = {}
        odd: list[OddRow] = []
        for name, raw in states.items():
            if (tracker := id_of(name)) is None:
                continue
            try:
                row = _read_state(raw)
            except wire.OtherShape:
                odd.append(OddRow(None, tracker, (("the state", wire.shown(raw)),), aside=True))
                rows.pop(tracker, None)
                continue
            rows[tracker] = row.values
            if row.odd or row.repaired:
                odd.append(OddRow(None, tracker, tuple(row.odd), repaired=row.repaired))
        return rows, odd

    def _user_time(self, raw: bytes | None, rows: Mapping[int, object], odd: list[OddRow]) -> datetime | None:
        try:
            stated: datetime | None = None if raw is None else moment(raw)[0]
        except REFUSALS:
            odd += [OddRow(None, tracker, (("user_time", wire.shown(raw or b"")),)) for tracker in rows]
            return None
        return stated


async def _fetch(account: HarvestAccount, item: Item) -> FetchResult:
    """The last states of the trackers, all with the moment of the snapshot as their time."""
    caller = BulkCaller(account)
    params = {"trackers": list(item.trackers), "list_blocked": True, "allow_not_exist": True}
    snapshot = await caller.read(_GET_STATES, params, _Parse(item.range.start, item.trackers, account.label))
    # A tracker with a state is neither blocked nor gone, whatever else the answer says.
    refused: dict[int, NavixyError] = {
        tracker: TrackerBlocked(208, "the tracker is blocked", operation=_GET_STATES.path)
        for tracker in snapshot.blocked
        if tracker not in snapshot.answered
    }
    for tracker in snapshot.not_exist:
        if tracker in snapshot.answered:
            continue
        refused[tracker] = NotFound(201, "the tracker does not exist any more", operation=_GET_STATES.path)
    missing = tuple(tracker for tracker in item.trackers if tracker not in snapshot.answered and tracker not in refused)
    gaps = ((missing, item.range, NO_STATE),) if missing else ()
    return FetchResult(snapshot.batch, caller.bytes, gaps=gaps, odd=tuple(snapshot.odd), refused=refused)


STATES = Stream(
    name="states",
    layout=_LAYOUT,
    time="time",
    order=("tracker_id", "time"),
    batch=2000,
    first_window=DAY,
    target_bytes=4_000_000,
    longest=lambda _: DAY,
    fetch=_fetch,
    key=("tracker_id", "time"),
    reread=RereadPolicy.SNAPSHOT,
)
