"""Texts of a flow that may hold a key, and what of them may be shown."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from ..masking import MASK, SECRET_NAMES

_URL: Final = re.compile(r"(?i)\b[a-z][a-z0-9+.-]{0,20}://[^\s\"'<>]+")
_HASH: Final = re.compile(r"(?<![0-9A-Za-z])[0-9a-fA-F]{32,}(?![0-9A-Za-z])")
_LONG: Final = re.compile(r"(?<![0-9A-Za-z_-])(?=[A-Za-z_-]*[0-9])(?=[0-9_-]*[A-Za-z])[0-9A-Za-z_-]{40,}")
_BEARER: Final = re.compile(r"(?i)\b(bearer|basic)\s+(?=[A-Za-z+/._~-]*[0-9=])[0-9A-Za-z+/=._~-]{8,}")
_NAMED: Final = re.compile(
    rf"(?i)\b({'|'.join(sorted((*SECRET_NAMES, 'secret', 'passwd', 'pwd', 'access_token', 'api-key'), key=len)[::-1])})"
    r"(\"?\s*[=:]\s*\"?)(?!\"?\{\{)[^\s\"&,;}]+"
)
_KEYS: Final = (_HASH, _LONG, _BEARER, _NAMED)


def looks_like_key(text: str) -> bool:
    """Whether a text holds what looks like a platform key, a session hash or another credential."""
    return any(pattern.search(text) for pattern in _KEYS) or any(map(_has_user, _URL.findall(text)))


def without_keys(text: str) -> str:
    """A text without what looks like a key, and with URLs cut to their scheme and host."""
    text = _URL.sub(lambda found: short_url(found[0]), text)
    text = _BEARER.sub(lambda found: f"{found[1]} {MASK}", text)
    text = _NAMED.sub(lambda found: f"{found[1]}{found[2]}{MASK}", text)
    return _LONG.sub(MASK, _HASH.sub(MASK, text))


def short_url(url: str) -> str:
    """Scheme, host and port: paths and queries carry tokens."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return MASK
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}" if host else MASK


def _has_user(url: str) -> bool:
    try:
        return urlsplit(url).password is not None
    except ValueError:
        return False
