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
from .book import Book
from .coverage import Coverage, Delivered
from .engine import Deliver, Engine, Finished, OnError
from .increments import Holding, Increments, Schedule, doubted, fold, tell
from .local_days import asked_of, begin_of, end_of, moment_of
from .options import Options, each, unknown_trackers
from .plan import AccountPlan, Item, WindowRule
from .records import Run as PastRun
from .sinks.gather import Sink
from .source import Fleet, Source
from .streams import Fetched, Late, Stream

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


class Run:
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
        self.sources = {caller.label: Source(caller, executor, patience=options.patience) for caller in callers}
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

        async def read(source: Source) -> None:
            try:
                fleets[source.label] = await source.read_fleet()
            except (InvalidInput, ClientClosed):
                raise
            except NavixyError as error:
                if on_error == "raise":
                    raise
                self.failures[source.label] = error
            except Exception as error:
                log.exception("%s: reading its trackers ended in a way that nobody foresaw", source.label)
                if on_error == "raise":
                    raise ItemFailed(error) from error
                self.failures[source.label] = ItemFailed(error)

        await each([source for label, source in self.sources.items() if label not in known], read)
        if self.failures and len(self.failures) == len(self.sources):
            raise next(iter(self.failures.values()))
        if self._trackers is not None:
            wanted = frozenset(self._trackers)
            seen = (*fleets.values(), *past.values())
            if unknown := sorted(wanted - {tracker for fleet in seen for tracker in (*fleet.open, *fleet.blocked)}):
                if self.failures:
                    raise next(iter(self.failures.values()))
                raise InvalidInput(unknown_trackers(unknown, self.sources))
            fleets = {label: fleet.only(wanted) for label, fleet in fleets.items()}
        self.fleets = {label: fleets[label] for label in self.sources if label in fleets}

    async def read_calendars(self, on_error: OnError) -> None:
        """Learn the time zone of every account, if rows are of its days; where nobody tells it, nothing can be asked.

        Platform action: ``/user/get_info``
        """
        if not self._stream.by_calendar:
            return

        async def read(source: Source) -> None:
            try:
                self.calendars[source.label] = await source.zone()
            except (InvalidInput, ClientClosed):
                raise
            except NavixyError as error:
                if on_error == "raise":
                    raise
                self.failures[source.label] = error
                self._without_zone[source.label] = self.fleets.pop(source.label)

        await each([self.sources[label] for label in self.fleets], read)

    def ranges(self, start: date, end: date | None, now: datetime) -> dict[str, TimeRange]:
        """What is asked for of each account, where rows are of its days: whole days, the one that goes on up to now."""
        return {label: days_asked_of(start, end, now, zone) for label, zone in self.calendars.items()}

    def over(self, now: datetime) -> dict[str, datetime]:
        """Up to when the days of each account are over, where rows are of its days."""
        return {label: begin_of(now, zone) for label, zone in self.calendars.items()}

    def open_book(
        self,
        asked: TimeRange,
        past: Mapping[str, Fleet],
        *,
        by_account: Mapping[str, TimeRange] = MappingProxyType({}),
        look_back: timedelta = timedelta(0),
        trusted_until: datetime | None = None,
    ) -> Book:
        """A book for what is asked of all trackers; of accounts that could not be read, for those known from `past`."""
        book = Book(
            self._stream.name,
            asked,
            by_account=by_account,
            calendars={label: zone.key for label, zone in self.calendars.items()},
            look_back=look_back,
            trusted_until=trusted_until,
        )
        for label, fleet in (self.fleets | self._without_zone).items():
            book.expect(label, fleet.open)
            book.block(label, fleet.blocked)
            if fleet.untold:
                book.untold(label)
        for label, failure in self.failures.items():
            if label in past:
                book.expect(label, past[label].open)
            book.lose_account(label, failure)
        return book

    def lacking(self, book: Book) -> Lacking:
        """What the book says was not delivered."""
        return {
            (label, tracker): book.lacking(label, tracker)
            for label, fleet in self.fleets.items()
            for tracker in fleet.open
        }

    async def ask(self, book: Book, lacking: Lacking, deliver: Deliver, on_error: OnError) -> None:
        """Ask for everything that is lacking."""
        due = [
            self.sources[label]
            for label, fleet in self.fleets.items()
            if any(lacking[label, tracker] for tracker in fleet.open)
        ]
        for source in due:
            source.trackers = self.fleets[source.label].open
        await each(due, Source.read_allowed)
        plans = [
            AccountPlan(
                source.label,
                {tracker: lacking[source.label, tracker] for tracker in source.trackers},
                self.windows(source),
                batch=self._stream.batch,
            )
            for source in due
        ]
        engine = Engine(
            self._stream,
            self.sources,
            plans,
            book,
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
        book: Book,
        lacking: Lacking,
        definition: Mapping[str, object],
        outdated: Iterable[Delivered] = (),
    ) -> Coverage:
        """Bring everything that is lacking into the sink, in the place of what is outdated; what the harvest covers."""
        await sink.start()
        try:
            for work in outdated:
                nothing = Fetched(self._stream.layout.empty(), 0)
                await sink.put(Finished(Item(work.account, work.trackers, work.range), nothing, work))
                book.deliver(work)
            await self.ask(book, lacking, sink.put, self._options.on_error or "collect")
        except asyncio.CancelledError:
            await sink.leave()
            raise
        except BaseException:
            await sink.drain()
            raise
        await sink.drain()
        return await sink.finish(book.close(), definition)

    def windows(self, source: Source) -> WindowRule:
        """How windows are sized for an account."""
        rule = self._stream.windows(source.allowed)
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
                return await self.sources[label].read_clock(tracker)
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

    def run(self) -> PastRun | None:
        """Its last run."""

    def fleets(self) -> dict[str, Fleet]:
        """The trackers that there were when it began."""

    def held(self) -> Holding:
        """What was read before it."""

    def work(self) -> Iterable[Delivered]:
        """What it did."""


@dataclass(frozen=True)
class Past:
    """What earlier runs of a harvest without an end left behind."""

    fleets: Mapping[str, Fleet] = field(default_factory=dict)
    held: Holding = field(default_factory=dict)
    """All that was read."""
    folded: Holding = field(default_factory=dict)
    """What of it changed with the last run, and is not kept as held yet."""


def read_past(store: Store, stream: Stream, schedule: Schedule) -> Past:
    """What the store tells of earlier runs."""
    last = store.run()
    if last is None:
        return Past()
    if stream.late == Late.SNAPSHOT:
        return Past(store.fleets())  # What was is never asked for again.
    fleets = store.fleets()
    for label, trackers in last.gone.items():
        known = fleets.get(label, Fleet((), ()))
        fleets[label] = Fleet((*known.open, *trackers), known.blocked)
    held = store.held()
    folded = {key: schedule.tidy(pieces) for key, pieces in fold(held, store.work(), last.began).items()}
    return Past(fleets, {**held, **folded}, folded)


@dataclass(frozen=True)
class Increment:
    """What one run of a harvest without an end has to do."""

    asked: TimeRange
    """From the harvest's start to now."""
    book: Book
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
    outdated: Sequence[Delivered] = ()
    """What was read before and nothing takes the place of, because it is not asked for any more."""


def schedule_of(stream: Stream, increments: Increments) -> Schedule:
    """When what was read of the stream is due again."""
    if stream.late == Late.EXACT:
        return Schedule(max(_ARRIVAL_LAG, increments.look_back), ())
    # What late points lengthen may begin earlier than before: its old beginning and its new one are read in one run.
    # A day of a calendar begins where it begins, whatever comes late.
    margin = stream.settles if stream.late == Late.REPLACE and not stream.by_calendar else timedelta(0)
    return Schedule(max(increments.look_back, stream.settles), tuple(increments.rereads), margin)


async def next_increment(run: Run, stream: Stream, start: date, increments: Increments, past: Past) -> Increment:
    """What is due now, for the trackers that there are now.

    Raises:
        InvalidInput: the harvest begins later than now.
    """
    now = await run.now(increments.clock)
    if stream.late == Late.SNAPSHOT:
        asked = TimeRange(now, now + SECOND)
        book = run.open_book(asked, past.fleets)
        return Increment(asked, book, run.lacking(book), past, now, _fleets(run, past))
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
    run: Run, past: Past, asked: TimeRange, now: datetime, *, by_account: Mapping[str, TimeRange], schedule: Schedule
) -> Increment:
    doubts = doubted(past.held, now + min(SKEW, schedule.look_back))
    past = replace(past, held={**past.held, **doubts}, folded={**past.folded, **doubts})
    book = run.open_book(asked, past.fleets, by_account=by_account, look_back=schedule.look_back)
    tell(book, past.held)
    book.began(now, run.over(now), has_end=False)
    gone = _tell_of_the_gone(run, book, past)
    due = {
        (label, tracker): schedule.due(past.held.get((label, tracker), ()), TimeRange(part.start, now), zone)
        for label, fleet in run.fleets.items()
        for zone in (book.calendars.get(label),)
        for part in book.past_of(label)
        for tracker in fleet.open
    }
    book.owe(sum((ranges.span for ranges in due.values()), timedelta(0)))
    return Increment(
        asked, book, due, past, now, _fleets(run, past), gone, ranges_of(past.held, book.calendars), outdated(run, book)
    )


def outdated(run: Run, book: Book) -> list[Delivered]:
    """What was read as days of another time zone and is not asked for as days of this one: nothing belongs there.

    A change of an account's time zone is told of here, for its days are read again.
    """
    for label, before in book.calendar_changed().items():
        log.warning(
            "%s: its time zone was %s and is %s now: its days are read again", label, before, book.calendars[label]
        )
    return [
        Delivered(label, (tracker,), part, 0, 0, read_at=book.now, zone=book.calendars[label])
        for label, fleet in run.fleets.items()
        if label in book.calendars
        for tracker in fleet.open
        for part in book.beside(label, tracker)
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


def ranges_of(held: Holding, calendars: Mapping[str, str] = MappingProxyType({})) -> dict[tuple[str, int], IntervalSet]:
    """What is held, without the details, and without what was read as days of another zone than the calendars say."""
    return {
        key: IntervalSet(piece.range for piece in pieces if piece.zone in (None, calendars.get(key[0], piece.zone)))
        for key, pieces in held.items()
    }


def _fleets(run: Run, past: Past) -> dict[str, Fleet]:
    return {label: fleet for label, fleet in past.fleets.items() if label in run.failures} | run.fleets


def _tell_of_the_gone(run: Run, book: Book, past: Past) -> dict[str, Sequence[int]]:
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
            for part in book.lacking(label, tracker):
                book.gap(label, tracker, part, GONE if label in run.sources else LEFT)
    return {label: trackers for label, trackers in gone.items() if trackers}
