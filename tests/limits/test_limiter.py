"""The asyncio shell: cancellation, closing, deadlines, pauses, on a loop whose clock jumps."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from navixy_async.errors import ClientClosed, InvalidInput, RateLimitWaitTooLong
from navixy_async.limits import Limiter, Slowdown
from navixy_async.limits.protocol import Permit
from navixy_async.operations import Lane
from navixy_async.settings import Limits

from ..support.limits.fakeloop import FakeLoop, run
from ..support.limits.world import requester, widest


def make(loop: FakeLoop, limits: Limits | None = None, *, local_addrs: Sequence[str | None] = (None,)) -> Limiter:
    return Limiter(limits or Limits(), host="host", local_addrs=local_addrs, clock=loop.time)


class Client:
    """Sends calls through a limiter and notes when they left."""

    def __init__(self, loop: FakeLoop, limiter: Limiter) -> None:
        self.loop = loop
        self.limiter = limiter
        self.left: list[float] = []
        self.who: list[str] = []

    async def call(
        self,
        account: str = "ann",
        *,
        lane: Lane = "bulk",
        patience: float | None = None,
        rtt: float = 0.08,
        **more: Any,
    ) -> Permit:
        deadline = None if patience is None else self.loop.time() + patience
        front = more.pop("front", False)
        permit = await self.limiter.acquire(requester(account, lane, **more), deadline=deadline, front=front)
        self.left.append(self.loop.time())
        self.who.append(account)
        permit.sent()
        try:
            await asyncio.sleep(rtt)
        except asyncio.CancelledError:
            permit.lost()
            raise
        permit.answered()
        return permit


def test_half_of_ten_thousand_waiters_are_cancelled_at_random_and_nobody_else_notices() -> None:
    limits = Limits(per_credential=500, per_address=500, burst=20)

    async def main(loop: FakeLoop) -> tuple[Client, int]:
        dice = random.Random(5)
        client = Client(loop, make(loop, limits))
        tasks = [asyncio.create_task(client.call(f"account-{number % 7}")) for number in range(10_000)]
        victims = dice.sample(tasks, 5000)
        while victims:
            some = dice.randrange(1, 200)
            for victim in victims[:some]:
                victim.cancel()
            del victims[:some]
            await asyncio.sleep(dice.choice([0, 0, 0.001, 0.05, 0.2]))
        results = await asyncio.gather(*tasks, return_exceptions=True)
        cancelled = [result for result in results if isinstance(result, asyncio.CancelledError)]
        errors = [result for result in results if isinstance(result, Exception)]
        assert not errors
        shot = client.limiter.snapshot()
        assert (shot.waiting, shot.in_flight) == (0, 0)
        await asyncio.sleep(3.0)
        assert all(one.busy == 0 for one in client.limiter.snapshot().addresses)
        return client, len(cancelled)

    client, cancelled = run(main)
    assert cancelled > 4000
    assert widest(client.left) <= 500
    assert len(client.left) / (client.left[-1] - client.left[0]) == pytest.approx(500, rel=0.01)


def test_let_go_and_cancelled_in_the_same_turn_of_the_loop_gives_the_place_back() -> None:
    async def main(loop: FakeLoop) -> None:
        client = Client(loop, make(loop, Limits(per_credential=1, per_address=1, burst=1)))
        first = await client.limiter.acquire(requester("ann", "bulk"), deadline=None)
        waiting = asyncio.create_task(client.call())
        behind = asyncio.create_task(client.call())
        await asyncio.sleep(0)
        first.unsent()  # lets `waiting` go: its future is resolved, the task has not run yet
        assert client.limiter.snapshot().in_flight == 1
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        asked = loop.time()
        await behind
        assert client.left == [pytest.approx(asked)]

    run(main)


def test_closing_wakes_every_waiter_and_leaves_no_timer() -> None:
    async def main(loop: FakeLoop) -> None:
        limiter = make(loop)
        client = Client(loop, limiter)
        tasks = [asyncio.create_task(client.call()) for _ in range(200)]
        await asyncio.sleep(0.5)
        limiter.close()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert sum(isinstance(result, ClientClosed) for result in results) == 200 - len(client.left)
        assert not [handle for handle in loop._scheduled if not handle.cancelled()]  # type: ignore[attr-defined]
        with pytest.raises(ClientClosed, match="closed"):
            await client.call()

    run(main)


def test_a_limiter_stays_with_its_loop() -> None:
    limiters: list[Limiter] = []

    async def first(loop: FakeLoop) -> None:
        limiters.append(make(loop))
        (await limiters[0].acquire(requester("ann", "bulk"), deadline=None)).unsent()

    async def second(_loop: FakeLoop) -> None:
        with pytest.raises(ClientClosed, match="another event loop"):
            await limiters[0].acquire(requester("ann", "bulk"), deadline=None)

    run(first)
    run(second)


def test_a_wait_that_cannot_end_in_time_is_refused_at_once_and_tells_how_long_it_would_be() -> None:
    async def main(loop: FakeLoop) -> None:
        client = Client(loop, make(loop))
        backlog = [asyncio.create_task(client.call()) for _ in range(500)]
        await asyncio.sleep(0)
        asked = loop.time()
        with pytest.raises(RateLimitWaitTooLong) as caught:
            await client.call(patience=3.0)
        assert loop.time() == pytest.approx(asked)
        assert caught.value.expected_wait == pytest.approx(9.95, rel=0.02)
        assert caught.value.remaining == pytest.approx(3.0)
        await client.call("bob", patience=3.0)  # another account has its own turn
        assert loop.time() < asked + 0.5
        await client.call(patience=12.0)
        assert loop.time() == pytest.approx(asked + caught.value.expected_wait, rel=0.1)
        await asyncio.gather(*backlog)

    run(main)


def test_a_deadline_that_passes_in_the_queue_is_raised_then() -> None:
    async def main(loop: FakeLoop) -> None:
        client = Client(loop, make(loop, Limits(per_credential=5, per_address=5, burst=1, guaranteed_share=0.0)))
        first = [asyncio.create_task(client.call("ann")) for _ in range(12)]
        await asyncio.sleep(0)
        low = asyncio.create_task(client.call("bob", patience=3.0))
        await asyncio.sleep(0)
        urgent = [asyncio.create_task(client.call("cyd", lane="interactive")) for _ in range(60)]
        asked = loop.time()
        with pytest.raises(RateLimitWaitTooLong):
            await low
        assert loop.time() == pytest.approx(asked + 3.0)
        assert "bob" not in client.who
        await asyncio.gather(*first, *urgent)

    run(main)


def test_retry_after_is_a_floor_and_its_end_is_paced() -> None:
    async def main(loop: FakeLoop) -> None:
        client = Client(loop, make(loop))
        tasks = [asyncio.create_task(client.call()) for _ in range(1000)]
        await asyncio.sleep(2.0)
        refused = await client.limiter.acquire(requester("ann", "interactive"), deadline=None)
        refused.refused(3.0)
        start = loop.time()
        assert client.limiter.snapshot().credentials[0].paused_for == pytest.approx(3.0)
        await asyncio.gather(*tasks)
        after = [left for left in client.left if left > start]
        assert min(after) >= start + 3.0
        assert widest(client.left) <= 50
        assert sum(1 for left in after if left < start + 3.1) <= 6  # no herd
        late = [left for left in after if start + 5.0 <= left < start + 10.0]
        assert len(late) / 5.0 >= 49.0 * 0.95  # the full rate again within two seconds, a little evener than before

    run(main)


def test_pauses_merge_to_the_longest() -> None:
    async def main(loop: FakeLoop) -> None:
        client = Client(loop, make(loop))
        permits = [await client.limiter.acquire(requester("ann", "bulk"), deadline=None) for _ in range(3)]
        start = loop.time()
        for permit, retry_after in zip(permits, (2.0, 7.0, 1.0), strict=True):
            permit.sent()
            permit.refused(retry_after)
        await client.call()
        assert start + 7.0 <= client.left[0] < start + 7.05

    run(main)


def test_a_pause_beyond_the_deadline_is_raised_when_it_begins() -> None:
    async def main(loop: FakeLoop) -> None:
        client = Client(loop, make(loop))
        backlog = [asyncio.create_task(client.call()) for _ in range(100)]
        waiting = asyncio.create_task(client.call(patience=10.0))
        await asyncio.sleep(1.0)
        refused = await client.limiter.acquire(requester("ann", "interactive"), deadline=None)
        refused.refused(60.0)
        asked = loop.time()
        with pytest.raises(RateLimitWaitTooLong) as caught:
            await waiting
        assert loop.time() == pytest.approx(asked)
        assert caught.value.expected_wait == pytest.approx(60.0, abs=0.1)
        with pytest.raises(RateLimitWaitTooLong):
            await client.call(patience=59.0)
        assert loop.time() == pytest.approx(asked)
        await asyncio.gather(*backlog)

    run(main)


def test_one_refused_credential_is_paused_alone_two_of_them_pause_the_address() -> None:
    async def main(loop: FakeLoop) -> None:
        client = Client(loop, make(loop))

        async def refuse(account: str) -> None:
            permit = await client.limiter.acquire(requester(account, "bulk"), deadline=None)
            permit.sent()
            permit.refused(5.0)

        start = loop.time()
        await refuse("ann")
        await client.call("bob")
        assert loop.time() < start + 0.5
        assert client.limiter.snapshot().addresses[0].paused_for == 0.0
        await refuse("cyd")
        assert client.limiter.snapshot().addresses[0].paused_for == pytest.approx(5.0)
        paused = loop.time()
        await client.call("bob")
        assert client.left[-1] >= paused + 5.0

    run(main)


def test_a_refusal_hidden_in_a_good_looking_answer_counts_once() -> None:
    async def main(loop: FakeLoop) -> None:
        limiter = make(loop)
        permit = await limiter.acquire(requester("ann", "bulk"), deadline=None)
        permit.sent()
        permit.answered()
        permit.refused(2.0)
        permit.refused(9.0)
        shot = limiter.snapshot()
        assert shot.refused == 1
        assert shot.credentials[0].paused_for == pytest.approx(2.0)
        assert shot.in_flight == 0

    run(main)


def test_after_a_refusal_the_rate_falls_and_climbs_back() -> None:
    async def main(loop: FakeLoop) -> None:
        client = Client(loop, make(loop))
        tasks = [asyncio.create_task(client.call()) for _ in range(300)]
        await asyncio.sleep(2.0)
        (await client.limiter.acquire(requester("ann", "interactive"), deadline=None)).refused(None)
        rates = []
        for _ in range(5):
            rates.append(client.limiter.snapshot().credentials[0].rate)
            await asyncio.sleep(0.5)
        assert rates[0] == pytest.approx(45.0)
        assert all(earlier < later or later == 50.0 for earlier, later in pairwise(rates))
        assert rates[-1] == 50.0
        await asyncio.gather(*tasks)

    run(main)


def test_source_addresses_share_the_load_and_each_has_its_own_limit() -> None:
    async def main(loop: FakeLoop) -> None:
        addresses = ("127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4")
        limiter = make(loop, local_addrs=addresses)
        left: dict[str | None, list[float]] = {address: [] for address in addresses}

        async def call(account: str) -> None:
            permit = await limiter.acquire(requester(account, "bulk"), deadline=None)
            left[permit.local_addr].append(loop.time())
            permit.sent()
            await asyncio.sleep(0.05)
            permit.answered()

        await asyncio.gather(*(call(f"account-{number % 40}") for number in range(2000)))
        assert all(widest(times) <= 50 for times in left.values())
        assert min(len(times) for times in left.values()) >= 480
        first, last = min(times[0] for times in left.values()), max(times[-1] for times in left.values())
        assert 2000 / (last - first) >= 195

    run(main)


def test_one_credential_gains_nothing_from_a_second_address() -> None:
    async def main(loop: FakeLoop) -> None:
        client = Client(loop, make(loop, local_addrs=("127.0.0.1", "127.0.0.2")))
        await asyncio.gather(*(client.call() for _ in range(300)))
        assert widest(client.left) <= 50

    run(main)


def test_weights_divide_the_rate() -> None:
    async def main(loop: FakeLoop) -> None:
        client = Client(loop, make(loop))
        tasks = [asyncio.create_task(client.call("ann", weight=3.0)) for _ in range(600)]
        tasks += [asyncio.create_task(client.call("bob")) for _ in range(600)]
        await asyncio.sleep(10.0)
        assert client.who.count("ann") == pytest.approx(3 * client.who.count("bob"), rel=0.05)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    run(main)


def test_a_refused_call_goes_before_the_others_of_its_account() -> None:
    async def main(loop: FakeLoop) -> None:
        client = Client(loop, make(loop))
        tasks = [asyncio.create_task(client.call()) for _ in range(300)]
        await asyncio.sleep(1.0)
        asked = loop.time()
        await client.call(front=True)
        assert loop.time() < asked + 0.3
        await asyncio.gather(*tasks)

    run(main)


def test_an_idle_accounts_call_does_not_wait_behind_ten_backlogs() -> None:
    async def main(loop: FakeLoop) -> None:
        dice = random.Random(3)
        client = Client(loop, make(loop))
        tasks = [asyncio.create_task(client.call(f"bulk-{number % 10}")) for number in range(6000)]
        for lane, bound in (("bulk", 0.3), ("interactive", 0.1)):
            waits = []
            for number in range(40):
                await asyncio.sleep(dice.uniform(0.5, 1.5))
                permit = await client.call(f"idle-{number}", lane=lane)  # type: ignore[arg-type]
                waits.append(permit.waited)
            assert max(waits) <= bound
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    run(main)


def test_equal_accounts_get_equal_shares() -> None:
    async def main(loop: FakeLoop) -> None:
        client = Client(loop, make(loop))
        tasks = [asyncio.create_task(client.call(f"account-{number // 600}")) for number in range(6000)]
        await asyncio.sleep(30.0)
        counts = [client.who.count(f"account-{number}") for number in range(10)]
        assert sum(counts) ** 2 / (10 * sum(count * count for count in counts)) >= 0.999
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    run(main)


def test_a_blocked_loop_catches_up_without_breaking_the_limit() -> None:
    async def main(loop: FakeLoop) -> None:
        dice = random.Random(4)
        client = Client(loop, make(loop))
        tasks = [asyncio.create_task(client.call()) for _ in range(2000)]
        start = loop.time()
        while len(client.left) < 1500:
            await asyncio.sleep(0.02)
            loop.block(dice.uniform(0.001, 0.02))
        assert len(client.left) / (loop.time() - start) >= 50 * 0.98
        assert widest(client.left) <= 50
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    run(main)


def test_without_limits_everything_goes_at_once() -> None:
    async def main(loop: FakeLoop) -> None:
        client = Client(loop, make(loop, Limits(enabled=False), local_addrs=("127.0.0.1", "127.0.0.2")))
        start = loop.time()
        permits = await asyncio.gather(*(client.call() for _ in range(500)))
        assert max(client.left) == pytest.approx(start)
        assert {permit.local_addr for permit in permits} == {"127.0.0.1", "127.0.0.2"}
        assert not client.limiter.snapshot().enabled
        permits[0].refused(3.0)
        permits[0].unsent()

    run(main)


@pytest.mark.parametrize("addresses", [(), ("127.0.0.1", "127.0.0.1")])
def test_senseless_addresses_are_refused(addresses: tuple[str, ...]) -> None:
    with pytest.raises(InvalidInput, match="local_addrs"):
        Limiter(Limits(), host="host", local_addrs=addresses)


def test_a_weight_of_nothing_is_refused() -> None:
    async def main(loop: FakeLoop) -> None:
        with pytest.raises(InvalidInput, match="weight"):
            await make(loop).acquire(requester("ann", "bulk", weight=0.0), deadline=None)

    run(main)


def test_limits_can_be_changed_while_calls_wait() -> None:
    async def main(loop: FakeLoop) -> None:
        client = Client(loop, make(loop))
        tasks = [asyncio.create_task(client.call()) for _ in range(1000)]
        await asyncio.sleep(3.0)
        lowered = loop.time()
        client.limiter.change(Limits(per_credential=10, per_address=10))
        await asyncio.sleep(6.0)
        raised = loop.time()
        client.limiter.change(Limits(per_credential=100, per_address=100))
        assert client.limiter.limits.per_address == 100
        await asyncio.gather(*tasks)
        assert widest([left for left in client.left if left < lowered]) == 50
        slow = [left for left in client.left if lowered + 1.1 <= left < raised]
        assert widest(slow) <= 10
        assert len(slow) >= 45
        fast = [left for left in client.left if left >= raised + 1.1]
        assert widest(fast) <= 100
        assert len(fast) / (fast[-1] - fast[0]) >= 95

    run(main)


def test_a_running_limiter_cannot_be_switched_off() -> None:
    async def main(loop: FakeLoop) -> None:
        with pytest.raises(InvalidInput, match="switched"):
            make(loop).change(Limits(enabled=False))

    run(main)


def test_the_listener_hears_of_each_slowdown_once(caplog: pytest.LogCaptureFixture) -> None:
    async def main(loop: FakeLoop) -> None:
        heard: list[Slowdown] = []
        limiter = Limiter(Limits(), host="host", clock=loop.time, listener=heard.append)
        permits = [await limiter.acquire(requester("ann", "bulk"), deadline=None) for _ in range(4)]
        await asyncio.sleep(0.08)
        for permit in permits:
            permit.refused(2.0)
        assert [(one.level, one.name) for one in heard] == [("credential", "ann")]
        assert heard[0].rate == pytest.approx(25.0)
        assert heard[0].pause == pytest.approx(2.0)
        assert heard[0].paced
        limiter.listener = lambda _: heard[99]  # type: ignore[assignment]
        await asyncio.sleep(3.0)
        (await limiter.acquire(requester("ann", "bulk"), deadline=None)).refused()
        assert "listener failed" in caplog.text

    run(main)


def test_what_is_expected_in_a_pause_is_told_even_to_the_last_moment() -> None:
    async def main(loop: FakeLoop) -> None:
        client = Client(loop, make(loop))
        tasks = [asyncio.create_task(client.call()) for _ in range(10)]
        await asyncio.sleep(0.5)
        for account in ("ann", "bob"):
            permit = await client.limiter.acquire(requester(account, "bulk"), deadline=None)
            permit.refused(1 / 3)
        for _ in range(40):
            with pytest.raises(RateLimitWaitTooLong):
                await client.call(patience=1e-9)
            await asyncio.sleep(1 / 120)
        await asyncio.gather(*tasks)

    run(main)
