"""The connections that all accounts of a client share: one aiohttp session per source address."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from weakref import WeakKeyDictionary

import aiohttp
from yarl import URL

from ..errors import InvalidInput
from ..masking import Secret
from ..settings import Pool, Timeouts
from .certificates import ssl_context
from .proxies import ProxyTable

_HEADERS = {
    "Accept-Encoding": "gzip, deflate",
    "Content-Type": "application/json",
    "NVX-ISO-DateTime": "true",
    "User-Agent": "navixy_async",
}


class HttpSessions:
    """Keep-alive sessions by source address, made on open; a borrowed session is used unchanged and never closed."""

    __slots__ = (
        "_addresses",
        "_borrowed",
        "_has_read_certificates",
        "_late_ssl_context",
        "_pool",
        "_sessions",
        "_ssl_context",
        "_timeouts",
        "proxies",
    )

    def __init__(
        self,
        pool: Pool,
        timeouts: Timeouts,
        *,
        addresses: Sequence[str | None] = (None,),
        borrowed: aiohttp.ClientSession | None = None,
        encrypted: bool = True,
    ) -> None:
        if borrowed is not None and tuple(addresses) != (None,):
            raise InvalidInput("local_addr has no effect on a session of your own: bind its connector instead")
        self._pool = pool
        self._timeouts = timeouts
        self._addresses = addresses
        self._borrowed = borrowed
        self._sessions: dict[str | None, aiohttp.ClientSession] = {}
        if borrowed is not None and pool.ca_file is not None:
            raise InvalidInput("ca_file has no effect on a session of your own: give its connector an ssl context")
        # Reading all certificates takes tens of milliseconds, which a platform without TLS does not need.
        self._has_read_certificates = borrowed is not None or encrypted or not (pool.ca_file is pool.proxy is None)
        wanted = borrowed is None and self._has_read_certificates
        self._ssl_context = ssl_context(pool.ca_file) if wanted else None
        self._late_ssl_context: ssl.SSLContext | None = None
        self.proxies = ProxyTable(pool.proxy if isinstance(pool.proxy, Secret) else None)

    def open(self) -> None:
        """Make the sessions; must run on the loop that will use them."""
        if self._borrowed is not None:
            self._sessions = dict.fromkeys(self._addresses, self._borrowed)
        else:
            self._sessions = {address: self._make(address) for address in self._addresses}
        for session in self._sessions.values():
            before = _repeat_by_itself(session, False)
            if session is self._borrowed:
                _lent.setdefault(session, [before, 0])[1] += 1

    def _make(self, address: str | None) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=self._pool.size,
                keepalive_timeout=self._pool.keepalive,
                ttl_dns_cache=int(self._pool.dns_ttl),
                local_addr=None if address is None else (address, 0),
                ssl=True if self._ssl_context is None else self._ssl_context,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=_HEADERS,
            timeout=self.timeout(self._timeouts.attempt),
        )

    def timeout(self, total: float) -> aiohttp.ClientTimeout:
        """The limits of one attempt that may take `total` seconds."""
        return aiohttp.ClientTimeout(total=total, sock_connect=self._timeouts.connect, sock_read=self._timeouts.read)

    def get(self, address: str | None) -> aiohttp.ClientSession:
        """The session that sends from `address`."""
        return self._sessions[address]

    def ssl_context_for(self, url: URL) -> ssl.SSLContext | None:
        """Whom to trust at `url`, if its session does not know: a platform without TLS may have a storage with it.

        Raises:
            InvalidInput: SSL_CERT_FILE cannot be used.
        """
        if self._has_read_certificates or url.scheme != "https":
            return None
        if self._late_ssl_context is None:
            self._late_ssl_context = ssl_context(self._pool.ca_file)
        return self._late_ssl_context

    @property
    def headers(self) -> dict[str, str]:
        """The headers that a borrowed session lacks; empty for the client's own sessions."""
        return _HEADERS if self._borrowed is not None else {}

    async def close(self) -> None:
        """Close the client's own sessions and their connections."""
        sessions, self._sessions = self._sessions, {}
        for session in sessions.values():
            if self._borrowed is None:
                await session.close()
                continue
            lent = _lent[session]
            lent[1] -= 1
            if not lent[1]:
                _repeat_by_itself(session, bool(lent[0]))
                del _lent[session]


_lent: WeakKeyDictionary[aiohttp.ClientSession, list[int]] = WeakKeyDictionary()
"""For each borrowed session: whether it repeated a GET by itself before, and how many clients use it now."""


def _repeat_by_itself(session: aiohttp.ClientSession, repeat: bool) -> bool:
    """Set whether the session repeats a GET by itself when a kept connection had ended; returns the former setting.

    It must not: neither limiter nor retries would know. There is no public switch for it; a test watches it.
    """
    before = getattr(session, "_retry_connection", repeat)
    if hasattr(session, "_retry_connection"):
        session._retry_connection = repeat
    return bool(before)
