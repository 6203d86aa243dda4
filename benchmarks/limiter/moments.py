"""The moments in which limiters clump: the first second after idling, and the end of a pause with a thousand queued.

python -m benchmarks.limiter.moments
"""

from __future__ import annotations

import argparse
import asyncio
from itertools import pairwise

from aiolimiter import AsyncLimiter

from navixy_async.limits import Limiter
from navixy_async.settings import Limits

from .lines import Line
from .stage import Bar, Theatre, requester, show, theatre


async def send(stage: Theatre, scene: str, limiter: Limiter) -> None:
    """One call of a job."""
    permit = await limiter.acquire(requester("account", "bulk"), deadline=None)
    await stage.call(scene, "account", permit)


async def first_second(stage: Theatre) -> list[Bar]:
    """Two hundred calls at once after three idle seconds, on a limiter that knows the way already."""
    limiter = Limiter(Limits(), host="bench")
    warm = await stage.open("sliding", Line(0.080, "none"))
    await asyncio.gather(*(send(stage, warm, limiter) for _ in range(300)))
    await asyncio.sleep(3.0)
    scene = await stage.open("sliding", Line(0.080, "none"))
    await asyncio.gather(*(send(stage, scene, limiter) for _ in range(200)))
    seen = await stage.seen(scene)
    in_first = sum(1 for at, *_ in seen.accepted + seen.refused if at < 1.0)
    clump = seen.widest(0.010)
    scene = await stage.open("sliding", Line(0.080, "none"))
    other = AsyncLimiter(50, 1)

    async def theirs() -> None:
        await other.acquire()
        await stage.call(scene, "account")

    await asyncio.gather(*(theirs() for _ in range(200)))
    beside = await stage.seen(scene)
    count = sum(1 for at, *_ in beside.accepted + beside.refused if at < 1.0)
    return [
        Bar("first second after idle", "≤ 50", str(in_first), in_first <= 50),
        Bar("largest clump in 10 ms, burst 5", "≤ 5", str(clump), clump <= 5),
        Bar("first second, AsyncLimiter(50, 1)", "for comparison", str(count), True),
    ]


async def after_a_pause(stage: Theatre) -> list[Bar]:
    """The server asks for three seconds of silence while a thousand calls are queued."""
    limiter = Limiter(Limits(), host="bench")
    scene = await stage.open("sliding", Line(0.080, "uniform"))
    tasks = [asyncio.create_task(send(stage, scene, limiter)) for _ in range(1000)]
    await asyncio.sleep(5.0)
    permit = await limiter.acquire(requester("account", "interactive"), deadline=None)
    permit.refused(3.0)
    await asyncio.gather(*tasks)
    seen = await stage.seen(scene)
    times = [at for at, *_ in seen.accepted]
    silence = max(later - earlier for earlier, later in pairwise(times))
    begin = next(later for earlier, later in pairwise(times) if later - earlier == silence)
    rate = seen.rate(begin + 2.0, begin + 7.0)
    return [
        Bar("silence asked for: 3 s", "≥ 3 s", f"{silence:.2f} s", silence >= 2.9),
        Bar("widest second after it", "≤ 50, 0 refused", f"{seen.widest()}, {len(seen.refused)}", not seen.refused),
        Bar("rate from 2 s after its end", "full again", f"{rate:.1f}/s", rate >= 47.5),
    ]


async def measure() -> list[Bar]:
    """Both moments."""
    async with theatre() as stage:
        return await first_second(stage) + await after_a_pause(stage)


def main() -> None:
    """Print the table."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    show(asyncio.run(measure()))


if __name__ == "__main__":
    main()
