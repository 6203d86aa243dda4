"""The actions under `/user/application`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any

from ...operations import Lane, Operation, Replay
from ..models.user_application import (
    Application,
    NewApplication,
    UserApplicationCreateAnswer,
    UserApplicationListAnswer,
)
from ..noun import Noun, present

CREATE: Operation[UserApplicationCreateAnswer] = Operation("user/application/create", UserApplicationCreateAnswer)
DELETE: Operation[dict[str, Any]] = Operation("user/application/delete", dict[str, Any], encoding="query")
ENABLED_SET: Operation[dict[str, Any]] = Operation(
    "user/application/enabled/set", dict[str, Any], encoding="query", replay=Replay.IDEMPOTENT
)
LIST: Operation[UserApplicationListAnswer] = Operation(
    "user/application/list", UserApplicationListAnswer, method="GET", encoding="query", replay=Replay.READ
)
UPDATE: Operation[dict[str, Any]] = Operation("user/application/update", dict[str, Any], replay=Replay.IDEMPOTENT)


class UserApplicationActions(Noun):
    """Actions under `/user/application`. Applications that the account embeds into its menu."""

    __slots__ = ()

    @property
    def enabled(self) -> UserApplicationEnabledActions:
        """Actions under `/user/application/enabled`."""
        return UserApplicationEnabledActions(self._caller)

    async def create(
        self,
        application: NewApplication | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Add an application to the menu.

        Args:
            application: the application.

        Platform action: `/user/application/create`
        """
        params = {"application": application}
        answer = await self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, CREATE, "id")

    async def delete(
        self,
        application_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Remove an application from the menu.

        Args:
            application_id: id of the application.

        Raises:
            NotFound: code 201.

        Platform action: `/user/application/delete`
        """
        params = {"application_id": application_id}
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[Application]:
        """List the applications.

        Platform action: `/user/application/list`
        """
        answer = await self._caller.call(LIST, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    async def update(
        self,
        application: Application | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace an application.

        Whether what is left out stays is not documented: send the whole as it was read, with your changes.

        Args:
            application: the whole application, with its id.

        Raises:
            NotFound: code 201.

        Platform action: `/user/application/update`
        """
        params = {"application": application}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)


class UserApplicationEnabledActions(Noun):
    """Actions under `/user/application/enabled`."""

    __slots__ = ()

    async def set(
        self,
        application_id: int,
        enabled: bool,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Switch an application on or off.

        Args:
            application_id: id of the application.
            enabled: whether it is shown.

        Raises:
            NotFound: code 201.

        Platform action: `/user/application/enabled/set`
        """
        params = {"application_id": application_id, "enabled": enabled}
        await self._caller.call(ENABLED_SET, params, timeout=timeout, lane=lane)
