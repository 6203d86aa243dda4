"""Whether a failed attempt is repeated, and after how long.

The limiter owns refusals by the rate limit; everything else is decided here, from three facts: what failed, how often
the call was sent already, and whether the operation may be sent twice at all.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import msgspec

from ..errors import (
    AnswerTooLarge,
    ApiError,
    CertificateRefused,
    ConnectionLost,
    Handling,
    NavixyError,
    TransportError,
    UnexpectedRedirect,
)
from ..operations import Replay
from ..settings import Retries, capped_retry_after
from .budget import RetryBudget


class Retry(msgspec.Struct, frozen=True):
    """Send the call once more, `wait` seconds from now."""

    wait: float


class CallRetries:
    """The retries of one call: made at its first failure, asked at each."""

    __slots__ = ("_budget", "_draw", "_key", "_spent", "_waits", "settings")

    def __init__(
        self,
        settings: Retries,
        budget: RetryBudget,
        *,
        key: str = "",
        draw: Callable[[float], float] | None = None,
    ) -> None:
        import backoff  # noqa: PLC0415 - a call that succeeds at once never waits

        self.settings = settings
        self._budget = budget
        self._key = key
        self._draw = draw or backoff.full_jitter
        self._spent = 0
        self._waits: Generator[float, Any, None] = backoff.expo(factor=settings.base, max_value=settings.longest)
        next(self._waits)  # backoff's generators are primed with one empty step

    @property
    def spent(self) -> int:
        """Retries that this call took from the budget."""
        return self._spent

    def decide(
        self,
        failure: NavixyError,
        *,
        replay: Replay,
        attempt: int,
        retry_after: float | None = None,
        remaining: float | None = None,
        repeat_updates: bool = False,
    ) -> Retry | None:
        """What to do after `attempt` sends ended in `failure`; ``None`` means that the failure surfaces now.

        Args:
            failure: what the last attempt ended with.
            replay: replay class of the operation.
            attempt: sends so far.
            retry_after: seconds that the answer asked to wait; a floor that is never undercut.
            remaining: seconds until the caller's deadline; a longer wait is not started.
            repeat_updates: whether the caller wants updates that set a state repeated, too.
        """
        if attempt >= self.settings.attempts or not _may_repeat(failure, replay, repeat_updates=repeat_updates):
            return None
        if isinstance(failure, ConnectionLost) and attempt == 1 and retry_after is None:
            # Almost always a kept-alive connection that the server had closed in the meantime: no need to wait.
            wait = 0.0
        else:
            ceiling = next(self._waits)
            wait = max(self._draw(ceiling), capped_retry_after(retry_after) or 0.0)
        if remaining is not None and wait >= remaining:
            return None
        if not self._budget.take(self._key):
            return None
        self._spent += 1
        return Retry(wait)


def _may_repeat(failure: NavixyError, replay: Replay, *, repeat_updates: bool) -> bool:
    harmless = replay is Replay.READ or (replay is Replay.IDEMPOTENT and repeat_updates)
    if isinstance(failure, UnexpectedRedirect | AnswerTooLarge | CertificateRefused):
        return False
    if isinstance(failure, TransportError):
        return failure.unsent or harmless
    if isinstance(failure, ApiError):
        return failure.handling is Handling.RETRY and harmless
    return False
