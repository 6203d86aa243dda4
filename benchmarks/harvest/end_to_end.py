"""From the platform to Parquet: points per second of a harvest and of other ways, the server without limits.

    python -m benchmarks.harvest.end_to_end [--rounds 3] [--trackers 200] [--days 30] [--span 1]

200 trackers × 30 days of 1,000 points each, from a server in a process of its own that costs next to nothing (its
processor time is shown). Every run is a fresh process; rounds are interleaved and medians shown, as ratios of
medians. The other ways ask for a day at a time, as people do (`--span` for more: 5 days suit aiohttp + orjson best,
30 days httpx + pandas). Slow ways get fewer trackers: their points per second are those of that part. The harvest
runs as users run it: limiter on (with a limit that is never reached), ledger, coverage, manifest, sorted files per
account and day.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from navixy_async import ApiKey, Navixy
from navixy_async.settings import Limits

from . import peers
from .peers import PEERS
from .server import START, ServerProcess, World
from .table import peak_memory, show

OURS = "harvest to Parquet"
NEEDS = {"dlt, REST source": "dlt", "httpx + json + pandas": "httpx", "aiohttp + orjson + pyarrow": "orjson"}
MUST = {"dlt, REST source": 10.0, "httpx + json + pandas": 4.0, "aiohttp + orjson + pyarrow": 1.3}


async def harvest_into(url: str, world: World, directory: Path) -> int:
    """Ours, with a limiter whose limit is never reached."""
    limits = Limits(per_credential=1_000_000, per_address=1_000_000, burst=100_000)
    async with Navixy(url, limits=limits) as navixy:
        fleet = navixy.account(ApiKey("0" * 32), label="fleet")
        coverage = await fleet.harvest.tracks(start=START, end=world.end).to_parquet(directory)
        assert coverage.is_complete
        return coverage.rows


def harvest(url: str, world: World, directory: Path) -> int:
    """Ours, as one call."""
    return asyncio.run(harvest_into(url, world, directory))


def measure(name: str, url: str, world: World) -> dict[str, float]:
    """One run, in this process."""
    way = harvest if name == OURS else PEERS[name][0]
    with tempfile.TemporaryDirectory() as directory:
        started, spent = time.perf_counter(), time.process_time()
        points = way(url, world, Path(directory))
        wall, processor = time.perf_counter() - started, time.process_time() - spent
    assert points == world.points, f"{name}: {points} of {world.points} points"
    return {"points": points, "wall": wall, "processor": processor, "memory": peak_memory()}


def main() -> None:
    """Run, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--trackers", type=int, default=200)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--span", type=int, default=peers.SPAN, help="days per request of the other ways")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    given = parser.parse_args()
    world = World(trackers=given.trackers, days=given.days)
    peers.SPAN = given.span
    if given.only:
        print(json.dumps(measure(given.only, given.url, world)))
        return
    ways = {OURS: given.trackers} | {name: min(most, given.trackers) for name, (_, most) in PEERS.items()}
    ways = {name: part for name, part in ways.items() if importlib.util.find_spec(NEEDS.get(name, "aiohttp"))}
    found: dict[str, list[dict[str, float]]] = {name: [] for name in ways}
    with ServerProcess(world) as server:
        for _ in range(given.rounds):
            for name, trackers in ways.items():
                command = [sys.executable, "-m", "benchmarks.harvest.end_to_end", "--only", name, "--url", server.url]
                command += ["--trackers", str(trackers), "--days", str(given.days), "--span", str(given.span)]
                before = server.processor
                answer = subprocess.run(command, check=True, stdout=subprocess.PIPE)
                told = json.loads(answer.stdout.splitlines()[-1])
                found[name].append(told | {"server": server.processor - before})
    speed = {name: median(one["points"] / one["wall"] for one in runs) for name, runs in found.items()}
    rows = []
    for name, runs in found.items():
        each = {key: median(one[key] / one["points"] * 1e6 for one in runs) for key in ("processor", "server")}
        rows.append(
            (
                name,
                f"{speed[name]:,.0f}",
                "" if name == OURS else f"{speed[OURS] / speed[name]:.2f}",
                f"{MUST[name]:g}" if name in MUST else "",
                f"{each['processor']:.2f}",
                f"{each['server']:.2f}",
                f"{median(one['memory'] for one in runs):.0f}",
                f"{runs[0]['points']:,.0f}",
            )
        )
    heads = ("way", "points/s", "ours is ×", "must be ×", "CPU µs/point", "server's", "peak MB", "points")
    show(f"End to end, {given.trackers} trackers × {given.days} days, {given.rounds} rounds", heads, rows)


if __name__ == "__main__":
    main()
