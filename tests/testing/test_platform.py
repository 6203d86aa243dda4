"""How a request may be written, and what is refused at the door."""

from __future__ import annotations

import gzip

import pytest

from navixy_async.testing import Rules, World

from .conftest import Raw, serving


async def login(raw: Raw) -> str:
    assert raw.account is not None
    answer = await raw.acting_as(None)("user/auth", {"login": raw.account.login, "password": raw.account.password})
    assert answer.status == 200
    return str(answer.json["hash"])


async def test_unknown_resources_are_111_and_unknown_verbs_112(raw: Raw) -> None:
    assert (await raw("nobody/list")).error == (400, 111)
    assert (await raw("tracker/fly")).error == (400, 112)
    assert (await raw("tracker")).error == (400, 111)


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
    caller = raw.acting_as(None) if path == "dealer/get_ui_config" else raw
    answer = await caller(path, params)
    assert answer.error == (400, 7)
    assert answer.json["errors"]


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


async def test_the_platform_publishes_its_limits_without_a_session(world: World) -> None:
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


async def test_no_secret_enters_the_log(raw: Raw) -> None:
    assert raw.account is not None
    await login(raw)
    await raw.acting_as(None).send("GET", f"tracker/list?hash={raw.hash}")
    shown = f"{list(raw.platform.log)} {raw.platform.stats.snapshot()}"
    assert raw.account.api_key not in shown
    assert raw.account.password not in shown
