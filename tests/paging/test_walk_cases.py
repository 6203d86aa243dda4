"""Single situations of the walk, each by name: what is asked, what is given, what is said about the rest."""

from __future__ import annotations

import math
import random
import weakref
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from navixy_async.paging import GapReason, Page, walk
from navixy_async.times import TimeRange

from .hours import HOUR, START, crowd, ids, read, spread
from .platform_model import (
    ASSET_LIST,
    TRACKER_LIST,
    USER_LIST,
    Event,
    History,
    HistoryAnswer,
    HistoryEntry,
    at,
    drive,
    entries_of,
    scatter,
)


def test_an_empty_range_costs_one_request_and_is_covered() -> None:
    history = History([])
    pages, gaps = read(history, trackers=[1])
    assert [page.range for page in pages] == [TimeRange(HOUR["from"], HOUR["to"])]
    assert (ids(pages), gaps, len(history.requests)) == ([], [], 1)


def test_a_range_without_a_whole_second_costs_no_request() -> None:
    history = History(spread(5))
    inside: dict[str, Any] = {
        "from": at(START + 1) + timedelta(milliseconds=200),
        "to": at(START + 1) + timedelta(milliseconds=900),
    }
    pages, _ = read(history, trackers=[1], **inside)
    assert (ids(pages), history.requests) == ([], [])
    assert pages[0].range == TimeRange(inside["from"], inside["to"])


def test_fractions_of_seconds_neither_lose_nor_add_an_entry() -> None:
    history = History(spread(10))
    half = timedelta(milliseconds=500)
    between: dict[str, Any] = {"from": at(START + 2) + half, "to": at(START + 5) + half}
    pages, _ = read(history, trackers=[1], **between)
    assert [entry.time for page in pages for entry in page.items] == [at(START + 3), at(START + 4), at(START + 5)]


def test_the_end_is_not_part_of_the_range() -> None:
    history = History(spread(10))
    pages, _ = read(history, trackers=[1], to=at(START + 9))
    assert ids(pages) == list(range(1, 10))


@pytest.mark.parametrize("ascending", [True, False])
def test_the_whole_range_is_asked_at_once_and_then_from_the_last_second_on(ascending: bool) -> None:
    history = History(spread(25, every=10), max_limit=10)
    pages, _ = read(history, trackers=[1], limit=10, ascending=ascending)
    asked = [(int(page["from"].timestamp()) - START, int(page["to"].timestamp()) - START) for page in history.pages]
    assert asked == ([(0, 3600), (90, 3600), (180, 3600)] if ascending else [(0, 3600), (0, 150), (0, 60)])
    assert ids(pages) == (list(range(1, 26)) if ascending else list(range(25, 0, -1)))


def test_a_page_is_what_was_read_and_the_pages_follow_each_other() -> None:
    history = History(spread(25, every=10), max_limit=10)
    pages, _ = read(history, trackers=[1], limit=10)
    assert [(page.range.start, page.range.end) for page in pages] == [
        (at(START), at(START + 91)),
        (at(START + 90), at(START + 181)),
        (at(START + 180), at(START + 3600)),
    ]
    assert isinstance(pages[0].answer, HistoryAnswer)


@pytest.mark.parametrize("ascending", [True, False])
def test_a_crowded_second_is_split_by_trackers(ascending: bool) -> None:
    crowds = [event for t in (1, 2, 3, 4) for event in crowd(9, tracker=t, first=1000 * t)]
    history = History([*spread(30, every=7), *crowds], trackers=(1, 2, 3, 4), max_limit=10)
    pages, gaps = read(history, trackers=[1, 2, 3, 4], limit=10, ascending=ascending)
    assert sorted(ids(pages)) == sorted(event.id for event in history.events)
    assert not gaps
    assert "history/type/list" not in {request.path for request in history.requests}


def test_parts_that_see_the_end_of_the_second_are_not_narrowed_further() -> None:
    crowds = [event for t in (1, 2) for s in (0, 1) for event in crowd(6, second=s, tracker=t, first=100 * (2 * t + s))]
    history = History(crowds, trackers=(1, 2), max_limit=10)
    pages, gaps = read(history, trackers=[1, 2], limit=10)
    assert (len(ids(pages)), gaps) == (24, [])
    assert {request.path for request in history.requests} == {"history/tracker/list"}


def test_a_crowded_second_of_one_tracker_is_split_by_event_types() -> None:
    crowds = [event for n, kind in enumerate("abc") for event in crowd(9, kind=kind, first=1000 * (n + 1))]
    history = History(crowds, max_limit=10, listed_kinds=("a", "b", "c", "d"), totals=True)
    pages, gaps = read(history, trackers=[1], limit=10)
    assert (len(ids(pages)), gaps) == (27, [])
    assert [request.path for request in history.requests].count("history/type/list") == 1


def test_the_list_of_event_types_is_asked_for_once_per_walk_and_with_all_types() -> None:
    crowds = [
        event
        for s in range(5)
        for n, kind in enumerate("abc")
        for event in crowd(9, second=s, kind=kind, first=100 * (3 * s + n))
    ]
    history = History(crowds, max_limit=10, listed_kinds=("a", "b", "c"))
    pages, gaps = read(history, trackers=[1], limit=10)
    assert (len(ids(pages)), gaps) == (135, [])
    asked = [request.params for request in history.requests if request.path == "history/type/list"]
    assert [params["only_tracker_events"] for params in asked] == [False]


def test_the_users_own_event_types_are_what_a_second_is_split_by() -> None:
    crowds = [event for n, kind in enumerate("abc") for event in crowd(9, kind=kind, first=1000 * (n + 1))]
    history = History(crowds, max_limit=10)
    pages, gaps = read(history, trackers=[1], limit=10, events=["a", "b"])
    assert (len(ids(pages)), gaps) == (18, [])
    assert {request.path for request in history.requests} == {"history/tracker/list"}


def test_event_types_may_be_members_of_an_enum() -> None:
    history = History([*crowd(3, kind="inzone"), *crowd(3, kind="other", first=1)])
    pages, _ = read(history, trackers=[1], events=[_Kind()])
    assert len(ids(pages)) == 3


class _Kind:
    value = "inzone"


@pytest.mark.parametrize("count", [10, 11, 15, 19])
@pytest.mark.parametrize("ascending", [True, False])
def test_a_second_that_cannot_be_split_is_read_from_both_ends(count: int, ascending: bool) -> None:
    history = History([*spread(30, every=7), *crowd(count)], max_limit=10)
    pages, gaps = read(history, trackers=[1], limit=10, ascending=ascending)
    assert (sorted(ids(pages)), gaps) == (sorted(event.id for event in history.events), [])


def test_what_both_ends_do_not_reach_is_named() -> None:
    history = History([*spread(200), *crowd(24)], max_limit=10)
    pages, gaps = read(history, trackers=[1], limit=10)
    assert len(ids(pages)) == 200 + 24 - 1 - 4, "25 in that second, 10 from either end"
    (gap,) = gaps
    assert gap.range == TimeRange(at(START + 100), at(START + 101))
    assert (gap.trackers, gap.reason, gap.events) == ((1,), GapReason.OVERFULL_SECOND, ())
    assert "tracker 1" in str(gap)
    assert "2026-03-29T00:01:40" in str(gap)


def test_two_ends_that_just_meet_need_the_platforms_count() -> None:
    exactly_two_pages = crowd(20)
    pages, gaps = read(History(exactly_two_pages, max_limit=10), trackers=[1], limit=10)
    assert (len(ids(pages)), len(gaps)) == (20, 1), "nothing proves that there are not 21"
    pages, gaps = read(History(exactly_two_pages, max_limit=10, totals=True), trackers=[1], limit=10)
    assert (len(ids(pages)), len(gaps)) == (20, 0)
    pages, gaps = read(History(crowd(21), max_limit=10, totals=True), trackers=[1], limit=10)
    assert (len(ids(pages)), len(gaps)) == (20, 1)


@pytest.mark.parametrize("count", [50, 51, 70, 99, 130])
def test_ends_that_share_ids_without_being_mirrored_prove_nothing(count: int) -> None:
    """A platform that breaks ties alike in both directions shows the same page twice; one without order, any page."""
    for ties in ("same", "unrelated"):
        history = History(crowd(count), max_limit=50, ties=ties)
        pages, gaps = read(history, trackers=[1], limit=50)
        assert len(set(ids(pages))) == len(ids(pages)) < count + 1
        assert [gap.reason for gap in gaps] == [GapReason.OVERFULL_SECOND]


def test_a_total_that_counts_something_else_is_not_believed() -> None:
    class CountsItsPage(History):
        def _history(self, path: str, params: dict[str, Any]) -> HistoryAnswer:
            answer = super()._history(path, params)
            answer.total = len(answer.list)
            return answer

    for count, named in ((15, 0), (30, 1)):
        pages, gaps = read(CountsItsPage(crowd(count), max_limit=10), trackers=[1], limit=10)
        assert (len(ids(pages)), len(gaps)) == (min(count, 20), named)


def test_an_event_type_that_the_platform_does_not_list_is_noticed() -> None:
    crowds = [*crowd(9, kind="a"), *crowd(9, kind="b", first=1), *crowd(9, kind="secret", first=500)]
    pages, gaps = read(History(crowds, max_limit=10, listed_kinds=("a", "b"), totals=True), trackers=[1], limit=10)
    lost = len(crowds) - len(ids(pages))
    assert lost == 0 or [gap.reason for gap in gaps] == [GapReason.UNLISTED_EVENTS]
    # Ten unlisted ones behind everything else are only seen from the other end, even by a platform that never counts.
    behind = [event for event in (Event(n, START + 100, 1, "secret") for n in range(5000)) if _comes_late(event.id)][:5]
    ahead = [event for event in crowds if event.kind != "secret" and not _comes_late(event.id)]
    assert len(ahead) >= 10
    pages, gaps = read(History([*ahead, *behind], max_limit=10, listed_kinds=("a", "b")), trackers=[1], limit=10)
    assert set(ids(pages)) >= {event.id for event in behind}
    assert [gap.reason for gap in gaps] == [GapReason.UNLISTED_EVENTS]


def _comes_late(number: int) -> bool:
    return scatter(number) > "e"


def test_user_history_has_no_trackers_to_split_by() -> None:
    crowds = [event for n, kind in enumerate("abc") for event in crowd(9, kind=kind, first=1000 * (n + 1))]
    crowds.append(Event(7, START, None, "d"))
    history = History(crowds, max_limit=10, listed_kinds=("a", "b", "c", "d"), flag_means="clipped")
    pages, gaps = read(history, USER_LIST, limit=10)
    assert (len(ids(pages)), gaps) == (28, [])
    assert all("trackers" not in page for page in history.pages)


def test_what_the_flag_means_is_asked_once() -> None:
    """Where limit_exceeded may mean two things, one request finds out which; an empty answer needs none."""
    cut = History(spread(95, every=10), max_limit=10)
    pages, gaps = read(cut, USER_LIST, limit=10, **{"from": at(START - 60)})
    assert (len(ids(pages)), gaps) == (95, [])
    assert len(cut.requests) == 11 + 1
    clipped = History(spread(95, every=10), stored_from=START + 7200, flag_means="clipped")
    pages, gaps = read(clipped, USER_LIST)
    assert [(gap.range, gap.reason) for gap in gaps] == [(TimeRange(HOUR["from"], HOUR["to"]), GapReason.CLIPPED)]
    assert len(clipped.requests) == 1


@pytest.mark.parametrize("ascending", [True, False])
def test_a_range_that_begins_before_the_stored_period_costs_one_request_more(ascending: bool) -> None:
    history = History(spread(95, every=10), max_limit=10, stored_from=START + 495, flag_means="clipped")
    pages, gaps = read(history, USER_LIST, limit=10, ascending=ascending)
    assert len(ids(pages)) == 45
    assert [(gap.range, gap.reason) for gap in gaps] == [
        (TimeRange(at(START), at(START + 500)), GapReason.CLIPPED),
    ]
    assert len(history.requests) == 5 + 1


def test_asset_history_is_split_by_assets() -> None:
    crowds = [event for t in (1, 2, 3) for event in crowd(19, tracker=t, first=1000 * t)]
    history = History(crowds, max_limit=10, assets={31: 1, 32: 2, 33: 3})
    assets = [{"id": number, "type": "vehicle"} for number in (31, 32, 33)]
    pages, gaps = read(history, ASSET_LIST, limit=10, assets=assets)
    assert (len(ids(pages)), gaps) == (57, [])
    pages, gaps = read(replace(history, events=[*crowds, *crowd(9, tracker=2)]), ASSET_LIST, limit=10, assets=assets)
    assert [(gap.trackers, gap.assets) for gap in gaps] == [((), (32,))]


def test_trackers_named_twice_are_asked_for_once() -> None:
    history = History(spread(3))
    pages, _ = read(history, trackers=[1, 1, 1])
    assert history.pages[0]["trackers"] == [1]
    assert len(ids(pages)) == 3


def test_other_parameters_travel_with_every_request() -> None:
    history = History(spread(30), max_limit=10)
    read(history, trackers=[1], limit=10, only_emergency=True, add_tracker_label=False)
    assert all(page["only_emergency"] is True and page["add_tracker_label"] is False for page in history.pages)


def test_memory_holds_one_page_and_one_second() -> None:
    handed_out: list[weakref.ref[HistoryEntry]] = []
    most = 0

    class Watched(History):
        def _history(self, path: str, params: dict[str, Any]) -> HistoryAnswer:
            nonlocal most
            answer = super()._history(path, params)
            handed_out.extend(map(weakref.ref, answer.list))
            most = max(most, sum(entry() is not None for entry in handed_out))
            return answer

    history = Watched([*spread(2000), *crowd(300, kind="a"), *crowd(300, kind="b", first=50_000)], max_limit=100)

    async def consume() -> int:
        count = 0
        params = {**HOUR, "trackers": [1], "limit": 100}
        async with aclosing(walk(history, TRACKER_LIST, params, items=entries_of)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Page):
                    count += len(piece.items)
        return count

    assert drive(consume()) >= 2000
    assert 100 <= most <= 3 * 100, "the page in hand, the one just asked for, and the crowded second's first"


def test_requests_against_the_least_possible() -> None:
    """20,000 entries of 20 trackers at random moments of 6 days."""
    chance = random.Random(1)
    span = 6 * 86400
    events = [Event(n + 1, START + chance.randrange(span), chance.randint(1, 20)) for n in range(20_000)]
    history = History(events, trackers=tuple(range(1, 21)))
    pages, gaps = read(history, trackers=list(range(1, 21)), limit=200, to=at(START + span))
    assert (len(ids(pages)), gaps) == (20_000, [])
    assert len(history.requests) <= math.ceil(len(events) / 200) * 1.02
