"""A disk that hangs: the harvest can be left all the same, and nobody writes beside the thread that still may."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from time import monotonic

import pytest

from navixy_async.errors import InvalidInput
from navixy_async.files import sync as sync_file
from navixy_async.harvest.sinks import disk
from navixy_async.harvest.sinks.files import part_files

from ..support.harvest.small import tracks, world

SECONDS = 15.0


async def test_a_harvest_ends_within_seconds_though_the_disk_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("LEAVE", "GIVE_UP"):
        if hasattr(disk, name):
            monkeypatch.setattr(disk, name, 0.2)
    hangs, wakes = asyncio.Event(), threading.Event()
    loop, real = asyncio.get_running_loop(), sync_file

    def sync(path: Path) -> None:
        loop.call_soon_threadsafe(hangs.set)
        wakes.wait(60)
        real(path)

    monkeypatch.setattr(part_files, "sync", sync)
    task = asyncio.create_task(tracks(world()).to_parquet(tmp_path / "out"))
    await hangs.wait()
    began = monotonic()
    task.cancel()
    await asyncio.wait([task], timeout=SECONDS)
    try:
        assert task.done() and monotonic() - began < SECONDS, "nobody can leave"
        with pytest.raises(asyncio.CancelledError):
            await task
        assert "does not answer: the harvest ends without it" in caplog.text
        with pytest.raises(InvalidInput, match="another harvest is writing to"):
            await tracks(world()).to_parquet(tmp_path / "out", resume=True)
    finally:
        wakes.set()
    monkeypatch.setattr(part_files, "sync", real)
    for _ in range(500):  # until the thread has let go
        try:
            coverage = await tracks(world()).to_parquet(tmp_path / "out", resume=True)
            break
        except InvalidInput:
            await asyncio.sleep(0.02)
    assert coverage.is_complete and coverage.rows == 180
