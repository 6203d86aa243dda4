"""The accounts of one run of a harvest: their trackers, their calendars, and the time by two clocks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TypeVar
from zoneinfo import ZoneInfo

from ..errors import ClientClosed, InvalidInput, ItemFailed, NavixyError
from ..times import TimeRange, require_aware
from .account import Fleet, HarvestAccount
from .engine import OnError
from .plan.local_days import begin_of, days_asked_of
from .plan.windows import WindowRule
from .report.coverage_builder import CoverageBuilder
from .spec import HarvestSpec
from .state.records import TrackerRanges

T = TypeVar("T")

log = logging.getLogger("navixy_async")

SKEW = timedelta(minutes=1)
"""How far two clocks may differ before it is logged."""
_CLOCKS_ASKED = 3
"""Accounts to ask for the platform's time, until one answers."""
_AT_ONCE = 16
"""Accounts whose trackers are requested at the same time."""


class HarvestAccounts:
    """The accounts of one run.

    Args:
        spec: what is harvested.
        executor: threads for large answers.
        on_error: ``raise`` ends the run at the first account that cannot be read.
    """

    def __init__(self, spec: HarvestSpec, executor: Executor, on_error: OnError) -> None:
        patience = spec.options.patience
        self.by_label = {caller.label: HarvestAccount(caller, executor, patience=patience) for caller in spec.callers}
        self.fleets: dict[str, Fleet] = {}
        """The trackers of every account that could be read."""
        self.failures: dict[str, NavixyError] = {}
        """Why the others could not."""
        self.calendars: dict[str, ZoneInfo] = {}
        """The time zone of every account, if rows are of its days."""
        self._without_zone: dict[str, Fleet] = {}
        self._spec = spec
        self._on_error = on_error

    async def read_fleets(self, known: Mapping[str, Fleet], past: Mapping[str, Fleet]) -> None:
        """Learn which trackers there are; accounts that cannot be read are given up, unless none can be read.

        Args:
            known: accounts whose trackers are known already.
            past: trackers that existed when an earlier run began; any of these may be gone.

        Raises:
            InvalidInput: none of the accounts has, or had, a tracker that was asked for.
            NavixyError: no account could be read.
        """
        fleets = dict(known)
        await self._ask(self.by_label.keys() - known.keys(), HarvestAccount.read_fleet, fleets)
        if self.failures and len(self.failures) == len(self.by_label):
            raise next(iter(self.failures.values()))
        if self._spec.trackers is not None:
            wanted = frozenset(self._spec.trackers)
            seen = (*fleets.values(), *past.values())
            if unknown := sorted(wanted - {tracker for fleet in seen for tracker in (*fleet.open, *fleet.blocked)}):
                if self.failures:
                    raise next(iter(self.failures.values()))
                raise InvalidInput(_unknown_trackers(unknown, list(self.by_label)))
            fleets = {label: fleet.only(wanted) for label, fleet in fleets.items()}
        self.fleets = {label: fleets[label] for label in self.by_label if label in fleets}

    async def read_calendars(self) -> None:
        """Learn the time zone of every account, if rows are of its days; an account without one cannot be read.

        Platform action: ``/user/get_info``
        """
        if self._spec.stream.by_calendar:
            await self._ask(self.fleets, HarvestAccount.zone, self.calendars)
            for label in [label for label in self.fleets if label not in self.calendars]:
                self._without_zone[label] = self.fleets.pop(label)

    async def _ask(
        self, labels: Collection[str], ask: Callable[[HarvestAccount], Awaitable[T]], answers: dict[str, T]
    ) -> None:
        """Add to `answers` what the accounts return; those that fail are given up."""

        async def ask_one(account: HarvestAccount) -> None:
            try:
                answers[account.label] = await ask(account)
                return
            except (InvalidInput, ClientClosed):
                raise
            except NavixyError as error:
                failure = error
            except Exception as error:
                log.exception("%s: asking it ended with an unexpected exception", account.label)
                failure = ItemFailed(error)
                failure.__cause__ = error
            if self._on_error == "raise":
                raise failure
            self.failures[account.label] = failure

        await map_bounded([account for label, account in self.by_label.items() if label in labels], ask_one)

    def days_asked(self, now: datetime) -> dict[str, TimeRange]:
        """The requested range of each account, if rows are of its days: whole days, the current one up to now."""
        start, end = self._spec.start, self._spec.end
        return {label: days_asked_of(start, end, now, zone) for label, zone in self.calendars.items()}

    def over(self, now: datetime) -> dict[str, datetime]:
        """Up to when the days of each account are over, if rows are of its days."""
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
        """The requested range of all trackers; for accounts that could not be read, of those known from `past`."""
        builder = CoverageBuilder(
            self._spec.stream.name,
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

    def missing(self, builder: CoverageBuilder) -> TrackerRanges:
        """What the builder says was not delivered."""
        return {
            (label, tracker): builder.missing(label, tracker)
            for label, fleet in self.fleets.items()
            for tracker in fleet.open
        }

    def windows(self, account: HarvestAccount) -> WindowRule:
        """How windows are sized for an account."""
        rule = self._spec.stream.windows(account.limits)
        wished = self._spec.options.window
        if wished is None:
            return rule
        longest = min(rule.longest, wished)
        return replace(rule, first=min(rule.first, longest), longest=longest)

    async def now(self, clock: Callable[[], datetime], until: datetime | None = None) -> datetime:
        """The time, in whole seconds: the earlier of this machine's and the platform's, so that nothing counts as read
        before it has happened. Platform action: ``/tracker/get_states``.

        Args:
            clock: this machine's.
            until: after this moment the time does not matter, nor does a difference between the clocks.
        """
        own = require_aware(clock(), "the clock's time")
        theirs = await self._read_clock()
        if theirs is not None and abs(theirs - own) > SKEW and (until is None or min(theirs, own) < until):
            apart = round(abs(theirs - own).total_seconds())
            which = "behind" if own < theirs else "ahead of"
            log.warning("this machine's clock is %d s %s the platform's: the earlier one counts", apart, which)
        return min(own, theirs or own).replace(microsecond=0)

    async def _read_clock(self) -> datetime | None:
        """The platform's time from the first of a few accounts that gets it; ``None`` if the platform does not say."""
        asked = [(label, fleet.open[0]) for label, fleet in self.fleets.items() if fleet.open]
        for label, tracker in asked[:_CLOCKS_ASKED]:
            try:
                return await self.by_label[label].read_clock(tracker)
            except (InvalidInput, ClientClosed):
                raise
            except NavixyError as error:
                # Two clocks are better than one; if anything else is wrong, the rows will show it.
                log.warning("%s: the platform's clock could not be read: %s", label, error)
            except Exception:
                log.exception("%s: the platform's clock could not be read", label)
        return None


async def map_bounded(accounts: Iterable[HarvestAccount], work: Callable[[HarvestAccount], Awaitable[None]]) -> None:
    """`work` for each account, a bounded number at the same time; the first failure ends all."""
    left = iter(accounts)

    async def worker() -> None:
        for account in left:
            await work(account)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(_AT_ONCE):
                group.create_task(worker())
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None


def _unknown_trackers(unknown: Sequence[int], labels: Sequence[str]) -> str:
    """The sentence for trackers that none of the accounts can see."""
    shown = ", ".join(map(str, unknown[:10])) + (f" and {len(unknown) - 10} more" if len(unknown) > 10 else "")
    word = "tracker" if len(unknown) == 1 else "trackers"
    accounts = ", ".join(labels[:5])
    return f"unknown {word} {shown}: {accounts or 'no account'} can see no such id; correct or leave it out"
