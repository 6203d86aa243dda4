"""The client against the embedded platform: nothing of either is faked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from navixy_async.client import Navixy
from navixy_async.settings import Retries, Timeouts
from navixy_async.testing import Platform, World, WorldSpec

QUICK = Retries(base=0.001, longest=0.01)
PATIENT = Timeouts(total=20, attempt=10, connect=5, read=5)


@pytest.fixture(scope="session")
def world() -> World:
    """Two small fleets; the second asks for a second factor."""
    return World(WorldSpec(seed=11, accounts=2, trackers=6, days=3, points_per_day=60, second_factor=(1,)))


@pytest.fixture
async def platform(world: World) -> AsyncIterator[Platform]:
    """The platform over that world, in this loop."""
    async with Platform(world) as running:
        yield running


@pytest.fixture
async def navixy(platform: Platform) -> AsyncIterator[Navixy]:
    """A client of that platform, with waits too short to be noticed."""
    async with Navixy(platform.base_url, retries=QUICK, timeouts=PATIENT) as client:
        yield client


@pytest.fixture(autouse=True)
async def nothing_is_left_behind() -> AsyncIterator[None]:
    """No task outlives its test."""
    before = asyncio.all_tasks()
    yield
    left = [task for task in asyncio.all_tasks() - before if not task.done() and task is not asyncio.current_task()]
    assert not left, f"tasks were left behind: {left}"
