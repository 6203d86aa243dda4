"""The platform counts what it accepts: per credential and per address, at the moment at which it has a request."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import Random

import aiohttp
import pytest

from navixy_async.testing import UNLIMITED, Latency, Limit, Rules, World
from navixy_async.testing.limits import Kind

from .conftest import Raw, serving

FIVE = Limit(rate=5, period=600.0)


async def volley(raw: Raw, count: int) -> list[tuple[int, int | None]]:
    answers = await asyncio.gather(*(raw("tracker/group/list") for _ in range(count)))
    return [answer.error for answer in answers]


async def test_the_documented_platform_allows_fifty(world: World) -> None:
    rules = Rules()
    assert (rules.per_credential.rate, rules.per_credential.period, rules.per_credential.kind) == (50, 1.0, "sliding")
    assert rules.per_address == rules.per_credential


async def test_more_than_the_limit_is_429_with_15_and_nothing_else(world: World) -> None:
    async with serving(world, Rules(per_credential=FIVE, per_address=UNLIMITED)) as raw:
        assert sorted(await volley(raw, 8)) == [(200, None)] * 5 + [(429, 15)] * 3
        answer = await raw("tracker/group/list")
        assert answer.json == {
            "success": False,
            "status": {"code": 15, "description": "Too many requests (rate limit exceeded)"},
        }
        assert "Retry-After" not in answer.headers
        stats = raw.platform.stats
        assert (stats.accepted, stats.refused) == (5, 4)
        assert stats.busiest["key:40001"] == 5
        assert stats.refused_by == {"key:40001": 4}
        assert stats.executed["tracker/group/list"] == 5


async def test_credentials_are_counted_apart(world: World) -> None:
    async with serving(world, Rules(per_credential=FIVE, per_address=UNLIMITED)) as raw:
        session = raw.acting_as(raw.account, raw.platform.open_session(world.accounts[0]))
        other = raw.acting_as(world.accounts[1])
        assert sorted(await volley(raw, 6))[-1] == (429, 15)
        assert await volley(session, 5) == [(200, None)] * 5
        assert await volley(other, 5) == [(200, None)] * 5


async def test_addresses_are_counted_apart_and_over_all_credentials(world: World) -> None:
    async with serving(world, Rules(per_credential=UNLIMITED, per_address=FIVE)) as raw:
        other = raw.acting_as(world.accounts[1])
        assert await volley(raw, 3) == [(200, None)] * 3
        assert sorted(await volley(other, 3)) == [(200, None)] * 2 + [(429, 15)]
        assert (await raw.acting_as(None)("user/auth", {"login": "a", "password": "b"})).error == (429, 15)
        connector = aiohttp.TCPConnector(local_addr=("127.0.0.2", 0))
        async with aiohttp.ClientSession(connector=connector) as elsewhere:
            moved = Raw(raw.platform, elsewhere, raw.account)
            assert await volley(moved, 5) == [(200, None)] * 5
            assert await volley(moved, 1) == [(429, 15)]
        assert raw.platform.stats.by_address == {"127.0.0.1": 7, "127.0.0.2": 6}


async def test_refused_requests_count_only_if_the_rules_say_so(world: World) -> None:
    for count_refused, busiest in ((False, 5), (True, 5)):
        rules = Rules(per_credential=FIVE, per_address=Limit(rate=7, period=600.0), count_refused=count_refused)
        async with serving(world, rules) as raw:
            await volley(raw, 7)
            other = raw.acting_as(world.accounts[1])
            accepted = [error for error in await volley(other, 4) if error == (200, None)]
            assert len(accepted) == (0 if count_refused else 2)
            assert raw.platform.stats.busiest["key:40001"] == busiest


@pytest.mark.parametrize(
    ("kind", "burst", "accepted"),
    [("sliding", None, 5), ("fixed", None, 5), ("two_window", None, 5), ("token_bucket", 3, 3), ("leaky_bucket", 3, 4)],
)
async def test_every_kind_of_counter_can_stand_at_the_door(
    world: World, kind: Kind, burst: int | None, accepted: int
) -> None:
    limit = Limit(rate=5, period=86_400.0, kind=kind, burst=burst)
    async with serving(world, Rules(per_credential=limit, per_address=UNLIMITED)) as raw:
        errors = await volley(raw, 8)
        assert errors.count((200, None)) == accepted
        assert errors.count((429, 15)) == 8 - accepted


async def test_a_retry_after_can_be_seconds_or_a_date(world: World) -> None:
    for style in ("seconds", "date"):
        rules = Rules(per_credential=FIVE, per_address=UNLIMITED, retry_after=style)
        async with serving(world, rules) as raw:
            await volley(raw, 5)
            said = (await raw("tracker/group/list")).headers["Retry-After"]
            if style == "seconds":
                assert 590 <= int(said) <= 600
            else:
                ahead = (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds()
                assert 580 < ahead < 602


async def test_unlimited_platforms_refuse_nothing(world: World) -> None:
    async with serving(world, Rules(per_credential=UNLIMITED, per_address=UNLIMITED)) as raw:
        assert set(await volley(raw, 120)) == {(200, None)}


@pytest.mark.parametrize("kind", ["uniform", "lognormal", "outliers"])
def test_latency_is_split_between_the_ways(kind: str) -> None:
    latency = Latency(base=0.08, jitter=0.06, kind=kind, up=0.25, outliers=0.5)  # type: ignore[arg-type]
    random = Random(3)
    drawn = [latency.draw(random) for _ in range(2000)]
    assert all(before >= 0.02 - 1e-12 and after >= 0.06 - 1e-12 for before, after in drawn)
    jitter = [before + after - 0.08 for before, after in drawn]
    if kind == "uniform":
        assert max(jitter) <= 0.06 + 1e-12
        assert sum(jitter) / len(jitter) == pytest.approx(0.03, abs=0.002)
    elif kind == "lognormal":
        assert sorted(jitter)[1000] == pytest.approx(0.06, rel=0.1)
    else:
        assert sorted({round(one, 9) for one in jitter}) == [0.0, 0.06]
    upward = Latency(jitter=1.0, jitter_up=1.0)
    assert all(after == 0 for _, after in (upward.draw(random) for _ in range(10)))
    assert Latency().draw(random) == (0.0, 0.0)


async def test_a_request_is_counted_after_its_way_up_and_before_its_way_down(world: World) -> None:
    rules = Rules(latency=Latency(base=0.12, up=0.5), service=0.02)
    async with serving(world, rules) as raw:
        loop = asyncio.get_running_loop()
        begin = loop.time()
        await raw("tracker/group/list")
        end = loop.time()
        (entry,) = raw.platform.log
        assert entry.time - begin >= 0.059
        assert end - entry.time >= 0.079
