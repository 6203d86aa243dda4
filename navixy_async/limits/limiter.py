"""The asyncio shell around the scheduler: futures for the waiters, and the one timer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial
from itertools import cycle
from math import inf
from time import monotonic
from typing import Final

from ..errors import ClientClosed, InvalidInput
from ..requester import Requester
from ..settings import LONGEST_RETRY_AFTER, WAIT_WHEN_DOUBTED, Limits
from .bucket import Bucket
from .grants import Grant
from .protocol import Permit
from .rtt import WINDOW
from .scheduler import Scheduler
from .simple import FreePermit
from .snapshot import AccountSnapshot, BudgetSnapshot, LaneSnapshot, LimitsSnapshot, PathSnapshot, Slowdown

log = logging.getLogger("navixy_async")

_CLOSED = "the client is closed: open a new one"


class LimiterPermit:
    """A :class:`~navixy_async.limits.protocol.Permit` of the :class:`Limiter`."""

    __slots__ = ("_grant", "_limiter")

    def __init__(self, limiter: Limiter, grant: Grant) -> None:
        self._limiter = limiter
        self._grant = grant

    @property
    def waited(self) -> float:
        """Seconds between asking and the permission."""
        return self._grant.at - self._grant.asked

    @property
    def local_addr(self) -> str | None:
        """The source address that the request must leave from; ``None`` leaves it to the system."""
        return self._grant.address.name

    def sent(self) -> None:
        """The request is being written now."""
        now = self._limiter.now()
        self._limiter.scheduler.sent(self._grant, now)
        if now - self._grant.at > WINDOW:  # a slow connect: its slot comes free sooner than expected
            self._limiter.release_waiters(now)

    def answered(self) -> None:
        """The head of an answer that counts has arrived."""
        now = self._limiter.now()
        self._limiter.scheduler.answered(self._grant, now)
        self._limiter.release_waiters(now)

    def refused(self, retry_after: float | None = None) -> None:
        """The server refused by its rate limit; `retry_after` is its floor in seconds."""
        now = self._limiter.now()
        if retry_after is not None and retry_after > LONGEST_RETRY_AFTER and not self._grant.credential.bucket.doubted:
            log.warning(
                "%s asks to wait for %.3g s before the next request of %s: %.0f s are waited, then one call is tried",
                self._limiter.host,
                retry_after,
                self._grant.credential.key,
                WAIT_WHEN_DOUBTED,
            )
        slowdowns = self._limiter.scheduler.refused(self._grant, retry_after, now)
        self._limiter.release_waiters(now)
        self._limiter.report(slowdowns)

    def unsent(self) -> None:
        """The request provably never left."""
        now = self._limiter.now()
        self._limiter.scheduler.unsent(self._grant, now)
        self._limiter.release_waiters(now)

    def lost(self) -> None:
        """No answer will come."""
        self._limiter.scheduler.lost(self._grant)
        self._limiter.release_waiters(self._limiter.now())


class Limiter:
    """Lets the requests to one host go: never over its limits, hardly under them, and fair between accounts.

    Args:
        limits: what the host allows.
        host: name of the host, for snapshots.
        local_addrs: the source addresses to spread requests over; ``(None,)`` is the system's own choice.
        clock: seconds on a monotonic clock, the one that deadlines are given on; `time.monotonic` if not given.
        listener: called for every :class:`Slowdown`.

    A limiter belongs to the event loop that first waits on it; it may be shared by several clients of that loop.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        host: str,
        local_addrs: Sequence[str | None] = (None,),
        clock: Callable[[], float] | None = None,
        listener: Callable[[Slowdown], None] | None = None,
    ) -> None:
        if not local_addrs or len(set(local_addrs)) != len(local_addrs):
            raise InvalidInput("local_addrs must name at least one source address, each of them once")
        self.listener = listener
        """Called for every slow-down; it must return quickly, and what it raises is logged and dropped."""
        self.host: Final = host
        self.now: Final = clock if clock is not None else monotonic
        """The limiter's clock; it runs like that of the asyncio loop."""
        self.scheduler: Final = Scheduler(limits, tuple(local_addrs), self.now())
        """Decides who goes; for permits and tests."""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = inf
        self._closed = False
        self._enabled = limits.enabled
        self._free = cycle([FreePermit(name) for name in local_addrs])

    async def acquire(self, requester: Requester, *, deadline: float | None, front: bool = False) -> Permit:
        """Wait until a request of `requester` may go.

        Args:
            requester: who asks.
            deadline: loop time after which the caller no longer needs it, or ``None``.
            front: queue before the account's other calls; for a call that was let go already and came back refused.

        Raises:
            RateLimitWaitTooLong: at once, if the wait is expected to pass the deadline, now or after a new pause.
            ClientClosed: the limiter is closed, or belongs to another event loop.
        """
        loop = self._bind()
        if not self._enabled:
            return next(self._free)
        if not requester.weight > 0:
            raise InvalidInput(f"weight must be a number above zero, not {requester.weight!r}")
        now = self.now()
        waiter = self.scheduler.enqueue(requester, deadline, now, front=front)
        if waiter.outcome is None:
            future: asyncio.Future[None] = loop.create_future()
            waiter.wake = partial(_wake, future)
            self._set_timer(now)
            try:
                await future
            except asyncio.CancelledError:
                if (grant := waiter.grant) is not None:  # let go and cancelled in the same iteration of the loop
                    now = self.now()
                    self.scheduler.unsent(grant, now)
                    self.release_waiters(now)
                else:
                    self.scheduler.withdraw(waiter)
                raise
        return LimiterPermit(self, waiter.result())

    @property
    def limits(self) -> Limits:
        """What the host is believed to allow."""
        return self.scheduler.limits

    def change(self, limits: Limits) -> None:
        """Apply other limits from now on, also to calls that already wait.

        Raises:
            InvalidInput: the limits switch the limiter on or off, which a running one cannot follow.
        """
        if limits.enabled != self.limits.enabled:
            raise InvalidInput("a limiter cannot be switched on or off while it runs: make a new client")
        now = self.now()
        self.scheduler.change(limits, now)
        self._set_timer(now)

    def snapshot(self) -> LimitsSnapshot:
        """What the limiter knows and is doing right now."""
        return take_snapshot(self.scheduler, self.host, self.now())

    def close(self) -> None:
        """Wake every waiter with ClientClosed and let nothing go any more; open permits may still be closed."""
        self._closed = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self.scheduler.fail_all(lambda: ClientClosed(_CLOSED))

    def _bind(self) -> asyncio.AbstractEventLoop:
        loop = asyncio.get_running_loop()
        if self._closed:
            raise ClientClosed(_CLOSED)
        if self._loop is None:
            self._loop = loop
        elif self._loop is not loop:
            raise ClientClosed("the limiter belongs to another event loop: make one client per loop")
        return loop

    def release_waiters(self, now: float) -> None:
        """The outcome of a request may have made room; for permits."""
        if self.scheduler.waiting and not self._closed:
            self.scheduler.dispatch(now)
            self._set_timer(now)

    def report(self, slowdowns: list[Slowdown]) -> None:
        """Hand slow-downs to the listener; for permits."""
        listener = self.listener
        if listener is None:
            return
        for slowdown in slowdowns:
            try:
                listener(slowdown)
            except Exception:
                log.exception("the limiter's listener failed")

    def _set_timer(self, now: float) -> None:
        when = self.scheduler.wake_at()
        if when is None or when == inf or self._loop is None:
            return  # a timer may fire in vain: cheaper than setting it again for every call
        when = max(when, now)
        if self._timer is not None:
            if when >= self._timer_at:
                return
            self._timer.cancel()
        self._timer_at = when
        self._timer = self._loop.call_at(self._loop.time() + (when - now), self._on_timer)

    def _on_timer(self) -> None:
        self._timer = None
        self._timer_at = inf
        now = self.now()
        self.scheduler.dispatch(now)
        self._set_timer(now)


def _wake(future: asyncio.Future[None]) -> None:
    if not future.done():  # it may have been cancelled in this iteration of the loop
        future.set_result(None)


def _budget(name: str | None, bucket: Bucket, waiting: int, now: float) -> BudgetSnapshot:
    bucket.ready_at(now)  # frees the slots whose time is over
    return BudgetSnapshot(
        name=name,
        limit=bucket.limit,
        rate=bucket.rate.at(now),
        pace=bucket.pace(now),
        busy=bucket.busy,
        waiting=waiting,
        paused_for=max(bucket.not_before - now, 0.0),
        refused=bucket.refusals,
    )


def take_snapshot(scheduler: Scheduler, host: str, now: float) -> LimitsSnapshot:
    """The scheduler's state at `now`, frozen."""
    registry = scheduler.registry
    lanes = tuple(
        LaneSnapshot(
            name=lane.name,
            waiting=lane.waiting,
            expected_wait=scheduler.newcomer_wait(lane, now),
            accounts=tuple(
                AccountSnapshot(
                    account=queue.account,
                    credential=queue.credential.key,
                    waiting=len(queue.calls),
                    weight=queue.weight,
                )
                for queue in lane
            ),
        )
        for lane in scheduler.lanes.values()
    )
    credentials = registry.credentials.values()
    return LimitsSnapshot(
        host=host,
        enabled=scheduler.limits.enabled,
        waiting=scheduler.waiting,
        in_flight=sum(credential.in_flight for credential in credentials),
        granted=scheduler.granted,
        refused=scheduler.refused_total,
        paced=registry.burst_policy.paced,
        lanes=lanes,
        addresses=tuple(_budget(one.name, one.bucket, scheduler.waiting, now) for one in registry.addresses),
        credentials=tuple(_budget(one.key, one.bucket, one.waiting, now) for one in credentials),
        paths=tuple(
            PathSnapshot(
                address=one.name,
                shortest=one.rtt.shortest or None,
                jitter=one.rtt.jitter,
                margin=one.rtt.margin,
            )
            for one in registry.addresses
        ),
    )
