"""Structs of `task`. Tasks: where somebody has to be, when, and what to do there.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime

from msgspec import field

from ..model import ABSENT, Always, Model
from .common import CustomFieldValue, Location
from .form import Form
from .task_checkpoint import Checkpoint


class Task(Model, kw_only=True):
    """A task.

    Attributes:
        from_: `from` on the wire.
        status: one of unassigned, assigned, done, failed, delayed, arrived, faulty.
        max_delay: in min.
        min_stay_duration: in min.
        stay_duration: in s.
    """

    id: Always[int] = ABSENT
    user_id: int | None = None
    tracker_id: int | None = None
    location: Location | None = None
    creation_date: datetime | None = None
    from_: datetime | None = field(default=None, name="from")
    to: datetime | None = None
    external_id: str | None = None
    status: str | None = None
    status_change_date: datetime | None = None
    max_delay: int | float | None = None
    min_stay_duration: int | float | None = None
    arrival_date: datetime | None = None
    stay_duration: int | float | None = None
    origin: str | None = None
    tags: list[int] | None = None
    form: Form | None = None
    form_template_id: int | None = None
    fields: dict[str, CustomFieldValue] | None = None
    label: str | None = None
    description: str | None = None
    type: str | None = None
    min_arrival_duration: int | None = None


class TaskCreateExternalIdCounts(Model, kw_only=True, gc=False):
    """What `external_id_counts` is made of in `/task/create`."""

    external_id: str | None = None
    count: int | None = None


class TaskListList(Model, kw_only=True, gc=False):
    """What `list` is made of in `/task/list`.

    Attributes:
        from_: `from` on the wire.
        status: one of unassigned, assigned, done, failed, delayed, arrived, faulty.
        max_delay: in min.
        min_stay_duration: in min.
        stay_duration: in s.
        origin: one of manual, scheduled, imported.
    """

    id: Always[int] = ABSENT
    user_id: int | None = None
    tracker_id: int | None = None
    location: Location | None = None
    label: str | None = None
    description: str | None = None
    creation_date: datetime | None = None
    from_: datetime | None = field(default=None, name="from")
    to: datetime | None = None
    external_id: str | None = None
    status: str | None = None
    status_change_date: datetime | None = None
    max_delay: int | float | None = None
    min_stay_duration: int | float | None = None
    arrival_date: datetime | None = None
    stay_duration: int | float | None = None
    origin: str | None = None
    type: str | None = None


class TaskUpdateExternalIdCounts(Model, kw_only=True, gc=False):
    """What `external_id_counts` is made of in `/task/update`."""

    external_id: str | None = None
    count: int | None = None


class TaskBatchConvertAnswer(Model, kw_only=True):
    """What `/task/batch_convert` answers.

    Attributes:
        limit_exceeded: whether only the first part of the batch was converted.
    """

    list: Always[builtins.list[Task]] = ABSENT
    limit_exceeded: bool | None = None


class TaskCountAnswer(Model, kw_only=True, gc=False):
    """What `/task/count` answers."""

    count: Always[int] = ABSENT


class TaskCreateAnswer(Model, kw_only=True):
    """What `/task/create` answers."""

    id: Always[int] = ABSENT
    external_id_counts: list[TaskCreateExternalIdCounts] | None = None


class TaskListAnswer(Model, kw_only=True):
    """What `/task/list` answers."""

    list: Always[builtins.list[TaskListList]] = ABSENT
    count: Always[int] = ABSENT


class TaskReadAnswer(Model, kw_only=True):
    """What `/task/read` answers."""

    value: Always[Task] = ABSENT
    checkpoints: list[Checkpoint] | None = None


class TaskUpdateAnswer(Model, kw_only=True):
    """What `/task/update` answers."""

    external_id_counts: Always[list[TaskUpdateExternalIdCounts]] = ABSENT
