"""Several source addresses: what one path has shown says nothing of another, and both levels agree on what is held."""

from __future__ import annotations

from itertools import chain, repeat

import pytest

from navixy_async.limits.grants import Grant
from navixy_async.settings import Limits

from ..support.limits.world import DOWN, UP, Fate, World

TWO = ("127.0.0.1", "127.0.0.2")


def test_a_credential_holds_what_its_address_still_holds() -> None:
    """Eight answers over both addresses are not eight over each: found by the property search, in one of many runs."""
    world = World(Limits(per_credential=1, per_address=1), repeat(Fate()), addresses=TWO)
    world.know_the_way()
    world.ask("ann", weight=2.0)
    world.check()
    world.change(Limits(per_credential=2, per_address=1))
    world.check()
    for _ in range(6):
        world.ask("ann", weight=2.0)
        world.check()
    for seconds in (0.013, 4.0):
        world.run(seconds)
        world.check()


@pytest.mark.parametrize("slow", [0.0, 0.06, 2.5])
def test_both_levels_agree_at_every_moment_while_they_learn(slow: float) -> None:
    fates = chain([Fate(slow=0.3, retry_after=0.4, kind="refused")], repeat(Fate()))
    world = World(
        Limits(per_credential=20, per_address=15),
        chain(*(chain([Fate(slow=slow), next(fates)]) for _ in range(200)), repeat(Fate())),
        addresses=TWO,
    )
    world.know_the_way()
    for number in range(250):
        world.ask("ann" if number % 3 else "bob")
    while world.core.waiting or world.core.registry.addresses[0].bucket.busy:
        world.run(0.0017)
        world._check_sums()
        world._check_places()
    world.check_server()


def test_samples_of_one_path_make_no_other_less_doubtful() -> None:
    world = World(Limits(per_credential=1, per_address=5), repeat(Fate()), addresses=TWO)
    known, other = world.core.registry.addresses
    for _ in range(8):
        known.rtt.sample(UP + DOWN, world.now)
        world.core.registry.rtt.sample(UP + DOWN, world.now)
    other.rtt.sample(UP + DOWN, world.now)
    world.core.registry.rtt.sample(UP + DOWN, world.now)
    waiter = world.ask("ann")
    assert waiter is not None
    grant = waiter.outcome
    assert isinstance(grant, Grant)
    world.run(0.2)
    answered = grant.at + UP + DOWN
    assert grant.credential.bucket.ready_at(world.now) <= world.now + 1.0  # a lower bound, asked again when it comes
    world.run(answered + 1.0005 - (UP + DOWN) + 0.001 - world.now)
    assert grant.credential.bucket.ready_at(world.now) > world.now, "the other path may be 3 ms shorter than it showed"
    world.run(0.003)
    assert grant.credential.bucket.ready_at(world.now) <= world.now


def test_a_refusal_widens_the_margin_at_both_levels() -> None:
    """A credential with several addresses once kept the margin that the refusal had just disproved."""

    def held_after(kind: str) -> float:
        world = World(Limits(per_credential=50, per_address=50), repeat(Fate()), addresses=TWO)
        for address in world.core.registry.addresses:
            for number in range(256):
                address.rtt.sample(UP + DOWN + (0.1 if number % 4 == 0 else 0.4), world.now)
                world.core.registry.rtt.sample(UP + DOWN + (0.1 if number % 4 == 0 else 0.4), world.now)
        if kind == "refused":
            for address in world.core.registry.addresses:
                address.rtt.widen(world.now)
        world.fates = repeat(Fate(slow=9.0))
        waiter = world.ask("ann")
        assert waiter is not None
        begin, bucket = world.now, waiter.result().credential.bucket
        while bucket.busy:
            world.run(0.001)
            bucket.ready_at(world.now)
        return world.now - begin

    assert held_after("refused") > held_after("answered") + 0.01


def test_a_far_address_is_not_held_longer_for_the_sake_of_a_near_one() -> None:
    """Only the credential, whose next request may take the near one, has to wait for both."""
    world = World(Limits(per_credential=50, per_address=50), repeat(Fate()), addresses=TWO)
    near, far = world.core.registry.addresses
    for _ in range(16):
        near.rtt.sample(0.005, world.now)
        far.rtt.sample(UP + DOWN, world.now)
        world.core.registry.rtt.sample(UP + DOWN, world.now)
    grants = [world.ask("ann") for _ in range(2)]
    over_far = next(one.result() for one in grants if one is not None and one.result().address is far)
    world.run(UP + DOWN + 1.0005 - (UP + DOWN) + 0.002)
    assert far.bucket.ready_at(world.now) <= world.now
    assert not over_far.address_slot.held
    assert over_far.credential.bucket.busy == 2
    world.run(UP + DOWN)
    assert over_far.credential.bucket.ready_at(world.now) <= world.now
    assert over_far.credential.bucket.busy == 0
