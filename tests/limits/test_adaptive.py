"""What refusals teach: a rate that falls and climbs back, and how large bursts may be."""

from __future__ import annotations

from math import inf

import pytest

from navixy_async.limits.adaptive import BurstPolicy, Rate


def test_a_refusal_near_the_limit_cuts_a_tenth_and_is_forgotten_in_two_seconds() -> None:
    rate = Rate(50.0, 0.0)
    assert rate.refused(granted=10.0, now=10.1, resume=10.1, busy=50) == pytest.approx(0.05)
    assert rate.at(10.1) == pytest.approx(45.0)
    assert not rate.whole
    assert rate.at(12.1) == 50.0
    assert rate.whole


def test_a_limit_that_is_lower_is_approached_slowly_and_then_passed() -> None:
    rate = Rate(50.0, 0.0)
    rate.refused(granted=10.0, now=10.0, resume=10.0, busy=30)
    assert rate.at(10.0) == pytest.approx(30.0)
    assert rate.at(11.0) < 31.0, "near the rate that was refused it climbs slowly"
    assert rate.reaches(50.0, 10.0) < inf
    assert rate.reaches(51.0, 10.0) == inf
    assert rate.at(rate.reaches(40.0, 10.0)) == pytest.approx(40.0)


def test_refusals_of_what_was_let_go_before_the_fall_count_once() -> None:
    rate = Rate(50.0, 0.0)
    assert rate.refused(granted=1.0, now=2.0, resume=2.0, busy=50) is not None
    assert rate.refused(granted=1.5, now=2.1, resume=5.0, busy=50) is None
    assert rate.at(5.0) == pytest.approx(45.0), "but a later moment to resume is kept"


def test_silences_double_while_nothing_gets_through() -> None:
    rate = Rate(50.0, 0.0)
    silences = [rate.refused(granted=now, now=now, resume=now, busy=50) for now in (1.0, 2.0, 3.0)]
    assert silences == [pytest.approx(0.05), pytest.approx(0.1), pytest.approx(0.2)]
    rate.passed()
    assert rate.refused(granted=4.0, now=4.0, resume=4.0, busy=50) == pytest.approx(0.05)


def test_another_limit_is_believed_at_once() -> None:
    rate = Rate(50.0, 0.0)
    rate.move_ceiling(20.0, 1.0)
    assert (rate.at(1.0), rate.whole) == (20.0, True)


def test_bursts_grow_with_trust_and_end_with_a_refusal() -> None:
    policy = BurstPolicy()
    assert (policy.loose, policy.paced, policy.share) == (False, False, 1.0)
    assert [policy.passed(1.0) for _ in range(150)].count(True) == 1
    assert policy.loose
    policy.refused(granted=5.0, now=5.1)
    assert (policy.loose, policy.paced) == (False, True)
    assert policy.share < 1.0
    policy.refused(granted=5.2, now=5.3)
    assert policy.share == pytest.approx(0.957), "one event"
    assert policy.passed(5.3 + 600.0)
    assert (policy.paced, policy.share) == (False, 1.0), "ten clean minutes lead back"
