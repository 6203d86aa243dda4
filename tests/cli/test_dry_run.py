"""`navixy harvest --dry-run` against the embedded platform: what it foretells is what a harvest then does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from navixy_async.cli.commands.dry_run import Ceiling, duration
from navixy_async.testing import Limit, PlatformProcess, Rules, World, WorldSpec

from .conftest import Run, one_sentence

SPEC = WorldSpec(accounts=2, trackers=6, days=8, points_per_day=1000)
QUICK = Rules(per_credential=Limit(rate=None), per_address=Limit(rate=None))
FLEET, OTHER = World(SPEC).accounts
PERIOD = ("--from", "2026-03-23", "--to", "2026-03-31")


@pytest.fixture(scope="module")
def process() -> Iterator[PlatformProcess]:
    with PlatformProcess(SPEC, QUICK) as running:
        yield running


@pytest.fixture
def accounts(process: PlatformProcess, account_file: Callable[..., Path]) -> Path:
    process.reset_stats()
    return account_file(
        f'url = "{process.base_url}"\n[[account]]\nlabel = "north"\napi_key = "{FLEET.api_key}"\n'
        f'[[account]]\nlabel = "south"\napi_key = "{OTHER.api_key}"\n'
    )


def requests(process: PlatformProcess) -> int:
    return sum(process.stats()["by_path"].values())


@pytest.mark.parametrize("stream", ["tracks", "events"])
def test_the_plan_is_what_a_harvest_then_does(
    stream: str, process: PlatformProcess, accounts: Path, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "out"
    words = ("harvest", stream, *PERIOD, "--out", out, "--account-file", accounts, "--workers", "1")
    outcome = run(*words, "--dry-run", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert not out.exists()
    assert process.stats()["by_path"] == {"tracker/list": 2, "dealer/get_ui_config": 2, "tracker/get_states": 1}
    told = json.loads(outcome.out)
    assert [each["account"] for each in told["accounts"]] == ["north", "south"]
    for each, account in zip(told["accounts"], (FLEET, OTHER), strict=True):
        blocked = sum(tracker.blocked for tracker in account.trackers)
        assert (each["trackers"], each["blocked"]) == (6 - blocked, blocked)
        assert each["tracker_days"] == 8 * (6 - blocked)
    process.reset_stats()
    run(*words)
    asked = requests(process)
    assert told["requests"]["least"] <= asked
    assert asked == pytest.approx(told["requests"]["likely"], rel=0.35)
    assert told["limit"] == 50
    assert told["seconds"]["least"] == pytest.approx(told["requests"]["least"] / 50)


def test_what_is_done_already_is_left_out(process: PlatformProcess, accounts: Path, tmp_path: Path, run: Run) -> None:
    words = ("harvest", "tracks", *PERIOD, "--out", tmp_path / "out", "--account-file", accounts)
    run(*words)
    one_sentence(run(*words, "--dry-run"), "is not empty")
    process.reset_stats()
    before = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*"))
    outcome = run(*words, "--dry-run", "--resume")
    assert outcome.code == 0
    assert "at least 0 requests (under 1 s at" in outcome.out
    assert requests(process) == 0
    assert sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*")) == before
    other = list(words)
    other[other.index("2026-03-31")] = "2026-03-30"
    one_sentence(run(*other, "--dry-run", "--resume"), "holds another harvest", "end was")


def test_the_plan_in_words(accounts: Path, tmp_path: Path, run: Run) -> None:
    outcome = run("harvest", "tracks", *PERIOD, "--out", tmp_path / "out", "--account-file", accounts, "--dry-run")
    lines = [line.split("\t") for line in outcome.out.splitlines()]
    assert lines[0] == ["account", "trackers", "blocked", "tracker-days", "requests at least", "requests about"]
    assert [line[0] for line in lines[1:3]] == ["north", "south"]
    assert "if a tracker has 1,000 rows a day; nothing was written" in lines[3][0]


def test_an_account_that_cannot_be_asked_is_named(
    process: PlatformProcess, account_file: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    path = account_file(
        f'url = "{process.base_url}"\n[[account]]\nlabel = "bad"\napi_key = "{"ab" * 16}"\n'
        f'[[account]]\nlabel = "good"\napi_key = "{OTHER.api_key}"\n'
    )
    words = ("harvest", "events", *PERIOD, "--out", tmp_path / "out", "--account-file", path, "--dry-run")
    outcome = run(*words)
    assert outcome.code == 1
    assert outcome.err.startswith("navixy: account bad: ")
    assert "of 1 account," in outcome.out
    one_sentence(run(*words, "--account", "bad"), "code 4", code=3)


def test_the_slower_of_both_limits_decides() -> None:
    assert Ceiling(50, 50).seconds([100, 900]) == 20
    assert Ceiling(500, 50).seconds([100, 900]) == 18
    assert Ceiling(None, None).seconds([100]) is None
    assert Ceiling(50, 50).seconds([]) == 0


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.2, "under 1 s"), (45.4, "45 s"), (720, "12 min"), (12_600, "3.5 h"), (999_999, "277.8 h")]
)
def test_durations_are_said_in_words(seconds: float, said: str) -> None:
    assert duration(seconds) == said
