"""One page as the platform gave it: out of order, without what paging needs, cut without a sign."""

from __future__ import annotations

from typing import Any

import pytest

from navixy_async.paging import GapReason, PagingError
from navixy_async.times import TimeRange

from ..support.paging.hours import HOUR, ids, read, spread
from ..support.paging.platform_model import (
    HistoryAnswer,
)
from .test_history_walk_refusals import Broken


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
