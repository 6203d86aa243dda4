"""A function gets every batch, one at a time, and what it raises ends the harvest."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from navixy_async.errors import InvalidInput

from ..support.harvest.model import track_truth
from .test_run_resume import END, START, world
from .test_text import harvest


async def test_a_function_gets_every_batch_one_at_a_time() -> None:
    model = world()
    rows: list[tuple[Any, ...]] = []
    inside = 0

    async def take(batch: Any) -> None:
        nonlocal inside
        inside += 1
        assert inside == 1
        await asyncio.sleep(0)
        rows.extend(
            (r["account"], r["tracker_id"], int(r["time"].timestamp()), int(r["mileage"])) for r in batch.to_pylist()
        )
        inside -= 1

    coverage = await harvest(model).to_function(take)
    assert coverage.is_complete and coverage.rows == len(rows)
    assert sorted(rows) == sorted(track_truth(model, START, END))


async def test_what_a_function_raises_ends_the_harvest() -> None:
    async def take(_: Any) -> None:
        raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        await harvest(world()).to_function(take)
    with pytest.raises(InvalidInput, match="take must be an async function"):
        await harvest(world()).to_function("x")


async def test_no_more_is_fetched_than_a_function_takes() -> None:
    model = world(trackers=30)
    go_on, begun = asyncio.Event(), asyncio.Event()

    async def take(_: Any) -> None:
        begun.set()
        await go_on.wait()

    running = asyncio.create_task(harvest(model, workers=3).to_function(take))
    await begun.wait()
    for _ in range(300):
        await asyncio.sleep(0)
    asked = model.count("track/read")
    go_on.set()
    assert (await running).is_complete
    assert asked <= 3 < model.count("track/read")
