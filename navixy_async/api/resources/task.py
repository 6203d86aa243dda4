"""The actions under `/task`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import listed, sent, window, without
from ..models.common import Location
from ..models.conditions import SearchCondition
from ..models.task import (
    Task,
    TaskBatchConvertAnswer,
    TaskCountAnswer,
    TaskCreateAnswer,
    TaskListAnswer,
    TaskListList,
    TaskReadAnswer,
    TaskUpdateAnswer,
    TaskUpdateExternalIdCounts,
)
from ..noun import Noun, present

if TYPE_CHECKING:
    from ...paging import OffsetPager
    from .task_checkpoint import TaskCheckpointActions
    from .task_form import TaskFormActions
    from .task_history import TaskHistoryActions
    from .task_route import TaskRouteActions
    from .task_schedule import TaskScheduleActions

LocationCheckMode: TypeAlias = Literal["no_check", "entity_location", "parent_location"]

ASSIGN: Operation[dict[str, Any]] = Operation("task/assign", dict[str, Any])
BATCH_CONVERT: Operation[TaskBatchConvertAnswer] = Operation(
    "task/batch_convert", TaskBatchConvertAnswer, replay=Replay.READ
)
COUNT: Operation[TaskCountAnswer] = Operation("task/count", TaskCountAnswer, replay=Replay.READ)
CREATE: Operation[TaskCreateAnswer] = Operation("task/create", TaskCreateAnswer)
DELETE: Operation[dict[str, Any]] = Operation("task/delete", dict[str, Any])
LIST: Operation[TaskListAnswer] = Operation("task/list", TaskListAnswer, replay=Replay.READ)
READ: Operation[TaskReadAnswer] = Operation("task/read", TaskReadAnswer, replay=Replay.READ)
TRANSMUTE: Operation[dict[str, Any]] = Operation("task/transmute", dict[str, Any])
UPDATE: Operation[TaskUpdateAnswer] = Operation("task/update", TaskUpdateAnswer, replay=Replay.IDEMPOTENT)
UPDATE_TASK_WITHOUT = (
    "user_id",
    "tracker_id",
    "creation_date",
    "status",
    "status_change_date",
    "arrival_date",
    "origin",
)


class TaskActions(Noun):
    """Actions under `/task`. Tasks: where somebody has to be, when, and what to do there."""

    __slots__ = ()

    @property
    def checkpoint(self) -> TaskCheckpointActions:
        """Actions under `/task/checkpoint`."""
        from .task_checkpoint import TaskCheckpointActions  # noqa: PLC0415 - loaded when first used

        return TaskCheckpointActions(self._caller)

    @property
    def form(self) -> TaskFormActions:
        """Actions under `/task/form`."""
        from .task_form import TaskFormActions  # noqa: PLC0415 - loaded when first used

        return TaskFormActions(self._caller)

    @property
    def history(self) -> TaskHistoryActions:
        """Actions under `/task/history`."""
        from .task_history import TaskHistoryActions  # noqa: PLC0415 - loaded when first used

        return TaskHistoryActions(self._caller)

    @property
    def route(self) -> TaskRouteActions:
        """Actions under `/task/route`."""
        from .task_route import TaskRouteActions  # noqa: PLC0415 - loaded when first used

        return TaskRouteActions(self._caller)

    @property
    def schedule(self) -> TaskScheduleActions:
        """Actions under `/task/schedule`."""
        from .task_schedule import TaskScheduleActions  # noqa: PLC0415 - loaded when first used

        return TaskScheduleActions(self._caller)

    async def assign(
        self,
        *,
        task_id: int,
        tracker_id: int | None,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Give a task to another tracker, or to none.

        Sub-users need the right task_update.

        Args:
            task_id: id of the task.
            tracker_id: id of the tracker.

        Raises:
            NotFound: codes 201, 204.
            TrackerBlocked: code 208.
            TariffRestricted: code 236.
            Conflict: code 255.

        Platform action: `/task/assign`
        """
        params = {"task_id": task_id, "tracker_id": tracker_id}
        await self._caller.call(ASSIGN, params, timeout=timeout, lane=lane)

    async def batch_convert(
        self,
        *,
        batch: str,
        geocoder: str,
        fields: Iterable[str] | UnsetType = UNSET,
        default_radius: int | UnsetType = UNSET,
        default_max_delay: int | UnsetType = UNSET,
        default_duration: int | UnsetType = UNSET,
        default_min_stay_duration: int | UnsetType = UNSET,
        location_check_mode: LocationCheckMode | str | UnsetType = UNSET,
        employee_ids: Iterable[int] | UnsetType = UNSET,
        vehicle_ids: Iterable[int] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TaskBatchConvertAnswer:
        """Turn rows of text, or an uploaded spreadsheet, into tasks that can be created; nothing is stored.

        Sub-users need the right task_update.

        Args:
            batch: rows of text, their columns divided by tabs or semicolons.
            geocoder: which service turns places into addresses.
            fields: what the columns are, in their order; the platform's default: label, from, to, address, lat, lng,
                description.
            default_radius: radius where none is given; the platform's default: 100.
            default_max_delay: how late one may be, where nothing is given; the platform's default: 0.
            default_duration: how long a task takes, where nothing is given; in min; the platform's default: 60.
            default_min_stay_duration: how long one must stay, where nothing is given; in min; the platform's default:
                0.
            location_check_mode: how the position is checked; documented: no_check, entity_location, parent_location.
            employee_ids: ids of employees.
            vehicle_ids: ids of vehicles.

        Returns:
            `limit_exceeded` tells whether only the first part of the batch was converted.

        Platform action: `/task/batch_convert`
        """
        params = sent(
            {
                "batch": batch,
                "fields": listed("fields", fields),
                "geocoder": geocoder,
                "default_radius": default_radius,
                "default_max_delay": default_max_delay,
                "default_duration": default_duration,
                "default_min_stay_duration": default_min_stay_duration,
                "location_check_mode": location_check_mode,
                "employee_ids": listed("employee_ids", employee_ids),
                "vehicle_ids": listed("vehicle_ids", vehicle_ids),
            }
        )
        return await self._caller.call(BATCH_CONVERT, params, timeout=timeout, lane=lane)

    async def count(self, *, timeout: float | None = None, lane: Lane | None = None) -> int:
        """Count the tasks of the account.

        Platform action: `/task/count`
        """
        answer = await self._caller.call(COUNT, timeout=timeout, lane=lane)
        return present(answer.count, COUNT, "count")

    async def create(
        self,
        task: Task | Mapping[str, Any],
        *,
        create_form: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TaskCreateAnswer:
        """Make a task, and give its id.

        Sub-users need the right task_update.

        Args:
            task: the task.
            create_form: make the form of the task, too; the platform's default: false.

        Raises:
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/task/create`
        """
        params = sent({"task": task, "create_form": create_form})
        return await self._caller.call(CREATE, params, timeout=timeout, lane=lane)

    async def delete(
        self,
        task_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a task, a route or a checkpoint.

        Sub-users need the right task_update.

        Args:
            task_id: id of the task.

        Raises:
            NotFound: code 201.

        Platform action: `/task/delete`
        """
        params = {"task_id": task_id}
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    def list(
        self,
        *,
        external_id: str | UnsetType = UNSET,
        statuses: Iterable[str] | UnsetType = UNSET,
        trackers: Iterable[int] | UnsetType = UNSET,
        from_: datetime | UnsetType = UNSET,
        to: datetime | UnsetType = UNSET,
        conditions: Iterable[SearchCondition | Mapping[str, Any]] | UnsetType = UNSET,
        filter: str | UnsetType = UNSET,
        filters: Iterable[str] | UnsetType = UNSET,
        tag_ids: Iterable[int] | UnsetType = UNSET,
        location: Location | Mapping[str, Any] | UnsetType = UNSET,
        sort: Iterable[str] | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> OffsetPager[TaskListAnswer, TaskListList]:
        """List tasks, routes and checkpoints.

        Args:
            external_id: number in another system.
            statuses: only these statuses; the platform's default: all.
            trackers: ids of trackers.
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            conditions: only what meets these conditions.
            filter: only entries that contain this text.
            filters: only what passes these filters.
            tag_ids: ids of tags.
            location: a position.
            sort: columns to sort by, each with `=asc` or `=desc`.
            offset: how many entries to pass over.
            limit: how many entries at most.

        Returns:
            A pager: await it for one page, iterate it for everything.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/task/list`
        """
        from ...paging import OffsetPager  # noqa: PLC0415 - loaded when first used

        window(from_, to)
        params = sent(
            {
                "external_id": external_id,
                "statuses": listed("statuses", statuses),
                "trackers": listed("trackers", trackers),
                "from": from_,
                "to": to,
                "conditions": listed("conditions", conditions),
                "filter": filter,
                "filters": listed("filters", filters),
                "tag_ids": listed("tag_ids", tag_ids),
                "location": location,
                "sort": listed("sort", sort),
                "offset": offset,
                "limit": limit,
            }
        )
        return OffsetPager(self._caller, LIST, params, items=lambda answer: answer.list, timeout=timeout, lane=lane)

    async def read(
        self,
        task_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TaskReadAnswer:
        """Read one task.

        Args:
            task_id: id of the task.

        Raises:
            NotFound: code 201.

        Platform action: `/task/read`
        """
        params = {"task_id": task_id}
        return await self._caller.call(READ, params, timeout=timeout, lane=lane)

    async def transmute(
        self,
        *,
        task_id: int,
        route_id: int,
        order: int,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Turn a task into a checkpoint of a route.

        Sub-users need the right task_update.

        Args:
            task_id: id of the task.
            route_id: id of the route.
            order: position in the route.

        Raises:
            NotFound: code 201.
            Conflict: code 255.

        Platform action: `/task/transmute`
        """
        params = {"task_id": task_id, "route_id": route_id, "order": order}
        await self._caller.call(TRANSMUTE, params, timeout=timeout, lane=lane)

    async def update(
        self,
        task: Task | Mapping[str, Any],
        *,
        create_form: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[TaskUpdateExternalIdCounts]:
        """Replace a task.

        Sub-users need the right task_update. Whether what is left out stays is not documented: send the whole as it was
        read, with your changes. It does not take user_id, tracker_id, creation_date, status, status_change_date,
        arrival_date, origin (of `task`): structs are sent without.

        Args:
            task: the task.
            create_form: make the form of the task, too; the platform's default: false.

        Raises:
            NotFound: code 201.
            Conflict: code 255.

        Platform action: `/task/update`
        """
        params = sent({"task": without(task, UPDATE_TASK_WITHOUT), "create_form": create_form})
        answer = await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)
        return present(answer.external_id_counts, UPDATE, "external_id_counts")
