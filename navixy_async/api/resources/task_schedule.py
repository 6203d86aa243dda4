"""The actions under `/task/schedule`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import listed, sent, window, without
from ..models.task import Task
from ..models.task_schedule import (
    CheckpointSchedule,
    RouteSchedule,
    TaskSchedule,
    TaskScheduleCreateAnswer,
    TaskScheduleListAnswer,
    TaskScheduleProposalListAnswer,
    TaskScheduleReadAnswer,
    TaskScheduleRouteCreateAnswer,
)
from ..noun import Noun, present

ScheduleTypes: TypeAlias = Literal["task", "route"]

ProposalTypes: TypeAlias = Literal["task", "route"]

CHECKPOINT_DELETE: Operation[dict[str, Any]] = Operation("task/schedule/checkpoint/delete", dict[str, Any])
CHECKPOINT_TRANSMUTE: Operation[dict[str, Any]] = Operation("task/schedule/checkpoint/transmute", dict[str, Any])
CREATE: Operation[TaskScheduleCreateAnswer] = Operation("task/schedule/create", TaskScheduleCreateAnswer)
DELETE: Operation[dict[str, Any]] = Operation("task/schedule/delete", dict[str, Any])
LIST: Operation[TaskScheduleListAnswer] = Operation("task/schedule/list", TaskScheduleListAnswer, replay=Replay.READ)
PROPOSAL_LIST: Operation[TaskScheduleProposalListAnswer] = Operation(
    "task/schedule/proposal/list", TaskScheduleProposalListAnswer, replay=Replay.READ
)
READ: Operation[TaskScheduleReadAnswer] = Operation("task/schedule/read", TaskScheduleReadAnswer, replay=Replay.READ)
ROUTE_CREATE: Operation[TaskScheduleRouteCreateAnswer] = Operation(
    "task/schedule/route/create", TaskScheduleRouteCreateAnswer
)
ROUTE_DELETE: Operation[dict[str, Any]] = Operation("task/schedule/route/delete", dict[str, Any])
ROUTE_UPDATE: Operation[dict[str, Any]] = Operation("task/schedule/route/update", dict[str, Any])
UPDATE: Operation[dict[str, Any]] = Operation("task/schedule/update", dict[str, Any], replay=Replay.IDEMPOTENT)
ROUTE_UPDATE_ROUTE_WITHOUT = ("user_id",)
ROUTE_UPDATE_CHECKPOINTS_WITHOUT = ("user_id",)
UPDATE_SCHEDULE_WITHOUT = ("user_id",)


class TaskScheduleActions(Noun):
    """Actions under `/task/schedule`. Tasks and routes that are made regularly."""

    __slots__ = ()

    @property
    def checkpoint(self) -> TaskScheduleCheckpointActions:
        """Actions under `/task/schedule/checkpoint`."""
        return TaskScheduleCheckpointActions(self._caller)

    @property
    def proposal(self) -> TaskScheduleProposalActions:
        """Actions under `/task/schedule/proposal`."""
        return TaskScheduleProposalActions(self._caller)

    @property
    def route(self) -> TaskScheduleRouteActions:
        """Actions under `/task/schedule/route`."""
        return TaskScheduleRouteActions(self._caller)

    async def create(
        self,
        schedule: TaskSchedule | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Have a task made regularly, and give the schedule's id.

        Sub-users need the right task_update.

        Args:
            schedule: the schedule.

        Raises:
            NotFound: codes 201, 204.
            TrackerBlocked: code 208.
            TariffRestricted: code 236.

        Platform action: `/task/schedule/create`
        """
        params = {"schedule": schedule}
        answer = await self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, CREATE, "id")

    async def delete(
        self,
        schedule_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Stop making a task regularly.

        Sub-users need the right task_update.

        Args:
            schedule_id: id of the schedule.

        Raises:
            NotFound: code 201.

        Platform action: `/task/schedule/delete`
        """
        params = {"schedule_id": schedule_id}
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    async def list(
        self,
        *,
        trackers: Iterable[int] | UnsetType = UNSET,
        filter: str | UnsetType = UNSET,
        tag_ids: Iterable[int] | UnsetType = UNSET,
        types: Iterable[ScheduleTypes | str] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[TaskSchedule]:
        """List the schedules of tasks and routes.

        Args:
            trackers: ids of trackers.
            filter: only entries that contain this text.
            tag_ids: ids of tags.
            types: only these types; documented: task, route; the platform's default: task.

        Platform action: `/task/schedule/list`
        """
        params = sent(
            {
                "trackers": listed("trackers", trackers),
                "filter": filter,
                "tag_ids": listed("tag_ids", tag_ids),
                "types": listed("types", types),
            }
        )
        answer = await self._caller.call(LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    async def read(
        self,
        id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TaskScheduleReadAnswer:
        """Read one schedule of a task or route.

        Args:
            id: id of the entry.

        Platform action: `/task/schedule/read`
        """
        params = {"id": id}
        return await self._caller.call(READ, params, timeout=timeout, lane=lane)

    async def update(
        self,
        schedule: TaskSchedule | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a schedule of a task.

        Sub-users need the right task_update. Whether what is left out stays is not documented: send the whole as it was
        read, with your changes. It does not take user_id (of `schedule`): structs are sent without.

        Args:
            schedule: the schedule.

        Raises:
            NotFound: codes 201, 204.
            TrackerBlocked: code 208.
            TariffRestricted: code 236.

        Platform action: `/task/schedule/update`
        """
        params = {"schedule": without(schedule, UPDATE_SCHEDULE_WITHOUT)}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)


class TaskScheduleCheckpointActions(Noun):
    """Actions under `/task/schedule/checkpoint`."""

    __slots__ = ()

    async def delete(
        self,
        checkpoint_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a checkpoint of a scheduled route.

        Args:
            checkpoint_id: id of the checkpoint.

        Platform action: `/task/schedule/checkpoint/delete`
        """
        params = {"checkpoint_id": checkpoint_id}
        await self._caller.call(CHECKPOINT_DELETE, params, timeout=timeout, lane=lane)

    async def transmute(
        self,
        checkpoint_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Turn a checkpoint of a scheduled route into a scheduled task of its own.

        Args:
            checkpoint_id: id of the checkpoint.

        Platform action: `/task/schedule/checkpoint/transmute`
        """
        params = {"checkpoint_id": checkpoint_id}
        await self._caller.call(CHECKPOINT_TRANSMUTE, params, timeout=timeout, lane=lane)


class TaskScheduleProposalActions(Noun):
    """Actions under `/task/schedule/proposal`."""

    __slots__ = ()

    async def list(
        self,
        from_: datetime,
        to: datetime,
        *,
        trackers: Iterable[int] | UnsetType = UNSET,
        filter: str | UnsetType = UNSET,
        types: Iterable[ProposalTypes | str] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[Task]:
        """List the tasks that the schedules will make in a period.

        Args:
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            trackers: ids of trackers.
            filter: only entries that contain this text.
            types: only these types; documented: task, route.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/task/schedule/proposal/list`
        """
        window(from_, to)
        params = sent(
            {
                "trackers": listed("trackers", trackers),
                "from": from_,
                "to": to,
                "filter": filter,
                "types": listed("types", types),
            }
        )
        answer = await self._caller.call(PROPOSAL_LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, PROPOSAL_LIST, "list")


class TaskScheduleRouteActions(Noun):
    """Actions under `/task/schedule/route`."""

    __slots__ = ()

    async def create(
        self,
        route: RouteSchedule | Mapping[str, Any],
        checkpoints: Iterable[CheckpointSchedule | Mapping[str, Any]],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Have a route made regularly, and give the schedule's id.

        Args:
            route: the route.
            checkpoints: the checkpoints, in their order.

        Platform action: `/task/schedule/route/create`
        """
        params = {"route": route, "checkpoints": listed("checkpoints", checkpoints)}
        answer = await self._caller.call(ROUTE_CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, ROUTE_CREATE, "id")

    async def delete(
        self,
        id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Stop making a route regularly.

        Args:
            id: id of the entry.

        Platform action: `/task/schedule/route/delete`
        """
        params = {"id": id}
        await self._caller.call(ROUTE_DELETE, params, timeout=timeout, lane=lane)

    async def update(
        self,
        route: RouteSchedule | Mapping[str, Any],
        checkpoints: Iterable[CheckpointSchedule | Mapping[str, Any]],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a schedule of a route.

        The platform replaces the whole: what is left out is gone, so send what was read, with your changes. It does not
        take user_id (of `route`) and user_id (of `checkpoints`): structs are sent without.

        Args:
            route: the route.
            checkpoints: the checkpoints, in their order.

        Platform action: `/task/schedule/route/update`
        """
        params = {
            "route": without(route, ROUTE_UPDATE_ROUTE_WITHOUT),
            "checkpoints": without(listed("checkpoints", checkpoints), ROUTE_UPDATE_CHECKPOINTS_WITHOUT),
        }
        await self._caller.call(ROUTE_UPDATE, params, timeout=timeout, lane=lane)
