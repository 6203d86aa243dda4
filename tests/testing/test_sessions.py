"""Who comes in: logins, session hashes, API keys, second factors."""

from __future__ import annotations

from datetime import timedelta

from navixy_async.testing import Rules, World, WorldSpec

from .conftest import Raw, serving
from .test_platform import login

TWO_FACTORS = WorldSpec(accounts=1, trackers=1, days=1, points_per_day=20, second_factor=(0,))


async def test_a_login_opens_a_session(raw: Raw) -> None:
    hash_ = await login(raw)
    answer = await raw.acting_as(raw.account, hash_)("user/get_info")
    assert answer.json["success"] is True
    assert raw.account is not None
    assert answer.json["user_info"]["time_zone"] == raw.account.time_zone == "Europe/Berlin"


async def test_the_hash_may_stand_in_header_body_or_query(raw: Raw) -> None:
    nobody, key = raw.acting_as(None), raw.hash
    assert (await nobody("tracker/list", {"hash": key})).status == 200
    assert (await nobody.send("GET", f"tracker/list?hash={key}")).status == 200
    assert (await nobody.send("POST", "tracker/list", data={"hash": key})).status == 200
    assert (await nobody.send("POST", f"tracker/list/?hash={key}")).status == 200
    assert (await nobody.send("POST", "tracker/list", headers={"Authorization": f"Bearer {key}"})).error == (400, 3)


async def test_wrong_hashes_are_3_and_unknown_ones_4(raw: Raw) -> None:
    assert (await raw.acting_as(None)("tracker/list")).error == (400, 3)
    assert (await raw.acting_as(None, "short")("tracker/list")).error == (400, 3)
    unknown = await raw.acting_as(None, "0" * 32)("tracker/list")
    assert unknown.error == (400, 4)
    assert unknown.json["status"]["description"] == "User or API key not found or session ended"


async def test_wrong_passwords_are_102_and_at_last_105(raw: Raw) -> None:
    assert raw.account is not None
    wrong = {"login": raw.account.login, "password": "wrong"}
    codes = [(await raw("user/auth", wrong)).error[1] for _ in range(6)]
    assert codes == [102] * 5 + [105]
    assert (await raw("user/auth", {"login": "nobody@example.com", "password": "x"})).error == (400, 102)
    right = {"login": raw.account.login, "password": raw.account.password}
    assert (await raw("user/auth", right)).error == (400, 105)
    raw.platform.now += timedelta(minutes=10)
    assert (await raw("user/auth", right)).status == 200


async def test_a_logout_ends_the_session_and_nothing_else(raw: Raw) -> None:
    first, second = await login(raw), await login(raw)
    session = raw.acting_as(raw.account, first)
    assert (await session("user/logout")).status == 200
    assert (await session("tracker/list")).error == (400, 4)
    assert (await raw.acting_as(raw.account, second)("tracker/list")).status == 200


async def test_an_api_key_is_refused_where_a_session_is_wanted(raw: Raw) -> None:
    assert (await raw("user/logout")).error == (403, 276)
    assert (await raw("user/session/renew")).error == (403, 276)
    assert (await raw("api/key/create", {"title": "x"})).error == (400, 4)
    assert (await raw("api/key/delete", {"key": raw.hash})).error == (400, 4)


async def test_api_keys_are_made_listed_used_and_deleted(raw: Raw) -> None:
    session = raw.acting_as(raw.account, await login(raw))
    made = (await session("api/key/create", {"title": "Nightly"})).json["value"]
    assert made["title"] == "Nightly"
    assert [key["title"] for key in (await session("api/key/list")).json["list"]][-1] == "Nightly"
    newcomer = raw.acting_as(raw.account, made["hash"])
    assert (await newcomer("tracker/list")).status == 200
    assert (await session("api/key/delete", {"key": made["hash"]})).status == 200
    assert (await newcomer("tracker/list")).error == (400, 4)
    assert (await session("api/key/delete", {"key": made["hash"]})).error == (400, 201)


async def test_an_account_has_at_most_twenty_keys(raw: Raw) -> None:
    session = raw.acting_as(raw.account, await login(raw))
    made = [(await session("api/key/create", {"title": str(n)})).status for n in range(20)]
    assert made == [200] * 19 + [402]


async def test_a_session_ends_with_time_unless_it_is_renewed(world: World) -> None:
    async with serving(world, Rules(session_life=3600)) as raw:
        session = raw.acting_as(raw.account, await login(raw))
        raw.platform.now += timedelta(minutes=59)
        assert (await session("user/session/renew")).status == 200
        raw.platform.now += timedelta(minutes=59)
        assert (await session("tracker/list")).status == 200
        raw.platform.now += timedelta(minutes=1)
        assert (await session("tracker/list")).error == (400, 4)
        assert (await raw("tracker/list")).status == 200, "keys do not end"


async def test_a_session_ends_on_demand_or_after_some_calls(world: World) -> None:
    async with serving(world, Rules(session_calls=3)) as raw:
        session = raw.acting_as(raw.account, await login(raw))
        assert [(await session("tracker/list")).status for _ in range(4)] == [200, 200, 200, 400]
        assert raw.account is not None
        await login(raw)
        assert raw.platform.end_session(raw.account) == 1
        assert raw.platform.end_session(raw.account, keys=True) == 1
        assert (await raw("tracker/list")).error == (400, 4)


async def test_a_second_factor_is_asked_verified_and_resent() -> None:
    async with serving(World(TWO_FACTORS)) as raw:
        account = raw.platform.world.accounts[0]
        answer = await raw.acting_as(None)("user/auth", {"login": account.login, "password": account.password})
        assert answer.json["type"] == "second_factor_required"
        assert answer.json["factor_type"] == "email"
        half = raw.acting_as(account, answer.json["hash"])
        assert (await half("tracker/list")).error == (403, 276)
        assert (await half("user/auth/code/verify", {"code": "no"})).error == (400, 282)
        assert (await half("user/auth/code/resend")).error == (429, 15), "the first code was sent just now"
        raw.platform.now += timedelta(minutes=5)
        assert (await half("user/auth/code/resend")).status == 200
        assert (await half("user/auth/code/resend")).error == (429, 15)
        verified = await half("user/auth/code/verify", {"code": account.code})
        assert (await raw.acting_as(account, verified.json["hash"])("tracker/list")).status == 200
        assert (await half("user/auth/code/verify", {"code": account.code})).error == (400, 4)
