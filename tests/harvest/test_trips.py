"""Trips: whole, in one window, with an end or as a gap."""

from __future__ import annotations

from datetime import timedelta

import pytest

from navixy_async.times import TimeRange

from .test_harvests_streams import DAY
from .test_streams_rules import HOUR, NOON, Scripted, driving, fetch, sending


@pytest.mark.parametrize("hours", [1, 13, 40, 200])
@pytest.mark.parametrize("length", [HOUR, DAY, 3 * DAY])
def test_a_trip_is_whole_and_in_one_window(hours: int, length: timedelta) -> None:
    trip = (NOON, NOON + timedelta(hours=hours))
    found = []
    for number in range(-3, 4):
        window = TimeRange(NOON - HOUR / 2 + number * length, NOON - HOUR / 2 + (number + 1) * length)
        fetched = fetch("trips", Scripted(driving(trip)), window)
        assert not fetched.gaps
        found += [(row["start_time"], row["end_time"]) for row in fetched.batch.to_pylist()]
    assert found == [trip]


def test_windows_without_trips_cost_one_request() -> None:
    caller = Scripted(sending((NOON, NOON + HOUR), span=40 * DAY))
    assert fetch("trip_points", caller, TimeRange(NOON + 5 * HOUR, NOON + DAY)).batch.num_rows == 0
    assert [path for path, _ in caller.asked] == ["track/list"]


def test_a_trip_without_an_end_is_a_gap() -> None:
    window = TimeRange(NOON - HOUR, NOON + HOUR)
    fetched = fetch("trips", Scripted(driving((NOON, NOON + 90 * DAY), span=3 * DAY)), window)
    ((trackers, hole, _),) = fetched.gaps
    assert trackers == (1,) and NOON in hole and hole.span == timedelta(seconds=1)
