"""What a harvest would ask for, before it asks: the same plan that a run works off, counted instead of sent."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from operator import itemgetter

from ..paging.intervals import IntervalSet
from ..times import TimeRange
from .account import Fleet, HarvestAccount
from .accounts import Past, next_increment, read_past
from .filling import HarvestSpec
from .options import DecodePool, map_bounded
from .plan.due import remaining
from .plan.windows import AccountPlan, Item, WindowRule
from .report.coverage import Hole, WorkRecord
from .report.coverage_builder import CoverageBuilder
from .sinks.files.directory import DatasetDirectory
from .state.ledger import Ledger, damage_named
from .state.records import refuse_other
from .streams import Density, Stream

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AccountForecast:
    """What would be asked of one account.

    Attributes:
        account: its label.
        trackers: those that can be asked for.
        blocked: those that are blocked and would not be asked for.
        span: tracker-time that is still to be asked for.
        least: requests if there are hardly any rows; no plan can do with fewer. Those for trackers and limits count.
        likely: requests if the trackers are as dense as the stream's typical ones; ``None`` if it has none such.
    """

    account: str
    trackers: int
    blocked: int
    span: timedelta
    least: int
    likely: int | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a harvest would ask for.

    Attributes:
        stream: its name.
        range: the range asked for.
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
        return sum(each.least for each in self.accounts)

    @property
    def likely(self) -> int | None:
        """Requests of all accounts, about; ``None`` if nobody can say."""
        known = [each.likely for each in self.accounts if each.likely is not None]
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
    """How many requests it takes to bring what the trackers lack, if they are as dense as said.

    Args:
        account: its label.
        todo: what each tracker lacks.
        rule: how windows are sized.
        batch: trackers per request.
        density: what there is on a day; nothing if not given.
        page: rows that the platform gives at once, where `density` says that it pages.
        workers: items that are under way together; what they bring is only known when as many more were taken.
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


def count_all(
    stream: Stream,
    asked: TimeRange,
    *,
    fleets: Mapping[str, Fleet],
    lacking: Mapping[tuple[str, int], IntervalSet],
    rules: Mapping[str, tuple[WindowRule, int]],
    opening: Mapping[str, int],
    workers: int,
    failed: Iterable[Hole],
) -> Forecast:
    """The forecast of a stream.

    Args:
        stream: what would be asked for.
        asked: the range asked for.
        fleets: the trackers of each account.
        lacking: what is still to be asked for each of them.
        rules: for each account, how windows are sized, and how many rows the platform gives at once.
        opening: for each account, requests before the first row.
        workers: items under way at once.
        failed: accounts whose trackers could not be read.
    """
    density, batch = stream.density, stream.batch
    accounts = []
    for label, fleet in sorted(fleets.items(), key=itemgetter(0)):
        todo = {tracker: lacking[label, tracker] for tracker in fleet.open}
        rule, page = rules[label]
        known = None
        if density is not None:
            known = count_requests(
                label, todo, rule, batch=batch, density=density, page=page, workers=-(-workers // len(fleets))
            )
        accounts.append(
            AccountForecast(
                account=label,
                trackers=len(fleet.open),
                blocked=len(fleet.blocked),
                span=sum((ranges.span for ranges in todo.values()), timedelta(0)),
                least=opening[label] + count_requests(label, todo, rule, batch=batch),
                likely=None if known is None else opening[label] + known,
            )
        )
    return Forecast(stream.name, asked, tuple(accounts), tuple(failed), density)


async def forecast(spec: HarvestSpec, target: DatasetDirectory | None) -> Forecast:
    """What a run would ask for; only trackers and limits of the accounts are asked, nothing is written."""
    with DecodePool() as executor:
        run = spec.run(executor)
        known: Mapping[str, Fleet] = {}
        if spec.end is None:
            past = await asyncio.to_thread(_recall_past, target, spec)
            await run.read_fleets({}, "collect", past.fleets)
            await run.read_calendars("collect")
            increment = await next_increment(run, spec.stream, spec.start, spec.increments, past)
            builder, lacking = increment.builder, increment.due
        else:
            known, done = await asyncio.to_thread(_recall, target, spec)
            await run.read_fleets(known, "collect", {})
            await run.read_calendars("collect")

            async def restore(builder: CoverageBuilder) -> None:
                for work in done:
                    builder.deliver(work)

            left = await remaining(run, spec, restore)
            builder, lacking = left.builder, left.due
        due = {label for (label, _), ranges in lacking.items() if ranges}
        await map_bounded([run.by_label[label] for label in due], HarvestAccount.read_limits)
    opening = {label: (label not in known) + (label in due) + (label in run.calendars) for label in run.fleets}
    if builder.now is not None and (first := next((label for label in run.fleets if run.fleets[label].open), None)):
        opening[first] += 1  # for the platform's clock
    failed = [hole for hole in builder.close().failed if hole.account in run.failures]
    rules = {
        label: (run.windows(run.by_label[label]), run.by_label[label].limits.history_limit) for label in run.fleets
    }
    work = partial(count_all, fleets=run.fleets, lacking=lacking, rules=rules, opening=opening, failed=failed)
    return await asyncio.to_thread(work, spec.stream, builder.asked, workers=spec.options.workers)


def _recall(target: DatasetDirectory | None, spec: HarvestSpec) -> tuple[dict[str, Fleet], list[WorkRecord]]:
    """The fleets of the harvest that `target` resumes, and what it has done; nothing is changed."""
    with _ledger_of(target, spec) as ledger:
        return ({}, []) if ledger is None else (ledger.fleets(), list(ledger.work()))


def _recall_past(target: DatasetDirectory | None, spec: HarvestSpec) -> Past:
    """What earlier runs of the harvest without an end that `target` goes on with left behind; nothing is changed."""
    with _ledger_of(target, spec) as ledger:
        return Past() if ledger is None else read_past(ledger, spec.stream, spec.schedule)


@contextmanager
def _ledger_of(target: DatasetDirectory | None, spec: HarvestSpec) -> Iterator[Ledger | None]:
    """The ledger of the harvest that `target` resumes, only to look at, if there is one.

    Raises:
        InvalidInput: the directory cannot be used like that, or holds another harvest.
    """
    if target is not None:
        target.check()
    if target is None or not (target.resume and target.ledger.exists()):
        yield None
        return
    with damage_named(target.root), closing(Ledger(target.ledger, read_only=True)) as ledger:
        stored = ledger.definition()
        if stored is not None:
            refuse_other(stored, spec.definition(), target.root)
        yield None if stored is None else ledger
