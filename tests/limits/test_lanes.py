"""Turns inside one lane: by account and weight, and first come first served inside an account."""

from __future__ import annotations

from itertools import repeat

import pytest

from navixy_async.limits.adaptive import BurstPolicy
from navixy_async.limits.bucket import Bucket
from navixy_async.limits.grants import CredentialBudget
from navixy_async.limits.lanes import LaneQueue, Waiter
from navixy_async.limits.rtt import PathRtt
from navixy_async.settings import Limits

from ..support.limits.world import Fate, World
from .test_scheduler_properties import LANE_NAMES


def budget(key: str) -> CredentialBudget:
    return CredentialBudget(key, Bucket(50, 5, PathRtt(), BurstPolicy(), 0.0))


def fill(lane: LaneQueue, account: str, calls: int, *, weight: float = 1.0, front: bool = False) -> list[Waiter]:
    queue = lane.queue_of(account, budget(account))
    queue.weight = weight
    waiters = [Waiter(queue, 0.0, None) for _ in range(calls)]
    for waiter in waiters:
        lane.join(queue, waiter, front=front)
    return waiters


def turns(lane: LaneQueue, most: int = 1000) -> list[str]:
    order: list[str] = []
    while (queue := lane.first()) is not None and len(order) < most:
        order.append(queue.account)
        lane.advance(queue)
    return order


def test_accounts_take_turns_however_long_their_queues_are() -> None:
    lane = LaneQueue("bulk")
    fill(lane, "ann", 5)
    fill(lane, "bob", 2)
    assert turns(lane) == ["ann", "bob", "ann", "bob", "ann", "ann", "ann"]
    assert lane.waiting == 0
    assert not lane.ready


def test_a_weight_of_two_is_two_turns() -> None:
    lane = LaneQueue("bulk")
    fill(lane, "ann", 40, weight=2.0)
    fill(lane, "bob", 40)
    assert turns(lane, 30).count("ann") == 20


def test_the_front_of_a_queue_is_the_front_of_its_account_alone() -> None:
    lane = LaneQueue("bulk")
    first, _ = fill(lane, "ann", 2)
    fill(lane, "bob", 1)
    (again,) = fill(lane, "ann", 1, front=True)
    queue = lane.first()
    assert queue is not None
    assert lane.advance(queue) is again
    assert turns(lane) == ["bob", "ann", "ann"]
    assert not first.waiting


def test_who_comes_back_after_a_rest_has_saved_no_turns() -> None:
    lane = LaneQueue("bulk")
    fill(lane, "ann", 1)
    turns(lane)
    fill(lane, "bob", 100)
    turns(lane, 50)
    fill(lane, "ann", 10)
    assert turns(lane, 10).count("ann") == 5


def test_who_leaves_is_no_longer_waited_for() -> None:
    lane = LaneQueue("bulk")
    kept, gone = fill(lane, "ann", 2)
    lane.leave(gone)
    assert (lane.waiting, kept.waiting, gone.waiting) == (1, True, False)
    assert turns(lane) == ["ann"]
    with pytest.raises(RuntimeError, match="still waits"):
        kept.result()


def test_queues_that_are_empty_are_forgotten() -> None:
    lane = LaneQueue("bulk")
    for number in range(1000):
        fill(lane, f"account-{number}", 1)
        fill(lane, "ann", 2)
        turns(lane)
    assert len(lane._queues) < 200


def test_how_many_go_before_counts_no_more_turns_than_others_have_calls() -> None:
    lane = LaneQueue("bulk")
    fill(lane, "ann", 10)
    fill(lane, "bob", 3)
    queue = lane.queue_of("eve", budget("eve"))
    assert lane.ahead_of(queue, 0) == 2, "one turn of each"
    assert lane.ahead_of(queue, 5) == 5 + 6 + 3


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
