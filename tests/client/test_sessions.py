"""Keys, hashes and logins against the embedded platform."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from navixy_async import errors as e
from navixy_async.client import Navixy
from navixy_async.credentials import ApiKey, Login, SessionHash
from navixy_async.observe.events import Event, SessionRenewed
from navixy_async.settings import Timeouts
from navixy_async.testing import Fault, Platform, World

KEY = "0123456789abcdef" * 2


async def test_key_hash_and_login_see_the_same_fleet(world: World, platform: Platform, navixy: Navixy) -> None:
    account = world.accounts[0]
    credentials = (
        ApiKey(account.api_key),
        SessionHash(platform.open_session(account)),
        Login(account.login, account.password),
    )
    seen = [await navixy.account(credential).call("tracker/list") for credential in credentials]
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0]["list"]) == len(account.trackers)


async def test_a_hundred_calls_of_an_ended_session_cost_one_login(world: World, platform: Platform) -> None:
    account = world.accounts[0]
    events: list[Event] = []
    async with Navixy(platform.base_url, observer=events.append) as navixy:
        fleet = navixy.account(Login(account.login, account.password))
        await fleet.call("user/get_info")
        platform.end_session(account)
        answers = await asyncio.gather(*(fleet.call("user/get_info") for _ in range(40)))
    assert len(answers) == 40
    assert platform.stats.by_path["user/auth"] == 2
    assert len([event for event in events if isinstance(event, SessionRenewed)]) == 1


async def test_closing_logs_out_of_what_we_opened_and_of_nothing_else(world: World, platform: Platform) -> None:
    account = world.accounts[0]
    given = platform.open_session(account)
    async with Navixy(platform.base_url) as navixy:
        await navixy.account(SessionHash(given)).call("user/get_info")
        await navixy.account(Login(account.login, account.password)).call("user/get_info")
    assert platform.stats.by_path["user/logout"] == 1
    async with Navixy(platform.base_url) as navixy:
        await navixy.account(SessionHash(given)).call("user/get_info")


async def test_closing_does_not_wait_for_a_platform_that_is_silent(world: World, platform: Platform) -> None:
    account = world.accounts[0]
    async with Navixy(platform.base_url, timeouts=Timeouts(close=0.05)) as navixy:
        await navixy.account(Login(account.login, account.password)).call("user/get_info")
        platform.faults.add(Fault(kind="latency", path="user/logout", seconds=30, times=None))
    assert navixy.limiter.snapshot().in_flight == 0


async def test_an_unknown_key_is_an_error_and_never_an_empty_list(navixy: Navixy) -> None:
    with pytest.raises(e.SessionEnded) as caught:
        await navixy.account(ApiKey(KEY)).call("tracker/list")
    assert KEY not in f"{caught.value} {caught.value!r}"


async def test_a_wrong_password_is_tried_once(world: World, platform: Platform, navixy: Navixy) -> None:
    fleet = navixy.account(Login(world.accounts[0].login, "not-the-password-0a1b2c3d"))
    results = await asyncio.gather(*(fleet.call("tracker/list") for _ in range(20)), return_exceptions=True)
    assert {type(result) for result in results} == {e.WrongLogin}
    assert platform.stats.by_path["user/auth"] == 1


async def test_an_api_key_is_refused_where_only_a_login_will_do(world: World, navixy: Navixy) -> None:
    with pytest.raises(e.AuthError):
        await navixy.account(ApiKey(world.accounts[0].api_key)).call("user/session/renew")


async def test_a_session_is_renewed(world: World, platform: Platform, navixy: Navixy) -> None:
    fleet = navixy.account(SessionHash(platform.open_session(world.accounts[0])))
    assert (await fleet.call("user/session/renew"))["success"]


async def test_the_second_factor_shows_the_way_on(world: World, platform: Platform, navixy: Navixy) -> None:
    account = world.accounts[1]
    fleet = navixy.account(Login(account.login, account.password))
    with pytest.raises(e.SecondFactorRequired, match=r"verify_code\(error, code\)") as caught:
        await fleet.call("tracker/list")
    assert caught.value.factor_type == "email"
    with pytest.raises(e.AuthError):
        await navixy.verify_code(caught.value, "wrong")
    session = await navixy.verify_code(caught.value, account.code)
    assert len((await navixy.account(session).call("tracker/list"))["list"]) == len(account.trackers)


async def test_the_code_is_sent_again_once_in_five_minutes(world: World, platform: Platform, navixy: Navixy) -> None:
    account = world.accounts[1]
    with pytest.raises(e.SecondFactorRequired) as caught:
        await navixy.account(Login(account.login, account.password)).call("tracker/list")
    platform.now += timedelta(minutes=6)
    await navixy.resend_code(caught.value)
    with pytest.raises(e.RateLimitWaitTooLong):
        await navixy.resend_code(caught.value)
    assert platform.stats.by_path["user/auth/code/resend"] == 1


async def test_closing_wakes_everybody_who_waits(world: World, platform: Platform) -> None:
    async with Navixy(platform.base_url) as navixy:
        fleet = navixy.account(ApiKey(world.accounts[0].api_key), lane="bulk")
        calls = [asyncio.create_task(fleet.call("user/get_info")) for _ in range(300)]
        await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
    results = await asyncio.gather(*calls, return_exceptions=True)
    kinds = {type(result) for result in results}
    assert kinds <= {dict, e.ClientClosed, e.ConnectionLost}
    assert e.ClientClosed in kinds


async def test_after_closing_nothing_can_be_called(world: World, platform: Platform) -> None:
    async with Navixy(platform.base_url) as navixy:
        fleet = navixy.account(ApiKey(world.accounts[0].api_key))
    with pytest.raises(e.ClientClosed):
        await fleet.call("tracker/list")
    await navixy.aclose()


def test_what_an_account_is_made_of_is_checked() -> None:
    navixy = Navixy("eu")
    with pytest.raises(e.InvalidInput, match=r"ApiKey\(text\)"):
        navixy.account(KEY)  # type: ignore[arg-type]
    with pytest.raises(e.InvalidInput, match="label is empty"):
        navixy.account(ApiKey(KEY), label=" ")
    with pytest.raises(e.InvalidInput, match="unknown lane 'fast'"):
        navixy.account(ApiKey(KEY), lane="fast")  # type: ignore[arg-type]
    with pytest.raises(e.InvalidInput, match="weight must be"):
        navixy.account(ApiKey(KEY), weight=0)
    with pytest.raises(e.InvalidInput, match="unknown region"):
        Navixy("moon")
    with pytest.raises(e.InvalidInput, match="local_addr"):
        Navixy("eu", local_addr=[])
    assert KEY not in f"{navixy.account(ApiKey(KEY))!r} {navixy!r}"
