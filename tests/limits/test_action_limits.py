"""The platform's smaller rules: what goes when, and what they have in common with the catalogue."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest

from navixy_async.errors import ClientClosed, InvalidInput, RateLimitWaitTooLong
from navixy_async.limits.action_limits import ACTION_LIMITS, LIMIT_BY_ACTION, ActionLimit, ActionLimiter

from ..support.limits.fakeloop import FakeLoop, run


def test_every_rule_is_either_a_rate_or_a_number_of_places() -> None:
    for name, cap in ACTION_LIMITS.items():
        assert (cap.period is None) != (cap.at_once is None), name
        assert cap.actions, name
        assert cap.refusal_means_busy == (cap.at_once is not None)
        assert all(LIMIT_BY_ACTION[action] == name for action in cap.actions)


def test_pushes_leave_once_a_second_and_per_credential() -> None:
    async def main(loop: FakeLoop) -> None:
        caps, left = ActionLimiter(), {"ann": [], "bob": []}  # type: ignore[var-annotated]

        async def push(who: str) -> None:
            async with caps.hold("iot_push", who, None):
                left[who].append(loop.time())

        await asyncio.gather(*(push(who) for who in ("ann", "bob") for _ in range(4)))
        for times in left.values():
            gaps = [later - earlier for earlier, later in pairwise(times)]
            assert all(1.0 < gap < 1.2 for gap in gaps)

    run(main)


def test_a_rates_wait_is_known_and_refused_at_once() -> None:
    async def main(loop: FakeLoop) -> None:
        caps = ActionLimiter()
        start = loop.time()
        async with caps.hold("auth_code", "ann", None):
            pass
        with pytest.raises(RateLimitWaitTooLong) as caught:
            async with caps.hold("auth_code", "ann", start + 60.0):
                pytest.fail("went through")
        assert loop.time() == pytest.approx(start)
        assert caught.value.expected_wait == pytest.approx(300.0, abs=1.0)
        async with caps.hold("auth_code", "ann", start + 400.0):
            assert loop.time() >= start + 300.0

    run(main)


def test_one_tracker_does_not_hold_up_another() -> None:
    async def main(loop: FakeLoop) -> None:
        caps, start = ActionLimiter(), loop.time()
        for tracker in (1, 2, 3):
            async with caps.hold("register_retry", "dealer", start + 1.0, subject=tracker):
                pass
        with pytest.raises(RateLimitWaitTooLong):
            async with caps.hold("register_retry", "dealer", start + 1.0, subject=2):
                pytest.fail("went through")

    run(main)


def test_reports_are_made_one_after_the_other() -> None:
    async def main(loop: FakeLoop) -> None:
        caps, running, most = ActionLimiter(), 0, 0

        async def report() -> None:
            nonlocal running, most
            async with caps.hold("report", "ann", None):
                running += 1
                most = max(most, running)
                async with caps.hold("report", "ann", None):  # the requests inside the flow hold it too
                    await asyncio.sleep(5.0)
                running -= 1

        start = loop.time()
        await asyncio.gather(*(report() for _ in range(4)))
        assert most == 1
        assert loop.time() == pytest.approx(start + 20.0)

    run(main)


def test_a_cancelled_or_failed_holder_makes_room() -> None:
    async def main(loop: FakeLoop) -> None:
        caps = ActionLimiter()

        async def hold(seconds: float) -> None:
            async with caps.hold("import", "ann", None):
                await asyncio.sleep(seconds)
                raise LookupError

        first, second = asyncio.create_task(hold(100.0)), asyncio.create_task(hold(100.0))
        third = asyncio.create_task(hold(1.0))
        await asyncio.sleep(1.0)
        second.cancel()
        first.cancel()
        with pytest.raises(LookupError):
            await third
        holder = asyncio.create_task(hold(100.0))
        await asyncio.sleep(1.0)
        asked = loop.time()
        with pytest.raises(RateLimitWaitTooLong) as caught:
            async with caps.hold("import", "ann", asked + 2.0):
                pytest.fail("went through")
        assert loop.time() == pytest.approx(asked + 2.0)
        assert caught.value.expected_wait == pytest.approx(2.0)
        holder.cancel()
        await asyncio.gather(holder, return_exceptions=True)

    run(main)


def test_idle_gates_are_forgotten_and_busy_ones_kept() -> None:
    async def main(loop: FakeLoop) -> None:
        caps = ActionLimiter()
        async with caps.hold("auth_code", "kept", None):
            pass
        for number in range(1000):
            async with caps.hold("iot_push", f"account-{number}", None):
                pass
            await asyncio.sleep(0.1)
        assert len(caps._states) < 600
        with pytest.raises(RateLimitWaitTooLong):
            async with caps.hold("auth_code", "kept", loop.time() + 1.0):
                pytest.fail("went through")

    run(main)


def test_an_unknown_rule_and_another_loop_are_refused() -> None:
    caps = ActionLimiter()

    async def first(_loop: FakeLoop) -> None:
        with pytest.raises(InvalidInput, match="unknown action limit 'nothing'"):
            async with caps.hold("nothing", "ann", None):
                pass
        async with caps.hold("report", "ann", None):
            pass

    async def second(_loop: FakeLoop) -> None:
        with pytest.raises(ClientClosed, match="another event loop"):
            async with caps.hold("report", "bob", None):
                pass

    run(first)
    run(second)


def test_a_rule_is_plain_data() -> None:
    assert ActionLimit(period=2.0) == ActionLimit(period=2.0)
