"""Which proxy a request goes through, if any."""

from __future__ import annotations

import os
from base64 import b64encode
from ipaddress import ip_address, ip_network
from urllib.parse import unquote, urlsplit

from yarl import URL

from ..errors import InvalidInput
from ..masking import Secret


class Proxy:
    """A proxy, with its name and password kept apart from its address."""

    __slots__ = ("_authorization", "url")

    def __init__(self, given: Secret[str], where: str) -> None:
        """Read the address of a proxy; a refusal names `where` it comes from, never the address itself."""
        text = given.reveal() if "://" in given.reveal() else f"http://{given.reveal()}"
        parts, port = None, None
        try:
            parts = urlsplit(text.strip())
            port = parts.port
        except ValueError:
            parts = None
        if parts is None or not parts.hostname or parts.scheme not in ("http", "https"):
            del text, parts  # an error must not carry the password away in the locals of this frame
            raise InvalidInput(f"{where} is not the URL of an HTTP proxy: write it like http://proxy.example.com:3128")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        self.url = f"{parts.scheme}://{host}:{port or (443 if parts.scheme == 'https' else 80)}"
        self._authorization: Secret[str] | None = None
        if parts.username is not None:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            self._authorization = Secret(f"Basic {b64encode(pair.encode()).decode()}")

    def __repr__(self) -> str:
        return f"Proxy({self.url!r})"

    def headers(self) -> dict[str, str]:
        """The headers for the proxy; for the call that sends them, never for a variable."""
        return {} if self._authorization is None else {"Proxy-Authorization": self._authorization.reveal()}


class ProxyTable:
    """Which proxy leads to which host.

    Args:
        proxy: its URL; ``"environment"`` for HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY (lower case counts first,
            and an empty variable is unset); None for none.
    """

    __slots__ = ("_by_scheme", "_exceptions", "_known")

    def __init__(self, proxy: Secret[str] | None) -> None:
        self._known: dict[tuple[str, str | None, int | None], Proxy | None] = {}
        self._exceptions: tuple[str, ...] = ()
        self._by_scheme: dict[str, Proxy | None] = dict.fromkeys(("http", "https"))
        if proxy is None:
            return
        if proxy.reveal() != "environment":
            self._by_scheme = dict.fromkeys(("http", "https"), Proxy(proxy, "proxy"))
            return
        self._exceptions = tuple(_variable("no_proxy")[1].reveal().replace(",", " ").lower().split())
        for scheme in self._by_scheme:
            for variable in (f"{scheme}_proxy", "all_proxy"):
                name, value = _variable(variable)
                if value.reveal():
                    self._by_scheme[scheme] = Proxy(value, name)
                    break

    def find(self, url: URL) -> Proxy | None:
        """The proxy for `url`; None for a direct connection."""
        proxy = self._by_scheme.get(url.scheme)
        if proxy is None:
            return None
        origin = (url.scheme, url.host, url.port)
        if origin not in self._known:
            if len(self._known) > 1000:
                self._known.clear()
            self._known[origin] = None if any(_covers(entry, url) for entry in self._exceptions) else proxy
        return self._known[origin]


def _variable(name: str) -> tuple[str, Secret[str]]:
    """A variable in lower or upper case, and its name; empty ones do not count."""
    for spelling in (name, name.upper()):
        if os.environ.get(spelling, "").strip():
            return spelling, Secret(os.environ[spelling].strip())
    return name, Secret("")


def _covers(entry: str, url: URL) -> bool:
    """Whether an entry of NO_PROXY covers the host: ``*``, a host and its subdomains, host:port or a network."""
    host = (url.host or "").lower().rstrip(".")
    if entry == "*":
        return True
    try:
        return ip_address(host) in ip_network(entry.strip("[]"), strict=False)
    except (ValueError, TypeError):
        pass
    name, colon, port = entry.rpartition(":")
    if colon and port.isdecimal():
        if port.lstrip("0") != str(url.port):
            return False
        entry = name.strip("[]")
    entry = entry.lstrip("*").lstrip(".").rstrip(".")
    return bool(entry) and (host == entry or host.endswith(f".{entry}"))
