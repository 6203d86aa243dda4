"""A minute of full load against each kind of server, in simulated time: the figures that `docs/limits.md` promises."""

from __future__ import annotations

import pytest

from benchmarks.limiter.lines import Line
from benchmarks.limiter.simulate import World, widest


@pytest.mark.parametrize("latency", [0.005, 0.300])
@pytest.mark.parametrize(
    ("jitter", "place", "share"),
    [
        ("none", "both", 0.99),
        ("uniform", "before", 0.965),
        ("uniform", "after", 0.965),
        ("lognormal", "both", 0.965),
        ("outliers", "before", 0.99),
    ],
)
def test_a_strict_sliding_second_is_never_overfilled_and_hardly_underused(
    latency: float, jitter: str, place: str, share: float
) -> None:
    outcome = World("sliding", Line(latency, jitter, place), seed=3).run(60.0)
    assert not outcome.refused
    assert widest(outcome.accepted) <= 50
    assert outcome.share(start=10.0) >= share


@pytest.mark.parametrize("kind", ["fixed", "two-window", "token-10", "leaky-5"])
@pytest.mark.parametrize(("jitter", "place"), [("none", "both"), ("uniform", "before"), ("lognormal", "both")])
def test_servers_that_smooth_refuse_two_in_a_thousand_at_the_most(kind: str, jitter: str, place: str) -> None:
    outcome = World(kind, Line(0.080, jitter, place), seed=4).run(60.0)
    assert outcome.per_mille() <= (0.0 if kind == "fixed" else 2.0)
    assert outcome.share(start=10.0) >= 0.95


@pytest.mark.parametrize("jitter", ["none", "uniform"])
def test_a_loop_that_is_blocked_now_and_then_loses_little(jitter: str) -> None:
    outcome = World("sliding", Line(0.080, jitter), seed=5, blocks=(0.020, 0.001, 0.020)).run(60.0)
    assert not outcome.refused
    assert outcome.share(start=10.0) >= 0.95


def test_answers_that_take_two_seconds_keep_their_slots_no_longer_than_others() -> None:
    outcome = World("sliding", Line(0.080, "uniform", work=2.0), seed=6).run(60.0)
    assert not outcome.refused
    assert outcome.share(start=15.0) >= 0.94


def test_ten_accounts_behind_one_address_share_it_evenly() -> None:
    outcome = World("sliding", Line(0.080, "uniform"), seed=7, accounts=10).run(60.0)
    counts = list(outcome.by_account.values())
    assert not outcome.refused
    assert outcome.share(start=10.0) >= 0.96
    assert sum(counts) ** 2 / (10 * sum(count * count for count in counts)) >= 0.99


class Lower(World):
    """A server that allows less than the client believes."""

    def counted(self, what: str, name: object):  # type: ignore[no-untyped-def]
        counter = super().counted(what, name)
        counter.limit = 30  # type: ignore[attr-defined]
        return counter


@pytest.mark.parametrize("kind", ["sliding", "fixed", "two-window", "token-10", "leaky-5"])
@pytest.mark.parametrize("retry_after", [None, 1.0])
def test_a_lower_limit_is_found_with_a_handful_of_refusals(kind: str, retry_after: float | None) -> None:
    outcome = Lower(kind, Line(0.080, "uniform"), seed=8, retry_after=retry_after).run(120.0)
    assert outcome.per_mille() <= 10.0
    assert outcome.share(30.0) >= 0.85
