"""Never refused, hardly below the limit: every kind of server, at every distance, with every jitter, in real time.

    python -m benchmarks.limiter.servers [--seconds 60] [--together 4] [--kinds sliding,fixed] [--latencies 5,80,300]

Each cell is a minute of full load on a server of its own. `--together` runs that many cells at once; on a small
machine more of them blur the jitter with lateness of our own making. The same matrix in simulated time, to the last
place the same each time, is `python -m benchmarks.limiter.simulate`.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from .counters import COUNTERS
from .lines import PLACES, Line
from .stage import Bar, Seen, Theatre, ours, row, show, table, theatre

JITTERS = ("none", "uniform", "lognormal", "outliers")
WARM = 10.0
"""Seconds before the steady rate is measured; refusals count from the first call on."""


@dataclass(frozen=True)
class Cell:
    """One server."""

    kind: str
    line: Line

    def bar(self, seen: Seen, seconds: float) -> Bar:
        """What this cell must reach."""
        share = seen.rate(WARM, seconds - 0.5) / 50
        line = self.line
        name = f"{self.kind}, {line.latency * 1000:.0f} ms, {line.jitter}"
        if line.jitter != "none":
            name += f" ({line.place})"
        if self.kind in ("sliding", "fixed"):
            most = 1.0 if line.jitter == "outliers" else 0.0
            least = {"none": 0.99, "uniform": 0.965}.get(line.jitter, 0.95)
        else:
            most, least = 2.0, 0.95
        must = f"≤ {most:g} ‰, ≥ {100 * least:g} %"
        value = f"{seen.per_mille:.2f} ‰ ({len(seen.refused)}), {100 * share:.2f} %"
        return Bar(name, must, value, seen.per_mille <= most and share >= least)


async def measure(seconds: float, cells: Sequence[Cell], together: int) -> list[Bar]:
    """Run the cells, some at a time."""
    bars: list[Bar] = []
    async with theatre() as stage:
        for first in range(0, len(cells), together):
            some = cells[first : first + together]
            bars += await asyncio.gather(*(_one(stage, cell, seconds) for cell in some))
            for bar in bars[-len(some) :]:
                row(bar.figure, bar.must, bar.value, "yes" if bar.reached else "**no**")
    return bars


async def _one(stage: Theatre, cell: Cell, seconds: float) -> Bar:
    scene = await stage.open(cell.kind, cell.line)
    await ours(stage, scene, seconds, 100)
    return cell.bar(await stage.seen(scene), seconds)


def matrix(kinds: Sequence[str], latencies: Sequence[float], jitters: Sequence[str]) -> list[Cell]:
    """Every combination."""
    return [
        Cell(kind, Line(latency, jitter, place))
        for kind, latency, jitter in product(kinds, latencies, jitters)
        for place in (PLACES if jitter != "none" else ("both",))
    ]


def main() -> None:
    """Print the matrix."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--together", type=int, default=4)
    parser.add_argument("--kinds", default=",".join(COUNTERS))
    parser.add_argument("--latencies", default="5,80,300")
    parser.add_argument("--jitters", default=",".join(JITTERS))
    given = parser.parse_args()
    latencies = [float(one) / 1000 for one in given.latencies.split(",")]
    cells = matrix(given.kinds.split(","), latencies, given.jitters.split(","))
    table(("server", "must", "refused, share of 50/s", "reached"))
    bars = asyncio.run(measure(given.seconds, cells, given.together))
    missed = [bar for bar in bars if not bar.reached]
    print(f"\n{len(bars) - len(missed)} of {len(bars)} reached")
    if missed:
        show(missed)


if __name__ == "__main__":
    main()
