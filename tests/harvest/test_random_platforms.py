"""The same proof over the whole way: random worlds and rules of the embedded platform, every stream, every place.

A real client over real connections that break; in the end, what is written is what the world says.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from navixy_async.gaps import GapReason
from navixy_async.harvest import Harvest, Harvests, Hole
from navixy_async.testing import Fault, Rules, World, WorldSpec

from ..support.harvest import servers
from ..support.harvest.places import KINDS, Place, Row
from . import test_harvests_platform
from .test_harvests_platform import EVENT, POINT, running
from .test_harvests_streams import (
    END,
    FREE,
    START,
    blocked,
    check_days,
    check_trip_points,
    check_trips,
    counters_found,
    counters_truth,
    open_trackers,
    raw_found,
    raw_told,
    sensors_found,
    sensors_truth,
)
from .test_random_worlds import STOPS, stopped


def check_points(rows: list[Row], world: World) -> None:
    found = Counter((row["tracker_id"], row["time"], None, *(row[name] for name in POINT)) for row in rows)
    assert found == Counter(test_harvests_platform.truth(world)[0])


def check_events(rows: list[Row], world: World, gaps: Sequence[Hole] = ()) -> None:
    """Every event is there once; only in a gap may some be missing."""
    found = Counter((row["tracker_id"], row["time"], row["id"], *(row[name] for name in EVENT)) for row in rows)
    truth = Counter(test_harvests_platform.truth(world)[1])
    assert not found - truth
    missing = {(tracker, moment) for tracker, moment, *_ in truth - found}
    assert not {
        (tracker, moment)
        for tracker, moment in missing
        if not any(hole.tracker_id == tracker and moment in hole.range for hole in gaps)
    }


def check_sensors(rows: list[Row], world: World) -> None:
    assert sensors_found(rows) == sensors_truth(world)


def check_counters(rows: list[Row], world: World) -> None:
    assert counters_found(rows) == counters_truth(world)


def check_raw(rows: list[Row], world: World) -> None:
    truth = [message for tracker in open_trackers(world) for message in world.raw(tracker.id, START, END)]
    assert raw_found(rows) == raw_told(truth)


def check_raw_arrived(rows: list[Row], world: World) -> None:
    truth = [
        message
        for tracker in open_trackers(world)
        for message in world.raw(tracker.id, world.start - timedelta(days=1), END)
        if START <= message.server_time < END
    ]
    assert raw_found(rows) == raw_told(truth)


def check_states(rows: list[Row], world: World) -> None:
    found = sorted((row["tracker_id"], row["time"], row["source_id"], row["gps_updated"]) for row in rows)
    last = {each.id: [p.time for p in world.points(each.id, world.start, world.end)] for each in open_trackers(world)}
    truth = [(each.id, START, each.source_id, max(last[each.id], default=None)) for each in open_trackers(world)]
    assert found == sorted(truth)


STREAMS: Mapping[str, Callable[[list[Row], World], None]] = {
    "tracks": check_points,
    "events": check_events,
    "trips": check_trips,
    "trip_points": check_trip_points,
    "sensors": check_sensors,
    "counters": check_counters,
    "mileage": lambda rows, world: check_days(rows, world, "mileage"),
    "engine_hours": lambda rows, world: check_days(rows, world, "engine_hours"),
    "raw": check_raw,
    "raw_arrived": check_raw_arrived,
    "states": check_states,
}
FAULTS = ("throttle", "unavailable", "unavailable_html", "server_error", "reset_before", "reset_after", "error_in_200")
FAULTS += ("cut", "cut_chunked", "not_json", "empty", "too_large")  # type: ignore[assignment]

SPECS = st.builds(
    WorldSpec,
    seed=st.integers(0, 999),
    accounts=st.integers(1, 2),
    trackers=st.integers(2, 6),
    start=st.just(test_harvests_platform.SPEC.start),
    days=st.just(4),
    # With fewer, points of one trip are further apart than a platform would leave them in one.
    points_per_day=st.integers(40, 80),
    events_per_day=st.integers(0, 12),
    late=st.sampled_from([0.0, 0.5]),
    blocked=st.integers(0, 1),
    silent=st.integers(0, 1),
    sparse=st.integers(0, 1),
)
RULES = st.builds(
    Rules,
    per_credential=st.just(FREE["per_credential"]),
    per_address=st.just(FREE["per_address"]),
    iso_style=st.sampled_from(["colon", "compact", "zulu"]),
    iso_datetime=st.sampled_from([True, True, False]),
    history_limit=st.one_of(st.integers(2, 9), st.integers(10, 1000)),
    tie_order=st.sampled_from(["reversed", "same"]),
    cut_flag=st.sampled_from(["tracker", "all"]),
    totals=st.booleans(),
    report_span=st.sampled_from([3, 90]),
    track_span=st.sampled_from([2, 31]),
    sensor_span=st.sampled_from([1, 30]),
    counter_span=st.sampled_from([2, 31]),
    stats_span=st.sampled_from([2, 31]),
    stats_trackers=st.sampled_from([2, 128]),
    gzip=st.booleans(),
)


@st.composite
def faults(draw: st.DrawFn) -> list[Fault]:
    return [
        Fault(kind=kind, path="*read*", times=1, skip=draw(st.integers(0, 12)))  # type: ignore[arg-type]
        for kind in draw(st.lists(st.sampled_from(FAULTS), max_size=4))
    ]


def maker(harvests: Harvests, stream: str, window: timedelta | None) -> Callable[..., Harvest]:
    def make(**options: Any) -> Harvest:
        chosen = {"at": START} if stream == "states" else {"start": START, "end": END, "window": window}
        harvest: Harvest = getattr(harvests, stream)(workers=3, **chosen, **options)
        return harvest

    return make


async def prove(data: st.DataObject, stream: str, directory: Path) -> None:
    world = World(data.draw(SPECS, "spec"))
    window = data.draw(st.sampled_from([None, timedelta(days=1), timedelta(hours=7)]), "window")
    place = Place(data.draw(st.sampled_from(KINDS), "place"), directory)
    async with running(world, data.draw(RULES, "rules")) as (platform, harvests):
        if stream == "raw_arrived":
            platform.now = world.settled
        make = maker(harvests, stream, window)
        for fault in data.draw(faults(), "faults"):
            platform.faults.add(fault)
        for stop in data.draw(STOPS, "stops"):
            await stopped(place, make, stop)
        platform.faults.clear()
        coverage = await place.write(make())
    rows = place.rows(stream)
    assert not coverage.failed and not coverage.clipped and coverage.rows == len(rows)
    assert {hole.tracker_id for hole in coverage.blocked} == blocked(world)
    if stream == "events" and coverage.gaps:
        # A second with more entries than a page, of one kind, by a platform that sorts them in one way only.
        assert {hole.reason for hole in coverage.gaps} == {GapReason.OVERFULL_SECOND}
        check_events(rows, world, coverage.gaps)
        return
    STREAMS[stream](rows, world)
    assert not coverage.gaps or stream == "engine_hours"


# What fails is printed as drawn: to make it smaller would take minutes.
SETTINGS = settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@pytest.mark.parametrize("stream", STREAMS)
@SETTINGS
@given(data=st.data())
def test_what_is_written_is_what_the_world_says(stream: str, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as directory:
        asyncio.run(prove(data, stream, Path(directory)))


@pytest.mark.proof
@pytest.mark.parametrize("stream", STREAMS)
@settings(SETTINGS, max_examples=6)
@given(data=st.data())
def test_what_is_written_is_what_the_world_says_more_often(stream: str, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as directory:
        asyncio.run(prove(data, stream, Path(directory)))


@pytest.mark.parametrize("stream", STREAMS)
async def test_every_stream_in_postgres(stream: str, server: str, tmp_path: Path) -> None:
    start = test_harvests_platform.SPEC.start
    world = World(WorldSpec(seed=3, accounts=2, trackers=6, start=start, days=4, points_per_day=20))
    with servers.schema(server) as schema:
        place = Place("postgres", tmp_path, server, schema)
        async with running(world, Rules(**FREE, history_limit=7)) as (platform, harvests):
            if stream == "raw_arrived":
                platform.now = world.settled
            platform.faults.add(Fault(kind="cut", path="*read*", times=2, skip=2))
            coverage = await place.write(maker(harvests, stream, timedelta(days=1))())
            STREAMS[stream](place.rows(stream), world)
            again = await place.write(maker(harvests, stream, None)())
        STREAMS[stream](place.rows(stream), world)
    assert coverage.rows == again.rows > 0
