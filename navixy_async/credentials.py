"""Who asks: an API key, a session hash, or a login. None of them ever shows its secret."""

from __future__ import annotations

import asyncio
import hashlib
import re
import warnings
from collections.abc import Awaitable, Callable
from copy import copy
from time import monotonic
from typing import ClassVar, Protocol, TypeAlias

from .errors import ApiError, AuthError, ClientClosed, DeadlineExceeded, InvalidInput

_HEX32 = re.compile(r"[0-9a-fA-F]{32}")
_TOKEN = re.compile(r"[\x21-\x7e]+")


class CredentialWarning(UserWarning):
    """A credential looks unusual, but may still be right."""


class _Masked:
    """A credential whose secret cannot be printed, compared in a dump, or pickled by accident."""

    __slots__ = ("__weakref__", "_secrets", "key_id")

    kind: ClassVar[str]

    def __init__(self, *secrets: str) -> None:
        self._secrets = secrets
        digest = hashlib.sha256("\0".join((self.kind, *secrets)).encode())
        self.key_id = digest.hexdigest()[:12]
        """A short digest that tells credentials apart in logs and limits; the secret cannot be had from it."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(key_id={self.key_id!r})"

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other._secrets == self._secrets

    def __hash__(self) -> int:
        return hash((type(self), self.key_id))

    def __reduce__(self) -> str:
        raise TypeError(f"a {type(self).__name__} is not pickled, so that its secret cannot end up in a file")


class _Token(_Masked):
    __slots__ = ()

    def __init__(self, token: str, *, strict: bool) -> None:
        name = self.kind
        if not isinstance(token, str):
            raise InvalidInput(f"the {name} must be a string, not {type(token).__name__}")
        token = token.strip()
        if not token:
            raise InvalidInput(f"the {name} is empty: give the 32 hexadecimal digits that the platform issued")
        if not _HEX32.fullmatch(token):
            if strict or not _TOKEN.fullmatch(token):
                raise InvalidInput(
                    f"the {name} is malformed ({len(token)} characters): it must be 32 hexadecimal digits"
                )
            warnings.warn(f"the {name} is not 32 hexadecimal digits; it is sent as given", CredentialWarning, 3)
        super().__init__(token)

    def reveal(self) -> str:
        """The secret itself, for the one place that sends it."""
        return self._secrets[0]


class ApiKey(_Token):
    """An API key of an account (``api/key/create``); it has a rate limit of its own and does not expire."""

    __slots__ = ()
    kind = "API key"

    def __init__(self, key: str) -> None:
        super().__init__(key, strict=False)


class SessionHash(_Token):
    """The hash of a session that somebody else opened; when it ends, calls raise :class:`SessionEnded`."""

    __slots__ = ()
    kind = "session hash"

    def __init__(self, hash_: str) -> None:
        super().__init__(hash_, strict=True)


class Login(_Masked):
    """Login and password; the client opens the session, opens a new one when it ends, and logs out on close."""

    __slots__ = ("dealer_id",)
    kind = "login"

    def __init__(self, login: str, password: str, *, dealer_id: int | None = None) -> None:
        for name, value in (("login", login), ("password", password)):
            if not isinstance(value, str) or not value:
                raise InvalidInput(f"the {name} is empty")
        if len(password) > 40:
            raise InvalidInput(f"the password has {len(password)} characters; the platform takes at most 40")
        self.dealer_id = dealer_id
        super().__init__(login, password)

    def reveal(self) -> tuple[str, str]:
        """Login and password, for the one place that sends them."""
        login, password = self._secrets
        return login, password


class PanelLogin(Login):
    """Login and password of the admin panel, for :meth:`Navixy.panel_account`.

    The panel's sessions last 24 hours and cannot be prolonged; the client opens a new one when one has ended.
    """

    __slots__ = ()
    kind = "panel login"

    def __init__(self, login: str, password: str) -> None:
        super().__init__(login, password)


Credential: TypeAlias = ApiKey | SessionHash | Login


class CredentialSource(Protocol):
    """Where the pipeline gets the hash for each attempt."""

    @property
    def key(self) -> str:
        """Names the credential's own rate budget; not secret."""

    @property
    def can_renew(self) -> bool:
        """Whether :meth:`renew` can replace a hash that the platform no longer knows."""

    @property
    def ready(self) -> str | None:
        """The hash to send, if it can be had without waiting."""

    async def hash(self, deadline: float | None) -> str | None:
        """The hash to send now, or ``None`` to send none; may open a session first."""

    async def renew(self, stale: str | None, deadline: float | None) -> None:
        """Replace the hash `stale`; returns at once if that was already done."""


class FixedSource:
    """An API key, a session hash, or nobody."""

    __slots__ = ("key", "ready")

    can_renew = False

    def __init__(self, token: ApiKey | SessionHash | None) -> None:
        self.ready = None if token is None else token.reveal()
        self.key = "anonymous" if token is None else f"{token.kind}:{token.key_id}"

    async def hash(self, _deadline: float | None) -> str | None:
        """The token, always the same."""
        return self.ready

    async def renew(self, _stale: str | None, _deadline: float | None) -> None:
        """Nothing can be done for a token that ended."""


def _retrieve(flight: asyncio.Task[str]) -> None:
    # Every waiter may have been cancelled; the loop must not complain about a failure that nobody awaited.
    if not flight.cancelled():
        flight.exception()


class LoginSource:
    """The session of one login, opened when first needed, shared by all its waiters, opened again when it ends.

    However many calls wait, one login is under way at a time. A login that the platform refused is not tried again for
    a while, so that a wrong password in a busy program does not lock the user out.
    """

    REFUSAL_RESTS = 60.0
    """Seconds for which a refused login is answered from memory."""

    can_renew = True

    def __init__(self, login: Login, sign_in: Callable[[Login], Awaitable[str]]) -> None:
        self.key = f"login:{login.key_id}"
        self._login = login
        self._sign_in = sign_in
        self._hash: str | None = None
        self._flight: asyncio.Task[str] | None = None
        self._refusal: tuple[float, AuthError] | None = None
        self.renewed: Callable[[], None] = lambda: None

    @property
    def ready(self) -> str | None:
        """The hash of the session that is open now, if any."""
        return self._hash

    async def hash(self, deadline: float | None) -> str | None:
        """The session's hash; opens the session if there is none.

        Raises:
            AuthError: the platform refused the login; SecondFactorRequired if it wants a code.
            DeadlineExceeded: the login took longer than the caller had time.
        """
        if self._hash is not None:
            return self._hash
        if self._refusal is not None:
            until, error = self._refusal
            if monotonic() < until:
                raise copy(error)
            self._refusal = None
        if self._flight is None:
            self._flight = asyncio.create_task(self._fly(), name=f"navixy {self.key}")
            self._flight.add_done_callback(_retrieve)
        flight = self._flight
        # One waiter's deadline or cancellation must not end the login that the others wait for.
        await asyncio.wait((flight,), timeout=None if deadline is None else max(0.0, deadline - monotonic()))
        if not flight.done():
            raise DeadlineExceeded("the login took longer than the call had time", operation="user/auth")
        if flight.cancelled():
            raise ClientClosed("the client was closed during the login")
        failure = flight.exception()
        if failure is not None:
            raise copy(failure) if isinstance(failure, ApiError) else failure
        return flight.result()

    async def _fly(self) -> str:
        try:
            self._hash = await self._sign_in(self._login)
        except AuthError as error:
            self._refusal = (monotonic() + self.REFUSAL_RESTS, error)
            raise
        finally:
            self._flight = None
        return self._hash

    async def renew(self, stale: str | None, deadline: float | None) -> None:
        """Open a new session unless somebody has replaced `stale` already."""
        if self._hash == stale:
            self._hash = None
            await self.hash(deadline)
            self.renewed()

    async def close(self) -> None:
        """End a login that is under way; the session itself is left to whoever logs out."""
        flight, self._flight = self._flight, None
        if flight is not None:
            flight.cancel()
            await asyncio.wait((flight,))
