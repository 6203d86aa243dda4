"""What the platform counts adds up, and its log is bounded."""

from __future__ import annotations

from navixy_async.testing import Rules, World

from .conftest import Raw, serving
from .test_limits_platform import volley


async def test_the_numbers_add_up(raw: Raw, world: World) -> None:
    await volley(raw, 4)
    await raw("nobody/list")
    await raw.acting_as(None)("tracker/list")
    shown = raw.platform.stats.snapshot()
    assert shown["requests"] == shown["accepted"] + shown["refused"] == sum(shown["by_path"].values()) == 6
    assert shown["by_status"] == {"200": 4, "400": 2}
    assert shown["by_code"] == {"111": 1, "3": 1}
    assert shown["by_credential"] == {"key:40001": 5}
    assert shown["connections_opened"] >= 1
    assert shown["most_in_flight"] >= 1
    assert shown["in_flight"] == 0
    assert [entry.path for entry in raw.platform.log].count("tracker/group/list") == 4
    raw.platform.stats.reset()
    again = raw.platform.stats.snapshot()
    assert again["requests"] == 0
    assert again["connections_open"] == shown["connections_open"]


async def test_the_log_is_bounded(world: World) -> None:
    async with serving(world, Rules(log_size=3)) as raw:
        await volley(raw, 5)
        assert len(raw.platform.log) == 3
