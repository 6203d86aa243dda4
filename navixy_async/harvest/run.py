"""One run of a harvest: its accounts, what they lack, and the engine that asks for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from ..errors import ClientClosed, InvalidInput, NavixyError
from ..operations import Caller
from ..paging.intervals import IntervalSet
from ..times import SECOND, TimeRange, require_aware
from .book import Book
from .coverage import Coverage, Delivered, ItemFailed
from .engine import Deliver, Engine, OnError
from .increments import Holding, Increments, Schedule, fold, tell
from .options import Options, each, unknown_trackers
from .plan import AccountPlan, WindowRule
from .records import Run as PastRun
from .sinks.gather import Sink
from .source import Fleet, Source
from .streams import Late, Stream

log = logging.getLogger("navixy_async")

Lacking = Mapping[tuple[str, int], IntervalSet]
"""What is to be asked for, per account and tracker."""

GONE = "the tracker is not in the account any more"
LEFT = "the account is not harvested any more"
_SKEW = timedelta(minutes=1)
"""How far two clocks may be apart before somebody should know."""
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

    def open_book(self, asked: TimeRange, past: Mapping[str, Fleet]) -> Book:
        """A book for what is asked of all trackers; of accounts that could not be read, for those known from `past`."""
        book = Book(self._stream.name, asked)
        for label, fleet in self.fleets.items():
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

    async def fill(self, sink: Sink, book: Book, lacking: Lacking, definition: Mapping[str, object]) -> Coverage:
        """Bring everything that is lacking into the sink; what the harvest covers."""
        await sink.start()
        try:
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

    async def now(self, clock: Callable[[], datetime]) -> datetime:
        """The time, in whole seconds: the earlier of this machine's and the platform's, so that nothing counts as read
        which had not happened yet. Platform action: ``/tracker/get_states``."""
        own = require_aware(clock(), "the clock's time")
        for label, fleet in self.fleets.items():
            if fleet.open and (theirs := await self.sources[label].read_clock(fleet.open[0])) is not None:
                if abs(theirs - own) > _SKEW:
                    apart = round(abs(theirs - own).total_seconds())
                    which = "behind" if own < theirs else "ahead of"
                    log.warning("this machine's clock is %d s %s the platform's: the earlier one counts", apart, which)
                own = min(own, theirs)
                break
        return own.replace(microsecond=0)


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


def schedule_of(stream: Stream, increments: Increments) -> Schedule:
    """When what was read of the stream is due again."""
    if stream.late == Late.EXACT:
        return Schedule(max(_ARRIVAL_LAG, increments.look_back), ())
    # What late points lengthen may begin earlier than before: its old beginning and its new one are read in one run.
    margin = stream.settles if stream.late == Late.REPLACE else timedelta(0)
    return Schedule(max(increments.look_back, stream.settles), tuple(increments.rereads), margin)


async def next_increment(run: Run, stream: Stream, start: datetime, increments: Increments, past: Past) -> Increment:
    """What is due now, for the trackers that there are now.

    Raises:
        InvalidInput: the harvest begins later than now.
    """
    now = await run.now(increments.clock)
    if stream.late == Late.SNAPSHOT:
        asked = TimeRange(now, now + SECOND)
        book = run.open_book(asked, past.fleets)
        return Increment(asked, book, run.lacking(book), past, now, _fleets(run, past))
    if start >= now:
        raise InvalidInput(
            f"the harvest begins at {start.isoformat()}, and it is {now.isoformat()} now: begin earlier, or wait"
        )
    # Thousands of trackers take a second or two, which the event loop has not.
    return await asyncio.to_thread(_increment, run, TimeRange(start, now), schedule_of(stream, increments), past)


def _increment(run: Run, asked: TimeRange, schedule: Schedule, past: Past) -> Increment:
    book = run.open_book(asked, past.fleets)
    tell(book, past.held)
    gone = _tell_of_the_gone(run, book, past)
    due = {
        (label, tracker): schedule.due(past.held.get((label, tracker), ()), asked)
        for label, fleet in run.fleets.items()
        for tracker in fleet.open
    }
    book.owe(sum((ranges.span for ranges in due.values()), timedelta(0)))
    return Increment(asked, book, due, past, asked.end, _fleets(run, past), gone, ranges_of(past.held))


def ranges_of(held: Holding) -> dict[tuple[str, int], IntervalSet]:
    """What is held, without the details."""
    return {key: IntervalSet(piece.range for piece in pieces) for key, pieces in held.items()}


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
