"""Typed events and the observer that receives them.

Events name accounts by their label and actions by their path. None carries a credential, a parameter or a body.
"""

from __future__ import annotations

from typing import Protocol, TypeAlias

import msgspec

from ..operations import Lane


class RequestFinished(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt ended, well or badly."""

    account: str
    operation: str
    lane: Lane
    attempt: int
    """1 for the first attempt of the call."""
    http_status: int | None
    """``None`` if no answer came."""
    code: int | None
    """The platform's error code; ``None`` on success or without an answer."""
    queued: float
    """Seconds that the limiter held the attempt."""
    seconds: float
    """Seconds from the send to the last byte."""
    size: int
    """Bytes of the answer, after decompression."""


class Retrying(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt failed and the call will be sent again after `wait` seconds."""

    account: str
    operation: str
    attempt: int
    wait: float
    cause: str
    """Name of the exception that the attempt ended with."""


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """The platform refused an attempt by its rate limit (HTTP 429 or code 15)."""

    account: str
    operation: str
    lane: Lane
    retry_after: float | None


class SessionRenewed(msgspec.Struct, frozen=True, kw_only=True):
    """A login gave a new session after the old one had ended."""

    account: str


Event: TypeAlias = RequestFinished | Retrying | Refused | SessionRenewed


class Observer(Protocol):
    """Receives every event, on the event loop; it must return quickly, and what it raises is logged and dropped."""

    def __call__(self, event: Event, /) -> None: ...
