"""The server's counters against models that look at the whole past of every request."""

from __future__ import annotations

from itertools import accumulate
from math import floor

from hypothesis import given
from hypothesis import strategies as st

from navixy_async.testing.limits import Gate, Kind, SlidingWindow, make_counter

TICK = 64
"""Times are multiples of 1/64 s: exact in binary, so that edges are edges."""

arrivals = st.lists(st.integers(0, 40), min_size=1, max_size=120).map(
    lambda gaps: [total / TICK for total in accumulate(gaps)]
)
limits = st.integers(1, 12)


def admitted(kind: Kind, limit: int, burst: int | None, times: list[float]) -> list[bool]:
    counter = make_counter(kind, limit, 1.0, burst)
    verdicts = []
    for now in times:
        verdicts.append(counter.would_admit(now))
        if verdicts[-1]:
            counter.count(now)
    return verdicts


def modelled(times: list[float], allows: object) -> list[bool]:
    """Verdicts of a model that sees all requests counted before."""
    past: list[float] = []
    verdicts = []
    for now in times:
        verdicts.append(allows(past, now))  # type: ignore[operator]
        if verdicts[-1]:
            past.append(now)
    return verdicts


@given(arrivals, limits)
def test_sliding_window_counts_the_last_second(times: list[float], limit: int) -> None:
    def allows(past: list[float], now: float) -> bool:
        return sum(now - 1 < moment for moment in past) < limit

    assert admitted("sliding", limit, None, times) == modelled(times, allows)


@given(arrivals, limits)
def test_sliding_window_never_holds_more_than_its_limit(times: list[float], limit: int) -> None:
    verdicts = admitted("sliding", limit, None, times)
    kept = [now for now, verdict in zip(times, verdicts, strict=True) if verdict]
    assert all(sum(start <= moment < start + 1 for moment in kept) <= limit for start in kept)


@given(arrivals, limits)
def test_fixed_window_counts_the_clock_second(times: list[float], limit: int) -> None:
    def allows(past: list[float], now: float) -> bool:
        return sum(floor(moment) == floor(now) for moment in past) < limit

    assert admitted("fixed", limit, None, times) == modelled(times, allows)


@given(arrivals, limits)
def test_two_windows_weigh_the_one_before(times: list[float], limit: int) -> None:
    def allows(past: list[float], now: float) -> bool:
        this = sum(floor(moment) == floor(now) for moment in past)
        before = sum(floor(moment) == floor(now) - 1 for moment in past)
        return before * (1 - (now - floor(now))) + this + 1 <= limit

    assert admitted("two_window", limit, None, times) == modelled(times, allows)


@given(arrivals, limits, st.integers(1, 8))
def test_token_bucket_is_its_arrival_curve(times: list[float], limit: int, burst: int) -> None:
    def allows(past: list[float], now: float) -> bool:
        held = [*past, now]
        return all(len(held) - n <= burst + limit * (now - start) + 1e-6 for n, start in enumerate(held))

    assert admitted("token_bucket", limit, burst, times) == modelled(times, allows)


@given(arrivals, limits, st.integers(0, 8))
def test_leaky_bucket_holds_one_and_its_burst(times: list[float], limit: int, burst: int) -> None:
    def allows(past: list[float], now: float) -> bool:
        held = [*past, now]
        return all(len(held) - n <= burst + 1 + limit * (now - start) + 1e-6 for n, start in enumerate(held))

    assert admitted("leaky_bucket", limit, burst, times) == modelled(times, allows)


@given(arrivals, limits, st.sampled_from(["sliding", "fixed", "two_window", "token_bucket", "leaky_bucket"]))
def test_wait_is_the_shortest_that_admits(times: list[float], limit: int, kind: Kind) -> None:
    counter = make_counter(kind, limit, 1.0, 3)
    for now in times:
        if counter.would_admit(now):
            counter.count(now)
    wait = counter.wait(times[-1])
    if wait > 1e-6:
        assert not counter.would_admit(times[-1] + wait - 1e-6)
    assert counter.would_admit(times[-1] + wait + 1e-6)


def test_a_gate_refuses_by_each_key_and_counts_refused_requests_only_on_demand() -> None:
    lenient = Gate(lambda key: SlidingWindow(2 if key == "key" else 3))
    assert [lenient.admit(("key", "ip"), 0.0) for _ in range(3)] == [(), (), ("key",)]
    assert lenient.admit(("other", "ip"), 0.0) == ()
    assert lenient.admit(("other", "ip"), 0.5) == ("ip",)
    assert lenient.wait(("key", "ip"), 0.5) == 0.5
    assert lenient.admit(("key", "ip"), 1.0) == ()

    strict = Gate(lambda key: SlidingWindow(2), count_refused=True)
    assert [strict.admit(("key",), moment) for moment in (0.0, 0.1, 0.9)] == [(), (), ("key",)]
    assert strict.admit(("key",), 1.05) == ("key",), "the refused request still counts"
    assert Gate(lambda key: None).admit(("key",), 0.0) == ()
