"""The asyncio client for the Navixy telematics platform.

Never over the rate limit and hardly under it, nothing lost silently, typed answers, secrets that stay secret::

    async with Navixy("eu") as navixy:
        fleet = navixy.account(ApiKey(key))
        trackers = await fleet.tracker.list()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .account import Account
    from .api.runtime.unknown_fields import unknown_members
    from .client import Navixy
    from .credentials import ApiKey, Credential, CredentialWarning, Login, PanelLogin, SessionHash
    from .errors import (
        AccessDenied,
        AnswerTooLarge,
        ApiError,
        AttemptTimedOut,
        AuthError,
        BatchPoisoned,
        CertificateRefused,
        ClientClosed,
        Conflict,
        ConnectFailed,
        ConnectionLost,
        DeadlineExceeded,
        DecodeFailed,
        InvalidInput,
        InvalidRequest,
        LimitTooBig,
        NavixyError,
        NotFound,
        NotReady,
        RateLimited,
        RateLimitWaitTooLong,
        SecondFactorRequired,
        ServerFault,
        SessionEnded,
        SpanTooBig,
        TariffRestricted,
        TooManyTrackers,
        TrackerBlocked,
        TransportError,
        UnexpectedRedirect,
        UnknownAction,
        UnreadableAnswer,
        Unsupported,
        WrongLogin,
    )
    from .files import FileBytes, SavedFile, Upload
    from .operations import Lane, Operation, Replay
    from .settings import Limits, Pool, Retries, Timeouts
    from .times import TimeRange

__version__ = "0.1.0"

__all__ = [
    "AccessDenied",
    "Account",
    "AnswerTooLarge",
    "ApiError",
    "ApiKey",
    "AttemptTimedOut",
    "AuthError",
    "BatchPoisoned",
    "CertificateRefused",
    "ClientClosed",
    "Conflict",
    "ConnectFailed",
    "ConnectionLost",
    "Credential",
    "CredentialWarning",
    "DeadlineExceeded",
    "DecodeFailed",
    "FileBytes",
    "InvalidInput",
    "InvalidRequest",
    "Lane",
    "LimitTooBig",
    "Limits",
    "Login",
    "Navixy",
    "NavixyError",
    "NotFound",
    "NotReady",
    "Operation",
    "PanelLogin",
    "Pool",
    "RateLimitWaitTooLong",
    "RateLimited",
    "Replay",
    "Retries",
    "SavedFile",
    "SecondFactorRequired",
    "ServerFault",
    "SessionEnded",
    "SessionHash",
    "SpanTooBig",
    "TariffRestricted",
    "TimeRange",
    "Timeouts",
    "TooManyTrackers",
    "TrackerBlocked",
    "TransportError",
    "UnexpectedRedirect",
    "UnknownAction",
    "UnreadableAnswer",
    "Unsupported",
    "Upload",
    "WrongLogin",
    "unknown_members",
]

# A public name is loaded when it is first asked for: `import navixy_async` and `navixy --help` cost next to nothing.
_HOMES = {
    "account": "Account",
    "api.runtime.unknown_fields": "unknown_members",
    "client": "Navixy",
    "credentials": "ApiKey Credential CredentialWarning Login PanelLogin SessionHash",
    "errors": (
        "AccessDenied AnswerTooLarge ApiError AttemptTimedOut AuthError BatchPoisoned ClientClosed Conflict "
        "CertificateRefused ConnectFailed ConnectionLost DeadlineExceeded DecodeFailed InvalidInput "
        "InvalidRequest "
        "LimitTooBig NavixyError NotFound NotReady RateLimited RateLimitWaitTooLong SecondFactorRequired "
        "ServerFault SessionEnded SpanTooBig TariffRestricted TooManyTrackers TrackerBlocked "
        "TransportError UnexpectedRedirect UnknownAction UnreadableAnswer Unsupported WrongLogin"
    ),
    "files": "FileBytes SavedFile Upload",
    "operations": "Lane Operation Replay",
    "settings": "Limits Pool Retries Timeouts",
    "times": "TimeRange",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}


if not TYPE_CHECKING:  # type checkers read the imports above, and still know a wrong name when they see one

    def __getattr__(name: str) -> Any:
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(f".{_HOME[name]}", __name__), name)
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
