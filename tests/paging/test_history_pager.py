"""HistoryPager as its users meet it: one page, every entry, an error at the end, leaving early, being cancelled."""

from __future__ import annotations

import asyncio
import gc
from contextlib import aclosing
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.errors import NavixyError, ServerFault, TrackerBlocked
from navixy_async.operations import Lane, Operation
from navixy_async.paging import GapReason, HistoryIncomplete, HistoryPager

from ..support.paging.platform_model import TRACKER_LIST, Event, History, HistoryAnswer, HistoryEntry, at, entries_of

START = 1_774_742_400
PARAMS = {"trackers": [1], "from": at(START), "to": at(START + 3600), "limit": 10}
EVENTS = [Event(n + 1, START + n) for n in range(35)]


def pager(history: Any, **params: Any) -> HistoryPager[HistoryAnswer, HistoryEntry]:
    return HistoryPager(history, TRACKER_LIST, {**PARAMS, **params}, items=entries_of)


async def test_nothing_is_sent_before_it_is_awaited_or_iterated() -> None:
    history = History(EVENTS)
    entries = pager(history)
    entries.pages()
    aiter(entries)
    assert "history/tracker/list" in repr(entries)
    await asyncio.sleep(0)
    assert not history.requests


async def test_awaited_it_is_one_page_asked_for_as_given() -> None:
    history = History(EVENTS)
    given_params = {**PARAMS, "only_unread": True}
    page = await HistoryPager(history, TRACKER_LIST, given_params, items=entries_of)
    assert isinstance(page, HistoryAnswer)
    assert ([entry.id for entry in page.list], page.limit_exceeded) == (list(range(1, 11)), True)
    assert [request.params for request in history.requests] == [given_params]


async def test_iterated_it_is_everything() -> None:
    assert [entry.id async for entry in pager(History(EVENTS))] == list(range(1, 36))
    assert [entry.id async for entry in pager(History(EVENTS), ascending=False)] == list(range(35, 0, -1))
    assert [entry.id for entry in await pager(History(EVENTS)).collect()] == list(range(1, 36))


async def test_each_use_sends_new_requests() -> None:
    history = History(EVENTS)
    entries = pager(history)
    assert len(await entries.collect()) == 35
    history.events = [*EVENTS, Event(99, START + 1000)]
    assert len(await entries.collect()) == 36
    assert len((await entries).list) == 10
    both = [(a.id, b.id) async for a, b in _zip(entries, entries)]
    assert [a for a, _ in both] == [b for _, b in both]


async def _zip(one: Any, other: Any) -> Any:
    async with aclosing(aiter(one)) as first, aclosing(aiter(other)) as second:
        async for a in first:
            yield a, await anext(second)


async def test_the_callers_params_are_not_touched_nor_followed() -> None:
    params: dict[str, Any] = {**PARAMS}
    entries = HistoryPager(History(EVENTS), TRACKER_LIST, params, items=entries_of)
    before = dict(params)
    await entries.collect()
    assert params == before
    params["to"] = at(START + 1)
    assert len(await entries.collect()) == 35


async def test_pages_are_the_platforms_answers() -> None:
    answers = [answer async for answer in pager(History(EVENTS)).pages()]
    assert [[entry.id for entry in answer.list] for answer in answers] == [
        list(range(1, 11)),
        list(range(10, 20)),
        list(range(19, 29)),
        list(range(28, 36)),
    ]


async def test_a_range_that_needs_no_request_has_no_pages() -> None:
    history = History(EVENTS)
    half = {"from": at(START) + timedelta(milliseconds=1), "to": at(START) + timedelta(milliseconds=2)}
    assert [answer async for answer in pager(history, **half).pages()] == []
    assert not history.requests


@pytest.mark.parametrize(("count", "requests"), [(0, 0), (1, 1), (10, 1), (11, 2), (35, 4), (50, 4)])
async def test_take_asks_for_no_page_too_many(count: int, requests: int) -> None:
    history = History(EVENTS)
    taken = await pager(history).take(count)
    assert [entry.id for entry in taken] == list(range(1, min(count, 35) + 1))
    assert len(history.requests) == requests
    with pytest.raises(NavixyError, match="negative"):
        await pager(history).take(-1)


async def test_what_could_not_be_read_is_an_error_behind_the_last_entry() -> None:
    history = History(EVENTS, trackers=(1, 2, 3), blocked=frozenset({2}), missing=frozenset({3}))
    seen = []
    with pytest.raises(HistoryIncomplete) as caught:
        async for entry in pager(history, trackers=[1, 2, 3]):
            seen.append(entry.id)
    assert seen == list(range(1, 36)), "everything that could be read came first"
    assert [(gap.trackers, gap.reason) for gap in caught.value.gaps] == [
        ((2,), GapReason.BLOCKED),
        ((3,), GapReason.MISSING_OR_BLOCKED),
    ]
    assert isinstance(caught.value.__cause__, TrackerBlocked)
    assert "2 gaps" in str(caught.value)
    assert "tracker 2" in str(caught.value)


async def test_collect_never_passes_a_part_for_the_whole() -> None:
    history = History(EVENTS, trackers=(1, 2), blocked=frozenset({2}))
    with pytest.raises(HistoryIncomplete):
        await pager(history, trackers=[1, 2]).collect()


async def test_a_failure_is_never_an_end() -> None:
    """The third request fails: what came before stands, and the error comes through as it was."""
    failure = ServerFault(1, "Database error", http_status=500)
    history = History(EVENTS, fault=lambda number, params: failure if number == 3 else None)
    seen = []
    with pytest.raises(ServerFault) as caught:
        async for entry in pager(history):
            seen.append(entry.id)
    assert caught.value is failure
    assert seen == list(range(1, 20))


async def test_timeout_and_lane_go_with_every_call() -> None:
    asked: list[tuple[float | None, Lane | None]] = []

    class Notes(History):
        async def call(self, operation: Any, params: Any = None, *, timeout: Any = None, lane: Any = None) -> Any:
            asked.append((timeout, lane))
            return await super().call(operation, params, timeout=timeout, lane=lane)

    crowded = [Event(n + 1, START, 1, "ab"[n % 2]) for n in range(15)]
    history = Notes(crowded, max_limit=10, listed_kinds=("a", "b"))
    await HistoryPager(history, TRACKER_LIST, PARAMS, items=entries_of, timeout=7.0, lane="live").collect()
    assert {request.path for request in history.requests} == {"history/tracker/list", "history/type/list"}
    assert set(asked) == {(7.0, "live")}


async def test_leaving_early_leaves_nothing_behind() -> None:
    crowded = [Event(n + 1, START, 1, "ab"[n % 2]) for n in range(150)]
    history = History(crowded, listed_kinds=("a", "b"))
    for stop in (1, 9, 10, 12, 20):
        entries = aiter(pager(history))
        for _ in range(stop):
            await anext(entries)
        await entries.aclose()
        sent = len(history.requests)
        await asyncio.sleep(0)
        assert (len(history.requests), history.open_requests) == (sent, 0)
        with pytest.raises(StopAsyncIteration):
            await anext(entries)
    async for _ in pager(history):
        break
    gc.collect()
    # Python itself closes an iterator that was dropped, in a task of the loop's; it comes to its end by itself.
    await asyncio.sleep(0)
    await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))
    assert asyncio.all_tasks() == {asyncio.current_task()}


@settings(max_examples=60, deadline=None)
@given(at_request=st.integers(1, 12), crowded=st.booleans(), ascending=st.booleans())
def test_a_cancelled_iteration_stops_where_it_waits(at_request: int, crowded: bool, ascending: bool) -> None:
    """Whichever request is under way when the task is cancelled: nothing more is sent, and a new use gives all."""
    crowd = [Event(1000 + n, START + 20, 1, "ab"[n % 2]) for n in range(14)] if crowded else []
    history = History([*EVENTS, *crowd], max_limit=10, listed_kinds=("a", "b"))

    async def scenario() -> None:
        entries = pager(history, ascending=ascending)
        work = asyncio.create_task(entries.collect())

        def strike(history: History, number: int) -> None:
            if number == at_request:
                work.cancel()

        history.before = strike
        try:
            await work
        except asyncio.CancelledError:
            assert len(history.requests) in (at_request, at_request + 1)
        else:
            assert len(history.requests) < at_request or work.done()
        assert history.open_requests == 0
        assert asyncio.all_tasks() == {asyncio.current_task()}
        history.before = lambda history, number: None
        assert len(await entries.collect()) == len(history.events)

    asyncio.run(scenario())


async def test_it_is_a_pager_of_the_operations_own_types() -> None:
    operation: Operation[HistoryAnswer] = TRACKER_LIST
    first: HistoryEntry = (await HistoryPager(History(EVENTS), operation, PARAMS, items=entries_of).take(1))[0]
    assert first.event == "inzone"
