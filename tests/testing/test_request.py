"""Bodies, forms and queries: what is understood, and in which mode times are written."""

from __future__ import annotations

from urllib.parse import quote

from navixy_async.testing import Rules, World

from .conftest import Raw, serving


async def test_bodies_that_are_not_understood_are_5(raw: Raw) -> None:
    for data, kind in ((b"{", "application/json"), (b"[1]", "application/json"), (b"<a/>", "text/xml")):
        answer = await raw("tracker/list", json=None, data=data, headers={"Content-Type": kind})
        assert answer.error == (400, 5)
    assert (await raw.send("PUT", "tracker/list")).error == (400, 5)


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
