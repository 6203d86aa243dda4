"""Reports, imports, uploads: what takes several requests on the platform."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest

from navixy_async.testing import Rules, World
from navixy_async.testing.multipart import read_form
from navixy_async.testing.wire import WireError

from .conftest import Answer, Raw, between, serving

SHEET = 'first_name;last_name\nAda;Ng\nBo\n"C; D";Émile\n'.encode()
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x0d"


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


async def test_an_import(world: World) -> None:
    async with serving(world, Rules(import_polls=2)) as raw:
        parsed = await send(raw, "data/spreadsheet/parse", {"preview_count": "2", "parse_header": "true"}, SHEET)
        assert parsed.json["header"] == ["first_name", "last_name"]
        assert len(parsed.json["preview"]) == 2
        before = (await raw("employee/list")).json["count"]
        start = {"filename": parsed.json["file_id"], "headers": ["first_name", "last_name"]}
        one = {"process_id": (await raw("employee/import/start", start)).json["id"]}
        assert (await raw("employee/import/start", start)).error == (409, 247)
        listed = (await raw("employee/import/list")).json["list"]
        assert [(entry["id"], entry["status"]) for entry in listed] == [(one["process_id"], "created")]
        assert (await raw("employee/import/download_failed", one)).error == (404, 204)
        states = [(await raw("employee/import/read", one)).json["value"] for _ in range(2)]
        assert [state["status"] for state in states] == ["in_progress", "done"]
        assert states[-1]["progress"]["imported"] == 2
        assert states[-1]["progress"]["failed"] == 1
        common = await raw("data/import/read", {**one, "type": "employee"})
        assert common.json["value"]["progress"] == states[-1]["progress"]
        failed = await raw("employee/import/download_failed", one)
        assert failed.body.decode().splitlines() == ["first_name;last_name", "Bo"]
        assert (await raw("vehicle/import/read", one)).error == (400, 201)
        after = (await raw("employee/list", {"filter": "Émile"})).json
        assert [entry["first_name"] for entry in after["list"]] == ["C; D"]
        assert (await raw("employee/list")).json["count"] == before + 2


async def test_uploads_need_their_file(raw: Raw, world: World) -> None:
    path, fields = "tracker/avatar/upload", {"tracker_id": str(world.accounts[0].trackers[0].id)}
    assert (await send(raw, path, fields, PICTURE, "image/png")).json["value"] == "a.csv"
    assert (await send(raw, path, fields, None)).error == (400, 233)
    assert (await send(raw, path, fields, PICTURE, "text/plain")).error == (400, 234)
    assert (await send(raw, path, fields, bytes(16_777_217), "image/png")).error == (413, 271)
    assert (await send(raw, path, {}, PICTURE, "image/png")).error == (400, 7)
    assert (await send(raw, path, {"tracker_id": "1"}, PICTURE, "image/png")).error == (400, 201)
    there = await send(raw, path, {**fields, "redirect_target": "https://example.com/x"}, PICTURE, "image/png")
    assert there.status == 302
    assert there.headers["Location"].startswith("https://example.com/x?response=%7B%22success%22%3Atrue")
    layer = (await send(raw, "map_layer/upload", {"label": "Roads"}, b"<kml/>")).json["id"]
    assert {one["id"]: one["label"] for one in (await raw("map_layer/list")).json["list"]}[layer] == "Roads"


async def test_announced_files(raw: Raw) -> None:
    value = (await raw("vehicle/service_task/file/create", {"filename": "a.png", "size": 10, "type": "image"})).json
    place = value["value"]

    async def upload(fields: dict[str, str], content: bytes = PICTURE, *, file_first: bool = False) -> int:
        form = aiohttp.FormData(default_to_multipart=True)
        steps: list[Callable[[], Any]] = [
            lambda: form.add_fields(*fields.items()),
            lambda: form.add_field(place["file_field_name"], content, filename="a.png", content_type="image/png"),
        ]
        for step in reversed(steps) if file_first else steps:
            step()
        async with raw.http.post(place["url"], data=form) as response:
            return response.status

    fields = place["fields"]
    assert await upload({}) == 403
    assert await upload({**fields, "token": "x"}) == 403
    assert await upload(fields, file_first=True) == 403, "the file comes last"
    assert await upload(fields, b"too short") == 400
    assert await upload(fields) == 204
    assert raw.platform.state.slots.held[place["file_id"]].content == PICTURE
    assert await upload(fields) == 403, "once"
    place["url"] += "9"
    assert await upload(fields) == 404
    large = {"filename": "a.png", "size": 16_777_217, "type": "image"}
    assert (await raw("vehicle/service_task/file/create", large)).error == (413, 271)


def test_forms_are_read_up_to_the_file() -> None:
    body = (
        b'--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
        b'--B\r\nContent-Disposition: form-data; name="file"; filename="x.bin"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n\x00\r\n\xff\r\n"
        b'--B\r\nContent-Disposition: form-data; name="late"\r\n\r\n2\r\n--B--\r\n'
    )
    form = read_form("multipart/form-data; boundary=B", body)
    assert form.fields == {"a": "1"}
    assert form.files["file"].content == b"\x00\r\n\xff"
    assert form.ignored == ("late",)
    for wrong in (b"", b"nothing", b"--B\r\n"):
        with pytest.raises(WireError):
            read_form("multipart/form-data; boundary=B", wrong)
    with pytest.raises(WireError):
        read_form("multipart/form-data", body)
