"""Reports: made, fetched, deleted, and limited while they are under way."""

from __future__ import annotations

import io
from typing import Any

import aiohttp

from navixy_async.testing import Rules, World

from .conftest import Answer, Raw, between, serving


def report(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "title": "Trips",
        "trackers": [world.accounts[0].trackers[0].id],
        **between(world.start, world.end),
        "time_filter": {"from": "00:00:00", "to": "23:59:59", "weekdays": [1, 2, 3, 4, 5, 6, 7]},
        "plugin": {"plugin_id": 4, "show_seconds": False},
        **changes,
    }


async def send(raw: Raw, path: str, fields: dict[str, str], content: bytes | None, kind: str = "text/csv") -> Answer:
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in fields.items():
        form.add_field(name, value)
    if content is not None:
        form.add_field("file", io.BytesIO(content), filename="a.csv", content_type=kind)
    return await raw.send("POST", path, data=form, headers={"Authorization": f"NVX {raw.hash}"})


async def test_a_report_is_made_fetched_and_deleted(world: World) -> None:
    async with serving(world, Rules(report_polls=3)) as raw:
        one = {"report_id": (await raw("report/tracker/generate", report(world))).json["id"]}
        assert (await raw("report/tracker/retrieve", one)).error == (404, 229)
        assert (await raw("report/tracker/download", {**one, "format": "pdf"})).error == (404, 229)
        seen = [(await raw("report/tracker/status", one)).json["percent_ready"] for _ in range(4)]
        assert seen == [33, 66, 100, 100]
        body = (await raw("report/tracker/retrieve", one)).json["report"]
        assert (body["id"], body["title"]) == (one["report_id"], "Trips")
        assert body["sheets"][0]["entity_ids"] == [world.accounts[0].trackers[0].id]
        file = await raw("report/tracker/download", {**one, "format": "xlsx"})
        assert file.body.startswith(b"PK")
        assert f"report_{one['report_id']}.xlsx" in file.headers["Content-Disposition"]
        listed = (await raw("report/tracker/list")).json["list"]
        assert [(entry["id"], entry["percent"]) for entry in listed] == [(one["report_id"], 100)]
        other = raw.acting_as(world.accounts[1])
        assert (await other("report/tracker/status", one)).error == (404, 204)
        assert (await raw("report/tracker/delete", one)).status == 200
        assert (await raw("report/tracker/status", one)).error == (404, 204)


async def test_reports_under_way_are_limited(world: World) -> None:
    async with serving(world, Rules(report_polls=1, parallel_reports=2)) as raw:
        ids = [(await raw("report/tracker/generate", report(world))).json["id"] for _ in range(2)]
        assert (await raw("report/tracker/generate", report(world))).error == (429, 15)
        assert (await raw("report/tracker/status", {"report_id": ids[0]})).json["percent_ready"] == 100
        third = await raw("report/tracker/generate", report(world))
        assert third.status == 200
        assert (await raw("report/tracker/generate", report(world))).error == (429, 15)
        assert (await raw("report/tracker/delete", {"report_id": ids[1]})).status == 200
        assert (await raw("report/tracker/generate", report(world))).status == 200
        other = raw.acting_as(world.accounts[1])
        foreign = report(world, trackers=[world.accounts[1].trackers[0].id])
        assert (await other("report/tracker/generate", foreign)).status == 200


async def test_wrong_reports_are_refused(raw: Raw, world: World) -> None:
    wrong: list[tuple[dict[str, Any], int]] = [
        ({"plugin": {}}, 222),
        ({"trackers": [1]}, 217),
        ({"employees": [1]}, 7),
        ({"trackers": None}, 7),
        ({"from": "2020-01-01T00:00:00Z"}, 211),
        ({"geocoder": "none"}, 7),
    ]
    for changes, code in wrong:
        assert (await raw("report/tracker/generate", report(world, **changes))).json["status"]["code"] == code
