"""The actions under `/panel/subpaas`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import sent, sized
from ..models.panel_subpaas import (
    PanelSubpaasListAnswer,
    PanelSubpaasReadAnswer,
    PanelSubpaasSessionCreateAnswer,
    Subpaas,
)
from ..noun import Noun, present

if TYPE_CHECKING:
    from ...paging import OffsetPager

SubpaasOrderBy: TypeAlias = Literal["subpaas_id", "title", "jur_name", "login", "block_type", "creation_date"]

BlockType: TypeAlias = Literal["NOT_BLOCKED", "INITIAL_BLOCK", "BLOCK_LOGIN", "CLIENTS_BLOCKED"]

CREATE: Operation[dict[str, Any]] = Operation(
    "panel/subpaas/create", dict[str, Any], api="panel", session="panel_session"
)
LIST: Operation[PanelSubpaasListAnswer] = Operation(
    "panel/subpaas/list", PanelSubpaasListAnswer, api="panel", replay=Replay.READ, session="panel_session"
)
PASSWORD_CHANGE: Operation[dict[str, Any]] = Operation(
    "panel/subpaas/password/change", dict[str, Any], api="panel", session="panel_session"
)
READ: Operation[PanelSubpaasReadAnswer] = Operation(
    "panel/subpaas/read", PanelSubpaasReadAnswer, api="panel", replay=Replay.READ, session="panel_session"
)
SESSION_CREATE: Operation[PanelSubpaasSessionCreateAnswer] = Operation(
    "panel/subpaas/session/create", PanelSubpaasSessionCreateAnswer, api="panel", session="panel_session"
)
UPDATE: Operation[dict[str, Any]] = Operation(
    "panel/subpaas/update", dict[str, Any], api="panel", replay=Replay.IDEMPOTENT, session="panel_session"
)


class PanelSubpaasActions(Noun):
    """Actions under `/panel/subpaas`. Operators below this one."""

    __slots__ = ()

    @property
    def password(self) -> PanelSubpaasPasswordActions:
        """Actions under `/panel/subpaas/password`."""
        return PanelSubpaasPasswordActions(self._caller)

    @property
    def session(self) -> PanelSubpaasSessionActions:
        """Actions under `/panel/subpaas/session`."""
        return PanelSubpaasSessionActions(self._caller)

    async def create(
        self,
        *,
        password: str,
        title: str,
        jur_name: str,
        email: str | UnsetType = UNSET,
        jur_country: str | UnsetType = UNSET,
        link_monitoring: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Make an operator below this one; its id is told by `list`.

        Args:
            password: the password; 12 to 20 characters.
            title: name for people.
            jur_name: registered name of the company.
            email: mail address.
            jur_country: country that the company is registered in.
            link_monitoring: host name of the user interface.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            AccessDenied: code 13.

        Platform action: `/panel/subpaas/create`
        """
        sized("password", password, least=12, most=20)
        params = sent(
            {
                "password": password,
                "title": title,
                "email": email,
                "jur_name": jur_name,
                "jur_country": jur_country,
                "link_monitoring": link_monitoring,
            }
        )
        call = self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        del password, params  # an error must not carry them away
        await call

    def list(
        self,
        *,
        order_by: SubpaasOrderBy | str | UnsetType = UNSET,
        ascending: bool | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> OffsetPager[PanelSubpaasListAnswer, Subpaas]:
        """List the operators below this one.

        Args:
            order_by: column to sort by; documented: subpaas_id, title, jur_name, login, block_type, creation_date; the
                platform's default: subpaas_id.
            ascending: from the oldest or smallest on; the platform's default: true.
            limit: how many entries at most.
            offset: how many entries to pass over.

        Returns:
            A pager: await it for one page, iterate it for everything.

        Raises:
            AccessDenied: code 13.

        Platform action: `/panel/subpaas/list`
        """
        from ...paging import OffsetPager  # noqa: PLC0415 - loaded when first used

        params = sent(
            {
                "order_by": order_by,
                "ascending": ascending,
                "limit": limit,
                "offset": offset,
            }
        )
        return OffsetPager(self._caller, LIST, params, items=lambda answer: answer.list, timeout=timeout, lane=lane)

    async def read(
        self,
        subpaas_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Subpaas:
        """Read one operator below this one.

        Args:
            subpaas_id: id of the operator.

        Raises:
            AccessDenied: code 13.

        Platform action: `/panel/subpaas/read`
        """
        params = {"subpaas_id": subpaas_id}
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.value, READ, "value")

    async def update(
        self,
        *,
        subpaas_id: int,
        title: str,
        jur_name: str,
        contact_fio: str,
        contact_post: str,
        contact_phone: str,
        block_type: BlockType | str,
        password: str | UnsetType = UNSET,
        email: str | UnsetType = UNSET,
        jur_country: str | UnsetType = UNSET,
        link_monitoring: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace an operator below this one.

        Args:
            subpaas_id: id of the operator.
            title: name for people.
            jur_name: registered name of the company.
            contact_fio: contact: full name.
            contact_post: contact: position in the company.
            contact_phone: contact: phone number.
            block_type: how far the operator is blocked; documented: NOT_BLOCKED, INITIAL_BLOCK, BLOCK_LOGIN,
                CLIENTS_BLOCKED.
            password: the password; 12 to 20 characters.
            email: mail address.
            jur_country: country that the company is registered in.
            link_monitoring: host name of the user interface.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            AccessDenied: code 13.

        Platform action: `/panel/subpaas/update`
        """
        sized("password", password, least=12, most=20)
        params = sent(
            {
                "subpaas_id": subpaas_id,
                "password": password,
                "title": title,
                "email": email,
                "jur_name": jur_name,
                "jur_country": jur_country,
                "link_monitoring": link_monitoring,
                "contact_fio": contact_fio,
                "contact_post": contact_post,
                "contact_phone": contact_phone,
                "block_type": block_type,
            }
        )
        call = self._caller.call(UPDATE, params, timeout=timeout, lane=lane)
        del password, params  # an error must not carry them away
        await call


class PanelSubpaasPasswordActions(Noun):
    """Actions under `/panel/subpaas/password`."""

    __slots__ = ()

    async def change(
        self,
        subpaas_id: int,
        new_password: str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Set the password of an operator below this one.

        Args:
            subpaas_id: id of the operator.
            new_password: the new password; 12 to 20 characters.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            AccessDenied: code 13.

        Platform action: `/panel/subpaas/password/change`
        """
        sized("new_password", new_password, least=12, most=20)
        params = {"subpaas_id": subpaas_id, "new_password": new_password}
        call = self._caller.call(PASSWORD_CHANGE, params, timeout=timeout, lane=lane)
        del new_password, params  # an error must not carry them away
        await call


class PanelSubpaasSessionActions(Noun):
    """Actions under `/panel/subpaas/session`."""

    __slots__ = ()

    async def create(
        self,
        subpaas_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> PanelSubpaasSessionCreateAnswer:
        """Open a panel session as an operator below this one.

        Args:
            subpaas_id: id of the operator.

        Raises:
            AccessDenied: code 13.

        Platform action: `/panel/subpaas/session/create`
        """
        params = {"subpaas_id": subpaas_id}
        return await self._caller.call(SESSION_CREATE, params, timeout=timeout, lane=lane)
