"""The points of a trip: whole, in one window."""

from __future__ import annotations

from datetime import timedelta

import pytest

from navixy_async.errors import SpanTooBig
from navixy_async.times import TimeRange

from .test_harvests_streams import DAY
from .test_streams_rules import HOUR, NOON, Scripted, fetch, sending


@pytest.mark.parametrize("hours", [0, 1, 13, 40, 200])
@pytest.mark.parametrize(("length", "span"), [(HOUR, 40 * DAY), (HOUR, 3 * HOUR), (DAY, 25 * HOUR), (3 * DAY, 4 * DAY)])
def test_the_points_of_a_trip_are_whole_and_in_one_window(hours: int, length: timedelta, span: timedelta) -> None:
    trip = (NOON, NOON + timedelta(hours=hours))
    caller = Scripted(sending(trip, span=span))
    found, late = [], 0
    for number in range(-3, 4):
        window = TimeRange(NOON - HOUR / 2 + number * length, NOON - HOUR / 2 + (number + 1) * length)
        fetched = fetch("trip_points", caller, window)
        assert not fetched.gaps
        late += fetched.late
        found += [(row["trip_start"], row["time"]) for row in fetched.batch.to_pylist()]
    assert found == [(NOON, NOON + number * HOUR / 2) for number in range(2 * hours + 1)]
    assert late == sum(moment.hour == 5 for _, moment in found)
    reads = sum(path == "track/read" for path, _ in caller.asked)
    if span > 40 * HOUR:
        assert reads <= 1 + timedelta(hours=hours) / max(length, DAY), "parts no shorter than the window, or a day"


def test_points_of_a_window_that_is_too_long_are_the_windows_fault() -> None:
    trip = (NOON, NOON + 20 * HOUR)
    with pytest.raises(SpanTooBig):
        fetch("trip_points", Scripted(sending(trip, span=10 * HOUR)), TimeRange(NOON - HOUR, NOON + DAY))
