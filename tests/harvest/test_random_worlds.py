"""Random worlds: whatever the platform's limits and troubles, and wherever a harvest is stopped, each row comes once.

In the end, the union of what was written is the truth, which the tests work out from the world themselves. While there
was trouble, every row that is missing lies in a hole that the coverage names.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from navixy_async.errors import ApiError, AttemptTimedOut, ConnectionLost, RateLimited, ServerFault
from navixy_async.harvest import Coverage, Harvest, Harvests, Hole
from navixy_async.harvest.report.coverage import CLOCK_BACK
from navixy_async.harvest.streams.trips import AMBIGUOUS_END
from navixy_async.paging.intervals import IntervalSet
from navixy_async.times import TimeRange

from ..support.harvest import hurry
from ..support.harvest.model import Model, event_truth, track_truth, trip_point_truth, trip_truth
from ..support.harvest.places import KINDS, Place, Row
from ..support.harvest.power import PowerCut
from ..support.harvest.worlds import periods, worlds

Key = tuple[str, int, int, int]

STREAMS: Mapping[str, tuple[str, str, Callable[[Model, datetime, datetime], list[Key]]]] = {
    "tracks": ("time", "mileage", track_truth),
    "events": ("time", "id", event_truth),
    "trips": ("start_time", "points", trip_truth),
    "trip_points": ("trip_start", "mileage", trip_point_truth),
}
"""The column of the time, one that tells rows of a moment apart, and the truth."""

TROUBLES: Mapping[str, Callable[[str], BaseException | bytes]] = {
    "429": lambda path: RateLimited(15, "Too many requests", http_status=429, operation=path),
    "503": lambda path: ServerFault(8, "Queue is full", http_status=503, operation=path),
    "reset": lambda path: ConnectionLost("reset", operation=path),
    "silence": lambda path: AttemptTimedOut("silent", operation=path),
    "cut": lambda _: b'{"success": true, "list": [{"id": 5, "get_ti',
    "too large": lambda path: ApiError(9, "Too large request", http_status=412, operation=path),
}


@dataclass(frozen=True)
class Stop:
    """How a run is ended early: cancelled after so many items, or by a power cut after so many steps of the disk."""

    how: str
    when: int


STOPS = st.lists(st.builds(Stop, st.sampled_from(["cancel", "power"]), st.integers(0, 25)), max_size=2)


async def stopped(place: Place, make: Callable[..., Harvest], stop: Stop) -> Coverage | None:
    """A run that is stopped, if it comes that far."""
    with pytest.MonkeyPatch.context() as patch:
        cut = stop.how == "power" and place.kind != "function"
        with place.power_for(stop.when, patch) if cut else nullcontext():
            task: asyncio.Task[Coverage] | None = None

            def told(progress: Any) -> None:
                if not cut and progress.items_done > stop.when and task is not None:
                    task.cancel()

            async def work() -> Coverage:
                return await place.write(make(progress=told))

            task = asyncio.create_task(work())
            try:
                return await task
            except (PowerCut, asyncio.CancelledError):
                return None


def keys_of(rows: Iterable[Row], stream: str) -> list[Key]:
    time, key, _ = STREAMS[stream]
    return [(row["account"], row["tracker_id"], int(row[time].timestamp()), int(row[key])) for row in rows]


def check(found: Iterable[Key], truth: Iterable[Key], coverage: Coverage) -> None:
    """Nothing twice, nothing made up, and what is missing has a hole."""
    # Where a clock without offsets goes back, nobody could tell, and where the tariff's store begins, trips are cut.
    told = [hole for hole in coverage.gaps if hole.reason in (CLOCK_BACK, AMBIGUOUS_END)] + list(coverage.clipped)
    there, right = (Counter(key for key in keys if not any(_in(key, hole) for hole in told)) for keys in (found, truth))
    assert not there - right, "rows that are not, or too often"
    holes = coverage.failed + coverage.gaps + coverage.clipped
    for key in right - there:
        assert any(_in(key, hole) for hole in holes), f"{key} is missing, and nothing says so:\n{coverage}"
        assert not any(_moment(key) in part for part in coverage.complete.get(key[:2], ()))


def _in(key: Key, hole: Hole) -> bool:
    return hole.account == key[0] and hole.tracker_id in (key[1], None) and _moment(key) in hole.range


def _moment(key: Key) -> datetime:
    return datetime.fromtimestamp(key[2], UTC)


BASES = [datetime(2026, month, day, 21, 30, tzinfo=UTC) for month, day in ((3, 14), (3, 27), (10, 23))]
"""Three days without anything, with an hour that is left out in Europe, and with one that comes twice."""
TWICE = IntervalSet([TimeRange(datetime(2026, 10, 25, 0, tzinfo=UTC), datetime(2026, 10, 25, 2, tzinfo=UTC))])
"""What happens twice by Berlin's clock."""


@st.composite
def jobs(draw: st.DrawFn, stream: str) -> tuple[Model, datetime, datetime]:
    base = int(draw(st.sampled_from(BASES)).timestamp())
    model = draw(worlds(base))
    start, end = draw(periods(base))
    model.history_limit = draw(st.one_of(st.integers(2, 8), st.integers(9, 1000)))
    model.naive = draw(st.booleans())
    if model.naive:
        model.zone = draw(st.sampled_from(["Europe/Berlin", "Asia/Kathmandu", "America/New_York", "Asia/Calcutta"]))
    for fleet in model.fleets.values():
        fleet.time_zone = model.zone
    if stream in ("trips", "trip_points") and model.max_span is not None:
        # An hour around every window is asked for.
        model.max_span = max(model.max_span, timedelta(hours=7))
    if stream != "events":
        model.kept_since = draw(st.sampled_from([None, None, base + 50_000]))
    return model, start, end


async def prove(data: st.DataObject, stream: str, job: tuple[Model, datetime, datetime], directory: Path) -> None:
    model, start, end = job
    window = data.draw(st.sampled_from([None, timedelta(days=1), timedelta(hours=5)]), "window")
    workers = data.draw(st.integers(1, 4), "workers")
    place = Place(data.draw(st.sampled_from(KINDS), "place"), directory)
    troubles = data.draw(st.dictionaries(st.integers(3, 60), st.sampled_from(sorted(TROUBLES)), max_size=8), "troubles")
    truth = STREAMS[stream][2](model, start, end)

    def make(**options: Any) -> Harvest:
        harvest: Harvest = getattr(Harvests(model.callers()), stream)(
            start=start, end=end, window=window, workers=workers, **options
        )
        return harvest

    def trouble(path: str, params: Mapping[str, Any], number: int) -> BaseException | bytes | None:
        return TROUBLES[troubles[number]](path) if number in troubles and "from" in params else None

    model.trouble = trouble
    for stop in data.draw(STOPS, "stops"):
        coverage = await stopped(place, make, stop)
        if coverage is not None:
            check(keys_of(place.rows(stream), stream), truth, coverage)
    coverage = await place.write(make())
    check(keys_of(place.rows(stream), stream), truth, coverage)
    model.trouble = None
    coverage = await place.write(make())
    check(keys_of(place.rows(stream), stream), truth, coverage)
    assert not coverage.clipped or model.kept_since is not None
    doubts = {CLOCK_BACK, AMBIGUOUS_END} if model.naive and start.month == 10 else set()
    # A page that begins in the second of two such hours cannot be told from one that goes back: a hole, and named.
    lost = [
        hole for hole in coverage.failed if not (doubts and stream == "events" and IntervalSet([hole.range]) & TWICE)
    ]
    assert not lost, "nothing is left to be asked for again"
    assert stream == "events" or {hole.reason for hole in coverage.gaps} <= doubts
    assert coverage.rows == len(place.rows(stream))


QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("stream", STREAMS)
@QUICK
@given(data=st.data())
def test_the_union_of_what_was_written_is_the_truth(stream: str, data: st.DataObject) -> None:
    job = data.draw(jobs(stream), "job")
    with tempfile.TemporaryDirectory() as directory:
        hurry.run(prove(data, stream, job, Path(directory)))
