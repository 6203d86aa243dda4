"""Files over real connections: multipart bodies, atomic downloads, slots on other hosts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from navixy_async import ApiKey, Navixy, Retries
from navixy_async.account import Account
from navixy_async.errors import ApiError, DecodeFailed, InvalidInput, NotFound, TariffRestricted, TransportError
from navixy_async.files import FileBytes, SavedFile, Upload, as_upload, file_name

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


def inside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


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
        with pytest.raises(InvalidInput, match="this is no slot"):
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


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (None, None),
        ("inline", None),
        ('attachment; filename="a b.xlsx"', "a b.xlsx"),
        ("attachment; filename=a.pdf; size=3", "a.pdf"),
        ("attachment; filename=\"x.txt\"; filename*=UTF-8''%C3%BCber.txt", "über.txt"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\temp\\\\a.kml"', "a.kml"),
        ('attachment; filename=".."', None),
    ],
)
def test_the_name_of_a_file_never_names_a_directory(header: str | None, name: str | None) -> None:
    assert file_name(header) == name


def test_an_upload_knows_its_name_and_never_shows_its_content(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x", encoding="utf-8")
    assert (as_upload(path).file_name, as_upload(b"x").file_name) == ("a.csv", "upload")
    assert "secret" not in repr(Upload(b"secret"))
    assert as_upload(path).repeatable
    assert not as_upload(chunks(b"")).repeatable
