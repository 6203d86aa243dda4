"""The way to a host: through which proxy, if any, and whose certificates are trusted."""

from __future__ import annotations

import os
import ssl
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
        """Read the address of a proxy; `where` it comes from is told, never the address itself."""
        text = given.reveal() if "://" in given.reveal() else f"http://{given.reveal()}"
        parts, port = None, None
        try:
            parts = urlsplit(text.strip())
            port = parts.port
        except ValueError:
            parts = None
        if parts is None or not parts.hostname or parts.scheme not in ("http", "https"):
            del text, parts  # an error must not carry the password away in the locals of this frame
            raise InvalidInput(f"{where} names no HTTP proxy: write it like http://proxy.example.com:3128")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        self.url = f"{parts.scheme}://{host}:{port or (443 if parts.scheme == 'https' else 80)}"
        self._authorization: Secret[str] | None = None
        if parts.username is not None:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            self._authorization = Secret(f"Basic {b64encode(pair.encode()).decode()}")

    def __repr__(self) -> str:
        return f"Proxy({self.url!r})"

    def headers(self) -> dict[str, str]:
        """What the proxy asks for; for the call that sends it, never for a variable."""
        return {} if self._authorization is None else {"Proxy-Authorization": self._authorization.reveal()}


class Ways:
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

    def to(self, url: URL) -> Proxy | None:
        """The proxy for `url`; None if the way is direct."""
        proxy = self._by_scheme.get(url.scheme)
        if proxy is None:
            return None
        place = (url.scheme, url.host, url.port)
        if place not in self._known:
            if len(self._known) > 1000:
                self._known.clear()
            self._known[place] = None if any(_covers(each, url) for each in self._exceptions) else proxy
        return self._known[place]


def _variable(name: str) -> tuple[str, Secret[str]]:
    """A variable in lower or upper case, and its name; empty ones do not count."""
    for spelling in (name, name.upper()):
        if os.environ.get(spelling, "").strip():
            return spelling, Secret(os.environ[spelling].strip())
    return name, Secret("")


def _covers(exception: str, url: URL) -> bool:
    """Whether an entry of NO_PROXY means the host of `url`: ``*``, a host and all below it, host:port, or a network."""
    host = (url.host or "").lower().rstrip(".")
    if exception == "*":
        return True
    try:
        return ip_address(host) in ip_network(exception.strip("[]"), strict=False)
    except (ValueError, TypeError):
        pass
    name, colon, port = exception.rpartition(":")
    if colon and port.isdecimal():
        if port.lstrip("0") != str(url.port):
            return False
        exception = name.strip("[]")
    exception = exception.lstrip("*").lstrip(".").rstrip(".")
    return bool(exception) and (host == exception or host.endswith(f".{exception}"))


def trusted(ca_file: str | os.PathLike[str] | None) -> ssl.SSLContext | None:
    """Whose certificates are trusted: the system's, and those of `ca_file`; None for the system's alone.

    SSL_CERT_FILE names another file instead of the system's, as OpenSSL has it; an empty one is unset.

    Raises:
        InvalidInput: the file cannot be read, or holds no certificate.
    """
    given = os.environ.get("SSL_CERT_FILE")
    if ca_file is None and given is None:
        return None
    context = ssl.create_default_context()
    if given is not None and not given.strip():
        # OpenSSL takes an empty name for a file, and would trust nobody.
        _load(context, ssl.get_default_verify_paths().openssl_cafile, "the system's own", must=False)
    elif given and not context.cert_store_stats()["x509"]:
        # OpenSSL has read that file by itself, and says nothing where it could not.
        _load(context, given, "SSL_CERT_FILE")
    if ca_file is not None:
        _load(context, os.fspath(ca_file), "the CA file")
    return context


def _load(context: ssl.SSLContext, path: str, what: str, *, must: bool = True) -> None:
    try:
        context.load_verify_locations(cafile=path)
    except OSError as error:
        if must:
            # OpenSSL's errors are OSErrors, too.
            why = "it holds no certificate in PEM" if isinstance(error, ssl.SSLError) else error.strerror
            raise InvalidInput(f"{what} {path!r} cannot be used: {why}") from None
