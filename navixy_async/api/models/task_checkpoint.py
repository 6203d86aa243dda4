"""Structs of `task.checkpoint`. Checkpoints of routes.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime

from msgspec import field

from ..model import ABSENT, Always, Model
from .common import Location
from .form import Form


class Checkpoint(Model, kw_only=True):
    """A checkpoint.

    Attributes:
        from_: `from` on the wire.
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
    external_id: int | None = None
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
    label: str | None = None
    description: str | None = None
    type: str | None = None


class TaskCheckpointCreateExternalIdCounts(Model, kw_only=True, gc=False):
    """What `external_id_counts` is made of in `/task/checkpoint/create`."""

    external_id: str | None = None
    count: int | None = None


class TaskCheckpointUpdateExternalIdCounts(Model, kw_only=True, gc=False):
    """What `external_id_counts` is made of in `/task/checkpoint/update`."""

    external_id: str | None = None
    count: int | None = None


class TaskCheckpointCreateAnswer(Model, kw_only=True):
    """What `/task/checkpoint/create` answers."""

    id: Always[int] = ABSENT
    external_id_counts: list[TaskCheckpointCreateExternalIdCounts] | None = None


class TaskCheckpointListAnswer(Model, kw_only=True):
    """What `/task/checkpoint/list` answers."""

    list: Always[builtins.list[Checkpoint]] = ABSENT


class TaskCheckpointReadAnswer(Model, kw_only=True):
    """What `/task/checkpoint/read` answers."""

    value: Always[Checkpoint] = ABSENT


class TaskCheckpointUpdateAnswer(Model, kw_only=True):
    """What `/task/checkpoint/update` answers."""

    external_id_counts: Always[list[TaskCheckpointUpdateExternalIdCounts]] = ABSENT
