"""What the ledger costs: the harvest of `end_to_end`, with it and with one that keeps nothing on the disk.

    python -m benchmarks.harvest.ledger [--trackers 100] [--rounds 5]

Interleaved runs in fresh processes, medians. *In memory* is the same SQL without files, log and fsync. The time that
the disk's thread spends inside the ledger is shown beside: it bounds the overhead from above, also where the machine
is too restless for a difference of a few per cent. That no finished item is asked for again after a kill is proved by
``tests/harvest/test_run_resume.py`` and ``tests/cli/test_harvest_kill.py``.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from navixy_async.harvest import destinations
from navixy_async.harvest.state.ledger import Ledger

from .end_to_end import harvest_into
from .server import ServerProcess, World
from .table import show

MUST = 0.03


class Spent:
    """Time inside the ledger."""

    wall = 0.0
    processor = 0.0


def timed(call: Any) -> Any:
    """The method, with its time added up."""

    @functools.wraps(call)
    def wrapper(*args: Any, **more: Any) -> Any:
        wall, processor = time.perf_counter(), time.thread_time()
        try:
            return call(*args, **more)
        finally:
            Spent.wall += time.perf_counter() - wall
            Spent.processor += time.thread_time() - processor

    return wrapper


class InMemory(Ledger):
    """The same tables, nowhere."""

    def __init__(self, path: Path, **more: Any) -> None:
        path.touch()
        super().__init__(Path(":memory:"), **more)


def measure(kind: str, url: str, world: World) -> dict[str, float]:
    """One harvest, in this process."""
    for name, call in list(vars(Ledger).items()):
        if (
            callable(call)
            and not isinstance(call, staticmethod | classmethod)
            and (name == "__init__" or name[0] != "_")
        ):
            setattr(Ledger, name, timed(call))
    if kind == "in memory":
        setattr(destinations, "Ledger", InMemory)  # noqa: B010 - not its own to give away
    with tempfile.TemporaryDirectory() as directory:
        wall, processor = time.perf_counter(), time.process_time()
        assert asyncio.run(harvest_into(url, world, Path(directory))) == world.points
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
    return {"wall": wall, "processor": processor, "inside": Spent.wall / wall, "cpu": Spent.processor / processor}


def main() -> None:
    """Run, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trackers", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    given = parser.parse_args()
    world = World(trackers=given.trackers)
    if given.only:
        print(json.dumps(measure(given.only, given.url, world)))
        return
    runs: dict[str, list[dict[str, float]]] = {"in memory": [], "on the disk": []}
    with ServerProcess(world) as server:
        for _ in range(given.rounds):
            for kind, each in runs.items():
                command = [sys.executable, "-m", "benchmarks.harvest.ledger", "--only", kind, "--url", server.url]
                command += ["--trackers", str(given.trackers)]
                each.append(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))
    found = {kind: {key: median(run[key] for run in each) for key in each[0]} for kind, each in runs.items()}
    base = found["in memory"]
    rows = [
        (
            kind,
            f"{one['wall']:.2f}",
            f"{one['wall'] / base['wall'] - 1:+.1%}",
            f"{one['processor']:.2f}",
            f"{one['processor'] / base['processor'] - 1:+.1%}",
            f"{one['inside']:.1%}",
            f"{one['cpu']:.1%}",
        )
        for kind, one in found.items()
    ]
    heads = ("ledger", "seconds", "difference", "CPU s", "difference", "time inside", "CPU inside")
    show(f"The ledger's overhead (must be ≤ {MUST:.0%}), {world.points:,} points, {given.rounds} rounds", heads, rows)


if __name__ == "__main__":
    main()
