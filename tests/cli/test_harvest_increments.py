"""`navixy harvest` without an end: kept current, several streams in one command, again and again until a signal."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from navixy_async.testing import Limit, PlatformProcess, Rules, World, WorldSpec

from .conftest import Run, one_sentence

SPEC = WorldSpec(accounts=1, trackers=4, days=3, points_per_day=80)

QUICK = Rules(per_credential=Limit(rate=None), per_address=Limit(rate=None))

WORLD = World(SPEC)

(FLEET,) = WORLD.accounts


@pytest.fixture(scope="module")
def process() -> Iterator[PlatformProcess]:
    with PlatformProcess(SPEC, QUICK) as running:
        yield running


@pytest.fixture
def accounts(process: PlatformProcess, account_file: Callable[..., Path]) -> Path:
    process.reset_stats()
    return account_file(f'url = "{process.base_url}"\n[[account]]\nlabel = "north"\napi_key = "{FLEET.api_key}"\n')


def words(accounts: Path, out: Path, *more: str) -> list[Any]:
    return ["harvest", "tracks", "events", "--from", "2026-03-23", "--out", out, "--account-file", accounts, *more]


@contextmanager
def started(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """The command in a process of its own, which does not outlive a test that fails."""
    whole = [sys.executable, "-m", "navixy_async.cli", *command]
    with subprocess.Popen(whole, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            yield running
        finally:
            running.kill()


def rows(out: Path, stream: str) -> int:
    return sum(pq.read_metadata(path).num_rows for path in out.glob(f"stream={stream}/*/*/*.parquet"))


def test_several_streams_are_brought_and_kept_current(
    process: PlatformProcess, accounts: Path, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "out"
    plan = run(*words(accounts, out, "--dry-run", "--json"))
    assert [json.loads(line)["stream"] for line in plan.out.splitlines()] == ["tracks", "events"]
    first = run(*words(accounts, out, "--accept", "blocked", "--json"))
    told = [json.loads(line) for line in first.out.splitlines()]
    assert (first.code, [each["stream"] for each in told]) == (0, ["tracks", "events"])
    trackers = [tracker.id for tracker in FLEET.trackers if not tracker.blocked]
    points = sum(len(WORLD.points(tracker, WORLD.start, WORLD.settled)) for tracker in trackers)
    assert (told[0]["rows"], told[0]["late_rows"], rows(out, "tracks")) == (points, 0, points)
    assert told[1]["rows"] == rows(out, "events") == len(WORLD.events(trackers, WORLD.start, WORLD.settled))
    process.reset_stats()
    again = run(*words(accounts, out, "--accept", "blocked"))
    assert again.code == 0
    assert "tracks" in again.out and "events" in again.out
    assert process.stats()["by_path"]["track/read"] == len(trackers), "the last hour once more"
    assert rows(out, "tracks") == points
    assert run("verify", out).code == 0
    assert run("coverage", out, "--accept", "blocked").code == 0


def test_another_definition_is_refused_with_the_difference(accounts: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    run(*words(accounts, out))
    one_sentence(run(*words(accounts, out, "--to", "2026-03-25", "--resume")), "holds another harvest", "end was open")


def test_states_need_no_beginning(accounts: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    command = ("harvest", "states", "--out", out, "--account-file", accounts, "--accept", "blocked")
    assert run(*command).code == 0
    there = sum(not tracker.blocked for tracker in FLEET.trackers)
    assert rows(out, "states") == there
    one_sentence(run(*command, "--to", "2026-03-25"), "knows only current states")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_every_goes_on_until_a_signal(
    number: signal.Signals, process: PlatformProcess, accounts: Path, tmp_path: Path
) -> None:
    command = [
        str(word) for word in words(accounts, tmp_path / "out", "--every", "1s", "--json", "--accept", "blocked")
    ]
    with started(command) as running:
        assert running.stdout is not None
        told = [json.loads(running.stdout.readline()) for _ in range(6)]
        running.send_signal(number)
        _, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert [each["stream"] for each in told] == ["tracks", "events"] * 3
    assert all(each["is_complete"] or each["blocked"] for each in told)
    assert "continue with: navixy harvest tracks events --from 2026-03-23 --every 1s" in err
    assert told[0]["end"] == told[2]["end"], "the platform's clock stands still"
    assert told[2]["rows"] < told[0]["rows"]


def test_a_run_that_fails_does_not_end_what_is_repeated(
    process: PlatformProcess, accounts: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    command = [str(word) for word in words(accounts, out, "--every", "1s", "--accept", "blocked")]
    with started(command) as running:
        assert running.stderr is not None
        assert any("the next run starts at" in line for line in running.stderr)
        manifest = out / "manifest.json"
        manifest.unlink()
        manifest.mkdir()  # where no file can take its place
        assert any("could not be written to" in line for line in running.stderr)
        manifest.rmdir()
        assert any("the next run starts at" in line and manifest.is_file() for line in running.stderr)
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=30)
    assert running.returncode == 130


def test_periods_are_passed_to_the_harvest() -> None:
    from navixy_async.cli.arguments import parse_moment
    from navixy_async.cli.commands.harvest import HarvestOptions  # beside the test that needs it
    from navixy_async.harvest import Harvests, Increments

    made: list[Increments] = []

    class Recorder(Harvests):
        def tracks(self, *_: Any, increments: Increments | None = None, **__: Any) -> Any:
            assert increments is not None
            made.append(increments)

    order = HarvestOptions(
        streams=["tracks"],
        start=parse_moment("2026-03-23", "--from"),
        end=None,
        trackers=None,
        out=Path("out"),
        resume=False,
        overwrite=False,
        workers=1,
        look_back=timedelta(minutes=5),
        rereads=[],
    )
    order.harvest_of(Recorder([]), "tracks")
    assert (made[0].look_back, made[0].rereads) == (timedelta(minutes=5), ())
