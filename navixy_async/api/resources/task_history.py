"""The actions under `/task/history`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ...operations import Lane, Operation, Replay
from ..models.task_history import TaskHistoryEntry, TaskHistoryListAnswer
from ..noun import Noun, present

LIST: Operation[TaskHistoryListAnswer] = Operation("task/history/list", TaskHistoryListAnswer, replay=Replay.READ)


class TaskHistoryActions(Noun):
    """Actions under `/task/history`. What happened to tasks."""

    __slots__ = ()

    async def list(
        self,
        task_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[TaskHistoryEntry]:
        """List what happened to a task.

        Args:
            task_id: id of the task.

        Platform action: `/task/history/list`
        """
        params = {"task_id": task_id}
        answer = await self._caller.call(LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")
