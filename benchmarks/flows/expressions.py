"""What it costs to check an expression, and to evaluate it.

    python -m benchmarks.flows.expressions [--rounds 20]

The expressions are those of the vendor's pages that the platform accepts; each figure is the best of some rounds, and
the medians over all expressions are printed.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from statistics import median

from navixy_async.flows import Expression, FormulaError
from tests.support.flows.vectors import context, history, read

MUST = 200.0


def _best(call: Callable[[], object], rounds: int) -> float:
    """The shortest time of some, in µs."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        call()
        times.append(time.perf_counter() - begun)
    return min(times) * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    checks, evaluations = [], []
    for row in read("documented_expressions.jsonl"):
        try:
            formula = Expression(row["expression"])
        except FormulaError:
            continue
        text, attributes, readings = row["expression"], context(row), history(row)
        formula.evaluate(attributes, history=readings, now=0)
        checks.append(_best(lambda text=text: Expression(text), rounds))  # type: ignore[misc]
        evaluations.append(
            _best(lambda f=formula, a=attributes, h=readings: f.evaluate(a, history=h, now=0), rounds)  # type: ignore[misc]
        )
    print(f"{len(checks)} expressions\n")
    print("| | median | longest | must |\n|---|---|---|---|")
    print(f"| parse and check | {median(checks):.0f} µs | {max(checks):.0f} µs | {MUST:.0f} µs |")
    print(f"| evaluate | {median(evaluations):.0f} µs | {max(evaluations):.0f} µs | |")


if __name__ == "__main__":
    main()
