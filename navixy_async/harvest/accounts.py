"""One run of a harvest: its accounts, what they lack, and the engine that asks for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from functools import partial
from types import MappingProxyType
from typing import Protocol
from zoneinfo import ZoneInfo

from ..errors import ClientClosed, InvalidInput, ItemFailed, NavixyError
from ..operations import Caller
from ..paging.intervals import IntervalSet
from ..times import SECOND, TimeRange, require_aware
from .account import Fleet, HarvestAccount
from .engine import CompletedItem, Deliver, Engine, OnError
from .options import Options, map_bounded, unknown_trackers
from .plan.local_days import asked_of, begin_of, end_of, moment_of
from .plan.schedule import Increments, ReadRanges, Schedule, doubted, merge_run, restore_ranges
from .plan.windows import AccountPlan, Item, WindowRule
from .report.coverage import Coverage, WorkRecord
from .report.coverage_builder import CoverageBuilder
from .sinks.base import Sink
from .state.records import RunRecord
from .streams import FetchResult, RereadPolicy, Stream

log = logging.getLogger("navixy_async")

Lacking = Mapping[tuple[str, int], IntervalSet]
"""What is to be asked for, per account and tracker."""

GONE = "the tracker is not in the account any more"
LEFT = "the account is not harvested any more"
SKEW = timedelta(minutes=1)
"""How far two clocks may be apart before somebody should know."""
_CLOCKS_ASKED = 3
"""Accounts that are asked for the platform's time, until one is answered."""
_ARRIVAL_LAG = timedelta(minutes=5)
"""How long it may take until a message that arrived can be read everywhere."""


class HarvestAccounts:
    """One run of a harvest.

    Args:
        callers: the accounts.
        stream: what is harvested.
        trackers: only these, if not ``None``.
        options: how it runs.
        executor: threads for large answers.
    """

    def __init__(
        self,
        callers: Sequence[Caller],
        stream: Stream,
        trackers: Sequence[int] | None,
        options: Options,
        executor: ThreadPoolExecutor,
    ) -> None:
        self.by_label = {
            caller.label: HarvestAccount(caller, executor, patience=options.patience) for caller in callers
        }
        self.fleets: dict[str, Fleet] = {}
        """The trackers of every account that could be read."""
        self.failures: dict[str, NavixyError] = {}
        """Why the others could not."""
        self.calendars: dict[str, ZoneInfo] = {}
        """The time zone of every account, where rows are of its days."""
        self._without_zone: dict[str, Fleet] = {}
        self._stream = stream
        self._trackers = trackers
        self._options = options

    async def read_fleets(self, known: Mapping[str, Fleet], on_error: OnError, past: Mapping[str, Fleet]) -> None:
        """Learn which trackers there are; accounts that cannot be read are given up, unless they are all there is.

        Args:
            known: accounts whose trackers are known already.
            on_error: ``raise`` ends it at the first account that cannot be read.
            past: trackers that there were when an earlier run began; of these, any may be gone.

        Raises:
            InvalidInput: none of the accounts has, or had, a tracker that was asked for.
            NavixyError: no account could be read.
        """
        fleets = dict(known)

        async def read(account: HarvestAccount) -> None:
            try:
                fleets[account.label] = await account.read_fleet()
            except (InvalidInput, ClientClosed):
                raise
            except NavixyError as error:
                if on_error == "raise":
                    raise
                self.failures[account.label] = error
            except Exception as error:
                log.exception("%s: reading its trackers ended in a way that nobody foresaw", account.label)
                if on_error == "raise":
                    raise ItemFailed(error) from error
                self.failures[account.label] = ItemFailed(error)

        await map_bounded([account for label, account in self.by_label.items() if label not in known], read)
        if self.failures and len(self.failures) == len(self.by_label):
            raise next(iter(self.failures.values()))
        if self._trackers is not None:
            wanted = frozenset(self._trackers)
            seen = (*fleets.values(), *past.values())
            if unknown := sorted(wanted - {tracker for fleet in seen for tracker in (*fleet.open, *fleet.blocked)}):
                if self.failures:
                    raise next(iter(self.failures.values()))
                raise InvalidInput(unknown_trackers(unknown, self.by_label))
            fleets = {label: fleet.only(wanted) for label, fleet in fleets.items()}
        self.fleets = {label: fleets[label] for label in self.by_label if label in fleets}

    async def read_calendars(self, on_error: OnError) -> None:
        """Learn the time zone of every account, if rows are of its days; where nobody tells it, nothing can be asked.

        Platform action: ``/user/get_info``
        """
        if not self._stream.by_calendar:
            return

        async def read(account: HarvestAccount) -> None:
            try:
                self.calendars[account.label] = await account.zone()
            except (InvalidInput, ClientClosed):
                raise
            except NavixyError as error:
                if on_error == "raise":
                    raise
                self.failures[account.label] = error
                self._without_zone[account.label] = self.fleets.pop(account.label)

        await map_bounded([self.by_label[label] for label in self.fleets], read)

    def ranges(self, start: date, end: date | None, now: datetime) -> dict[str, TimeRange]:
        """What is asked for of each account, where rows are of its days: whole days, the one that goes on up to now."""
        return {label: days_asked_of(start, end, now, zone) for label, zone in self.calendars.items()}

    def over(self, now: datetime) -> dict[str, datetime]:
        """Up to when the days of each account are over, where rows are of its days."""
        return {label: begin_of(now, zone) for label, zone in self.calendars.items()}

    def open_builder(
        self,
        asked: TimeRange,
        past: Mapping[str, Fleet],
        *,
        by_account: Mapping[str, TimeRange] = MappingProxyType({}),
        look_back: timedelta = timedelta(0),
        trusted_until: datetime | None = None,
    ) -> CoverageBuilder:
        """What is asked of all trackers; of accounts that could not be read, of those known from `past`."""
        builder = CoverageBuilder(
            self._stream.name,
            asked,
            by_account=by_account,
            calendars={label: zone.key for label, zone in self.calendars.items()},
            look_back=look_back,
            trusted_until=trusted_until,
        )
        for label, fleet in (self.fleets | self._without_zone).items():
            builder.expect(label, fleet.open)
            builder.block(label, fleet.blocked)
            if fleet.unreadable:
                builder.untold(label)
        for label, failure in self.failures.items():
            if label in past:
                builder.expect(label, past[label].open)
            builder.lose_account(label, failure)
        return builder

    def missing(self, builder: CoverageBuilder) -> Lacking:
        """What the builder says was not delivered."""
        return {
            (label, tracker): builder.missing(label, tracker)
            for label, fleet in self.fleets.items()
            for tracker in fleet.open
        }

    async def ask(self, builder: CoverageBuilder, lacking: Lacking, deliver: Deliver, on_error: OnError) -> None:
        """Ask for everything that is lacking."""
        due = [
            self.by_label[label]
            for label, fleet in self.fleets.items()
            if any(lacking[label, tracker] for tracker in fleet.open)
        ]
        for account in due:
            account.trackers = self.fleets[account.label].open
        await map_bounded(due, HarvestAccount.read_limits)
        plans = [
            AccountPlan(
                account.label,
                {tracker: lacking[account.label, tracker] for tracker in account.trackers},
                self.windows(account),
                batch=self._stream.batch,
            )
            for account in due
        ]
        engine = Engine(
            self._stream,
            self.by_label,
            plans,
            builder,
            deliver,
            workers=self._options.workers,
            on_error=on_error,
            patience=self._options.patience,
            report=self._options.progress,
        )
        await engine.run()

    async def fill(
        self,
        sink: Sink,
        builder: CoverageBuilder,
        lacking: Lacking,
        definition: Mapping[str, object],
        outdated: Iterable[WorkRecord] = (),
    ) -> Coverage:
        """Bring everything that is lacking into the sink, in the place of what is outdated; what the harvest covers."""
        await sink.start()
        try:
            for work in outdated:
                nothing = FetchResult(self._stream.layout.empty(), 0)
                await sink.put(CompletedItem(Item(work.account, work.trackers, work.range), nothing, work))
                builder.deliver(work)
            await self.ask(builder, lacking, sink.put, self._options.on_error or "collect")
        except asyncio.CancelledError:
            await sink.leave()
            raise
        except BaseException:
            await sink.drain()
            raise
        await sink.drain()
        return await sink.finish(builder.close(), definition)

    def windows(self, account: HarvestAccount) -> WindowRule:
        """How windows are sized for an account."""
        rule = self._stream.windows(account.limits)
        wished = self._options.window
        if wished is None:
            return rule
        longest = min(rule.longest, wished)
        return replace(rule, first=min(rule.first, longest), longest=longest)

    async def now(self, clock: Callable[[], datetime], until: datetime | None = None) -> datetime:
        """The time, in whole seconds: the earlier of this machine's and the platform's, so that nothing counts as read
        which had not happened yet. Platform action: ``/tracker/get_states``.

        Args:
            clock: this machine's.
            until: it does not matter how late it is after this moment, and so not by how much two clocks differ.
        """
        own = require_aware(clock(), "the clock's time")
        theirs = await self._read_clock()
        if theirs is not None and abs(theirs - own) > SKEW and (until is None or min(theirs, own) < until):
            apart = round(abs(theirs - own).total_seconds())
            which = "behind" if own < theirs else "ahead of"
            log.warning("this machine's clock is %d s %s the platform's: the earlier one counts", apart, which)
        return min(own, theirs or own).replace(microsecond=0)

    async def _read_clock(self) -> datetime | None:
        """The platform's time as the first of a few accounts gets it; ``None`` if the platform does not tell."""
        asked = [(label, fleet.open[0]) for label, fleet in self.fleets.items() if fleet.open]
        for label, tracker in asked[:_CLOCKS_ASKED]:
            try:
                return await self.by_label[label].read_clock(tracker)
            except (InvalidInput, ClientClosed):
                raise
            except NavixyError as error:
                # Two clocks are better than one; what else is wrong, the rows will say.
                log.warning("%s: the platform's clock could not be read: %s", label, error)
            except Exception:
                log.exception("%s: the platform's clock could not be read", label)
        return None


class Store(Protocol):
    """Where a harvest without an end keeps what it did: a ledger, or the tables of a database."""

    def run(self) -> RunRecord | None:
        """Its last run."""

    def fleets(self) -> dict[str, Fleet]:
        """The trackers that there were when it began."""

    def held(self) -> ReadRanges:
        """What was read before it."""

    def work(self) -> Iterable[WorkRecord]:
        """What it did."""


@dataclass(frozen=True)
class Past:
    """What earlier runs of a harvest without an end left behind."""

    fleets: Mapping[str, Fleet] = field(default_factory=dict)
    held: ReadRanges = field(default_factory=dict)
    """All that was read."""
    folded: ReadRanges = field(default_factory=dict)
    """What of it changed with the last run, and is not kept as held yet."""


def read_past(store: Store, stream: Stream, schedule: Schedule) -> Past:
    """What the store tells of earlier runs."""
    last = store.run()
    if last is None:
        return Past()
    if stream.reread == RereadPolicy.SNAPSHOT:
        return Past(store.fleets())  # What was is never asked for again.
    fleets = store.fleets()
    for label, trackers in last.gone.items():
        known = fleets.get(label, Fleet((), ()))
        fleets[label] = Fleet((*known.open, *trackers), known.blocked)
    held = store.held()
    folded = {key: schedule.coalesce(pieces) for key, pieces in merge_run(held, store.work(), last.began).items()}
    return Past(fleets, {**held, **folded}, folded)


@dataclass(frozen=True)
class Increment:
    """What one run of a harvest without an end has to do."""

    asked: TimeRange
    """From the harvest's start to now."""
    builder: CoverageBuilder
    due: Lacking
    past: Past
    began: datetime
    """When what is read now will have been read."""
    fleets: Mapping[str, Fleet]
    """The trackers of all accounts; of those that could not be read, as they were."""
    gone: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Trackers that there were when the last run began, and are not now, by account."""
    held: Mapping[tuple[str, int], IntervalSet] = field(default_factory=dict)
    """What was read before, per account and tracker."""
    outdated: Sequence[WorkRecord] = ()
    """What was read before and nothing takes the place of, because it is not asked for any more."""


def schedule_of(stream: Stream, increments: Increments) -> Schedule:
    """When what was read of the stream is due again."""
    if stream.reread == RereadPolicy.EXACT:
        return Schedule(max(_ARRIVAL_LAG, increments.look_back), ())
    # What late points lengthen may begin earlier than before: its old beginning and its new one are read in one run.
    # A day of a calendar begins where it begins, whatever comes late.
    margin = stream.settles if stream.reread == RereadPolicy.REPLACE and not stream.by_calendar else timedelta(0)
    return Schedule(max(increments.look_back, stream.settles), tuple(increments.rereads), margin)


async def next_increment(
    run: HarvestAccounts, stream: Stream, start: date, increments: Increments, past: Past
) -> Increment:
    """What is due now, for the trackers that there are now.

    Raises:
        InvalidInput: the harvest begins later than now.
    """
    now = await run.now(increments.clock)
    if stream.reread == RereadPolicy.SNAPSHOT:
        asked = TimeRange(now, now + SECOND)
        builder = run.open_builder(asked, past.fleets)
        return Increment(asked, builder, run.missing(builder), past, now, _fleets(run, past))
    begin = moment_of(start)
    by_account = run.ranges(start, None, now)
    if min((asked.start for asked in by_account.values()), default=begin) >= now:
        raise InvalidInput(
            f"the harvest begins at {start.isoformat()}, and it is {now.isoformat()} now: begin earlier, or wait"
        )
    # Thousands of trackers take a second or two, which the event loop has not.
    asked = hull(by_account) or TimeRange(min(begin, now - SECOND), now)
    work = partial(_increment, run, past, by_account=by_account, schedule=schedule_of(stream, increments))
    return await asyncio.to_thread(work, asked, now)


def _increment(
    run: HarvestAccounts,
    past: Past,
    asked: TimeRange,
    now: datetime,
    *,
    by_account: Mapping[str, TimeRange],
    schedule: Schedule,
) -> Increment:
    doubts = doubted(past.held, now + min(SKEW, schedule.look_back))
    past = replace(past, held={**past.held, **doubts}, folded={**past.folded, **doubts})
    builder = run.open_builder(asked, past.fleets, by_account=by_account, look_back=schedule.look_back)
    restore_ranges(builder, past.held)
    builder.began(now, run.over(now), has_end=False)
    gone = _tell_of_the_gone(run, builder, past)
    due = {
        (label, tracker): schedule.due(past.held.get((label, tracker), ()), TimeRange(part.start, now), zone)
        for label, fleet in run.fleets.items()
        for zone in (builder.calendars.get(label),)
        for part in builder.past_of(label)
        for tracker in fleet.open
    }
    builder.set_expected(sum((ranges.span for ranges in due.values()), timedelta(0)))
    return Increment(
        asked,
        builder,
        due,
        past,
        now,
        _fleets(run, past),
        gone,
        ranges_of(past.held, builder.calendars),
        outdated(run, builder),
    )


def outdated(run: HarvestAccounts, builder: CoverageBuilder) -> list[WorkRecord]:
    """What was read as days of another time zone and is not asked for as days of this one: nothing belongs there.

    A change of an account's time zone is told of here, for its days are read again.
    """
    for label, before in builder.calendar_changed().items():
        log.warning(
            "%s: its time zone was %s and is %s now: its days are read again", label, before, builder.calendars[label]
        )
    return [
        WorkRecord(label, (tracker,), part, 0, 0, read_at=builder.now, zone=builder.calendars[label])
        for label, fleet in run.fleets.items()
        if label in builder.calendars
        for tracker in fleet.open
        for part in builder.beside(label, tracker)
    ]


def hull(by_account: Mapping[str, TimeRange]) -> TimeRange | None:
    """The range that holds those of all accounts; ``None`` if there is none."""
    return IntervalSet(by_account.values()).hull


def days_asked_of(start: date, end: date | None, now: datetime, zone: tzinfo) -> TimeRange:
    """The days of an account between start and end, or from the start up to now, which may be in one of them."""
    begin = begin_of(start, zone)
    if end is not None:
        return asked_of(start, end, zone)
    # The first day waits if it did not begin yet.
    return TimeRange(begin, now if begin < now else end_of(begin + SECOND, zone))


def ranges_of(
    held: ReadRanges, calendars: Mapping[str, str] = MappingProxyType({})
) -> dict[tuple[str, int], IntervalSet]:
    """What is held, without the details, and without what was read as days of another zone than the calendars say."""
    return {
        key: IntervalSet(piece.range for piece in pieces if piece.zone in (None, calendars.get(key[0], piece.zone)))
        for key, pieces in held.items()
    }


def _fleets(run: HarvestAccounts, past: Past) -> dict[str, Fleet]:
    return {label: fleet for label, fleet in past.fleets.items() if label in run.failures} | run.fleets


def _tell_of_the_gone(run: HarvestAccounts, builder: CoverageBuilder, past: Past) -> dict[str, Sequence[int]]:
    """Name the trackers that were there when the last run began, and are not now: this run is the one that tells.

    What was read of them stays; all else that they may have had is a gap.
    """
    gone: dict[str, Sequence[int]] = {}
    for label, before in past.fleets.items():
        if label in run.failures:
            continue
        now = run.fleets.get(label, Fleet((), ()))
        gone[label] = sorted({*before.open, *before.blocked} - {*now.open, *now.blocked})
        for tracker in gone[label]:
            for part in builder.missing(label, tracker):
                builder.gap(label, tracker, part, GONE if label in run.by_label else LEFT)
    return {label: trackers for label, trackers in gone.items() if trackers}
