"""The platform's smaller rules, as data: actions with a rate of their own, and work that runs one at a time.

An :class:`~navixy_async.operations.Operation` names its rule in `cap`. The common 50/s applies on top of it, through
the :class:`~navixy_async.limits.limiter.Limiter`; take the cap first, so that no place in the common second is held
while waiting for it.
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
"""Seconds added to every period: the line may carry the second request faster than the first."""

_SPARE = 256


class Cap(msgspec.Struct, frozen=True, kw_only=True):
    """One rule: either one request in `period` seconds, or `at_once` pieces of work side by side.

    Attributes:
        period: seconds between two requests, or ``None`` if this is no rate.
        at_once: pieces of work that the platform lets run side by side, or ``None`` if this is a rate.
        counted: what it is counted by.
        actions: the platform's actions that it covers.
    """

    period: float | None = None
    at_once: int | None = None
    counted: str = "credential"
    actions: tuple[str, ...] = ()

    @property
    def code_15_means_busy(self) -> bool:
        """Whether code 15 says that such work is under way, and nothing about the request rate."""
        return self.at_once is not None


CAPS: dict[str, Cap] = {
    "iot_push": Cap(period=1.0, actions=("iot/logic/flow/push",)),
    "auth_code": Cap(period=300.0, actions=("user/auth/code/resend",)),
    "activation_mail": Cap(period=300.0, counted="login", actions=("user/resend_activation",)),
    "register_retry": Cap(period=120.0, counted="tracker", actions=("panel/tracker/register_retry",)),
    "report": Cap(at_once=1, actions=("report/tracker/generate",)),
    "import": Cap(at_once=1, actions=("employee/import/start", "vehicle/import/start")),
}
"""Every rule by its name."""

BY_ACTION: dict[str, str] = {action: name for name, cap in CAPS.items() for action in cap.actions}
"""Name of the rule of each action that has one."""

_held: ContextVar[frozenset[tuple[str, str, str]]] = ContextVar("navixy_caps_held", default=frozenset())


def _limiter(period: float) -> AsyncLimiter:
    from aiolimiter import AsyncLimiter  # noqa: PLC0415 - few programs ever call an action with a rate of its own

    return AsyncLimiter(1, period)


class _Gate:
    """The state of one rule for one credential, login or tracker."""

    def __init__(self, cap: Cap) -> None:
        self._now = asyncio.get_running_loop().time
        self.waiting = 0
        self.running = 0
        self.period = cap.period
        self._free_at = -inf
        self._limiter = None if cap.period is None else _limiter(cap.period + _SLACK)
        self._places = None if cap.at_once is None else asyncio.Semaphore(cap.at_once)

    @property
    def idle(self) -> bool:
        return not self.waiting and not self.running and self._now() >= self._free_at

    def expected_wait(self) -> float:
        """Seconds until one more request would go; 0 for work whose end nobody knows."""
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
                if self._places is not None:
                    await self._places.acquire()
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
        if self._places is not None:
            self._places.release()


class Caps:
    """Keeps the smaller rules of one platform. Belongs to the event loop that first waits on it."""

    def __init__(self) -> None:
        self._gates: dict[tuple[str, str, str], _Gate] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._swept = 0

    @asynccontextmanager
    async def hold(
        self, name: str, credential: str, deadline: float | None, *, subject: str | int = ""
    ) -> AsyncIterator[None]:
        """Wait for the rule's leave, and keep it for the block.

        A block inside a block of the same rule, credential and subject goes straight through, so that a flow may hold
        a rule for the whole of its work (a report until it is ready) while the requests in it hold it again.

        Args:
            name: key of :data:`CAPS`.
            credential: key of the credential that the platform counts by; not secret.
            deadline: loop time after which the caller has no use for it, or ``None``.
            subject: what else the platform counts by: the login or the tracker, see :attr:`Cap.counted`.

        Raises:
            RateLimitWaitTooLong: at once where the wait is known, else when the deadline passes.
        """
        cap = CAPS.get(name)
        if cap is None:
            raise InvalidInput(f"unknown cap {name!r}: use one of {', '.join(CAPS)}")
        key = (name, credential, str(subject))
        if key in _held.get():
            yield
            return
        gate = self._gate(key, cap)
        await gate.enter(deadline)
        token = _held.set(_held.get() | {key})
        try:
            yield
        finally:
            _held.reset(token)
            gate.leave()

    def _gate(self, key: tuple[str, str, str], cap: Cap) -> _Gate:
        loop = asyncio.get_running_loop()
        if self._loop is None:
            self._loop = loop
        elif self._loop is not loop:
            raise ClientClosed("the client belongs to another event loop: make one client per loop")
        gate = self._gates.get(key)
        if gate is None:
            if len(self._gates) > 2 * self._swept + _SPARE:
                self._gates = {other: held for other, held in self._gates.items() if not held.idle}
                self._swept = len(self._gates)
            gate = self._gates[key] = _Gate(cap)
        return gate
