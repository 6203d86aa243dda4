"""Entries counted by what they are: those that share an id, equal ones, those that change while they are read."""

from __future__ import annotations

from typing import Any

import pytest

from ..support.paging.liar import Answer, Entry, Liar, Lies, Row
from .test_history_walk_lies import START, given_once, read, spread


@pytest.mark.parametrize("same_second", [False, True])
def test_entries_that_share_an_id_are_all_given(same_second: bool) -> None:
    rows = spread(500, same_id=77, every=0 if same_second else 10)
    entries, gaps = read(Liar(rows, Lies()), START + 50_000, limit=300)
    assert given_once(entries, rows) and not gaps


def test_equal_entries_are_as_many_as_the_platform_shows_at_once() -> None:
    twin = Row(5, START + 90, 1, "a", "twin")
    rows = [*spread(9), twin, twin, twin, *[Row(n, START + n, 1, "a", "late") for n in range(100, 120)]]
    for limit in (10, 11, 12, 13, 14, 50):
        entries, gaps = read(Liar(rows, Lies()), START + 500, limit=limit)
        assert given_once(entries, rows) and not gaps


def test_an_entry_that_is_read_by_its_user_meanwhile_is_the_same_one() -> None:
    class Noticed(Entry):
        is_read: bool = False

    class Read(Liar):
        def _history(self, params: dict[str, Any]) -> Answer:
            answer = super()._history(params)
            for place, e in enumerate(answer.list):
                answer.list[place] = Noticed(e.id, e.time, e.tracker_id, e.event, e.message, self.requests > 1)
            return answer

    rows = spread(300)
    entries, gaps = read(Read(rows, Lies()), START + 5000, limit=100)
    assert given_once(entries, rows) and not gaps
