"""Downloads over real connections: whole under their name, or not there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from navixy_async import ApiKey, Navixy, Retries
from navixy_async.account import Account
from navixy_async.errors import DecodeFailed, InvalidInput, NotFound, TariffRestricted
from navixy_async.files import FileBytes, SavedFile

from .test_forms import KEY, Handler, Serve


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


def inside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class TestDownloads:
    HEADERS: ClassVar[dict[str, str]] = {
        "Content-Type": "application/vnd.google-earth.kml+xml",
        "Content-Disposition": 'attachment; filename="t.kml"',
    }

    async def test_bytes_with_name_and_type(self, serve: Serve) -> None:
        async def handler(_request: web.Request) -> web.Response:
            return web.Response(body=b"<kml/>", headers=self.HEADERS)

        fleet = await serve(handler)
        found = await fleet.zone.download(format="kml")
        assert (found, found.name, found.content_type) == (b"<kml/>", "t.kml", self.HEADERS["Content-Type"])
        assert "kml/>" not in repr(found)

    @pytest.mark.parametrize("size", [0, 5, 3_000_000])
    async def test_saved_whole_under_its_name(self, serve: Serve, tmp_path: Path, size: int) -> None:
        async def handler(_request: web.Request) -> web.Response:
            return web.Response(body=b"k" * size, headers=self.HEADERS)

        fleet = await serve(handler)
        saved = await fleet.zone.download(format="kml").save(tmp_path / "zones.kml")
        assert saved == SavedFile(tmp_path / "zones.kml", "t.kml", self.HEADERS["Content-Type"], size)
        assert saved.path.read_bytes() == b"k" * size
        assert inside(tmp_path) == ["zones.kml"]

    async def test_a_cut_file_is_asked_for_again_and_never_seen(self, serve: Serve, tmp_path: Path) -> None:
        calls = 0

        async def handler(request: web.Request) -> web.StreamResponse:
            nonlocal calls
            calls += 1
            response = web.StreamResponse(headers={**self.HEADERS, "Content-Length": "10"})
            await response.prepare(request)
            await response.write(b"12345" if calls == 1 else b"0123456789")
            if calls == 1:
                assert request.transport is not None
                request.transport.abort()
            return response

        fleet = await serve(handler)
        saved = await fleet.zone.download(format="kml").save(tmp_path / "zones.kml")
        assert (calls, saved.path.read_bytes()) == (2, b"0123456789")
        assert inside(tmp_path) == ["zones.kml"]

    async def test_an_error_instead_of_a_file_is_raised_and_nothing_saved(self, serve: Serve, tmp_path: Path) -> None:
        bodies: list[dict[str, Any]] = [
            {"success": False, "status": {"code": 201, "description": "Not found"}},
            {"success": True, "list": [], "limit_exceeded": True},
            {"success": True, "value": 1},
        ]
        kinds = [NotFound, TariffRestricted, DecodeFailed]
        old = tmp_path / "old.kml"
        old.write_bytes(b"old")
        for body, kind in zip(bodies, kinds, strict=True):
            for media in ("application/json", "application/octet-stream"):

                async def handler(_request: web.Request, body: Any = body, media: str = media) -> web.Response:
                    response = web.json_response(body)
                    response.headers["Content-Type"] = media
                    return response

                fleet = await serve(handler)
                with pytest.raises(kind):
                    await fleet.zone.download()
                with pytest.raises(kind):
                    await fleet.zone.download().save(old)
        assert (inside(tmp_path), old.read_bytes()) == (["old.kml"], b"old")

    async def test_a_file_that_looks_like_json_is_a_file(self, serve: Serve, tmp_path: Path) -> None:
        async def handler(_request: web.Request) -> web.Response:
            return web.Response(body=b' {"type": "FeatureCollection"}', content_type="text/plain")

        fleet = await serve(handler)
        assert await fleet.zone.download() == b' {"type": "FeatureCollection"}'
        saved = await fleet.zone.download().save(tmp_path / "x.json")
        assert saved.path.read_bytes() == b' {"type": "FeatureCollection"}'

    async def test_a_cancelled_download_leaves_nothing(self, serve: Serve, tmp_path: Path) -> None:
        began, over = asyncio.Event(), asyncio.Event()

        async def handler(request: web.Request) -> web.StreamResponse:
            response = web.StreamResponse(headers=self.HEADERS)
            await response.prepare(request)
            await response.write(b"k" * 100_000)
            began.set()
            await over.wait()
            return response

        fleet = await serve(handler)
        task = asyncio.ensure_future(fleet.zone.download().save(tmp_path / "zones.kml"))
        await began.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        over.set()
        assert inside(tmp_path) == []

    async def test_places_that_cannot_be_written_are_refused_first(self, serve: Serve, tmp_path: Path) -> None:
        async def handler(_request: web.Request) -> web.Response:
            raise AssertionError("nothing may arrive")

        fleet = await serve(handler)
        (tmp_path / "there").write_bytes(b"")
        for path, sentence in ((tmp_path, "is a directory"), (tmp_path / "no" / "x", "does not exist")):
            with pytest.raises(InvalidInput, match=sentence):
                await fleet.zone.download().save(path)
        with pytest.raises(InvalidInput, match="exists: choose another name"):
            await fleet.zone.download().save(tmp_path / "there", overwrite=False)

    async def test_the_raw_way_works_too(self, serve: Serve) -> None:
        async def handler(_request: web.Request) -> web.Response:
            return web.Response(body=b"PK", headers={"Content-Type": "application/zip"})

        fleet = await serve(handler)
        found = await fleet.call_file("zone/download", {"format": "kmz"})
        assert isinstance(found, FileBytes)
        assert (found, found.content_type, found.name) == (b"PK", "application/zip", None)
