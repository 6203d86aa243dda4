"""Forty accounts over four source addresses: beyond 50/s, and still nothing refused.

    python -m benchmarks.limiter.addresses [--seconds 30]

Linux answers on all of 127.0.0.0/8; on macOS add the addresses first (`ifconfig lo0 alias 127.0.0.2` and so on).
"""

from __future__ import annotations

import argparse
import asyncio

from navixy_async.limits import Limiter
from navixy_async.settings import Limits

from .lines import Line
from .server import ADDRESSES
from .stage import Bar, ours, show, theatre


async def measure(seconds: float) -> list[Bar]:
    """Run the load with and without jitter."""
    bars = []
    addresses = ADDRESSES[:4]
    async with theatre(addresses) as stage:
        for jitter in ("none", "uniform"):
            scene = await stage.open("sliding", Line(0.080, jitter))
            limiter = Limiter(Limits(), host="bench", local_addrs=addresses)
            await ours(stage, scene, seconds, 400, accounts=40, limiter=limiter)
            seen = await stage.seen(scene)
            rate = seen.rate(5.0, seconds - 0.5)
            value = f"{rate:.1f}/s, {len(seen.refused)}, widest {seen.widest(by=2)}, Jain {seen.jain():.4f}"
            must = "≥ 190/s, 0 refused"
            reached = rate >= 190 and not seen.refused
            bars.append(Bar(f"4 addresses, 40 accounts, jitter {jitter}", must, value, reached))
    return bars


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=30.0)
    show(asyncio.run(measure(parser.parse_args().seconds)))


if __name__ == "__main__":
    main()
