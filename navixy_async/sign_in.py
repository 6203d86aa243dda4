"""Signing in and out: the sessions that one client opens for logins, and the second factor of those that need one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

import msgspec

from .credentials import Credential, Login, PanelLogin, SessionHash
from .errors import DoneButUnreadError, NavixyError, SecondFactorRequired, UnreadableAnswer
from .masking import Secret
from .observe.events import SessionRenewed
from .operations import Operation, Replay
from .requester import Requester
from .sessions import CredentialSource, FixedSource, LoginSource
from .transport.answer import Answer
from .transport.pipeline import Pipeline

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
_SIGN_IN: Operation[Any] = Operation("user/auth", _SignIn, replay=Replay.READ, session="none")
_VERIFY: Operation[Any] = Operation("user/auth/code/verify", _SignIn, session="second_factor_session")
_RESEND: Operation[Any] = Operation("user/auth/code/resend", dict, session="second_factor_session", cap="auth_code")
_LOGOUT: Operation[Any] = Operation("user/logout", dict, replay=Replay.IDEMPOTENT, session="standard_session_only")

_PANEL_SIGN_IN: Operation[Any] = Operation(
    "panel/account/auth", _SignIn, api="panel", replay=Replay.READ, session="none"
)
_PANEL_LOGOUT: Operation[Any] = Operation(
    "panel/account/logout", dict, api="panel", replay=Replay.IDEMPOTENT, session="panel_session"
)

_read_sign_in = msgspec.json.Decoder(_SignIn).decode


class LoginSessions:
    """The sessions of one client: one for each login that is used, opened when first needed and shared."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._sources: dict[Login, LoginSource] = {}

    def source(self, credential: Credential) -> CredentialSource:
        """Where the hash for `credential` comes from."""
        if not isinstance(credential, Login):
            return FixedSource(credential)
        source = self._sources.get(credential)
        if source is None:
            source = self._sources[credential] = LoginSource(credential, self._sign_in)
            source.renewed = lambda: self._pipeline.emit(SessionRenewed(account=credential.key_id))
        return source

    async def verify_code(self, error: SecondFactorRequired, code: str) -> SessionHash:
        """Complete a login that asked for a second factor."""
        answer = await self._ask(_VERIFY, {"code": code}, FixedSource(error.session))
        if not answer.hash:
            raise DoneButUnreadError(
                "user/auth/code/verify was done, but its answer holds no hash: log in again", operation=_VERIFY.path
            )
        return SessionHash(answer.hash)

    async def resend_code(self, error: SecondFactorRequired) -> None:
        """Have the code of a second factor sent again."""
        requester = Requester(FixedSource(error.session), "second factor")
        await self._pipeline.send(_RESEND, None, _ignore, requester, timeout=None)

    async def log_out(self, within: float) -> None:
        """End the sessions that were opened, as far as the platform answers within so many seconds."""
        for source in self._sources.values():
            await source.close()
        opened = [
            (_PANEL_LOGOUT if isinstance(login, PanelLogin) else _LOGOUT, source.ready)
            for login, source in self._sources.items()
        ]
        self._sources.clear()
        try:
            async with asyncio.timeout(within):
                for logout, session in opened:
                    if session is not None:
                        await self._end(logout, session, within)
        except TimeoutError:
            log.debug("logging out took too long; the sessions will expire by themselves")

    async def _sign_in(self, login: Login) -> Secret[str]:
        sign_in = _PANEL_SIGN_IN if isinstance(login, PanelLogin) else _SIGN_IN
        # With the key of the login: what goes wrong with one must not slow down another.
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
        requester = Requester(source, "login", repeat_updates=True)
        return await self._pipeline.send(operation, params, _sign_in_answer, requester, timeout=None)

    async def _end(self, logout: Operation[Any], session: Secret[str], within: float) -> None:
        requester = Requester(FixedSource(SessionHash(session.reveal())), "logout", repeat_updates=True)
        try:
            await self._pipeline.send(logout, None, _ignore, requester, timeout=within)
        except NavixyError as error:
            log.debug("a session could not be ended: %s", type(error).__name__)


def _ignore(_answer: Answer) -> None:
    return None


def _sign_in_answer(answer: Answer) -> _SignIn:
    return _read_sign_in(answer.body)
