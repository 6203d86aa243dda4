"""The actions under `/user/audit`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import listed, sent, window, within
from ..models.user_audit import AuditRecord, UserAuditLogListAnswer
from ..noun import Noun

if TYPE_CHECKING:
    from ...paging import OffsetPager

Grouping: TypeAlias = Literal["user", "action_date", "action"]

CHECKIN: Operation[dict[str, Any]] = Operation("user/audit/checkin", dict[str, Any], session="standard_session_only")
LOG_LIST: Operation[UserAuditLogListAnswer] = Operation(
    "user/audit/log/list", UserAuditLogListAnswer, replay=Replay.READ
)


class UserAuditActions(Noun):
    """Actions under `/user/audit`. The audit log: who did what in the account."""

    __slots__ = ()

    @property
    def log(self) -> UserAuditLogActions:
        """Actions under `/user/audit/log`."""
        return UserAuditLogActions(self._caller)

    async def checkin(self, *, timeout: float | None = None, lane: Lane | None = None) -> None:
        """Note in the audit log that the user is at work.

        Wants the session of a login; an API key is refused.

        Platform action: `/user/audit/checkin`
        """
        await self._caller.call(CHECKIN, timeout=timeout, lane=lane)


class UserAuditLogActions(Noun):
    """Actions under `/user/audit/log`."""

    __slots__ = ()

    def list(
        self,
        from_: datetime,
        to: datetime,
        limit: int,
        *,
        subuser_ids: Iterable[int] | UnsetType = UNSET,
        actions: Iterable[str] | UnsetType = UNSET,
        offset: int = 0,
        sort: Iterable[str] | UnsetType = UNSET,
        grouping: Grouping | str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> OffsetPager[UserAuditLogListAnswer, AuditRecord]:
        """List the audit log of a period.

        Closed to sub-users.

        Args:
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            limit: how many entries at most; at least 1.
            subuser_ids: ids of sub-users.
            actions: kinds of actions.
            offset: how many entries to pass over.
            sort: columns to sort by, each with `=asc` or `=desc`.
            grouping: what to group by; documented: user, action_date, action.

        Returns:
            A pager: await it for one page, iterate it for everything.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/user/audit/log/list`
        """
        from ...paging import OffsetPager  # noqa: PLC0415 - loaded when first used

        window(from_, to)
        within("limit", limit, least=1)
        within("offset", offset, least=0)
        params = sent(
            {
                "from": from_,
                "to": to,
                "subuser_ids": listed("subuser_ids", subuser_ids),
                "actions": listed("actions", actions),
                "limit": limit,
                "offset": offset,
                "sort": listed("sort", sort),
                "grouping": grouping,
            }
        )
        return OffsetPager(self._caller, LOG_LIST, params, items=lambda answer: answer.list, timeout=timeout, lane=lane)
