"""What round trips teach about a path: its shortest trip, its jitter, and how long a slow answer keeps its slot."""

from __future__ import annotations

import pytest

from navixy_async.limits.rtt import CombinedRtt, PathRtt


def learnt(trips: list[float]) -> PathRtt:
    path = PathRtt()
    for number, trip in enumerate(trips):
        path.sample(trip, number * 0.02)
    return path


def test_the_shortest_trip_is_put_below_the_least_that_was_seen() -> None:
    assert PathRtt().shortest == 0.0, "nothing is known before the first answer"
    path = learnt([0.080, 0.070, 0.090])
    assert 0.0 < path.shortest < 0.070
    assert learnt([0.070] * 40).shortest == pytest.approx(0.070), "eight equal ones leave no doubt"


def test_a_shorter_trip_changes_what_is_believed_at_once() -> None:
    path = learnt([0.080] * 20)
    assert path.sample(0.040, 1.0)
    assert path.shortest <= 0.040
    assert not path.sample(0.080, 1.02)


def test_the_margin_is_wide_where_few_answers_are_slow_and_narrow_where_all_are() -> None:
    few = learnt(([0.05] * 99 + [2.0]) * 4)
    all_slow = learnt([0.05 + 0.01 * (number % 3) for number in range(64)] + [2.0] * 320)
    assert few.margin == 1.0
    assert all_slow.margin < 0.2


def test_a_refusal_widens_the_margin_and_clean_minutes_narrow_it_again() -> None:
    path = learnt([0.05 + 0.4 * (number % 4 == 0) for number in range(400)])
    before = path.margin
    path.widen(8.0)
    widened = path.margin
    assert widened > before
    for number in range(400):
        path.sample(0.05 + 0.4 * (number % 4 == 0), 8.0 + number)
    assert path.margin < widened


def test_several_paths_are_as_short_as_the_shortest_and_as_shaky_as_the_worst() -> None:
    near, far = learnt([0.02] * 40), learnt([0.2, 0.25] * 20)
    both = CombinedRtt([near, far, PathRtt()])
    both.sample(0.2, 1.0)
    assert both.shortest == near.shortest
    assert both.jitter == far.jitter
    assert both.is_longer(far)
    assert not both.is_longer(near)
