"""What the pipeline asks of a limiter, and what it promises to report back."""

from __future__ import annotations

from typing import Protocol

from ..requester import Requester


class Permit(Protocol):
    """Permission for one request. Exactly one closing method is called; the first one counts, later ones do nothing.

    The one exception: `refused` counts after `answered` too, for hosts that hide a refusal in an answer with HTTP 200.
    """

    @property
    def waited(self) -> float:
        """Seconds between asking and the permission."""

    @property
    def local_addr(self) -> str | None:
        """The source address that the request must leave from; ``None`` leaves the choice to the system."""

    def sent(self) -> None:
        """The request is being written to the network now; call it as close to the write as possible, once per attempt.

        Until then the grant counts as the send for the round trip, and its slot is kept for
        :data:`~navixy_async.limits.bucket.CONNECTING` seconds, so that a slow connect does not let another one by.
        """

    def answered(self) -> None:
        """The head of an answer that counts (not a refusal) has arrived: the server has seen the request by now."""

    def refused(self, retry_after: float | None = None) -> None:
        """The server refused by its rate limit; `retry_after` is its floor in seconds, if it named one."""

    def unsent(self) -> None:
        """The request provably never left this process: the slot is free again at once."""

    def lost(self) -> None:
        """No answer (broken, timed out, cancelled): the server may or may not have counted the request."""


class Admission(Protocol):
    """Lets requests go, in time and in order. One exists per :class:`Navixy`."""

    async def acquire(self, requester: Requester, *, deadline: float | None, front: bool = False) -> Permit:
        """Wait until a request of `requester` may go.

        Args:
            requester: who asks.
            deadline: loop time after which the caller no longer needs it, or ``None``.
            front: queue before the account's other calls; for a call that was let go already and came back refused.

        Raises:
            RateLimitWaitTooLong: at once, if the wait is expected to pass the deadline.
        """

    def close(self) -> None:
        """Let nothing go any more; waiting calls are woken with an error."""
