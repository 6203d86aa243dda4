"""Secrets that cannot be printed by accident, and the mask that takes them out of whatever comes back."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Generic, NoReturn, TypeVar

import msgspec

_LITERAL = re.compile(r"[A-Za-z0-9]+")
"""Characters that are written the same way everywhere."""

T = TypeVar("T")
E = TypeVar("E", bound=BaseException)

SECRET_NAMES = frozenset(
    ("hash", "session_hash", "session_key", "session_token", "api_key", "apikey", "token", "authorization", "login")
) | frozenset(("password", "old_password", "new_password", "apn_password", "demo_password"))
"""Names of parameters that carry a credential."""

MASK = "***"
_SHORTEST = 4
"""Characters below which a secret is as common as any word, so that masking it would only garble texts."""
_DEEPEST = 50
"""Levels of an error's members that are kept; no answer of the platform has five."""


class Secret(Generic[T]):
    """A value that only :meth:`reveal` shows: no repr, format, dump, pickle or walk through members does."""

    __slots__ = ("__weakref__", "_reveal")

    def __init__(self, value: T) -> None:
        # In a closure, and not in a member: reporters of errors walk through members.
        self._reveal: Callable[[], T] = lambda: value

    def reveal(self) -> T:
        """The value itself, for the code that sends it; never keep it in a local variable."""
        return self._reveal()

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def __format__(self, _how: str) -> str:
        return repr(self)

    def __rich_repr__(self) -> Iterator[str]:
        yield MASK

    def __eq__(self, other: object) -> bool:
        return bool((other._reveal() if isinstance(other, Secret) else other) == self._reveal())

    def __hash__(self) -> int:
        return hash(self._reveal())

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret cannot be pickled or copied, which keeps it out of files")


def is_secret_name(name: str) -> bool:
    """Whether a parameter of this name carries a credential."""
    return name.lower().replace("-", "_") in SECRET_NAMES


def secrets_in(params: Secret[Any]) -> Iterator[Secret[str]]:
    """The texts among parameters that carry a credential by their name."""
    given = params.reveal()
    if isinstance(given, Mapping):
        for name in given:
            if is_secret_name(str(name)) and isinstance(given[name], str):
                yield Secret(given[name])


class Mask:
    """Takes secrets out of what comes back, in any spelling that a server may repeat them in."""

    __slots__ = ("_pattern", "_signs")

    def __init__(self, secrets: Iterable[Secret[str] | None]) -> None:
        self._pattern, self._signs = _pattern(frozenset(secret for secret in secrets if secret is not None))

    def text(self, text: str) -> str:
        """`text` without them."""
        return self._pattern.reveal().sub(MASK, text) if self._pattern is not None and self._may_hold(text) else text

    def clean(self, value: Any, depth: int = 0) -> Any:
        """`value` without them: texts, bytes, and the lists and objects that hold them."""
        if isinstance(value, str):
            return self.text(value)
        if type(value) is bytes:
            # Latin-1 gives each byte a character of its own, and all spellings but one are ASCII.
            return self.text(value.decode("latin-1")).encode("latin-1")
        if not depth and isinstance(value, dict | list) and not self._may_hold_inside(value):
            return value
        if depth >= _DEEPEST and isinstance(value, dict | list | tuple):
            return MASK
        if isinstance(value, dict):
            return {self.clean(name): self.clean(inner, depth + 1) for name, inner in value.items()}
        if type(value) in (list, tuple):
            return type(value)([self.clean(inner, depth + 1) for inner in value])
        return value

    def _may_hold(self, text: str) -> bool:
        """Whether the slow look is worth it: the pattern takes half a second for a megabyte."""
        if self._signs is None:
            return True
        lowered = text.lower()
        return any(sign in lowered for sign in self._signs.reveal())

    def _may_hold_inside(self, value: Any) -> bool:
        try:
            return _is_deep(value) or self._may_hold(msgspec.json.encode(value).decode())
        except (TypeError, ValueError, RecursionError):
            return True

    def error(self, error: E, own: str) -> E:
        """`error` without them, in its words and in each of its attributes; `own` in them is a word of our own."""
        if self._pattern is not None:
            error.args = tuple(self._around(arg, own) for arg in error.args)
            for name, value in error.__dict__.items():
                error.__dict__[name] = self._around(value, own)
        return error

    def _around(self, value: Any, own: str) -> Any:
        if not isinstance(value, str) or not own:
            return self.clean(value)
        return own.join(map(self.text, value.split(own)))


def without_frames(error: E) -> E:
    """`error` without its frames and what led to it: locals of frames are printed by reporters of errors."""
    error.__context__ = error.__cause__ = None
    return error.with_traceback(None)


def _is_deep(value: Any, depth: int = 0) -> bool:
    """Whether lists and objects are nested deeper than is kept."""
    if depth >= _DEEPEST:
        return True
    inner = value.values() if isinstance(value, dict) else value
    return any(_is_deep(item, depth + 1) for item in inner if isinstance(item, dict | list | tuple))


@lru_cache(maxsize=1024)
def _pattern(secrets: frozenset[Secret[str]]) -> tuple[Secret[re.Pattern[str]] | None, Secret[frozenset[str]] | None]:
    """A pattern that finds the secrets, and texts in lower case of which one stands in whatever it finds, if known."""
    found: set[str] = set()
    signs: set[str] = set()
    for secret in secrets:
        if len(secret.reveal()) >= _SHORTEST:
            for pattern, sign in _spellings(secret.reveal()):
                found.add(pattern)
                signs.add(sign.lower())
    if not found:
        return None, None
    compiled = re.compile("|".join(sorted(found, key=len, reverse=True)), re.IGNORECASE)
    return Secret(compiled), None if "" in signs else Secret(frozenset(signs))


def _spellings(text: str) -> Iterator[tuple[str, str]]:
    """Patterns of everything that `text` may look like when somebody repeats it, and a part that is in each of them."""
    raw = text.encode("utf-8", "surrogatepass")
    yield "".join(map(_character, text)), max(_LITERAL.findall(text), key=len, default="")
    for written in (raw.decode("latin-1"), raw.hex(), *_base64(raw)):
        # JSON writes these characters as they are, so that the parts can be looked for in encoded values.
        yield re.escape(written), max(_LITERAL.findall(written), key=len, default="")


def _character(one: str) -> str:
    """A pattern of one character, however JSON, Python, HTML, a URL or a form write it."""
    if one.isascii() and one.isalnum():
        return one
    from html import escape  # noqa: PLC0415 - its table of entities takes 2 ms to load, and few programs get here

    raw, number = one.encode("utf-8", "surrogatepass"), ord(one)
    ways = {one, json.dumps(one)[1:-1], f"\\{one}", repr(one)[1:-1], escape(one)}
    ways |= {f"&#{number};", f"&#x{number:x};", f"&#x{number:02x};", f"\\u{number:04x}", f"\\x{number:02x}"}
    ways |= {"".join(f"{mark}{byte:02x}" for byte in raw) for mark in ("%", "%25")}
    ways |= {"+", "%20"} if one == " " else set()
    return f"(?:{'|'.join(map(re.escape, sorted(ways, key=len, reverse=True)))})"


def _base64(raw: bytes) -> Iterator[str]:
    """What of `raw` is seen in base64, wherever in a longer text (``login:password``) it stands."""
    for before in range(3):
        coded = base64.b64encode(bytes(before) + raw).decode()
        core = coded[(before * 8 + 5) // 6 : (before + len(raw)) * 8 // 6]
        if len(core) >= 2 * _SHORTEST:
            yield core
            yield core.replace("+", "-").replace("/", "_")
