"""Lower lanes keep their share, and starve nobody."""

from __future__ import annotations

from itertools import repeat

import pytest

from navixy_async.settings import Limits

from .test_scheduler_properties import LANE_NAMES
from .world import Fate, World


@pytest.mark.parametrize("share", [0.0, 0.05, 0.3])
def test_lower_lanes_keep_their_share_and_no_more(share: float) -> None:
    world = World(Limits(guaranteed_share=share), repeat(Fate()))
    for lane in LANE_NAMES:
        for _ in range(3000):
            world.ask(lane, lane=lane)
    world.run(20.0)
    counts = {lane: sum(1 for _, account in world.sent if account == lane) for lane in LANE_NAMES}
    total = sum(counts.values())
    for lane in ("live", "bulk"):
        assert counts[lane] / total == pytest.approx(share, abs=0.01)


def test_a_share_of_nothing_still_starves_nobody_once_the_others_are_done() -> None:
    world = World(Limits(guaranteed_share=0.0), repeat(Fate()))
    low = world.ask("low", lane="bulk", patience=100.0) or pytest.fail("refused")
    for _ in range(200):
        world.ask("high", lane="interactive")
    world.run(10.0)
    assert low.grant is not None
