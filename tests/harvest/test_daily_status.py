"""Ranges of time as states of whole days: a day is complete only if all that was asked of it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from navixy_async.harvest.report.archive import STATES, Stored
from navixy_async.harvest.report.coverage import Coverage, Hole
from navixy_async.harvest.report.daily_status import WHOLE_ACCOUNT, DayTable, day_tables
from navixy_async.times import TimeRange

from ..support.harvest.model import at


def span(start: str, end: str) -> TimeRange:
    return TimeRange(at(start), at(end))


ASKED = span("03-16 09:00:00", "03-20 12:00:00")


def table(complete: Mapping[int, list[TimeRange]], **holes: list[Hole]) -> DayTable:
    named: dict[str, Any] = {name: tuple(found) for name, found in holes.items() if name != "waiting"}
    coverage = Coverage(
        stream="tracks",
        range=ASKED,
        complete={("one", tracker): tuple(parts) for tracker, parts in complete.items()},
        **named,
    )
    stored = Stored(coverage, (), 0, waiting=tuple(holes.get("waiting", ())))
    (found,) = day_tables(Path("nowhere"), stored)
    return found


def letters(found: DayTable) -> list[str]:
    """The days of each tracker, a letter for each: the first of the state's name."""
    width = len(found.days)
    text = "".join(STATES[state][0] if state else "." for state in found.states)
    return [text[place : place + width] for place in range(0, len(text), width)]


def hole(tracker: int | None, start: str, end: str) -> Hole:
    return Hole("one", tracker, span(start, end), "because")


def test_the_edges_of_what_was_asked_count_as_whole_days() -> None:
    assert letters(table({1: [ASKED]})) == ["....."]
    assert len(table({1: [ASKED]}).days) == 5


def test_a_day_is_complete_only_as_a_whole() -> None:
    found = table(
        {
            1: [span("03-16 09:00:00", "03-18 00:00:00")],
            2: [span("03-17 00:00:01", "03-19 23:59:59")],
            3: [span("03-19 00:00:00", "03-20 12:00:00")],
            4: [],
        }
    )
    assert letters(found) == ["..www", "ww.ww", "www..", "wwwww"]


def test_every_day_that_a_hole_touches_shows_it() -> None:
    found = table(
        {1: [ASKED], 2: [ASKED], 3: [ASKED]},
        gaps=[hole(1, "03-17 23:59:59", "03-18 00:00:01"), hole(2, "03-17 00:00:00", "03-18 00:00:00")],
        failed=[hole(3, "03-16 09:00:00", "03-20 12:00:00")],
    )
    assert letters(found) == [".gg..", ".g...", "fffff"]


def test_the_gravest_hole_of_a_day_is_shown() -> None:
    day = ("03-17 00:00:00", "03-18 00:00:00")
    holes = {"failed": hole(1, *day), "gaps": hole(2, *day), "clipped": hole(3, *day), "blocked": hole(4, *day)}
    everywhere = [hole(tracker, *day) for tracker in (1, 2, 3, 4)]
    found = table({1: [], 2: [], 3: [], 4: []}, waiting=everywhere, **{name: [each] for name, each in holes.items()})
    assert [text[1] for text in letters(found)] == ["f", "g", "c", "b"]


def test_a_hole_of_the_whole_account_is_one_of_every_tracker() -> None:
    failed = [hole(None, "03-16 09:00:00", "03-20 12:00:00")]
    assert letters(table({1: [ASKED], 2: []}, failed=failed)) == ["fffff", "fffff"]
    nobody = table({}, failed=failed)
    assert (list(nobody.trackers), letters(nobody)) == ([WHOLE_ACCOUNT], ["fffff"])


def test_an_end_at_midnight_begins_no_day() -> None:
    global_range = span("03-16 00:00:00", "03-17 00:00:00")
    coverage = Coverage(stream="tracks", range=global_range, complete={("one", 1): (global_range,)})
    (found,) = day_tables(Path("nowhere"), Stored(coverage, (), 0))
    assert letters(found) == ["."]
