"""The whole matrix in simulated time: the real scheduler against model servers, without waiting for anything.

    python -m benchmarks.limiter.simulate [--seconds 60] [--seeds 3]

A minute of full load takes a fraction of a second and comes out the same each time, so every cell can be looked at.
It leaves out what only a real loop and a real network have; the other files of this folder measure those.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter as Tally
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count, product
from typing import Any

from navixy_async.limits.lanes import Waiter
from navixy_async.limits.scheduler import Scheduler
from navixy_async.operations import Lane
from navixy_async.settings import Limits

from .counters import COUNTERS, Counter
from .lines import JITTERS, PLACES, Line
from .stage import requester


@dataclass
class Outcome:
    """What a run showed."""

    seconds: float
    accepted: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    by_account: Tally[str] = field(default_factory=Tally)

    def share(self, rate: float = 50.0, start: float = 5.0) -> float:
        """Part of `rate` that was accepted after the first seconds."""
        return sum(1 for at in self.accepted if start <= at < self.seconds) / (self.seconds - start) / rate

    def per_mille(self) -> float:
        """Refused of 1000 sent."""
        return 1000 * len(self.refused) / max(len(self.refused) + len(self.accepted), 1)


def widest(times: list[float], window: float = 1.0) -> int:
    """The largest number of `times` within any window."""
    best = first = 0
    times = sorted(times)
    for last, at in enumerate(times):
        while times[first] < at - window:
            first += 1
        best = max(best, last - first + 1)
    return best


class Loop:
    """The client's event loop: blocked now and then, and a little late always."""

    def __init__(self, dice: random.Random, blocks: tuple[float, float, float] | None, late: float) -> None:
        self._dice = dice
        self._blocks = blocks
        self._late = late
        self._busy = (0.0, 0.0)

    def attends(self, at: float) -> float:
        """When the loop gets to something that is ready at `at`."""
        at += self._dice.uniform(0.0, self._late)
        if self._blocks is None:
            return at
        every, least, most = self._blocks
        while self._busy[1] < at:
            begin = self._busy[1] + every
            self._busy = (begin, begin + self._dice.uniform(least, most))
        return self._busy[1] if self._busy[0] <= at else at


class World:
    """One client under full load from some accounts, one server that counts per credential and per address."""

    def __init__(
        self,
        kind: str,
        line: Line,
        *,
        seed: int = 1,
        accounts: int = 1,
        backlog: int = 100,
        limits: Limits | None = None,
        addresses: tuple[str | None, ...] = (None,),
        blocks: tuple[float, float, float] | None = None,
        late: float = 0.001,
        retry_after: float | None = None,
        lane: Lane = "bulk",
    ) -> None:
        self.dice = random.Random(seed)
        self.now = 100.0
        self.start = self.now
        self.line = line
        self.kind = kind
        self.limits = limits or Limits()
        self.core = Scheduler(self.limits, addresses, self.now)
        self.loop = Loop(self.dice, blocks, late)
        self.retry_after = retry_after
        self.lane = lane
        self.offset = self.dice.random()  # of the server's clock
        self.counters: dict[tuple[str, object], Counter] = {}
        self.names = [f"account-{number}" for number in range(accounts)]
        self.backlog = backlog
        self.events: list[tuple[float, int, str, Any]] = []
        self.tickets = count()
        self.timer = float("inf")
        self.pending: list[Waiter] = []

    def at(self, when: float, what: str, detail: Any = None) -> None:
        """Let something happen at `when`."""
        heappush(self.events, (when, next(self.tickets), what, detail))

    def ask(self, account: str, *, front: bool = False) -> None:
        """Queue one call."""
        waiter = self.core.enqueue(requester(account, self.lane), None, self.now, front=front)
        self.pending.append(waiter)

    def counted(self, what: str, name: object) -> Counter:
        """The server's counter of a key or an address."""
        found = self.counters.get((what, name))
        if found is None:
            limit = self.limits.per_credential if what == "key" else self.limits.per_address
            found = self.counters[(what, name)] = COUNTERS[self.kind](limit)
        return found

    def run(self, seconds: float) -> Outcome:
        """Run the load for so long."""
        outcome = Outcome(seconds)
        for name in self.names:
            for _ in range(self.backlog):
                self.ask(name)
        self.drain()
        while self.events and self.now < self.start + seconds:
            self.now, _, what, detail = heappop(self.events)
            self.step(what, detail, outcome)
        return outcome

    def step(self, what: str, detail: Any, outcome: Outcome) -> None:
        """Let one event happen."""
        if what == "arrive":
            grant, down = detail
            at = self.now + self.offset
            counters = self.counted("key", grant.credential.key), self.counted("address", grant.address.name)
            ok = all(counter.would_admit(at) for counter in counters)
            if ok:
                for counter in counters:
                    counter.count_one(at)
            (outcome.accepted if ok else outcome.refused).append(self.now - self.start)
            if ok:
                outcome.by_account[grant.credential.key] += 1
            self.at(self.loop.attends(self.now + down), "answer", (grant, ok))
            return
        if what == "answer":
            grant, ok = detail
            if ok:
                self.core.answered(grant, self.now)
            else:
                self.core.refused(grant, self.retry_after, self.now)
                self.ask(grant.credential.key, front=True)
        elif what == "timer":
            if self.timer > self.now:
                return
            self.timer = float("inf")
        self.core.dispatch(self.now)
        self.drain()

    def drain(self) -> None:
        """Send what was let go, and set the timer."""
        while True:
            going = [waiter for waiter in self.pending if waiter.outcome is not None]
            if not going:
                break
            self.pending = [waiter for waiter in self.pending if waiter.outcome is None]
            for waiter in going:
                grant = waiter.result()
                self.core.sent(grant, self.now)
                up, down = self.line.draw(self.dice)
                self.at(self.now + up, "arrive", (grant, down))
                self.ask(grant.credential.key)
        when = self.core.wake_at()
        if when is not None and when < self.timer:
            self.timer = self.loop.attends(max(when, self.now))
            self.at(self.timer, "timer")


def rows(seconds: float, seeds: int) -> Iterator[tuple[str, ...]]:
    """Every cell of the matrix."""
    for kind, latency, jitter in product(COUNTERS, (0.005, 0.080, 0.300), JITTERS):
        for place in PLACES if jitter != "none" else ("both",):
            runs = [World(kind, Line(latency, jitter, place), seed=seed).run(seconds) for seed in range(seeds)]
            yield (
                kind,
                f"{latency * 1000:.0f} ms",
                jitter,
                place if jitter != "none" else "-",
                str(sum(len(run.refused) for run in runs)),
                f"{max(run.per_mille() for run in runs):.2f}",
                f"{100 * min(run.share() for run in runs):.2f} %",
                str(max(widest(run.accepted) for run in runs)),
            )


def main() -> None:
    """Print the matrix."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args()
    head = ("server", "latency", "jitter", "strikes", "refused", "‰ worst", "of 50/s", "widest")
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows(given.seconds, given.seeds):
        print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
