"""The limits of single actions, as data: actions with a rate of their own, and work that runs one at a time.

An :class:`~navixy_async.operations.Operation` names its limit in `cap`. The common 50/s applies on top of it, through
the :class:`~navixy_async.limits.limiter.Limiter`; take the action's own limit first, so that no slot of the common
second is kept while waiting for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from math import inf
from typing import TYPE_CHECKING

import msgspec

from ..errors import ClientClosed, InvalidInput, RateLimitWaitTooLong

if TYPE_CHECKING:
    from aiolimiter import AsyncLimiter

_SLACK = 0.1
"""Seconds added to every period: the second request may travel faster than the first."""

_SPARE = 256


class ActionLimit(msgspec.Struct, frozen=True, kw_only=True):
    """One limit: either one request in `period` seconds, or `at_once` jobs at the same time.

    Attributes:
        period: seconds between two requests, or ``None`` if this is not a rate.
        at_once: jobs that the platform allows at the same time, or ``None`` if this is a rate.
        counted_by: parameter whose value it is counted by (a tracker, a login); ``None`` for the credential alone.
        actions: the platform's actions that it covers.
    """

    period: float | None = None
    at_once: int | None = None
    counted_by: str | None = None
    actions: tuple[str, ...] = ()

    @property
    def refusal_means_busy(self) -> bool:
        """Whether code 15 says that such work is under way, and nothing about the request rate."""
        return self.at_once is not None


ACTION_LIMITS: dict[str, ActionLimit] = {
    "iot_push": ActionLimit(period=1.0, actions=("iot/logic/flow/push",)),
    "auth_code": ActionLimit(period=300.0, actions=("user/auth/code/resend",)),
    "activation_mail": ActionLimit(period=300.0, counted_by="login", actions=("user/resend_activation",)),
    "register_retry": ActionLimit(period=120.0, counted_by="tracker_id", actions=("panel/tracker/register_retry",)),
    "report": ActionLimit(at_once=1, actions=("report/tracker/generate",)),
    "import": ActionLimit(
        at_once=1,
        actions=("employee/import/start", "place/import/start", "vehicle/import/start", "zone/import/start"),
    ),
}
"""Every limit by its name."""

LIMIT_BY_ACTION: dict[str, str] = {action: name for name, limit in ACTION_LIMITS.items() for action in limit.actions}
"""Name of the limit of each action that has one."""

_held: ContextVar[frozenset[tuple[str, str, str]]] = ContextVar("navixy_caps_held", default=frozenset())


def _limiter(period: float) -> AsyncLimiter:
    from aiolimiter import AsyncLimiter  # noqa: PLC0415 - few programs ever call an action with a rate of its own

    return AsyncLimiter(1, period)


class _LimitState:
    """The state of one limit for one credential, login or tracker."""

    def __init__(self, limit: ActionLimit) -> None:
        self._now = asyncio.get_running_loop().time
        self.waiting = 0
        self.running = 0
        self.period = limit.period
        self._free_at = -inf
        self._limiter = None if limit.period is None else _limiter(limit.period + _SLACK)
        self._slots = None if limit.at_once is None else asyncio.Semaphore(limit.at_once)

    @property
    def idle(self) -> bool:
        return not self.waiting and not self.running and self._now() >= self._free_at

    def expected_wait(self) -> float:
        """Seconds until one more request may leave; 0 for work of unknown length."""
        if self.period is None:
            return 0.0
        return max(self._free_at - self._now(), 0.0) + self.waiting * (self.period + _SLACK)

    async def enter(self, deadline: float | None) -> None:
        expected, now = self.expected_wait(), self._now()
        if deadline is not None and now + expected > deadline:
            raise RateLimitWaitTooLong(expected, deadline - now)
        self.waiting += 1
        try:
            async with asyncio.timeout(None if deadline is None else max(deadline - now, 0.0)):
                if self._limiter is not None:
                    await self._limiter.acquire()
                if self._slots is not None:
                    await self._slots.acquire()
        except TimeoutError:
            left = 0.0 if deadline is None else deadline - self._now()
            raise RateLimitWaitTooLong(max(self.expected_wait(), self._now() - now), left) from None
        finally:
            self.waiting -= 1
        if self.period is not None:
            self._free_at = self._now() + self.period + _SLACK
        self.running += 1

    def leave(self) -> None:
        self.running -= 1
        if self._slots is not None:
            self._slots.release()


class ActionLimiter:
    """Keeps the limits of single actions of one platform. Belongs to the event loop that first waits on it."""

    def __init__(self) -> None:
        self._states: dict[tuple[str, str, str], _LimitState] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._swept = 0

    @asynccontextmanager
    async def hold(
        self, name: str, credential: str, deadline: float | None, *, subject: str | int = ""
    ) -> AsyncIterator[None]:
        """Wait until the limit allows one more, and hold that for the block.

        A block inside a block of the same limit, credential and subject goes straight through, so that a longer job
        may hold a limit until its end (a report until it is ready) while the requests in it take it again.

        Args:
            name: key of :data:`ACTION_LIMITS`.
            credential: key of the credential that the platform counts by; not secret.
            deadline: loop time after which the caller no longer needs it, or ``None``.
            subject: value of the parameter :attr:`ActionLimit.counted_by`, where there is one.

        Raises:
            RateLimitWaitTooLong: at once if the wait is known, else when the deadline passes.
        """
        limit = ACTION_LIMITS.get(name)
        if limit is None:
            raise InvalidInput(f"unknown action limit {name!r}: use one of {', '.join(ACTION_LIMITS)}")
        key = (name, credential, str(subject))
        if key in _held.get():
            yield
            return
        state = self._state(key, limit)
        await state.enter(deadline)
        token = _held.set(_held.get() | {key})
        try:
            yield
        finally:
            _held.reset(token)
            state.leave()

    def _state(self, key: tuple[str, str, str], limit: ActionLimit) -> _LimitState:
        loop = asyncio.get_running_loop()
        if self._loop is None:
            self._loop = loop
        elif self._loop is not loop:
            raise ClientClosed("the client belongs to another event loop: make one client per loop")
        state = self._states.get(key)
        if state is None:
            if len(self._states) > 2 * self._swept + _SPARE:
                self._states = {other: kept for other, kept in self._states.items() if not kept.idle}
                self._swept = len(self._states)
            state = self._states[key] = _LimitState(limit)
        return state
