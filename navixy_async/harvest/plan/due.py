"""What a run has to do: fetch what is missing and over, and what was read before and is due again.

What lies ahead of the earlier of two clocks waits for a later run. A harvest with an end of which nothing is due sends
no request, not even for the time.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType

from ...errors import InvalidInput
from ...paging.intervals import IntervalSet
from ...times import DAY, SECOND, TimeRange, require_aware
from ..account import Fleet
from ..accounts import SKEW, HarvestAccounts
from ..report.coverage_builder import CoverageBuilder
from ..spec import HarvestSpec
from ..state.records import ReadRanges, TrackerRanges, WorkRecord
from ..state.store import HarvestState
from ..streams import RereadPolicy
from .local_days import moment_of
from .schedule import Schedule, distrusted, merge_run

log = logging.getLogger("navixy_async")

GONE = "the tracker is no longer in the account"
LEFT = "the account is no longer harvested"


def _nothing(_: CoverageBuilder) -> Awaitable[None]:
    return asyncio.sleep(0)


@dataclass(frozen=True)
class EarlierRuns:
    """What earlier runs of a harvest left behind."""

    fleets: Mapping[str, Fleet] = field(default_factory=dict)
    restore: Callable[[CoverageBuilder], Awaitable[None]] = _nothing
    """For a harvest with an end: enters what is done already in a builder."""
    ranges: ReadRanges = field(default_factory=dict)
    """For a harvest without an end: everything that was read."""
    changed: ReadRanges = field(default_factory=dict)
    """What changed with the last run, and is not stored as ranges yet."""


def read_earlier(state: HarvestState, spec: HarvestSpec) -> EarlierRuns:
    """What the state of a harvest without an end says about earlier runs."""
    last, fleets = state.run(), state.fleets()
    if last is None:
        return EarlierRuns()
    if spec.stream.reread == RereadPolicy.SNAPSHOT:
        return EarlierRuns(fleets)  # The past is never requested again.
    for label, trackers in last.gone.items():
        known = fleets.get(label, Fleet((), ()))
        fleets[label] = Fleet((*known.open, *trackers), known.blocked)
    ranges = state.ranges()
    merged = merge_run(ranges, state.work(), last.began)
    changed = {key: spec.schedule.coalesce(reads) for key, reads in merged.items()}
    return EarlierRuns(fleets, ranges={**ranges, **changed}, changed=changed)


def restore_work(state: HarvestState, builder: CoverageBuilder) -> None:
    """Enter what is done already in the builder."""
    builder.zones |= state.zones()
    for work in state.work():
        builder.deliver(work)


@dataclass(frozen=True)
class Due:
    """What one run has to do."""

    builder: CoverageBuilder
    ranges: TrackerRanges
    """What is to be requested."""
    fleets: Mapping[str, Fleet]
    """The trackers to remember: of new accounts; for a harvest without an end, of all."""
    outdated: Sequence[WorkRecord] = ()
    """What was read before and is not replaced, because it is no longer requested."""
    again: TrackerRanges = field(default_factory=dict)
    """For a harvest with an end: what was read before and is read again, or is outdated."""
    unsettled: TrackerRanges = field(default_factory=dict)
    """For a harvest with an end: where rows may come, or change, after this run."""
    distrusted: datetime | None = None
    """For a harvest with an end: anything dated after this moment was read under a wrong clock."""
    began: datetime | None = None
    """For a harvest without an end: the moment to record for what is read now."""
    gone: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Trackers that existed when the last run began and are gone now, by account."""
    earlier: EarlierRuns = field(default_factory=EarlierRuns)
    read_before: TrackerRanges | None = None
    """For a harvest without an end: everything that was read before."""

    @property
    def touched(self) -> TrackerRanges:
        """Where rows may come, change or go in this run."""
        return _union(_union(self.ranges, self.again), ranges_of_work(self.outdated))


async def find_due(accounts: HarvestAccounts, spec: HarvestSpec, earlier: EarlierRuns) -> Due:
    """What is due now, for the present trackers.

    Raises:
        InvalidInput: a harvest without an end begins later than now.
    """
    return await (_due_until_now if spec.is_open else _due_until_end)(accounts, spec, earlier)


# --- with an end ------------------------------------------------------------------------------------------------------


async def _due_until_end(accounts: HarvestAccounts, spec: HarvestSpec, earlier: EarlierRuns) -> Due:
    schedule, clock = spec.schedule, spec.increments.clock
    own = require_aware(clock(), "the clock's time")
    by_account = accounts.days_asked(own)
    asked = hull(by_account) or spec.asked(own)
    new = {label: fleet for label, fleet in accounts.fleets.items() if label not in earlier.fleets}

    async def restored(trusted_until: datetime | None) -> CoverageBuilder:
        builder = accounts.open_builder(
            asked, {}, by_account=by_account, look_back=schedule.look_back, trusted_until=trusted_until
        )
        await earlier.restore(builder)
        return builder

    builder = await restored(None)
    missing = accounts.missing(builder)
    if spec.stream.reread == RereadPolicy.SNAPSHOT:
        return Due(builder, missing, new)
    tolerance = min(SKEW, schedule.look_back)
    due = {key: ranges | builder.young_of(*key) for key, ranges in missing.items()}
    if builder.last_read <= own + tolerance and not any(due.values()):
        return Due(builder, due, new)
    now = await accounts.now(clock, asked.end + schedule.look_back + schedule.margin)
    trusted_until = now + tolerance if builder.last_read > now + tolerance else None
    if trusted_until is not None:
        builder = await restored(trusted_until)
    builder.began(now, accounts.over(now), has_end=True)
    # Thousands of trackers take a second or two: too long for the event loop.
    due_now = await asyncio.to_thread(_missing_and_young, accounts, builder, schedule, now)
    return replace(due_now, fleets=new, distrusted=trusted_until)


def _missing_and_young(accounts: HarvestAccounts, builder: CoverageBuilder, schedule: Schedule, now: datetime) -> Due:
    due: dict[tuple[str, int], IntervalSet] = {}
    again: dict[tuple[str, int], IntervalSet] = {}
    unsettled: dict[tuple[str, int], IntervalSet] = {}
    past_time = timedelta(0)
    for key, missing in accounts.missing(builder).items():
        past = builder.past_of(key[0])
        young = (builder.young_of(*key) & past) - missing
        if young:
            again[key] = (schedule.widened(young) & past) - missing
        due[key] = (missing & past) | again.get(key, IntervalSet())
        unsettled[key] = _unsettled(builder.asked_of(key[0]), past, schedule, now)
        past_time += past.span
    expected = _span(due)
    builder.set_expected(expected, past_time - expected)
    outdated = _outdated(accounts, builder)
    again_or_gone = _union(again, ranges_of_work(outdated))
    return Due(builder, due, {}, outdated, again=again_or_gone, unsettled=unsettled)


def _unsettled(asked: TimeRange, past: IntervalSet, schedule: Schedule, now: datetime) -> IntervalSet:
    """Where a later run may read again, or for the first time; from a day ahead of now, no file is made anyway."""
    over = past.hull
    since = now - schedule.look_back - schedule.margin
    start = max(asked.start, min(since, over.end if over else since))
    end = min(asked.end, now + DAY)
    return IntervalSet((TimeRange(start, end),) if start < end else ())


# --- without an end ---------------------------------------------------------------------------------------------------


async def _due_until_now(accounts: HarvestAccounts, spec: HarvestSpec, earlier: EarlierRuns) -> Due:
    now = await accounts.now(spec.increments.clock)
    fleets = {label: fleet for label, fleet in earlier.fleets.items() if label in accounts.failures} | accounts.fleets
    if spec.stream.reread == RereadPolicy.SNAPSHOT:
        builder = accounts.open_builder(TimeRange(now, now + SECOND), earlier.fleets)
        return Due(builder, accounts.missing(builder), fleets, began=now, earlier=earlier, read_before={})
    by_account = accounts.days_asked(now)
    if min((asked.start for asked in by_account.values()), default=moment_of(spec.start)) >= now:
        raise InvalidInput(
            f"the harvest begins at {spec.start.isoformat()}, and it is {now.isoformat()} now: start earlier, or wait"
        )
    # Thousands of trackers take a second or two: too long for the event loop.
    work = partial(_new_and_due_again, accounts, spec.schedule, earlier, by_account=by_account, fleets=fleets)
    return await asyncio.to_thread(work, hull(by_account) or spec.asked(now), now)


def _new_and_due_again(
    accounts: HarvestAccounts,
    schedule: Schedule,
    earlier: EarlierRuns,
    asked: TimeRange,
    now: datetime,
    *,
    by_account: Mapping[str, TimeRange],
    fleets: Mapping[str, Fleet],
) -> Due:
    doubts = distrusted(earlier.ranges, now + min(SKEW, schedule.look_back))
    earlier = replace(earlier, ranges={**earlier.ranges, **doubts}, changed={**earlier.changed, **doubts})
    builder = accounts.open_builder(asked, earlier.fleets, by_account=by_account, look_back=schedule.look_back)
    builder.restore_ranges(earlier.ranges)
    builder.began(now, accounts.over(now), has_end=False)
    due = {
        (label, tracker): schedule.due(earlier.ranges.get((label, tracker), ()), TimeRange(part.start, now), zone)
        for label, fleet in accounts.fleets.items()
        for zone in (builder.calendars.get(label),)
        for part in builder.past_of(label)
        for tracker in fleet.open
    }
    builder.set_expected(_span(due))
    return Due(
        builder,
        due,
        fleets,
        gone=_report_gone(accounts, builder, earlier),
        outdated=_outdated(accounts, builder),
        began=now,
        earlier=earlier,
        read_before=without_times(earlier.ranges, builder.calendars),
    )


def _report_gone(accounts: HarvestAccounts, builder: CoverageBuilder, earlier: EarlierRuns) -> dict[str, Sequence[int]]:
    """Name the trackers that existed when the last run began and are gone now: this run reports them.

    What was read of them stays; anything else that they may have had is a gap.
    """
    gone: dict[str, Sequence[int]] = {}
    for label, before in earlier.fleets.items():
        if label in accounts.failures:
            continue
        now = accounts.fleets.get(label, Fleet((), ()))
        gone[label] = sorted({*before.open, *before.blocked} - {*now.open, *now.blocked})
        for tracker in gone[label]:
            for part in builder.missing(label, tracker):
                builder.gap(label, tracker, part, GONE if label in accounts.by_label else LEFT)
    return {label: trackers for label, trackers in gone.items() if trackers}


# --- both -------------------------------------------------------------------------------------------------------------


def _outdated(accounts: HarvestAccounts, builder: CoverageBuilder) -> list[WorkRecord]:
    """What was read as days of another time zone and is not requested as days of this one: nothing belongs there.

    A change of an account's time zone is logged here, for its days are read again.
    """
    for label, before in builder.calendar_changed().items():
        log.warning(
            "%s: its time zone was %s and is %s now: its days are read again", label, before, builder.calendars[label]
        )
    return [
        WorkRecord(label, (tracker,), part, 0, 0, read_at=builder.now, zone=builder.calendars[label])
        for label, fleet in accounts.fleets.items()
        if label in builder.calendars
        for tracker in fleet.open
        for part in builder.beside(label, tracker)
    ]


def hull(by_account: Mapping[str, TimeRange]) -> TimeRange | None:
    """The range that holds those of all accounts; ``None`` without any."""
    return IntervalSet(by_account.values()).hull


def without_times(ranges: ReadRanges, calendars: Mapping[str, str] = MappingProxyType({})) -> TrackerRanges:
    """What was read, but not when, and without what was read as days of another zone than the calendars say."""
    return {
        key: IntervalSet(read.range for read in reads if read.zone in (None, calendars.get(key[0], read.zone)))
        for key, reads in ranges.items()
    }


def ranges_of_work(works: Iterable[WorkRecord]) -> TrackerRanges:
    """The ranges of finished work, by account and tracker."""
    found: dict[tuple[str, int], IntervalSet] = {}
    for work in works:
        for tracker in work.trackers:
            key = work.account, tracker
            found[key] = found.get(key, IntervalSet()).add(work.range)
    return found


def _union(some: TrackerRanges, more: TrackerRanges) -> TrackerRanges:
    if not more:
        return some
    return {key: some.get(key, IntervalSet()) | more.get(key, IntervalSet()) for key in {*some, *more}}


def _span(ranges: TrackerRanges) -> timedelta:
    return sum((parts.span for parts in ranges.values()), timedelta(0))
