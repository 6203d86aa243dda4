"""Memory over a long harvest: its peak after 1, 2, 5 and 10 million points, each in a fresh process.

    python -m benchmarks.harvest.memory [--millions 1 2 5 10] [--svg docs/memory.svg]

20 trackers a million over 50 days, 1,000 points each a day, from a server without limits: bodies of about 4 MB arrive
as fast as they can be taken, which is the worst that memory can meet. Peak is the system's own high-water mark
(VmHWM), everything included: interpreter, Arrow, what files map. Beside it the median of samples every 20 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median
from typing import Any

from .end_to_end import harvest_into
from .server import ServerProcess, World
from .table import machine, peak_memory, show

DAYS = 50
MOST = 250.0


class Sampler(threading.Thread):
    """Looks at the process' memory (MB) every 20 ms."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.seen: list[tuple[float, float]] = []
        self.done = threading.Event()

    def run(self) -> None:
        """Sample until told to stop."""
        started = time.monotonic()
        while not self.done.wait(0.02):
            found = re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())
            assert found is not None
            self.seen.append((time.monotonic() - started, int(found.group(1)) / 1024))


def measure(url: str, world: World) -> dict[str, Any]:
    """One harvest, in this process."""
    sampler = Sampler()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as directory:
        sampler.start()
        rows = asyncio.run(harvest_into(url, world, Path(directory)))
        sampler.done.set()
    assert rows == world.points
    wall = time.perf_counter() - started
    # The highest of each of 100 stretches is enough to draw.
    step = max(wall / 100, 0.02)
    drawn: dict[int, float] = {}
    for at, size in sampler.seen:
        drawn[int(at / step)] = max(drawn.get(int(at / step), 0.0), size)
    curve = [[round(n * step / wall, 4), round(size, 1)] for n, size in sorted(drawn.items())]
    return {
        "peak": peak_memory(),
        "median": median(size for _, size in sampler.seen),
        "wall": wall,
        "points": world.points,
        "curve": curve,
    }


def draw(runs: list[dict[str, Any]]) -> str:
    """The curves as an SVG: memory over the share of the harvest that is done."""
    width, height, left, top, most = 640, 300, 52, 24, 300.0
    colours = ("#9ecae1", "#4292c6", "#08519c", "#d94801")

    def x(share: float) -> float:
        return left + (width - left - 90) * min(share, 1.0)

    def y(size: float) -> float:
        return top + (height - top - 40) * (1 - size / most)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        'font-size="12">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for size in range(0, 301, 50):
        dash = ' stroke-dasharray="6 4" stroke-width="1.5"' if size == MOST else ""
        colour = "#c00" if size == MOST else "#ddd"
        out.append(f'<path d="M{x(0)} {y(size):.1f}H{x(1)}" stroke="{colour}"{dash}/>')
        out.append(f'<text x="{left - 6}" y="{y(size) + 4:.1f}" text-anchor="end">{size}</text>')
    for run, colour in zip(runs, colours, strict=False):
        path = " ".join(f"{x(share):.1f},{y(size):.1f}" for share, size in run["curve"])
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.6"/>')
    for number, (run, colour) in enumerate(zip(runs, colours, strict=False)):
        where = y(0) - 8 - 16 * (len(runs) - number)
        text = f"{run['points'] / 1e6:g} M: {run['peak']:.0f} MB"
        out.append(f'<text x="{width - 84}" y="{where:.1f}" fill="{colour}">{text}</text>')
    out.append(f'<text x="{left}" y="14">MB in memory while 1, 2, 5 and 10 million points are harvested</text>')
    out.append(f'<text x="{left}" y="{height - 18}">begin</text>')
    out.append(f'<text x="{x(1)}" y="{height - 18}" text-anchor="end">end</text>')
    out.append(f'<text x="{left}" y="{height - 4}" fill="#777">{machine()}</text></svg>\n')
    return "\n".join(out)


def main() -> None:
    """Run, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--millions", type=int, nargs="+", default=[1, 2, 5, 10])
    parser.add_argument("--svg", type=Path)
    parser.add_argument("--only", help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        print(json.dumps(measure(given.url, World(trackers=int(given.only), days=DAYS))))
        return
    runs = []
    for millions in given.millions:
        world = World(trackers=millions * 1_000_000 // DAYS // 1000, days=DAYS)
        with ServerProcess(world) as server:
            command = [sys.executable, "-m", "benchmarks.harvest.memory", "--only", str(world.trackers)]
            answer = subprocess.run([*command, "--url", server.url], check=True, stdout=subprocess.PIPE)
            runs.append(json.loads(answer.stdout.splitlines()[-1]))
    show(
        f"Peak memory of a harvest (must be ≤ {MOST:g} MB)",
        ("points", "peak MB", "median MB", "seconds", "× the first"),
        [
            (
                f"{run['points']:,}",
                f"{run['peak']:.0f}",
                f"{run['median']:.0f}",
                f"{run['wall']:.1f}",
                f"{run['peak'] / runs[0]['peak']:.2f}",
            )
            for run in runs
        ],
    )
    if given.svg:
        given.svg.write_text(draw(runs))


if __name__ == "__main__":
    main()
