"""Reports and imports as one call: waited for, cleaned up after, one at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from navixy_async import ApiKey, Navixy, Retries
from navixy_async.account import Account
from navixy_async.api.models.report_plugins import TripsPlugin
from navixy_async.errors import DeadlineExceeded, InvalidInput, SpanTooBig
from navixy_async.work import patience

START, END = datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 3, 8, tzinfo=UTC)
PLUGIN = TripsPlugin(show_seconds=False)


class Platform:
    """Makes reports and imports, step by step."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.steps = [0, 40, 100]
        self.percent: dict[int, list[int]] = {}
        self.deleted: list[int] = []
        self.making = self.peak = self.busy = self.made = 0
        self.asked = asyncio.Event()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix("/v2/")
        if request.content_type == "multipart/form-data":
            await request.read()
            params: dict[str, Any] = {}
        else:
            params = await request.json()
        self.calls.append((path, params))
        return await getattr(self, path.replace("/", "_"))(params)

    async def report_tracker_generate(self, _params: dict[str, Any]) -> web.Response:
        if self.busy:
            self.busy -= 1
            status = {"code": 15, "description": "Too many requests"}
            return web.json_response({"success": False, "status": status}, status=429)
        self.made += 1
        self.making += 1
        self.peak = max(self.peak, self.making)
        self.percent[self.made] = list(self.steps)
        return web.json_response({"success": True, "id": self.made})

    async def report_tracker_status(self, params: dict[str, Any]) -> web.Response:
        steps = self.percent[params["report_id"]]
        percent = steps.pop(0) if len(steps) > 1 else steps[0]
        if percent == 100:
            self.making -= 1
        self.asked.set()
        return web.json_response({"success": True, "percent_ready": percent})

    async def report_tracker_retrieve(self, params: dict[str, Any]) -> web.Response:
        return web.json_response(
            {"success": True, "report": {"id": params["report_id"], "title": "Trips", "sheets": []}}
        )

    async def report_tracker_download(self, _params: dict[str, Any]) -> web.Response:
        return web.Response(body=b"PK", headers={"Content-Disposition": 'attachment; filename="trips.xlsx"'})

    async def report_tracker_delete(self, params: dict[str, Any]) -> web.Response:
        self.deleted.append(params["report_id"])
        return web.json_response({"success": True})

    async def data_spreadsheet_parse(self, _params: dict[str, Any]) -> web.Response:
        return web.json_response({"success": True, "file_id": "568539", "header": [], "preview": []})

    async def employee_import_start(self, _params: dict[str, Any]) -> web.Response:
        self.percent[1] = [0, 50, 100]
        return web.json_response({"success": True, "id": 1})

    async def employee_import_read(self, _params: dict[str, Any]) -> web.Response:
        percent = self.percent[1].pop(0)
        progress = {"percent": percent, "imported": percent, "failed": 2 if percent == 100 else 0}
        status = "done" if percent == 100 else "in_progress"
        return web.json_response({"success": True, "value": {"id": 1, "status": status, "progress": progress}})

    async def employee_import_download_failed(self, _params: dict[str, Any]) -> web.Response:
        return web.Response(body=b"bad rows", content_type="text/csv")

    def paths(self) -> list[str]:
        return [path for path, _ in self.calls]


Serve = Callable[[Platform], Awaitable[Account]]


@pytest.fixture
async def serve(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Serve]:
    monkeypatch.setattr(patience, "FIRST", 0.005)
    monkeypatch.setattr(patience, "LONGEST", 0.02)
    opened: list[Any] = []

    async def start(platform: Platform) -> Account:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", platform.handle)
        server = TestServer(app, host="127.0.0.1")
        await server.start_server()
        navixy = Navixy(str(server.make_url("/v2")), retries=Retries(base=0.001))
        await navixy.__aenter__()
        opened.extend((server.close, navixy.aclose))
        return navixy.account(ApiKey("0123456789abcdef" * 2))

    yield start
    for close in reversed(opened):
        await close()


async def test_a_report_is_made_read_and_deleted(serve: Serve) -> None:
    platform, seen = Platform(), []  # type: tuple[Platform, list[int]]
    fleet = await serve(platform)
    report = await fleet.reports.read(PLUGIN, START, END, trackers=[1, 2], progress=seen.append)
    assert report.title == "Trips"
    assert seen == [0, 40, 100]
    assert platform.deleted == [1]
    _, params = platform.calls[0]
    assert params["plugin"] == {"plugin_id": 4, "show_seconds": False}
    assert params["trackers"] == [1, 2]
    assert "employees" not in params
    assert params["time_filter"]["weekdays"] == [1, 2, 3, 4, 5, 6, 7]


async def test_files_in_memory_and_on_the_disk(serve: Serve, tmp_path: Path) -> None:
    platform = Platform()
    fleet = await serve(platform)
    file = await fleet.reports.download({"plugin_id": 4}, START, END, employees=[3], format="xlsx")
    assert (file, file.name) == (b"PK", "trips.xlsx")
    saved = await fleet.reports.save(tmp_path / "x.xlsx", PLUGIN, START, END, trackers=(one for one in (1, 2)))
    assert saved.size == 2
    assert platform.deleted == [1, 2]


async def test_one_at_a_time_for_a_credential(serve: Serve) -> None:
    platform = Platform()
    fleet = await serve(platform)
    async with asyncio.TaskGroup() as tasks:
        for _ in range(4):
            tasks.create_task(fleet.reports.read(PLUGIN, START, END, trackers=[1]))
    assert (platform.peak, sorted(platform.deleted)) == (1, [1, 2, 3, 4])


async def test_reports_of_others_are_waited_for(serve: Serve) -> None:
    platform = Platform()
    platform.busy = 3
    fleet = await serve(platform)
    await fleet.reports.read(PLUGIN, START, END, trackers=[1])
    assert platform.paths().count("report/tracker/generate") == 4


async def test_a_cancelled_report_is_deleted(serve: Serve) -> None:
    platform = Platform()
    platform.steps = [0]
    fleet = await serve(platform)
    task = asyncio.ensure_future(fleet.reports.read(PLUGIN, START, END, trackers=[1]))
    await platform.asked.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert platform.deleted == [1]
    platform.steps = [100]
    await fleet.reports.read(PLUGIN, START, END, trackers=[1])
    assert platform.deleted == [1, 2]


async def test_a_report_that_never_ends_is_given_up_and_deleted(serve: Serve) -> None:
    platform = Platform()
    platform.steps = [10]
    fleet = await serve(platform)
    with pytest.raises(DeadlineExceeded):
        await fleet.reports.read(PLUGIN, START, END, trackers=[1], timeout=0.2)
    assert platform.deleted == [1]


async def test_a_refusal_is_raised_at_once(serve: Serve) -> None:
    platform = Platform()

    async def refuse(_params: dict[str, Any]) -> web.Response:
        return web.json_response({"success": False, "status": {"code": 211, "description": "x"}}, status=400)

    platform.report_tracker_generate = refuse  # type: ignore[method-assign]
    fleet = await serve(platform)
    with pytest.raises(SpanTooBig):
        await fleet.reports.read(PLUGIN, START, END, trackers=[1])
    with pytest.raises(InvalidInput, match="exactly one of trackers, employees"):
        await fleet.reports.read(PLUGIN, START, END)
    assert platform.deleted == []


async def test_a_report_that_cannot_be_deleted_is_still_given(serve: Serve) -> None:
    platform = Platform()

    async def refuse(_params: dict[str, Any]) -> web.Response:
        return web.json_response({"success": False, "status": {"code": 204, "description": "x"}}, status=400)

    platform.report_tracker_delete = refuse  # type: ignore[method-assign]
    fleet = await serve(platform)
    assert (await fleet.reports.read(PLUGIN, START, END, trackers=[1])).title == "Trips"


async def test_an_import_is_run_to_its_end(serve: Serve) -> None:
    platform = Platform()
    fleet = await serve(platform)
    seen: list[str | None] = []
    done = await fleet.imports.employees(
        b"a;b", ["first_name", "last_name"], progress=lambda now: seen.append(now.status)
    )
    assert seen == ["in_progress", "in_progress", "done"]
    assert (done.failed_rows, done.complete) == (b"bad rows", False)
    assert dict(platform.calls)["employee/import/start"] == {
        "filename": "568539",
        "headers": ["first_name", "last_name"],
    }
    with pytest.raises(InvalidInput, match="headers is empty"):
        await fleet.imports.vehicles(b"a;b", [])
