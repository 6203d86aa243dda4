"""Plans: everything that is lacking is asked for once, in windows that learn."""

from __future__ import annotations

import tracemalloc
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.harvest.plan.windows import AccountPlan, Item, WindowRule, cut_time
from navixy_async.paging.intervals import IntervalSet
from navixy_async.times import SECOND, UTC, TimeRange

from ..support.harvest.model import at

DAY = timedelta(days=1)

RULE = WindowRule(first=DAY, longest=30 * DAY, target=4_000_000)

START = datetime(2026, 1, 1, 7, 30, tzinfo=UTC)


def hours(start: float, end: float) -> TimeRange:
    return TimeRange(START + timedelta(hours=start), START + timedelta(hours=end))


def lacking(*ranges: tuple[float, float]) -> IntervalSet:
    return IntervalSet([hours(*each) for each in ranges])


def everything(plan: AccountPlan, size: int = 0) -> list[Item]:
    items = []
    while (item := plan.next_item()) is not None:
        items.append(item)
        plan.learn(item, size)
    return items


todos = st.dictionaries(
    st.integers(1, 50),
    st.lists(st.tuples(st.integers(0, 900), st.integers(1, 300)), max_size=4).map(
        lambda pairs: lacking(*((start, start + length) for start, length in pairs))
    ),
    max_size=12,
)


@settings(max_examples=50, deadline=None)
@given(
    todo=todos,
    batch=st.integers(1, 5),
    sizes=st.lists(st.integers(0, 30_000_000), min_size=1, max_size=10),
    lengths=st.tuples(
        st.sampled_from([timedelta(minutes=1), DAY, 9 * DAY]),
        st.sampled_from([timedelta(seconds=59), timedelta(hours=5), 30 * DAY]),
    ),
    capped=st.none() | st.sampled_from([timedelta(hours=30), timedelta(minutes=90)]),
)
def test_items_cover_what_is_lacking_once_and_nothing_else(
    todo: dict[int, IntervalSet],
    batch: int,
    sizes: list[int],
    lengths: tuple[timedelta, timedelta],
    capped: timedelta | None,
) -> None:
    first, longest = lengths
    if longest < DAY:
        todo = {tracker: IntervalSet([hours(0, 3)]) if ranges else ranges for tracker, ranges in todo.items()}
    plan = AccountPlan("fleet", todo, WindowRule(first=first, longest=longest, target=4_000_000), batch=batch)
    covered: dict[int, list[TimeRange]] = {}
    bound = longest
    number = 0
    while (item := plan.next_item()) is not None:
        number += 1
        assert item.account == "fleet" and 1 <= len(item.trackers) <= batch
        assert item.range.span <= bound
        for tracker in item.trackers:
            covered.setdefault(tracker, []).append(item.range)
        plan.learn(item, sizes[number % len(sizes)])
        if capped is not None and number == 2:
            plan.cap(capped)
            bound = min(bound, capped)
    assert {tracker: IntervalSet(parts) for tracker, parts in covered.items()} == {
        tracker: ranges for tracker, ranges in todo.items() if ranges
    }
    for parts in covered.values():
        assert sum((part.span for part in parts), timedelta(0)) == IntervalSet(parts).span, "asked for twice"
    assert plan.is_empty and plan.unplanned == timedelta(0)


def test_windows_end_at_midnight_where_they_can() -> None:
    once = everything(AccountPlan("fleet", {1: lacking((0, 100))}, WindowRule(first=DAY, longest=DAY, target=10**9)))
    assert [item.range.end.isoformat()[:13] for item in once] == [
        "2026-01-02T00",
        "2026-01-03T00",
        "2026-01-04T00",
        "2026-01-05T00",
        "2026-01-05T11",
    ]


@pytest.mark.parametrize("per_day", [3_000, 200_000, 2_000_000, 18_000_000])
def test_windows_are_sized_by_what_comes_back(per_day: int) -> None:
    plan = AccountPlan("fleet", {1: lacking((0, 24 * 365))}, RULE)
    sizes, spans = [], []
    while (item := plan.next_item()) is not None:
        sizes.append(per_day * (item.range.span / DAY))
        spans.append(item.range.span)
        plan.learn(item, round(sizes[-1]))
    assert max(spans) <= 30 * DAY
    settled = sizes[5:-1]
    least = min(1_000_000, per_day * 29)
    assert all(least <= size <= 8_000_000 for size in settled), (per_day, settled)


@pytest.mark.parametrize(("sizes", "days"), [([10_000] * 4, 30), ([10_000, 1_000_000, 10_000, 10_000], 5)])
def test_others_of_the_account_tell_how_dense_a_new_tracker_may_be(sizes: list[int], days: int) -> None:
    plan = AccountPlan("fleet", {tracker: lacking((0, 24 * 90)) for tracker in range(1, 40)}, RULE)
    first = [plan.next_item() for _ in sizes]
    for item, size in zip(first, sizes, strict=True):
        assert item is not None and item.range.span <= DAY
        plan.learn(item, round(size * (item.range.span / DAY)))
    later = plan.next_item()
    assert later is not None and later.trackers not in {item.trackers for item in first if item}
    assert (days - 1) * DAY <= later.range.span <= days * DAY
    assert plan.expect(later) == pytest.approx(sizes[1] * 0.9**2 * (later.range.span / DAY), rel=0.25)


@pytest.mark.parametrize(
    ("days", "windows"), [(29, 1), (30, 2), (58, 2), (59, 2), (60, 3), (87, 3), (89, 3), (365, 13)]
)
def test_round_hours_cost_no_request(days: int, windows: int) -> None:
    rule = WindowRule(first=30 * DAY, longest=30 * DAY - SECOND, target=4_000_000)
    assert len(everything(AccountPlan("fleet", {1: lacking((0, 24 * days))}, rule))) == windows


def test_all_trackers_move_through_time_together() -> None:
    plan = AccountPlan("fleet", {tracker: lacking((0, 24 * 20)) for tracker in range(1, 6)}, RULE)
    starts = [item.range.start for item in everything(plan, 3_900_000)]
    assert starts == sorted(starts)


def test_what_is_put_back_comes_next_and_what_is_put_off_comes_last() -> None:
    plan = AccountPlan("fleet", {1: lacking((0, 60)), 2: lacking((0, 60))}, RULE)
    first, second = plan.next_item(), plan.next_item()
    assert first is not None and second is not None
    plan.requeue_last(second)
    halves = cut_time(first)
    plan.requeue_first(halves)
    items = everything(plan)
    assert items[:2] == halves and items[-1] == second


def test_a_dropped_tracker_is_not_asked_for_again() -> None:
    plan = AccountPlan("fleet", {tracker: lacking((0, 60)) for tracker in (1, 2, 3)}, RULE, batch=2)
    item = plan.next_item()
    assert item is not None and item.trackers == (1, 2)
    plan.requeue_first([item])
    plan.drop(1)
    assert {tracker for item in everything(plan) for tracker in item.trackers} == {2, 3}


def test_an_item_is_cut_to_what_is_allowed_or_in_two_and_one_second_not_at_all() -> None:
    item = Item("fleet", (1,), TimeRange(at("03-16 00:00:00"), at("03-20 00:00:00")))
    assert [part.range.span for part in cut_time(item)] == [2 * DAY, 2 * DAY]
    assert [part.range.span for part in cut_time(item, timedelta(hours=40))] == [timedelta(hours=32)] * 3
    assert IntervalSet(part.range for part in cut_time(item, timedelta(hours=7))) == IntervalSet([item.range])
    assert [part.range.span for part in cut_time(item, 9 * DAY)] == [2 * DAY, 2 * DAY], "a useless hint is not believed"
    second = Item("fleet", (1,), TimeRange(at("03-16 00:00:00"), at("03-16 00:00:01")))
    assert cut_time(second) == [] == cut_time(second, timedelta(0))


def test_a_year_of_five_thousand_trackers_is_planned_lazily() -> None:
    tracemalloc.start()
    try:
        whole = lacking((0, 24 * 365))
        plan = AccountPlan("fleet", dict.fromkeys(range(5000), whole), RULE)
        assert plan.next_item() is not None
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
