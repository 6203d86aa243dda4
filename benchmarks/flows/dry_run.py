"""How many messages a second a dry run makes.

    python -m benchmarks.flows.dry_run [--messages 100000] [--runs 5]

Source → three calculated attributes → logic → webhook and output, over points of ten attributes, in processor time.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator
from statistics import median
from typing import Any

from navixy_async.flows import simulate
from tests.support.flows.dry_run import flow

ITEMS = ({"name": "b", "value": "(fuel - 5) / 2.0"}, {"name": "c", "value": "value('speed', 1, 'all')"})
MUST = {"outputs and summary": 50_000, "every step": 15_000}


def points(count: int) -> Iterator[dict[str, Any]]:
    others = {f"analog_{n}": n * 1.5 for n in range(6)}
    for n in range(count):
        yield {
            "source_id": 7,
            "message_time": 1_750_000_000_000 + 1_000 * n,
            "speed": n % 120,
            "fuel": n % 90,
            **others,
        }


def rate_of(name: str, count: int) -> float:
    """Messages a second of processor time."""
    simulation = simulate(flow(*ITEMS), points(count))
    begun = time.process_time()
    for _ in simulation.effects() if name.startswith("outputs") else simulation:
        pass
    simulation.summary()
    return count / (time.process_time() - begun)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    print("| | messages/s (median) | best | must | memory |\n|---|---|---|---|---|")
    for name, must in MUST.items():
        rates = [rate_of(name, chosen.messages) for _ in range(chosen.runs)]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"| {name} | {median(rates):,.0f} | {max(rates):,.0f} | {must:,} | {memory} MB |")


if __name__ == "__main__":
    main()
