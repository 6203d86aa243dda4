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

from ..support.paging.hours import HOUR, START, crowd, ids, read, spread
from ..support.paging.platform_model import (
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
        async with aclosing(walk(history, TRACKER_LIST, params, items=entries_of)) as steps:
            async for step in steps:
                if isinstance(step, Page):
                    count += len(step.items)
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
