"""The plan of 5,000 trackers over a year: time and memory to build it, and to take every item of it.

    python -m benchmarks.harvest.plan [--trackers 5000] [--days 365] [--repeat 5]

Time without tracing, memory in a second pass (tracemalloc's peak). Built means: ready to give the first item. Taking
every item is what the whole harvest spends on planning, each answered with 1,000 points of 217 bytes a day.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from collections import deque
from datetime import UTC, datetime, timedelta
from statistics import median

from navixy_async.harvest.account import RequestLimits
from navixy_async.harvest.plan.windows import AccountPlan, Item
from navixy_async.harvest.streams.tracks import TRACKS
from navixy_async.paging.intervals import IntervalSet
from navixy_async.times import TimeRange

from .table import show

START = datetime(2025, 1, 1, tzinfo=UTC)
PER_SECOND = 217_000 / 86_400
WORKERS = 16


def build(trackers: int, days: int) -> AccountPlan:
    """What a harvest does when it begins; each tracker with its own set of ranges, as from a ledger."""
    asked = TimeRange(START, START + timedelta(days=days))
    todo = {tracker: IntervalSet([asked]) for tracker in range(1, trackers + 1)}
    return AccountPlan("fleet", todo, TRACKS.windows(RequestLimits()), batch=TRACKS.batch)


def take_all(plan: AccountPlan) -> int:
    """Every item, answered as late as with so many workers."""
    under_way: deque[Item] = deque()
    items = 0
    while (item := plan.next_item()) is not None:
        items += 1
        under_way.append(item)
        if len(under_way) >= WORKERS:
            done = under_way.popleft()
            plan.learn(done, round(done.range.span.total_seconds() * PER_SECOND))
    return items


def main() -> None:
    """Run, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trackers", type=int, default=5_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--repeat", type=int, default=5)
    given = parser.parse_args()
    building, taking, items = [], [], 0
    for _ in range(given.repeat):
        started = time.perf_counter()
        plan = build(given.trackers, given.days)
        building.append(time.perf_counter() - started)
        started = time.perf_counter()
        items = take_all(plan)
        taking.append(time.perf_counter() - started)
    tracemalloc.start()
    plan = build(given.trackers, given.days)
    built = tracemalloc.get_traced_memory()[1] / 1e6
    take_all(plan)
    taken = tracemalloc.get_traced_memory()[1] / 1e6
    rows = [
        ("built", f"{median(building):.2f}", "2", f"{built:.1f}", "50"),
        (f"all {items:,} items taken", f"{median(taking):.2f}", "", f"{taken:.1f}", ""),
    ]
    title = f"Plan of {given.trackers:,} trackers × {given.days} days, median of {given.repeat}"
    show(title, ("step", "seconds", "must be ≤", "peak MB", "must be ≤"), rows)


if __name__ == "__main__":
    main()
