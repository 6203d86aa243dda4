"""What do a thousand callers send into a dead platform, and how soon is everything as before?

    python benchmarks/retry/outage.py [--seconds 60] [--callers 1000]

The embedded platform answers 503 to everything for the given time, then works again. Each caller asks once more some
seconds after its call failed, as programs do. Printed are the retries that the client sent by itself during the outage
beside its budget, and the time from the platform's return until a full second of successes was seen.
"""

from __future__ import annotations

import argparse
import asyncio
import platform as machine
import random
import time
from collections import deque

from navixy_async import ApiKey, Navixy, NavixyError, Retries
from navixy_async.observe import Event, Retrying
from navixy_async.testing import Fault, Platform, World, WorldSpec


class Tally:
    """What happened when."""

    def __init__(self) -> None:
        self.retries: list[float] = []
        self.failures = 0
        self.successes: deque[float] = deque()

    def __call__(self, event: Event) -> None:
        if isinstance(event, Retrying):
            self.retries.append(time.monotonic())


async def caller(navixy: Navixy, key: str, tally: Tally, stop: asyncio.Event) -> None:
    """Ask until told to stop; after a failure some seconds later, after a success at once."""
    fleet = navixy.account(ApiKey(key))
    draw = random.Random(id(stop))
    while not stop.is_set():
        try:
            await fleet.call("user/get_info")
        except NavixyError:
            tally.failures += 1
            await asyncio.sleep(draw.uniform(1, 5))
        else:
            tally.successes.append(time.monotonic())


async def run(seconds: float, callers: int) -> None:
    """One outage."""
    world = World(WorldSpec(accounts=1, trackers=2, days=1))
    tally, stop = Tally(), asyncio.Event()
    async with Platform(world) as platform, Navixy(platform.base_url, observer=tally) as navixy:
        platform.faults.add(Fault(kind="unavailable", times=None))
        async with asyncio.TaskGroup() as group:
            for _ in range(callers):
                group.create_task(caller(navixy, world.accounts[0].api_key, tally, stop))
            await asyncio.sleep(seconds)
            sent = platform.stats.requests
            platform.faults.clear()
            returned = time.monotonic()
            during = sum(moment <= returned for moment in tally.retries)
            await asyncio.sleep(10)
            stop.set()
    after = [moment - returned for moment in tally.successes]
    full = next((round(at, 2) for at in after if sum(at <= other < at + 1 for other in after) >= 47), None)
    print(f"CPython {machine.python_version()}, {machine.machine()}, {callers} callers, {seconds:.0f} s of outage")
    print(f"sent into the outage   {sent:6} ({sent / seconds:.1f}/s)")
    print(f"retries of ours        {during:6} (budget {Retries().budget})")
    print(f"failures told          {tally.failures:6}")
    print(f"full rate again after  {full} s")


def main() -> None:
    """Read the options and run."""
    options = argparse.ArgumentParser()
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--callers", type=int, default=1000)
    chosen = options.parse_args()
    asyncio.run(run(chosen.seconds, chosen.callers))


if __name__ == "__main__":
    main()
