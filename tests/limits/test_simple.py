"""The two small admissions."""

from __future__ import annotations

import asyncio

import pytest
from aiolimiter import AsyncLimiter

from navixy_async.errors import ClientClosed, RateLimitWaitTooLong
from navixy_async.limits import FreePermit, Plugged
from navixy_async.limits.protocol import Admission, Permit

from ..support.limits.fakeloop import FakeLoop, run
from ..support.limits.world import requester


async def _go(admission: Admission, deadline: float | None = None) -> Permit:
    return await admission.acquire(requester("ann", "bulk"), deadline=deadline)


def test_a_limiter_of_another_package_paces_the_calls() -> None:
    async def main(loop: FakeLoop) -> None:
        admission = Plugged(AsyncLimiter(1, 0.1))
        start = loop.time()
        permits = [await _go(admission) for _ in range(11)]
        assert loop.time() == pytest.approx(start + 1.0, abs=0.02)
        assert permits[-1].waited == pytest.approx(0.1, abs=0.01)
        assert permits[-1].local_addr is None

    run(main)


def test_the_servers_pause_holds_everybody_and_is_never_shortened() -> None:
    async def main(loop: FakeLoop) -> None:
        admission = Plugged(AsyncLimiter(1, 0.1))
        permit = await _go(admission)
        start = loop.time()
        permit.refused(3.0)
        permit.refused(1.0)
        permit.answered()
        await _go(admission)
        assert loop.time() >= start + 3.0

    run(main)


def test_deadlines_hold_in_the_queue_and_in_a_pause() -> None:
    async def main(loop: FakeLoop) -> None:
        admission = Plugged(AsyncLimiter(1, 10.0))
        permit = await _go(admission)
        start = loop.time()
        with pytest.raises(RateLimitWaitTooLong):
            await _go(admission, start + 2.0)
        assert loop.time() == pytest.approx(start + 2.0)
        await asyncio.sleep(20.0)
        permit.refused(60.0)
        asked = loop.time()
        with pytest.raises(RateLimitWaitTooLong) as caught:
            await _go(admission, asked + 30.0)
        assert loop.time() == pytest.approx(asked)
        assert caught.value.expected_wait == pytest.approx(60.0)

    run(main)


def test_closed_means_closed() -> None:
    async def main(_loop: FakeLoop) -> None:
        admission = Plugged(AsyncLimiter(1, 10.0))
        admission.close()
        with pytest.raises(ClientClosed):
            await _go(admission)

    run(main)


def test_a_free_permit_takes_everything_and_does_nothing() -> None:
    permit: Permit = FreePermit("127.0.0.1")
    permit.sent()
    permit.answered()
    permit.refused(3.0)
    permit.unsent()
    permit.lost()
    assert (permit.waited, permit.local_addr) == (0.0, "127.0.0.1")
