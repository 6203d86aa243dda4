"""One credential or address: full rate, never more in a second, no clump above the burst."""

from __future__ import annotations

import asyncio

import pytest

from navixy_async.settings import Limits

from .fakeloop import FakeLoop, run
from .test_limiter import Client, make
from .world import widest


def test_a_thousand_calls_leave_at_the_full_rate_and_never_51_in_a_second() -> None:
    async def main(loop: FakeLoop) -> Client:
        client = Client(loop, make(loop))
        await asyncio.gather(*(client.call() for _ in range(1000)))
        assert client.limiter.snapshot().waiting == 0
        assert client.limiter.snapshot().granted == 1000
        return client

    client = run(main)
    assert widest(client.left) <= 50
    assert len(client.left) / (client.left[-1] - client.left[0]) >= 49.0


@pytest.mark.parametrize("burst", [1, 3, 5])
def test_no_clump_is_above_the_burst(burst: int) -> None:
    async def main(loop: FakeLoop) -> None:
        client = Client(loop, make(loop, Limits(burst=burst)))
        await asyncio.gather(*(client.call() for _ in range(400)))
        await asyncio.sleep(5.0)
        await asyncio.gather(*(client.call() for _ in range(100)))
        for first in range(len(client.left) - burst):
            assert client.left[first + burst] - client.left[first] > 0.001

    run(main)
