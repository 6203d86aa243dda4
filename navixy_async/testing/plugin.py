"""Fixtures for pytest suites that test against the embedded platform.

Name it in your ``conftest.py``: ``pytest_plugins = ["navixy_async.testing.plugin"]``. Redefine ``navixy_spec`` or
``navixy_rules`` where a test needs another world or other rules. Needs pytest-asyncio.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from .platform import Platform
from .rules import Rules
from .spec import WorldSpec
from .world import World


@pytest.fixture
def navixy_spec() -> WorldSpec:
    """What the world is made of: two accounts with six trackers and three days, one special tracker of each kind."""
    return WorldSpec(accounts=2, trackers=6, days=3, points_per_day=200)


@pytest.fixture
def navixy_rules() -> Rules:
    """What the platform enforces: the documented defaults."""
    return Rules()


@pytest.fixture
def navixy_world(navixy_spec: WorldSpec) -> World:
    """The world, and its truth."""
    return World(navixy_spec)


@pytest_asyncio.fixture
async def navixy_platform(navixy_world: World, navixy_rules: Rules) -> AsyncIterator[Platform]:
    """A platform that serves the world in the test's own loop."""
    async with Platform(navixy_world, navixy_rules) as platform:
        yield platform
