"""Uploads to a slot that was announced before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import aiohttp

from navixy_async.testing import World

from .conftest import Raw
from .test_reports import send

PICTURE = b"\x89PNG\r\n\x1a\n\x00\x0d"


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
