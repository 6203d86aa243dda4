"""The client: one per process and platform. It owns the connections and the limiter, and makes accounts."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, TypedDict, Unpack

import aiohttp

from .account import Account
from .credentials import ApiKey, Credential, Login, PanelLogin, SessionHash
from .errors import InvalidInput, SecondFactorRequired
from .limits import Limiter
from .observe.events import Observer
from .operations import Lane
from .requester import Requester
from .settings import BaseUrl, Limits, Pool, Retries, Timeouts
from .sign_in import LoginSessions
from .texts import shorten
from .transport.pipeline import Pipeline

if TYPE_CHECKING:
    from .harvest import Harvests
    from .panel import PanelAccount

log = logging.getLogger("navixy_async")


class ClientSettings(TypedDict, total=False):
    """The settings of :class:`Navixy`, by keyword."""

    limits: Limits | None
    timeouts: Timeouts | None
    retries: Retries | None
    pool: Pool | None
    observer: Observer | None
    session: aiohttp.ClientSession | None
    local_addr: str | Sequence[str] | None
    strict: bool


class Navixy:
    """The asyncio client for one Navixy platform.

    ::

        async with Navixy("eu") as navixy:
            fleet = navixy.account(ApiKey(key))
            trackers = await fleet.tracker.list()

    Open one per process and platform and share it: connections and rate limits are common to all its accounts.

    Args:
        base_url: ``"eu"``, ``"us"``, ``"me"``, or the URL of any platform with its prefix
            (``https://gps.example.com/api-v2``); :meth:`discover` finds the prefix.
        limits: how fast requests may be sent.
        timeouts: how long to wait for what.
        retries: how patiently failed attempts are repeated.
        pool: connections shared by all accounts.
        observer: receives every event of :mod:`navixy_async.observe`.
        session: an aiohttp session of your own to send with; it is never closed here. While the client is open, the
            session does not repeat a GET by itself when a kept connection had ended: the client's own retries decide
            that.
        local_addr: source address, or several: each has a rate limit of its own on the platform.
        strict: whether an answer is refused (DecodeFailed) as soon as one member in it is not of its documented type.
            Otherwise that member is given as it came, and reported in the log once.

    Raises:
        InvalidInput: the region is unknown, the URL or a setting makes no sense.
    """

    def __init__(
        self,
        base_url: str | BaseUrl,
        *,
        limits: Limits | None = None,
        timeouts: Timeouts | None = None,
        retries: Retries | None = None,
        pool: Pool | None = None,
        observer: Observer | None = None,
        session: aiohttp.ClientSession | None = None,
        local_addr: str | Sequence[str] | None = None,
        strict: bool = False,
    ) -> None:
        self.base_url = base_url if isinstance(base_url, BaseUrl) else BaseUrl.parse(base_url)
        if self.base_url.is_exposed:
            log.warning(
                "%s is not encrypted: anybody on the way can read the credential and all answers; use https://",
                self.base_url.host,
            )
        self.timeouts = timeouts or Timeouts()
        addresses = _addresses(local_addr)
        self.limiter = Limiter(limits or Limits(), host=self.base_url.host, local_addrs=addresses)
        """Lets requests go; ``navixy.limiter.snapshot()`` shows what it is doing."""
        self._pipeline = Pipeline(
            self.base_url,
            self.limiter,
            timeouts=self.timeouts,
            retries=retries or Retries(),
            pool=pool or Pool(),
            observer=observer,
            addresses=addresses,
            session=session,
            strict=strict,
        )
        self._sessions = LoginSessions(self._pipeline)
        self._closing = False

    @classmethod
    async def discover(cls, url: str, *, timeout: float = 30.0, **settings: Unpack[ClientSettings]) -> Navixy:
        """The client for the platform at `url`, whose prefix need not be known.

        ::

            async with await Navixy.discover("https://gps.example.com") as navixy:
                print(navixy.base_url)  # https://gps.example.com/api: keep it, then nothing need be discovered again

        Asked are, without a credential, ``/v2``, ``/api``, ``/api/v2``, ``/api-v2`` and the root of the host, then the
        same of ``api.`` + host; a redirect is followed where it cannot lead a credential astray. Which interfaces of
        the hosted platforms are missing is found out, too: their calls are then refused before anything is sent.
        The limiter has counted the calls, so the client belongs to the running event loop.

        Args:
            url: a host with or without scheme, port and path; a region needs no call.
            timeout: seconds for everything.
            settings: those of :class:`Navixy`.

        Raises:
            DiscoveryError: no platform answered; the message says what was asked, and what each answered.
            InvalidInput: the URL or a setting makes no sense.

        Platform action: ``/dealer/get_ui_config``
        """
        from .discovery import Discovery, ProbeSettings  # most programs know their platform

        probing = ProbeSettings(
            settings.get("limits") or Limits(),
            settings.get("timeouts") or Timeouts(),
            settings.get("pool") or Pool(),
            settings.get("observer"),
            settings.get("session"),
            _addresses(settings.get("local_addr")),
        )
        found = await Discovery(url, probing, timeout).run()
        navixy = cls(found.base_url, **settings)
        if found.limiter is not None:
            navixy.limiter = navixy._pipeline.admission = found.limiter
        return navixy

    def __repr__(self) -> str:
        return f"Navixy({self.base_url.url!r})"

    @property
    def limits(self) -> Limiter:
        """The former name of `limiter`."""  # Kept until 0.3
        return self.limiter

    async def __aenter__(self) -> Navixy:
        self._pipeline.open()
        self._closing = False
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    def account(
        self,
        credential: Credential,
        *,
        lane: Lane = "interactive",
        label: str | None = None,
        weight: float = 1.0,
        repeat_updates: bool = False,
    ) -> Account:
        """The platform as `credential` sees it; cheap, no request is sent.

        Args:
            credential: ApiKey, SessionHash, or Login.
            lane: urgency of its calls: ``interactive``, ``live`` or ``bulk``.
            label: name for logs, events and directories; a digest of the credential if not given. Accounts of the
                same label share one turn where accounts take turns.
            weight: turns it gets for one turn of an account of weight 1, while several wait in the same lane.
            repeat_updates: whether updates that set a state are sent again where the fate of the first is unknown; see
                :meth:`Account.with_updates_repeated`.
        """
        if isinstance(credential, PanelLogin):
            raise InvalidInput("a PanelLogin opens the admin panel, not an account: use navixy.panel_account()")
        if not isinstance(credential, ApiKey | SessionHash | Login):
            raise InvalidInput(
                f"an account needs an ApiKey, a SessionHash or a Login, not {type(credential).__name__}: "
                "wrap the text, for example ApiKey(text)"
            )
        return self._account(credential, lane, label, weight, repeat_updates=repeat_updates)

    def panel_account(
        self, credential: PanelLogin | SessionHash, *, lane: Lane = "interactive", label: str | None = None
    ) -> PanelAccount:
        """The admin panel as `credential` sees it; cheap, no request is sent.

        Args:
            credential: PanelLogin, or the SessionHash of a panel session that somebody else opened.
            lane: urgency of its calls.
            label: name for logs and events; a digest of the credential if not given.
        """
        from .panel import PanelAccount  # few programs are for operators

        if not isinstance(credential, PanelLogin | SessionHash):
            raise InvalidInput(
                f"a panel account needs a PanelLogin or a SessionHash, not {type(credential).__name__}: "
                "the panel knows no API keys"
            )
        return PanelAccount(self._account(credential, lane, label, 1.0))

    def _account(
        self, credential: Credential, lane: Lane, label: str | None, weight: float, *, repeat_updates: bool = False
    ) -> Account:
        if label is not None and not isinstance(label, str):
            raise InvalidInput(f"the label must be text, not {type(label).__name__}")
        if label is not None and not label.strip():
            raise InvalidInput("the label is empty: leave it out or give the account a name")
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= 1e6:
            raise InvalidInput(f"the weight must be a number above zero and up to a million, not {shorten(weight)}")
        name = label or credential.key_id
        requester = Requester(self._sessions.source(credential), name, lane, weight, repeat_updates)
        return Account(self._pipeline, requester)

    def harvest(self, accounts: Sequence[Account]) -> Harvests:
        """Bulk jobs over several accounts at once, fair between them (needs the extra ``arrow``)."""
        from .harvest import Harvests  # an extra, loaded only when it is used

        return Harvests(accounts)

    async def verify_code(self, error: SecondFactorRequired, code: str) -> SessionHash:
        """Complete a login that asked for a second factor, and return the session to use from now on.

        Args:
            error: what the login raised.
            code: the code that its owner received.

        Raises:
            AuthError: the code is wrong or too old.

        Platform action: ``/user/auth/code/verify``
        """
        return await self._sessions.verify_code(error, code)

    async def resend_code(self, error: SecondFactorRequired) -> None:
        """Have the second-factor code sent again; the platform allows that once in five minutes.

        Raises:
            RateLimitWaitTooLong: this client asked for the last code less than five minutes ago.
            RateLimited: somebody else did.

        Platform action: ``/user/auth/code/resend``
        """
        await self._sessions.resend_code(error)

    async def aclose(self) -> None:
        """Log out of the sessions that were opened here, wake every waiter with ClientClosed, close the connections.

        May be called twice. Waits for a platform that does not answer no longer than ``Timeouts.close``.
        """
        if self._closing:
            return
        self._closing = True
        self._pipeline.lifetime.refuse_new()
        try:
            await self._sessions.log_out(self.timeouts.close)
        finally:
            self.limiter.close()
            await self._pipeline.close()


def _addresses(local_addr: str | Sequence[str] | None) -> tuple[str | None, ...]:
    if local_addr is None:
        return (None,)
    addresses = (local_addr,) if isinstance(local_addr, str) else tuple(local_addr)
    if not addresses or not all(isinstance(address, str) and address for address in addresses):
        raise InvalidInput("local_addr must be a source address or a list of them, none empty")
    if len(set(addresses)) != len(addresses):
        raise InvalidInput("local_addr names an address twice")
    return addresses
