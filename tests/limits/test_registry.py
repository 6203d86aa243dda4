"""Budgets are made on demand and forgotten when nothing is lost by it; a slot belongs to both levels."""

from __future__ import annotations

import asyncio

from navixy_async.limits.registry import Registry
from navixy_async.settings import Limits

from ..support.limits.fakeloop import FakeLoop, run
from .test_limiter import Client, make


def test_a_credential_has_one_budget_however_often_it_asks() -> None:
    registry = Registry(Limits(), (None,), 0.0)
    assert registry.credential("ann", 1.0) is registry.credential("ann", 2.0)
    assert registry.credential("bob", 1.0) is not registry.credential("ann", 2.0)


def test_budgets_are_forgotten_once_they_have_nothing_to_remember() -> None:
    registry = Registry(Limits(), (None,), 0.0)
    busy = registry.credential("busy", 0.0)
    busy.in_flight = 1
    for number in range(1000):
        registry.credential(f"account-{number}", 10.0 + number)
    assert len(registry.credentials) < 300
    assert registry.credentials["busy"] is busy


def test_both_levels_share_one_slot_unless_the_path_is_much_longer_than_others() -> None:
    registry = Registry(Limits(), ("192.0.2.1", "192.0.2.2"), 0.0)
    near, far = registry.addresses
    ann = registry.credential("ann", 0.0)
    one, other = registry.slots(ann, near, 0.0)
    assert one is other
    assert one.buckets == (ann.bucket, near.bucket)
    for address, rtt in ((near, 0.02), (far, 0.5)):
        for number in range(40):
            address.rtt.sample(rtt, number * 0.1)
            registry.rtt.sample(rtt, number * 0.1)
    own, shared = registry.slots(ann, far, 5.0)
    assert own is not shared
    assert (own.buckets, shared.buckets) == ((ann.bucket,), (far.bucket,))


def test_another_limit_holds_for_budgets_that_are_there_and_for_those_to_come() -> None:
    registry = Registry(Limits(), (None,), 0.0)
    ann = registry.credential("ann", 0.0)
    registry.change(Limits(per_credential=10, per_address=20), 1.0)
    assert (ann.bucket.limit, registry.addresses[0].bucket.limit) == (10, 20)
    assert registry.credential("bob", 1.0).bucket.limit == 10


def test_idle_credentials_are_forgotten_but_not_what_they_sent() -> None:
    async def main(loop: FakeLoop) -> None:
        client = Client(loop, make(loop, Limits(per_credential=50, per_address=5000, burst=50)))
        for number in range(300):
            await client.call(f"account-{number}")
        await asyncio.sleep(60.0)
        await asyncio.gather(*(client.call("busy") for _ in range(40)))
        for number in range(300):
            await client.call(f"other-{number}", rtt=0.0001)
        kept = {one.name: one.busy for one in client.limiter.snapshot().credentials}
        assert kept["busy"] == 40
        assert len(kept) < 400

    run(main)
