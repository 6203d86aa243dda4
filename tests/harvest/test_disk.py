"""Work on the disk is finished before a cancellation goes on."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from navixy_async.harvest import WriteFailed, sinks
from navixy_async.harvest.sinks.disk import DiskThread, uninterrupted


async def test_work_on_the_disk_is_finished_before_a_cancellation_goes_on(tmp_path: Path) -> None:
    thread = DiskThread(tmp_path)
    go_on = asyncio.Event()
    loop = asyncio.get_running_loop()
    done = []

    def work() -> None:
        asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result()
        done.append(1)

    task = asyncio.create_task(thread.run(work))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert done == [1] and task.cancelled()
    thread.close()


async def test_the_result_or_the_error_of_a_future_passes_through() -> None:
    future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    future.set_result(5)
    assert await uninterrupted(future) == 5
    failed: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    failed.set_exception(WriteFailed("full"))
    with pytest.raises(WriteFailed):
        await uninterrupted(failed)
    assert sinks.WriteFailed is WriteFailed
