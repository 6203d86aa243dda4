"""What all generated nouns have in common: the caller they send through, and how they read what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from ..errors import DecodeFailed, TariffRestricted
from ..operations import Caller, Lane, Operation

T = TypeVar("T")


class Noun:
    """One part of the platform's path (``/tracker/group``), bound to a caller; its methods are the platform's actions.

    Every method takes ``timeout`` (seconds for queue, attempts and back-off together; the client's default if None) and
    ``lane`` (urgency; the account's own if None), and may raise, beside what it names itself, AuthError,
    InvalidRequest, RateLimited, ServerFault, TransportError, DeadlineExceeded and DecodeFailed.
    """

    __slots__ = ("_caller",)

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._caller.label}>"


def present(value: T, operation: Operation[Any], member: str) -> T:
    """The `member` of an answer that consists of it; its absence is an error, never an empty value."""
    if value is None:
        raise DecodeFailed(f"{operation.path}: the answer holds no {member!r}", operation=operation.path)
    return value


async def fetch_file(
    caller: Caller,
    operation: Operation[bytes],
    params: Mapping[str, Any],
    *,
    timeout: float | None,
    lane: Lane | None,
) -> bytes:
    """The file that an action makes.

    Raises:
        TariffRestricted: the platform answered with an empty JSON list and ``limit_exceeded`` instead of a file, as it
            does for a period that the tariff no longer stores.
        DecodeFailed: the platform answered with JSON of another kind instead of a file.
    """
    body = await caller.call_bytes(operation, params, timeout=timeout, lane=lane)
    answer = _json_object(body)
    if answer is None:
        return body
    if answer.get("limit_exceeded"):
        raise TariffRestricted(
            0,
            "no file was made: the asked period is older than what the tariff stores",
            http_status=200,
            operation=operation.path,
            extra={"limit_exceeded": True},
        )
    raise DecodeFailed(
        f"{operation.path}: the platform answered with JSON ({', '.join(sorted(answer)[:5])}) instead of a file",
        operation=operation.path,
        body=body,
    )


def _json_object(body: bytes) -> dict[str, Any] | None:
    """`body` if it is a JSON answer of the platform; a file never starts like one."""
    if body[:64].lstrip()[:1] != b"{":
        return None
    try:
        answer = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return None
    return answer if isinstance(answer, dict) and "success" in answer else None
