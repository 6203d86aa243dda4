"""Random clocks, ends and zones that change, and runs that are stopped: in the end what is written is the truth.

No run is complete while part of what was asked for lies ahead, and what is missing is waiting, young, or a hole.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from navixy_async.harvest import Coverage, Harvest, Harvests, Increments
from navixy_async.testing import World, WorldSpec

from ..support.harvest import hurry, servers
from ..support.harvest.model import (
    Event,
    Model,
    Point,
    day_truth,
    event_truth,
    track_truth,
    trip_point_truth,
    trip_truth,
)
from ..support.harvest.places import KINDS, Place
from ..support.harvest.worlds import worlds
from .test_harvests_increments import FREE
from .test_harvests_platform import running
from .test_harvests_streams import END, START
from .test_random_platforms import STREAMS as WORLDS
from .test_random_worlds import STOPS, Key, Stop, keys_of, stopped

BASE = int(datetime(2026, 3, 26, 21, 30, tzinfo=UTC).timestamp())
DAY, HOUR = 86_400, 3_600
BY_DAY = ("mileage", "engine_hours")
STREAMS = ("tracks", "events", "trips", "trip_points", *BY_DAY)
ZONES = ("UTC", "Europe/Berlin", "Asia/Kathmandu", "America/New_York", "Pacific/Kiritimati", "Etc/GMT+12")
TRUTHS: dict[str, Callable[[Model, datetime, datetime], list[Key]]] = {
    "tracks": track_truth,
    "events": event_truth,
    "trips": trip_truth,
    "trip_points": trip_point_truth,
}


@dataclass(frozen=True)
class Run:
    """A run: when it is, by which clocks, in which zone the accounts are, and how it is stopped."""

    after: int
    """Seconds since the run before."""
    own: int
    """How far this machine's clock is off."""
    told: bool
    """Whether the platform tells its time."""
    zone: str
    stop: Stop | None


@st.composite
def runs(draw: st.DrawFn) -> list[Run]:
    found = []
    for _ in range(draw(st.integers(1, 4))):
        told = draw(st.booleans())
        # One of the two clocks is right, or behind.
        own = draw(st.sampled_from([0, 0, -7_000, -2 * DAY, *((50, 3 * DAY) if told else ())]))
        stops = draw(STOPS)
        after = draw(st.sampled_from([0, 60, 1_700, HOUR, 30_000, DAY, 2 * DAY]))
        found.append(Run(after, own, told, draw(st.sampled_from(ZONES)), stops[0] if stops else None))
    return found


@st.composite
def cases(draw: st.DrawFn, stream: str) -> tuple[Model, list[Run], tuple[date, date]]:
    model = draw(worlds(BASE))
    model.history_limit = max(model.history_limit, 30)  # a second that no page can show is a gap, and another test
    if model.max_span is not None:  # shorter ones are another test
        model.max_span = max(model.max_span, timedelta(hours=7))
    if stream in BY_DAY:
        model.max_span = None
    for fleet in model.fleets.values():
        things: list[Event | Point] = [*fleet.events, *(point for points in fleet.points.values() for point in points)]
        for thing in things if stream not in ("trips", "trip_points") else ():
            # What comes late comes while it is young.
            thing.arrives = thing.second + draw(st.sampled_from([0, 0, 1_000, 3_500]))
    start, end = draw(st.sampled_from([0, HOUR, DAY])), draw(st.sampled_from([95_400, 2 * DAY, 3 * DAY]))
    moments = datetime.fromtimestamp(BASE + start, UTC), datetime.fromtimestamp(BASE + end, UTC)
    period = (moments[0].date(), moments[1].date() + timedelta(days=1)) if stream in BY_DAY else moments
    return model, draw(runs()), period


def truth_of(stream: str, model: Model, period: tuple[date, date], now: int) -> list[Key]:
    """What is to be there of what is over by `now`."""
    start, end = period
    if stream in BY_DAY:
        return day_truth(model, start, end, now)
    assert isinstance(start, datetime) and isinstance(end, datetime)
    until = min(end, datetime.fromtimestamp(now, UTC))
    return sorted(TRUTHS[stream](model, start, until)) if start < until else []


def found_in(place: Place, stream: str) -> list[Key]:
    if stream not in BY_DAY:
        return sorted(keys_of(place.rows(stream), stream))
    rows = place.rows(stream)
    return sorted((row["account"], row["tracker_id"], int(row["time"].timestamp()), int(row[stream])) for row in rows)


def check(found: list[Key], truth: list[Key], coverage: Coverage, now: datetime) -> None:
    moments = [(key, datetime.fromtimestamp(key[2], UTC)) for key in truth]
    excused = (*coverage.holes, *coverage.young)
    for key, moment in moments:
        if key not in found:
            assert any(
                hole.account == key[0] and hole.tracker_id in (key[1], None) and moment in hole.range
                for hole in excused
            ), f"{key} is missing, and nothing says so:\n{coverage}"
    assert not any(count > 1 for count in (Counter(found) - Counter(truth)).values())
    assert coverage.rows == len(found)
    for (account, _), parts in coverage.complete.items():
        assert all(part.end <= now for part in parts)
        if coverage.asked_of(account).end > now:
            assert not coverage.is_complete


async def prove(data: st.DataObject, stream: str, place: Place) -> None:
    model, plan, period = data.draw(cases(stream), "case")
    model.now = BASE - HOUR
    clock = {"off": 0, "told": True}

    def make(**options: object) -> Harvest:
        made: Harvest = getattr(Harvests(model.callers()), stream)(start=period[0], end=period[1], workers=2, **options)
        true = model.now
        assert true is not None
        own = datetime.fromtimestamp(true + clock["off"], UTC)
        made._spec = replace(made._spec, increments=Increments(clock=lambda: own))
        return made

    states = model._states
    model._states = lambda fleet, params: states(fleet, params) if clock["told"] else {"states": {}}  # type: ignore[method-assign]
    for run in plan:
        model.now += run.after
        clock.update(off=run.own, told=run.told)
        for fleet in model.fleets.values():
            fleet.time_zone = run.zone
        earlier = model.now + min(run.own, 0) if run.told else model.now + run.own
        coverage = await place.write(make()) if run.stop is None else await stopped(place, make, run.stop)
        if coverage is not None:
            now = datetime.fromtimestamp(earlier, UTC)
            check(found_in(place, stream), truth_of(stream, model, period, earlier), coverage, now)
    model.now = BASE + 40 * DAY
    clock.update(off=0, told=True)
    for wait in (0, 60):
        model.now += wait
        coverage = await place.write(make())
        assert found_in(place, stream) == truth_of(stream, model, period, model.now)
        assert coverage.rows == len(found_in(place, stream))
        assert not (coverage.waiting or coverage.young or coverage.failed), str(coverage)


NINE = ("tracks", "events", "trips", "trip_points", "sensors", "counters", "mileage", "engine_hours", "raw")


async def prove_on_the_platform(stream: str, place: Place, seed: int) -> None:
    """The same over the whole way, for every stream with a past, on the embedded platform."""
    draw = random.Random(seed)
    world = World(WorldSpec(seed=seed, accounts=2, trackers=4, start=START.date(), days=4, points_per_day=40, late=0.0))
    first, last = (START - timedelta(hours=2)).timestamp(), (END + timedelta(hours=30)).timestamp()
    async with running(world, FREE) as (platform, harvests):
        make = getattr(harvests, stream)
        for moment in sorted(draw.uniform(first, last) for _ in range(4)):
            platform.now = datetime.fromtimestamp(int(moment), UTC)
            off = draw.choice([timedelta(0), -timedelta(hours=7), timedelta(days=2)])
            now = min(platform.now, platform.now + off)
            made = make(start=START, end=END, workers=3)
            clock = Increments(clock=partial(datetime.fromtimestamp, (platform.now + off).timestamp(), UTC))
            made._spec = replace(made._spec, increments=clock)
            coverage = await place.write(made)
            assert coverage.rows == len(place.rows(stream))
            ahead = any(coverage.asked_of(label).end > now for label in {key[0] for key in coverage.complete})
            assert bool(coverage.waiting) is ahead and not coverage.failed
        platform.now = world.settled + timedelta(days=10)
        for _ in range(2):
            made = make(start=START, end=END, workers=3)
            coverage = await place.write(made)
            assert not (coverage.waiting or coverage.young or coverage.failed)
            WORLDS[stream](place.rows(stream), world)


@pytest.mark.parametrize(("stream", "kind"), [(stream, KINDS[at % 3]) for at, stream in enumerate(NINE)])
async def test_every_stream_with_a_past_on_the_platform(stream: str, kind: str, tmp_path: Path) -> None:
    await prove_on_the_platform(stream, Place(kind, tmp_path), 5)


@pytest.mark.proof
@pytest.mark.parametrize("kind", ["parquet", "ndjson", "duckdb", "postgres"])
@pytest.mark.parametrize("stream", NINE)
async def test_every_stream_in_every_place(stream: str, kind: str, server: str, tmp_path: Path) -> None:
    with servers.schema(server) as schema:
        await prove_on_the_platform(stream, Place(kind, tmp_path, server, schema), 11)


QUICK = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LONG = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def search(data: st.DataObject, stream: str) -> None:
    with tempfile.TemporaryDirectory() as directory:
        place = Place(data.draw(st.sampled_from(KINDS), "place"), Path(directory))
        hurry.run(prove(data, stream, place))


@pytest.mark.parametrize("stream", STREAMS)
@QUICK
@given(data=st.data())
def test_whatever_the_clocks_say_the_union_is_the_truth(stream: str, data: st.DataObject) -> None:
    search(data, stream)


@pytest.mark.proof
@pytest.mark.parametrize("stream", STREAMS)
@LONG
@given(data=st.data())
def test_whatever_the_clocks_say_the_union_is_the_truth_more_often(stream: str, data: st.DataObject) -> None:
    search(data, stream)
