"""Mileage and engine hours: one row per tracker and day of the account's calendar.

What is asked for is always whole days of the account's calendar, and a window brings those that begin in it. The date
of a day stays a date (`day`); `time` is its beginning in UTC, which also decides about the directory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta, tzinfo
from functools import partial
from typing import NamedTuple

import msgspec
import pyarrow as pa

from ...errors import Unsupported
from ...operations import Operation, Replay
from ...paging.intervals import LEAST_ALLOWED
from ...times import SECOND, TimeRange
from ..account import LARGE, BulkCaller, HarvestAccount, RequestLimits
from ..aliases import ItemGap
from ..answers import wire
from ..answers.layout import TIMESTAMP, Column, Layout, in_order
from ..answers.odd import OddRow, RowValues, flag, id_of, number, read_row
from ..plan.local_days import LocalDay, local_days
from ..plan.windows import Item
from .base import DAY, FetchResult, RereadPolicy, Stream
from .batch_requests import drop_unrequested, request_in_batches


def _longest(limits: RequestLimits) -> timedelta:
    """Days that begin in a window may end a day after it, and one of them may be an hour or two longer."""
    return max(min(30 * DAY, limits.stats_span) - DAY, LEAST_ALLOWED)


NO_VALUE = "the platform returned nothing for this day"


def _layout(value: str) -> Layout:
    """The columns of a stream of days, with the name of its value."""
    names = {"tracker_id": pa.int64(), "time": TIMESTAMP, "day": pa.date32(), value: pa.float64()}
    return Layout([Column(name, None, kind) for name, kind in names.items()])


def _day_columns(layout: Layout, rows: list[tuple[int, LocalDay, float | None]]) -> pa.RecordBatch:
    names = [column.name for column in layout.columns]
    values = [(tracker, day.start, day.day, value) for tracker, day, value in rows]
    columns = {name: [row[index] for row in values] for index, name in enumerate(names)}
    return in_order(layout.from_values(columns), ["tracker_id", "time"])


# --- mileage --------------------------------------------------------------------------------------------------------


class _Driven(msgspec.Struct, gc=False):
    mileage: float | None = None


class _Answer(msgspec.Struct):
    result: dict[str, dict[str, _Driven]]
    limit_exceeded: bool | None = None


_decode = msgspec.json.Decoder(_Answer).decode


class _Mileage(msgspec.Struct):
    """What was driven, by tracker and by day as written."""

    result: dict[int, dict[str, float | None]]
    limit_exceeded: bool
    odd: list[_Odd] = []


class _Odd(NamedTuple):
    """Something in an answer that could not be read."""

    tracker: int | None
    """``None`` if its tracker is unknown."""
    day: str | None
    """``None`` for all days."""
    member: str
    value: str
    aside: bool = True


_READ_MILEAGE: Operation[object] = Operation("tracker/stats/mileage/read", dict, replay=Replay.READ)

_MILEAGE_LAYOUT = _layout("mileage")


async def _ask_mileage(caller: BulkCaller, days: list[LocalDay], trackers: tuple[int, ...]) -> _Mileage:
    params = {"trackers": list(trackers), "from": days[0].start, "to": days[-1].end - SECOND}
    return await caller.read(_READ_MILEAGE, params, _parse_mileage)


def _parse_mileage(body: bytes, *, zone: tzinfo | None) -> _Mileage:
    return wire.read_answer(body, _READ_MILEAGE.path, _read_strictly, _read_carefully)


def _read_strictly(body: bytes) -> _Mileage:
    answer = _decode(body)
    if any(id_of(name) is None for name in answer.result):
        raise ValueError("not every name is the id of a tracker")
    by_tracker = {int(name): days for name, days in answer.result.items()}
    by_day = {tracker: {day: driven.mileage for day, driven in days.items()} for tracker, days in by_tracker.items()}
    return _Mileage(by_day, bool(answer.limit_exceeded))


def _read_carefully(members: Mapping[str, bytes]) -> _Mileage:
    found = _Mileage({}, flag(members.get("limit_exceeded")), [])
    for name, raw in wire.members(members.get("result", b"null")).items():
        tracker = id_of(name)
        try:
            days = wire.members(raw)
        except wire.REFUSALS:
            days = None
        if tracker is None or days is None:
            value = wire.shown(name if tracker is None else raw)
            found.odd.append(_Odd(tracker, None, "a tracker's days", value))
            continue
        found.result[tracker] = _read_days(tracker, days, found.odd)
    return found


def _read_days(tracker: int, days: Mapping[str, bytes], odd: list[_Odd]) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for day, raw in days.items():
        try:
            row = read_row(raw, {"mileage": number})
        except wire.REFUSALS:
            odd.append(_Odd(tracker, day, "the day", wire.shown(raw)))
            continue
        found[day] = row.values["mileage"]
        odd += [_Odd(tracker, day, member, value, aside=False) for member, value in row.odd]
    return found


def _odd_days(odd: Iterable[_Odd], asked: Mapping[str, LocalDay], missing: Sequence[int]) -> Iterator[OddRow]:
    """Odd rows of the requested days; where no tracker is named, one of the `missing` ones may be meant."""
    for found in odd:
        day = None if found.day is None else asked.get(found.day)
        if found.day is not None and day is None:
            continue
        where = None if day is None else TimeRange(day.start, day.end)
        for tracker in missing if found.tracker is None else (found.tracker,):
            yield OddRow(where, tracker, ((found.member, found.value),), aside=found.aside)


def _missing_days(answers: Iterable[_Mileage], trackers: Iterable[int], days: Iterable[LocalDay]) -> Iterator[ItemGap]:
    """Requested days about which the platform says nothing: that is not the same as no kilometres."""
    days = list(days)
    answered: dict[int, set[str]] = {tracker: set() for tracker in trackers}
    answers = list(answers)
    for answer in answers:
        for tracker, by_day in answer.result.items():
            answered.get(tracker, set()).update(by_day)
    # What came and could not be read is a gap of its own.
    silent = [tracker for tracker, known in answered.items() if not known]
    for odd in (odd for answer in answers for odd in answer.odd):
        for tracker in silent if odd.tracker is None else (odd.tracker,):
            answered.get(tracker, set()).update([odd.day] if odd.day else (day.day.isoformat() for day in days))
    for tracker, known in answered.items():
        for day in days:
            if day.day.isoformat() not in known:
                yield (tracker,), TimeRange(day.start, day.end), NO_VALUE


async def _fetch_mileage(account: HarvestAccount, item: Item) -> FetchResult:
    """What the trackers drove on the days that begin in the window."""
    days = local_days(item.range, await account.zone())
    if not days:
        return FetchResult(_MILEAGE_LAYOUT.empty(), 0)
    caller = BulkCaller(account)
    answers, refused = await request_in_batches(item.trackers, partial(_ask_mileage, caller, days))
    asked = {day.day.isoformat(): day for day in days}
    for answer in answers:
        drop_unrequested(answer.result, item.trackers, f"{account.label}: {_READ_MILEAGE.path}")
    batch = await account.run(caller.bytes > LARGE, _mileage_columns, answers, asked)
    known = {tracker for answer in answers for tracker in answer.result}
    missing = [tracker for tracker in item.trackers if tracker not in known and tracker not in refused]
    odd = tuple(_odd_days((found for answer in answers for found in answer.odd), asked, missing))
    clipped = None
    if any(answer.limit_exceeded for answer in answers):
        # Nothing says where the tariff's retention begins: before the first day with kilometres, or in it.
        driven = [row["time"] for row in batch.select(["time", "mileage"]).to_pylist() if row["mileage"]]
        kept_from = next((day.end for day in days if driven and day.start == min(driven)), item.range.end)
        clipped = TimeRange(item.range.start, min(kept_from, item.range.end))
    expected = [day for day in days if clipped is None or day.start >= clipped.end]
    gaps = tuple(_missing_days(answers, (tracker for tracker in item.trackers if tracker not in refused), expected))
    return FetchResult(batch, caller.bytes, clipped=clipped, gaps=gaps, odd=odd, refused=refused)


def _mileage_columns(answers: Iterable[_Mileage], asked: Mapping[str, LocalDay]) -> pa.RecordBatch:
    rows = [
        (tracker, asked[text], driven)
        for answer in answers
        for tracker, by_day in answer.result.items()
        for text, driven in by_day.items()
        if text in asked
    ]
    return _day_columns(_MILEAGE_LAYOUT, rows)


MILEAGE = Stream(
    name="mileage",
    layout=_MILEAGE_LAYOUT,
    order=("tracker_id", "time"),
    fetch=_fetch_mileage,
    batch=128,
    first_window=7 * DAY,
    target_bytes=500_000,
    longest=_longest,
    key=("tracker_id", "day"),
    # By window: with another time zone of the account, its days begin elsewhere.
    reread=RereadPolicy.REPLACE,
    settles=2 * DAY,
    by_calendar=True,
)

# --- engine hours ---------------------------------------------------------------------------------------------------


_READ_HOURS: Operation[object] = Operation("tracker/stats/engine_hours/read", dict, replay=Replay.READ)

_HOURS_LAYOUT = _layout("engine_hours")


def _parse_hours(body: bytes, *, zone: tzinfo | None) -> RowValues:
    with wire.answer_of(_READ_HOURS.path):
        return read_row(body, {"value": number})


async def _fetch_hours(account: HarvestAccount, item: Item) -> FetchResult:
    """How long the engine ran on each day that begins in the window: one request a day."""
    (tracker,) = item.trackers
    caller = BulkCaller(account)
    rows: list[tuple[int, LocalDay, float | None]] = []
    odd: list[OddRow] = []
    gaps: list[ItemGap] = []
    for day in local_days(item.range, await account.zone()):
        params = {"tracker_id": tracker, "from": day.start, "to": day.end - SECOND}
        try:
            row = await caller.read(_READ_HOURS, params, _parse_hours)
        except Unsupported as error:
            # 214: the device does not report them; 219: the tracker is a clone, and only the original is counted.
            gap = (
                item.trackers,
                item.range,
                f"the platform counts no engine hours of this tracker (code {error.code})",
            )
            return FetchResult(_HOURS_LAYOUT.empty(), caller.bytes, gaps=(gap,))
        rows.append((tracker, day, row.values["value"]))
        if row.odd:
            odd.append(OddRow(TimeRange(day.start, day.end), tracker, tuple(row.odd)))
        elif row.values["value"] is None:
            gaps.append((item.trackers, TimeRange(day.start, day.end), NO_VALUE))
    return FetchResult(_day_columns(_HOURS_LAYOUT, rows), caller.bytes, gaps=tuple(gaps), odd=tuple(odd))


ENGINE_HOURS = replace(
    MILEAGE,
    name="engine_hours",
    layout=_HOURS_LAYOUT,
    fetch=_fetch_hours,
    batch=1,
    first_window=DAY,
    # Each day is a request: a longer window saves none, it only makes more of them wait for each other.
    longest=lambda limits: min(7 * DAY, _longest(limits)),
)
