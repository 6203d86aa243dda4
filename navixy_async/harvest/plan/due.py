"""What a harvest with an end still has to do: what is lacking and over, and what was read so soon that it is due again.

What lies ahead of the earlier of two clocks waits for a later run. A harvest of which nothing is due asks nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ...paging.intervals import IntervalSet
from ...times import TimeRange, require_aware
from ..accounts import SKEW, HarvestAccounts, Lacking, hull, outdated
from ..report.coverage import WorkRecord
from ..report.coverage_builder import CoverageBuilder
from ..streams import RereadPolicy
from .schedule import DAY, Schedule

if TYPE_CHECKING:
    from ..filling import HarvestSpec

Recall = Callable[[CoverageBuilder], Awaitable[None]]
"""Tells a builder what is done already."""


@dataclass(frozen=True)
class Remaining:
    """What a run of a harvest with an end has to do."""

    builder: CoverageBuilder
    due: Lacking
    again: Lacking = field(default_factory=dict)
    """What of it was read before."""
    unsettled: Lacking = field(default_factory=dict)
    """Where rows may come, or change, after this run."""
    outdated: Sequence[WorkRecord] = ()
    """What was read before and nothing takes the place of, because it is not asked for any more."""
    doubted: datetime | None = None
    """What says that it was read after this moment was read under a wrong clock."""


async def remaining(run: HarvestAccounts, spec: HarvestSpec, recall: Recall) -> Remaining:
    """What is due now of a harvest with an end."""
    assert spec.end is not None
    schedule, clock = spec.schedule, spec.increments.clock
    own = require_aware(clock(), "the clock's time")
    by_account = run.ranges(spec.start, spec.end, own)
    asked = hull(by_account) or spec.asked

    async def open_builder(trusted_until: datetime | None) -> CoverageBuilder:
        builder = run.open_builder(
            asked, {}, by_account=by_account, look_back=schedule.look_back, trusted_until=trusted_until
        )
        await recall(builder)
        return builder

    builder = await open_builder(None)
    if spec.stream.reread == RereadPolicy.SNAPSHOT:
        return Remaining(builder, run.missing(builder))
    tolerance = min(SKEW, schedule.look_back)
    if builder.last_read <= own + tolerance and not any(_due(run, builder).values()):
        return Remaining(builder, _due(run, builder))
    now = await run.now(clock, asked.end + schedule.look_back + schedule.margin)
    doubted = now + tolerance if builder.last_read > now + tolerance else None
    if doubted is not None:
        builder = await open_builder(doubted)
    builder.began(now, run.over(now), has_end=True)
    # Thousands of trackers take a second or two, which the event loop has not.
    return await asyncio.to_thread(_remaining, run, builder, schedule, now, doubted)


def _due(run: HarvestAccounts, builder: CoverageBuilder) -> Lacking:
    lacking = run.missing(builder)
    return {key: lack | builder.young_of(*key) for key, lack in lacking.items()}


def _remaining(
    run: HarvestAccounts, builder: CoverageBuilder, schedule: Schedule, now: datetime, doubted: datetime | None
) -> Remaining:
    due: dict[tuple[str, int], IntervalSet] = {}
    again: dict[tuple[str, int], IntervalSet] = {}
    unsettled: dict[tuple[str, int], IntervalSet] = {}
    past_time = timedelta(0)
    for key, lacking in run.missing(builder).items():
        past = builder.past_of(key[0])
        young = (builder.young_of(*key) & past) - lacking
        if young:
            again[key] = (_wider(young, schedule.margin) & past) - lacking
        due[key] = (lacking & past) | again.get(key, IntervalSet())
        unsettled[key] = _unsettled(builder.asked_of(key[0]), past, schedule, now)
        past_time += past.span
    owed = sum((ranges.span for ranges in due.values()), timedelta(0))
    builder.set_expected(owed, past_time - owed)
    gone = outdated(run, builder)
    return Remaining(builder, due, total(again, ranges_of_work(gone)), unsettled, gone, doubted)


def _wider(ranges: IntervalSet, margin: timedelta) -> IntervalSet:
    """The ranges with what their rows may have moved into."""
    return IntervalSet(TimeRange(part.start - margin, part.end + margin) for part in ranges) if margin else ranges


def _unsettled(asked: TimeRange, past: IntervalSet, schedule: Schedule, now: datetime) -> IntervalSet:
    """Where a later run may read again, or for the first time; a day from now on, no file is made anyhow."""
    over = past.hull
    since = now - schedule.look_back - schedule.margin
    start = max(asked.start, min(since, over.end if over else since))
    end = min(asked.end, now + DAY)
    return IntervalSet((TimeRange(start, end),) if start < end else ())


def recall_nothing(_: CoverageBuilder) -> Awaitable[None]:
    """For a harvest that remembers nothing."""
    return asyncio.sleep(0)


def ranges_of_work(works: Iterable[WorkRecord]) -> Lacking:
    """The ranges of pieces of work, by account and tracker."""
    found: dict[tuple[str, int], IntervalSet] = {}
    for work in works:
        for tracker in work.trackers:
            key = work.account, tracker
            found[key] = found.get(key, IntervalSet()).add(work.range)
    return found


def total(lacking: Lacking, more: Mapping[tuple[str, int], IntervalSet]) -> Lacking:
    """Both together."""
    return {key: lacking.get(key, IntervalSet()) | more.get(key, IntervalSet()) for key in {*lacking, *more}}
