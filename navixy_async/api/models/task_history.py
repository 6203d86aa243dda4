"""Structs of `task.history`. What happened to tasks.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime

from ..model import ABSENT, Always, Model


class TaskHistoryEntryPayload(Model, kw_only=True, gc=False):
    """The `payload` of `TaskHistoryEntry`."""

    tracker_id: int | None = None


class TaskHistoryEntry(Model, kw_only=True, gc=False):
    """A task history entry.

    Attributes:
        operation: one of create, update, assign, status_change.
    """

    id: Always[int] = ABSENT
    user_id: int | None = None
    task_id: int | None = None
    event_date: datetime | None = None
    operation: str | None = None
    payload: TaskHistoryEntryPayload | None = None


class TaskHistoryListAnswer(Model, kw_only=True):
    """What `/task/history/list` answers."""

    list: Always[builtins.list[TaskHistoryEntry]] = ABSENT
