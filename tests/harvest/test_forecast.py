"""A plan counted before it is run: never more than a run asks for, and right where the density is right."""

from __future__ import annotations

from datetime import timedelta

import pytest

from navixy_async.harvest.forecast import count_requests
from navixy_async.harvest.plan.windows import WindowRule
from navixy_async.harvest.streams import STREAMS, Density
from navixy_async.paging.intervals import IntervalSet
from navixy_async.times import TimeRange

from ..support.harvest.model import at

DAY = timedelta(days=1)
RULE = WindowRule(first=DAY, longest=30 * DAY, target=4_000_000)
YEAR = IntervalSet([TimeRange(at("01-01 00:00:00"), at("12-31 00:00:00"))])


def test_a_year_without_rows_takes_the_longest_windows() -> None:
    assert count_requests("one", {1: YEAR}, RULE, batch=1) == pytest.approx(364 / 30, abs=3)
    many = count_requests("one", dict.fromkeys(range(1, 101), YEAR), RULE, batch=1)
    assert 100 * 364 / 30 <= many <= 100 * 364 / 30 * 1.15


def test_dense_data_take_windows_of_the_wanted_size() -> None:
    density = STREAMS["tracks"].density
    assert density is not None
    least = 100 * 364 * density.rows * density.row_bytes / RULE.target
    todo = dict.fromkeys(range(1, 101), YEAR)
    assert least <= count_requests("one", todo, RULE, batch=1, density=density) <= least * 1.2


def test_pages_count() -> None:
    density = Density(rows=100, row_bytes=0, paged=True)
    day = IntervalSet([TimeRange(at("01-01 00:00:00"), at("01-02 00:00:00"))])
    trackers = dict.fromkeys(range(1, 201), day)
    assert count_requests("one", trackers, RULE, batch=100) == 2
    # 10,000 rows of 100 trackers: ten full pages, and one that tells that there are no more.
    assert count_requests("one", trackers, RULE, batch=100, density=density, page=1000) == 22
    assert count_requests("one", trackers, RULE, batch=100, density=density, page=10_001) == 2


def test_nothing_lacking_is_nothing_to_ask() -> None:
    assert count_requests("one", {1: IntervalSet(), 2: IntervalSet()}, RULE, batch=100) == 0
