"""The actions under `/api`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from typing import Any

from ...operations import Lane, Operation, Replay
from ..checks import sized
from ..models.api import ApiKeyCreateAnswer, ApiKeyListAnswer, IssuedApiKey
from ..noun import Noun, present

KEY_CREATE: Operation[ApiKeyCreateAnswer] = Operation(
    "api/key/create", ApiKeyCreateAnswer, session="standard_session_only"
)
KEY_DELETE: Operation[dict[str, Any]] = Operation("api/key/delete", dict[str, Any], session="standard_session_only")
KEY_LIST: Operation[ApiKeyListAnswer] = Operation("api/key/list", ApiKeyListAnswer, replay=Replay.READ)


class ApiActions(Noun):
    """Actions under `/api`. API keys of the account: credentials of their own that do not expire."""

    __slots__ = ()

    @property
    def key(self) -> ApiKeyActions:
        """Actions under `/api/key`."""
        return ApiKeyActions(self._caller)


class ApiKeyActions(Noun):
    """Actions under `/api/key`."""

    __slots__ = ()

    async def create(
        self,
        title: str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> IssuedApiKey:
        """Issue a new API key.

        Wants the session of a login; an API key is refused. Closed to sub-users.

        Args:
            title: what the key is for; at most 255 characters.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            SessionEnded: code 4.
            AccessDenied: code 13.
            TariffRestricted: code 268.

        Platform action: `/api/key/create`
        """
        sized("title", title, most=255)
        params = {"title": title}
        answer = await self._caller.call(KEY_CREATE, params, timeout=timeout, lane=lane)
        return present(answer.value, KEY_CREATE, "value")

    async def delete(
        self,
        key: str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Revoke an API key; what still uses it is refused from then on.

        Wants the session of a login; an API key is refused. Closed to sub-users.

        Args:
            key: the key itself.

        Raises:
            SessionEnded: code 4.
            AccessDenied: code 13.
            NotFound: code 201.

        Platform action: `/api/key/delete`
        """
        params = {"key": key}
        await self._caller.call(KEY_DELETE, params, timeout=timeout, lane=lane)

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[IssuedApiKey]:
        """List the API keys of the account.

        Closed to sub-users.

        Raises:
            SessionEnded: code 4.
            AccessDenied: code 13.

        Platform action: `/api/key/list`
        """
        answer = await self._caller.call(KEY_LIST, timeout=timeout, lane=lane)
        return present(answer.list, KEY_LIST, "list")
