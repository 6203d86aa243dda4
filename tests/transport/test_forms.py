"""Multipart bodies over real connections, and files that go to slots on other hosts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from navixy_async import ApiKey, Navixy, Retries
from navixy_async.account import Account
from navixy_async.errors import ApiError, InvalidInput, TransportError
from navixy_async.files import Upload

KEY = "0123456789abcdef" * 2

OK = {"success": True, "value": "avatar.png", "list": []}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

Serve = Callable[[Handler], Awaitable[Account]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Serve every path with one handler, and give an account of it."""
    opened: list[Any] = []

    async def start(handler: Handler) -> Account:
        app = web.Application(client_max_size=2**26)
        app.router.add_route("*", "/{path:.*}", handler)
        server = TestServer(app, host="127.0.0.1")
        await server.start_server()
        navixy = Navixy(str(server.make_url("/v2")), retries=Retries(base=0.001, attempts=3))
        await navixy.__aenter__()
        opened.extend((server.close, navixy.aclose))
        return navixy.account(ApiKey(KEY))

    yield start
    for close in reversed(opened):
        await close()


async def parts_of(request: web.Request) -> list[tuple[str | None, str | None, str | None, bytes]]:
    """Name, file name, type and content of each part, in their order."""
    found = []
    async for part in await request.multipart():
        assert not isinstance(part, type(None))
        kind = part.headers.get("Content-Type")
        found.append((part.name, part.filename, kind, bytes(await part.read())))  # type: ignore[union-attr]
    return found


async def chunks(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


class TestUploads:
    @pytest.mark.parametrize("source", ["path", "text", "bytes", "iterator", "named"])
    async def test_the_file_comes_last_and_whole(self, serve: Serve, tmp_path: Path, source: str) -> None:
        seen: list[Any] = []

        async def handler(request: web.Request) -> web.Response:
            assert request.headers["Authorization"] == f"NVX {KEY}"
            assert request.content_type == "multipart/form-data"
            seen.append((request.path, await parts_of(request), request.headers.get("Content-Length")))
            return web.json_response(OK)

        path = tmp_path / "zones.kml"
        path.write_bytes(b"<kml/>")
        given: dict[str, Any] = {
            "path": path,
            "text": str(path),
            "bytes": b"<kml/>",
            "iterator": chunks(b"<km", b"l/>"),
            "named": Upload(b"<kml/>", name="x.kml", content_type="application/vnd.google-earth.kml+xml"),
        }
        fleet = await serve(handler)
        await fleet.zone.upload(given[source], default_radius=100, dry_run=False)
        ((where, parts, length),) = seen
        assert where == "/v2/zone/upload"
        assert [part[0] for part in parts] == ["default_radius", "dry_run", "file"]
        assert [part[3] for part in parts] == [b"100", b"false", b"<kml/>"]
        names = {"path": "zones.kml", "text": "zones.kml", "named": "x.kml"}
        assert parts[-1][1] == names.get(source, "upload")
        assert (length is None) == (source == "iterator")

    async def test_an_upload_that_may_have_arrived_is_not_sent_again(self, serve: Serve) -> None:
        calls = 0

        async def handler(request: web.Request) -> web.StreamResponse:
            nonlocal calls
            calls += 1
            await request.read()
            assert request.transport is not None
            request.transport.abort()
            return web.Response()

        fleet = await serve(handler)
        with pytest.raises(TransportError):
            await fleet.tag.avatar.upload(tag_id=1, file=b"png")
        assert calls == 1

    async def test_a_refused_upload_goes_again_unless_its_iterator_has_begun(self, serve: Serve) -> None:
        bodies: list[bytes] = []

        async def handler(request: web.Request) -> web.StreamResponse:
            bodies.append((await parts_of(request))[-1][3])
            if len(bodies) % 2:
                status = {"code": 15, "description": "Too many requests"}
                return web.json_response({"success": False, "status": status}, status=429)
            return web.json_response(OK)

        fleet = await serve(handler)
        await fleet.tag.avatar.upload(tag_id=1, file=b"png")
        assert bodies == [b"png", b"png"]
        with pytest.raises(ApiError):
            await fleet.tag.avatar.upload(tag_id=1, file=chunks(b"p", b"ng"))
        assert len(bodies) == 3

    async def test_bad_files_are_refused_before_anything_is_sent(self, serve: Serve, tmp_path: Path) -> None:
        async def handler(_request: web.Request) -> web.Response:
            raise AssertionError("nothing may arrive")

        fleet = await serve(handler)
        with pytest.raises(InvalidInput, match=r"there is no file 'nothing.png' to upload"):
            await fleet.tag.avatar.upload(tag_id=1, file=tmp_path / "nothing.png")
        with pytest.raises(InvalidInput, match="not int"):
            await fleet.tag.avatar.upload(tag_id=1, file=7)  # type: ignore[arg-type]
        with pytest.raises(InvalidInput, match="uploads one file, not 0"):
            await fleet.call("tag/avatar/upload", {"tag_id": 1})

    async def test_a_failing_iterator_is_told_and_leaves_no_connection(self, serve: Serve) -> None:
        async def handler(request: web.Request) -> web.Response:
            await request.read()
            return web.json_response(OK)

        async def broken() -> AsyncIterator[bytes]:
            yield b"x"
            raise RuntimeError("the source is gone")

        fleet = await serve(handler)
        with pytest.raises(TransportError):
            await fleet.tag.avatar.upload(tag_id=1, file=broken(), timeout=5)
        await fleet.tag.avatar.upload(tag_id=1, file=b"x")


class TestSlots:
    async def test_the_storage_gets_fields_and_file_and_no_credential(self, serve: Serve) -> None:
        seen: list[Any] = []

        async def storage(request: web.Request) -> web.Response:
            assert "Authorization" not in request.headers
            seen.append([(name, content) for name, _, _, content in await parts_of(request)])
            return web.Response(status=204)

        server = TestServer(web.Application())
        server.app.router.add_post("/bucket", storage)
        await server.start_server()
        slot = {
            "file_id": 111,
            "url": str(server.make_url("/bucket")),
            "expires": "2030-01-01 00:00:00",
            "file_field_name": "content",
            "fields": {"key": "a/b", "policy": "xyz"},
        }

        async def handler(_request: web.Request) -> web.Response:
            return web.json_response({"success": True, "value": slot})

        try:
            fleet = await serve(handler)
            given = await fleet.task.form.file.create(task_id=1, field_id="f", size=3)
            assert "xyz" not in repr(given)
            await fleet.fill_slot(given, b"pic")
        finally:
            await server.close()
        assert seen == [[("key", b"a/b"), ("policy", b"xyz"), ("content", b"pic")]]

    async def test_a_refusal_of_the_storage_is_an_error(self, serve: Serve) -> None:
        async def handler(request: web.Request) -> web.Response:
            await request.read()
            return web.Response(status=403, text="<Error>expired</Error>", content_type="application/xml")

        fleet = await serve(handler)
        url = f"{fleet._pipeline._base_url.url}/bucket"
        with pytest.raises(ApiError) as refused:
            await fleet.fill_slot({"url": url, "fields": {}}, b"x")
        assert refused.value.http_status == 403

    @pytest.mark.parametrize("slot", [{}, {"url": "file:///etc"}, {"url": 7}])
    async def test_what_is_no_slot_is_refused(self, serve: Serve, slot: dict[str, Any]) -> None:
        async def handler(_request: web.Request) -> web.Response:
            raise AssertionError("nothing may arrive")

        fleet = await serve(handler)
        with pytest.raises(InvalidInput, match="this is not a slot"):
            await fleet.fill_slot(slot, b"x")


async def test_parameters_may_travel_in_the_query_beside_a_json_body(serve: Serve) -> None:
    seen: list[Any] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append((request.path, dict(request.query), await request.json()))
        return web.Response(text="Time,SPEED\n", content_type="text/csv")

    fleet = await serve(handler)
    table = await fleet.eco_fleet.trackers.resampling(
        tracker_id=5, step_size=1, resampling_props=[], interval="2024-01-01T00:00:00Z/P1D"
    )
    assert table.startswith(b"Time")
    assert seen == [
        (
            "/eco_fleet/trackers/5/resampling",
            {"interval": "2024-01-01T00:00:00Z/P1D"},
            {"step_size": 1, "resampling_props": []},
        )
    ]
