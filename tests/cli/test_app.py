"""The command line as a whole: help, a wrong line, and what is missing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from navixy_async.cli.exit_codes import MEANINGS, ExitCode

from .conftest import Run, one_sentence
from .test_arguments import KEY


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mars", "unknown region 'mars': use eu, us, me"),
        ("gps.example.com/v2", "has no scheme: write https://gps.example.com/v2"),
        ("", "name the platform"),
        ("ftp://gps.example.com", "scheme must be http or https"),
        ("https://me:pass@gps.example.com", "no user name or password"),
    ],
)
def test_a_bad_platform_is_one_sentence(url: str, said: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVIXY_API_KEY", KEY)
    for option in ("--url", "--region"):
        one_sentence(run("trackers", option, url), said)
    if url:
        monkeypatch.setenv("NAVIXY_URL", url)
        one_sentence(run("trackers"), said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["harvst"], "No such command"),
        (["call"], "Missing argument"),
        (["trackers", "--jsn"], "--jsn"),
        (["call", "a/b", "--timeout", "soon"], "--timeout"),
        (["call", "a/b", "--timeout", "0"], "--timeout"),
        (["harvest", "tours", "--from", "2026-01-01", "--to", "2026-01-02", "--out", "x"], "'tours' is not one of"),
    ],
)
def test_a_wrong_command_line_is_one_sentence(words: list[str], said: str, run: Run) -> None:
    one_sentence(run(*words), said, "navixy --help")


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"], ["harvest"], ["call", "--help"], ["trackers", "-h"]])
def test_help_lists_the_exit_codes(words: list[str], run: Run) -> None:
    outcome = run(*words)
    assert outcome.code == 0
    for code, meaning in MEANINGS.items():
        assert f"{int(code)}  {meaning}" in outcome.out
    assert set(MEANINGS) == set(ExitCode)


def test_help_is_quick_to_load() -> None:
    script = (
        "import sys; from navixy_async.cli import main; main(['--help']);"
        "heavy = {'pyarrow', 'duckdb', 'navixy_async.harvest'} & {name for name in sys.modules};"
        "print(sorted(heavy), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_without_the_extra_one_sentence_names_it() -> None:
    script = "import sys; sys.modules['typer'] = None; from navixy_async.cli import main; sys.exit(main(['trackers']))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert 'pip install "navixy-async[cli]"' in done.stderr
