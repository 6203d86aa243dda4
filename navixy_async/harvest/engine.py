"""Bounded workers take items from the plans of all accounts in turn, and hand over what came back.

Back-pressure is the hand-over itself: a worker requests nothing new until its rows were taken, and no worker does while
the bytes under way are at their bound. Passing trouble puts an item off; an account without any success for
too long is given up; any other failure of an item is recorded, and the others continue.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal, TypeAlias

from ..errors import (
    AccessDenied,
    ApiError,
    AuthError,
    ClientClosed,
    InvalidInput,
    ItemFailed,
    NavixyError,
    NotFound,
    SpanTooBig,
    TariffRestricted,
    TrackerBlocked,
    TransportError,
    ZoneUnknown,
)
from ..paging.intervals import LEAST_ALLOWED, is_refused_length, is_too_long, shorter_span
from .account import HarvestAccount
from .answers.odd import report_odd_rows
from .plan.windows import AccountPlan, Item, cut_time, gone_on, shortened
from .report.coverage import CLOCK_BACK, Progress
from .report.coverage_builder import CoverageBuilder
from .state.records import WorkRecord
from .streams import FetchResult, Stream
from .transient import FIRST_PAUSE, is_from_gateway, is_passing, pause_after

log = logging.getLogger("navixy_async")

OnError: TypeAlias = Literal["collect", "raise"]
Report: TypeAlias = Callable[[Progress], None]

LOST_TRACKER = (NotFound, TrackerBlocked, AccessDenied, TariffRestricted)
"""Refusals that every other window of the same tracker would get as well."""
TRIES = 3
"""How often an item may meet the platform's own trouble while others of its account succeed."""
ROOM = 16_000_000
"""Bytes of answers that may be under way: expected, being read, or with rows not taken yet."""
TIMEOUT_CUTS = 3
"""How often a window may be halved because no answer came: after that the window is not to blame."""
LEAST_CUT = timedelta(minutes=1)
"""The shortest window that is requested because one was too large."""


@dataclass(frozen=True, slots=True)
class CompletedItem:
    """One item and all that it brought."""

    item: Item
    fetched: FetchResult
    work: WorkRecord


Deliver: TypeAlias = Callable[[CompletedItem], Awaitable[None]]


@dataclass(slots=True)
class _Health:
    """How one account is doing."""

    success: float
    """When something last succeeded."""
    trouble_since: float | None = None
    """When the present trouble began."""
    not_before: float = 0.0
    failures: int = 0
    """Pauses in a row."""


class Engine:
    """Runs the plans of all accounts to their end.

    Args:
        stream: what is harvested.
        accounts: the accounts, by label.
        plans: what is to be requested for each.
        builder: where results and failures are recorded.
        deliver: takes finished items; it decides when the next may be fetched.
        workers: items under way at the most.
        on_error: ``raise`` ends everything at the first item that fails for good.
        patience: seconds that passing trouble of an account may last without any success in between.
        pause: seconds of the first pause after passing trouble; each further one twice as long, up to 30 s.
        report: called after every item.
    """

    def __init__(
        self,
        stream: Stream,
        accounts: Mapping[str, HarvestAccount],
        plans: Sequence[AccountPlan],
        builder: CoverageBuilder,
        deliver: Deliver,
        *,
        workers: int,
        on_error: OnError,
        patience: float,
        pause: float = FIRST_PAUSE,
        report: Report | None = None,
    ) -> None:
        self._stream = stream
        self._accounts = accounts
        self._plans = {plan.account: plan for plan in plans}
        self._turn = deque(plans)
        self._builder = builder
        self._deliver = deliver
        self._workers = workers
        self._on_error = on_error
        self._patience = patience
        self._pause = pause
        self._report = report
        self._under_way = 0
        self._expected = 0.0
        """Bytes that the items under way are expected to bring."""
        self._changed = asyncio.Event()
        self._health: dict[str, _Health] = {}

    async def run(self) -> None:
        """Fetch everything that is planned.

        Raises:
            NavixyError: the first failure, if failures are to be raised; else only one that no item caused.
        """
        now = asyncio.get_running_loop().time()
        self._health = {account: _Health(success=now) for account in self._plans}
        try:
            async with asyncio.TaskGroup() as group:
                for number in range(self._workers):
                    group.create_task(self._work(), name=f"harvest-{self._stream.name}-{number}")
        except BaseExceptionGroup as failures:
            raise _first(failures) from None

    async def _work(self) -> None:
        while (item := await self._next()) is not None:
            expected = self._plans[item.account].expect(item)
            self._expected += expected
            try:
                await self._perform(item)
            finally:
                self._under_way -= 1
                self._expected -= expected
                self._wake()
            self._report_progress()

    async def _next(self) -> Item | None:
        """The next item; waits while other workers may still return some, ``None`` when all is done."""
        while True:
            # Few large answers at a time, or many small ones.
            full = self._under_way > 0 and self._expected >= ROOM
            item, soonest = (None, None) if full else self._take()
            if item is not None:
                self._under_way += 1
                return item
            if soonest is None and not self._under_way:
                self._wake()
                return None
            try:
                async with asyncio.timeout_at(soonest):
                    await self._changed.wait()
            except TimeoutError:
                pass

    def _take(self) -> tuple[Item | None, float | None]:
        """An item of the account whose turn it is, or the moment at which a pausing account may go again."""
        now = asyncio.get_running_loop().time()
        soonest: float | None = None
        for _ in range(len(self._turn)):
            plan = self._turn[0]
            self._turn.rotate(-1)
            not_before = self._health[plan.account].not_before
            if not_before <= now:
                if (item := plan.next_item(now)) is not None:
                    return item, None
                not_before = plan.soonest
            if not plan.is_empty:
                soonest = not_before if soonest is None else min(soonest, not_before)
        return None, soonest

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def _perform(self, item: Item) -> None:
        account = self._accounts[item.account]
        try:
            fetched = await self._stream.fetch(account, item)
        except (InvalidInput, ClientClosed):
            raise
        except NavixyError as error:
            self._handle(item, error)
            return
        except Exception as error:
            log.exception("%s: reading %s ended with an unexpected exception", item.account, item.range)
            self._handle(item, ItemFailed(error))
            return
        health = self._health[item.account]
        health.success, health.trouble_since = asyncio.get_running_loop().time(), None
        health.failures, health.not_before = 0, 0.0
        for tracker, refusal in fetched.refused.items():
            self._lose_tracker(item.account, tracker, refusal)
        item = replace(item, trackers=tuple(tracker for tracker in item.trackers if tracker not in fetched.refused))
        if not item.trackers:
            return
        self._plans[item.account].learn(item, fetched.bytes)
        if item.is_longest and item.rest is not None:
            self._plans[item.account].cap(item.range.span)
        self._plans[item.account].requeue_first(gone_on(item))
        odd = report_odd_rows(fetched.odd, item.trackers, item.range, f"{item.account}: {self._stream.name}")
        gaps = fetched.gaps + odd.gaps
        if account.zone_used is not None:
            self._builder.read_in(item.account, account.zone_used)
            if not self._stream.by_calendar:
                gaps += tuple((item.trackers, part, CLOCK_BACK) for part in account.ambiguous_ranges(item.range))
        work = WorkRecord(
            account=item.account,
            trackers=item.trackers,
            range=item.range,
            rows=fetched.batch.num_rows,
            bytes=fetched.bytes,
            late=fetched.late,
            clipped=fetched.clipped,
            gaps=gaps,
            odd_rows=odd.odd_rows,
            replaced_texts=odd.replaced_texts,
            read_at=self._builder.now,
            zone=self._builder.calendars.get(item.account),
        )
        await self._deliver(CompletedItem(item, fetched, work))
        self._builder.deliver(work)

    def _handle(self, item: Item, error: NavixyError) -> None:
        """Decide what to do about an item that failed."""
        plan = self._plans[item.account]
        if self._builder.is_lost(item.account):
            return
        if isinstance(error, AuthError | ZoneUnknown) and not is_from_gateway(error):
            self._lose_account(item.account, error)
        elif parts := self._shorter(item, error):
            plan.requeue_first(parts)
        elif is_passing(error) and not is_refused_length(error):
            self._put_off(item, error)
        elif isinstance(error, LOST_TRACKER) and len(item.trackers) == 1:
            self._lose_tracker(item.account, item.trackers[0], error)
        else:
            self._fail(item, error)

    def _shorter(self, item: Item, error: NavixyError) -> list[Item]:
        """The item in shorter windows, if its length was the problem.

        Of a refused item, only the beginning is requested until a length is found that the platform accepts: a platform
        that refuses every length costs a few requests an item.
        """
        if not is_too_long(error):
            return []
        if not is_refused_length(error):
            halves = [] if item.cuts >= TIMEOUT_CUTS else cut_time(replace(item, rest=None))
            last = len(halves) - 1
            return [
                replace(part, cuts=item.cuts + 1, rest=item.rest if number == last else None)
                for number, part in enumerate(halves)
            ]
        span = item.range.span
        if self._stream.walks:
            return []
        if not isinstance(error, SpanTooBig):
            half = max(span / 2, LEAST_CUT)
            return [shortened(item, half, is_longest=False)] if half < span else []
        # A request covers its window and a second more, or hours more.
        asked = error.asked or span
        allowed = shorter_span(asked, error)
        if allowed is None:
            return []
        shorter = max(span - (asked - allowed), LEAST_ALLOWED / 2)
        return [shortened(item, shorter, is_longest=True)] if shorter < span else []

    def _put_off(self, item: Item, error: NavixyError) -> None:
        """Passing trouble: later, and with growing pauses; but not forever."""
        now = asyncio.get_running_loop().time()
        health = self._health[item.account]
        health.trouble_since = now if health.trouble_since is None else health.trouble_since
        since = now if item.trouble_since is None else item.trouble_since
        item = replace(item, tries=item.tries + 1, trouble_since=since)
        if now - health.trouble_since >= self._patience:
            self._lose_account(item.account, error)
        elif health.success > since and self._is_enough(item, error, now - since):
            self._fail(item, error)
        else:
            if now >= health.not_before:
                # Items that were under way together fail together: that is one failure, not many.
                health.failures += 1
                health.not_before = now + pause_after(health.failures, self._pause)
            self._plans[item.account].requeue_last(replace(item, not_before=now + pause_after(item.tries, self._pause)))
            log.info("%s: put off %s: %s", item.account, item.range, error)

    def _is_enough(self, item: Item, error: NavixyError, lasted: float) -> bool:
        """Whether trouble that others of its account do not have is the item's own.

        The platform's own failure may be; trouble on the way to it knows nothing of items, and gets the whole patience.
        """
        on_the_way = isinstance(error, TransportError) or is_from_gateway(error)
        return lasted >= self._patience if on_the_way else item.tries >= TRIES

    def _fail(self, item: Item, error: NavixyError) -> None:
        if self._on_error == "raise":
            raise error
        # A refusal of the shortest window means that the whole is refused.
        hopeless = (item.is_longest and isinstance(error, ApiError)) or item.cuts > 1
        failed = item.whole if hopeless else item.range
        log.warning("%s: failed for %s: %s", item.account, failed, error)
        self._builder.fail(item.account, item.trackers, failed, error)
        if item.rest is not None and not hopeless:
            rest = replace(item, range=item.rest, rest=None, cuts=item.cuts + 1, tries=0, trouble_since=None)
            self._plans[item.account].requeue_first([rest])

    def _lose_tracker(self, account: str, tracker: int, error: NavixyError) -> None:
        blocked = isinstance(error, TrackerBlocked)
        if self._on_error == "raise" and not blocked:
            raise error
        log.warning("%s: nothing more from tracker %d: %s", account, tracker, error)
        self._plans[account].drop(tracker)
        self._builder.lose(account, tracker, error, blocked=blocked)

    def _lose_account(self, account: str, error: NavixyError) -> None:
        if self._on_error == "raise":
            raise error
        log.warning("%s: given up: %s", account, error)
        self._plans[account].drop_all()
        self._builder.lose_account(account, error)

    def _report_progress(self) -> None:
        if self._report is not None:
            self._report(self._builder.progress(items_left=self._items_left(), requests=self.requests))

    @property
    def requests(self) -> int:
        """Calls sent so far."""
        return sum(account.requests for account in self._accounts.values())

    def _items_left(self) -> float:
        """About how many items are still to come, judging by what the earlier ones covered."""
        unplanned = sum((plan.unplanned for plan in self._plans.values()), timedelta(0))
        return self._under_way + self._builder.items_of(unplanned)


def _first(failures: BaseExceptionGroup[BaseException]) -> BaseException:
    error: BaseException = failures
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
