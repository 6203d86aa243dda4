"""Every bad moment really happens, to those requests that it was meant for, as often as it was told."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from navixy_async.testing import Fault, Limit, Rules, World, WorldSpec

from .conftest import Raw, between, serving

WORLD = World(WorldSpec(accounts=2, trackers=2, days=1, points_per_day=60, days_off=0))

CREATE = ("tracker/group/create", {"title": "New", "color": "000000"})


@pytest.fixture
async def raw():  # type: ignore[no-untyped-def]
    async with serving(WORLD) as caller:
        yield caller


def executed(raw: Raw) -> int:
    return raw.platform.stats.executed[CREATE[0]]


def inject(raw: Raw, kind: str, **options: object) -> Fault:
    return raw.platform.faults.add(Fault(kind=kind, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (Fault(kind="throttle"), 429, 15),
        (Fault(kind="unavailable"), 503, 8),
        (Fault(kind="unavailable", code=14), 503, 14),
        (Fault(kind="server_error"), 500, 1),
        (Fault(kind="server_error", code=6), 500, 6),
        (Fault(kind="error_in_200"), 200, 6),
        (Fault(kind="error_in_200", code=15), 200, 15),
    ],
)
async def test_error_answers_stand_before_the_action(raw: Raw, fault: Fault, status: int, code: int) -> None:
    raw.platform.faults.add(fault)
    answer = await raw(*CREATE)
    assert answer.error == (status, code)
    assert answer.json["success"] is False
    assert executed(raw) == 0
    assert raw.platform.faults.struck(fault) == 1
    assert (await raw(*CREATE)).status == 200
    assert executed(raw) == 1


async def test_a_throttle_may_say_when_to_come_back(raw: Raw) -> None:
    inject(raw, "throttle", retry_after="7")
    assert (await raw(*CREATE)).headers["Retry-After"] == "7"
    assert raw.platform.stats.refused == 0, "scripted refusals are faults, not the counters' work"
    assert raw.platform.stats.faults == {"throttle": 1}


async def test_a_proxy_answers_in_html(raw: Raw) -> None:
    inject(raw, "unavailable_html")
    inject(raw, "too_large")
    first, second = await raw(*CREATE), await raw(*CREATE)
    assert (first.status, second.status) == (503, 413)
    assert first.headers["Content-Type"].startswith("text/html")
    assert executed(raw) == 0


@pytest.mark.parametrize(("kind", "body"), [("not_json", b"<html>Welcome to the portal</html>"), ("empty", b"")])
async def test_bodies_that_are_no_json_come_with_200(raw: Raw, kind: str, body: bytes) -> None:
    inject(raw, kind)
    answer = await raw(*CREATE)
    assert (answer.status, answer.body) == (200, body)
    assert executed(raw) == 1


async def test_latency_delays_the_answer_not_the_action(raw: Raw) -> None:
    inject(raw, "latency", seconds=0.15)
    loop = asyncio.get_running_loop()
    begin = loop.time()
    assert (await raw(*CREATE)).status == 200
    (entry,) = raw.platform.log
    assert loop.time() - begin >= 0.149
    assert loop.time() - entry.time >= 0.149


async def test_an_expired_session_is_really_gone(raw: Raw) -> None:
    account = WORLD.accounts[0]
    session = raw.acting_as(account, raw.platform.open_session(account))
    inject(raw, "session_ended")
    assert [(await session("tracker/list")).error for _ in range(2)] == [(400, 4)] * 2
    inject(raw, "session_ended")
    assert [(await raw("tracker/list")).error for _ in range(2)] == [(400, 4), (200, None)], "a key only hears of it"


async def test_redirects_lead_elsewhere(raw: Raw) -> None:
    inject(raw, "redirect", location="http://127.0.0.1:9/elsewhere")
    answer = await raw(*CREATE)
    assert (answer.status, answer.headers["Location"]) == (302, "http://127.0.0.1:9/elsewhere")


async def test_faults_are_meant_for_paths_accounts_and_numbers(raw: Raw) -> None:
    inject(raw, "unavailable", path="track/*", times=2, skip=1)
    inject(raw, "server_error", account=WORLD.accounts[1].id)
    tracker = WORLD.accounts[0].trackers[0]
    span = {"tracker_id": tracker.id, **between(WORLD.start, WORLD.start + timedelta(days=1))}
    assert [(await raw("track/read", span)).status for _ in range(4)] == [200, 503, 503, 200]
    assert (await raw("tracker/list")).status == 200
    other = raw.acting_as(WORLD.accounts[1])
    assert [(await other("tracker/list")).status for _ in range(2)] == [500, 200]
    inject(raw, "unavailable", times=None)
    assert [(await raw("tracker/list")).status for _ in range(3)] == [503] * 3
    raw.platform.faults.clear()
    assert (await raw("tracker/list")).status == 200


async def test_faults_by_probability_repeat_with_the_seed() -> None:
    seen = []
    for _ in range(2):
        async with serving(WORLD, Rules(seed=5)) as raw:
            inject(raw, "unavailable", times=None, probability=0.4)
            seen.append([(await raw("tracker/group/list")).status for _ in range(30)])
    assert seen[0] == seen[1]
    assert 5 <= seen[0].count(503) <= 19


async def test_requests_over_the_limit_meet_no_fault() -> None:
    async with serving(WORLD, Rules(per_credential=Limit(rate=1, period=600.0))) as raw:
        assert (await raw("tracker/list")).status == 200
        fault = inject(raw, "unavailable")
        assert (await raw("tracker/list")).error == (429, 15)
        assert raw.platform.faults.struck(fault) == 0


def test_a_probability_is_one() -> None:
    with pytest.raises(ValueError, match="probability"):
        Fault(kind="cut", probability=0)
