"""Servers whose answers contradict themselves: every row is given once, or the walk says that something is missing."""

from __future__ import annotations

import logging
from collections import Counter
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.errors import SpanTooBig
from navixy_async.paging import Gap, HistoryIncomplete, HistoryPager, PagingError, walk

from ..support.paging.liar import OPERATION, Answer, Entry, Liar, Lies, Refuser, Row
from ..support.paging.platform_model import drive

START = 1_774_742_400

TRACKERS = [1, 2, 3]


def moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def spread(count: int, *, every: int = 10, same_id: int | None = None) -> list[Row]:
    return [
        Row(n if same_id is None else same_id, START + n * every, TRACKERS[n % 3], "abc"[n % 3], f"row {n}")
        for n in range(count)
    ]


def read(server: Any, end: int, *, limit: int = 200, ascending: bool = True) -> tuple[list[Entry], list[Gap]]:
    async def work() -> tuple[list[Entry], list[Gap]]:
        entries: list[Entry] = []
        gaps: list[Gap] = []
        params = {"trackers": TRACKERS, "from": moment(START), "to": moment(end), "ascending": ascending}
        steps = walk(server, OPERATION, params, items=lambda answer: answer.list, limit=limit)
        async with aclosing(steps):
            async for step in steps:
                if isinstance(step, Gap):
                    gaps.append(step)
                else:
                    entries.extend(step.items)
        return entries, gaps

    return drive(work())


def given_once(entries: list[Entry], rows: list[Row]) -> bool:
    return Counter((e.time, e.id, e.tracker_id, e.message) for e in entries) == Counter(
        (moment(row.second), row.id, row.tracker, row.message) for row in rows
    )


@pytest.mark.parametrize("ascending", [True, False])
def test_a_short_page_whose_total_says_more_is_not_the_end(ascending: bool) -> None:
    rows = spread(4000)
    server = Liar(rows, Lies(caps=(200,), flags=("never",)))
    entries, gaps = read(server, START + 50_000, limit=1000, ascending=ascending)
    assert given_once(entries, rows) and not gaps
    assert server.requests <= 4000 // 199 + 3


@pytest.mark.parametrize("ascending", [True, False])
def test_a_short_page_whose_flag_says_more_is_not_the_end(ascending: bool) -> None:
    rows = spread(4000)
    server = Liar(rows, Lies(caps=(200,), totals=("none", "page")))
    entries, gaps = read(server, START + 50_000, limit=1000, ascending=ascending)
    assert given_once(entries, rows) and not gaps


def test_a_short_page_that_says_nothing_is_not_believed_where_others_like_it_were_cut() -> None:
    class Forgetful(Liar):
        def _history(self, params: dict[str, Any]) -> Answer:
            answer = super()._history(params)
            if self.requests > 1:
                answer.total = answer.limit_exceeded = None
            return answer

    rows = spread(1000)
    entries, gaps = read(Forgetful(rows, Lies(caps=(200,))), START + 50_000, limit=1000)
    assert given_once(entries, rows) and not gaps


@pytest.mark.parametrize("ascending", [True, False])
@pytest.mark.parametrize("where", [-86_400, -1, 0, 1, 86_400])
@pytest.mark.parametrize("totals", ["right", "none"])
def test_a_stray_neither_ends_the_walk_nor_moves_it(ascending: bool, where: int, totals: str) -> None:
    """One entry in each page from before or behind the range, in the place where its time belongs."""
    rows = spread(4000)
    end = START + 40_000

    class Straying(Liar):
        def _history(self, params: dict[str, Any]) -> Answer:
            answer = super()._history(params)
            stray = moment(end + where if where >= 0 else START + where)
            answer.list.append(Entry(1, stray, 1, "a", "stray"))
            answer.list.sort(key=lambda entry: entry.time, reverse=not ascending)
            return answer

    entries, gaps = read(Straying(rows, Lies(totals=(totals,))), end, ascending=ascending)
    assert given_once(entries, rows) and not gaps


def test_rows_of_other_trackers_are_left_out_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    rows = spread(900)
    with caplog.at_level(logging.WARNING, logger="navixy_async"):
        entries, _ = read(Liar(rows, Lies(strangers=10, flags=("right",), totals=("none",))), START + 50_000)
    assert given_once(entries, rows)
    (record,) = caplog.records
    assert "not requested" in record.getMessage() and "99" in record.getMessage() and "liar" in record.getMessage()


@pytest.mark.parametrize("totals", ["more", "window"])
def test_a_count_that_is_never_reached_is_a_named_gap_after_few_requests(totals: str) -> None:
    rows = spread(50)
    server = Liar(rows, Lies(totals=(totals,)))
    if totals == "window":
        server.window = 60
    entries, gaps = read(server, START + 50_000)
    assert given_once(entries, rows)
    assert gaps and all("counts more entries" in str(gap) for gap in gaps)
    assert server.requests <= 10


def test_a_flag_that_is_always_set_is_a_named_gap_after_few_requests() -> None:
    rows = spread(50)
    server = Liar(rows, Lies(totals=("none",), flags=("always",)))
    entries, gaps = read(server, START + 50_000)
    assert given_once(entries, rows)
    assert gaps
    assert server.requests <= 6


def test_rows_that_a_page_leaves_out_are_noticed_by_the_count() -> None:
    """Not at its end, where the next page would bring them, but in its middle."""

    class Leaky(Liar):
        def _history(self, params: dict[str, Any]) -> Answer:
            answer = super()._history(params)
            answer.list = [entry for entry in answer.list if entry.message != "row 150"]
            return answer

    rows = spread(400)
    _, gaps = read(Leaky(rows, Lies()), START + 50_000)
    assert any(moment(START + 1500) in gap.range for gap in gaps)
    with pytest.raises(HistoryIncomplete, match="counts more entries"):
        params = {"trackers": TRACKERS, "from": moment(START), "to": moment(START + 50_000), "limit": 200}
        drive(HistoryPager(Leaky(rows, Lies()), OPERATION, params, items=lambda answer: answer.list).collect())


@pytest.mark.parametrize("grows", [True, False])
def test_a_history_that_changes_while_it_is_walked_is_no_gap(grows: bool) -> None:
    class Changing(Liar):
        def _history(self, params: dict[str, Any]) -> Answer:
            if self.requests == 3:
                new = [Row(9, row.second + 1, row.tracker, "a", f"new {row.message}") for row in rows[::5]]
                self.rows = [*rows, *new] if grows else [row for row in rows if row.second < START + 5000]
            return super()._history(params)

    rows = spread(2000)
    entries, gaps = read(Changing(rows, Lies()), START + 50_000)
    assert not gaps
    lasting = rows if grows else [row for row in rows if row.second < START + 5000]
    assert {row.message for row in lasting} <= {entry.message for entry in entries}


def test_a_server_that_is_full_for_ever_is_given_up() -> None:
    """It makes up as many rows as it is asked for, all of the first second of every range."""

    class Endless(Liar):
        def _history(self, params: dict[str, Any]) -> Answer:
            found = [Entry(n, params["from"], params["trackers"][0], "a", "made up") for n in range(params["limit"])]
            return Answer(found, True, 10**9)

    server = Endless([], Lies())
    _, gaps = read(server, START + 86_400, limit=10)
    assert gaps
    assert server.requests < 10_000, "a day has 86,400 seconds"


@pytest.mark.parametrize(("told", "requests"), [(None, 12), ("P90D", 1), ("PT1S", 12), ("PT0S", 12), ("P1D", 2)])
def test_a_platform_that_finds_every_range_too_long_is_asked_a_few_times(told: str | None, requests: int) -> None:
    server = Refuser(told)
    with pytest.raises(SpanTooBig):
        read(server, START + 30 * 86_400)
    assert len(server.requests) <= requests
    assert min(server.requests) >= 3600


def random_rows(drawn: list[tuple[int, int, int, int]], *, shared: bool) -> list[Row]:
    return [
        Row(7 if shared else number, START + second, tracker, "abc"[kind], f"{number}.{copy}")
        for number, (second, tracker, kind, copies) in enumerate(drawn)
        for copy in range(copies)
    ]


claims = st.lists(st.sampled_from(["right", "none", "window", "page", "more", "less"]), min_size=1, max_size=3)

marks = st.lists(st.sampled_from(["right", "none", "always", "never"]), min_size=1, max_size=3)

worlds = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(TRACKERS), st.integers(0, 2), st.sampled_from([1, 1, 1, 2, 5])),
    max_size=60,
)

searches = given(
    drawn=worlds,
    shared=st.booleans(),
    caps=st.lists(st.integers(1, 12), min_size=1, max_size=3),
    totals=claims,
    flags=marks,
    strays=st.sampled_from([0, 0, 3, 10]),
    strangers=st.sampled_from([0, 0, 3, 10]),
    limit=st.integers(2, 20),
    ascending=st.booleans(),
    seed=st.integers(0, 2**32),
)


def search(
    *,
    drawn: Any,
    shared: bool,
    caps: list[int],
    totals: list[str],
    flags: list[str],
    strays: int,
    strangers: int,
    limit: int,
    ascending: bool,
    seed: int,
) -> None:
    rows = random_rows(drawn, shared=shared)
    lies = Lies(tuple(caps), tuple(totals), tuple(flags), strays, strangers)
    server = Liar(rows, lies, seed)
    try:
        entries, gaps = read(server, START + 41, limit=limit, ascending=ascending)
    except PagingError:
        return
    assert server.requests < 5000
    assert given_once(entries, rows) or gaps
    if not strays and not strangers and totals == ["right"] and flags == ["right"]:
        truth = {row.message for row in rows}
        assert {entry.message for entry in entries} <= truth
        lost = [row for row in rows if row.message not in {entry.message for entry in entries}]
        assert all(any(moment(row.second) in gap.range for gap in gaps) for row in lost)


@settings(max_examples=200, deadline=timedelta(seconds=20))
@searches
def test_every_row_once_or_not_complete(**drawn: Any) -> None:
    search(**drawn)


@pytest.mark.proof
@settings(max_examples=4000, deadline=timedelta(seconds=60))
@searches
def test_every_row_once_or_not_complete_in_many_worlds(**drawn: Any) -> None:
    search(**drawn)
