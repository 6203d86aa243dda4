"""Every bad moment the platform can have, one test each: the call succeeds, or fails with the right exception."""

from __future__ import annotations

from typing import Any

import pytest

from navixy_async import errors as e
from navixy_async.client import Navixy
from navixy_async.credentials import ApiKey, Login
from navixy_async.settings import Retries, Timeouts
from navixy_async.testing import Fault, Platform, World

SURVIVED: dict[str, dict[str, Any]] = {
    "latency": {"seconds": 0.05},
    "throttle": {},
    "throttle with seconds": {"kind": "throttle", "retry_after": "0.05"},
    "unavailable": {},
    "unavailable 14": {"kind": "unavailable", "code": 14},
    "unavailable_html": {},
    "server_error": {},
    "server_error 6": {"kind": "server_error", "code": 6},
    "reset_before": {},
    "reset_after": {},
    "cut": {},
    "cut_chunked": {},
    "not_json": {},
    "empty": {},
    "drip": {"seconds": 0.1},
    "error_in_200": {},
    "error_in_200 with 15": {"kind": "error_in_200", "code": 15},
    "stale": {},
}


@pytest.mark.parametrize("name", SURVIVED)
async def test_a_read_survives(name: str, world: World, platform: Platform, navixy: Navixy) -> None:
    fault = platform.faults.add(Fault(**{"kind": name, "path": "tracker/list", **SURVIVED[name]}))
    fleet = navixy.account(ApiKey(world.accounts[0].api_key))
    for _ in range(2):
        answer = await fleet.call("tracker/list")
        assert [tracker["id"] for tracker in answer["list"]] == [tracker.id for tracker in world.accounts[0].trackers]
    assert platform.faults.struck(fault) == 1, "the fault must really have happened"


@pytest.mark.parametrize(
    ("kind", "options", "expected"),
    [
        ("unavailable", {}, e.ServerFault),
        ("unavailable_html", {}, e.ServerFault),
        ("server_error", {}, e.ServerFault),
        ("reset_before", {}, e.ConnectionLost),
        ("reset_after", {}, e.ConnectionLost),
        ("cut", {}, e.UnreadableAnswer),
        ("cut_chunked", {}, e.UnreadableAnswer),
        ("not_json", {}, e.UnreadableAnswer),
        ("empty", {}, e.UnreadableAnswer),
        ("error_in_200", {}, e.ServerFault),
        ("error_in_200", {"code": 208}, e.TrackerBlocked),
        ("redirect", {}, e.UnexpectedRedirect),
        ("too_large", {}, e.InvalidRequest),
        ("session_ended", {}, e.SessionEnded),
        ("throttle", {}, e.RateLimited),
    ],
)
async def test_a_fault_without_end_surfaces_as_itself(
    kind: Any, options: dict[str, Any], expected: type[e.NavixyError], world: World, platform: Platform
) -> None:
    platform.faults.add(Fault(kind=kind, times=None, **options))
    settings: dict[str, Any] = {
        "retries": Retries(attempts=3, base=0.001, longest=0.01, refusals=0),
        "timeouts": Timeouts(total=20),
    }
    async with Navixy(platform.base_url, **settings) as navixy:
        with pytest.raises(expected) as caught:
            await navixy.account(ApiKey(world.accounts[0].api_key)).call("tracker/list")
    assert type(caught.value) is expected
    assert caught.value.operation == "tracker/list"  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["reset_after", "cut", "empty", "unavailable", "server_error"])
async def test_a_write_is_not_repeated(kind: Any, world: World, platform: Platform, navixy: Navixy) -> None:
    platform.faults.add(Fault(kind=kind, path="tracker/group/create", times=None))
    fleet = navixy.account(ApiKey(world.accounts[0].api_key))
    expected = e.DoneButUnreadError if kind in ("cut", "empty") else (e.ConnectionLost, e.ServerFault)
    with pytest.raises(expected):
        await fleet.call("tracker/group/create", {"title": "Once", "color": "00FF00"})
    assert platform.stats.by_path["tracker/group/create"] == 1


async def test_a_refused_write_is_queued_again(world: World, platform: Platform, navixy: Navixy) -> None:
    platform.faults.add(Fault(kind="throttle", path="tracker/group/create", times=2))
    fleet = navixy.account(ApiKey(world.accounts[0].api_key))
    await fleet.call("tracker/group/create", {"title": "Once", "color": "00FF00"})
    assert platform.stats.executed["tracker/group/create"] == 1


async def test_a_silent_platform_is_left_in_time(world: World, platform: Platform) -> None:
    platform.faults.add(Fault(kind="drip", seconds=30, times=None))
    async with Navixy(platform.base_url, timeouts=Timeouts(total=0.3, close=0.1)) as navixy:
        with pytest.raises(e.DeadlineExceeded):
            await navixy.account(ApiKey(world.accounts[0].api_key)).call("tracker/list")


async def test_a_retry_after_beyond_the_deadline_is_told_at_once(
    world: World, platform: Platform, navixy: Navixy
) -> None:
    platform.faults.add(Fault(kind="throttle", retry_after="3600"))
    fleet = navixy.account(ApiKey(world.accounts[0].api_key))
    with pytest.raises(e.RateLimitWaitTooLong) as caught:
        await fleet.call("tracker/list", timeout=5)
    assert caught.value.expected_wait > 3500
    assert caught.value.attempts == 1


async def test_an_ended_session_is_opened_again_by_its_login(world: World, platform: Platform, navixy: Navixy) -> None:
    account = world.accounts[0]
    fleet = navixy.account(Login(account.login, account.password))
    await fleet.call("user/get_info")
    fault = platform.faults.add(Fault(kind="session_ended", path="tracker/group/create"))
    await fleet.call("tracker/group/create", {"title": "After", "color": "00FF00"})
    assert platform.faults.struck(fault) == 1
    assert platform.stats.executed["tracker/group/create"] == 1
    assert platform.stats.by_path["user/auth"] == 2
