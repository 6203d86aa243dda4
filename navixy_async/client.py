"""The client: one per process and platform. Owns the connections and the limiter, hands out accounts."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

import aiohttp
import msgspec

from .account import Account
from .credentials import (
    ApiKey,
    Credential,
    Login,
    PanelLogin,
    SessionHash,
)
from .errors import InvalidInput, NavixyError, SecondFactorRequired, UnreadableAnswer
from .limits import Limiter
from .masking import Secret
from .observe.events import Observer, SessionRenewed
from .operations import Lane, Operation, Replay
from .sessions import CredentialSource, FixedSource, LoginSource
from .settings import BaseUrl, Limits, Pool, Retries, Timeouts, shown
from .transport.answer import Answer
from .transport.pipeline import Pipeline

if TYPE_CHECKING:
    from .harvest import Harvests
    from .panel import PanelAccount

log = logging.getLogger("navixy_async")


class _SignIn(msgspec.Struct):
    type: str = "authenticated"
    hash: str | None = None
    factor_type: str = "unknown"

    def __repr__(self) -> str:
        return f"_SignIn(type={self.type!r})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return [("type", self.type)]


# Logging in twice leaves one more session that ends by itself: repeating it is harmless.
_SIGN_IN: Operation[Any] = Operation("user/auth", _SignIn, replay=Replay.IDEMPOTENT, session="none")
_VERIFY: Operation[Any] = Operation("user/auth/code/verify", _SignIn, session="second_factor_session")
_RESEND: Operation[Any] = Operation("user/auth/code/resend", dict, session="second_factor_session", cap="auth_code")
_LOGOUT: Operation[Any] = Operation("user/logout", dict, replay=Replay.IDEMPOTENT, session="standard_session_only")

_PANEL_SIGN_IN: Operation[Any] = Operation(
    "panel/account/auth", _SignIn, api="panel", replay=Replay.IDEMPOTENT, session="none"
)
_PANEL_LOGOUT: Operation[Any] = Operation(
    "panel/account/logout", dict, api="panel", replay=Replay.IDEMPOTENT, session="panel_session"
)

_read_sign_in = msgspec.json.Decoder(_SignIn).decode


class Navixy:
    """The asyncio client for one Navixy platform.

    ::

        async with Navixy("eu") as navixy:
            fleet = navixy.account(ApiKey(key))
            trackers = await fleet.tracker.list()

    Open one per process and platform and share it: connections and rate limits are common to all its accounts.

    Args:
        base_url: ``"eu"``, ``"us"``, or the URL of any platform with its prefix (``https://gps.example.com/api-v2``).
        limits: how fast the platform lets us ask.
        timeouts: how long to wait for what.
        retries: how patiently failed attempts are repeated.
        pool: connections shared by all accounts.
        observer: receives every event of :mod:`navixy_async.observe`.
        session: an aiohttp session of your own to send with; it is not closed by us. As long as we are open it does not
            send a GET again by itself when a kept connection had ended: that is for our own retries to decide.
        local_addr: source address, or several: each has a rate limit of its own on the platform.

    Raises:
        InvalidInput: the region is unknown, the URL or a setting makes no sense.
    """

    def __init__(
        self,
        base_url: str,
        *,
        limits: Limits | None = None,
        timeouts: Timeouts | None = None,
        retries: Retries | None = None,
        pool: Pool | None = None,
        observer: Observer | None = None,
        session: aiohttp.ClientSession | None = None,
        local_addr: str | Sequence[str] | None = None,
    ) -> None:
        self.base_url = BaseUrl.parse(base_url)
        if self.base_url.is_exposed:
            log.warning(
                "%s is not encrypted: whoever is on the way reads the credential and all answers; use https://",
                self.base_url.host,
            )
        self.timeouts = timeouts or Timeouts()
        addresses = _addresses(local_addr)
        self.limits = Limiter(limits or Limits(), host=self.base_url.host, local_addrs=addresses)
        """The limiter; ``navixy.limits.snapshot()`` tells what it is doing."""
        self._pipeline = Pipeline(
            self.base_url,
            self.limits,
            timeouts=self.timeouts,
            retries=retries or Retries(),
            pool=pool or Pool(),
            observer=observer,
            addresses=addresses,
            session=session,
        )
        self._logins: dict[Login, LoginSource] = {}
        self._closing = False

    def __repr__(self) -> str:
        return f"Navixy({self.base_url.url!r})"

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
        account = self._account(credential, lane, label, weight)
        return account.with_updates_repeated() if repeat_updates else account

    def panel_account(
        self, credential: PanelLogin | SessionHash, *, lane: Lane = "interactive", label: str | None = None
    ) -> PanelAccount:
        """The admin panel as `credential` sees it; cheap, no request is sent.

        Args:
            credential: PanelLogin, or the SessionHash of a panel session that somebody else opened.
            lane: urgency of its calls.
            label: name for logs and events; a digest of the credential if not given.
        """
        from .panel import PanelAccount  # noqa: PLC0415 - few programs are operators

        if not isinstance(credential, PanelLogin | SessionHash):
            raise InvalidInput(
                f"a panel account needs a PanelLogin or a SessionHash, not {type(credential).__name__}: "
                "the panel knows no API keys"
            )
        return PanelAccount(self._account(credential, lane, label, 1.0))

    def _account(self, credential: Credential, lane: Lane, label: str | None, weight: float) -> Account:
        if label is not None and not isinstance(label, str):
            raise InvalidInput(f"the label must be text, not {type(label).__name__}")
        if label is not None and not label.strip():
            raise InvalidInput("the label is empty: leave it out or give the account a name")
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= 1e6:
            raise InvalidInput(f"the weight must be a number above zero and up to a million, not {shown(weight)}")
        return Account(
            self._pipeline, self._source(credential), lane=lane, label=label or credential.key_id, weight=weight
        )

    def harvest(self, accounts: Sequence[Account]) -> Harvests:
        """Bulk jobs over several accounts at once, fair between them (needs the extra ``arrow``)."""
        from .harvest import Harvests  # noqa: PLC0415 - an extra, loaded only when it is used

        return Harvests(accounts)

    async def verify_code(self, error: SecondFactorRequired, code: str) -> SessionHash:
        """Complete a login that asked for a second factor; gives the session to use from now on.

        Args:
            error: what the login raised.
            code: the code that its owner received.

        Raises:
            AuthError: the code is wrong or too old.

        Platform action: ``/user/auth/code/verify``
        """
        answer = await self._ask(_VERIFY, {"code": code}, FixedSource(error.session))
        if not answer.hash:
            raise UnreadableAnswer("user/auth/code/verify: the answer holds no hash", operation=_VERIFY.path)
        return SessionHash(answer.hash)

    async def resend_code(self, error: SecondFactorRequired) -> None:
        """Have the second-factor code sent again; the platform allows that once in five minutes.

        Raises:
            RateLimitWaitTooLong: we sent for the last code less than that ago.
            RateLimited: somebody else did.

        Platform action: ``/user/auth/code/resend``
        """
        await self._pipeline.send(
            _RESEND,
            None,
            _ignore,
            source=FixedSource(error.session),
            account="second factor",
            lane="interactive",
            timeout=None,
        )

    def _source(self, credential: Credential) -> CredentialSource:
        if not isinstance(credential, Login):
            return FixedSource(credential)
        source = self._logins.get(credential)
        if source is None:
            source = self._logins[credential] = LoginSource(credential, self._sign_in)
            source.renewed = lambda: self._pipeline.emit(SessionRenewed(account=credential.key_id))
        return source

    async def _sign_in(self, login: Login) -> Secret[str]:
        sign_in = _PANEL_SIGN_IN if isinstance(login, PanelLogin) else _SIGN_IN
        # With the login's own key: what goes wrong with one login is no other one's trouble.
        nobody = FixedSource(None, key=f"{login.kind}:{login.key_id}")
        answer = await self._ask(sign_in, login.sign_in(), nobody)
        if not answer.hash:
            raise UnreadableAnswer(f"{sign_in.path}: the answer holds no hash", operation=sign_in.path)
        if answer.type == "second_factor_required":
            raise SecondFactorRequired(answer.factor_type, SessionHash(answer.hash))
        return Secret(answer.hash)

    async def _ask(
        self, operation: Operation[Any], params: Mapping[str, Any] | Secret[Any], source: CredentialSource
    ) -> _SignIn:
        return await self._pipeline.send(
            operation,
            params,
            _sign_in_answer,
            source=source,
            account="login",
            lane="interactive",
            timeout=None,
            repeat_updates=True,
        )

    async def aclose(self) -> None:
        """Log out of the sessions that we opened, wake every waiter with ClientClosed, close the connections.

        May be called twice. A platform that does not answer is not waited for longer than ``Timeouts.close``.
        """
        if self._closing:
            return
        self._closing = True
        self._pipeline.lifetime.refuse_new()
        try:
            await self._log_out()
        finally:
            self.limits.close()
            await self._pipeline.close()

    async def _log_out(self) -> None:
        for source in self._logins.values():
            await source.close()
        opened = [
            (_PANEL_LOGOUT if isinstance(login, PanelLogin) else _LOGOUT, source.ready)
            for login, source in self._logins.items()
        ]
        self._logins.clear()
        try:
            async with asyncio.timeout(self.timeouts.close):
                for logout, session in opened:
                    if session is not None:
                        await self._end_session(logout, session)
        except TimeoutError:
            log.debug("logging out took too long; the sessions will end by themselves")

    async def _end_session(self, logout: Operation[Any], session: Secret[str]) -> None:
        try:
            await self._pipeline.send(
                logout,
                None,
                _ignore,
                source=FixedSource(SessionHash(session.reveal())),
                account="logout",
                lane="interactive",
                timeout=self.timeouts.close,
                repeat_updates=True,
            )
        except NavixyError as error:
            log.debug("a session could not be ended: %s", type(error).__name__)


def _ignore(_answer: Answer) -> None:
    return None


def _sign_in_answer(answer: Answer) -> _SignIn:
    return _read_sign_in(answer.body)


def _addresses(local_addr: str | Sequence[str] | None) -> tuple[str | None, ...]:
    if local_addr is None:
        return (None,)
    addresses = (local_addr,) if isinstance(local_addr, str) else tuple(local_addr)
    if not addresses or not all(isinstance(address, str) and address for address in addresses):
        raise InvalidInput("local_addr must be a source address or a list of them, none empty")
    if len(set(addresses)) != len(addresses):
        raise InvalidInput("local_addr names an address twice")
    return addresses
