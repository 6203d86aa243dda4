"""One budget: no more than its limit in a second, pauses that end one by one, and slots that come back."""

from __future__ import annotations

import asyncio

import pytest

from navixy_async.limits.adaptive import BurstPolicy
from navixy_async.limits.bucket import CONNECTING, LOST, Bucket, Slot
from navixy_async.limits.rtt import GUARD, WINDOW, PathRtt
from navixy_async.settings import Limits

from ..support.limits.fakeloop import FakeLoop, run
from ..support.limits.world import widest
from .test_limiter import Client, make

SECOND = WINDOW + GUARD


class Budget:
    """A bucket on a path whose round trip is known."""

    def __init__(self, limit: int = 50, burst: int = 5, rtt: float = 0.08) -> None:
        self.path = PathRtt()
        for number in range(40):
            self.path.sample(rtt, number * 0.01)
        self.bucket = Bucket(limit, burst, self.path, BurstPolicy(), 0.0)

    def take(self, now: float) -> Slot:
        slot = Slot((self.bucket,), self.path, self.path, now)
        self.bucket.take(slot, now)
        return slot

    def sent(self, now: float) -> Slot:
        slot = self.take(now)
        self.bucket.written(slot, now)
        return slot


def test_a_slot_comes_back_a_second_after_its_answer_less_the_shortest_trip() -> None:
    budget = Budget()
    slot = budget.sent(1.0)
    assert budget.bucket.answered(slot, 1.2) == pytest.approx(1.2 - 0.08 + SECOND)
    assert budget.bucket.busy == 1
    budget.bucket.ready_at(1.2 - 0.08 + SECOND - 0.001)
    assert budget.bucket.busy == 1
    budget.bucket.ready_at(1.2 - 0.08 + SECOND)
    assert budget.bucket.busy == 0


def test_a_full_bucket_waits_for_its_first_slot() -> None:
    budget = Budget(limit=2, burst=2)
    first = budget.sent(1.0)
    budget.sent(1.1)
    budget.bucket.answered(first, 1.08)
    assert budget.bucket.ready_at(1.3) == pytest.approx(1.0 + SECOND)


def test_tokens_run_out_before_slots_do() -> None:
    budget = Budget()
    while budget.bucket.ready_at(1.0) <= 1.0:
        budget.sent(1.0)
    assert budget.bucket.busy < 10
    wait = budget.bucket.ready_at(1.0) - 1.0
    assert 0.0 < wait <= 1.0 / budget.bucket.pace(1.0) + 1e-9


def test_what_never_left_gives_slot_and_token_back() -> None:
    budget = Budget(limit=1, burst=1)
    slot = budget.take(1.0)
    assert budget.bucket.ready_at(1.0) > 1.0
    budget.bucket.give_back(slot)
    assert budget.bucket.busy == 0
    assert budget.bucket.ready_at(1.0) <= 1.0


def test_a_slow_connect_keeps_its_slot_for_some_seconds_and_takes_it_again_when_written() -> None:
    budget = Budget()
    slot = budget.take(1.0)
    budget.bucket.ready_at(1.0 + CONNECTING - 0.1)
    assert budget.bucket.busy == 1
    budget.bucket.ready_at(1.0 + CONNECTING + 0.1)
    assert budget.bucket.busy == 0
    budget.bucket.written(slot, 7.0)
    assert budget.bucket.busy == 1


def test_an_answer_that_never_comes_frees_the_slot_soon() -> None:
    budget = Budget()
    slot = budget.sent(1.0)
    assert budget.bucket.lost(slot) <= 1.0 + LOST + SECOND


def test_a_pause_is_never_shortened_and_ends_with_one_send() -> None:
    bucket = Budget(burst=20).bucket
    bucket.pause(5.0, 1.0)
    bucket.pause(3.0, 1.0)
    assert bucket.ready_at(1.0) == 5.0
    bucket.take(Slot((bucket,), PathRtt(), PathRtt(), 5.0), 5.0)
    assert bucket.ready_at(5.0) > 5.0


def test_a_bucket_with_nothing_to_remember_is_idle() -> None:
    budget = Budget()
    assert budget.bucket.idle(1.0)
    slot = budget.sent(1.0)
    budget.bucket.answered(slot, 1.08)
    assert not budget.bucket.idle(1.5)
    assert budget.bucket.idle(10.0)


def test_a_thousand_calls_leave_at_the_full_rate_and_never_51_in_a_second() -> None:
    async def main(loop: FakeLoop) -> Client:
        client = Client(loop, make(loop))
        await asyncio.gather(*(client.call() for _ in range(1000)))
        assert client.limiter.snapshot().waiting == 0
        assert client.limiter.snapshot().granted == 1000
        return client

    client = run(main)
    assert widest(client.left) <= 50
    assert len(client.left) / (client.left[-1] - client.left[0]) >= 49.0


@pytest.mark.parametrize("burst", [1, 3, 5])
def test_no_clump_is_above_the_burst(burst: int) -> None:
    async def main(loop: FakeLoop) -> None:
        client = Client(loop, make(loop, Limits(burst=burst)))
        await asyncio.gather(*(client.call() for _ in range(400)))
        await asyncio.sleep(5.0)
        await asyncio.gather(*(client.call() for _ in range(100)))
        for first in range(len(client.left) - burst):
            assert client.left[first + burst] - client.left[first] > 0.001

    run(main)
