"""Structs of `task.schedule`. Tasks and routes that are made regularly.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from msgspec import Raw

from ..model import ABSENT, Always, Model, Unknown
from ..variants import Variants
from .common import Location
from .task import Task


class CheckpointSchedule(Model, kw_only=True):
    """A checkpoint schedule.

    Attributes:
        max_delay: in min.
        min_stay_duration: in min.
        min_arrival_duration: in min.
        duration: in min.
    """

    id: Always[int] = ABSENT
    user_id: int | None = None
    tracker_id: int | None = None
    location: Location | None = None
    max_delay: int | float | None = None
    min_stay_duration: int | float | None = None
    min_arrival_duration: int | float | None = None
    from_time: str | None = None
    duration: int | float | None = None
    tags: list[int] | None = None
    form_template_id: int | None = None
    label: str | None = None
    description: str | None = None
    parent_id: int | None = None
    order: int | None = None


class MonthDaysRepetition(Model, kw_only=True, tag_field="type", tag="month_days"):
    """Repeated by `month_days`."""

    type: ClassVar[Literal["month_days"]] = "month_days"

    month_days: list[int] | None = None


class WeekdaysRepetition(Model, kw_only=True, tag_field="type", tag="weekdays"):
    """Repeated by `weekdays`."""

    type: ClassVar[Literal["weekdays"]] = "weekdays"

    weekdays: list[int] | None = None


class UnknownScheduleParameters(Unknown):
    """A variant of `ScheduleParameters` that this version does not know."""


ScheduleParameters: TypeAlias = MonthDaysRepetition | WeekdaysRepetition | UnknownScheduleParameters
"""On which days something is repeated; told apart by `type`."""

SCHEDULE_PARAMETERS = Variants(UnknownScheduleParameters, MonthDaysRepetition, WeekdaysRepetition)


class RouteSchedule(Model, kw_only=True):
    """A route schedule.

    Attributes:
        parameters: one of weekdays, month_days.
    """

    id: Always[int] = ABSENT
    user_id: int | None = None
    tracker_id: int | None = None
    if TYPE_CHECKING:
        parameters: ScheduleParameters | None = None
    else:
        parameters: Raw = ABSENT
    label: str | None = None
    description: str | None = None

    def __post_init__(self) -> None:
        self.parameters = SCHEDULE_PARAMETERS.one(self.parameters)


class TaskSchedule(Model, kw_only=True):
    """A task schedule.

    Attributes:
        duration: in min.
        max_delay: in min.
        min_stay_duration: in min.
        min_arrival_duration: in min.
        parameters: one of weekdays, month_days.
    """

    id: Always[int] = ABSENT
    user_id: int | None = None
    tracker_id: int | None = None
    location: Location | None = None
    from_time: str | None = None
    duration: int | float | None = None
    max_delay: int | float | None = None
    min_stay_duration: int | float | None = None
    min_arrival_duration: int | float | None = None
    if TYPE_CHECKING:
        parameters: ScheduleParameters | None = None
    else:
        parameters: Raw = ABSENT
    tags: list[int] | None = None
    form_template_id: int | None = None
    label: str | None = None
    description: str | None = None

    def __post_init__(self) -> None:
        self.parameters = SCHEDULE_PARAMETERS.one(self.parameters)


class TaskScheduleCreateAnswer(Model, kw_only=True, gc=False):
    """What `/task/schedule/create` answers."""

    id: Always[int] = ABSENT


class TaskScheduleListAnswer(Model, kw_only=True):
    """What `/task/schedule/list` answers."""

    list: Always[builtins.list[TaskSchedule]] = ABSENT


class TaskScheduleProposalListAnswer(Model, kw_only=True):
    """What `/task/schedule/proposal/list` answers."""

    list: Always[builtins.list[Task]] = ABSENT


class TaskScheduleReadAnswer(Model, kw_only=True):
    """What `/task/schedule/read` answers."""

    value: Always[RouteSchedule] = ABSENT
    checkpoints: list[CheckpointSchedule] | None = None


class TaskScheduleRouteCreateAnswer(Model, kw_only=True, gc=False):
    """What `/task/schedule/route/create` answers."""

    id: Always[int] = ABSENT
