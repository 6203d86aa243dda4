"""What the platform refuses, breaks or tells wrongly, each by name: what the walk makes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from navixy_async.errors import (
    AttemptTimedOut,
    BatchPoisoned,
    InvalidInput,
    InvalidRequest,
    LimitTooBig,
    RateLimitWaitTooLong,
    SpanTooBig,
    TrackerBlocked,
)
from navixy_async.operations import Operation
from navixy_async.paging import GapReason, PagingError
from navixy_async.times import TimeRange

from .hours import HOUR, START, crowd, ids, read, spread
from .platform_model import (
    Event,
    History,
    HistoryAnswer,
    HistoryEntry,
    at,
)


def test_blocked_trackers_are_left_out_and_named() -> None:
    trackers = tuple(range(1, 65))
    events = [event for t in trackers for event in spread(3, tracker=t, first=100 * t)]
    history = History(events, trackers=trackers, blocked=frozenset({17}), missing=frozenset({40}))
    pages, gaps = read(history, trackers=list(trackers))
    assert set(ids(pages)) == {event.id for event in events if event.tracker not in (17, 40)}
    whole = TimeRange(HOUR["from"], HOUR["to"])
    assert [(gap.trackers, gap.range, gap.reason) for gap in gaps] == [
        ((17,), whole, GapReason.BLOCKED),
        ((40,), whole, GapReason.MISSING_OR_BLOCKED),
    ]
    assert isinstance(gaps[0].error, TrackerBlocked)
    assert isinstance(gaps[1].error, BatchPoisoned)


def test_one_blocked_tracker_among_many_costs_few_requests() -> None:
    trackers = tuple(range(1, 129))
    for blocked in (1, 64, 77, 128):
        history = History([], trackers=trackers, blocked=frozenset({blocked}))
        _, gaps = read(history, trackers=list(trackers))
        assert [gap.trackers for gap in gaps] == [(blocked,)]
        assert len(history.requests) <= 1 + 7 + 1 + 1 + 1, "refused, searched by halves, tried alone, the rest, asked"


def test_an_answer_that_names_the_culprits_is_believed() -> None:
    history = History([], trackers=tuple(range(1, 129)), missing=frozenset({5, 99}), names_culprits=True)
    _, gaps = read(history, trackers=list(range(1, 129)))
    assert {tracker for gap in gaps for tracker in gap.trackers} == {5, 99}
    assert len(history.requests) == 2


def test_if_every_tracker_is_refused_nothing_else_is_said() -> None:
    history = History(spread(5), trackers=(1, 2), blocked=frozenset({1, 2}))
    pages, gaps = read(history, trackers=[1, 2])
    assert (pages, sorted(gap.trackers for gap in gaps)) == ([], [(1,), (2,)])


def test_a_tracker_that_is_blocked_half_way_loses_only_the_rest() -> None:
    def block(history: History, number: int) -> None:
        if number == 3:
            history.blocked = frozenset({2})

    events = [*spread(25, every=10), *spread(25, every=10, tracker=2, first=100)]
    history = History(events, trackers=(1, 2), max_limit=10, before=block)
    pages, gaps = read(history, trackers=[1, 2], limit=10)
    (gap,) = gaps
    assert (gap.trackers, gap.reason, gap.range.end) == ((2,), GapReason.BLOCKED, HOUR["to"])
    given = set(ids(pages))
    assert {event.id for event in events if event.tracker == 1} <= given
    assert {e.id for e in events if e.tracker == 2 and at(e.second) not in gap.range} <= given
    assert gap.range.start > HOUR["from"]


def test_entries_of_a_tracker_that_was_just_blocked_are_not_missed_at_the_edge() -> None:
    def block(history: History, number: int) -> None:
        if number == 2:
            history.blocked = frozenset({2})

    events = [*spread(9), Event(50, START + 9, 2), *[replace(event, id=event.id + 100) for event in spread(20)[10:]]]
    history = History(events, trackers=(1, 2), max_limit=10, before=block)
    _, gaps = read(history, trackers=[1, 2], limit=10)
    assert [gap.reason for gap in gaps] == [GapReason.BLOCKED]


def test_a_gap_names_only_trackers_that_are_still_asked_for() -> None:
    history = History(crowd(30, tracker=2), trackers=(1, 2), blocked=frozenset({1}), max_limit=10)
    _, gaps = read(history, trackers=[1, 2], limit=10)
    assert [(gap.trackers, gap.reason) for gap in gaps] == [
        ((1,), GapReason.BLOCKED),
        ((2,), GapReason.OVERFULL_SECOND),
    ]


def test_a_list_that_is_refused_though_nobody_in_it_is_raises() -> None:
    def fault(number: int, params: dict[str, Any]) -> Exception | None:
        return BatchPoisoned(217, "List contains nonexistent entities") if len(params["trackers"]) > 1 else None

    with pytest.raises(BatchPoisoned):
        read(History([], trackers=(1, 2, 3), fault=fault), trackers=[1, 2, 3])


def test_the_span_limit_is_learnt_from_the_answer() -> None:
    history = History(spread(30, every=2880), max_span=timedelta(hours=6))
    pages, _ = read(history, trackers=[1], to=at(START + 86_400))
    assert ids(pages) == list(range(1, 31))
    assert len(history.requests) == 1 + 4


def test_the_span_limit_is_found_by_halves_if_the_answer_does_not_tell_it() -> None:
    history = History(spread(30, every=2880), max_span=timedelta(hours=6), tells_span=False)
    pages, _ = read(history, trackers=[1], to=at(START + 86_400))
    assert ids(pages) == list(range(1, 31))
    assert len(history.requests) == 2 + 4


def test_a_span_limit_below_every_range_is_raised() -> None:
    history = History(spread(3), max_span=timedelta(0))
    with pytest.raises(SpanTooBig):
        read(history, trackers=[1])
    assert len(history.requests) < 15


def test_a_limit_that_is_too_big_is_read_from_the_platform() -> None:
    history = History(spread(700), max_limit=300, published_limit=300)
    pages, _ = read(history, trackers=[1])
    assert ids(pages) == list(range(1, 701))
    assert [page["limit"] for page in history.pages] == [1000, 300, 300, 300]


def test_a_limit_that_is_too_big_is_halved_if_the_platform_does_not_publish_it() -> None:
    history = History(spread(700), max_limit=300)
    pages, _ = read(history, trackers=[1])
    assert ids(pages) == list(range(1, 701))
    assert [page["limit"] for page in history.pages] == [1000, 500, 250, 250, 250]


def test_a_published_limit_above_the_refused_one_is_not_believed() -> None:
    history = History([], max_limit=300, published_limit=5000)
    read(history, trackers=[1])
    assert [page["limit"] for page in history.pages] == [1000, 500, 250]


def test_a_published_limit_that_is_not_true_is_halved_on() -> None:
    history = History(spread(20), max_limit=10, published_limit=40)
    pages, _ = read(history, trackers=[1])
    assert ids(pages) == list(range(1, 21))
    assert [page["limit"] for page in history.pages[:4]] == [1000, 40, 20, 10]


def test_a_limit_that_is_never_accepted_is_raised() -> None:
    history = History([], max_limit=0)
    with pytest.raises(LimitTooBig):
        read(history, trackers=[1])
    assert len(history.requests) < 15


def test_the_users_limit_is_the_page_size_and_never_one() -> None:
    history = History(spread(5))
    pages, gaps = read(history, trackers=[1], limit=1)
    assert (ids(pages), gaps) == ([1, 2, 3, 4, 5], [])
    assert {page["limit"] for page in history.pages} == {2}


def test_a_platform_that_does_not_answer_in_time_is_left_alone_after_a_few_windows() -> None:
    history = History([], fault=lambda number, params: AttemptTimedOut("silent"))
    with pytest.raises(AttemptTimedOut):
        read(history, trackers=[1], to=at(START + 10**8))
    assert len(history.requests) == 5


def test_windows_grow_again_behind_a_dense_stretch() -> None:
    """One hour that needs minutes must not make a year be asked by the minute."""

    def fault(number: int, params: dict[str, Any]) -> Exception | None:
        low, high = params["from"].timestamp() - START, params["to"].timestamp() - START
        return InvalidRequest(9, "Too large request") if low < 3600 and high - low > 60 else None

    history = History(spread(100, every=30), fault=fault)
    pages, _ = read(history, trackers=[1], to=at(START + 365 * 86400))
    assert ids(pages) == list(range(1, 101))
    assert len(history.requests) < 350, "not 525,600"


def test_a_full_queue_says_nothing_about_the_window() -> None:
    history = History([], fault=lambda number, params: RateLimitWaitTooLong(9.0, 1.0))
    with pytest.raises(RateLimitWaitTooLong):
        read(history, trackers=[1])
    assert len(history.requests) == 1


def test_a_platform_that_leaves_out_the_edge_is_noticed() -> None:
    """If `from` were exclusive, the rest of each page's last second would be lost: named, not silent."""
    events = [event for s in range(6) for event in crowd(3, second=10 + s, first=100 * s)]
    history = History(events, max_limit=4, leaves_out_start=True)
    pages, gaps = read(history, trackers=[1], limit=4)
    lost = {event.second for event in events} - {int(e.time.timestamp()) for page in pages for e in page.items}
    given = Counter(int(e.time.timestamp()) for page in pages for e in page.items)
    short = {second for second, count in given.items() if count < 3} | lost
    named = {int(gap.range.start.timestamp()) for gap in gaps}
    assert short
    assert short <= named
    assert {gap.reason for gap in gaps} == {GapReason.UNSTABLE_EDGE}


class Broken(History):
    """A platform whose answers are changed on their way."""

    def __init__(
        self, events: list[Event], change: Callable[[HistoryAnswer, dict[str, Any]], None], **more: Any
    ) -> None:
        super().__init__(events, **more)
        self.change = change

    def _history(self, path: str, params: dict[str, Any]) -> HistoryAnswer:
        answer = super()._history(path, params)
        self.change(answer, params)
        return answer


def test_a_platform_that_ignores_from_is_not_followed_for_ever() -> None:
    first: list[list[HistoryEntry]] = []

    def same_again(answer: HistoryAnswer, params: dict[str, Any]) -> None:
        first.append(answer.list)
        answer.list = list(first[0])

    for ascending in (True, False):
        first.clear()
        history = Broken(spread(30), same_again, max_limit=10)
        with pytest.raises(PagingError, match="outside the requested range"):
            read(history, trackers=[1], limit=10, ascending=ascending)
        assert len(history.requests) == 2


def test_a_full_page_out_of_order_is_not_followed() -> None:
    history = Broken(spread(30), lambda answer, params: answer.list.reverse(), max_limit=10)
    with pytest.raises(PagingError, match="order"):
        read(history, trackers=[1], limit=10)


def test_a_last_page_out_of_order_is_put_in_order() -> None:
    for ascending in (True, False):
        history = Broken(spread(9), lambda answer, params: answer.list.reverse(), max_limit=10)
        pages, _ = read(history, trackers=[1], limit=10, ascending=ascending)
        assert ids(pages) == sorted(range(1, 10), reverse=not ascending)


def test_an_entry_that_an_answer_holds_twice_is_given_twice() -> None:
    """Nobody promised that entries are unique, and nothing says that one of the two is none."""
    history = Broken(spread(3), lambda answer, params: answer.list.append(answer.list[-1]))
    pages, _ = read(history, trackers=[1])
    assert ids(pages) == [1, 2, 3, 3]


def test_answers_without_what_paging_lives_on_are_errors() -> None:
    def nameless(answer: HistoryAnswer, params: dict[str, Any]) -> None:
        answer.list[0].time = answer.list[0].time.replace(tzinfo=None)

    def empty(answer: HistoryAnswer, params: dict[str, Any]) -> None:
        answer.list = None  # type: ignore[assignment]

    with pytest.raises(PagingError, match="offset"):
        read(Broken(spread(3), nameless), trackers=[1])
    with pytest.raises(PagingError, match="no list"):
        read(Broken(spread(3), empty), trackers=[1])


def test_a_cut_that_shows_nothing_is_a_gap() -> None:
    def cut(answer: HistoryAnswer, params: dict[str, Any]) -> None:
        answer.list.clear()
        answer.limit_exceeded = True

    _, gaps = read(Broken(spread(3), cut), trackers=[1])
    assert [(gap.range, gap.reason) for gap in gaps] == [(TimeRange(HOUR["from"], HOUR["to"]), GapReason.CLIPPED)]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"from": datetime(2026, 3, 1)}, "naive"),
        ({"to": None}, "to is missing"),
        ({"to": HOUR["from"]}, "after the start"),
        ({"limit": 0}, "at least 1"),
        ({"limit": "10"}, "whole number"),
        ({"trackers": []}, "trackers is empty"),
        ({"events": []}, "events is empty"),
    ],
)
def test_bad_input_is_refused_before_anything_is_sent(params: dict[str, Any], words: str) -> None:
    history = History([])
    with pytest.raises(InvalidInput, match=words):
        read(history, **{"trackers": [1], **params})
    assert not history.requests


def test_other_actions_cannot_be_walked() -> None:
    with pytest.raises(InvalidInput, match="history/unread/list"):
        read(History([]), Operation("history/unread/list", HistoryAnswer))
