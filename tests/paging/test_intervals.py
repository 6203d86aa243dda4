"""The algebra of interval sets against sets of single instants, and the decisions on windows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.errors import (
    ApiError,
    AttemptTimedOut,
    ConnectionLost,
    DeadlineExceeded,
    InvalidInput,
    InvalidRequest,
    RateLimitWaitTooLong,
    SpanTooBig,
)
from navixy_async.paging import IntervalSet, WindowSizer, bisection, is_too_long
from navixy_async.times import TimeRange

START = datetime(2026, 3, 28, 22, tzinfo=UTC)
SECOND = timedelta(seconds=1)
TICKS = 40


def moment(tick: int) -> datetime:
    """Half-second ticks over a change of the clock, each told in another offset."""
    return (START + tick * SECOND / 2).astimezone(timezone(timedelta(hours=tick % 5 - 2)))


def between(first: int, last: int) -> TimeRange:
    return TimeRange(moment(first), moment(last))


steps = st.lists(
    st.tuples(st.integers(0, TICKS - 1), st.integers(1, 12)).map(lambda one: (one[0], min(one[0] + one[1], TICKS))),
    max_size=8,
)


def both(drawn: list[tuple[int, int]]) -> tuple[IntervalSet, set[int]]:
    """The same set twice: as ranges, and as every tick in it."""
    return IntervalSet(between(*one) for one in drawn), {tick for one in drawn for tick in range(*one)}


def ticks(intervals: IntervalSet) -> set[int]:
    return {tick for tick in range(TICKS) if moment(tick) in intervals}


@settings(max_examples=500)
@given(steps, steps)
def test_the_algebra_is_that_of_sets(mine: list[tuple[int, int]], theirs: list[tuple[int, int]]) -> None:
    (a, model_a), (b, model_b) = both(mine), both(theirs)
    assert ticks(a) == model_a
    assert ticks(a | b) == model_a | model_b
    assert ticks(a & b) == model_a & model_b
    assert ticks(a - b) == model_a - model_b
    assert (a | b).span == len(model_a | model_b) * SECOND / 2
    assert bool(a - b) == bool(model_a - model_b)
    for result in (a, b, a | b, a & b, a - b):
        normal(result)
    assert (a - b) | (a & b) == a
    assert (a | b) - b == a - b
    assert a & b == b & a
    assert hash(a | b) == hash(b | a)


def normal(intervals: IntervalSet) -> None:
    assert all(one.end < other.start for one, other in zip(intervals, intervals.ranges[1:], strict=False))


@settings(max_examples=300)
@given(steps, st.integers(0, TICKS - 1), st.integers(1, 12))
def test_holes_and_coverage(drawn: list[tuple[int, int]], first: int, length: int) -> None:
    held, model = both(drawn)
    last = min(first + length, TICKS)
    asked, wanted = between(first, last), set(range(first, last))
    assert ticks(held.holes(asked)) == wanted - model
    assert held.coverage(asked) == pytest.approx(len(wanted & model) / len(wanted))
    assert held.covers(asked) == (wanted <= model)
    assert held.add(asked) == held | IntervalSet([asked])
    assert held.add(asked).covers(asked)


@given(steps, st.integers(1, 20))
def test_split_parts_are_the_set_again(drawn: list[tuple[int, int]], longest: int) -> None:
    held, _ = both(drawn)
    parts = held.split(longest * SECOND)
    assert all(part.span <= longest * SECOND for part in parts)
    assert parts == sorted(parts)
    assert sum((part.span for part in parts), timedelta()) == held.span
    assert IntervalSet(parts) == held


def test_touching_ranges_become_one_and_the_set_cannot_change() -> None:
    one = IntervalSet([between(4, 6), between(0, 2), between(2, 4)])
    assert (len(one), one.hull) == (1, between(0, 6))
    assert str(IntervalSet([between(0, 2)])) == str(between(0, 2))
    with pytest.raises(AttributeError):
        one.ranges = ()  # type: ignore[misc]


def test_the_empty_set() -> None:
    nothing = IntervalSet()
    assert not nothing
    assert (nothing.span, nothing.hull, len(nothing), str(nothing)) == (timedelta(), None, 0, "nothing")
    assert nothing.holes(between(0, 4)) == IntervalSet([between(0, 4)])
    assert START not in nothing


DAY = TimeRange(START, START + timedelta(days=1))
TOO_LARGE = InvalidRequest(9, "Too large request", http_status=412)
TIMEOUT = AttemptTimedOut("silent for 60 s")


def too_big(told: str | None) -> SpanTooBig:
    return SpanTooBig(211, "Requested time span is too big", extra={"max_time_span": told} if told else {})


@pytest.mark.parametrize(
    ("error", "parts"),
    [
        (too_big("PT8H"), 3),
        (too_big("7 hours"), 4),
        (too_big("PT0S"), 2),
        (too_big("PT59M"), 2),
        (too_big("soon"), 2),
        (too_big(None), 2),
        (TOO_LARGE, 2),
        (ApiError(0, "", http_status=413), 2),
        (TIMEOUT, 2),
        (DeadlineExceeded("300 s are over"), 2),
    ],
)
def test_a_refused_range_is_cut_into_what_covers_it(error: Exception, parts: int) -> None:
    instead = bisection(DAY, error)
    assert instead is not None
    assert len(instead) == parts
    assert IntervalSet(instead) == IntervalSet([DAY])
    assert sum((part.span for part in instead), timedelta()) == DAY.span


@pytest.mark.parametrize(
    ("refused", "told"), [(DAY.span, "P30D"), (DAY.span, "P1D"), (timedelta(hours=1), None), (SECOND, "PT1S")]
)
def test_a_refusal_of_no_more_than_is_allowed_or_of_an_hour_is_not_about_the_length(
    refused: timedelta, told: str | None
) -> None:
    assert bisection(TimeRange(START, START + refused), too_big(told)) is None
    sizer = WindowSizer()
    assert not sizer.failed(refused, too_big(told))
    assert sizer.span is None, "nothing was learnt"


def test_no_less_than_an_hour_is_believed() -> None:
    sizer = WindowSizer()
    asked, tries = timedelta(days=30), 1
    while sizer.failed(asked, too_big("PT1S")):
        assert sizer.span is not None
        asked, tries = sizer.span, tries + 1
    assert (asked, tries) == (timedelta(hours=1), 11)


@pytest.mark.parametrize(
    "error",
    [
        RateLimitWaitTooLong(9.0, 1.0),
        ConnectionLost("reset"),
        InvalidRequest(7, "Invalid parameters"),
        ValueError("no"),
    ],
)
def test_other_errors_say_nothing_about_the_length(error: Exception) -> None:
    assert bisection(DAY, error) is None
    assert not is_too_long(error)
    assert not WindowSizer().failed(timedelta(days=1), error)


def test_one_second_is_not_cut() -> None:
    assert bisection(TimeRange(START, START + SECOND), TIMEOUT) is None


@given(st.integers(3700, 500_000), st.integers(3601, 50_000), st.integers(0, 999_999))
def test_parts_stay_under_the_limit_on_the_wire(length: int, allowed: int, fraction: int) -> None:
    """The wire has whole seconds: the start of a part is cut down to one, its end lifted to one."""
    asked = TimeRange(START + timedelta(microseconds=fraction), START + timedelta(seconds=length))
    instead = bisection(asked, too_big(f"PT{allowed}S"))
    if allowed > length:
        assert instead is None
    elif allowed < length:
        assert instead is not None
        assert IntervalSet(instead) == IntervalSet([asked])
        for part in instead:
            low = part.start.replace(microsecond=0)
            high = part.end.replace(microsecond=0) + (SECOND if part.end.microsecond else timedelta())
            assert high - low <= allowed * SECOND


def test_windows_are_sized_by_what_the_last_one_held() -> None:
    sizer = WindowSizer(target=1000, first=timedelta(hours=1))
    sizer.succeeded(timedelta(hours=1), 500)
    assert sizer.span == timedelta(hours=2)
    sizer.succeeded(timedelta(hours=2), 4000)
    assert sizer.span == timedelta(minutes=30)
    sizer.succeeded(timedelta(minutes=30), 0)
    assert sizer.span == timedelta(hours=2), "an empty window allows the largest step"
    sizer.succeeded(timedelta(hours=2), 10**9)
    assert sizer.span == timedelta(minutes=30), "and a bursting one the largest step down"


def test_a_window_cut_short_by_the_end_teaches_nothing() -> None:
    sizer = WindowSizer(target=1000, first=timedelta(hours=10))
    sizer.succeeded(timedelta(minutes=1), 900)
    assert sizer.span == timedelta(hours=10)
    sizer.succeeded(timedelta(minutes=1), 5000)
    assert sizer.span is not None
    assert sizer.span < timedelta(minutes=1), "but for the fact that it was too full"


@given(st.floats(0.001, 1000), st.integers(10, 10**6))
def test_a_steady_density_is_met(density: float, target: int) -> None:
    sizer = WindowSizer(target=target, first=timedelta(hours=1), largest=timedelta(days=90))
    for _ in range(40):
        assert sizer.span is not None
        sizer.succeeded(sizer.span, sizer.span.total_seconds() * density)
    held = sizer.span.total_seconds() * density if sizer.span else 0
    assert held <= target * 1.01 or sizer.span == SECOND
    assert held >= target * 0.9 - density or sizer.span == timedelta(days=90)


def test_a_refused_span_is_a_wall() -> None:
    sizer = WindowSizer()
    assert sizer.span is None
    assert sizer.failed(timedelta(days=365), too_big("P90D"))
    assert sizer.span == timedelta(days=90)
    for _ in range(100):
        sizer.succeeded(timedelta(days=90))
    assert sizer.span == timedelta(days=90)
    assert sizer.failed(timedelta(days=90), too_big(None))
    assert sizer.span == timedelta(days=45)


def test_a_failed_window_is_a_suspicion_that_fades() -> None:
    sizer = WindowSizer()
    assert sizer.failed(timedelta(hours=16), TOO_LARGE)
    assert sizer.span == timedelta(hours=8)
    for _ in range(WindowSizer.TRUST - 1):
        sizer.succeeded(timedelta(hours=8))
        assert sizer.span == timedelta(hours=8)
    sizer.succeeded(timedelta(hours=8))
    assert sizer.span == timedelta(hours=16)
    for _ in range(WindowSizer.TRUST - 1):
        sizer.succeeded(timedelta(hours=16))
    sizer.failed(timedelta(hours=16), TOO_LARGE)
    sizer.succeeded(timedelta(hours=8))
    assert sizer.span == timedelta(hours=8), "trust is earned anew after each failure"


def test_a_server_that_never_answers_in_time_is_not_asked_for_ever() -> None:
    sizer = WindowSizer()
    asked, tries = timedelta(days=365), 1
    while sizer.failed(asked, TIMEOUT):
        assert sizer.span is not None
        asked, tries = sizer.span, tries + 1
    assert tries == WindowSizer.MAX_TIMEOUTS
    sizer.succeeded(asked)
    assert sizer.failed(asked, TIMEOUT), "an answer in between gives the patience back"


def test_a_window_is_cut_from_the_front() -> None:
    sizer = WindowSizer(first=timedelta(hours=1))
    assert sizer.window(DAY.start, DAY.end) == TimeRange(DAY.start, DAY.start + timedelta(hours=1))
    assert sizer.window(DAY.end - SECOND, DAY.end) == TimeRange(DAY.end - SECOND, DAY.end)
    assert WindowSizer().window(DAY.start, DAY.end) == DAY


def test_one_second_cannot_be_shortened() -> None:
    assert not WindowSizer().failed(SECOND, TOO_LARGE)


def test_senseless_settings_are_refused() -> None:
    builds: tuple[Callable[[], WindowSizer], ...] = (
        lambda: WindowSizer(target=0),
        lambda: WindowSizer(growth=1),
        lambda: WindowSizer(first=timedelta()),
        lambda: WindowSizer(largest=timedelta(milliseconds=5)),
    )
    for build in builds:
        with pytest.raises(InvalidInput):
            build()
