"""A client on the embedded platform, with two accounts."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from navixy_async import Navixy
from navixy_async.testing import Platform, World, WorldSpec


@pytest.fixture
def world() -> World:
    return World(WorldSpec(accounts=2, trackers=3))


@pytest.fixture
async def navixy(world: World) -> AsyncIterator[Navixy]:
    async with Platform(world) as platform, Navixy(platform.base_url, limits=None) as client:
        yield client
