"""What a harvest would request: the same plan that a run works off, counted instead of sent."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from ..paging.intervals import IntervalSet
from ..times import DAY, TimeRange
from .account import HarvestAccount
from .accounts import HarvestAccounts, map_bounded
from .destinations import ForecastDestination
from .plan.windows import AccountPlan, Item, WindowRule
from .report.coverage import Hole
from .run import prepare
from .sinks.files.directory import DatasetDirectory
from .spec import HarvestSpec
from .streams import Density
from .threads import DecodePool


@dataclass(frozen=True, slots=True)
class AccountForecast:
    """What would be requested of one account.

    Attributes:
        account: its label.
        trackers: those that can be requested.
        blocked: those that are blocked and would not be requested.
        span: tracker-time that is still to be requested.
        least: requests if there are hardly any rows; no plan needs fewer. Those for trackers and limits are included.
        likely: requests if the trackers are as dense as the stream's typical ones; ``None`` if it has no typical
            density.
    """

    account: str
    trackers: int
    blocked: int
    span: timedelta
    least: int
    likely: int | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a harvest would request.

    Attributes:
        stream: its name.
        range: the requested range.
        accounts: in the order of their labels.
        failed: accounts whose trackers could not be read, and why.
        density: what `likely` is based on; ``None`` if it is not known for the stream.
    """

    stream: str
    range: TimeRange
    accounts: tuple[AccountForecast, ...]
    failed: tuple[Hole, ...]
    density: Density | None

    @property
    def least(self) -> int:
        """Requests of all accounts, at least."""
        return sum(account.least for account in self.accounts)

    @property
    def likely(self) -> int | None:
        """Requests of all accounts, about; ``None`` if that is unknown."""
        known = [account.likely for account in self.accounts if account.likely is not None]
        return sum(known) if self.density is not None else None


def count_requests(
    account: str,
    todo: Mapping[int, IntervalSet],
    rule: WindowRule,
    *,
    batch: int,
    density: Density | None = None,
    page: int = 1000,
    workers: int = 1,
) -> int:
    """How many requests it takes to fetch what is missing, if trackers have that density.

    Args:
        account: its label.
        todo: what is missing of each tracker.
        rule: how windows are sized.
        batch: trackers per request.
        density: how much there is on a day; nothing if not given.
        page: rows that the platform returns at once, if `density` says that it pages.
        workers: items that are under way together; what they brought is known only after as many more were taken.
    """
    plan = AccountPlan(account, todo, rule, batch=batch)
    requests = 0
    under_way: deque[tuple[Item, int]] = deque()
    while (item := plan.next_item()) is not None:
        rows = 0.0 if density is None else density.rows * len(item.trackers) * (item.range.span / DAY)
        requests += 1 + (math.floor(rows / page) if density is not None and density.paged else 0)
        under_way.append((item, 0 if density is None else round(rows * density.row_bytes)))
        if len(under_way) >= workers:
            plan.learn(*under_way.popleft())
    return requests


async def forecast(spec: HarvestSpec, target: DatasetDirectory | None) -> Forecast:
    """What a run would request; only trackers and limits of the accounts are requested, nothing is written."""
    destination = ForecastDestination(target)
    with DecodePool() as pool:
        accounts = HarvestAccounts(spec, pool, "collect")
        try:
            due = await prepare(spec, accounts, destination)
        finally:
            await destination.close()
        asked = {label for (label, _), ranges in due.ranges.items() if ranges}
        await map_bounded([accounts.by_label[label] for label in asked], HarvestAccount.read_limits)
    fleets, builder = accounts.fleets, due.builder
    opening = {label: (label in due.fleets) + (label in asked) + (label in accounts.calendars) for label in fleets}
    if builder.now is not None and (first := next((label for label in fleets if fleets[label].open), None)):
        opening[first] += 1  # for the platform's clock
    workers = -(-spec.options.workers // max(len(fleets), 1))
    stream, density = spec.stream, spec.stream.density

    def count(label: str) -> AccountForecast:
        fleet, account = fleets[label], accounts.by_label[label]
        todo = {tracker: due.ranges[label, tracker] for tracker in fleet.open}
        requests = partial(count_requests, label, todo, accounts.windows(account), batch=stream.batch)
        likely = None
        if density is not None:
            likely = opening[label] + requests(density=density, page=account.limits.history_limit, workers=workers)
        span = sum((ranges.span for ranges in todo.values()), timedelta(0))
        return AccountForecast(label, len(fleet.open), len(fleet.blocked), span, opening[label] + requests(), likely)

    counted = await asyncio.to_thread(lambda: tuple(map(count, sorted(fleets))))
    failed = tuple(hole for hole in builder.close().failed if hole.account in accounts.failures)
    return Forecast(stream.name, builder.asked, counted, failed, density)
