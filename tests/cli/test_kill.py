"""kill -9 of the real command against the platform in its own process, again and again: the same bytes in the end."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from navixy_async.testing import Latency, PlatformProcess, Rules, World, WorldSpec

SPEC = WorldSpec(seed=5, accounts=2, trackers=6, days=6, points_per_day=200, blocked=0)
RULES = Rules(latency=Latency(base=0.02, jitter=0.03), track_span=2, report_span=2)


def digests(folder: Path) -> dict[str, str]:
    """What users see of a harvest, by digest; the ledger's own directory is left out."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and ".navixy-harvest" not in path.parts
    }


@pytest.mark.slow
@pytest.mark.parametrize("stream", ["tracks", "events"])
def test_a_killed_harvest_ends_as_an_undisturbed_one(stream: str, tmp_path: Path) -> None:
    world = World(SPEC)
    accounts = tmp_path / "accounts.toml"
    accounts.write_text(
        "".join(f'[[account]]\nlabel = "a{n}"\napi_key = "{a.api_key}"\n' for n, a in enumerate(world.accounts))
    )
    accounts.chmod(0o600)
    period = ("--from", world.start.isoformat(), "--to", world.end.isoformat())
    with PlatformProcess(SPEC, RULES) as platform:

        def command(folder: Path) -> list[str]:
            words = [sys.executable, "-m", "navixy_async.cli", "harvest", stream, "--url", platform.base_url]
            words += ["--account-file", str(accounts), *period, "--out", str(folder), "--json"]
            return words + (["--resume"] if folder.exists() else [])

        whole, killed = tmp_path / "whole", tmp_path / "killed"
        subprocess.run(command(whole), check=True, capture_output=True)
        least = platform.stats()["requests"]
        kills = 0
        # Each life is ended after a few more requests than the last one needed to look around.
        for life in range(1, 4):
            before = platform.stats()["requests"]
            with subprocess.Popen(command(killed), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
                while process.poll() is None and platform.stats()["requests"] < before + least * life // 4:
                    pass
                if process.poll() is None:
                    process.send_signal(signal.SIGKILL)
                    kills += 1
        subprocess.run(command(killed), check=True, capture_output=True)
        assert kills >= 2, "the command must have been killed under way"
        assert digests(killed) == digests(whole)
        assert platform.stats()["refused"] == 0
