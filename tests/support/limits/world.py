"""A client and a strict server in simulated time: drives the real scheduler, one event after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import Any

from navixy_async.errors import RateLimitWaitTooLong
from navixy_async.limits.grants import Grant
from navixy_async.limits.lanes import Waiter
from navixy_async.limits.limiter import take_snapshot
from navixy_async.limits.scheduler import Scheduler
from navixy_async.operations import Lane
from navixy_async.requester import Requester
from navixy_async.sessions import FixedSource
from navixy_async.settings import Limits

UP, DOWN = 0.03, 0.02
"""Seconds that the quickest request needs to the server, and its answer back."""

SLOWEST = 2.8
"""Seconds after a change of limits until nothing that was let go before it is counted any more."""


@cache
def requester(label: str, lane: Lane = "bulk", *, key: str | None = None, weight: float = 1.0) -> Requester:
    """Somebody who asks; with a credential of that name, if no other is given."""
    return Requester(FixedSource(None, key=label if key is None else key), label, lane, weight)


@dataclass(frozen=True)
class Fate:
    """What becomes of one request that was let go.

    Times are seconds beyond the quickest way: `connect` before it is written, `late` before the server counts it,
    `slow` before its answer is here.
    """

    kind: str = "answered"
    connect: float = 0.0
    late: float = 0.0
    slow: float = 0.0
    retry_after: float | None = None


def widest(times: list[float]) -> int:
    """The largest number of `times` within one second, both ends included."""
    best = first = 0
    times = sorted(times)
    for last, at in enumerate(times):
        while times[first] < at - 1.0:
            first += 1
        best = max(best, last - first + 1)
    return best


class World:
    """Everything that happens between some accounts, their limiter and the server."""

    def __init__(self, limits: Limits, fates: Iterator[Fate], *, addresses: tuple[str | None, ...] = (None,)) -> None:
        self.now = 1000.0
        self.core = Scheduler(limits, addresses, self.now)
        self.regimes: list[tuple[float, Limits]] = [(self.now, limits)]
        self.fates = fates
        self.arrived: dict[tuple[str, str | None], list[float]] = defaultdict(list)
        self.sent: list[tuple[float, str]] = []
        self.granted: list[Waiter] = []
        self.raised: list[Waiter] = []
        self.withdrawn: list[Waiter] = []
        self.asked: list[Waiter] = []
        self.timer: float | None = None
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._tickets = count()
        self._late_by: Callable[[], float] = lambda: 0.0

    def know_the_way(self) -> None:
        """Let the limiter have seen the quickest round trip."""
        for rtt in {id(one.rtt): one.rtt for one in self.core.registry.addresses}.values():
            rtt.sample(UP + DOWN, self.now)
        self.core.registry.rtt.sample(UP + DOWN, self.now)

    def loop_is_late(self, by: Callable[[], float]) -> None:
        """Let every wake-up come later than asked for."""
        self._late_by = by

    def at(self, when: float, what: Callable[[], None]) -> None:
        """Let something happen at `when`."""
        heappush(self._events, (max(when, self.now), next(self._tickets), what))

    def ask(self, account: str, *, lane: Lane = "bulk", patience: float | None = None, **more: Any) -> Waiter | None:
        """Queue a call; ``None`` if it was refused at once."""
        deadline = None if patience is None else self.now + patience
        try:
            front = more.pop("front", False)
            waiter = self.core.enqueue(requester(account, lane, **more), deadline, self.now, front=front)
        except RateLimitWaitTooLong:
            return None
        finally:
            self._set_timer()
        self.asked.append(waiter)
        if waiter.outcome is not None:
            self._settled(waiter)
        else:
            waiter.wake = lambda: self._settled(waiter)
        self._set_timer()
        return waiter

    def withdraw(self, waiter: Waiter) -> None:
        """The caller cancels while it waits."""
        if waiter.waiting:
            self.core.withdraw(waiter)
            self.withdrawn.append(waiter)

    def run(self, seconds: float) -> None:
        """Let time pass."""
        end = self.now + seconds
        while self._events and self._events[0][0] <= end:
            self.now, _, what = heappop(self._events)
            what()
        self.now = end

    def check(self) -> None:
        """What must hold at every moment."""
        if self.timer is None or self.timer > self.now:
            self._check_work_is_done()
        self._check_sums()
        self._check_places()

    def change(self, limits: Limits) -> None:
        """Let the limiter keep other limits from now on."""
        self.regimes.append((self.now, limits))
        self.core.change(limits, self.now)
        self._set_timer()

    def check_server(self) -> None:
        """The strict server never had to refuse."""
        ends = [begin for begin, _ in self.regimes[1:]] + [inf]
        for (level, name), times in self.arrived.items():
            for number, ((begin, limits), end) in enumerate(zip(self.regimes, ends, strict=True)):
                limit = limits.per_credential if level == "key" else limits.per_address
                # what was let go before a change may still be under way, and counts for a second more
                start = begin + SLOWEST if number else begin
                counted = [at for at in times if start <= at <= end]
                assert widest(counted) <= limit, f"{widest(counted)} of {level} {name} arrived within a second"

    def _check_work_is_done(self) -> None:
        core = self.core
        buckets = [one.bucket for one in core.registry.addresses]
        if any(not one.rate.whole for one in [*buckets, *(c.bucket for c in core.registry.credentials.values())]):
            return  # a climbing rate opens places between two looks at it
        if any(bucket.ready_at(self.now) <= self.now for bucket in buckets):
            for queue in core.lanes.values():
                for flow in queue:
                    assert flow.credential.bucket.ready_at(self.now) > self.now, f"{flow.account} could have gone"

    def _check_sums(self) -> None:
        shot = take_snapshot(self.core, "host", self.now)
        still = [waiter for waiter in self.asked if waiter.waiting]
        assert shot.waiting == len(still)
        assert shot.waiting == sum(lane.waiting for lane in shot.lanes)
        assert shot.waiting == sum(one.waiting for lane in shot.lanes for one in lane.accounts)
        assert shot.waiting == sum(one.waiting for one in shot.credentials)
        assert shot.in_flight == sum(1 for waiter in self.granted if waiter.result().open)
        assert sum(one.busy for one in shot.addresses) == sum(one.busy for one in shot.credentials)
        if len(self.regimes) == 1:
            assert all(one.busy <= one.limit for one in shot.credentials + shot.addresses)

    def _check_places(self) -> None:
        for credential in self.core.registry.credentials.values():
            held = sum(
                1
                for waiter in self.granted
                if waiter.result().credential is credential and waiter.result().credential_slot.held
            )
            assert credential.bucket.busy == held

    def _settled(self, waiter: Waiter) -> None:
        if waiter.grant is None:
            self.raised.append(waiter)
            return
        self.granted.append(waiter)
        grant, fate = waiter.result(), next(self.fates)
        self.sent.append((self.now, waiter.queue.account))
        if fate.kind == "unsent":
            self.at(self.now + fate.connect, lambda: self._tell(lambda: self.core.unsent(grant, self.now)))
        else:
            self.at(self.now + fate.connect, lambda: self._write(grant, fate))

    def _write(self, grant: Grant, fate: Fate) -> None:
        self._tell(lambda: self.core.sent(grant, self.now))
        arrives = self.now + UP + fate.late
        if fate.kind != "never arrives":
            self.at(arrives, lambda: self._arrive(grant))
        done = arrives + DOWN + fate.slow
        if fate.kind == "answered":
            self.at(done, lambda: self._tell(lambda: self.core.answered(grant, self.now)))
        elif fate.kind == "refused":
            self.at(done, lambda: self._tell(lambda: self.core.refused(grant, fate.retry_after, self.now)))
        else:
            self.at(self.now + fate.slow, lambda: self._tell(lambda: self.core.lost(grant)))

    def _arrive(self, grant: Grant) -> None:
        self.arrived["key", grant.credential.key].append(self.now)
        self.arrived["address", grant.address.name].append(self.now)

    def _tell(self, news: Callable[[], object]) -> None:
        news()
        self.core.dispatch(self.now)
        self._set_timer()
        self._check_work_is_done()

    def _set_timer(self) -> None:
        when = self.core.wake_at()
        if when is not None and (self.timer is None or when < self.timer):
            self.timer = when
            self.at(when + self._late_by(), self._ring)

    def _ring(self) -> None:
        if self.timer is not None and self.timer <= self.now:
            self.timer = None
        self._tell(lambda: None)
