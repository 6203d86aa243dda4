"""The limiter and the client together: rates, addresses, lanes, cancellation."""

from __future__ import annotations

import asyncio

from navixy_async.client import Navixy
from navixy_async.credentials import ApiKey
from navixy_async.observe.events import Event, RequestFinished
from navixy_async.settings import Limits
from navixy_async.testing import Latency, Limit, Platform, Rules, World, WorldSpec

SLOW_COUNTER = Limit(rate=10)


async def test_a_strict_platform_refuses_nothing(world: World) -> None:
    rules = Rules(
        per_credential=SLOW_COUNTER,
        per_address=SLOW_COUNTER,
        latency=Latency(base=0.01, jitter=0.03),
        count_refused=True,
    )
    limits = Limits(per_credential=10, per_address=10)
    async with Platform(world, rules=rules) as platform, Navixy(platform.base_url, limits=limits) as navixy:
        fleets = [navixy.account(ApiKey(account.api_key)) for account in world.accounts]
        await asyncio.gather(*(fleets[number % 2].call("user/get_info") for number in range(40)))
        assert platform.stats.refused == 0
        assert platform.stats.requests == 40


async def test_requests_are_spread_over_the_source_addresses(world: World) -> None:
    addresses = ("127.0.0.2", "127.0.0.3", "127.0.0.4")
    rules = Rules(per_credential=Limit(rate=None), per_address=SLOW_COUNTER)
    limits = Limits(per_credential=1000, per_address=10)
    async with (
        Platform(world, rules=rules) as platform,
        Navixy(platform.base_url, limits=limits, local_addr=addresses) as navixy,
    ):
        fleet = navixy.account(ApiKey(world.accounts[0].api_key))
        await asyncio.gather(*(fleet.call("user/get_info") for _ in range(60)))
        assert platform.stats.refused == 0
        assert set(platform.stats.by_address) == set(addresses)
        assert min(platform.stats.by_address.values()) >= 15


async def test_an_urgent_call_overtakes_the_bulk(world: World) -> None:
    events: list[Event] = []
    limits = Limits(per_credential=20, per_address=20)
    async with Platform(world) as platform, Navixy(platform.base_url, limits=limits, observer=events.append) as navixy:
        fleet = navixy.account(ApiKey(world.accounts[0].api_key), lane="bulk", label="fleet")
        bulk = [asyncio.create_task(fleet.call("user/get_info")) for _ in range(60)]
        await asyncio.wait(bulk, return_when=asyncio.FIRST_COMPLETED)
        await fleet.call("tracker/list", lane="interactive")
        assert sum(task.done() for task in bulk) < 30
        await asyncio.gather(*bulk)
    urgent = [event for event in events if isinstance(event, RequestFinished) and event.lane == "interactive"]
    assert [event.operation for event in urgent] == ["tracker/list"]


async def test_cancelled_calls_cost_nothing_that_lasts(world: World) -> None:
    limits = Limits(per_credential=100, per_address=100)
    rules = Rules(latency=Latency(base=0.02))
    async with Platform(world, rules=rules) as platform, Navixy(platform.base_url, limits=limits) as navixy:
        fleet = navixy.account(ApiKey(world.accounts[0].api_key))
        calls = [asyncio.create_task(fleet.call("user/get_info")) for _ in range(200)]
        await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
        for call in calls[::2]:
            call.cancel()
        results = await asyncio.gather(*calls, return_exceptions=True)
        assert all(isinstance(result, dict | asyncio.CancelledError) for result in results)
        snapshot = navixy.limiter.snapshot()
        assert (snapshot.waiting, snapshot.in_flight) == (0, 0)
        assert (await fleet.call("user/get_info"))["success"]


async def test_the_limiter_can_be_switched_off() -> None:
    world = World(WorldSpec(accounts=1, trackers=1, days=1))
    unlimited = Rules(per_credential=Limit(rate=None), per_address=Limit(rate=None))
    async with Platform(world, rules=unlimited) as platform:
        async with Navixy(platform.base_url, limits=Limits(enabled=False)) as navixy:
            fleet = navixy.account(ApiKey(world.accounts[0].api_key))
            await asyncio.wait_for(asyncio.gather(*(fleet.call("user/get_info") for _ in range(300))), 5)
        assert platform.stats.requests == 300
