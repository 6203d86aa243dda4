"""What the streams do at their edges: long trips, calendars, spoilt batches, old data, windows that are allowed."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from navixy_async.cli.app import StreamName
from navixy_async.cli.commands.harvest import BY_DAY, STATES
from navixy_async.errors import SpanTooBig
from navixy_async.harvest import Harvests
from navixy_async.harvest.account import HarvestAccount
from navixy_async.harvest.plan.local_days import local_days
from navixy_async.harvest.plan.windows import Item
from navixy_async.harvest.streams import STREAMS, FetchResult, RereadPolicy, Stream
from navixy_async.operations import Operation
from navixy_async.testing import Rules, World, WorldSpec
from navixy_async.times import TimeRange

from .test_harvests_platform import running
from .test_harvests_streams import DAY, END, FREE, SPEC, START, trip_points_truth, trips_truth, written

HOUR = timedelta(hours=1)

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)

Answer = Callable[[str, Mapping[str, Any]], dict[str, Any] | bytes]


class Scripted:
    """A caller that answers by a function."""

    label, lane = "one", "bulk"

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.asked: list[tuple[str, dict[str, Any]]] = []

    async def call_bytes(self, operation: Operation[Any], params: Any = None, **_: Any) -> bytes:
        self.asked.append((operation.path, dict(params or {})))
        if operation.path == "user/get_info":
            return b'{"success":true,"user_info":{"time_zone":"Europe/Berlin"}}'
        answer = self._answer(operation.path, params or {})
        return answer if isinstance(answer, bytes) else json.dumps({"success": True, **answer}).encode()


def fetch(stream: str, caller: Scripted, window: TimeRange, trackers: tuple[int, ...] = (1,)) -> FetchResult:
    async def run() -> FetchResult:
        with ThreadPoolExecutor(1) as executor:
            source = HarvestAccount(caller, executor)  # type: ignore[arg-type]
            source.trackers = trackers
            return await STREAMS[stream].fetch(source, Item("one", trackers, window))

    return asyncio.run(run())


def driving(*trips: tuple[datetime, datetime], span: timedelta = 40 * DAY) -> Answer:
    """A platform that cuts trips at the edges of what is asked for."""

    def answer(_: str, params: Mapping[str, Any]) -> dict[str, Any]:
        first, last = params["from"], params["to"]
        if last - first > span:
            raise SpanTooBig(211, "Requested time span is too big")
        seen = [(max(start, first), min(end, last)) for start, end in trips if start < last and end > first]
        return {"list": [{"start_date": f"{a:%FT%TZ}", "end_date": f"{b:%FT%TZ}", "type": "regular"} for a, b in seen]}

    return answer


def test_commands_know_the_streams_by_their_own_facts() -> None:
    """Commands parse their options before pyarrow, and with it the streams, is loaded."""
    assert set(StreamName) == STREAMS.keys()
    assert set(BY_DAY) == {stream.name for stream in STREAMS.values() if stream.by_calendar}
    assert {STATES} == {stream.name for stream in STREAMS.values() if stream.reread is RereadPolicy.SNAPSHOT}


@pytest.mark.parametrize("stream", STREAMS.values(), ids=lambda stream: stream.name)
def test_a_stream_is_declared_whole(stream: Stream) -> None:
    """What the sinks, the engine and the docstring of its method take from it fits together."""
    columns = stream.layout.schema.names
    assert {"tracker_id", stream.time, *stream.order, *stream.key} <= set(columns)
    assert stream.order[0] == "tracker_id" and stream.time in stream.order
    assert stream.reread is not RereadPolicy.MERGE or stream.key, "rows that are merged need a key"
    told = " ".join((getattr(Harvests, stream.name).__doc__ or "").split())
    if stream.name == "raw_arrived":
        assert "Columns: those of :meth:`raw`." in told
        return
    told = told.partition("Columns: account (when iterating; the directory in files), ")[2]
    told = re.split(r"\. (?:Raises|Platform actions):", told)[0]
    if stream.name == "trip_points":
        assert told == "tracker_id, trip_start (UTC), trip_id, and those of :meth:`tracks` from time on"
        assert columns[3:] == STREAMS["tracks"].layout.schema.names[1:]
        return
    words = re.sub(r" ?\([^)]*\)", "", told).replace(" and as JSON objects what only some devices have: ", " ")
    assert [word.strip() for word in words.split(",")] == columns


def sending(trip: tuple[datetime, datetime], *, span: timedelta) -> Answer:
    """The same, with a point at every half hour, on the trip and beside it; longer spans of points are refused."""
    trips = driving(trip)

    def answer(path: str, params: Mapping[str, Any]) -> dict[str, Any] | bytes:
        if path == "track/list":
            return trips(path, params)
        if params["to"] - params["from"] > span:
            raise SpanTooBig(211, "Requested time span is too big")
        moments = [NOON + number * HOUR / 2 for number in range(-400, 800)]
        inside = [moment for moment in moments if params["from"] <= moment <= params["to"]]
        return {"list": [{"get_time": f"{moment:%FT%TZ}", "buffered": moment.hour == 5} for moment in inside]}

    return answer


@pytest.mark.parametrize(
    ("zone", "around", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("America/Havana", date(2026, 3, 8), 23),  # has no midnight
        ("America/Havana", date(2026, 11, 1), 25),  # has two
        ("Asia/Kathmandu", date(2026, 3, 29), 24),
    ],
)
def test_local_days_follow_the_calendar(zone: str, around: date, hours: int) -> None:
    middle = datetime(around.year, around.month, around.day, 12, tzinfo=UTC)
    days = local_days(TimeRange(middle - 3 * DAY, middle + 3 * DAY), ZoneInfo(zone))
    assert [each.day for each in days] == [days[0].day + number * DAY for number in range(len(days))]
    assert all(one.end == other.start for one, other in pairwise(days))
    (found,) = [each for each in days if each.day == around]
    assert found.end - found.start == timedelta(hours=hours)
    for each in days:
        assert each.start.astimezone(ZoneInfo(zone)).date() == each.day
        assert (each.start - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date() == each.day - DAY


def test_a_day_that_a_zone_left_out_is_none() -> None:
    window = TimeRange(datetime(2011, 12, 28, tzinfo=UTC), datetime(2012, 1, 2, tzinfo=UTC))
    days = [each.day.day for each in local_days(window, ZoneInfo("Pacific/Apia"))]
    assert days == [28, 29, 31, 1, 2]


def test_windows_that_touch_have_each_day_once() -> None:
    whole = TimeRange(NOON, NOON + 20 * DAY)
    zone = ZoneInfo("Europe/Berlin")
    parts = [day for part in whole.split(timedelta(hours=7)) for day in local_days(part, zone)]
    assert parts == local_days(whole, zone)


async def test_the_longest_windows_are_allowed_ones(tmp_path: Path) -> None:
    world = World(WorldSpec(accounts=1, trackers=2, start=date(2026, 3, 27), days=1, points_per_day=10, clones=0))
    async with running(world, Rules(**FREE)) as (platform, harvests):
        for stream in ("trips", "trip_points", "sensors", "counters", "mileage", "engine_hours", "raw"):
            harvest = getattr(harvests, stream)(start=START - 130 * DAY, end=START + 70 * DAY)
            assert not (await harvest.to_parquet(tmp_path)).failed
        assert not set(platform.stats.by_code) & {7, 211, 217, 221}


async def test_what_the_tariff_does_not_keep_is_clipped(tmp_path: Path) -> None:
    spec = WorldSpec(accounts=2, trackers=3, start=SPEC.start, days=4, points_per_day=60, store_days=(2, None), late=0)
    world = World(spec)
    async with running(world, Rules(**FREE)) as (platform, harvests):
        platform.now = END + HOUR
        trips = await harvests.trips(start=START, end=END).to_parquet(tmp_path)
        points = await harvests.trip_points(start=START, end=END).to_parquet(tmp_path)
        mileage = await harvests.mileage(start=START, end=END).to_parquet(tmp_path)
    for coverage in (trips, points, mileage):
        assert {hole.account for hole in coverage.clipped} == {"fleet 0"}
    rows = {(row["tracker_id"], row["start_time"], row["id"]) for row in written(tmp_path, "trips", "start_time")}
    missing = {row[:3] for row in trips_truth(world)} - rows
    assert missing and rows
    for tracker, begin, _ in missing:
        assert any(hole.tracker_id == tracker and begin in hole.range for hole in trips.clipped)
    found = Counter(
        (row["tracker_id"], row["trip_start"], row["time"]) for row in written(tmp_path, "trip_points", "trip_start")
    )
    for tracker, begin, time, *_ in trip_points_truth(world):
        clipped = any(hole.tracker_id == tracker and begin in hole.range for hole in points.clipped)
        assert found[tracker, begin, time] or clipped or time > END + HOUR, "a point is lost"
