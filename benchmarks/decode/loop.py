"""For how long the event loop is held up while bodies of 10 MB become columns.

    python -m benchmarks.decode.loop [--bodies 40] [--rounds 3]

Four requests at a time of 50,000 points each, from a server in its own process, go the way that they go in a harvest:
connection, limiter, reading, decoding in threads. Meanwhile a task sleeps a millisecond at a time and notes how late
it wakes. Beside it the ways that people take first: decoding on the loop, and msgspec in a thread, where it holds the
interpreter's lock. `p99` is over the wakes, `p99 by time` over moments (a block of 100 ms counts as 100 ms), `idle`
is the same task in the same process before anything is asked. Rounds are interleaved; medians.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from statistics import median
from typing import Any

from benchmarks.harvest.server import START, ServerProcess, World
from benchmarks.harvest.table import show
from navixy_async import ApiKey, Navixy
from navixy_async.harvest.account import HarvestAccount
from navixy_async.harvest.plan.windows import Item
from navixy_async.harvest.streams.tracks import TRACKS
from navixy_async.harvest.threads import DecodePool
from navixy_async.settings import Limits
from navixy_async.times import TimeRange

WORLD = World(trackers=4, days=30, points_per_day=1_667)
WINDOW = TimeRange(START, WORLD.end - timedelta(seconds=1))
AT_ONCE = 4
MUST = 5.0

Fetch = Callable[[HarvestAccount, Item], Awaitable[int]]


async def harvest(source: HarvestAccount, item: Item) -> int:
    """As a harvest does it."""
    return int((await TRACKS.fetch(source, item)).batch.num_rows)


async def _body(source: HarvestAccount, item: Item) -> bytes:
    params = {"tracker_id": item.trackers[0], "from": item.range.start, "to": item.range.end}
    return await source.caller.call_bytes("track/read", params)


def _structs(body: bytes) -> int:
    return int(TRACKS.layout._read_structs(body, {"tracker_id": 1}, None).batch.num_rows)


async def on_the_loop(source: HarvestAccount, item: Item) -> int:
    """Structs to columns on the loop."""
    return _structs(await _body(source, item))


async def in_a_thread(source: HarvestAccount, item: Item) -> int:
    """The same in a thread."""
    return await asyncio.to_thread(_structs, await _body(source, item))


WAYS: dict[str, Fetch] = {
    "harvest (Arrow in threads)": harvest,
    "msgspec Structs in a thread": in_a_thread,
    "msgspec Structs on the loop": on_the_loop,
}


async def _lags(until: asyncio.Event) -> list[float]:
    late = []
    while not until.is_set():
        before = time.perf_counter()
        await asyncio.sleep(0.001)
        late.append(max(time.perf_counter() - before - 0.001, 0.0) * 1e3)
    return late


def _summary(late: list[float]) -> dict[str, float]:
    late = sorted(late)
    total, passed, by_time = sum(one + 1 for one in late), 0.0, 0.0
    for by_time in late:
        passed += by_time + 1
        if passed >= 0.99 * total:
            break
    return {"p99": late[int(len(late) * 0.99)], "by_time": by_time, "most": late[-1]}


async def measure(name: str, url: str, bodies: int) -> dict[str, Any]:
    """One way, in this process."""
    fetch = WAYS[name]
    limits = Limits(per_credential=1_000_000, per_address=1_000_000, burst=1_000)
    async with Navixy(url, limits=limits) as navixy:
        with DecodePool() as threads:
            source = HarvestAccount(navixy.account(ApiKey("0" * 32)), threads)
            items = iter([Item("fleet", (number % WORLD.trackers + 1,), WINDOW) for number in range(bodies)])

            async def work() -> None:
                for item in items:
                    assert await fetch(source, item) > 45_000

            await fetch(source, Item("fleet", (1,), WINDOW))
            rest = asyncio.Event()
            watch = asyncio.create_task(_lags(rest))
            await asyncio.sleep(1)
            rest.set()
            idle = _summary(await watch)
            done = asyncio.Event()
            watch = asyncio.create_task(_lags(done))
            started = time.perf_counter()
            await asyncio.gather(*(work() for _ in range(AT_ONCE)))
            wall = time.perf_counter() - started
            done.set()
            return _summary(await watch) | {"idle": idle["p99"], "rate": bodies / wall}


def main() -> None:
    """Run, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bodies", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=list(WAYS), help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        print(json.dumps(asyncio.run(measure(given.only, given.url, given.bodies))))
        return
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in WAYS}
    with ServerProcess(WORLD) as server:
        for _ in range(given.rounds):
            for name in WAYS:
                command = [sys.executable, "-m", "benchmarks.decode.loop", "--only", name, "--url", server.url]
                answer = subprocess.run([*command, "--bodies", str(given.bodies)], check=True, stdout=subprocess.PIPE)
                runs[name].append(json.loads(answer.stdout))
    rows = []
    for name, each in runs.items():
        one = {key: median(run[key] for run in each) for key in each[0]}
        rows.append((name, *(f"{one[key]:.1f}" for key in ("p99", "by_time", "most", "idle", "rate"))))
    heads = ("way", "p99 ms", "p99 by time ms", "longest ms", "p99 idle ms", "bodies/s")
    show(f"Lateness of the event loop, {given.bodies} bodies of 10.8 MB (p99 must be ≤ {MUST:g} ms)", heads, rows)


if __name__ == "__main__":
    main()
