"""Everything that can go wrong, as one tree.

::

    NavixyError
    ├── InvalidInput             refused here, before anything was sent
    │   └── HarvestDamaged         a manifest or ledger of a harvest cannot be understood
    ├── DeadlineExceeded         the caller's time was over (limiter wait, attempts and back-off together)
    │   └── RateLimitWaitTooLong   known at once: the wait for a free slot would not end before the deadline
    ├── ClientClosed             the client was closed, or belongs to another event loop
    ├── TransportError           no usable answer came back
    │   ├── ConnectFailed          the request provably never left
    │   │   └── CertificateRefused   the host's certificate is not trusted; asking again would not help
    │   ├── ConnectionLost         the connection broke under the request
    │   ├── AttemptTimedOut        one attempt was silent for too long
    │   ├── UnreadableAnswer       the answer was cut, or is not what the platform speaks
    │   ├── AnswerTooLarge         the answer is larger than the settings allow to be held in memory
    │   ├── UnexpectedRedirect     the host points elsewhere; redirects are never followed
    │   └── DiscoveryError         no platform was found; the message says who answered what
    ├── DecodeFailed             the answer is whole, but not of the documented shape
    │   └── ZoneUnknown            a harvest cannot find out the time zone of the account
    ├── DoneButUnreadError       a write was done, but its answer could not be read; never send it again blindly
    ├── PagingError              the platform's pages cannot be followed safely
    ├── HistoryIncomplete        all that can be read was handed out; `gaps` says what is missing
    ├── ItemFailed               a part of a harvest ended with an unexpected exception
    ├── WriteFailed              a harvest cannot write its rows; fix the cause and resume it
    │   └── WriteNotAllowed        the database user lacks a right (also an InvalidInput)
    └── ApiError                 the platform answered with an error
        ├── AuthError              who you are
        │   ├── SessionEnded
        │   ├── WrongLogin
        │   ├── LoginLimitError
        │   └── SecondFactorRequired
        ├── AccessDenied           what you may
        ├── InvalidRequest         how you asked
        │   ├── UnknownAction
        │   ├── SpanTooBig
        │   ├── LimitTooBig
        │   └── TooManyTrackers
        ├── NotFound
        │   └── BatchPoisoned      a list names missing or blocked entities
        ├── TrackerBlocked
        ├── TariffRestricted
        ├── Conflict
        ├── Unsupported            the device or entity cannot do that
        ├── NotReady
        ├── RateLimited
        └── ServerFault            the platform's own trouble; reads were repeated before this surfaced

No message, argument or attribute of these holds a credential.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import Enum
from typing import Any, TypeVar

from .base_errors import (
    AnswerTooLarge,
    AttemptTimedOut,
    CertificateRefused,
    ConnectFailed,
    ConnectionLost,
    DiscoveryError,
    InvalidInput,
    NavixyError,
    TransportError,
    UnexpectedRedirect,
    UnreadableAnswer,
)
from .credentials import SessionHash
from .gaps import Gap
from .times import parse_duration

__all__ = [
    "AccessDenied",
    "AnswerTooLarge",
    "ApiError",
    "AttemptTimedOut",
    "AuthError",
    "BatchPoisoned",
    "CertificateRefused",
    "ClientClosed",
    "Conflict",
    "ConnectFailed",
    "ConnectionLost",
    "DeadlineExceeded",
    "DecodeFailed",
    "DiscoveryError",
    "DoneButUnreadError",
    "HarvestDamaged",
    "HistoryIncomplete",
    "InvalidInput",
    "InvalidRequest",
    "ItemFailed",
    "LimitTooBig",
    "LoginLimitError",
    "NavixyError",
    "NotFound",
    "NotReady",
    "PagingError",
    "RateLimitWaitTooLong",
    "RateLimited",
    "SecondFactorRequired",
    "ServerFault",
    "SessionEnded",
    "SpanTooBig",
    "TariffRestricted",
    "TooManyTrackers",
    "TrackerBlocked",
    "TransportError",
    "UnexpectedRedirect",
    "UnknownAction",
    "UnreadableAnswer",
    "Unsupported",
    "WriteFailed",
    "WriteNotAllowed",
    "WrongLogin",
    "ZoneUnknown",
]


V = TypeVar("V")


class ClientClosed(NavixyError, RuntimeError):
    """The client is closed, was never opened, or belongs to another event loop."""


class DeadlineExceeded(NavixyError, TimeoutError):
    """The caller's time was over before the call succeeded."""

    def __init__(self, message: str, *, operation: str | None = None, attempts: int = 0) -> None:
        super().__init__(message)
        self.operation = operation
        self.attempts = attempts


class RateLimitWaitTooLong(DeadlineExceeded):
    """The limiter cannot let the call go before its deadline; raised at once rather than after a wait in vain."""

    def __init__(
        self, expected_wait: float, remaining: float, *, operation: str | None = None, attempts: int = 0
    ) -> None:
        super().__init__(
            f"the rate limit would hold this call for about {expected_wait:.1f} s, "
            f"but only {max(remaining, 0):.1f} s are left: allow more time or ask for less at once",
            operation=operation,
            attempts=attempts,
        )
        self.expected_wait = expected_wait
        """Seconds until the call could have been sent, as known when it was refused."""
        self.remaining = remaining
        """Seconds that were left until the deadline."""


class DecodeFailed(NavixyError):
    """The answer is valid JSON, but a member does not have the documented type."""

    def __init__(self, message: str, *, operation: str, body: bytes = b"") -> None:
        super().__init__(message)
        self.operation = operation
        self.body = body
        """The undecoded answer, for a report or for decoding it another way."""


class DoneButUnreadError(NavixyError):
    """The platform accepted a write, but its answer could not be read; it was sent once, and is not repeated.

    Attributes:
        operation, attempts, http_status: as of other errors.
        body: the beginning of the answer as it came in, up to 64 KiB; secrets in it are masked.
        is_certain: whether the platform itself says that it was done; else only the HTTP status, perhaps a gateway's.
    """

    def __init__(
        self, message: str, *, operation: str, http_status: int = 200, body: bytes = b"", is_certain: bool = False
    ) -> None:
        super().__init__(message)
        self.operation = operation
        self.http_status = http_status
        self.body = body
        self.is_certain = is_certain
        self.attempts = 1


class Handling(Enum):
    """How the client handles an error answer before it surfaces."""

    RAISE = "raise"
    RETRY = "retry"
    """Passing trouble of the platform, or of a gateway: repeated within the retry policy."""
    THROTTLE = "throttle"
    """Over the limit: the limiter waits, the retry policy has no say."""
    LOGIN = "login"
    """The session ended: one login shared by all, then once more."""


class ApiError(NavixyError):
    """The platform answered with an error.

    Attributes:
        code: the platform's error code, or 0 if the answer carried none.
        description: the platform's text for it.
        http_status: HTTP status of the answer (some hosts send errors with 200).
        operation: path of the action, for example ``track/read``.
        attempts: how many requests were sent for the call.
        extra: every further member of the answer, undecoded.
        retry_after: seconds that the answer asked to wait before the next try, if it did.
        from_platform: whether the platform itself said so, in its own envelope with a code. An answer without one (a
            page of a gateway, an empty body) has the class that its HTTP status suggests, but proves nothing.
        handling: how the client handled it before it surfaced.
    """

    def __init__(
        self,
        code: int,
        description: str,
        *,
        http_status: int = 400,
        operation: str = "",
        attempts: int = 1,
        extra: Mapping[str, Any] | None = None,
        retry_after: float | None = None,
        from_platform: bool | None = None,
        handling: Handling = Handling.RAISE,
    ) -> None:
        self.code = code
        self.description = description
        self.http_status = http_status
        self.operation = operation
        self.attempts = attempts
        self.extra: dict[str, Any] = dict(extra or {})
        self.retry_after = retry_after
        self.from_platform = code != 0 if from_platform is None else from_platform
        self.handling = handling
        super().__init__(code, description)

    def __str__(self) -> str:
        text = f"{self.operation or 'the platform'} answered code {self.code} (HTTP {self.http_status}): "
        text += self.description or "no description"
        details = [detail for detail in self.errors if isinstance(detail, Mapping)]
        if details:
            text += " [" + "; ".join(map(_fault_text, details[:5])) + "]"
        if self.attempts > 1:
            text += f", after {self.attempts} attempts"
        return text

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}(code={self.code}, description={self.description!r}, "
            f"http_status={self.http_status}, operation={self.operation!r}, attempts={self.attempts})"
        )

    @property
    def errors(self) -> list[Any]:
        """The platform's list of single faults (parameters with code 7, fields with 242, nodes of a flow with 292)."""
        found = self.extra.get("errors")
        return list(found) if isinstance(found, list) else []

    @property
    def parameters(self) -> list[str]:
        """Parameters that the answer blames; in IoT Logic, paths within the node."""
        return self._blamed(str, "parameter", "parameters")

    @property
    def node_ids(self) -> list[int]:
        """IoT Logic: the nodes of the flow that the errors are about."""
        return self._blamed(int, "node_ids")

    def _blamed(self, kind: type[V], *members: str) -> list[V]:
        found: list[V] = []
        for error in self.errors:
            for member in members if isinstance(error, Mapping) else ():
                found += [value for value in _listed(error.get(member)) if type(value) is kind and value not in found]
        return found

    @property
    def ids(self) -> list[int]:
        """Ids that the answer blames (missing, blocked, linked), from whichever member carries them."""
        found: list[int] = []
        for member in ("list", "ids", "not_exist", "blocked", "rules", "vehicles"):
            value = self.extra.get(member)
            if isinstance(value, list):
                found += [item for item in value if isinstance(item, int) and item not in found]
        return found


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _fault_text(fault: Mapping[str, Any]) -> str:
    """One entry of the platform's list of faults: where, and what is wrong."""
    names = [name for member in ("parameter", "parameters") for name in _listed(fault.get(member)) if type(name) is str]
    where = ", ".join(names[:5])
    nodes = [node for node in _listed(fault.get("node_ids")) if type(node) is int]
    if nodes:
        where = f"node {', '.join(map(str, nodes[:5]))}" + (f", {where}" if where else "")
    return f"{where or fault.get('field_id') or '?'}: {fault.get('error') or fault.get('message')}"


class AuthError(ApiError):
    """The credential is wrong, unknown, blocked, or of a kind that this action refuses."""


class SessionEnded(AuthError):
    """Codes 3 and 4: the hash or key is not known (any more)."""


class WrongLogin(AuthError):
    """The login or the password is wrong."""


class LoginLimitError(AuthError):
    """Too many sessions are open (104), or there were too many attempts (105): the password need not be wrong."""


class SecondFactorRequired(AuthError):
    """The login needs a code that was sent to its owner.

    Continue with ``await navixy.verify_code(error, code)``, which calls ``user/auth/code/verify`` and gives the
    :class:`SessionHash` to use; ``await navixy.resend_code(error)`` has the code sent again (once in 5 minutes).
    """

    def __init__(self, factor_type: str, session: SessionHash, *, operation: str = "user/auth") -> None:
        super().__init__(
            0,
            f"a second factor ({factor_type}) is required: pass the code to navixy.verify_code(error, code)",
            http_status=200,
            operation=operation,
            from_platform=True,
        )
        self.factor_type = factor_type
        self.session = session


class AccessDenied(ApiError):
    """The credential is good, but its owner may not do this."""


class InvalidRequest(ApiError):
    """The platform could not accept the request as it stands."""


class UnknownAction(InvalidRequest):
    """Codes 111 and 112: the path does not exist on this platform."""


class SpanTooBig(InvalidRequest):
    """Code 211: the asked period is longer than the platform allows at once."""

    asked: timedelta | None = None
    """The period that was asked for, where that is known: harvests ask for a little more than their windows."""

    @property
    def max_time_span(self) -> timedelta | None:
        """The longest period allowed, if the answer says so."""
        text = self.extra.get("max_time_span")
        if not isinstance(text, str):
            return None
        try:
            return parse_duration(text)
        except InvalidInput:
            return None


class LimitTooBig(InvalidRequest):
    """Code 212: the asked number of entries is more than the platform gives at once."""


class TooManyTrackers(InvalidRequest):
    """Code 221: too many trackers in one request."""


class NotFound(ApiError):
    """The entity does not exist, or is not visible to this credential."""


class BatchPoisoned(NotFound):
    """Code 217: at least one entity of the list is missing or blocked, so the whole list was refused."""


class TrackerBlocked(ApiError):
    """Code 208: the tracker is blocked, by its owner's balance or by the operator."""


class TariffRestricted(ApiError):
    """The tariff or quota of the account does not cover this."""


class Conflict(ApiError):
    """The entity is in a state, or linked in a way, that forbids this."""


class Unsupported(ApiError):
    """The device, sensor or entity cannot do this."""


class NotReady(ApiError):
    """Code 229: the work is still under way; ask again later."""


class RateLimited(ApiError):
    """Code 15 or HTTP 429 beyond what the limiter could wait for."""


class ServerFault(ApiError):
    """The platform failed (codes 1, 2, 6, 8, 14 or HTTP 5xx)."""


class PagingError(NavixyError):
    """The platform's pages cannot be followed safely: going on would lose entries or never end."""


class HistoryIncomplete(NavixyError):
    """Everything that could be read was handed out, but not everything could be read.

    Attributes:
        gaps: what is missing.
        operation: path of the action.
    """

    def __init__(self, gaps: Sequence[Gap], *, operation: str) -> None:
        shown = "; ".join(map(str, gaps[:3])) + ("; ..." if len(gaps) > 3 else "")
        count = "1 gap" if len(gaps) == 1 else f"{len(gaps)} gaps"
        super().__init__(f"{operation} gave everything that could be read, but {count} had to be left out: {shown}")
        self.gaps = tuple(gaps)
        self.operation = operation


class ZoneUnknown(DecodeFailed):
    """The time zone of the account cannot be found out, so its own times and days cannot be read."""


class ItemFailed(NavixyError):
    """Reading a part of a harvest, or the trackers of one account, ended with an unexpected exception.

    Attributes:
        cause: that exception.
    """

    def __init__(self, cause: Exception) -> None:
        super().__init__(f"reading ended with {type(cause).__name__}: {cause}; please report it")
        self.cause = cause


class WriteFailed(NavixyError):
    """The rows could not be written; what was written before is whole, and the harvest can be resumed from there."""


class WriteNotAllowed(WriteFailed, InvalidInput):
    """The database user lacks a right that writing needs; noticed before anything was requested or written."""


class HarvestDamaged(InvalidInput):
    """A manifest or ledger cannot be understood.

    Attributes:
        path: which one, within the directory of the harvest.
    """

    def __init__(self, message: str, path: str) -> None:
        super().__init__(message)
        self.path = path

    @property
    def place(self) -> str:  # Kept until 0.3
        """The former name of `path`."""
        return self.path
