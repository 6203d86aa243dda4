"""Seconds with more entries than a page: split by trackers, by event types, read from both ends, or named."""

from __future__ import annotations

from typing import Any

import pytest

from navixy_async.paging import GapReason
from navixy_async.times import TimeRange

from ..support.paging.hours import START, crowd, ids, read, spread
from ..support.paging.platform_model import (
    USER_LIST,
    Event,
    History,
    HistoryAnswer,
    at,
    scatter,
)


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
