"""Who asks: an API key, a session hash, or a login. None of them ever shows its secret."""

from __future__ import annotations

import hashlib
import re
import warnings
from typing import ClassVar, TypeAlias

from .errors import InvalidInput

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


Credential: TypeAlias = ApiKey | SessionHash | Login
