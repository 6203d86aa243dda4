"""What the benchmarks share: calls over aiohttp under full load, and the admissions that are compared."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter as Tally
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import aiohttp
import backoff
from aiolimiter import AsyncLimiter

from navixy_async.limits import Limiter
from navixy_async.operations import Lane
from navixy_async.requester import Requester
from navixy_async.sessions import FixedSource
from navixy_async.settings import Limits

from .lines import Line
from .server import ServerProcess

Send = Callable[[], Awaitable[bool]]
"""Sends one call; whether it was accepted."""


@cache
def requester(label: str, lane: Lane = "bulk", *, key: str | None = None, weight: float = 1.0) -> Requester:
    """Somebody who asks; with a credential of that name, if no other is given."""
    return Requester(FixedSource(None, key=label if key is None else key), label, lane, weight)


@dataclass
class Seen:
    """What the server saw of a scene: (seconds since the first call, account, address)."""

    accepted: list[tuple[float, str, str]]
    refused: list[tuple[float, str, str]]
    cpu: float = 0.0

    @property
    def per_mille(self) -> float:
        """Refused of 1000 calls."""
        return 1000 * len(self.refused) / max(len(self.accepted) + len(self.refused), 1)

    def rate(self, start: float, end: float) -> float:
        """Accepted calls per second between two moments."""
        return sum(1 for at, *_ in self.accepted if start <= at < end) / (end - start)

    def widest(self, window: float = 1.0, *, by: int | None = None) -> int:
        """The most accepted calls in any window; `by` 1 or 2 counts each account or address apart."""
        best = 0
        groups = {one[by] for one in self.accepted} if by else {None}
        for group in groups:
            times = [one[0] for one in self.accepted if by is None or one[by] == group]
            first = 0
            for last, at in enumerate(times):
                while times[first] < at - window:
                    first += 1
                best = max(best, last - first + 1)
        return best

    def jain(self) -> float:
        """Jain's index of fairness over the accounts; 1 is equal shares."""
        counts = list(Tally(account for _, account, _ in self.accepted).values())
        return sum(counts) ** 2 / (len(counts) * sum(count * count for count in counts))


class Theatre:
    """A server process and a client of it."""

    def __init__(self, port: int, addresses: tuple[str | None, ...] = (None,)) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self._sessions = {
            address: aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=0, local_addr=None if address is None else (address, 0), keepalive_timeout=60
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
            for address in addresses
        }
        self._names = 0

    async def close(self) -> None:
        """Close the connections."""
        for session in self._sessions.values():
            await session.close()

    async def open(self, kind: str, line: Line, **more: Any) -> str:
        """Open a scene with counters of its own."""
        self._names += 1
        name = f"scene-{self._names}"
        told = {"kind": kind, "line": vars(line), "seed": self._names, **more}
        async with self._any().put(f"{self.base}/scene/{name}", json=told) as response:
            await response.read()
        return name

    async def seen(self, scene: str) -> Seen:
        """What the server saw."""
        async with self._any().get(f"{self.base}/scene/{scene}") as response:
            told = await response.json()
        return Seen([tuple(one) for one in told["accepted"]], [tuple(one) for one in told["refused"]])

    async def call(
        self, scene: str, account: str, permit: Any = None, address: str | None = None
    ) -> tuple[bool, float | None]:
        """Send one call, telling the permit what happens; whether it was accepted, and the Retry-After."""
        session = self._sessions[address if permit is None else permit.local_addr]
        if permit is not None:
            permit.sent()
        try:
            async with session.post(f"{self.base}/call/{scene}/{account}") as response:
                told = response.headers.get("Retry-After")
                retry_after = None if told is None else float(told)
                if permit is not None:
                    if response.status == 429:
                        permit.refused(retry_after)
                    else:
                        permit.answered()
                await response.read()
                return response.status == 200, retry_after
        except BaseException:
            if permit is not None:
                permit.lost()
            raise

    def _any(self) -> aiohttp.ClientSession:
        return next(iter(self._sessions.values()))


@asynccontextmanager
async def theatre(addresses: tuple[str | None, ...] = (None,)) -> AsyncIterator[Theatre]:
    """A server in its own process, and connections to it."""
    with ServerProcess() as process:
        stage = Theatre(process.port, addresses)
        try:
            yield stage
        finally:
            await stage.close()


# -- ways to let calls go ---------------------------------------------------------------------------------------------

Way = Callable[[Theatre, str, float, int], Awaitable[None]]
"""Keeps `workers` calls of one account wanting to go to a scene for some seconds."""


async def _swarm(seconds: float, workers: int, one: Callable[[], Awaitable[object]]) -> None:
    end = time.monotonic() + seconds

    async def work() -> None:
        while time.monotonic() < end:
            await one()

    tasks = [asyncio.create_task(work()) for _ in range(workers)]
    await asyncio.sleep(max(end - time.monotonic(), 0))
    for task in tasks:
        task.cancel()
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(result, Exception):
            raise result


async def ours(
    stage: Theatre, scene: str, seconds: float, workers: int, *, accounts: int = 1, lane: Lane = "bulk", **given: Any
) -> None:
    """This project's limiter."""
    limiter = given.get("limiter") or Limiter(Limits(), host="bench")
    turn = iter(range(1 << 60))

    async def one() -> None:
        account = f"account-{next(turn) % accounts}"
        front = False
        while True:
            permit = await limiter.acquire(requester(account, lane), deadline=None, front=front)
            if (await stage.call(scene, account, permit))[0]:
                return
            front = True

    await _swarm(seconds, workers, one)
    if "limiter" not in given:
        limiter.close()


def _gate(make: Callable[[], Callable[[], Awaitable[object]]]) -> Way:
    async def way(stage: Theatre, scene: str, seconds: float, workers: int) -> None:
        acquire = make()

        async def one() -> None:
            await acquire()
            await stage.call(scene, "account-0")

        await _swarm(seconds, workers, one)

    return way


def _pyrate() -> Callable[[], Awaitable[object]]:
    from pyrate_limiter import Duration, Rate  # the extra `bench` need not be installed for the rest
    from pyrate_limiter import Limiter as Pyrate

    limiter = Pyrate(Rate(50, Duration.SECOND))
    return lambda: limiter.try_acquire_async("host")


def _throttled() -> Callable[[], Awaitable[object]]:
    from throttled.asyncio import RateLimiterType, Throttled, rate_limiter

    limiter = Throttled(
        key="host", using=RateLimiterType.GCRA.value, quota=rate_limiter.per_sec(50, burst=5), timeout=3600
    )
    return limiter.limit


async def _aiometer(stage: Theatre, scene: str, seconds: float, workers: int) -> None:
    import aiometer

    async def one(_: int) -> None:
        await stage.call(scene, "account-0")

    await aiometer.run_on_each(one, range(int(50 * seconds)), max_at_once=workers, max_per_second=50)


async def _semaphore(stage: Theatre, scene: str, seconds: float, workers: int) -> None:
    semaphore = asyncio.Semaphore(50)

    async def one() -> None:
        async with semaphore:
            await stage.call(scene, "account-0")
            await asyncio.sleep(1.0)

    await _swarm(seconds, workers, one)


async def _retry_only(stage: Theatre, scene: str, seconds: float, workers: int) -> None:
    async def one() -> None:
        waits = backoff.expo(base=2, factor=0.5, max_value=30)
        next(waits)
        while True:
            accepted, retry_after = await stage.call(scene, "account-0")
            if accepted:
                return
            await asyncio.sleep(retry_after or backoff.full_jitter(next(waits)))

    await _swarm(seconds, workers, one)


WAYS: dict[str, Way] = {
    "navixy_async": ours,
    "AsyncLimiter(50, 1)": _gate(lambda: AsyncLimiter(50, 1).acquire),
    "AsyncLimiter(1, 1/50)": _gate(lambda: AsyncLimiter(1, 1 / 50).acquire),
    "pyrate-limiter": _gate(_pyrate),
    "throttled-py": _gate(_throttled),
    "aiometer": _aiometer,
    "Semaphore(50) + sleep(1)": _semaphore,
    "retry on 429 alone": _retry_only,
}
"""What people use today, and us."""


async def block_the_loop(least: float = 0.001, most: float = 0.020, every: float = 0.020) -> None:
    """What decoding big bodies does to an event loop."""
    dice = random.Random(7)
    while True:
        await asyncio.sleep(every)
        end = time.monotonic() + dice.uniform(least, most)
        while time.monotonic() < end:
            pass


@dataclass(frozen=True)
class Bar:
    """One figure that must be reached."""

    figure: str
    must: str
    value: str
    reached: bool


def show(bars: list[Bar]) -> None:
    """Print which bars were reached."""
    table(("figure", "must", "measured", "reached"))
    for bar in bars:
        row(bar.figure, bar.must, bar.value, "yes" if bar.reached else "**no**")


def table(head: tuple[str, ...]) -> None:
    """Begin a table in Markdown."""
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head), flush=True)


def row(*cells: object) -> None:
    """Add a row."""
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)
