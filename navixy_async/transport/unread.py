"""A write whose answer cannot be read: the platform has done it, or very likely so, and it is not sent again."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from ..errors import DecodeFailed, DoneButUnreadError, NavixyError, TransportError
from ..masking import SECRET_NAMES, Mask
from ..operations import Operation, Replay
from .envelope import claims_failure

F = TypeVar("F", bound=NavixyError)

MOST_KEPT = 65_536
"""Bytes of an unread answer that its exception carries."""
_LONGEST_SECRET = 4096
"""Bytes that a secret may take, in any spelling."""
_NEW_SECRETS = re.compile(
    rb'("(?:\w{0,40}_)?(?:%b)"\s*:\s*")(?:[^"\\]|\\.)*' % "|".join(sorted(SECRET_NAMES)).encode(),
    re.IGNORECASE | re.DOTALL,
)
"""Secrets that an answer hands out, such as the hash of a new session."""
_GRANTED = re.compile(rb'"success"\s*:\s*true\b')


def is_unread_write(operation: Operation[Any], failure: NavixyError) -> bool:
    """Whether `failure` came after the platform had accepted something that is no read."""
    if operation.replay is Replay.READ:
        return False
    if isinstance(failure, TransportError):
        return failure.http_status is not None and 200 <= failure.http_status < 300
    return isinstance(failure, DecodeFailed)


def says_done(body: bytes) -> bool:
    """Whether the platform's own envelope, whole or not, calls it a success."""
    return body.lstrip()[:1] == b"{" and _GRANTED.search(body) is not None and not claims_failure(body)


def done_but_unread(
    operation: Operation[Any], failure: TransportError | DecodeFailed, body: bytes, attempts: int, mask: Mask
) -> DoneButUnreadError:
    """What surfaces instead of `failure`, with the beginning of the answer."""
    path, done = operation.path, says_done(body)
    reason = str(failure).removeprefix(f"{path}: ")
    if done:
        said = f"{path} was done, but its answer could not be read: {reason}; do not send it again"
    elif claims_failure(body):
        said = f"{path} was probably refused, but its answer could not be read: {reason}; look before you send it again"
    else:
        said = (
            f"{path} was probably done, but its answer could not be read: {reason}; something on the way may have "
            "answered instead of the platform, so look before you send it again"
        )
    status = failure.http_status if isinstance(failure, TransportError) else None
    unread = DoneButUnreadError(
        said, operation=path, http_status=status or 200, body=_beginning(body, mask), is_certain=done
    )
    unread.attempts = attempts
    return unread


def _beginning(body: bytes, mask: Mask) -> bytes:
    """What is kept of an answer, masked before it is cut: half a secret would not be recognised."""
    kept: bytes = _NEW_SECRETS.sub(rb"\1***", mask.clean(body[: MOST_KEPT + _LONGEST_SECRET]))
    if len(body) > MOST_KEPT + _LONGEST_SECRET:
        kept = kept[:-_LONGEST_SECRET]
    return kept[:MOST_KEPT]
