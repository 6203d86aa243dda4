"""One query of history and the limits that it learns: spans, page sizes, trackers that are refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from navixy_async.errors import (
    BatchPoisoned,
    LimitTooBig,
    SpanTooBig,
    TrackerBlocked,
)
from navixy_async.paging import GapReason, PagingError
from navixy_async.times import TimeRange

from ..support.paging.hours import HOUR, START, ids, read, spread
from ..support.paging.platform_model import (
    History,
    at,
)


@pytest.mark.parametrize("odd", [None, 7, "x", [], {"time": "soon"}])
def test_an_entry_of_another_shape_is_refused_in_words(odd: Any) -> None:
    """Lenient reading gives it as it came; whether it belongs to the range cannot be told."""
    history = History(spread(3))
    answered = history._history

    def oddly(path: str, params: dict[str, Any]) -> Any:
        answer = answered(path, params)
        answer.list.append(odd)
        return answer

    history._history = oddly  # type: ignore[method-assign]
    with pytest.raises(PagingError, match="time is missing"):
        read(history, trackers=[1])


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


def test_a_list_that_is_refused_although_no_member_is_raises() -> None:
    def fault(number: int, params: dict[str, Any]) -> Exception | None:
        return BatchPoisoned(217, "List contains nonexistent entities") if len(params["trackers"]) > 1 else None

    with pytest.raises(BatchPoisoned):
        read(History([], trackers=(1, 2, 3), fault=fault), trackers=[1, 2, 3])


def test_the_span_limit_is_learnt_from_the_answer() -> None:
    history = History(spread(30, every=2880), max_span=timedelta(hours=6))
    pages, _ = read(history, trackers=[1], to=at(START + 86_400))
    assert ids(pages) == list(range(1, 31))
    assert len(history.requests) == 1 + 4


def test_the_span_limit_is_found_by_halves_if_the_answer_lacks_it() -> None:
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
