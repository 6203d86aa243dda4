"""The pager over the real client against the embedded platform, which was written without a look at the pager."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from navixy_async import ApiKey, Navixy
from navixy_async.account import Account
from navixy_async.paging import GapReason, HistoryIncomplete
from navixy_async.settings import Limits, Retries
from navixy_async.testing import Platform, Rules, World, WorldSpec
from navixy_async.testing.rules import UNLIMITED

pytestmark = pytest.mark.slow

START, END = datetime(2026, 3, 27, 12, 30, 30, tzinfo=UTC), datetime(2026, 3, 31, tzinfo=UTC)


@pytest.fixture(scope="module")
def world() -> World:
    """Berlin over the night that loses an hour; one device fires 25 events in one second, once a day."""
    return World(WorldSpec(accounts=1, trackers=8, days=9, points_per_day=40, events_per_day=30, burst=25))


@asynccontextmanager
async def fleet_on(world: World, **rules: Any) -> AsyncIterator[tuple[Platform, Account]]:
    unlimited = Rules(per_credential=UNLIMITED, per_address=UNLIMITED, **rules)
    async with Platform(world, rules=unlimited) as platform:
        quick: dict[str, Any] = {"limits": Limits(enabled=False), "retries": Retries(base=0.001, longest=0.01)}
        async with Navixy(platform.base_url, **quick) as navixy:
            yield platform, navixy.account(ApiKey(world.accounts[0].api_key))


def truth(world: World, trackers: Iterable[int]) -> dict[int, datetime]:
    return {row.id: row.time for row in world.events(trackers, START, END)}


def sent_to(platform: Platform, path: str) -> int:
    return sum(request.path.endswith(path) for request in platform.log)


async def read(pager: Any) -> tuple[list[Any], tuple[Any, ...]]:
    """Every entry, and the gaps of the error at the end, if there is one."""
    entries = []
    try:
        async for entry in pager:
            entries.append(entry)
    except HistoryIncomplete as error:
        return entries, error.gaps
    return entries, ()


RULES = [
    {"tie_order": ties, "cut_flag": flag, "totals": totals, "name_culprits": named}
    for ties, flag, totals, named in itertools.product(
        ["reversed", "same"], ["tracker", "all"], [True, False], [True, False]
    )
]


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: "-".join(map(str, rules.values())))
@pytest.mark.parametrize("limit", [10, 20, 1000])
async def test_every_entry_of_every_list_or_its_gap(world: World, rules: dict[str, Any], limit: int) -> None:
    account = world.accounts[0]
    ids = [tracker.id for tracker in account.trackers]
    blocked = {tracker.id for tracker in account.trackers if tracker.blocked}
    open_ids = [tracker for tracker in ids if tracker not in blocked]
    async with fleet_on(world, history_limit=limit, report_span=2, **rules) as (_, fleet):
        for ascending in (True, False):
            history = fleet.history
            lists = (
                (history.tracker.list(trackers=ids, from_=START, to=END, ascending=ascending), ids),
                (history.user.list(from_=START, to=END, ascending=ascending), open_ids),
                (history.asset.list(from_=START, to=END, ascending=ascending, asset_types=["vehicle"]), open_ids),
            )
            for pager, trackers in lists:
                entries, gaps = await read(pager)
                expected = truth(world, trackers)
                found = [entry.id for entry in entries]
                times = [entry.time for entry in entries]
                assert len(set(found)) == len(found)
                assert set(found) <= expected.keys()
                assert all(expected[entry.id] == entry.time for entry in entries)
                assert times == sorted(times, reverse=not ascending)
                for lost in expected.keys() - set(found):
                    assert any(expected[lost] in gap.range for gap in gaps)
                refused = {tracker for gap in gaps for tracker in gap.trackers if "blocked" in gap.reason}
                assert refused == (blocked if trackers is ids else set())
                assert max(Counter(expected.values()).values()) >= 25, "the world must be worth the test"
                crowded = [gap for gap in gaps if not gap.trackers or "blocked" not in gap.reason]
                if limit == 1000:
                    assert not crowded
                for gap in crowded:
                    second = Counter(expected.values())[gap.range.start]
                    assert gap.reason == GapReason.OVERFULL_SECOND
                    assert second >= (limit if rules["tie_order"] == "same" else 2 * limit)


async def test_requests_are_as_few_as_there_are_pages(world: World) -> None:
    account = world.accounts[0]
    ids = [tracker.id for tracker in account.trackers if not tracker.blocked]
    most = max(Counter(truth(world, ids).values()).values())
    async with fleet_on(world, history_limit=200) as (platform, fleet):
        entries = await fleet.history.tracker.list(trackers=ids, from_=START, to=END).collect()
        assert len(entries) == len(truth(world, ids))
        assert sent_to(platform, "history/tracker/list") <= len(entries) // (200 - most) + 2


async def test_a_page_of_one_is_the_latest_entry(world: World) -> None:
    ids = [tracker.id for tracker in world.accounts[0].trackers if not tracker.blocked]
    expected = truth(world, ids)
    async with fleet_on(world) as (_, fleet):
        page = await fleet.history.tracker.list(
            trackers=ids, from_=START, to=END - timedelta(seconds=1), ascending=False, limit=1
        )
        assert page.list is not None
        assert [entry.time for entry in page.list] == [max(expected.values())]
        latest = await fleet.history.tracker.list(trackers=ids, from_=START, to=END, ascending=False).take(1)
        assert [entry.time for entry in latest] == [max(expected.values())]


async def test_what_the_tariff_no_longer_stores_is_named() -> None:
    old = World(WorldSpec(accounts=1, trackers=6, days=60, points_per_day=10, events_per_day=6, store_days=(30,)))
    everything = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    async with fleet_on(old) as (_, fleet):
        for ascending in (True, False):
            entries, gaps = await read(
                fleet.history.user.list(from_=everything[0], to=everything[1], ascending=ascending)
            )
            (gap,) = gaps
            assert gap.reason == GapReason.CLIPPED
            assert gap.range.start == everything[0]
            assert gap.range.end == min(entry.time for entry in entries)
