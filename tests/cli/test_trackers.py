"""`navixy trackers` against the embedded platform, run as a person would run it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from navixy_async.testing import PlatformProcess

from .conftest import Run
from .test_harvest import FLEET, OTHER, QUICK, SPEC


@pytest.fixture(scope="module")
def process() -> Iterator[PlatformProcess]:
    with PlatformProcess(SPEC, QUICK) as running:
        yield running


@pytest.fixture
def platform(process: PlatformProcess, monkeypatch: pytest.MonkeyPatch) -> Iterator[PlatformProcess]:
    monkeypatch.setenv("NAVIXY_URL", process.base_url)
    monkeypatch.setenv("NAVIXY_API_KEY", FLEET.api_key)
    yield process
    process.clear_faults()


@pytest.fixture
def two_accounts(platform: PlatformProcess, monkeypatch: pytest.MonkeyPatch, account_file: Callable[..., Path]) -> Path:
    """An account file with both accounts of the world; nothing is in the environment."""
    monkeypatch.delenv("NAVIXY_API_KEY")
    monkeypatch.setenv("NAVIXY_URL", "https://never.example.com")
    return account_file(
        f'url = "{platform.base_url}"\n[[account]]\nlabel = "north"\napi_key = "{FLEET.api_key}"\n'
        f'[[account]]\nlabel = "south"\nlogin = "{OTHER.login}"\npassword = "{OTHER.password}"\n'
    )


def test_trackers_are_lines_where_no_terminal_is(platform: PlatformProcess, run: Run) -> None:
    outcome = run("trackers")
    assert (outcome.code, outcome.err) == (0, "")
    lines = [line.split("\t") for line in outcome.out.rstrip("\n").split("\n")]
    assert lines[0] == ["id", "label", "group", "model", "blocked"]
    groups = {group.id: group.title for group in FLEET.groups} | {0: ""}
    assert lines[1:] == [
        [
            str(tracker.id),
            " ".join(tracker.label.split()),
            groups[tracker.group_id],
            tracker.model,
            "yes" if tracker.blocked else "no",
        ]
        for tracker in FLEET.trackers
    ]


def test_trackers_of_all_accounts_as_json(two_accounts: Path, run: Run) -> None:
    outcome = run("trackers", "--json", "--account-file", two_accounts)
    assert (outcome.code, outcome.err) == (0, "")
    answer = json.loads(outcome.out)
    assert answer["failed"] == {}
    assert [(row["account"], row["id"], row["label"]) for row in answer["trackers"]] == [
        (name, tracker.id, tracker.label)
        for name, account in (("north", FLEET), ("south", OTHER))
        for tracker in account.trackers
    ]


def test_trackers_are_a_table_on_a_terminal(
    platform: PlatformProcess, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "120")
    outcome = run("trackers")
    assert outcome.code == 0
    assert "\t" not in outcome.out
    for tracker in FLEET.trackers:
        assert str(tracker.id) in outcome.out
    assert "Müller & Söhne, Köln" in outcome.out


def test_one_account_that_fails_does_not_hide_the_others(
    platform: PlatformProcess, account_file: Callable[..., Path], run: Run
) -> None:
    wrong = "ab" * 16
    path = account_file(
        f'[[account]]\nlabel = "bad"\napi_key = "{wrong}"\n[[account]]\nlabel = "good"\napi_key = "{OTHER.api_key}"\n'
    )
    outcome = run("trackers", "--json", "--account-file", path, "--url", platform.base_url)
    answer = json.loads(outcome.out)
    assert outcome.code == 3
    assert {row["account"] for row in answer["trackers"]} == {"good"}
    assert list(answer["failed"]) == ["bad"]
    assert outcome.err.startswith("navixy: account bad: ")
    assert wrong not in outcome.out + outcome.err
