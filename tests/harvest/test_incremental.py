"""A harvest without an end: every run brings what is new, what failed and what came late, and the files are right."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.errors import AuthError, InvalidInput, InvalidRequest, ServerFault
from navixy_async.harvest import Coverage, Harvest, Harvests, Increments, WriteFailed
from navixy_async.harvest.plan.due import GONE, LEFT
from navixy_async.harvest.report.verify import verify
from navixy_async.harvest.state.ledger import Ledger
from navixy_async.times import UTC, TimeRange

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
    stopped_at,
    track_truth,
)
from ..support.harvest.power import PowerCut, power_for_files

START = at("03-10 06:00:00")

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

WAITS = (DAY, 3 * DAY, 7 * DAY)


class Clock:
    """This machine's clock, told what to say."""

    def __init__(self, model: Model) -> None:
        self.model = model

    def __call__(self) -> datetime:
        assert self.model.now is not None
        return datetime.fromtimestamp(self.model.now, UTC)


def world(trackers: int = 3, points: int = 60, days: int = 6) -> Model:
    """Two accounts; a third of what happens arrives late, up to three days."""
    draw = random.Random(11)
    fleets = {}
    for label in ("depot", "küste"):
        fleet = Fleet()
        for tracker in range(1, trackers + 1):
            seconds = sorted(sec("03-10 05:00:00") + draw.randrange(days * 86_400) for _ in range(points))
            fleet.points[tracker] = [
                Point(second, note, arrives=_arrival(draw, second)) for note, second in enumerate(seconds)
            ]
        for number in range(1, 80):
            second = sec("03-10 05:00:00") + draw.randrange(days * 86_400)
            fleet.events.append(Event(second, number, draw.randint(1, trackers), arrives=_arrival(draw, second)))
        fleets[label] = fleet
    return Model(fleets, history_limit=10, now=sec("03-10 06:00:00"))


def _arrival(draw: random.Random, second: int) -> int:
    return second + draw.choice((0, 0, 0, 1800, 20_000, 3 * 86_400 - 1))


def harvest(model: Model, stream: str = "tracks", **options: Any) -> Harvest:
    settings = Increments(clock=Clock(model), rereads=options.pop("rereads", WAITS))
    make: Callable[..., Harvest] = getattr(Harvests(model.callers()), stream)
    return make(start=START, workers=3, increments=settings, **options)


def run(model: Model, now: str | int, directory: Path, stream: str = "tracks", **options: Any) -> Coverage:
    model.now = sec(now) if isinstance(now, str) else now
    return asyncio.run(harvest(model, stream, **options).to_parquet(directory, resume=True))


def whole(model: Model, directory: Path, stream: str = "tracks") -> dict[str, bytes]:
    """The files of one undisturbed harvest of the same range, without the manifest."""
    assert model.now is not None
    make = getattr(Harvests(model.callers()), stream)
    asyncio.run(make(start=START, end=datetime.fromtimestamp(model.now, UTC)).to_parquet(directory))
    return data_of(directory)


@pytest.mark.parametrize("stream", ["tracks", "events"])
def test_runs_end_with_the_files_of_one_harvest(stream: str, tmp_path: Path) -> None:
    model = world()
    truth = track_truth if stream == "tracks" else event_truth
    nights = [f"03-{day} 01:30:00" for day in range(11, 24)]
    late = 0
    for night in nights:
        coverage = run(model, night, tmp_path / "runs", stream)
        late += coverage.late_rows
        assert coverage.is_complete and coverage.range == TimeRange(START, at(night))
        assert set(coverage.bookmarks.values()) == {at(night)}
        assert verify(tmp_path / "runs").is_sound
    assert late > 10
    assert data_of(tmp_path / "runs") == whole(model, tmp_path / "whole", stream)
    found = rows_of(tmp_path / "runs", stream, "mileage" if stream == "tracks" else "id")
    assert len(found) == len(truth(model, START, at(nights[-1]))) > 150


def test_late_rows_are_counted_once_and_files_without_news_stay_as_they_are(tmp_path: Path) -> None:
    model = Model({"one": Fleet({1: [Point(sec("03-10 12:00:00"), 1), Point(sec("03-10 13:00:00"), 2)]})})
    model.fleets["one"].points[1].insert(1, Point(sec("03-10 12:30:00"), 3, arrives=sec("03-11 12:00:00")))
    assert run(model, "03-11 02:00:00", tmp_path).late_rows == 0
    (path,) = tmp_path.rglob("*.parquet")
    before = path.stat()
    assert run(model, "03-11 03:00:00", tmp_path).late_rows == 0
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    found = run(model, "03-12 02:00:00", tmp_path)
    assert (found.late_rows, found.rows) == (1, 3)
    assert "1 rows turned up in ranges that had been read before" in str(found)
    assert [row[3] for row in rows_of(tmp_path, "tracks", "mileage")] == [1, 3, 2]
    assert run(model, "03-12 03:00:00", tmp_path).late_rows == 0


def test_a_run_asks_only_for_what_is_due(tmp_path: Path) -> None:
    model = world(trackers=2)
    run(model, "03-14 09:00:00", tmp_path)
    model.asked.clear()
    run(model, "03-14 09:15:00", tmp_path)
    asked = [
        (params["from"] + timedelta(seconds=1), params["to"]) for _, path, params in model.asked if path == "track/read"
    ]
    assert asked == [(at("03-14 08:00:00"), at("03-14 09:15:00"))] * 4


def test_rows_that_are_gone_on_the_platform_go_from_the_files_where_their_window_was_read_again(tmp_path: Path) -> None:
    model = Model({"one": Fleet({1: [Point(sec("03-10 12:00:00"), 1)], 2: [Point(sec("03-11 12:00:00"), 2)]})})
    run(model, "03-11 02:00:00", tmp_path)
    assert len(list(tmp_path.rglob("*.parquet"))) == 1
    model.fleets["one"].points[1].clear()
    run(model, "03-12 02:00:00", tmp_path)
    assert [row[1] for row in rows_of(tmp_path, "tracks", "mileage")] == [2], "an empty day has no file"
    assert verify(tmp_path).is_sound


def test_events_never_go_away(tmp_path: Path) -> None:
    model = Model({"one": Fleet({1: []}, [Event(sec("03-10 12:00:00"), 1, 1), Event(sec("03-10 13:00:00"), 2, 1)])})
    run(model, "03-11 02:00:00", tmp_path, "events")
    del model.fleets["one"].events[0]
    model.fleets["one"].events[0].members["message"] = "corrected"
    run(model, "03-12 02:00:00", tmp_path, "events")
    assert [row[3] for row in rows_of(tmp_path, "events", "id")] == [1, 2]


def test_new_trackers_and_accounts_begin_at_the_beginning_and_those_that_are_gone_are_named_once(
    tmp_path: Path,
) -> None:
    model = world(trackers=2)
    run(model, "03-12 09:00:00", tmp_path)
    model.fleets["depot"].points[7] = [Point(sec("03-10 12:00:00"), 70)]
    model.fleets["new"] = Fleet({9: [Point(sec("03-11 12:00:00"), 90)]})
    del model.fleets["küste"].points[2]
    told = run(model, "03-12 10:00:00", tmp_path)
    assert [(hole.account, hole.tracker_id, hole.reason) for hole in told.gaps] == [("küste", 2, GONE)]
    assert told.gaps[0].range == TimeRange(at("03-12 09:00:00"), at("03-12 10:00:00"))
    assert not told.failed
    notes = [row[3] for row in rows_of(tmp_path, "tracks", "mileage")]
    assert {70, 90} <= set(notes)
    assert any(row[:2] == ("küste", 2) for row in rows_of(tmp_path, "tracks", "mileage")), "what was read stays"
    assert run(model, "03-12 11:00:00", tmp_path).is_complete


def test_a_tracker_that_was_asked_for_by_its_id_may_be_gone_but_not_never_have_been(tmp_path: Path) -> None:
    model = world(trackers=2)
    run(model, "03-12 09:00:00", tmp_path, trackers=[1, 2])
    for fleet in model.fleets.values():
        del fleet.points[2]
    assert {hole.tracker_id for hole in run(model, "03-12 10:00:00", tmp_path, trackers=[1, 2]).gaps} == {2}
    with pytest.raises(InvalidInput, match="unknown tracker 5"):
        run(model, "03-12 10:00:00", tmp_path / "other", trackers=[1, 5])


def test_what_failed_is_asked_for_by_the_next_run(tmp_path: Path) -> None:
    model = world()
    model.trouble = lambda path, params, _: (
        InvalidRequest(7, "Invalid parameters", operation=path) if params.get("tracker_id") == 2 else None
    )
    told = run(model, "03-12 09:00:00", tmp_path)
    assert {(hole.tracker_id, hole.range) for hole in told.failed} == {(2, TimeRange(START, at("03-12 09:00:00")))}
    assert {tracker for (_, tracker), mark in told.bookmarks.items() if mark == START} == {2}
    model.trouble = None
    assert run(model, "03-12 10:00:00", tmp_path).is_complete
    run(model, "03-22 10:00:00", tmp_path)
    assert data_of(tmp_path) == whole(model, tmp_path / "whole")


def test_an_account_that_is_refused_is_named_tracker_by_tracker_and_goes_on_when_it_is_let_in_again(
    tmp_path: Path,
) -> None:
    model = world(trackers=2)
    run(model, "03-12 09:00:00", tmp_path)
    real = model.answer

    def answer(label: str, path: str, params: Mapping[str, Any]) -> bytes:
        if label == "depot":
            raise AuthError(4, "User not found or session ended", operation=path)
        return real(label, path, params)

    model.answer = answer  # type: ignore[method-assign]
    for end in ("03-12 10:00:00", "03-12 11:00:00"):
        told = run(model, end, tmp_path)
        holes = {(hole.account, hole.tracker_id, hole.code) for hole in told.failed}
        assert holes == {("depot", 1, 4), ("depot", 2, 4)}
        assert all(hole.range == TimeRange(at("03-12 09:00:00"), at(end)) for hole in told.failed)
    del model.answer
    assert run(model, "03-12 12:00:00", tmp_path).is_complete


def test_another_harvest_is_refused_with_the_difference(tmp_path: Path) -> None:
    model = world()
    run(model, "03-12 09:00:00", tmp_path)
    with pytest.raises(InvalidInput, match="already holds a harvest of tracks; resume it"):
        asyncio.run(harvest(model).to_parquet(tmp_path))
    other = Harvests(model.callers()).tracks(start=START + HOUR)
    with pytest.raises(InvalidInput, match=r"start was 2026-03-10T06:00:00\+00:00 and is now 2026-03-10T07"):
        asyncio.run(other.to_parquet(tmp_path, resume=True))
    ended = Harvests(model.callers()).tracks(start=START, end=START + DAY)
    with pytest.raises(InvalidInput, match=r"end was open and is now 2026-03-11T06"):
        asyncio.run(ended.to_parquet(tmp_path, resume=True))
    with pytest.raises(InvalidInput, match=r"the harvest begins at .* and it is .* now"):
        run(model, "03-10 05:00:00", tmp_path / "early")


@pytest.mark.parametrize("news", [[], [Point(sec("03-10 12:50:00"), 2)]])
def test_a_file_that_somebody_took_away_is_missed_before_its_rows_are_lost(news: list[Point], tmp_path: Path) -> None:
    model = Model({"one": Fleet({1: [Point(sec("03-10 12:00:00"), 1)]})})
    run(model, "03-10 13:00:00", tmp_path)
    (path,) = tmp_path.rglob("*.parquet")
    kept = path.read_bytes()
    path.unlink()
    model.fleets["one"].points[1] += news
    for _ in range(2):
        with pytest.raises(
            WriteFailed, match=r"part-0.parquet is missing, and rows that were read would be lost: put it"
        ):
            run(model, "03-10 14:00:00", tmp_path)
    path.write_bytes(kept)
    assert run(model, "03-10 15:00:00", tmp_path).is_complete
    assert len(rows_of(tmp_path, "tracks", "mileage")) == 1 + len(news)


def test_a_file_that_somebody_put_back_from_earlier_is_noticed(tmp_path: Path) -> None:
    model = Model({"one": Fleet({1: [Point(sec("03-10 12:00:00"), 1)]})})
    run(model, "03-10 13:00:00", tmp_path)
    (path,) = tmp_path.rglob("*.parquet")
    old = path.read_bytes()
    model.fleets["one"].points[1].append(Point(sec("03-10 13:30:00"), 2))
    run(model, "03-10 15:00:00", tmp_path)
    new = path.read_bytes()
    path.write_bytes(old)
    with pytest.raises(WriteFailed, match=r"part-0.parquet is not as it was written, and rows that were read would be"):
        run(model, "03-10 16:00:00", tmp_path)
    path.write_bytes(new)
    assert run(model, "03-10 17:00:00", tmp_path).is_complete
    assert len(rows_of(tmp_path, "tracks", "mileage")) == 2


def test_what_was_whole_stays_whole_when_the_tariff_forgets_it(tmp_path: Path) -> None:
    model = Model({"one": Fleet({1: [Point(sec("03-10 12:00:00"), 1), Point(sec("03-11 12:00:00"), 2)]})})
    assert run(model, "03-11 13:00:00", tmp_path).is_complete
    model.kept_since = sec("03-13 00:00:00")
    for now in ("03-13 02:00:00", "03-15 02:00:00", "03-19 02:00:00"):
        told = run(model, now, tmp_path)
        # Not before the 13th was the time after the first run asked for, and some of it was forgotten by then.
        assert [hole.range.start for hole in told.clipped] == [at("03-11 13:00:00")]
        assert set(told.bookmarks.values()) == {at("03-11 13:00:00")}
    assert len(rows_of(tmp_path, "tracks", "mileage")) == 2


def test_a_tracker_that_is_gone_is_named_by_the_run_that_comes_to_its_end_with_all_that_was_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = world(trackers=2)
    model.trouble = lambda path, params, _: (
        InvalidRequest(7, "Invalid parameters", operation=path) if params.get("tracker_id") == 2 else None
    )
    run(model, "03-12 09:00:00", tmp_path)
    model.trouble = None
    for fleet in model.fleets.values():
        del fleet.points[2]
    with power_for_files(6, monkeypatch), pytest.raises(PowerCut):
        run(model, "03-12 10:00:00", tmp_path)
    told = run(model, "03-12 11:00:00", tmp_path)
    assert {(hole.account, hole.tracker_id, hole.reason) for hole in told.gaps} == {
        ("depot", 2, GONE),
        ("küste", 2, GONE),
    }
    assert {hole.range for hole in told.gaps} == {TimeRange(START, at("03-12 11:00:00"))}
    assert run(model, "03-12 12:00:00", tmp_path).is_complete


def test_an_account_that_is_left_out_is_named_once_and_may_come_back(tmp_path: Path) -> None:
    model = world(trackers=2)
    run(model, "03-12 09:00:00", tmp_path)
    away = model.fleets.pop("küste")
    told = run(model, "03-12 10:00:00", tmp_path)
    assert {(hole.account, hole.tracker_id, hole.reason) for hole in told.gaps} == {
        ("küste", 1, LEFT),
        ("küste", 2, LEFT),
    }
    assert run(model, "03-12 11:00:00", tmp_path).is_complete
    model.fleets["küste"] = away
    assert run(model, "03-24 12:00:00", tmp_path).is_complete
    assert data_of(tmp_path) == whole(model, tmp_path / "whole")


async def test_two_that_begin_at_once_do_not_both_write(tmp_path: Path) -> None:
    model = world(trackers=2)
    model.now = sec("03-12 09:00:00")
    other = harvest(model, trackers=[1])
    begun = False

    async def pause() -> None:
        nonlocal begun
        if not begun and model.count("tracker/list"):
            begun = True
            await other.to_parquet(tmp_path, resume=True)

    model.pause = pause
    with pytest.raises(InvalidInput, match=r"another harvest began in .* meanwhile: resume it, or choose another"):
        await harvest(model).to_parquet(tmp_path, resume=True)


def test_files_of_a_run_that_was_killed_are_not_called_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = world()
    with power_for_files(10, monkeypatch), pytest.raises(PowerCut):
        run(model, "03-12 09:00:00", tmp_path)
    with Reading(tmp_path) as ledger:
        assert ledger.pending_days()
    model.trouble = lambda path, params, _: ServerFault(1, "Database error", operation=path)
    with pytest.raises(ServerFault):
        run(model, "03-12 10:00:00", tmp_path, patience=0)
    with Reading(tmp_path) as ledger:
        assert ledger.files() and not any(file.whole for file in ledger.files())


class Reading:
    """The ledger of a directory, to look at."""

    def __init__(self, directory: Path) -> None:
        self.ledger = Ledger(directory / ".navixy-harvest" / "tracks" / "ledger.sqlite", read_only=True)

    def __enter__(self) -> Ledger:
        return self.ledger

    def __exit__(self, *_: object) -> None:
        self.ledger.close()


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin"])
@pytest.mark.parametrize("naive", [False, True])
def test_the_earlier_of_two_clocks_counts(
    zone: str, naive: bool, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    model = world()
    model.zone, model.naive, model.now = zone, naive, sec("03-12 09:00:00")
    for fleet in model.fleets.values():
        fleet.time_zone = zone
    fast = Increments(clock=lambda: at("03-12 09:30:00"))
    job = Harvests(model.callers()).tracks(start=START, increments=fast)
    assert asyncio.run(job.to_parquet(tmp_path)).range.end == at("03-12 09:00:00")
    assert "this machine's clock is 1800 s ahead of the platform's" in caplog.text
    slow = Increments(clock=lambda: at("03-12 08:00:00"))
    job = Harvests(model.callers()).tracks(start=START, increments=slow)
    assert asyncio.run(job.to_parquet(tmp_path, resume=True)).range.end == at("03-12 08:00:00")
    assert "this machine's clock is 3600 s behind the platform's" in caplog.text


def test_clocks_that_jump_back_and_forth_lose_nothing(tmp_path: Path) -> None:
    model = world()
    told, draw = sec("03-11 09:00:00"), random.Random(3)
    for _ in range(12):
        model.now = told = told + 20_000
        wrong = datetime.fromtimestamp(told + draw.choice((-90_000, -7_000, 0, 7_000, 900_000)), UTC)
        wrong = max(wrong, START + HOUR)
        asyncio.run(
            Harvests(model.callers())
            .tracks(start=START, increments=Increments(clock=stopped_at(wrong), rereads=WAITS))
            .to_parquet(tmp_path, resume=True)
        )
    run(model, "03-29 09:00:00", tmp_path)
    assert data_of(tmp_path) == whole(model, tmp_path / "whole")


@pytest.mark.parametrize("stream", ["tracks", "events"])
def test_a_power_cut_at_any_step_of_a_run_does_no_harm(
    stream: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = world(trackers=2, points=30, days=3)
    draw, now = random.Random(9), sec("03-11 01:00:00")
    while now < sec("03-22 00:00:00"):
        for _ in range(3):
            with power_for_files(draw.randrange(1, 30), monkeypatch):
                try:
                    run(model, now, tmp_path / "runs", stream)
                except PowerCut:
                    now += 300
                    continue
            break
        now += 40_000
        if stream == "tracks" and now > sec("03-15 00:00:00"):
            # A day may lose all its points on the platform, and so its file.
            model.fleets["depot"].points[1] = []
            model.fleets["depot"].points[2] = [p for p in model.fleets["depot"].points[2] if p.second % 2]
    run(model, now, tmp_path / "runs", stream)
    run(model, now + 12 * 86_400, tmp_path / "runs", stream)
    assert data_of(tmp_path / "runs") == whole(model, tmp_path / "whole", stream)
    assert verify(tmp_path / "runs").is_sound


MOMENTS = st.integers(0, 4 * 86_400) | st.sampled_from([64_800, 64_799, 151_200])

DELAYS = st.sampled_from([0, 0, 60, 3_000, 90_000, 6 * 86_400])


@st.composite
def things(draw: st.DrawFn, most: int) -> list[tuple[int, int]]:
    """When things happened, and when they arrived."""
    found = draw(st.lists(st.tuples(MOMENTS, DELAYS), max_size=most))
    return sorted((int(START.timestamp()) + second, int(START.timestamp()) + second + delay) for second, delay in found)


@st.composite
def late_worlds(draw: st.DrawFn) -> Model:
    """One or two accounts, where much arrives late, but nothing later than the last re-read."""
    fleets = {}
    for label in ("one", "two")[: draw(st.integers(1, 2))]:
        trackers = range(1, 1 + draw(st.integers(1, 3)))
        owners = st.sampled_from(list(trackers))
        fleets[label] = Fleet(
            {
                tracker: [
                    Point(second, note, arrives=arrival) for note, (second, arrival) in enumerate(draw(things(8)))
                ]
                for tracker in trackers
            },
            [
                Event(second, number, draw(owners), arrives=arrival)
                for number, (second, arrival) in enumerate(draw(things(10)), 1)
            ],
        )
    return Model(fleets, edges=draw(st.sampled_from(["[]", "[)", "()"])), history_limit=draw(st.integers(3, 8)))


@settings(max_examples=25, deadline=None)
@given(
    model=late_worlds(),
    steps=st.lists(st.integers(600, 2 * 86_400), min_size=1, max_size=6),
    stream=st.sampled_from(["tracks", "events"]),
)
def test_any_runs_over_any_world_end_with_the_files_of_one_harvest(model: Model, steps: list[int], stream: str) -> None:
    with tempfile.TemporaryDirectory() as directory:
        now = int(START.timestamp())
        for step in steps:
            now += step
            assert run(model, now, Path(directory) / "runs", stream).range.end == datetime.fromtimestamp(now, UTC)
        run(model, now + 12 * 86_400, Path(directory) / "runs", stream)
        assert data_of(Path(directory) / "runs") == whole(model, Path(directory) / "whole", stream)
        assert verify(Path(directory) / "runs").is_sound


def test_text_files_are_made_of_whole_harvests(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="text files need a harvest with an end"):
        asyncio.run(harvest(world()).to_files(tmp_path, "csv"))


def test_without_files_it_is_everything_up_to_now() -> None:
    model = replace(world(), now=sec("03-12 09:00:00"))
    job = harvest(model)
    table = asyncio.run(job.to_arrow())
    assert job.coverage is not None and job.coverage.range.end == at("03-12 09:00:00")
    assert table.num_rows == len(track_truth(model, START, at("03-12 09:00:00"))) > 0


def test_the_forecast_tells_what_the_next_run_asks_for(tmp_path: Path) -> None:
    model = world()
    run(model, "03-12 09:00:00", tmp_path)
    model.now = sec("03-12 10:00:00")
    before = files_of(tmp_path)
    told = asyncio.run(harvest(model).forecast(tmp_path, resume=True))
    assert files_of(tmp_path) == before
    assert {each.span for each in told.accounts} == {timedelta(hours=2) * 3}
    model.asked.clear()
    run(model, model.now, tmp_path)
    assert told.least == len(model.asked)
