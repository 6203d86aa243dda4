"""Structs of `tag`. Tags that anything may carry.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from msgspec import Raw

from ..model import ABSENT, Always, Model
from .employee import Employee
from .place import Place
from .task import Task
from .task_schedule import TaskSchedule
from .tracker import Tracker
from .vehicle import Vehicle
from .zone import ZONE, Zone


class Tag(Model, kw_only=True, gc=False):
    """A tag.

    Attributes:
        color: RRGGBB.
    """

    id: Always[int] = ABSENT
    avatar_file_name: str | None = None
    name: str | None = None
    color: str | None = None


class TagSearchResult(Model, kw_only=True):
    """What `result` is made of in `/tag/search`."""

    place: list[Place] | None = None
    task: list[Task] | None = None
    task_schedule: list[TaskSchedule] | None = None
    employee: list[Employee] | None = None
    vehicle: list[Vehicle] | None = None
    if TYPE_CHECKING:
        zone: list[Zone] | None = None
    else:
        zone: Raw = ABSENT
    tracker: list[Tracker] | None = None

    def __post_init__(self) -> None:
        self.zone = ZONE.many(self.zone)


class TagAvatarUploadAnswer(Model, kw_only=True, gc=False):
    """What `/tag/avatar/upload` answers."""

    value: Always[str] = ABSENT


class TagCreateAnswer(Model, kw_only=True, gc=False):
    """What `/tag/create` answers."""

    id: Always[int] = ABSENT


class TagListAnswer(Model, kw_only=True):
    """What `/tag/list` answers."""

    list: Always[builtins.list[Tag]] = ABSENT


class TagSearchAnswer(Model, kw_only=True):
    """What `/tag/search` answers."""

    result: Always[TagSearchResult] = ABSENT
