"""The root of all errors, the one that everything may raise which checks what it is given, and those of the transport.

They stand apart because the values that errors carry (times, credentials, gaps) check what they are made of, too.
All others import them from :mod:`navixy_async.errors`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

N = TypeVar("N", bound="NavixyError")

_HOME = "navixy_async.errors"
"""Where users import errors from; tracebacks and pickles say so."""


class NavixyError(Exception):
    """The root of everything this package raises on purpose."""

    __module__ = _HOME

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self.__dict__.copy())

    def again(self) -> Self:
        """The same error without the frames it has passed, for another waiter."""
        return _rebuild(type(self), self.args, self.__dict__)


class InvalidInput(NavixyError, ValueError):
    """What was asked for cannot be sent; the message says what is wrong and what to do."""

    __module__ = _HOME


class TransportError(NavixyError):
    """No usable answer: the connection failed, broke, fell silent, or carried something else."""

    __module__ = _HOME

    def __init__(
        self,
        message: str,
        *,
        operation: str | None = None,
        attempts: int = 1,
        http_status: int | None = None,
        unsent: bool = False,
    ) -> None:
        super().__init__(message)
        self.operation = operation
        self.attempts = attempts
        self.http_status = http_status
        self.unsent = unsent
        """Whether the request provably never reached the network."""


class ConnectFailed(TransportError):
    """No connection could be made, so the request never left."""

    __module__ = _HOME


class CertificateRefused(ConnectFailed):
    """The certificate of the host is not signed by anyone who is trusted, or is for another host; never retried."""

    __module__ = _HOME


class ConnectionLost(TransportError):
    """The connection broke while the request or its answer was under way."""

    __module__ = _HOME


class AttemptTimedOut(TransportError, TimeoutError):
    """One attempt was silent for longer than the timeouts allow."""

    __module__ = _HOME


class UnreadableAnswer(TransportError):
    """The answer was cut short or is not JSON."""

    __module__ = _HOME


class AnswerTooLarge(TransportError):
    """The answer is larger than ``Pool.largest_answer``; ask for less at once; asking again does not help."""

    __module__ = _HOME


class UnexpectedRedirect(TransportError):
    """The host answered with a redirect, which is never followed: the credential would travel along."""

    __module__ = _HOME

    location: str | None = None
    """Where it leads, without its query; ``None`` if that cannot be read."""


class DiscoveryError(TransportError):
    """``Navixy.discover`` found no platform; the message says what was asked, and what each answered."""

    __module__ = _HOME


def _rebuild(cls: type[N], args: tuple[Any, ...], state: Mapping[str, Any]) -> N:
    error = cls.__new__(cls)
    Exception.__init__(error, *args)
    error.__dict__.update(state)
    return error
