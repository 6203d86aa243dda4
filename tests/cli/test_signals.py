"""Stopping a command from outside, and what a terminal shows: each in a process of its own."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from navixy_async.harvest.state.ledger import Ledger
from navixy_async.harvest.state.records import WorkRecord
from navixy_async.testing import Fault, Latency, PlatformProcess, Rules, World, WorldSpec

from .conftest import Run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and terminals")

SPEC = WorldSpec(accounts=1, trackers=4, days=10, points_per_day=200)

NAVIXY = [sys.executable, "-m", "navixy_async.cli"]

PATIENCE = 30.0


@pytest.fixture(scope="module")
def process() -> Iterator[PlatformProcess]:
    with PlatformProcess(SPEC, Rules(latency=Latency(base=0.05), report_span=2)) as running:
        yield running


@pytest.fixture
def environment(process: PlatformProcess, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Of a child, and of this process too."""
    process.reset_stats()
    for name in [name for name in os.environ if name.startswith("NAVIXY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NAVIXY_URL", process.base_url)
    monkeypatch.setenv("NAVIXY_API_KEY", World(SPEC).accounts[0].api_key)
    return dict(os.environ)


def words_of(out: Path, workers: int = 2) -> list[str]:
    period = ["--from", "2026-03-23", "--to", "2026-04-02"]
    return [*NAVIXY, "harvest", "tracks", *period, "--out", str(out), "--workers", str(workers)]


def rows_of(out: Path) -> pa.Table:
    files = sorted(out.glob("stream=tracks/*/*/*.parquet"))
    return pa.concat_tables([pq.ParquetFile(path).read() for path in files])


def finished(out: Path) -> list[WorkRecord]:
    """What the ledger says is done."""
    with closing(Ledger(out / ".navixy-harvest" / "tracks" / "ledger.sqlite", read_only=True)) as ledger:
        return list(ledger.work())


def wait_for_requests(process: PlatformProcess, path: str, count: int) -> None:
    while process.stats()["by_path"].get(path, 0) < count:
        pass


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_harvest_says_how_to_go_on_and_does(
    number: signal.Signals, process: PlatformProcess, environment: dict[str, str], run: Run, tmp_path: Path
) -> None:
    out, whole = tmp_path / "out", tmp_path / "whole"
    # Six are answered, and the next two keep the harvest where it is until it is stopped.
    process.add_fault(Fault(kind="latency", path="track/read", skip=6, times=2, seconds=PATIENCE))
    with subprocess.Popen(
        words_of(out), env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        wait_for_requests(process, "track/read", 8)
        child.send_signal(number)
        printed, said = child.communicate(timeout=PATIENCE)
    assert child.returncode == 130
    assert printed == ""
    farewell, advice = said.splitlines()
    assert farewell.startswith("navixy: stopping")
    assert advice.startswith(
        "navixy: stopped. What is finished is kept; continue with: navixy harvest tracks --from 2026-03-23"
    )
    assert not list(out.glob("manifest.json"))
    before = finished(out)
    assert len(before) == 6

    again = shlex.split(advice.partition("continue with: ")[2])
    assert again[-1] == "--resume"
    done = run(*again[1:])
    assert (done.code, done.err) == (0, "")
    after = finished(out)
    assert after[:6] == before
    spans = [work.range.span for work in after]
    assert sum(spans, timedelta(0)) == 4 * timedelta(days=10), "what was answered is finished, and not asked for again"
    assert run(*words_of(whole, 16)[len(NAVIXY) :]).code == 0
    assert rows_of(out) == rows_of(whole)
