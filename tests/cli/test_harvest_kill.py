"""kill -9 of the real command against the platform in its own process, again and again: the same bytes in the end."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from navixy_async.testing import Fault, Latency, PlatformProcess, Rules, World, WorldSpec

from .conftest import Run

SPEC = WorldSpec(seed=5, accounts=2, trackers=6, days=6, points_per_day=200, blocked=0, vehicles=2)

ACTIONS = {"tracks": "track/read", "events": "history/tracker/list"}

WORKERS = 4

RULES = Rules(latency=Latency(base=0.02, jitter=0.03), track_span=2, report_span=2)


def digests(folder: Path) -> dict[str, str]:
    """What users see of a harvest, by digest; the ledger's own directory is left out."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and ".navixy-harvest" not in path.parts
    }


def asked(platform: PlatformProcess, stream: str) -> int:
    """Requests for rows of the stream that the platform has seen."""
    return int(platform.stats()["by_path"].get(ACTIONS[stream], 0))


@pytest.mark.slow
@pytest.mark.parametrize("stream", ["tracks", "events"])
def test_a_killed_harvest_ends_as_an_undisturbed_one(stream: str, run: Run, tmp_path: Path) -> None:
    world = World(SPEC)
    accounts = tmp_path / "accounts.toml"
    accounts.write_text(
        "".join(f'[[account]]\nlabel = "a{n}"\napi_key = "{a.api_key}"\n' for n, a in enumerate(world.accounts))
    )
    accounts.chmod(0o600)
    period = ("--from", world.start.isoformat(), "--to", world.end.isoformat())
    with PlatformProcess(SPEC, RULES) as platform:

        def command(folder: Path) -> list[str]:
            words = ["harvest", stream, "--url", platform.base_url, "--account-file", str(accounts), *period]
            words += ["--out", str(folder), "--workers", str(WORKERS), "--json"]
            return words + (["--resume"] if folder.exists() else [])

        whole, killed = tmp_path / "whole", tmp_path / "killed"
        assert run(*command(whole)).code == 0
        # Of this run alone: who comes after a kill cannot know what was sent a moment before.
        assert platform.stats()["refused"] == 0
        least = asked(platform, stream)
        for life in range(1, 4):
            # Some are answered, and the next ones keep the harvest where it is until it is killed.
            fault = Fault(kind="latency", path=ACTIONS[stream], skip=least * life // 8, times=WORKERS, seconds=30)
            platform.add_fault(fault)
            before = asked(platform, stream)
            words = [sys.executable, "-m", "navixy_async.cli", *command(killed)]
            with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
                while asked(platform, stream) < before + fault.skip + WORKERS:
                    assert process.poll() is None
                process.send_signal(signal.SIGKILL)
        assert run(*command(killed)).code == 0
        assert digests(killed) == digests(whole)
