"""Under the limit: whether a harvest leaves the limiter idle, and how many requests it makes.

    python -m benchmarks.harvest.rate [--trackers 1200] [--rounds 2]

The server is strict (50 requests in any one second, the rest refused) and takes 100-150 ms for an answer. *Limiter
alone* is 16 tasks that ask for next to nothing in a loop; *harvest* is a harvest of 100 points a day over 29 days,
which the platform gives in one request a tracker. Rates are the server's own count of what it accepted, without the
first two seconds and the last one. The least number of requests is counted from the world alone: the platform's span
of 30 days into the range, for each tracker, and one to list the trackers.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import tempfile
import urllib.request
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from navixy_async import ApiKey, Navixy

from .server import START, ServerProcess, World
from .table import show

LIMIT = 50
SPAN = timedelta(days=30)
"""The longest range that the platform gives at once."""
ALONE = 750
WORKERS = 16


async def alone(url: str, _world: World) -> None:
    """Calls that cost nothing but their turn."""
    async with Navixy(url) as navixy:
        fleet = navixy.account(ApiKey("0" * 32), lane="bulk")
        left = iter(range(ALONE))

        async def work() -> None:
            for _ in left:
                await fleet.call_bytes("user/get_info")

        await asyncio.gather(*(work() for _ in range(WORKERS)))


async def harvest(url: str, world: World) -> None:
    """A harvest as users run it."""
    async with Navixy(url) as navixy:
        fleet = navixy.account(ApiKey("0" * 32), label="fleet")
        with tempfile.TemporaryDirectory() as directory:
            coverage = await fleet.harvest.tracks(start=START, end=world.end).to_parquet(Path(directory))
        assert coverage.is_complete
        assert coverage.rows == world.points


def least(world: World) -> int:
    """Requests that nobody can do without."""
    return 1 + world.trackers * math.ceil((world.end - START) / SPAN)


def measure(way: Any, world: World) -> dict[str, float]:
    """One run against a server of its own."""
    with ServerProcess(world) as server:
        asyncio.run(way(server.url, world))
        with urllib.request.urlopen(f"{server.url}/counts") as answer:
            told = json.load(answer)
    times = told["times"]
    first, last = times[0] + 2, times[-1] - 1
    rate = sum(first <= at < last for at in times) / (last - first)
    return {"rate": rate, "requests": told["requests"], "refused": told["refused"]}


def main() -> None:
    """Run, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trackers", type=int, default=1_200)
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    world = World(given.trackers, 29, 100, rate=LIMIT, latency=0.1, jitter=0.05)
    ways = {"limiter alone": alone, "harvest": harvest}
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in ways}
    for _ in range(given.rounds):
        for name, way in ways.items():
            runs[name].append(measure(way, world))
    found = {name: {key: median(run[key] for run in each) for key in each[0]} for name, each in runs.items()}
    rows = []
    for name, one in found.items():
        ours = name == "harvest"
        rows.append(
            (
                name,
                f"{one['rate']:.2f}",
                f"{one['rate'] / found['limiter alone']['rate']:.4f}" if ours else "",
                "0.99" if ours else "",
                f"{one['requests']:.0f}",
                f"{one['requests'] / least(world):.3f}" if ours else "",
                "1.05" if ours else "",
                f"{one['refused']:.0f}",
            )
        )
    heads = ("way", "accepted/s", "of the limiter's", "≥", "requests", "of the least", "≤", "refused")
    title = (
        f"Under the limit of {LIMIT}/s: {given.trackers} trackers, {given.rounds} rounds, least {least(world)} requests"
    )
    show(title, heads, rows)


if __name__ == "__main__":
    main()
