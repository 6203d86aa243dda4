"""CPU of admission per call, with thousands of calls queued.

    python -m benchmarks.limiter.cpu [--queued 10000] [--calls 10000]

Two figures for each row. *Decisions*: asking, letting go, sent and answered, in the scheduler alone. *Whole*: `await
acquire()` and the permit's calls in tasks of an event loop, with its timers and futures; beside it what the same tasks
cost when a bare timer and a future let each of them go, which every limiter needs. The loop's clock jumps from timer to
timer: what the system takes to put a process to sleep and wake it (50 µs on some machines) is not the limiter's.
Process time is measured, but a busy machine still inflates it, as caches and cores are shared.
"""

from __future__ import annotations

import argparse
import asyncio
import selectors
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from itertools import count
from typing import Any

from navixy_async.limits import Limiter
from navixy_async.limits.grants import Grant
from navixy_async.limits.lanes import Waiter
from navixy_async.limits.scheduler import Scheduler
from navixy_async.settings import Limits

from .stage import Bar, requester, row, show, table

MOST = 25e-6


class Jumping(selectors.SelectSelector):
    """Does not wait for the next timer, but lets time pass at once."""

    now = 1000.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Jump; nothing is ever ready but timers."""
        self.now += (timeout or 0.0) + 1e-8
        return []


class JumpingLoop(asyncio.SelectorEventLoop):
    """An event loop on such a clock."""

    def __init__(self) -> None:
        self._jumping = Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        """The clock that jumps."""
        return self._jumping.now


def run(job: Coroutine[Any, Any, float]) -> float:
    """Run a job on a loop of its own."""
    with asyncio.Runner(loop_factory=JumpingLoop) as runner:
        return runner.run(job)


def decisions(queued: int, calls: int, accounts: int, deadline: float | None) -> float:
    """CPU seconds per call of the scheduler alone, at 50 calls per second and 80 ms of latency."""
    now = 1000.0
    core = Scheduler(Limits(), (None,), now)
    names = [f"account-{number}" for number in range(accounts)]
    turn = count()
    waiting: deque[Waiter] = deque()
    under_way: deque[tuple[float, Grant]] = deque()

    def ask() -> None:
        name = names[next(turn) % accounts]
        waiting.append(core.enqueue(requester(name, "bulk"), None if deadline is None else now + deadline, now))

    for _ in range(queued):
        ask()
    done = 0
    begin = time.process_time()
    while done < calls:
        when = core.wake_at()
        assert when is not None
        if under_way and under_way[0][0] <= when:
            now, grant = under_way.popleft()
            core.answered(grant, now)
        else:
            now = max(when, now)
        core.dispatch(now)
        for _ in range(len(waiting)):
            if waiting[0].grant is None:
                break
            grant = waiting.popleft().result()
            core.sent(grant, now)
            under_way.append((now + 0.080, grant))
            done += 1
            ask()
    return (time.process_time() - begin) / calls


async def whole(queued: int, calls: int, accounts: int, deadline: float | None) -> float:
    """CPU seconds per call with tasks, futures and timers."""
    loop = asyncio.get_running_loop()
    limiter = Limiter(Limits(), host="bench", clock=loop.time)

    async def one(number: int) -> None:
        name = f"account-{number % accounts}"
        until = None if deadline is None else loop.time() + deadline
        permit = await limiter.acquire(requester(name, "bulk"), deadline=until)
        permit.sent()
        permit.answered()

    return await _timed(queued, calls, one)


async def bare(queued: int, calls: int) -> float:
    """The same with a timer and a future."""
    loop = asyncio.get_running_loop()
    begin = loop.time()
    turn = count(1)

    async def one(_: int) -> None:
        future: asyncio.Future[None] = loop.create_future()
        loop.call_at(begin + next(turn) / 50, _resolve, future)
        await future

    return await _timed(queued, calls, one)


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


async def _timed(queued: int, calls: int, one: Callable[[int], Awaitable[None]]) -> float:
    done = 0
    enough = asyncio.Event()

    async def work(number: int) -> None:
        nonlocal done
        while True:
            await one(number)
            done += 1
            if done == calls:
                enough.set()

    tasks = [asyncio.create_task(work(number)) for number in range(queued)]
    await asyncio.sleep(0)
    begin = time.process_time()
    await enough.wait()
    spent = (time.process_time() - begin) / calls
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return spent


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queued", type=int, default=10_000)
    parser.add_argument("--calls", type=int, default=10_000)
    given = parser.parse_args()
    bars = []
    table(("queued", "accounts", "deadline", "decisions", "whole", "bare timer and future"))
    for queued in (100, given.queued):
        least = run(bare(queued, given.calls))
        for accounts, deadline in ((1, None), (10, None), (200, None), (10, 3600.0)):
            alone = decisions(queued, given.calls, accounts, deadline)
            full = run(whole(queued, given.calls, accounts, deadline))
            shown = "-" if deadline is None else f"{deadline:.0f} s"
            row(queued, accounts, shown, f"{alone * 1e6:.1f} µs", f"{full * 1e6:.1f} µs", f"{least * 1e6:.1f} µs")
            if queued == given.queued:
                name = f"CPU per call, {queued} queued, {accounts} accounts, deadline {shown}"
                value = f"{alone * 1e6:.1f} µs alone, {(full - least) * 1e6:.1f} µs above the bare loop"
                bars.append(Bar(name, "≤ 25 µs", value, full - least <= MOST))
    print()
    show(bars)


if __name__ == "__main__":
    main()
