"""What the platform refuses, breaks or tells wrongly, each by name: what the walk makes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from navixy_async.errors import (
    AttemptTimedOut,
    InvalidInput,
    InvalidRequest,
    RateLimitWaitTooLong,
)
from navixy_async.operations import Operation
from navixy_async.paging import GapReason, PagingError

from ..support.paging.hours import HOUR, START, crowd, ids, read, spread
from ..support.paging.platform_model import (
    Event,
    History,
    HistoryAnswer,
    HistoryEntry,
    at,
)


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
