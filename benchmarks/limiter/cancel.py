"""Ten thousand waiters, half of them cancelled at random: nobody is lost, nothing leaks, the rate stays.

    python -m benchmarks.limiter.cancel

The cancels strike calls that wait, that are let go in that very moment, and that are under way. They take about
twenty seconds; the rate is measured over them and twenty seconds more, at the real limit of 50 per second. Then the
limit is taken away from those that still wait, by ending them too, and everything must be accounted for.
"""

from __future__ import annotations

import argparse
import asyncio
import random

from navixy_async.limits import Limiter
from navixy_async.settings import Limits

from .lines import Line
from .stage import Bar, Theatre, requester, show, theatre

WAITERS = 10_000


async def storm(stage: Theatre, scene: str) -> tuple[Limiter, list[BaseException | None], set[int]]:
    """Queue all of them, cancel half at random, then go on for a while."""
    dice = random.Random(11)
    limiter = Limiter(Limits(), host="bench")
    through: set[int] = set()

    async def call(number: int) -> None:
        account = f"account-{number % 7}"
        permit = await limiter.acquire(requester(account, "bulk"), deadline=None)
        await stage.call(scene, account, permit)
        through.add(number)

    tasks = [asyncio.create_task(call(number)) for number in range(WAITERS)]
    victims = dice.sample(range(WAITERS), WAITERS // 2)
    while victims:
        some = dice.randrange(1, 120)
        for victim in victims[:some]:
            tasks[victim].cancel()
        del victims[:some]
        await asyncio.sleep(dice.choice([0.0, 0.001, 0.02, 0.5]))
    await asyncio.sleep(20.0)
    for task in tasks:
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    return limiter, results, through


async def measure() -> list[Bar]:
    """Run the storm."""
    async with theatre() as stage:
        scene = await stage.open("sliding", Line(0.080, "none"))
        limiter, results, through = await storm(stage, scene)
        await asyncio.sleep(3.5)
        seen, shot = await stage.seen(scene), limiter.snapshot()
    times = sorted(at for at, *_ in seen.accepted)
    rate = (len(times) - 1) / (times[-1] - times[0])
    failed = sum(1 for result in results if isinstance(result, Exception))
    cancelled = sum(1 for result in results if isinstance(result, asyncio.CancelledError))
    leaked = shot.waiting + shot.in_flight + sum(one.busy for one in shot.addresses + shot.credentials)
    return [
        Bar("through, cancelled", "10,000", f"{len(through)} + {cancelled}", len(through) + cancelled == WAITERS),
        Bar("failed", "0", str(failed), failed == 0),
        Bar("places leaked, still queued", "0", str(leaked), leaked == 0),
        Bar("rate", "50/s within 1 %", f"{rate:.2f}/s", abs(rate / 50 - 1) <= 0.01),
        Bar("refused", "0", str(len(seen.refused)), not seen.refused),
    ]


def main() -> None:
    """Print the table."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    show(asyncio.run(measure()))


if __name__ == "__main__":
    main()
