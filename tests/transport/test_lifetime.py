"""From the opening of a client to its closing: who may still send, and who is woken how."""

from __future__ import annotations

import asyncio

import pytest

from navixy_async.errors import ClientClosed, ConnectionLost, InvalidInput
from navixy_async.transport.lifetime import Lifetime


async def test_nothing_is_sent_before_the_opening_or_after_the_end() -> None:
    lifetime = Lifetime()
    with pytest.raises(ClientClosed, match="inside 'async with"):
        lifetime.check("tracker/list")
    lifetime.begin()
    lifetime.check("tracker/list")
    lifetime.end()
    assert lifetime.is_over
    with pytest.raises(ClientClosed):
        lifetime.check("user/logout")
    lifetime.begin()
    lifetime.check("tracker/list")


async def test_while_it_closes_only_log_outs_are_sent() -> None:
    lifetime = Lifetime()
    lifetime.begin()
    lifetime.refuse_new()
    lifetime.check("user/logout")
    lifetime.check("panel/account/logout")
    with pytest.raises(ClientClosed):
        lifetime.check("tracker/list")


def test_a_client_is_of_one_loop() -> None:
    lifetime = Lifetime()

    async def begin() -> None:
        lifetime.begin()

    async def check() -> None:
        with pytest.raises(ClientClosed, match="another event loop"):
            lifetime.check("tracker/list")

    asyncio.run(begin())
    asyncio.run(check())


async def test_the_end_wakes_calls_and_stays_apart_from_a_cancellation_by_others() -> None:
    lifetime = Lifetime()
    lifetime.begin()
    found: dict[str, bool] = {}

    async def call(name: str) -> None:
        task = lifetime.enter()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError as error:
            found[name] = lifetime.leave(task, error)

    tasks = [asyncio.create_task(call(name)) for name in ("woken", "cancelled")]
    await asyncio.sleep(0)
    tasks[1].cancel()
    lifetime.end()
    await asyncio.gather(*tasks)
    assert found == {"woken": True, "cancelled": False}
    assert [task.cancelling() for task in tasks] == [0, 1], "what the end asked for is taken back"


async def test_what_a_call_ends_with_is_its_own_unless_the_client_was_closed_under_it() -> None:
    lifetime = Lifetime()
    lifetime.begin()
    task = lifetime.enter()
    assert not lifetime.leave(task, None)
    assert not lifetime.leave(lifetime.enter(), ConnectionLost("broke"))
    task = lifetime.enter()
    lifetime.end()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.sleep(0)
    assert lifetime.leave(task, ConnectionLost("broke")), "closing breaks the connection"
    lifetime.begin()
    task = lifetime.enter()
    lifetime.end()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.sleep(0)
    assert not lifetime.leave(task, InvalidInput("a bad parameter"))
