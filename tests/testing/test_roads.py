"""Towns and the roads that synthetic vehicles drive."""

from __future__ import annotations

from random import Random

import pytest

from navixy_async.testing.roads import TOWNS, Driver, distance_km, town_of


def test_distances_are_those_of_the_earth() -> None:
    assert distance_km(52.0, 13.0, 53.0, 13.0) == pytest.approx(111.2, rel=0.001)
    assert distance_km(60.0, 13.0, 60.0, 14.0) == pytest.approx(55.6, rel=0.001)


def test_zones_without_a_town_are_at_home_somewhere() -> None:
    assert town_of("Europe/Berlin").name == "Berlin"
    assert town_of("Mars/Olympus") is TOWNS["UTC"]


@pytest.mark.parametrize("zone", TOWNS)
def test_a_driver_stays_near_home_drives_as_far_as_the_odometer_says_and_repeats_with_its_seed(zone: str) -> None:
    town = town_of(zone)
    one, other = (Driver(town, Random(7)) for _ in range(2))
    for _ in range(2000):
        before, at = one.km, (one.lat, one.lng)
        one.advance(10)
        other.advance(10)
        assert distance_km(*at, one.lat, one.lng) == pytest.approx(one.km - before, rel=0.01)
        assert distance_km(town.lat, town.lng, one.lat, one.lng) < Driver.REACH_KM + 6
        assert 4.0 <= one.speed <= 110 and 0 <= one.heading < 360
    assert (one.lat, one.lng, one.km, one.address) == (other.lat, other.lng, other.km, other.address)
    one.stop()
    assert one.speed == 0
