"""No more is fetched than the disk takes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from navixy_async.harvest import Harvests
from navixy_async.harvest.sinks import base
from navixy_async.harvest.sinks.files import part_files

from .test_parquet import END, START, world


async def test_no_more_is_fetched_than_the_disk_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = world(trackers=60, points=20)
    monkeypatch.setattr(base, "FULL", 1)
    go_on = asyncio.Event()
    loop = asyncio.get_running_loop()
    real = part_files.PartFiles.write
    begun = asyncio.Event()

    def slow(self: Any, number: int, batches: Any) -> None:
        loop.call_soon_threadsafe(begun.set)
        asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result()
        real(self, number, batches)

    monkeypatch.setattr(part_files.PartFiles, "write", slow)
    harvest = Harvests(model.callers()).tracks(start=START, end=END, workers=3)
    running = asyncio.create_task(harvest.to_parquet(tmp_path))
    await begun.wait()
    for _ in range(300):
        await asyncio.sleep(0)
    asked = model.count("track/read")
    go_on.set()
    assert (await running).is_complete
    assert asked <= 2 * 3 + 1
