"""The actions under `/user/session`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import sent
from ..models.user_session import PushParameters, UserSessionDeliveryCreateAnswer, UserSessionDeliveryReadAnswer
from ..noun import Noun

Application: TypeAlias = Literal["navixy_iphone_viewer", "navixy_android_viewer", "w3c_pushapi"]

DELIVERY_CREATE: Operation[UserSessionDeliveryCreateAnswer] = Operation(
    "user/session/delivery/create", UserSessionDeliveryCreateAnswer
)
DELIVERY_READ: Operation[UserSessionDeliveryReadAnswer] = Operation(
    "user/session/delivery/read", UserSessionDeliveryReadAnswer, replay=Replay.READ
)
PUSH_TOKEN_BIND: Operation[dict[str, Any]] = Operation(
    "user/session/push_token/bind", dict[str, Any], replay=Replay.IDEMPOTENT
)
PUSH_TOKEN_DELETE: Operation[dict[str, Any]] = Operation("user/session/push_token/delete", dict[str, Any])
RENEW: Operation[dict[str, Any]] = Operation(
    "user/session/renew", dict[str, Any], replay=Replay.IDEMPOTENT, session="standard_session_only"
)


class UserSessionActions(Noun):
    """Actions under `/user/session`. The session in use, and what hangs on it."""

    __slots__ = ()

    @property
    def delivery(self) -> UserSessionDeliveryActions:
        """Actions under `/user/session/delivery`."""
        return UserSessionDeliveryActions(self._caller)

    @property
    def push_token(self) -> UserSessionPushTokenActions:
        """Actions under `/user/session/push_token`."""
        return UserSessionPushTokenActions(self._caller)

    async def renew(self, *, timeout: float | None = None, lane: Lane | None = None) -> None:
        """Prolong the session.

        Wants the session of a login; an API key is refused.

        Platform action: `/user/session/renew`
        """
        await self._caller.call(RENEW, timeout=timeout, lane=lane)


class UserSessionDeliveryActions(Noun):
    """Actions under `/user/session/delivery`."""

    __slots__ = ()

    async def create(
        self,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> UserSessionDeliveryCreateAnswer:
        """Make the session key that delivery pages of this account are opened with.

        Closed to sub-users.

        Raises:
            AccessDenied: code 101.
            TariffRestricted: code 236.

        Platform action: `/user/session/delivery/create`
        """
        return await self._caller.call(DELIVERY_CREATE, timeout=timeout, lane=lane)

    async def read(self, *, timeout: float | None = None, lane: Lane | None = None) -> UserSessionDeliveryReadAnswer:
        """Read the session key that delivery pages of this account are opened with.

        Raises:
            NotFound: code 201.

        Platform action: `/user/session/delivery/read`
        """
        return await self._caller.call(DELIVERY_READ, timeout=timeout, lane=lane)


class UserSessionPushTokenActions(Noun):
    """Actions under `/user/session/push_token`."""

    __slots__ = ()

    async def bind(
        self,
        *,
        application: Application | str,
        token: str,
        parameters: PushParameters | Mapping[str, Any] | UnsetType = UNSET,
        category_filter: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Have push notifications of this session sent to a device or browser.

        Args:
            application: what receives them; documented: navixy_iphone_viewer, navixy_android_viewer, w3c_pushapi.
            token: its push token.
            parameters: keys of the subscription, for browsers (w3c_pushapi).
            category_filter: categories to send, `*` for all; the platform's default: *.

        Platform action: `/user/session/push_token/bind`
        """
        params = sent(
            {
                "application": application,
                "token": token,
                "parameters": parameters,
                "category_filter": category_filter,
            }
        )
        call = self._caller.call(PUSH_TOKEN_BIND, params, timeout=timeout, lane=lane)
        del token, params  # an error must not carry them away
        await call

    async def delete(self, *, timeout: float | None = None, lane: Lane | None = None) -> None:
        """Stop the push notifications of this session.

        Platform action: `/user/session/push_token/delete`
        """
        await self._caller.call(PUSH_TOKEN_DELETE, timeout=timeout, lane=lane)
