"""When a moment is read again: once it is no longer young, after its waits, and never too often."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.errors import InvalidInput
from navixy_async.harvest import Increments
from navixy_async.harvest.plan.schedule import Schedule, merge_run
from navixy_async.harvest.state.records import ReadRange, WorkRecord, decode_ranges, encode_ranges
from navixy_async.paging.intervals import IntervalSet
from navixy_async.times import TimeRange

from ..support.harvest.model import at
from .test_incremental import DAY, HOUR, START, WAITS

SCHEDULE = Schedule(HOUR, WAITS)


def key(tracker: int = 1) -> tuple[str, int]:
    return "one", tracker


def after(*moments: datetime, schedule: Schedule = SCHEDULE, tidy: bool = True) -> list[ReadRange]:
    """What is held of one tracker after runs at these moments, each of which read all that was due."""
    held: list[ReadRange] = []
    for now in moments:
        work = [WorkRecord("one", (1,), part, 0, 0) for part in schedule.due(held, TimeRange(START, now))]
        held = merge_run({key(): held}, work, now).get(key(), held)
        held = schedule.coalesce(held) if tidy else held
    return held


def test_the_first_run_reads_everything_and_the_next_what_is_new_or_was_young() -> None:
    first, second = at("03-12 10:00:00"), at("03-12 14:30:00")
    assert SCHEDULE.due([], TimeRange(START, first)) == IntervalSet([TimeRange(START, first)])
    # The 10th was over for a day when it was read, but its third day came only later; the 11th is due again since 0:00.
    due = SCHEDULE.due(after(first), TimeRange(START, second))
    assert due == IntervalSet([TimeRange(first - HOUR, second)])


def test_a_day_is_read_once_more_when_it_has_been_over_for_long_enough() -> None:
    day = TimeRange(at("03-11 00:00:00"), at("03-12 00:00:00"))
    nightly = [at("03-11 02:00:00") + DAY * night for night in range(14)]
    read: list[datetime] = []
    held: list[ReadRange] = []
    for now in nightly:
        due = SCHEDULE.due(held, TimeRange(START, now))
        if due.covers(TimeRange(at("03-11 10:00:00"), at("03-11 11:00:00"))):
            read.append(now)
        held = after(*nightly[: nightly.index(now) + 1])
    assert read == [day.end + wait + 2 * HOUR for wait in (timedelta(0), *WAITS)]
    assert len(after(*nightly)) < 14


@settings(max_examples=150, deadline=None)
@given(
    steps=st.lists(st.integers(60, 5 * 86_400), min_size=1, max_size=25),
    look_back=st.sampled_from([0, 900, 3600, 30 * 3600]),
    waits=st.sampled_from([(), WAITS, (2 * HOUR, DAY, 30 * DAY)]),
)
def test_every_moment_was_read_after_it_was_last_due_and_not_too_often(
    steps: list[int], look_back: int, waits: tuple[timedelta, ...]
) -> None:
    schedule = Schedule(timedelta(seconds=look_back), waits)
    now, reads = START, Counter[datetime]()
    held: list[ReadRange] = []
    samples = [START + timedelta(seconds=second) for second in range(0, sum(steps), 4321)]
    for step in steps:
        now += timedelta(seconds=step)
        due = schedule.due(held, TimeRange(START, now))
        reads.update(moment for moment in samples if moment in due)
        held = merge_run({key(): held}, [WorkRecord("one", (1,), part, 0, 0) for part in due], now).get(key(), held)
        held = schedule.coalesce(held)
        for moment in samples:
            if moment >= now:
                break
            piece = next(piece for piece in held if moment in piece.range)
            day_end = moment.replace(hour=0, minute=0, second=0) + DAY
            for wait in waits:
                if day_end + wait <= now:
                    assert piece.read_at >= day_end + wait, "a re-read was left out"
            assert piece.read_at - moment >= min(now - moment, schedule.look_back), "too young, and not read again"
    young = 1 + look_back / min(steps)
    assert all(count <= 1 + young + len(waits) for count in reads.values())
    days = sum(steps) // 86_400 + 2
    assert len(held) <= 2 * min(days, (max(waits, default=DAY) / DAY) + 2) + look_back / 86_400 + 4


@settings(max_examples=150, deadline=None)
@given(
    steps=st.lists(st.integers(60, 4 * 86_400), min_size=1, max_size=12),
    later=st.lists(st.integers(0, 20 * 86_400), max_size=4),
)
def test_fewer_pieces_say_the_same(steps: list[int], later: list[int]) -> None:
    moments = [START + timedelta(seconds=sum(steps[: number + 1])) for number in range(len(steps))]
    plain, tidied = after(*moments, tidy=False), after(*moments)
    for wait in later:
        asked = TimeRange(START, moments[-1] + timedelta(seconds=wait))
        assert SCHEDULE.due(tidied, asked) == SCHEDULE.due(plain, asked)
    assert decode_ranges(encode_ranges(tidied)) == tidied


def test_rows_that_may_have_moved_are_read_with_the_days_around_them() -> None:
    wide = Schedule(HOUR, (DAY,), margin=DAY)
    held, now = after(at("03-13 02:00:00"), schedule=wide), at("03-14 02:00:00")
    # The 12th is due again; what began on it may begin on the 11th by now, or have ended on the 13th.
    day, new = TimeRange(at("03-12 00:00:00"), at("03-13 00:00:00")), TimeRange(at("03-13 01:00:00"), now)
    assert Schedule(HOUR, (DAY,)).due(held, TimeRange(START, now)) == IntervalSet([day, new])
    assert wide.due(held, TimeRange(START, now)) == IntervalSet([TimeRange(at("03-11 00:00:00"), now)])
    assert wide.due([], TimeRange(START, now)) == IntervalSet([TimeRange(START, now)])


def test_what_was_read_under_a_clock_that_was_ahead_is_not_believed() -> None:
    held = after(at("03-12 10:00:00"), at("03-30 10:00:00"))
    now = at("03-13 10:00:00")
    assert SCHEDULE.due(held, TimeRange(START, now)).covers(TimeRange(at("03-12 10:00:00"), now))


def test_a_later_reading_forgets_the_holes_of_an_earlier_one() -> None:
    whole = TimeRange(START, START + DAY)
    gap, clipped = TimeRange(START + HOUR, START + 2 * HOUR), TimeRange(START, START + HOUR)
    done = WorkRecord("one", (1, 2), whole, 0, 0, clipped=clipped, gaps=(((1,), gap, "too many"),))
    first = merge_run({}, [done], START + 2 * DAY)
    assert [(piece.kind, piece.reason) for piece in first[key(1)]] == [
        ("clipped", ""),
        ("gap", "too many"),
        ("complete", ""),
    ]
    assert [piece.kind for piece in first[key(2)]] == ["clipped", "complete"]
    assert decode_ranges(encode_ranges(first[key(1)])) == first[key(1)]
    again = merge_run(first, [WorkRecord("one", (1,), gap, 0, 0)], START + 3 * DAY)
    assert [piece.kind for piece in again[key(1)]] == ["clipped", "complete", "complete"]


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"look_back": -HOUR}, "look_back must be a timedelta of zero or more"),
        ({"look_back": 3600}, "look_back must be a timedelta of zero or more"),
        ({"rereads": [timedelta(0)]}, "rereads must be timedeltas above zero"),
        ({"rereads": [1]}, "rereads must be timedeltas above zero"),
        ({"rereads": DAY}, "rereads must be a list of timedeltas"),
        ({"look_back": timedelta.max}, "10 years at most"),
        ({"clock": 5}, "clock must be a function"),
    ],
)
def test_settings_that_make_no_sense_are_refused(members: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        Increments(**members)
