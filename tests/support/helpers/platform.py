"""A platform that makes reports and imports, step by step, and stops where a test wants it to."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web


def busy() -> web.Response:
    """The refusal of work of which too much is under way."""
    status = {"code": 15, "description": "Too many requests"}
    return web.json_response({"success": False, "status": status}, status=429)


class Platform:
    """Makes reports and imports, step by step."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.steps = [0, 40, 100]
        self.rows_failed, self.ends_as = 2, "done"
        self.percent: dict[int, list[int]] = {}
        self.deleted: list[int] = []
        self.finished: list[int] = []
        self.said: dict[str, Any] = {}
        self.making = self.peak = self.busy = self.made = 0
        self.asked = asyncio.Event()
        self.stop_at: str | None = None
        self.stopped, self.go_on = asyncio.Event(), asyncio.Event()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix("/v2/")
        if request.content_type == "multipart/form-data":
            await request.read()
            params: dict[str, Any] = {}
        else:
            params = await request.json()
        self.calls.append((path, params))
        if path == self.stop_at:
            self.stopped.set()
            await self.go_on.wait()
        answer: web.StreamResponse = await getattr(self, path.replace("/", "_"))(params)
        return answer

    async def report_tracker_generate(self, _params: dict[str, Any]) -> web.Response:
        if self.busy:
            self.busy -= 1
            return busy()
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
        if self.busy:
            self.busy -= 1
            return busy()
        self.making += 1
        self.peak = max(self.peak, self.making)
        self.percent[1] = list(self.steps)
        return web.json_response({"success": True, "id": 1})

    async def employee_import_read(self, _params: dict[str, Any]) -> web.Response:
        steps = self.percent[1]
        percent = steps.pop(0) if len(steps) > 1 else steps[0]
        if percent == 100:
            self.making -= 1
        self.asked.set()
        progress = {"percent": percent, "imported": percent, "failed": self.rows_failed if percent == 100 else 0}
        progress.update(self.said)
        status = self.ends_as if percent == 100 else "in_progress"
        return web.json_response({"success": True, "value": {"id": 1, "status": status, "progress": progress}})

    async def employee_import_download_failed(self, _params: dict[str, Any]) -> web.Response:
        return web.Response(body=b"bad rows", content_type="text/csv")

    async def place_import_finish(self, params: dict[str, Any]) -> web.Response:
        if self.making:
            status = {"code": 280, "description": "Import process is not finished"}
            return web.json_response({"success": False, "status": status}, status=400)
        self.finished.append(params["process_id"])
        return web.json_response({"success": True})

    place_import_start = zone_import_start = vehicle_import_start = employee_import_start
    place_import_read = zone_import_read = vehicle_import_read = employee_import_read
    place_import_download_failed = zone_import_download_failed = employee_import_download_failed
    vehicle_import_download_failed = employee_import_download_failed
    zone_import_finish = place_import_finish

    def paths(self) -> list[str]:
        return [path for path, _ in self.calls]
