"""Beside what people use today: the same load, the same server, on an idle loop and on a busy one.

    pip install ".[bench]" && python -m benchmarks.limiter.peers [--seconds 30] [--kinds sliding,leaky-5]

The line is 80 ms with 0 to 60 ms of jitter. The busy loop is blocked for 1 to 20 ms every 20 ms, as decoding does it.
The limiters of others are told 50 per second, in the way their documentation shows.
"""

from __future__ import annotations

import argparse
import asyncio

from .lines import Line
from .stage import WAYS, Seen, block_the_loop, row, table, theatre


async def measure(seconds: float, kinds: list[str], names: list[str]) -> None:
    """One row for each way, kind of server and loop."""
    table(("server", "loop", "limiter", "refused", "of 1000 calls", "of 50/s", "widest second"))
    async with theatre() as stage:
        for kind in kinds:
            for busy in (False, True):
                for name in names:
                    scene = await stage.open(kind, Line(0.080, "uniform"))
                    blocker = asyncio.create_task(block_the_loop()) if busy else None
                    await WAYS[name](stage, scene, seconds, 100)
                    if blocker is not None:
                        blocker.cancel()
                    seen: Seen = await stage.seen(scene)
                    row(
                        kind,
                        "busy" if busy else "idle",
                        name,
                        len(seen.refused),
                        f"{seen.per_mille:.1f}",
                        f"{2 * seen.rate(5.0, seconds - 0.5):.1f} %",
                        seen.widest(),
                    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--kinds", default="sliding,two-window,leaky-5")
    parser.add_argument("--ways", default="|".join(WAYS))
    given = parser.parse_args()
    asyncio.run(measure(given.seconds, given.kinds.split(","), given.ways.split("|")))


if __name__ == "__main__":
    main()
