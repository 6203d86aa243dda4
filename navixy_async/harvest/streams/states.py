"""States: the last state of every tracker at one moment, 2000 trackers a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

import msgspec
import pyarrow as pa

from ...errors import NavixyError, NotFound, TrackerBlocked
from ...operations import Operation, Replay
from ..account import BulkCaller, HarvestAccount
from ..answers import wire
from ..answers.layout import TIMESTAMP, Column, Layout, in_order
from ..answers.local_time import in_calendar, localise
from ..answers.odd import REFUSALS, OddRow, id_of, ids, moment
from ..plan.windows import Item
from .base import DAY, FetchResult, RereadPolicy, Stream
from .batch_requests import drop_unrequested

NO_STATE = "the platform returned no state"

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
        Column("inputs", "inputs", pa.string(), raw=True),
        Column("inputs_update", "inputs_update", TIMESTAMP),
        Column("outputs", "outputs", pa.string(), raw=True),
        Column("outputs_update", "outputs_update", TIMESTAMP),
        Column("additional", "additional", pa.string(), raw=True),
        Column("actual_track_update", "actual_track_update", TIMESTAMP),
    ]
)


_TIMES = [column for column in _LAYOUT.columns if column.member is not None and column.type == TIMESTAMP]


def _is_in_calendar(state: msgspec.Struct) -> bool:
    return all(time is None or in_calendar(time) for (time,) in _LAYOUT.values_of([state], _TIMES).values())


_READER = _LAYOUT.reader(msgspec.Struct, is_strict=_is_in_calendar)


class _Snapshot(msgspec.Struct):
    """One answer as columns, and which trackers it lacks."""

    batch: pa.RecordBatch
    blocked: list[int]
    not_exist: list[int]
    answered: set[int]
    odd: list[OddRow]


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
        columns = _LAYOUT.values_of(rows.values())
        columns |= {time.name: [_utc(moment, zone) for moment in columns[time.name]] for time in _TIMES}
        count = len(rows)
        columns |= {
            "tracker_id": list(rows),
            "time": [self._taken] * count,
            "user_time": [_utc(user_time, zone)] * count,
        }
        batch = in_order(_LAYOUT.from_values(columns), ["tracker_id"])
        return _Snapshot(batch, ids(answer.get("blocked")), ids(answer.get("not_exist")), set(rows), odd)

    def _read(self, states: Mapping[str, bytes]) -> tuple[dict[int, msgspec.Struct], list[OddRow]]:
        """The rows and the odd ones; a state without a readable id counts as missing."""
        rows: dict[int, msgspec.Struct] = {}
        odd: list[OddRow] = []
        for name, raw in states.items():
            if (tracker := id_of(name)) is None:
                continue
            read = _READER.read_row(raw)
            if read.row is None:
                odd.append(OddRow(None, tracker, (("the state", wire.shown(raw)),), aside=True))
                rows.pop(tracker, None)
                continue
            rows[tracker] = read.row
            if read.is_odd:
                odd.append(read.to_odd_row(tracker))
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
    order=("tracker_id", "time"),
    fetch=_fetch,
    batch=2000,
    longest=lambda _: DAY,
    key=("tracker_id", "time"),
    reread=RereadPolicy.SNAPSHOT,
)
