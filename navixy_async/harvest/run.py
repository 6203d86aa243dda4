"""One run of a harvest, whatever its destination: earlier state, what is due, the engine, the sink, the coverage."""

from __future__ import annotations

import asyncio
from functools import partial

from .account import HarvestAccount
from .accounts import HarvestAccounts, map_bounded
from .destinations import Destination
from .engine import CompletedItem, Deliver, Engine, OnError
from .plan.due import Due, EarlierRuns, find_due, read_earlier, restore_work
from .plan.windows import AccountPlan, Item
from .report.coverage import Coverage
from .sinks.base import Sink
from .spec import HarvestSpec
from .state.store import refuse_renamed
from .streams import FetchResult
from .threads import DecodePool


async def run(spec: HarvestSpec, destination: Destination, on_error: OnError | None = None) -> Coverage:
    """Bring what is due to its destination; returns what the harvest covers then.

    Args:
        spec: what is harvested.
        destination: where it goes.
        on_error: what a range that fails for good does; by the options, or ``collect``, if not given.
    """
    on_error = on_error or spec.options.on_error or "collect"
    with DecodePool() as pool:
        accounts = HarvestAccounts(spec, pool, on_error)
        try:
            due = await prepare(spec, accounts, destination)
            sink = await destination.begin(spec, due)
            try:
                coverage = await _fill(spec, accounts, due, sink, on_error)
                return await sink.finish(coverage, spec.definition(destination.kind))
            finally:
                await sink.close()
        finally:
            await destination.close()


async def prepare(spec: HarvestSpec, accounts: HarvestAccounts, destination: Destination) -> Due:
    """What is due, given the destination's state and the present accounts."""
    earlier = await _earlier(spec, destination)
    await accounts.read_fleets({} if spec.is_open else earlier.fleets, earlier.fleets)
    await accounts.read_calendars()
    due = await find_due(accounts, spec, earlier)
    if due.distrusted is not None and await destination.forget(due):
        due = await find_due(accounts, spec, earlier)
    return due


async def _earlier(spec: HarvestSpec, destination: Destination) -> EarlierRuns:
    state = await destination.open(spec)
    if state is None:
        return EarlierRuns()
    if spec.is_open:
        earlier = await destination.call(partial(read_earlier, state, spec))
        refuse_renamed(earlier.fleets, spec.labels, state.where)
        return earlier
    fleets = await destination.call(state.fleets)
    return EarlierRuns(fleets, lambda builder: destination.call(partial(restore_work, state, builder)))


async def _fill(spec: HarvestSpec, accounts: HarvestAccounts, due: Due, sink: Sink, on_error: OnError) -> Coverage:
    """Bring everything that is due into the sink, where it replaces what is outdated."""
    await sink.start()
    try:
        for work in due.outdated:
            nothing = FetchResult(spec.stream.layout.empty(), 0)
            await sink.put(CompletedItem(Item(work.account, work.trackers, work.range), nothing, work))
            due.builder.deliver(work)
        await _ask(spec, accounts, due, sink.put, on_error)
    except asyncio.CancelledError:
        await sink.leave()
        raise
    except BaseException:
        await sink.drain()
        raise
    await sink.drain()
    return due.builder.close()


async def _ask(spec: HarvestSpec, accounts: HarvestAccounts, due: Due, deliver: Deliver, on_error: OnError) -> None:
    """Fetch everything that is due."""
    asked = [
        accounts.by_label[label]
        for label, fleet in accounts.fleets.items()
        if any(due.ranges[label, tracker] for tracker in fleet.open)
    ]
    for account in asked:
        account.trackers = accounts.fleets[account.label].open
    await map_bounded(asked, HarvestAccount.read_limits)
    plans = [
        AccountPlan(
            account.label,
            {tracker: due.ranges[account.label, tracker] for tracker in account.trackers},
            accounts.windows(account),
            batch=spec.stream.batch,
        )
        for account in asked
    ]
    engine = Engine(
        spec.stream,
        accounts.by_label,
        plans,
        due.builder,
        deliver,
        workers=spec.options.workers,
        on_error=on_error,
        patience=spec.options.patience,
        report=spec.options.progress,
    )
    await engine.run()
