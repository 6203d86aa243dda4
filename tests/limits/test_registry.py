"""Credentials come and go: idle ones are forgotten, but not what they sent."""

from __future__ import annotations

import asyncio

from navixy_async.settings import Limits

from .fakeloop import FakeLoop, run
from .test_limiter import Client, make


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
