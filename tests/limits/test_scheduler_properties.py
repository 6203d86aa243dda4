"""Whatever comes, in whatever order: the server never counts too many, nobody is lost, nothing stays held."""

from __future__ import annotations

from itertools import chain, repeat
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from navixy_async.limits.grants import Grant
from navixy_async.operations import Lane
from navixy_async.settings import Limits

from ..support.limits.world import Fate, World

LIMITS = st.builds(
    Limits,
    per_credential=st.integers(1, 8),
    per_address=st.integers(1, 12),
    burst=st.integers(1, 6),
    guaranteed_share=st.sampled_from([0.0, 0.05, 0.5]),
)

WAYS = {
    "connect": st.sampled_from([0.0, 0.0, 0.0, 0.05, 0.4, 1.5]),
    "late": st.sampled_from([0.0, 0.0, 0.005, 0.01, 0.019]),
    "slow": st.sampled_from([0.0, 0.0, 0.01, 0.06, 0.3, 2.5]),
}

FATES = st.one_of(
    st.builds(Fate, kind=st.just("answered"), **WAYS),
    st.builds(Fate, kind=st.just("answered"), **WAYS),
    st.builds(Fate, kind=st.sampled_from(["lost", "never arrives", "unsent"]), **WAYS),
    st.builds(Fate, kind=st.just("refused"), **WAYS, retry_after=st.sampled_from([None, 0.0, 0.4, 3.0])),
)

ACCOUNTS = st.sampled_from(["ann", "bob", "cyd", "dee"])

LANE_NAMES: tuple[Lane, ...] = ("interactive", "live", "bulk")

LANES = st.sampled_from(LANE_NAMES)

STEPS = st.one_of(
    st.tuples(
        st.just("ask"),
        ACCOUNTS,
        LANES,
        st.integers(1, 25),
        st.sampled_from([None, None, 0.2, 2.0, 30.0]),
        st.booleans(),
    ),
    st.tuples(st.just("withdraw"), st.integers(0, 200), st.integers(1, 10)),
    st.tuples(st.just("change"), LIMITS),
    st.tuples(st.just("wait"), st.sampled_from([0.0, 0.001, 0.013, 0.05, 0.21, 0.7, 1.3, 4.0])),
)


def play(world: World, steps: list[tuple[Any, ...]], *, checked: bool = True) -> None:
    """Do the steps, checking what must hold after each of them."""
    for step in steps:
        if step[0] == "ask":
            _, account, lane, how_many, patience, front = step
            for _ in range(how_many):
                world.ask(account, lane=lane, patience=patience, front=front, weight=2.0 if account == "ann" else 1.0)
        elif step[0] == "withdraw":
            _, first, how_many = step
            waiting = [waiter for waiter in world.asked if waiter.waiting]
            for waiter in waiting[first % max(len(waiting), 1) :][:how_many]:
                world.withdraw(waiter)
        elif step[0] == "change":
            world.change(step[1])
        else:
            world.run(step[1])
        if checked:
            world.check()


WORLDS = given(
    limits=LIMITS,
    fates=st.lists(FATES, max_size=150),
    steps=st.lists(STEPS, min_size=1, max_size=40),
    addresses=st.sampled_from([(None,), ("127.0.0.1", "127.0.0.2"), ("a", "b", "c")]),
    late=st.lists(st.sampled_from([0.0, 0.0, 0.0005, 0.02, 0.3]), min_size=1, max_size=20),
)

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@WORLDS
@settings(UNHURRIED, max_examples=400)
def test_a_strict_server_never_counts_too_many_and_nobody_is_lost(
    limits: Limits,
    fates: list[Fate],
    steps: list[tuple[Any, ...]],
    addresses: tuple[str | None, ...],
    late: list[float],
) -> None:
    look_for_a_way_around(limits, fates, steps, addresses, late)


@pytest.mark.proof
@WORLDS
@settings(UNHURRIED, max_examples=6000)
def test_a_longer_search_finds_no_way_around_either(
    limits: Limits,
    fates: list[Fate],
    steps: list[tuple[Any, ...]],
    addresses: tuple[str | None, ...],
    late: list[float],
) -> None:
    look_for_a_way_around(limits, fates, steps, addresses, late)


def look_for_a_way_around(
    limits: Limits,
    fates: list[Fate],
    steps: list[tuple[Any, ...]],
    addresses: tuple[str | None, ...],
    late: list[float],
) -> None:
    world = World(limits, chain(fates, repeat(Fate())), addresses=addresses)
    world.know_the_way()
    lateness = chain.from_iterable(repeat(late))
    world.loop_is_late(lambda: next(lateness))
    play(world, steps)
    world.run(300.0 + 3.0 * len(world.asked))  # long enough for every pause, climb and queue above
    world.check()
    world.check_server()
    assert not [waiter for waiter in world.asked if waiter.waiting]
    assert len(world.asked) == len(world.granted) + len(world.raised) + len(world.withdrawn)
    for bucket in [one.bucket for one in world.core.registry.credentials.values()] + [
        one.bucket for one in world.core.registry.addresses
    ]:
        assert bucket.idle(world.now + 35.0)


def test_who_has_room_earlier_than_was_thought_goes_earlier() -> None:
    """The sixteenth answer narrowed what was believed of the way, while a credential waited by the older belief."""
    slow = [Fate(late=0.01, slow=0.06), Fate(late=0.01, slow=0.3), Fate(late=0.019), Fate(late=0.019, slow=0.3)]
    first, second = (
        Limits(per_credential=own, per_address=all_, burst=3, guaranteed_share=0.0) for own, all_ in ((1, 8), (3, 4))
    )
    world = World(first, chain(slow, [Fate("lost")] * 2, repeat(Fate())))
    world.know_the_way()
    play(world, [("change", second), *(("ask", "ann", "interactive", count, None, False) for count in (6, 11))])
    world.run(351.0)  # looks after every answer whether somebody could have gone
    assert not world.core.waiting


def test_room_that_a_change_makes_behind_a_pause_is_found() -> None:
    """The credential waited for its places, not for the pause to end: a larger limit lets it go once that is over."""

    def own(limit: int) -> Limits:
        return Limits(per_credential=limit, per_address=1, burst=1, guaranteed_share=0.0)

    fates = chain([Fate(connect=0.4), Fate("refused")], repeat(Fate()))
    first = Limits(per_credential=2, per_address=1, burst=3, guaranteed_share=0.0)
    world = World(first, fates, addresses=("a", "b", "c"))
    world.know_the_way()
    ask = ("ask", "ann", "interactive")
    play(
        world, [(*ask, 2, None, False), ("wait", 0.05), (*ask, 1, None, False), ("change", own(1)), ("change", own(3))]
    )
    world.run(320.0)
    assert not world.core.waiting


@given(steps=st.lists(STEPS, min_size=1, max_size=30), fates=st.lists(FATES, max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_grant_that_its_owner_no_longer_wants_gives_everything_back(
    steps: list[tuple[Any, ...]], fates: list[Fate]
) -> None:
    limits = Limits(per_credential=5, per_address=7)
    world = World(limits, chain(fates, repeat(Fate())))
    play(world, steps, checked=False)
    world.run(120.0)
    before = world.core.granted
    waiter = world.ask("eve", patience=60.0)
    assert waiter is not None
    grant = waiter.outcome
    assert isinstance(grant, Grant)  # all is quiet, so it goes at once
    busy, tokens = grant.address.bucket.busy, grant.address.bucket._tokens
    world.core.unsent(grant, world.now)
    assert grant.address.bucket.busy == busy - 1
    assert grant.address.bucket._tokens == pytest.approx(tokens + 1)
    world.core.unsent(grant, world.now)
    world.core.answered(grant, world.now)
    assert grant.address.bucket.busy == busy - 1
    assert world.core.granted == before
