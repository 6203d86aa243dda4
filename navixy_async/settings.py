"""Frozen settings; every wrong value is refused when it is given, and the message says what to give instead."""

from __future__ import annotations

import os
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from .errors import InvalidInput
from .masking import Secret
from .texts import shorten

REGIONS = {
    "eu": "https://api.eu.navixy.com/v2",
    "us": "https://api.us.navixy.com/v2",
    "me": "https://api.me.navixy.com/v2",
}
"""The hosted platforms; every other one is named by its URL."""


LONGEST = 1e9
"""More seconds than any wait needs: over thirty years."""


def check_seconds(name: str, value: float, *, least: float = 0.0) -> float:
    """`value` as seconds that a wait may last.

    Raises:
        InvalidInput: it is not a number, not finite, below `least`, or longer than any wait.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= LONGEST:
        raise InvalidInput(
            f"{name} must be a number of seconds {'above' if least else 'of at least'} 0, not {shorten(value)}"
        )
    return float(value)


def _above_zero(**values: float) -> None:
    for name, value in values.items():
        check_seconds(name, value, least=5e-324)


def _whole(least: int, **values: int) -> None:
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value < 1 << 31:
            raise InvalidInput(f"{name} must be a whole number of at least {least}, not {shorten(value)}")


def _at_least_one(**values: int) -> None:
    _whole(1, **values)


LONGEST_RETRY_AFTER = 3600.0
"""The longest ``Retry-After`` that is believed, in seconds."""
WAIT_WHEN_DOUBTED = 600.0
"""Seconds to wait if more is asked for: years are a mistake, perhaps a point in time."""


def capped_retry_after(retry_after: float | None) -> float | None:
    """`retry_after`, but bounded: one field of one answer must not silence a program for decades."""
    return WAIT_WHEN_DOUBTED if retry_after is not None and retry_after > LONGEST_RETRY_AFTER else retry_after


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How fast requests may be sent; the defaults are the documented limits.

    Attributes:
        per_credential: requests in any one second per session hash or API key.
        per_address: requests in any one second per egress IP address and host.
        burst: sends that may leave back to back before they are paced.
        guaranteed_share: part of the rate, 0 to 0.5, that each lower lane keeps while the lanes above it are busy.
        enabled: switch the limiter off only towards a server that has no limits.
    """

    per_credential: int = 50
    per_address: int = 50
    burst: int = 5
    guaranteed_share: float = 0.05
    enabled: bool = True

    def __post_init__(self) -> None:
        _at_least_one(per_credential=self.per_credential, per_address=self.per_address, burst=self.burst)
        share = self.guaranteed_share
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 0.5:
            raise InvalidInput(f"guaranteed_share must lie between 0 and 0.5, not {shorten(share)}")


class Timeouts(msgspec.Struct, frozen=True, kw_only=True):
    """How long to wait, in seconds.

    Attributes:
        total: for one call with its limiter wait, all attempts and back-off; ``None`` waits as long as it takes.
        attempt: for one attempt from the send to the last byte.
        connect: for a connection to open, TLS included.
        read: for silence on an open connection.
        close: for logging out when the client closes.
    """

    total: float | None = 300.0
    attempt: float = 120.0
    connect: float = 10.0
    read: float = 60.0
    close: float = 5.0

    def __post_init__(self) -> None:
        _above_zero(attempt=self.attempt, connect=self.connect, read=self.read, close=self.close)
        if self.total is not None:
            _above_zero(total=self.total)


class Retries(msgspec.Struct, frozen=True, kw_only=True):
    """How often and how patiently a failed attempt is repeated.

    Attributes:
        attempts: sends per call at the most; 1 repeats nothing. Refusals by the rate limit do not count.
        base: seconds that the first wait may last; each further one twice as long (the actual wait is random below
            that).
        longest: seconds that any single wait may last.
        budget: retries per host that may be outstanding before failures surface at once.
        refusals: how often one call is queued again after HTTP 429 or code 15 before that surfaces.
    """

    attempts: int = 5
    base: float = 0.5
    longest: float = 30.0
    budget: int = 100
    refusals: int = 10

    def __post_init__(self) -> None:
        _at_least_one(attempts=self.attempts)
        _above_zero(base=self.base, longest=self.longest)
        _whole(0, budget=self.budget, refusals=self.refusals)


class Pool(msgspec.Struct, frozen=True, kw_only=True):
    """The connections that all accounts share, and how much may come in through one of them.

    Attributes:
        size: open connections at the most.
        keepalive: seconds that an idle connection is kept for the next call.
        dns_ttl: seconds that a resolved address is believed.
        largest_answer: bytes, unpacked, of an answer that is read into memory; a larger one raises AnswerTooLarge. A
            file that is saved to disk may have any size.
        largest_error: bytes, unpacked, that are read of an error's body.
        proxy: URL of an HTTP proxy (``http://user:password@proxy:3128``); ``"environment"`` for those that HTTPS_PROXY,
            HTTP_PROXY, ALL_PROXY and NO_PROXY name; none if not given. It is never shown.
        ca_file: file of certificates (PEM) that are trusted in addition to the system's.
    """

    size: int = 256
    keepalive: float = 30.0
    dns_ttl: float = 60.0
    largest_answer: int = 256_000_000
    largest_error: int = 1_000_000
    proxy: str | Secret[str] | None = None
    ca_file: str | os.PathLike[str] | None = None

    def __post_init__(self) -> None:
        if isinstance(self.proxy, str):
            # Its password must not be in any repr of these settings.
            msgspec.structs.force_setattr(self, "proxy", Secret(self.proxy))
        if self.proxy is not None and not (isinstance(self.proxy, Secret) and isinstance(self.proxy.reveal(), str)):
            raise InvalidInput("proxy must be the URL of an HTTP proxy, or 'environment'")
        if self.ca_file is not None and not isinstance(self.ca_file, str | os.PathLike):
            raise InvalidInput(f"ca_file must be the path of a file, not {type(self.ca_file).__name__}")
        _at_least_one(size=self.size, largest_answer=self.largest_answer, largest_error=self.largest_error)
        _above_zero(keepalive=self.keepalive, dns_ttl=self.dns_ttl)


HOSTED_ONLY = {"dwh": "data warehouse (DWH)", "eco_fleet": "eco fleet"}
"""Interfaces that the hosted platforms have, and installations on premises have not; and what they are called."""
_HOSTED = frozenset(urlsplit(url).hostname for url in REGIONS.values())
_PREFIXES = ("", "/v2", "/api", "/api/v2", "/api-v2")
"""What people take for the prefix of a hosted platform, which is /v2."""
_ON_PREMISE = ("/api", "/api/v2")
"""Prefixes of an installation that has one domain for everything; no hosted platform has them."""


class UrlParts(NamedTuple):
    """A URL as far as it says where a platform is: ``path`` begins with a slash or is empty, and ends without one."""

    scheme: str
    host: str
    netloc: str
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def is_exposed(self) -> bool:
        """Whether everything that is sent there, the credential included, can be read on the way."""
        if self.scheme != "http" or self.host == "localhost" or self.host.endswith(".localhost"):
            return False
        try:
            return not ip_address(self.host.partition("%")[0]).is_loopback
        except ValueError:
            return True


def split_url(text: str) -> UrlParts:
    """The parts of a URL that people wrote; what follows its path is not looked at.

    Raises:
        InvalidInput: it cannot be read, is no URL of the web, names no host, or holds a password.
    """
    if "@" in text:
        raise InvalidInput("the URL must hold no user name or password: give them as a credential")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise InvalidInput(f"the URL cannot be read: {error}") from None
    if parts.scheme not in ("http", "https"):
        raise InvalidInput(f"the URL's scheme must be http or https, not {parts.scheme!r}")
    if not parts.hostname:
        raise InvalidInput("the URL names no host: write it as https://host/v2")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return UrlParts(parts.scheme, parts.hostname, host if port is None else f"{host}:{port}", parts.path.rstrip("/"))


def is_page_path(path: str) -> bool:
    """Whether a path is that of a page for people, and not the base of an interface."""
    return path.endswith(("/docs", ".html", ".htm")) or "/docs/" in path


def is_region_host(host: str) -> bool:
    """Whether `host` is one of the hosted platforms'."""
    return host in _HOSTED


def _prefix(host: str, path: str) -> str:
    """The prefix of a platform at `host`, corrected where there is no doubt."""
    right = f"write {', '.join(f'{url} (or {region})' for region, url in REGIONS.items())}, or your platform's own URL"
    if host in _HOSTED:
        if path in _PREFIXES:
            return "/v2"
        raise InvalidInput(f"the URL must end with the prefix /v2, without the path of an action or a page: {right}")
    if host == "navixy.com" or host.endswith(".navixy.com"):
        raise InvalidInput(f"{host} is a website for people, not the platform's API: {right}")
    if is_page_path(path):
        raise InvalidInput(
            f"the URL is that of a web page: write the base URL of the API, like https://{host}/api-v2; "
            f"Navixy.discover('https://{host}') finds it"
        )
    return path


class BaseUrl(msgspec.Struct, frozen=True):
    """Where a platform lives, and from there the base of each of its interfaces.

    Attributes:
        url: the base of the backend API, with its prefix and without a trailing slash.
        without: interfaces that are not there: calls of theirs are refused before anything is sent.
    """

    url: str
    without: tuple[str, ...] = ()

    @classmethod
    def parse(cls, region_or_url: str) -> BaseUrl:
        """A region (``eu``, ``us``, ``me``) or a URL with any prefix (``https://gps.example.com/api-v2``)."""
        if not isinstance(region_or_url, str) or not region_or_url.strip():
            raise InvalidInput(f"name the platform: a region ({', '.join(REGIONS)}) or a URL such as https://host/v2")
        text = region_or_url.strip()
        if text.lower() in REGIONS:
            return cls(REGIONS[text.lower()])
        if "://" not in text and "@" not in text:
            if "." in text or ":" in text or "/" in text:
                shown = text.partition("?")[0].partition("#")[0]
                raise InvalidInput(f"{shown!r} has no scheme: write https://{shown}")
            raise InvalidInput(f"unknown region {text!r}: use {', '.join(REGIONS)} or a URL such as https://host/v2")
        parts = split_url(text)
        if "?" in text or "#" in text:
            raise InvalidInput("the URL must end with its path, without '?' and '#'")
        path = _prefix(parts.host, parts.path)
        return cls(parts.origin + path, tuple(HOSTED_ONLY) if path in _ON_PREMISE else ())

    @property
    def hint(self) -> str:
        """What may be wrong with the URL if something other than the platform answers; empty if it looks usual."""
        parts = split_url(self.url)
        if parts.path.endswith("v2"):
            return ""
        return (
            f"is the base URL {self.url} right? It usually ends like {parts.origin}/v2 or {parts.origin}/api-v2; "
            f"Navixy.discover('{parts.origin}') or `navixy discover {parts.origin}` finds it"
        )

    def hint_for(self, api: str) -> str:
        """The same for one interface; those of the hosted platforms alone are often missing elsewhere."""
        if api not in HOSTED_ONLY:
            return self.hint
        parts = split_url(self.url)
        if is_region_host(parts.host):
            return ""
        return (
            f"{parts.origin} seems to have no {HOSTED_ONLY[api]}: only the hosted platforms ({', '.join(REGIONS)}) have"
        )

    @property
    def host(self) -> str:
        """Host and port: each platform host counts its limits separately."""
        return split_url(self.url).netloc

    @property
    def is_exposed(self) -> bool:
        """Whether everything that is sent, the credential included, can be read on the way."""
        return split_url(self.url).is_exposed

    def of(self, api: str) -> str:
        """The base of one interface, without trailing slash; backend, panel and IoT Logic share the given one.

        Raises:
            InvalidInput: the platform does not have this interface.
        """
        if api not in HOSTED_ONLY:
            return self.url
        origin = split_url(self.url).origin
        if api in self.without:
            raise InvalidInput(
                f"{origin} has no {HOSTED_ONLY[api]}: the hosted platforms have one ({', '.join(REGIONS)}), "
                "an installation of your own has none"
            )
        return f"{origin}/dwh/v1" if api == "dwh" else f"{origin}/eco_fleet"

    def __str__(self) -> str:
        return self.url
