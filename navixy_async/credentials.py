"""Who asks: an API key, a session hash, or a login. None of them ever shows its secret."""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Iterable
from importlib import import_module
from typing import Any, ClassVar, TypeAlias

from .base_errors import InvalidInput
from .masking import Secret

_HEX32 = re.compile(r"[0-9a-fA-F]{32}")
_TOKEN = re.compile(r"[\x21-\x7e]+")


class CredentialWarning(UserWarning):
    """A credential looks unusual, but may still be right."""


class _Masked:
    """A credential whose secret cannot be printed, compared in a dump, or pickled by accident."""

    __slots__ = ("__weakref__", "_secrets", "key_id")

    kind: ClassVar[str]

    def __init__(self, *secrets: str) -> None:
        self._secrets = tuple(map(Secret, secrets))
        digest = hashlib.sha256("\0".join((self.kind, *self._named())).encode("utf-8", "surrogatepass"))
        self.key_id = digest.hexdigest()[:12]
        """A short digest that distinguishes credentials in logs and limits; it reveals nothing."""

    def _named(self) -> Iterable[str]:
        """What the digest is taken over: whatever distinguishes accounts, and nothing that can be guessed from it."""
        return [secret.reveal() for secret in self._secrets]

    @property
    def secrets(self) -> tuple[Secret[str], ...]:
        """What must never be shown."""
        return self._secrets

    def __repr__(self) -> str:
        return f"{type(self).__name__}(key_id={self.key_id!r})"

    def _identity(self) -> object:
        """Everything that changes what the platform answers."""
        return self._secrets

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other._identity() == self._identity()

    def __hash__(self) -> int:
        return hash((type(self), self.key_id))

    def __reduce__(self) -> str:
        raise TypeError(f"a {type(self).__name__} cannot be pickled, which keeps its secret out of files")


class _Token(_Masked):
    __slots__ = ()

    def __init__(self, given: Secret[str], *, strict: bool) -> None:
        name, fault = self.kind, _fault(given)
        if not fault and not _HEX32.fullmatch(given.reveal().strip()):
            if strict or not _TOKEN.fullmatch(given.reveal().strip()):
                fault = f"is malformed ({len(given.reveal().strip())} characters): it must be 32 hexadecimal digits"
            else:
                warnings.warn(f"the {name} is not 32 hexadecimal digits; it is sent as given", CredentialWarning, 3)
        if fault:
            raise InvalidInput(f"the {name} {fault}")
        super().__init__(given.reveal().strip())

    def reveal(self) -> str:
        """The secret itself, for the code that sends it."""
        return self._secrets[0].reveal()


def _fault(given: Secret[str]) -> str:
    if not isinstance(given.reveal(), str):
        return f"must be a string, not {type(given.reveal()).__name__}"
    return "" if given.reveal().strip() else "is empty: give the 32 hexadecimal digits that the platform issued"


class ApiKey(_Token):
    """An API key of an account (``api/key/create``); it has a rate limit of its own and does not expire."""

    __slots__ = ()
    kind = "API key"

    def __init__(self, key: str) -> None:
        given = Secret(key)
        del key  # an error must not carry it away in the locals of this frame
        super().__init__(given, strict=False)


class SessionHash(_Token):
    """The hash of a session that somebody else opened; when it ends, calls raise :class:`SessionEnded`."""

    __slots__ = ()
    kind = "session hash"

    def __init__(self, hash_: str) -> None:
        given = Secret(hash_)
        del hash_
        super().__init__(given, strict=True)


class Login(_Masked):
    """Login and password; the client opens the session, opens a new one when it ends, and logs out on close.

    Two logins are the same credential if login, password and `dealer_id` are; they are the same account, by `key_id`,
    limit and default label, if they differ in the password alone.
    """

    __slots__ = ("dealer_id",)
    kind = "login"

    def __init__(self, login: str, password: str, *, dealer_id: int | None = None) -> None:
        given = {"login": Secret(login), "password": Secret(password)}
        del login, password
        for name, secret in given.items():
            if not isinstance(secret.reveal(), str) or not secret.reveal():
                raise InvalidInput(f"the {name} is empty")
        if (length := len(given["password"].reveal())) > 40:
            raise InvalidInput(f"the password has {length} characters; the platform takes at most 40")
        if dealer_id is not None and (isinstance(dealer_id, bool) or not isinstance(dealer_id, int)):
            raise InvalidInput(f"the dealer_id must be a whole number, not {type(dealer_id).__name__}")
        if dealer_id is not None and not 0 < dealer_id < 1 << 63:
            raise InvalidInput("the dealer_id must be above zero, and an id of the platform")
        self.dealer_id = dealer_id
        super().__init__(*(secret.reveal() for secret in given.values()))

    def _named(self) -> Iterable[str]:
        # Never the password: whoever sees a digest over it can try guesses at millions a second.
        login = self._secrets[0].reveal()
        return (login,) if self.dealer_id is None else (login, str(self.dealer_id))

    def _identity(self) -> object:
        return (*self._secrets, self.dealer_id)

    def reveal(self) -> tuple[str, str]:
        """Login and password, for the code that sends them."""
        login, password = self._secrets
        return login.reveal(), password.reveal()

    def sign_in(self) -> Secret[dict[str, Any]]:
        """The parameters that open a session."""
        params: dict[str, Any] = dict(zip(("login", "password"), self.reveal(), strict=True))
        return Secret(params if self.dealer_id is None else params | {"dealer_id": self.dealer_id})


class PanelLogin(Login):
    """Login and password of the admin panel, for :meth:`Navixy.panel_account`.

    The panel's sessions last 24 hours and cannot be prolonged; the client opens a new one when one has ended.
    """

    __slots__ = ()
    kind = "panel login"

    def __init__(self, login: str, password: str) -> None:
        super().__init__(login, password)


Credential: TypeAlias = ApiKey | SessionHash | Login


_MOVED = ("CredentialSource", "FixedSource", "LoginSource")


def __getattr__(name: str) -> Any:
    if name in _MOVED:  # Kept until 0.3: they are in navixy_async.sessions
        return getattr(import_module("navixy_async.sessions"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
