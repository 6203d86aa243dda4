"""Two loads that cost others the rate: a busy event loop, and a server whose every answer takes two seconds.

    python -m benchmarks.limiter.loads [--seconds 60]

The busy loop is blocked for 1 to 20 ms every 20 ms. The slow server counts a call when it comes and works two seconds
on it; in the second of its rows it was quick before, so that nothing tells slow work from slow lines any more.
"""

from __future__ import annotations

import argparse
import asyncio

from navixy_async.limits import Limiter
from navixy_async.settings import Limits

from .lines import Line
from .stage import WAYS, Bar, Seen, block_the_loop, ours, show, theatre


def bar(name: str, seen: Seen, start: float, end: float, least: float) -> Bar:
    """A bar of nothing refused and a least share."""
    share = seen.rate(start, end) / 50
    value = f"{len(seen.refused)}, {100 * share:.2f} %"
    return Bar(name, f"0 refused, ≥ {100 * least:g} %", value, not seen.refused and share >= least)


async def measure(seconds: float) -> list[Bar]:
    """Run both loads."""
    bars = []
    async with theatre() as stage:
        for jitter in ("none", "uniform"):
            scene = await stage.open("sliding", Line(0.080, jitter))
            blocker = asyncio.create_task(block_the_loop())
            await ours(stage, scene, seconds, 100)
            blocker.cancel()
            bars.append(bar(f"busy loop, jitter {jitter}", await stage.seen(scene), 5.0, seconds - 0.5, 0.95))
        scene = await stage.open("sliding", Line(0.080, "uniform"))
        blocker = asyncio.create_task(block_the_loop())
        await WAYS["AsyncLimiter(1, 1/50)"](stage, scene, seconds / 2, 100)
        blocker.cancel()
        paced = await stage.seen(scene)
        value = f"{len(paced.refused)}, {2 * paced.rate(5.0, seconds / 2 - 0.5):.2f} %"
        bars.append(Bar("busy loop, jitter uniform, AsyncLimiter(1, 1/50)", "for comparison", value, True))
        for jitter in ("none", "uniform"):
            for quick_first in (False, True):
                limiter = Limiter(Limits(), host="bench")
                if quick_first:
                    scene = await stage.open("sliding", Line(0.080, jitter))
                    await ours(stage, scene, 10.0, 100, limiter=limiter)
                    await asyncio.sleep(2.0)  # the next scene's counters know nothing of this one's calls
                scene = await stage.open("sliding", Line(0.080, jitter, work=2.0))
                await ours(stage, scene, seconds, 250, limiter=limiter)
                seen = await stage.seen(scene)
                name = f"answers take 2 s{' now' if quick_first else ''}, jitter {jitter}"
                bars.append(bar(name, seen, 12.0, seconds - 3.0, 0.94))
    return bars


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0)
    show(asyncio.run(measure(parser.parse_args().seconds)))


if __name__ == "__main__":
    main()
