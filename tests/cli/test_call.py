"""`navixy call` against the embedded platform, run as a person would run it."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from navixy_async.cli.commands import call
from navixy_async.testing import Fault, PlatformProcess

from .conftest import Run, one_sentence
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


def test_call_prints_the_answer_compact(platform: PlatformProcess, run: Run) -> None:
    outcome = run("call", "/tracker/list")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.count("\n") == 1
    assert ": " not in outcome.out.partition("label")[0]
    listed = json.loads(outcome.out)["list"]
    assert [tracker["id"] for tracker in listed] == [tracker.id for tracker in FLEET.trackers]
    assert [tracker["label"] for tracker in listed] == [tracker.label for tracker in FLEET.trackers]


def test_call_sends_its_parameters(platform: PlatformProcess, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    tracker = FLEET.trackers[0].id
    parameters = {"tracker_id": tracker, "from": "2026-03-23T00:00:00Z", "to": "2026-03-24T00:00:00Z", "filter": False}
    words = [f"{name}={value if isinstance(value, str) else json.dumps(value)}" for name, value in parameters.items()]
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(json.dumps(parameters).encode())))
    answers = [run("call", "track/read", *given) for given in (words, [json.dumps(parameters)], ["-"])]
    assert {answer.code for answer in answers} == {0}
    assert len({answer.out for answer in answers}) == 1
    assert len(json.loads(answers[0].out)["list"]) > 10


def test_call_is_readable_on_a_terminal(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    call.show(b'{"success":true,"list":[1]}')
    assert capsysbinary.readouterr().out == b'{\n  "success": true,\n  "list": [\n    1\n  ]\n}\n'


def test_call_passes_files_through_but_not_to_a_terminal(
    platform: PlatformProcess, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    words: tuple[str, ...] = ("call", "track/download", f"tracker_id={FLEET.trackers[0].id}", "format=kml")
    words += ("from=2026-03-23T00:00:00Z", "to=2026-03-24T00:00:00Z")
    outcome = run(*words)
    assert outcome.code == 0, outcome.err
    assert outcome.out.startswith("<?xml")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    one_sentence(run(*words), "not for a terminal")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["no/such/thing"], 3, "no/such/thing answered code 111"),
        (["tracker/read", "tracker_id=1"], 3, "code 201"),
        (["track/read"], 3, "code 7"),
        (["user/get_info", "--timeout", "0.1"], 4, "time ran out after 1 attempt\n"),
        (["tracker/list", "--timeout", "0.1", "--url", "http://127.0.0.1:9/v2"], 4, "tracker/list"),
    ],
)
def test_call_fails_in_one_sentence(
    words: list[str], code: int, said: str, platform: PlatformProcess, run: Run
) -> None:
    platform.add_fault(Fault(kind="latency", path="user/get_info", seconds=5))
    one_sentence(run("call", *words), said, code=code)


@pytest.mark.parametrize("debug", [False, True])
def test_a_wrong_credential_is_never_shown(
    debug: bool, platform: PlatformProcess, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    if debug:
        monkeypatch.setenv("NAVIXY_DEBUG", "1")
    wrong = "ab" * 16
    for variables in ({"API_KEY": wrong}, {"SESSION_HASH": wrong}, {"LOGIN": OTHER.login, "PASSWORD": "correct horse"}):
        monkeypatch.delenv("NAVIXY_API_KEY", raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(f"NAVIXY_{name}", value)
        outcome = run("call", "user/get_info")
        assert outcome.code == 3
        assert ("Traceback" in outcome.err) is debug
        assert not any(value in outcome.err + outcome.out for value in variables.values())
        for name in variables:
            monkeypatch.delenv(f"NAVIXY_{name}")


def test_a_failing_platform_is_no_answer(platform: PlatformProcess, run: Run) -> None:
    platform.add_fault(Fault(kind="server_error", path="user/get_info", code=2))
    one_sentence(run("call", "user/get_info"), "code 2", code=4)


def test_call_works_on_one_account_of_a_file(two_accounts: Path, run: Run) -> None:
    for label, account in (("north", FLEET), ("south", OTHER)):
        outcome = run("call", "user/get_info", "--account-file", two_accounts, "--account", label)
        assert (outcome.code, outcome.err) == (0, "")
        assert json.loads(outcome.out)["user_info"]["id"] == account.id
