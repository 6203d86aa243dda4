"""Answers of every stream in which one value of one row can be anything, and what must become of all the others."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from navixy_async.harvest.account import HarvestAccount
from navixy_async.harvest.plan.windows import Item
from navixy_async.harvest.streams import STREAMS, FetchResult
from navixy_async.operations import Operation
from navixy_async.times import TimeRange

START = datetime(2026, 3, 16, tzinfo=UTC)
DAY = timedelta(days=1)
WINDOW = TimeRange(START, START + DAY)
TRACKER = 7
Rows = list[dict[str, bytes]]
"""The rows of an answer: the members of each as JSON."""


def text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S+0000")


def raw(**members: Any) -> dict[str, bytes]:
    return {name: json.dumps(value).encode() for name, value in members.items()}


def written(row: dict[str, bytes] | bytes) -> bytes:
    if isinstance(row, bytes):
        return row
    return b"{" + b", ".join(json.dumps(name).encode() + b": " + value for name, value in row.items()) + b"}"


def listed(rows: list[Any], **members: Any) -> bytes:
    more = b"".join(b', "%s": %s' % (name.encode(), json.dumps(value).encode()) for name, value in members.items())
    return b'{"success": true, "list": [' + b", ".join(map(written, rows)) + b"]" + more + b"}"


@dataclass
class Kind:
    """One stream: the answer whose rows are played with, and the others that it needs."""

    stream: str
    path: str
    rows: Callable[[int], Rows]
    time: str
    """Member that tells the time of a row."""
    body: Callable[[list[Any]], bytes] = listed
    others: Mapping[str, bytes] = field(default_factory=dict)
    column: str = "time"
    """Column of the time."""
    needed: frozenset[str] = frozenset()
    """Members without which a row has no place."""


def moments(count: int) -> list[datetime]:
    step = DAY / (count + 2)
    return [(START + step * (place + 1)).replace(microsecond=0) for place in range(count)]


def points(count: int) -> Rows:
    return [
        raw(
            get_time=text(moment),
            lat=51.5,
            lng=-0.25,
            alt=35,
            speed=50,
            heading=280,
            satellites=9,
            mileage=float(place),
            precision=3,
            address="Some street",
            gsm_lbs=False,
            parking=True,
            buffered=False,
        )
        for place, moment in enumerate(moments(count))
    ]


def trips(count: int) -> Rows:
    return [
        raw(
            id=place + 1,
            start_date=text(moment),
            end_date=text(moment + timedelta(minutes=5)),
            type="regular",
            start_address="a",
            end_address="b",
            length=1.5,
            max_speed=90,
            avg_speed=40,
            points=12,
            norm_fuel_consumed=0.5,
            gsm_lbs=False,
            precision=3,
            bounds={"nw": {"lat": 2, "lng": 1}, "se": {"lat": 1, "lng": 2}},
        )
        for place, moment in enumerate(moments(count))
    ]


def events(count: int) -> Rows:
    return [
        raw(
            id=place + 1000,
            time=text(moment),
            tracker_id=TRACKER,
            event="inzone",
            track_id=place,
            rule_id=5,
            type="tracker",
            message=f"message {place}",
            location={"lat": 1.5, "lng": 2.5, "precision": 3},
            address="Some street",
            is_read=False,
            extra={"a": 1.0},
        )
        for place, moment in enumerate(moments(count))
    ]


def values(count: int) -> Rows:
    return [raw(get_time=text(moment), value=float(place)) for place, moment in enumerate(moments(count))]


def counted(count: int) -> Rows:
    return [raw(update_time=text(moment), value=float(place)) for place, moment in enumerate(moments(count))]


SENSOR = b'{"success": true, "result": {"7": [{"id": 1, "type": "metering", "name": "Fuel", "sensor_type": "fuel"}]}}'
TRIPS_OF_POINTS = listed(
    [raw(id=1, start_date=text(START + timedelta(minutes=1)), end_date=text(WINDOW.end - DAY / 50))]
)
NOTHING = b'{"success": true, "list": []}'

KINDS = {
    kind.stream: kind
    for kind in (
        Kind("tracks", "track/read", points, "get_time"),
        Kind("trips", "track/list", trips, "start_date", column="start_time"),
        Kind("trip_points", "track/read", points, "get_time", others={"track/list": TRIPS_OF_POINTS}),
        Kind("events", "history/tracker/list", events, "time", needed=frozenset({"id", "tracker_id"})),
        Kind("sensors", "tracker/sensor/data/read", values, "get_time", others={"tracker/sensor/batch_list": SENSOR}),
        Kind("counters", "tracker/counter/data/read", counted, "update_time"),
    )
}


class Answers:
    """A caller with an answer for each path."""

    lane = "bulk"
    label = "one"

    def __init__(self, answers: Mapping[str, bytes]) -> None:
        self._answers = answers
        self.asked: list[str] = []

    async def call_bytes(self, operation: Operation[Any] | str, params: Any = None, **_: Any) -> bytes:
        path = operation if isinstance(operation, str) else operation.path
        self.asked.append(path)
        if params and params.get("type") == "engine_hours":
            return NOTHING
        return self._answers[path]

    async def call(self, *_: Any, **__: Any) -> Any:
        raise AssertionError("harvests decode for themselves")


def fetch(kind: Kind, rows: list[Any]) -> FetchResult:
    """What the stream makes of an answer with these rows."""

    async def work() -> FetchResult:
        with ThreadPoolExecutor(1) as executor:
            source = HarvestAccount(Answers({**kind.others, kind.path: kind.body(rows)}), executor)  # type: ignore[arg-type]
            source.trackers = (TRACKER,)
            return await STREAMS[kind.stream].fetch(source, Item("one", (TRACKER,), WINDOW))

    return asyncio.run(work())


# --- anything -------------------------------------------------------------------------------------------------------

NASTY = [
    *(b'"12"', b'" 12.5 "', b'"NaN"', b'"1e3"', b'"0x10"', b'"1_000"', b'"1,5"', b'""', b'" "', b'"true"', b'"null"'),
    *(b"0", b"1", b"-1", b"2", b"35.4", b"5.0", b"1e3", b"1e400", b"-1e400", b"4294967295", b"9223372036854775807"),
    *(b"9223372036854775808", b"18446744073709551616", b"-9223372036854775809", b"1" + b"0" * 5000, b"-" + b"9" * 400),
    *(b"NaN", b"Infinity", b"-Infinity", b"-NaN", b"true", b"false", b"null", b"{}", b"[]", b'{"a": [1, {"b": null}]}'),
    *(b"[" * 100 + b"]" * 100, b"[" * 5000 + b"]" * 5000, b'{"a":' * 3000 + b"1" + b"}" * 3000, b'[{"get_time": 1}]'),
    *(b'"Caf\xe9 street"', b'"\xff\xfe"', b'"\xed\xa0\x80"', b'"\xf0\x9f\x98"', b'{"a": "\xe9"}', b'"\\ud800"'),
    *(b'"\\udc80x"', b'"\\ud83d\\ude00"', b'"a\\u0000b"', b'"a\nb"', b'"\t"', b'"\\"},{\\"x"', b'"]}"', b'"\\\\"'),
    *(b'"0000-01-01T00:00:00Z"', b'"0001-01-01T00:00:00+05:00"', b'"9999-12-31T23:59:59-05:00"', b'"10000-01-01"'),
    *(b'"2026-03-16T24:00:00Z"', b'"2026-03-16T23:59:60Z"', b'"2026-03-16T10:00:00+99:99"', b'"2026-02-30T10:00:00Z"'),
    *(b'"2026-03-16"', b'"16.03.2026 10:00"', b'"now"', b"1773655200", b'"-2026-03-16T10:00:00Z"'),
    *(b'1, "new": 5, "new": {}', b'"x", "list": [{}]'),
]
"""Values as the field wrote them, and some that only an attacker would."""

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
broken_texts = st.binary(max_size=20).map(lambda some: b'"' + bytes(byte for byte in some if byte not in b'"\\') + b'"')
anything = st.one_of(st.sampled_from(NASTY), json_values.map(lambda value: json.dumps(value).encode()), broken_texts)
"""Any JSON value, and what is none because of its bytes alone."""
