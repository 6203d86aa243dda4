"""Harvests whose end lies ahead: what is not over waits, what is young is read again, and in the end all is there."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from navixy_async.errors import InvalidRequest
from navixy_async.harvest import Coverage, Harvest, Harvests, Increments
from navixy_async.harvest.report.archive import read_archive
from navixy_async.harvest.report.daily_status import day_tables
from navixy_async.harvest.report.verify import verify
from navixy_async.times import UTC, TimeRange

from ..support.harvest import servers
from ..support.harvest.model import (
    Event,
    Fleet,
    Model,
    Point,
    at,
    data_of,
    event_truth,
    files_of,
    rows_of,
    sec,
    track_truth,
    trip_point_truth,
    trip_truth,
)
from ..support.harvest.places import KINDS, Place
from .test_random_worlds import keys_of

START, END = at("03-10 00:00:00"), at("03-16 12:00:00")

NIGHTS = ("03-11 02:30:00", "03-13 00:00:00", "03-14 23:59:59", "03-16 11:59:59", "03-16 12:30:00", "03-25 00:00:00")

TRUTHS: dict[str, Callable[[Model, datetime, datetime], list[tuple[str, int, int, int]]]] = {
    "tracks": track_truth,
    "events": event_truth,
    "trips": trip_truth,
    "trip_points": trip_point_truth,
}


def world(days: int = 7, late: int = 3000) -> Model:
    """Two accounts; some of what happens arrives a little late."""
    draw = random.Random(5)
    fleets = {}
    for label in ("depot", "küste"):
        fleet = Fleet()
        for tracker in (1, 2):
            seconds = sorted(sec("03-09 22:00:00") + draw.randrange(days * 86_400) for _ in range(120))
            fleet.points[tracker] = [
                Point(second, note, arrives=second + draw.choice((0, 0, late))) for note, second in enumerate(seconds)
            ]
        for number in range(1, 60):
            second = sec("03-09 22:00:00") + draw.randrange(days * 86_400)
            fleet.events.append(Event(second, number, draw.choice((1, 2)), arrives=second + draw.choice((0, 0, late))))
        fleets[label] = fleet
    return Model(fleets, now=0)


def harvest(model: Model, stream: str = "tracks", *, own: int | None = None, **options: Any) -> Harvest:
    """A harvest with an end, by this machine's clock `own`: the platform's if not given."""
    chosen = {"start": START, "end": END, "workers": 2, **options}
    made: Harvest = getattr(Harvests(model.callers()), stream)(**chosen)

    def clock() -> datetime:
        second = model.now if own is None else own
        assert second is not None
        return datetime.fromtimestamp(second, UTC)

    made._spec = replace(made._spec, increments=Increments(clock=clock))
    return made


def run(place: Place, model: Model, now: str, stream: str = "tracks", **options: Any) -> Coverage:
    model.now = sec(now)
    model.asked.clear()
    coverage = asyncio.run(place.write(harvest(model, stream, **options)))
    ahead = [params for _, _, params in model.asked if "to" in params and params["from"] >= at(now)]
    assert not ahead, "what has not happened is asked for by nobody"
    return coverage


@pytest.fixture(params=[*KINDS, "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "postgres":
        dsn = request.getfixturevalue("server")
        with servers.schema(dsn) as schema:
            yield Place("postgres", tmp_path, dsn, schema)
    else:
        yield Place(request.param, tmp_path)


def few_in_plain(cases: Iterable[tuple[str, str]], plain: Collection[tuple[str, str]]) -> list[Any]:
    """The cases, of which only some are in the plain suite."""
    return [pytest.param(*case, marks=() if case in plain else (pytest.mark.proof,)) for case in cases]


PLAIN = [("tracks", "parquet"), ("events", "duckdb"), ("trips", "ndjson"), ("trip_points", "parquet")]

PLAIN += [("tracks", "function"), ("tracks", "postgres")]


@pytest.mark.parametrize(
    ("stream", "place"), few_in_plain(product(TRUTHS, [*KINDS, "postgres"]), PLAIN), indirect=["place"]
)
def test_what_lies_ahead_waits_and_is_brought_by_the_same_harvest_later(stream: str, place: Place) -> None:
    model = world()
    for night in NIGHTS:
        coverage = run(place, model, night, stream)
        now = at(night)
        assert coverage.range == TimeRange(START, END)
        assert coverage.is_complete is (now >= END)
        assert {hole.range for hole in coverage.waiting} == ({TimeRange(now, END)} if now < END else set())
        assert set(coverage.waiting) <= set(coverage.holes)
        assert all(part.end <= now for parts in coverage.complete.values() for part in parts)
        found = keys_of(place.rows(stream), stream)
        assert coverage.rows == len(found)
        if stream in ("tracks", "events"):
            # Of what is asked for, all that had arrived when it was asked for last is there.
            late = {key for key in TRUTHS[stream](model, START, END) if key[2] > (now - timedelta(hours=1)).timestamp()}
            assert set(TRUTHS[stream](model, START, min(now, END))) - set(found) <= late
    assert sorted(found) == sorted(TRUTHS[stream](model, START, END))
    assert not coverage.young and coverage.is_complete
    assert run(place, model, "03-26 00:00:00", stream).is_complete
    assert place.kind == "function" or not model.asked, "a finished harvest asks nothing"


def test_a_harvest_wholly_ahead_waits(place: Place) -> None:
    model = world()
    coverage = run(place, model, "03-09 23:00:00")
    assert {hole.range for hole in coverage.waiting} == {TimeRange(START, END)} and len(coverage.waiting) == 4
    assert not coverage.failed and not coverage.is_complete and coverage.rows == 0
    assert "waiting: 4" in str(coverage) and coverage.to_json()["waiting"][0]["reason"]
    assert model.count("track/read") == 0
    run(place, model, "03-25 00:00:00")
    assert sorted(keys_of(place.rows("tracks"), "tracks")) == track_truth(model, START, END)


EARLY, LATE = "03-12 06:00:00", "03-20 00:00:00"


@pytest.mark.parametrize(("own", "platform"), [(EARLY, LATE), (LATE, EARLY)])
def test_the_earlier_of_two_clocks_counts(own: str, platform: str, tmp_path: Path) -> None:
    model = world()
    model.now = sec(platform)
    coverage = asyncio.run(harvest(model, own=sec(own)).to_parquet(tmp_path))
    assert {hole.range for hole in coverage.waiting} == {TimeRange(at("03-12 06:00:00"), END)}


def test_what_was_young_is_named_and_read_once_more_without_doubles(place: Place) -> None:
    points = [Point(sec("03-12 23:30:00"), 1), Point(sec("03-12 23:50:00"), 2, arrives=sec("03-13 00:20:00"))]
    model = Model({"one": Fleet({1: [Point(sec("03-12 20:00:00"), 0), *points], 2: []})})
    end = at("03-13 00:00:00")
    first = run(place, model, "03-13 00:10:00", end=end)
    assert first.is_complete and first.rows == 2, "young is not incomplete"
    assert {hole.range for hole in first.young} == {TimeRange(at("03-12 23:10:00"), end)}
    assert not set(first.young) & set(first.holes) and "young: of 2 trackers" in str(first)
    del model.fleets["one"].points[1][1]  # the platform forgets one meanwhile
    second = run(place, model, "03-13 01:30:00", end=end)
    assert (second.rows, second.young, second.is_complete) == (2, (), True)
    assert sorted(key[3] for key in keys_of(place.rows("tracks"), "tracks")) == [0, 2]
    if place.kind != "function":
        asked = [params["from"] for _, path, params in model.asked if path == "track/read"]
        assert asked == [at("03-12 23:09:59")] * 2, "only what was young"


@pytest.mark.parametrize(("look_back", "young_from"), [(0, None), (20, "03-12 23:50:00"), (90, "03-12 22:40:00")])
def test_how_long_rows_are_young_can_be_said(look_back: int, young_from: str | None, tmp_path: Path) -> None:
    model = Model({"one": Fleet({1: [Point(sec("03-12 23:30:00"), 1)]})}, now=sec("03-13 00:10:00"))
    end, now = at("03-13 00:00:00"), at("03-13 00:10:00")
    increments = Increments(look_back=timedelta(minutes=look_back), clock=lambda: now)
    made = Harvests(model.callers()).tracks(start=START, end=end, increments=increments)
    coverage = asyncio.run(made.to_parquet(tmp_path))
    assert coverage.is_complete and coverage.rows == 1
    assert [hole.range for hole in coverage.young] == ([TimeRange(at(young_from), end)] if young_from else [])


def test_rows_stay_if_they_cannot_be_read_once_more(place: Place) -> None:
    if place.kind == "function":
        pytest.skip("it is given everything again")
    model = Model({"one": Fleet({1: [Point(sec("03-12 23:30:00"), 1)]})})
    end = at("03-13 00:00:00")
    run(place, model, "03-13 00:10:00", end=end)
    model.trouble = lambda path, params, _: InvalidRequest(7, "Invalid", operation=path) if "from" in params else None
    failed = run(place, model, "03-13 03:00:00", end=end)
    assert failed.failed and failed.rows == 1 and not failed.is_complete
    assert [key[3] for key in keys_of(place.rows("tracks"), "tracks")] == [1]
    model.trouble = None
    healed = run(place, model, "03-13 04:00:00", end=end)
    assert healed.is_complete and healed.rows == 1 and not healed.young


TEXTS = product(["tracks", "trip_points"], ["csv", "ndjson", "gpx", "geojson", "kml"])


@pytest.mark.parametrize(("stream", "kind"), few_in_plain(TEXTS, [("tracks", "csv"), ("tracks", "gpx")]))
def test_files_of_text_become_those_of_one_harvest(stream: str, kind: str, tmp_path: Path) -> None:
    model = world()
    for fleet in model.fleets.values():
        for points in fleet.points.values():
            for point in points:
                point.members |= {"lat": 1.5, "lng": 2.5}
                # What comes late is found as long as it is younger than the look-back when it is read.
                point.arrives = point.second + (3000 if point.second % 3 == 0 and stream == "tracks" else 0)

    def write(folder: Path) -> Coverage:
        return asyncio.run(harvest(model, stream).to_files(folder, kind, resume=True))  # type: ignore[arg-type]

    for night in ("03-11 02:30:00", "03-14 23:59:59", "03-16 12:00:01", "03-25 00:00:00"):
        model.now = sec(night)
        coverage = write(tmp_path / "runs")
        assert verify(tmp_path / "runs").is_sound
    assert coverage.is_complete and coverage.rows > 100
    write(tmp_path / "once")
    assert data_of(tmp_path / "runs") == data_of(tmp_path / "once")


@pytest.mark.parametrize("kind", ["parquet", "csv", "duckdb"])
def test_what_was_read_under_a_clock_that_was_ahead_is_read_again(kind: str, tmp_path: Path) -> None:
    model, place = world(late=0), Place(kind, tmp_path)
    model._states = lambda fleet, params: {"states": {}}  # type: ignore[method-assign]

    def write(true: str, own: str) -> Coverage:
        model.now = sec(true)
        made = harvest(model, own=sec(own))
        return asyncio.run(made.to_files(tmp_path / "csv", "csv", resume=True) if kind == "csv" else place.write(made))

    first = write("03-12 06:00:00", "03-20 00:00:00")
    assert first.is_complete, "nobody can know better"
    second = write("03-13 06:00:00", "03-13 06:00:00")
    assert {hole.range for hole in second.waiting} == {TimeRange(at("03-13 06:00:00"), END)}
    assert second.rows == len(track_truth(model, START, at("03-13 06:00:00")))
    third = write("03-25 00:00:00", "03-25 00:00:00")
    assert third.is_complete and third.rows == len(track_truth(model, START, END))
    if kind != "csv":
        assert sorted(keys_of(place.rows("tracks"), "tracks")) == track_truth(model, START, END)
    assert kind == "duckdb" or verify(tmp_path / ("csv" if kind == "csv" else "out")).is_sound


def test_iteration_and_frames_stop_at_the_clock(tmp_path: Path) -> None:
    model = world()
    model.now = sec("03-12 06:00:00")
    made = harvest(model)
    table = asyncio.run(made.to_arrow())
    assert table.num_rows == len(track_truth(model, START, at("03-12 06:00:00"))) > 0
    assert made.coverage is not None and len(made.coverage.waiting) == 4


def test_what_waits_is_shown_of_the_directory(tmp_path: Path) -> None:
    model = world()
    run(Place("parquet", tmp_path), model, "03-12 06:00:00", end=datetime(2999, 1, 1, tzinfo=UTC))
    stored = read_archive(tmp_path / "out")["tracks"]
    assert not stored.is_complete and stored.finished
    assert [kind for kind, _ in stored.holes()] == ["waiting"] * 4
    assert len(stored.coverage.young) == 4
    tables = list(day_tables(tmp_path / "out", stored))
    assert len(tables) == 2 and all(30 < len(table.days) < 40 for table in tables), "not all days till 2999"


def test_days_that_may_change_are_not_called_whole(tmp_path: Path) -> None:
    model = world()
    run(Place("parquet", tmp_path), model, "03-13 00:30:00")
    files = read_archive(tmp_path / "out")["tracks"].files
    whole = {file.day.isoformat(): file.whole for file in files}
    assert whole["2026-03-11"] and not whole["2026-03-12"]
    assert len(rows_of(tmp_path / "out", "tracks", "mileage")) == sum(file.rows for file in files)
    assert "manifest.json" in files_of(tmp_path / "out")
