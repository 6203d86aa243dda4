"""The hash of each request: a key or session that was given, or a session that is opened and renewed for a login."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from math import inf
from time import monotonic
from typing import Protocol

from .credentials import ApiKey, Login, SessionHash
from .errors import AuthError, ClientClosed, DeadlineExceeded, NavixyError
from .masking import Secret


class CredentialSource(Protocol):
    """Where the pipeline gets the hash for each attempt."""

    @property
    def key(self) -> str:
        """Name of the credential's own rate budget; not a secret."""

    @property
    def can_renew(self) -> bool:
        """Whether :meth:`renew` can replace a hash that the platform no longer knows."""

    @property
    def ready(self) -> Secret[str] | None:
        """The hash to send, if it is available without waiting."""

    @property
    def secrets(self) -> tuple[Secret[str], ...]:
        """What is masked in everything that comes back, beside the hash that was sent."""

    async def hash(self, deadline: float | None) -> Secret[str] | None:
        """The hash to send now, or ``None`` to send none; may open a session first."""

    async def renew(self, stale: Secret[str] | None, deadline: float | None) -> bool:
        """Replace the hash `stale`, at once if that was already done; False if it cannot be replaced now."""


class FixedSource:
    """An API key, a session hash, or nobody."""

    __slots__ = ("key", "ready", "secrets")

    can_renew = False

    def __init__(self, token: ApiKey | SessionHash | None, *, key: str = "anonymous") -> None:
        self.secrets = () if token is None else token.secrets
        self.ready = None if token is None else self.secrets[0]
        self.key = key if token is None else f"{token.kind}:{token.key_id}"

    async def hash(self, _deadline: float | None) -> Secret[str] | None:
        """The token, always the same."""
        return self.ready

    async def renew(self, _stale: Secret[str] | None, _deadline: float | None) -> bool:
        """A token that ended cannot be renewed."""
        return False


def _retrieve(flight: asyncio.Task[Secret[str]]) -> None:
    # Every waiter may have been cancelled; the loop must not complain about a failure that nobody awaited.
    if not flight.cancelled():
        flight.exception()


class LoginSource:
    """The session of one login, opened when first needed, shared by all its waiters, opened again when it ends.

    However many calls wait, one login is under way at a time. A login that the platform refused is not tried again for
    a while, so that a wrong password in a busy program does not lock the user out; after trouble with the connection
    there is a short pause, which grows while the trouble lasts. Sessions that end as soon as they were opened are
    opened again ever less often: somebody else may be ending them.
    """

    REFUSAL_RESTS = 60.0
    """Seconds for which a refused login is answered from memory."""
    TROUBLE_RESTS = 1.0, 15.0
    """Seconds for which a login that failed otherwise is answered from memory: at first, and at the most."""
    YOUNG = 60.0
    """Seconds of life below which a session has ended too early."""
    YOUNG_ENDS = 3
    """Such ends in a row before the next session has to wait."""

    can_renew = True

    def __init__(self, login: Login, sign_in: Callable[[Login], Awaitable[Secret[str]]]) -> None:
        self.key = f"{login.kind}:{login.key_id}"
        self._login = login
        self._sign_in = sign_in
        self._hash: Secret[str] | None = None
        self._flight: asyncio.Task[Secret[str]] | None = None
        self._refusal: tuple[float, NavixyError] | None = None
        self._troubles = 0
        """Logins in a row that failed before the platform answered."""
        self._opened = -inf
        self._young = 0
        """Sessions in a row that ended too early."""
        self._renew_from = -inf
        self._closed = False
        self.renewed: Callable[[], None] = lambda: None

    @property
    def ready(self) -> Secret[str] | None:
        """The hash of the session that is open now, if any."""
        return self._hash

    @property
    def secrets(self) -> tuple[Secret[str], ...]:
        """Login, password, and the session that is open now."""
        return (*self._login.secrets, *(() if self._hash is None else (self._hash,)))

    async def hash(self, deadline: float | None) -> Secret[str] | None:
        """The session's hash; opens the session if there is none.

        Raises:
            AuthError: the platform refused the login; SecondFactorRequired if it wants a code.
            DeadlineExceeded: the login took longer than the caller had time.
        """
        if self._hash is not None:
            return self._hash
        if self._closed:
            raise ClientClosed("the client is closed: open a new one")
        if self._refusal is not None:
            until, error = self._refusal
            if monotonic() < until:
                raise error.again()
            self._refusal = None
        if self._flight is None:
            self._flight = asyncio.create_task(self._fly(), name=f"navixy {self.key}")
            self._flight.add_done_callback(_retrieve)
        flight = self._flight
        # The deadline or cancellation of one waiter must not end the login that the others wait for.
        await asyncio.wait((flight,), timeout=None if deadline is None else max(0.0, deadline - monotonic()))
        if not flight.done():
            raise DeadlineExceeded("the login took longer than the call had time", operation="user/auth")
        if flight.cancelled():
            raise ClientClosed("the client was closed during the login")
        failure = flight.exception()
        if failure is not None:
            # Each waiter gets its own, without the frames of the login.
            raise failure.again() if isinstance(failure, NavixyError) else failure
        return flight.result()

    async def _fly(self) -> Secret[str]:
        try:
            self._hash = await self._sign_in(self._login)
        except NavixyError as error:
            self._refusal = (monotonic() + self._rests(error), error)
            raise
        finally:
            self._flight = None
        self._troubles = 0
        self._opened = monotonic()
        return self._hash

    def _rests(self, error: NavixyError) -> float:
        """Seconds until another login may succeed."""
        if isinstance(error, AuthError) and error.from_platform:
            return self.REFUSAL_RESTS
        first, longest = self.TROUBLE_RESTS
        self._troubles += 1
        return min(first * 2.0 ** min(self._troubles - 1, 10), longest)

    async def renew(self, stale: Secret[str] | None, deadline: float | None) -> bool:
        """Open a new session unless somebody has replaced `stale` already; False if it is too early for another one."""
        if self._hash != stale:
            return True
        now = monotonic()
        if now < self._renew_from:
            return False
        self._young = self._young + 1 if now - self._opened < self.YOUNG else 0
        if self._young > self.YOUNG_ENDS:
            self._renew_from = now + min(2.0 ** min(self._young - self.YOUNG_ENDS, 10), self.YOUNG)
        self._hash = None
        await self.hash(deadline)
        self.renewed()
        return True

    async def close(self) -> None:
        """End a login that is under way; the session itself is left to whoever logs out."""
        self._closed = True
        flight, self._flight = self._flight, None
        if flight is not None:
            flight.cancel()
            await asyncio.wait((flight,))
