"""Imports as one call: uploaded, started, waited for, and what failed brought back."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiohttp import web

from navixy_async.errors import Conflict, DeadlineExceeded, InvalidInput

from ..support.helpers.platform import Platform
from .conftest import Serve

HEADERS = ["first_name", "last_name"]


async def test_an_import_is_run_to_its_end(serve: Serve) -> None:
    platform = Platform()
    fleet = await serve(platform)
    seen: list[str | None] = []
    done = await fleet.imports.employees(b"a;b", HEADERS, progress=lambda now: seen.append(now.status))
    assert seen == ["in_progress", "in_progress", "done"]
    assert (done.failed_rows, done.complete) == (b"bad rows", False)
    assert dict(platform.calls)["employee/import/start"] == {
        "filename": "568539",
        "headers": ["first_name", "last_name"],
    }
    with pytest.raises(InvalidInput, match="headers is empty"):
        await fleet.imports.vehicles(b"a;b", [])


async def test_an_import_without_failed_rows_fetches_none(serve: Serve) -> None:
    platform = Platform()
    platform.rows_failed = 0
    fleet = await serve(platform)
    done = await fleet.imports.employees(b"a;b", HEADERS)
    assert (done.failed_rows, done.complete) == (None, True)
    assert "employee/import/download_failed" not in platform.paths()


async def test_an_import_that_fails_as_a_whole_is_reported(serve: Serve) -> None:
    platform = Platform()
    platform.rows_failed, platform.ends_as = 0, "failed"
    fleet = await serve(platform)
    done = await fleet.imports.employees(b"a;b", HEADERS)
    assert (done.process.status, done.complete) == ("failed", False)


async def test_imports_run_one_at_a_time_and_wait_for_those_of_others(serve: Serve) -> None:
    platform = Platform()
    platform.busy = 2
    fleet = await serve(platform)
    async with asyncio.TaskGroup() as tasks:
        for _ in range(3):
            tasks.create_task(fleet.imports.employees(b"a;b", HEADERS))
    assert (platform.peak, platform.paths().count("employee/import/start")) == (1, 5)


@pytest.mark.parametrize("step", ["data/spreadsheet/parse", "employee/import/start", "employee/import/read"])
async def test_a_cancelled_import_makes_room_for_the_next(serve: Serve, step: str) -> None:
    platform = Platform()
    platform.stop_at = step
    fleet = await serve(platform)
    task = asyncio.ensure_future(fleet.imports.employees(b"a;b", HEADERS))
    await platform.stopped.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    platform.stop_at = None
    platform.go_on.set()
    assert (await fleet.imports.employees(b"a;b", HEADERS)).process.status == "done"


async def test_an_import_that_never_ends_is_given_up(serve: Serve) -> None:
    platform = Platform()
    platform.steps = [10]
    fleet = await serve(platform)
    with pytest.raises(DeadlineExceeded):
        await fleet.imports.employees(b"a;b", HEADERS, timeout=0.2)


async def test_the_same_file_twice_is_a_conflict(serve: Serve) -> None:
    platform = Platform()

    async def refuse(_params: dict[str, Any]) -> web.Response:
        return web.json_response({"success": False, "status": {"code": 247, "description": "x"}}, status=400)

    platform.employee_import_start = refuse  # type: ignore[method-assign]
    fleet = await serve(platform)
    with pytest.raises(Conflict):
        await fleet.imports.employees(b"a;b", HEADERS)
