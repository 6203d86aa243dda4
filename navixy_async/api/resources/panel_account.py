"""The actions under `/panel/account`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import Any

from ...operations import Lane, Operation, Replay
from ..models.panel_account import PanelAccountAuthAnswer, PanelAccountGetPermissionsAnswer
from ..noun import Noun, present

AUTH: Operation[PanelAccountAuthAnswer] = Operation(
    "panel/account/auth", PanelAccountAuthAnswer, api="panel", replay=Replay.IDEMPOTENT, session="none"
)
GET_PERMISSIONS: Operation[PanelAccountGetPermissionsAnswer] = Operation(
    "panel/account/get_permissions",
    PanelAccountGetPermissionsAnswer,
    api="panel",
    replay=Replay.READ,
    session="panel_session",
)
LOGOUT: Operation[dict[str, Any]] = Operation(
    "panel/account/logout", dict[str, Any], api="panel", session="panel_session"
)


class PanelAccountActions(Noun):
    """Actions under `/panel/account`. The session of the panel."""

    __slots__ = ()

    async def auth(
        self,
        *,
        login: str,
        password: str,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> PanelAccountAuthAnswer:
        """Open a session of the panel. Programs rather give a `PanelLogin` to `Navixy.panel_account`, which does this.

        Wants no credential.

        Args:
            login: login or e-mail address.
            password: the password.

        Raises:
            AccessDenied: code 11.
            NotFound: code 12.

        Platform action: `/panel/account/auth`
        """
        params = {"login": login, "password": password}
        call = self._caller.call(AUTH, params, timeout=timeout, lane=lane)
        del login, password, params  # an error must not carry them away
        return await call

    async def get_permissions(self, *, timeout: float | None = None, lane: Lane | None = None) -> dict[str, list[str]]:
        """Read what the session may do.

        Platform action: `/panel/account/get_permissions`
        """
        answer = await self._caller.call(GET_PERMISSIONS, timeout=timeout, lane=lane)
        return present(answer.permissions, GET_PERMISSIONS, "permissions")

    async def logout(self, *, timeout: float | None = None, lane: Lane | None = None) -> None:
        """End the session.

        Platform action: `/panel/account/logout`
        """
        await self._caller.call(LOGOUT, timeout=timeout, lane=lane)
