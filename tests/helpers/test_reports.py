"""Reports as one call: waited for, cleaned up after, one at a time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from navixy_async.api.models.report_plugins import TripsPlugin
from navixy_async.errors import DeadlineExceeded, InvalidInput, NotFound, SpanTooBig

from ..support.helpers.platform import Platform
from .conftest import Serve

START, END = datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 3, 8, tzinfo=UTC)
PLUGIN = TripsPlugin(show_seconds=False)


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


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


async def test_a_report_is_described_once_and_used_as_often_as_wanted(serve: Serve, tmp_path: Path) -> None:
    platform = Platform()
    fleet = await serve(platform)
    report = fleet.reports.make(PLUGIN, START, END, trackers=(one for one in (1, 2)), title="Trips")
    assert platform.calls == [], "nothing is sent before it is used"
    assert (await report.read()).title == "Trips"
    assert await report.download() == b"PK"
    assert (await report.save(tmp_path / "x.xlsx")).size == 2
    made = [params["trackers"] for path, params in platform.calls if path == "report/tracker/generate"]
    assert made == [[1, 2]] * 3, "also ids that can be iterated over only once"
    assert platform.deleted == [1, 2, 3]
    with pytest.raises(TypeError, match="colour"):
        fleet.reports.make(PLUGIN, START, END, colour="red")  # type: ignore[call-arg]


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

    platform.report_tracker_delete = refuse  # type: ignore[method-assign,assignment]
    fleet = await serve(platform)
    assert (await fleet.reports.read(PLUGIN, START, END, trackers=[1])).title == "Trips"


@pytest.mark.parametrize("step", ["generate", "status", "retrieve"])
async def test_a_report_that_is_cancelled_at_any_step_is_deleted(serve: Serve, step: str) -> None:
    platform = Platform()
    platform.stop_at = f"report/tracker/{step}"
    fleet = await serve(platform)
    task = asyncio.ensure_future(fleet.reports.read(PLUGIN, START, END, trackers=[1]))
    await platform.stopped.wait()
    task.cancel()
    platform.go_on.set()  # the platform finishes what it was asked for, whether or not anybody listens
    with pytest.raises(asyncio.CancelledError):
        await task
    assert platform.deleted == [1]


async def test_a_download_that_is_cancelled_leaves_neither_report_nor_file(serve: Serve, tmp_path: Path) -> None:
    platform = Platform()
    platform.stop_at = "report/tracker/download"
    fleet = await serve(platform)
    task = asyncio.ensure_future(fleet.reports.save(tmp_path / "x.xlsx", PLUGIN, START, END, trackers=[1]))
    await platform.stopped.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert platform.deleted == [1]
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("step", ["generate", "status"])
async def test_a_platform_that_does_not_answer_cannot_hold_a_cancelled_call(serve: Serve, step: str) -> None:
    """What cannot be deleted in time is left to the platform, and the cancellation goes on."""
    platform = Platform()
    platform.stop_at = f"report/tracker/{step}"
    fleet = await serve(platform, close=0.05)
    if step == "status":

        async def never(_params: dict[str, Any]) -> web.Response:
            await platform.go_on.wait()
            return web.json_response({"success": True})

        platform.report_tracker_delete = never  # type: ignore[method-assign,assignment]
    task = asyncio.ensure_future(fleet.reports.read(PLUGIN, START, END, trackers=[1]))
    await platform.stopped.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert platform.deleted == []


async def test_the_next_report_starts_after_a_cancelled_one_is_deleted(serve: Serve) -> None:
    platform = Platform()
    platform.steps = [0]
    fleet = await serve(platform)
    first = asyncio.ensure_future(fleet.reports.read(PLUGIN, START, END, trackers=[1]))
    await platform.asked.wait()
    second = asyncio.ensure_future(fleet.reports.read(PLUGIN, START, END, trackers=[1]))
    platform.steps = [100]
    first.cancel()
    await second
    with pytest.raises(asyncio.CancelledError):
        await first
    order = [path.rpartition("/")[2] for path in platform.paths()]
    assert order.index("delete") < len(order) - 1 - order[::-1].index("generate")
    assert platform.deleted == [1, 2]


async def test_a_report_is_deleted_when_the_caller_or_the_platform_fails(serve: Serve) -> None:
    platform = Platform()
    fleet = await serve(platform)

    def broken(_percent: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fleet.reports.read(PLUGIN, START, END, trackers=[1], progress=broken)

    async def lost(_params: dict[str, Any]) -> web.Response:
        return web.json_response({"success": False, "status": {"code": 204, "description": "x"}}, status=400)

    platform.report_tracker_status = lost  # type: ignore[method-assign,assignment]
    with pytest.raises(NotFound):
        await fleet.reports.read(PLUGIN, START, END, trackers=[1])
    assert platform.deleted == [1, 2]
