"""The actions under `/notification`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ...operations import Lane, Operation, Replay
from ..models.notification import Notification, NotificationListAnswer
from ..noun import Noun, present

LIST: Operation[NotificationListAnswer] = Operation("notification/list", NotificationListAnswer, replay=Replay.READ)


class NotificationActions(Noun):
    """Actions under `/notification`. Notices of the operator."""

    __slots__ = ()

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[Notification]:
        """List notices of the operator.

        Platform action: `/notification/list`
        """
        answer = await self._caller.call(LIST, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")
