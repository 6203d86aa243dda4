"""A header of one answer is believed within bounds, whatever it says."""

from __future__ import annotations

import asyncio
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navixy_async.errors import ClientClosed
from navixy_async.limits.grants import Grant
from navixy_async.limits.limiter import Limiter
from navixy_async.limits.scheduler import Scheduler
from navixy_async.limits.simple import Plugged
from navixy_async.settings import Limits

from ..support.limits.world import requester

HOUR = 3600.0


def go(core: Scheduler, key: str, now: float) -> Grant | None:
    waiter = core.enqueue(requester(key, "bulk"), None, now)
    core.dispatch(now)
    return waiter.grant


@given(st.floats(3601, 1e300), st.integers(1, 3))
def test_no_refusal_silences_anybody_for_more_than_an_hour(asked: float, tenants: int) -> None:
    core = Scheduler(Limits(), (None,), 0.0)
    grants = [go(core, f"key {number}", 0.001 * number) for number in range(tenants)]
    for grant in grants:
        assert grant is not None
        core.refused(grant, asked, 0.1)
    for number in range(tenants):
        assert core.registry.credential(f"key {number}", 0.2).bucket.not_before <= HOUR
    assert core.registry.addresses[0].bucket.not_before <= HOUR


def test_after_a_wait_that_is_doubted_one_call_goes_alone_until_it_is_answered() -> None:
    core = Scheduler(Limits(), (None,), 0.0)
    first = go(core, "key", 0.0)
    assert first is not None
    core.refused(first, 1_800_000_000.0, 0.1)  # the present, as a Unix time
    waiting = [core.enqueue(requester("key", "bulk"), None, 1.0) for _ in range(20)]
    core.dispatch(599.0)
    assert not any(waiter.grant for waiter in waiting)
    core.dispatch(601.0)
    (probe,) = [waiter.grant for waiter in waiting if waiter.grant]
    for now in (601.5, 603.0, 608.0):
        core.dispatch(now)
        assert sum(1 for waiter in waiting if waiter.grant) == 1, "nobody follows before there is an answer"
    core.sent(probe, 608.0)
    core.answered(probe, 608.5)
    for step in range(40):
        core.dispatch(609.0 + step / 10)
    assert all(waiter.grant for waiter in waiting)


def test_a_probe_of_which_nothing_is_heard_holds_nobody_for_long() -> None:
    core = Scheduler(Limits(), (None,), 0.0)
    first = go(core, "key", 0.0)
    assert first is not None
    core.refused(first, 1e12, 0.1)
    waiting = [core.enqueue(requester("key", "bulk"), None, 1.0) for _ in range(3)]
    for now in (601.0, 612.0, 623.0):
        core.dispatch(now)
    assert all(waiter.grant for waiter in waiting)


async def test_a_doubted_wait_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    limiter = Limiter(Limits(), host="gps.example.com")
    permits = [await limiter.acquire(requester("a", "live", key="key"), deadline=None) for _ in range(3)]
    with caplog.at_level(logging.WARNING, "navixy_async"):
        for permit in permits:
            permit.sent()
            permit.refused(1_800_000_000.0)
    limiter.close()
    assert [record.getMessage() for record in caplog.records] == [
        "gps.example.com asks to wait for 1.8e+09 s before the next request of key: 600 s are waited, then one call is "
        "tried"
    ]


async def test_a_limiter_of_ones_own_believes_no_more_and_closes_at_once() -> None:
    class Free:
        async def acquire(self, amount: float = 1) -> None:
            """Lets everybody go."""

    plugged = Plugged(Free())
    permit = await plugged.acquire(requester("a", "live", key="key"), deadline=None)
    permit.refused(1e15)
    waiting = asyncio.ensure_future(plugged.acquire(requester("a", "live", key="key"), deadline=None))
    await asyncio.sleep(0)
    assert plugged._not_before - asyncio.get_running_loop().time() <= HOUR
    plugged.close()
    with pytest.raises(ClientClosed):
        await waiting
