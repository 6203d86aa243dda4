"""Who comes in, how a request may be written, and what is refused at the door."""

from __future__ import annotations

import gzip
from datetime import timedelta
from urllib.parse import quote

import pytest

from navixy_async.testing import Rules, World, WorldSpec

from .conftest import Raw, between, serving

TWO_FACTORS = WorldSpec(accounts=1, trackers=1, days=1, points_per_day=20, second_factor=(0,))


async def login(raw: Raw) -> str:
    assert raw.account is not None
    answer = await raw.acting_as(None)("user/auth", {"login": raw.account.login, "password": raw.account.password})
    assert answer.status == 200
    return str(answer.json["hash"])


# ---- credentials ----------------------------------------------------------------------------------------------------


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


# ---- shapes ---------------------------------------------------------------------------------------------------------


async def test_unknown_nouns_are_111_and_unknown_verbs_112(raw: Raw) -> None:
    assert (await raw("nobody/list")).error == (400, 111)
    assert (await raw("tracker/fly")).error == (400, 112)
    assert (await raw("tracker")).error == (400, 111)


async def test_bodies_that_are_not_understood_are_5(raw: Raw) -> None:
    for data, kind in ((b"{", "application/json"), (b"[1]", "application/json"), (b"<a/>", "text/xml")):
        answer = await raw("tracker/list", json=None, data=data, headers={"Content-Type": kind})
        assert answer.error == (400, 5)
    assert (await raw.send("PUT", "tracker/list")).error == (400, 5)


async def test_every_wrong_parameter_is_named(raw: Raw) -> None:
    answer = await raw("track/read", {"tracker_id": "7", "from": "yesterday", "simplify": 1, "point_limit": 1})
    assert answer.error == (400, 7)
    assert {fault["parameter"] for fault in answer.json["errors"]} == {
        "tracker_id", "from", "to", "simplify", "point_limit",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("tracker/list", {"labels": []}),
        ("tracker/list", {"labels": ["a", "a"]}),
        ("tracker/list", {"labels": ["x" * 61]}),
        ("tracker/read", {"tracker_id": True}),
        ("tracker/read", {"tracker_id": 1.0}),
        ("tracker/read", {"tracker_id": None}),
        ("tracker/get_states", {"trackers": list(range(2001))}),
        ("tracker/get_states", {"trackers": [1], "list_blocked": "yes"}),
        ("tracker/group/create", {"title": "", "color": "FF6DDC"}),
        ("tracker/group/create", {"title": "x", "color": "red"}),
        ("user/auth", {"login": "x", "password": ""}),
        ("user/auth", {"login": "x", "password": "y" * 41}),
        ("history/type/list", {"locale": 5}),
        ("history/unread/count", {"type": "carrier pigeon"}),
        ("timezone/list", {}),
        ("dealer/get_ui_config", {}),
    ],
)
async def test_bounds_are_enforced(raw: Raw, path: str, params: dict[str, object]) -> None:
    asker = raw.acting_as(None) if path == "dealer/get_ui_config" else raw
    answer = await asker(path, params)
    assert answer.error == (400, 7)
    assert answer.json["errors"]


async def test_forms_and_queries_carry_lists_and_flags_as_text(raw: Raw) -> None:
    assert raw.account is not None
    mine = [tracker.id for tracker in raw.account.trackers if not tracker.blocked][:2]
    form = await raw.acting_as(None).send(
        "POST", "tracker/get_states", data={"hash": raw.hash, "trackers": str(mine), "list_blocked": "true"}
    )
    assert sorted(form.json["states"]) == sorted(map(str, mine))
    query = await raw.acting_as(None).send(
        "GET", f"tracker/read?hash={raw.hash}&tracker_id={mine[0]}&iso_datetime=true"
    )
    assert query.json["value"]["id"] == mine[0]
    label = quote('["Van"]')
    assert (await raw.acting_as(None).send("GET", f"tracker/list?hash={raw.hash}&labels={label}")).status == 200


async def test_iso_mode_by_header_or_parameter_wants_iso_input(raw: Raw) -> None:
    assert raw.account is not None
    tracker_id = raw.account.trackers[0].id
    naive = {"tracker_id": tracker_id, "from": "2026-03-23 00:00:00", "to": "2026-03-24 00:00:00"}
    assert (await raw("track/read", naive)).error == (400, 7)
    assert (await raw("track/read", {**naive, "iso_datetime": True}, iso=False)).error == (400, 7)
    assert (await raw("track/read", naive, iso=False)).status == 200
    iso = {"tracker_id": tracker_id, "from": "2026-03-23T00:00:00+0100", "to": "2026-03-24T00:00:00+01:00"}
    assert (await raw("track/read", iso, iso=False)).error == (400, 7)
    assert (await raw("track/read", {**iso, "iso_datetime": True}, iso=False)).status == 200


async def test_an_old_platform_knows_no_iso_mode(world: World) -> None:
    async with serving(world, Rules(iso_datetime=False)) as raw:
        answer = await raw("user/get_info")
        assert len(answer.json["user_info"]["creation_date"]) == 19
        config = (await raw("dealer/get_ui_config", {"domain": "x"})).json
        assert config["platform"]["iso_datetime_support"] is False


async def test_nulls_are_omitted(raw: Raw) -> None:
    for path in ("tracker/list", "user/get_info", "user/settings/read", "tracker/group/list"):
        assert b"null" not in (await raw(path)).body


async def test_answers_are_compressed_for_those_who_accept_it(raw: Raw) -> None:
    plain = await raw("tracker/list", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    packed = await raw("tracker/list", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.json == plain.json
    assert len(gzip.compress(plain.body)) < len(plain.body)


async def test_another_prefix_serves_nothing_else(world: World) -> None:
    async with serving(world, Rules(prefix="/api-v2")) as raw:
        assert raw.platform.base_url.endswith("/api-v2")
        assert (await raw("tracker/list")).status == 200
        async with raw.http.post(f"{raw.platform.origin}/v2/tracker/list") as response:
            assert response.status == 404


async def test_a_platform_may_live_without_a_prefix(world: World) -> None:
    async with serving(world, Rules(prefix="")) as raw:
        assert raw.platform.base_url == raw.platform.origin
        assert (await raw("tracker/list")).status == 200


async def test_the_platform_tells_its_limits_without_a_session(world: World) -> None:
    async with serving(world, Rules(history_limit=10, report_span=30)) as raw:
        limits = (await raw.acting_as(None)("dealer/get_ui_config", {"domain": "x"})).json["platform"]
        assert limits["history.max_limit"] == 10
        assert limits["report.max_time_span"] == "P30D"
        assert limits["stats.max_allowed_trackers"] == 128
        zones = (await raw.acting_as(None)("timezone/list", {"locale": "en_US"})).json["list"]
        kathmandu = next(zone for zone in zones if zone["zone_id"] == "Asia/Kathmandu")
        assert (kathmandu["base_offset"], kathmandu["dst_offset"]) == (5.75, 0)
        berlin = next(zone for zone in zones if zone["zone_id"] == "Europe/Berlin")
        assert (berlin["base_offset"], berlin["dst_offset"]) == (1.0, 1)


async def test_trackers_of_other_accounts_are_unknown(raw: Raw, world: World) -> None:
    foreign = world.accounts[1].trackers[0].id
    span = between(world.start, world.start + timedelta(days=3))
    assert (await raw("tracker/read", {"tracker_id": foreign})).error == (400, 201)
    assert (await raw("track/read", {"tracker_id": foreign, **span})).error == (400, 201)
    assert (await raw("track/visit/list", {"tracker_id": foreign, **span})).error == (404, 204)
    assert (await raw("tracker/readings/list", {"tracker_id": foreign})).error == (404, 204)
    assert (await raw("history/tracker/list", {"trackers": [foreign], **span})).error == (400, 217)


async def test_no_secret_enters_the_log(raw: Raw) -> None:
    assert raw.account is not None
    await login(raw)
    await raw.acting_as(None).send("GET", f"tracker/list?hash={raw.hash}")
    shown = f"{list(raw.platform.log)} {raw.platform.stats.snapshot()}"
    assert raw.account.api_key not in shown
    assert raw.account.password not in shown
