"""Working days of vehicles, as the world replays them."""

from __future__ import annotations

from random import Random

import pytest

from navixy_async.testing.roads import TOWNS
from navixy_async.testing.vehicles import HOUR, drive_day, sparse_day

BERLIN = TOWNS["Europe/Berlin"]


@pytest.mark.parametrize("night", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_a_day_is_in_order_has_its_trips_and_only_ever_drives_further(seed: int, night: bool) -> None:
    day = drive_day(BERLIN, Random(seed), 200, night=night)
    assert 100 <= len(day.fixes) <= 400
    assert list(day.seconds) == sorted(day.seconds) == [fix.second for fix in day.fixes]
    assert [fix.mileage for fix in day.fixes] == sorted(fix.mileage for fix in day.fixes)
    assert (day.seconds[-1] > 24 * HOUR) is night
    assert not day.single_reports
    for trip in day.trips:
        assert day.fixes[trip.first].trip == day.fixes[trip.last].trip is not None
        assert trip.first < trip.last and trip.avg_speed <= trip.max_speed


def test_the_same_seed_is_the_same_day() -> None:
    assert drive_day(BERLIN, Random(3), 60, night=False).fixes == drive_day(BERLIN, Random(3), 60, night=False).fixes


def test_every_report_of_a_device_that_sleeps_stands_alone() -> None:
    day = sparse_day(BERLIN, Random(1))
    assert day.single_reports and 3 <= len(day.fixes) <= 4
    assert {fix.speed for fix in day.fixes} == {0} and all(fix.precision for fix in day.fixes)
