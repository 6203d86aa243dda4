"""`navixy simulate` serves the embedded platform until it is stopped."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from navixy_async.testing import Latency, PlatformProcess, Rules

from .conftest import Run
from .test_signals import NAVIXY, PATIENCE, SPEC

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and terminals")


@pytest.fixture(scope="module")
def process() -> Iterator[PlatformProcess]:
    with PlatformProcess(SPEC, Rules(latency=Latency(base=0.05), report_span=2)) as running:
        yield running


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_simulate_serves_until_it_is_stopped(number: signal.Signals, run: Run) -> None:
    words = [*NAVIXY, "simulate", "--json", "--accounts", "2", "--trackers", "3", "--latency", "0", "--jitter", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        told = json.loads(child.stdout.readline())
        accounts = Path(told["account_file"])
        assert accounts.stat().st_mode & 0o777 == 0o600
        outcome = run("trackers", "--json", "--account-file", accounts)
        child.send_signal(number)
        printed, said = child.communicate(timeout=PATIENCE)
    assert outcome.code == 0, outcome.err
    assert [row["account"] for row in json.loads(outcome.out)["trackers"]] == ["fleet-1"] * 3 + ["fleet-2"] * 3
    assert told["base_url"].startswith("http://127.0.0.1:")
    assert (child.returncode, printed, said) == (0, "", "navixy: the platform stops\n")
    assert not accounts.exists()
    assert not accounts.parent.exists()


def test_simulate_takes_wishes(run: Run, tmp_path: Path) -> None:
    accounts = tmp_path / "mine.toml"
    words = [
        *NAVIXY,
        "simulate",
        "--accounts",
        "1",
        "--trackers",
        "2",
        "--days",
        "3",
        "--start",
        "2026-10-20",
        "--seed",
        "3",
    ]
    words += ["--limiter", "token_bucket", "--rate", "10", "--write-accounts", str(accounts)]
    for _ in range(2):  # what it wrote itself may be written again
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            lines = [child.stdout.readline().split(None, 1) for _ in range(5)]
            assert [name for name, _ in lines] == ["platform", "credentials", "world", "try", "stop"]
            assert lines[2][1].strip() == "2 trackers, 3 days from 2026-10-20"
            assert lines[3][1].strip() == f"navixy trackers --account-file {accounts}"
            assert run("trackers", "--account-file", accounts).code == 0
            child.send_signal(signal.SIGINT)
            child.communicate(timeout=PATIENCE)
        assert child.returncode == 0
        assert accounts.exists()


def test_simulate_refuses_what_cannot_be(run: Run, tmp_path: Path, process: PlatformProcess) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("precious")
    port = process.base_url.rpartition(":")[2].partition("/")[0]
    for words, said in (
        (["--limiter", "magic"], "--limiter 'magic' is not known: choose from sliding"),
        (["--start", "tomorrow"], "--start 'tomorrow' is not a day"),
        (["--port", port], f"port {port} cannot be used"),
        (["--write-accounts", str(mine)], "was not written by `navixy simulate`"),
        (["--write-accounts", str(tmp_path / "no" / "where.toml")], "cannot be written"),
    ):
        outcome = run("simulate", *words)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.count("\n") == 1
        assert said in outcome.err
    assert mine.read_text() == "precious"
