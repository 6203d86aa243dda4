"""Ten accounts behind one address, and an eleventh that has been idle: the rate, the shares, and who waits for whom.

    python -m benchmarks.limiter.accounts [--seconds 60]

The server counts strictly on both levels. The ten queue 600 calls each and more; the idle one calls now and then, from
the bulk lane and from the interactive one. Beside it: a limiter per credential alone, which is refused by the address,
and limiters nested in one another, where the idle account waits behind everybody's backlog.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time

from aiolimiter import AsyncLimiter

from navixy_async.limits import Limiter
from navixy_async.operations import Lane
from navixy_async.settings import Limits

from .lines import Line
from .stage import Bar, Seen, Theatre, requester, show, theatre

ACCOUNTS, BACKLOG = 10, 600


def quantile(values: list[float], part: float) -> float:
    """The value below which that part of the values lies."""
    return sorted(values)[min(int(len(values) * part), len(values) - 1)]


async def fair(stage: Theatre, scene: str, seconds: float) -> dict[Lane, list[float]]:
    """Our limiter; gives the waits of the idle account's calls."""
    limiter = Limiter(Limits(), host="bench")
    waits: dict[Lane, list[float]] = {"interactive": [], "bulk": []}
    end = time.monotonic() + seconds

    async def bulk(account: str) -> None:
        while time.monotonic() < end:
            permit = await limiter.acquire(requester(account, "bulk"), deadline=None)
            await stage.call(scene, account, permit)

    async def idle(lane: Lane) -> None:
        dice = random.Random(lane)
        number = 0
        while True:
            await asyncio.sleep(dice.uniform(0.2, 0.6))
            number += 1
            account = f"idle-{lane}-{number}"  # every call is the first of an account that slept
            permit = await limiter.acquire(requester(account, lane), deadline=None)
            waits[lane].append(permit.waited)
            await stage.call(scene, account, permit)

    tasks = [asyncio.create_task(bulk(f"account-{number % ACCOUNTS}")) for number in range(ACCOUNTS * BACKLOG)]
    tasks += [asyncio.create_task(idle(lane)) for lane in waits]
    await asyncio.sleep(seconds)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    limiter.close()
    return waits


async def per_credential(stage: Theatre, scene: str, seconds: float) -> None:
    """One paced limiter for each credential, none for the address."""
    limiters = [AsyncLimiter(1, 1 / 50) for _ in range(ACCOUNTS)]
    end = time.monotonic() + seconds

    async def work(number: int) -> None:
        while time.monotonic() < end:
            await limiters[number].acquire()
            await stage.call(scene, f"account-{number}")

    await asyncio.gather(*(work(number) for number in range(ACCOUNTS) for _ in range(8)))


async def nested(seconds: float) -> float:
    """How long the idle account waits with the address's limiter inside the credential's; needs no server."""
    address = AsyncLimiter(50, 1)
    own = {number: AsyncLimiter(50, 1) for number in range(ACCOUNTS + 1)}

    async def call(number: int) -> None:
        async with own[number], address:
            pass

    tasks = [asyncio.create_task(call(number % ACCOUNTS)) for number in range(ACCOUNTS * BACKLOG)]
    await asyncio.sleep(5.0)
    asked = time.monotonic()
    idle = asyncio.create_task(call(ACCOUNTS))
    await asyncio.wait([idle], timeout=seconds)
    waited = time.monotonic() - asked
    for task in [*tasks, idle]:
        task.cancel()
    await asyncio.gather(*tasks, idle, return_exceptions=True)
    return waited


async def measure(seconds: float) -> list[Bar]:
    """Run all of it."""
    bars = []
    async with theatre() as stage:
        for jitter, least in (("none", 0.96), ("uniform", 0.96)):
            scene = await stage.open("sliding", Line(0.080, jitter))
            waits = await fair(stage, scene, seconds)
            seen = await stage.seen(scene)
            share = seen.rate(5.0, seconds - 0.5) / 50
            regular = Seen([one for one in seen.accepted if one[1].startswith("account")], [])
            name = f"10 accounts, one address, jitter {jitter}"
            value = f"{len(seen.refused)}, {100 * share:.2f} %"
            bars.append(Bar(name, "0 refused, ≥ 96 %", value, not seen.refused and share >= least))
            bars.append(Bar(f"{name}: Jain", "≥ 0.99", f"{regular.jain():.4f}", regular.jain() >= 0.99))
            bounds: dict[Lane, float] = {"bulk": 0.3, "interactive": 0.1}
            for lane, most in bounds.items():
                worst = quantile(waits[lane], 0.99)
                text = f"{worst:.3f} s (median {quantile(waits[lane], 0.5):.3f} s, n = {len(waits[lane])})"
                bars.append(Bar(f"{name}: idle account, {lane}, p99", f"≤ {most} s", text, worst <= most))
        scene = await stage.open("sliding", Line(0.080, "uniform"))
        await per_credential(stage, scene, 10.0)
        seen = await stage.seen(scene)
        text = f"{len(seen.refused)} refused per {len(seen.accepted)} accepted"
        bars.append(Bar("a limiter per credential alone", "for comparison", text, True))
        bars.append(Bar("idle account, nested limiters", "for comparison", f"{await nested(70.0):.1f} s", True))
    return bars


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0)
    show(asyncio.run(measure(parser.parse_args().seconds)))


if __name__ == "__main__":
    main()
