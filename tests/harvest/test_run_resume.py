"""Whatever stops a harvest, the same call with resume=True ends with the same bytes, and asks for nothing twice."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from navixy_async.errors import ConnectionLost, InvalidInput, InvalidRequest, ServerFault
from navixy_async.harvest import Coverage, Harvest, Harvests
from navixy_async.harvest.state.ledger import Ledger
from navixy_async.times import TimeRange

from ..support.harvest.kills import lives
from ..support.harvest.model import Event, Fleet, Model, Point, at, files_of, rows_of, sec, track_truth
from ..support.harvest.power import PowerCut, power_for_files

START, END = at("03-16 09:00:00"), at("03-18 17:00:00")


def world(trackers: int = 3, points: int = 40) -> Model:
    """Two accounts; points and events over three days, some of them in the same second."""
    draw = random.Random(5)
    fleets = {}
    for label in ("depot", "küste"):
        fleet = Fleet()
        for tracker in range(1, trackers + 1):
            seconds = sorted(
                draw.choice((draw.randrange(sec("03-16 08:00:00"), sec("03-18 18:00:00")), sec("03-17 12:00:00")))
                for _ in range(points)
            )
            fleet.points[tracker] = [Point(second, note) for note, second in enumerate(seconds)]
        fleet.events = [
            Event(draw.randrange(sec("03-16 08:00:00"), sec("03-18 18:00:00")), number, draw.randint(1, trackers))
            for number in range(1, 60)
        ]
        fleets[label] = fleet
    return Model(fleets, history_limit=10)


def run(model: Model, directory: Path, stream: str = "tracks", **options: Any) -> Coverage:
    """One harvest into the directory."""
    path = {key: options.pop(key) for key in ("resume", "overwrite") if key in options}
    make: Callable[..., Harvest] = getattr(Harvests(model.callers()), stream)
    harvest = make(start=START, end=END, window=timedelta(hours=12), workers=3, **options)
    return asyncio.run(harvest.to_parquet(directory, **path))


def done_so_far(directory: Path, stream: str) -> list[tuple[str, int, TimeRange]]:
    """What the ledger says is done."""
    path = directory / ".navixy-harvest" / stream / "ledger.sqlite"
    if not path.exists():
        return []
    ledger = Ledger(path)
    try:
        return [(work.account, tracker, work.range) for work in ledger.work() for tracker in work.trackers]
    finally:
        ledger.close()


def asked_again(model: Model, done: list[tuple[str, int, TimeRange]]) -> list[Any]:
    """Requests of the model that touch what was done before, but for the second that every window has in addition."""
    again = []
    for label, path, params in model.asked:
        if "from" not in params:
            continue
        trackers = params.get("trackers") or [params["tracker_id"]]
        start = params["from"] + (timedelta(seconds=1) if path == "track/read" else timedelta(0))
        for account, tracker, span in done:
            if account == label and tracker in trackers and start < span.end and params["to"] > span.start:
                again.append((label, params, span))
    return again


@pytest.mark.parametrize("stream", ["tracks", "events"])
def test_a_power_cut_at_any_step_leaves_what_an_undisturbed_run_completes(
    stream: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = world()
    with power_for_files(10**6, monkeypatch) as taken:
        undisturbed = run(model, tmp_path / "whole", stream)
        steps = taken()
    files = files_of(tmp_path / "whole")
    assert undisturbed.is_complete and len(files) == 7 and steps > 40
    # How many items share a commit depends on the moment, so a run has a step more or less than the one before.
    for cut in range(0, steps - 10, 2):
        directory = tmp_path / f"cut-{cut}"
        with power_for_files(cut, monkeypatch), pytest.raises(PowerCut):
            run(model, directory, stream)
        assert "manifest.json" not in files_of(directory) or files_of(directory) == files, "a part that looks whole"
        assert files_of(directory).items() <= files.items(), "a file that is not whole"
        done = done_so_far(directory, stream)
        model.asked.clear()
        resumed = run(model, directory, stream, resume=True)
        assert files_of(directory) == files
        assert not asked_again(model, done)
        assert (resumed.rows, resumed.is_complete) == (undisturbed.rows, True)
        assert resumed.complete == undisturbed.complete


def test_many_cuts_in_a_row_still_end_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = world()
    run(model, tmp_path / "whole")
    directory = tmp_path / "cut"
    draw = random.Random(3)
    for _ in range(1000):
        with power_for_files(draw.randrange(25), monkeypatch):
            try:
                run(model, directory, resume=True)
            except PowerCut:
                continue
        break
    assert files_of(directory) == files_of(tmp_path / "whole")


def test_a_finished_harvest_is_not_asked_for_again(tmp_path: Path) -> None:
    model = world()
    first = run(model, tmp_path)
    files = files_of(tmp_path)
    model.asked.clear()
    again = run(model, tmp_path, resume=True)
    assert model.asked == []
    assert files_of(tmp_path) == files
    assert again == first


def test_how_it_was_asked_for_does_not_show_in_the_files(tmp_path: Path) -> None:
    model = world()
    run(model, tmp_path / "a")
    other = Harvests(model.callers()).tracks(start=START, end=END, window=timedelta(minutes=50), workers=7)
    asyncio.run(other.to_parquet(tmp_path / "b"))
    assert files_of(tmp_path / "a") == files_of(tmp_path / "b")


def test_failed_ranges_are_named_and_asked_for_again(tmp_path: Path) -> None:
    model = world()
    whole = run(model, tmp_path / "whole")

    def trouble(path: str, params: Mapping[str, Any], _: int) -> Exception | None:
        bad = params.get("tracker_id") == 2 and params["from"] > at("03-17 00:00:00")
        return InvalidRequest(7, "Invalid parameters", operation=path) if bad else None

    model.trouble = trouble
    coverage = run(model, tmp_path / "x")
    assert not coverage.is_complete
    assert {(hole.tracker_id, hole.error, hole.code) for hole in coverage.failed} == {(2, "InvalidRequest", 7)}
    assert coverage.rows < whole.rows
    manifest = json.loads((tmp_path / "x" / "manifest.json").read_text())["streams"]["tracks"]
    assert {file["whole"] for file in manifest["files"] if file["date"] >= "2026-03-17"} == {False}
    assert len(manifest["coverage"]["failed"]) == len(coverage.failed)
    model.trouble = None
    done = done_so_far(tmp_path / "x", "tracks")
    model.asked.clear()
    assert run(model, tmp_path / "x", resume=True).is_complete
    assert not asked_again(model, done)
    assert files_of(tmp_path / "x") == files_of(tmp_path / "whole")


def test_the_first_failure_ends_a_harvest_that_is_told_to_raise(tmp_path: Path) -> None:
    model = world()
    run(model, tmp_path / "whole")
    model.asked.clear()
    model.trouble = lambda path, params, number: (
        ServerFault(209, "broken", operation=path) if path == "track/read" and number > 12 else None
    )
    with pytest.raises(ServerFault):
        run(model, tmp_path / "x", on_error="raise", patience=0)
    assert not (tmp_path / "x" / "manifest.json").exists()
    done = done_so_far(tmp_path / "x", "tracks")
    assert done, "what was finished before the failure is kept"
    model.trouble = None
    model.asked.clear()
    run(model, tmp_path / "x", resume=True)
    assert not asked_again(model, done)
    assert files_of(tmp_path / "x") == files_of(tmp_path / "whole")


@pytest.mark.parametrize("requests", [1, 4, 9, 20, 29])
def test_cancelling_keeps_what_is_finished_and_passes_the_cancellation_on(requests: int, tmp_path: Path) -> None:
    model = world()
    run(model, tmp_path / "whole")
    model.asked.clear()

    async def cancelled() -> None:
        enough = asyncio.Event()
        finished = 0

        async def pause() -> None:
            if len(model.asked) >= requests:
                enough.set()
                await asyncio.Event().wait()
            await asyncio.sleep(0)

        def count(progress: Any) -> None:
            nonlocal finished
            finished = progress.items_done

        model.pause = pause
        harvest = Harvests(model.callers()).tracks(
            start=START, end=END, window=timedelta(hours=12), workers=3, progress=count
        )
        task = asyncio.create_task(harvest.to_parquet(tmp_path / "x"))
        await enough.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert task.cancelled()
        assert harvest.coverage is None
        assert len(asyncio.all_tasks()) == 1, "a task was left behind"
        assert len(done_so_far(tmp_path / "x", "tracks")) == finished

    asyncio.run(cancelled())
    model.pause = None
    done = done_so_far(tmp_path / "x", "tracks")
    model.asked.clear()
    run(model, tmp_path / "x", resume=True)
    assert not asked_again(model, done)
    assert files_of(tmp_path / "x") == files_of(tmp_path / "whole")


def test_connection_trouble_that_passes_is_sat_out(tmp_path: Path) -> None:
    model = world()
    hit: set[tuple[str, Any]] = set()

    def trouble(path: str, params: Mapping[str, Any], number: int) -> Exception | None:
        if path != "track/read" or number % 5 or (path, params["from"]) in hit:
            return None
        hit.add((path, params["from"]))
        return ConnectionLost("gone", operation=path)

    model.trouble = trouble
    coverage = run(model, tmp_path)
    assert hit and coverage.is_complete
    assert rows_of(tmp_path, "tracks", "mileage") == track_truth(model, START, END)


def test_another_definition_is_refused_with_the_difference(tmp_path: Path) -> None:
    model = world()
    run(model, tmp_path)
    files = files_of(tmp_path)
    with pytest.raises(InvalidInput, match=r"end was 2026-03-18T17:00:00\+00:00 and is now 2026-03-18T18:00:00\+00:00"):
        harvest = Harvests(model.callers()).tracks(start=START, end=END + timedelta(hours=1))
        asyncio.run(harvest.to_parquet(tmp_path, resume=True))
    with pytest.raises(InvalidInput, match=r"trackers was all and is now \[1, 2\]"):
        asyncio.run(Harvests(model.callers()).tracks([2, 1], start=START, end=END).to_parquet(tmp_path, resume=True))
    with pytest.raises(InvalidInput, match=r"accounts was \[depot, küste\] and is now \[depot\]"):
        asyncio.run(Harvests(model.callers()[:1]).tracks(start=START, end=END).to_parquet(tmp_path, resume=True))
    assert files_of(tmp_path) == files


def test_trackers_that_come_and_go_meanwhile_do_not_change_what_a_harvest_is_about(tmp_path: Path) -> None:
    model = world()
    whole = run(model, tmp_path / "whole")
    model.asked.clear()
    model.trouble = lambda path, params, number: ConnectionLost("gone") if number > 15 else None
    with pytest.raises(ConnectionLost):
        run(model, tmp_path / "x", on_error="raise", patience=0)
    model.trouble = None
    model.fleets["depot"].points[99] = [Point(sec("03-17 12:00:00"), 1)]
    resumed = run(model, tmp_path / "x", resume=True)
    assert resumed.complete == whole.complete
    assert files_of(tmp_path / "x") == files_of(tmp_path / "whole")


CHILD = """
import sys
from pathlib import Path
from tests.support.harvest.kills import deadly
from tests.harvest.test_run_resume import run, world
from navixy_async.harvest.sinks import base

base.PERIOD = 0.02
model = deadly(world(trackers=12, points=3000), int(sys.argv[2]))
run(model, Path(sys.argv[1]), resume=True)
print(model.count("track/read"))
"""


@pytest.mark.slow
def test_kill_minus_nine_at_random_moments(tmp_path: Path) -> None:
    model = world(trackers=12, points=3000)
    run(model, tmp_path / "whole")
    needed = model.count("track/read")
    whole, directory = files_of(tmp_path / "whole"), tmp_path / "killed"

    def left() -> int:
        return needed - len(done_so_far(directory, "tracks"))

    *after_kills, too_many = lives(CHILD, [str(directory)], left, seed=11)
    assert needed > after_kills[0] > after_kills[-1] > 0, "something was done in each life, and never all of it"
    assert too_many == 0, "finished items were asked for again"
    assert files_of(directory) == whole
