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


@pytest.mark.parametrize("kind", ["employee", "vehicle", "place", "zone"])
async def test_every_kind_is_imported_in_one_way(serve: Serve, kind: str) -> None:
    """Places and geofences are finished at the end, after the failed rows were fetched; others know no such step."""
    platform = Platform()
    fleet = await serve(platform)
    done = await getattr(fleet.imports, f"{kind}s")(b"a;b", ["label", "tags"], user_headers=["Label", "Tags"])
    assert (done.failed_rows, done.process.status) == (b"bad rows", "done")
    assert dict(platform.calls)[f"{kind}/import/start"]["user_headers"] == ["Label", "Tags"]
    assert platform.paths()[-2:] == (
        [f"{kind}/import/download_failed", f"{kind}/import/finish"]
        if kind in ("place", "zone")
        else [f"{kind}/import/read", f"{kind}/import/download_failed"]
    )
    assert platform.finished == ([1] if kind in ("place", "zone") else [])


@pytest.mark.parametrize("member", ["message", "error"])
async def test_what_is_said_of_rows_is_read_however_it_is_called(serve: Serve, member: str) -> None:
    platform = Platform()
    platform.said = {
        "errors": [{"line": 3, member: "no address"}, {"line": 4}],
        "warnings": [{"line": 5, member: "tag created"}],
    }
    done = await (await serve(platform)).imports.places(b"a;b", ["label", "tags"])
    assert [(row.line, row.message) for row in done.errors] == [(3, "no address"), (4, "")]
    assert [(row.line, row.message) for row in done.warnings] == [(5, "tag created")]


@pytest.mark.parametrize(
    ("odd", "remarks"),
    [
        (
            [None, 7, "no address", {"line": "x", "message": 5}],
            [(None, ""), (None, "7"), (None, "no address"), (None, "5")],
        ),
        ({"line": 3}, []),
        ("many", []),
    ],
)
async def test_remarks_of_another_shape_spoil_no_import(serve: Serve, odd: Any, remarks: list[Any]) -> None:
    platform = Platform()
    platform.said = {"errors": odd}
    done = await (await serve(platform, strict=False)).imports.places(b"a;b", ["label", "tags"])
    assert done.failed_rows == b"bad rows"
    assert [(row.line, row.message) for row in done.errors] == remarks


async def test_progress_of_another_shape_is_no_end_of_the_import(serve: Serve) -> None:
    platform = Platform()
    read = platform.place_import_read
    answers = [
        {"id": 1, "status": ["in_progress"], "progress": "half"},
        {"id": 1, "status": "in_progress", "progress": [50]},
    ]

    async def oddly(params: dict[str, Any]) -> web.Response:
        return web.json_response({"success": True, "value": answers.pop()}) if answers else await read(params)

    platform.place_import_read = oddly  # type: ignore[assignment, method-assign]
    done = await (await serve(platform, strict=False)).imports.places(b"a;b", ["label", "tags"])
    assert (done.failed_rows, done.process.status, answers) == (b"bad rows", "done", [])


async def test_an_import_without_remarks_has_none(serve: Serve) -> None:
    done = await (await serve(Platform())).imports.zones(b"a;b", ["label", "tags"])
    assert (done.errors, done.warnings) == ([], [])


@pytest.mark.parametrize(
    "step", ["place/import/start", "place/import/read", "place/import/download_failed", "place/import/finish"]
)
async def test_a_cancelled_import_is_finished(serve: Serve, step: str) -> None:
    """Also if it was cancelled while the answer to its start was under way."""
    platform = Platform()
    platform.steps = [100]
    platform.stop_at = step
    finish = platform.place_import_finish

    async def has_ended(params: dict[str, Any]) -> web.Response:
        platform.making = 0
        return await finish(params)

    platform.place_import_finish = has_ended  # type: ignore[method-assign]
    fleet = await serve(platform)
    task = asyncio.ensure_future(fleet.imports.places(b"a;b", ["label", "tags"]))
    await platform.stopped.wait()
    task.cancel()
    await asyncio.sleep(0)
    platform.stop_at = None
    platform.go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert platform.finished == [1]


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("place/import/start", "an import of places may have started, and nobody waits for it"),
        (
            "place/import/finish",
            "the import 1 of places is not finished and stays in the list: finishing it was cancelled",
        ),
    ],
)
async def test_an_import_cancelled_twice_says_what_it_leaves(
    serve: Serve, caplog: pytest.LogCaptureFixture, step: str, said: str
) -> None:
    platform = Platform()
    platform.stop_at = step
    fleet = await serve(platform)
    task = asyncio.ensure_future(fleet.imports.places(b"a;b", ["label", "tags"]))
    await platform.stopped.wait()
    task.cancel()
    for _ in range(3):
        await asyncio.sleep(0)
    assert not task.done()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert said in caplog.text


async def test_a_start_refused_after_the_cancellation_leaves_nothing(
    serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    platform = Platform()
    reached, go_on = asyncio.Event(), asyncio.Event()

    async def refuse(_params: dict[str, Any]) -> web.Response:
        reached.set()
        await go_on.wait()
        return web.json_response({"success": False, "status": {"code": 7, "description": "x"}}, status=400)

    platform.place_import_start = refuse  # type: ignore[method-assign]
    fleet = await serve(platform)
    task = asyncio.ensure_future(fleet.imports.places(b"a;b", ["label", "tags"]))
    await reached.wait()
    task.cancel()
    await asyncio.sleep(0)
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert "may have started" not in caplog.text


async def test_an_import_that_runs_on_is_finished_if_it_ends_soon(serve: Serve) -> None:
    platform = Platform()
    platform.steps = [10]
    fleet = await serve(platform)
    asked = 0
    finish = platform.place_import_finish

    async def ends_soon(params: dict[str, Any]) -> web.Response:
        nonlocal asked
        asked += 1
        platform.making = 0 if asked == 3 else 1
        return await finish(params)

    platform.place_import_finish = ends_soon  # type: ignore[method-assign]
    with pytest.raises(DeadlineExceeded):
        await fleet.imports.places(b"a;b", ["label", "tags"], timeout=0.2)
    assert (asked, platform.finished) == (3, [1])


async def test_an_import_that_cannot_be_finished_is_said(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    platform = Platform()
    platform.steps = [10]
    fleet = await serve(platform, close=0.1)
    with pytest.raises(DeadlineExceeded):
        await fleet.imports.zones(b"a;b", ["label", "tags"], timeout=0.2)
    assert "the import 1 of zones is not finished and stays in the list: it still runs" in caplog.text


@pytest.mark.parametrize(("code", "said"), [(201, False), (7, True)])
async def test_a_result_is_not_lost_because_finishing_fails(
    serve: Serve, caplog: pytest.LogCaptureFixture, code: int, said: bool
) -> None:
    platform = Platform()

    async def refuse(_params: dict[str, Any]) -> web.Response:
        return web.json_response({"success": False, "status": {"code": code, "description": "x"}}, status=400)

    platform.place_import_finish = refuse  # type: ignore[assignment, method-assign]
    fleet = await serve(platform)
    done = await fleet.imports.places(b"a;b", ["label", "tags"])
    assert done.process.status == "done"
    assert ("is not finished" in caplog.text) is said


async def test_user_headers_are_as_many_as_headers(serve: Serve) -> None:
    platform = Platform()
    fleet = await serve(platform)
    with pytest.raises(InvalidInput, match="user_headers names 1 columns, but headers 2"):
        await fleet.imports.places(b"a;b", ["label", "tags"], user_headers=["Label"])
    assert platform.calls == []
