"""The actions under `/task/route`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import listed, sent, window, without
from ..models.task_checkpoint import Checkpoint
from ..models.task_route import (
    StartPoint,
    TaskRoute,
    TaskRouteCreateAnswer,
    TaskRouteListAnswer,
    TaskRoutePointsOptimizeAnswer,
    TaskRoutePointsOptimizeRoutePoints,
    TaskRouteReadAnswer,
    TaskRouteUpdateAnswer,
)
from ..noun import Noun, present

ASSIGN: Operation[dict[str, Any]] = Operation("task/route/assign", dict[str, Any])
CREATE: Operation[TaskRouteCreateAnswer] = Operation("task/route/create", TaskRouteCreateAnswer)
DELETE: Operation[dict[str, Any]] = Operation("task/route/delete", dict[str, Any])
LIST: Operation[TaskRouteListAnswer] = Operation("task/route/list", TaskRouteListAnswer, replay=Replay.READ)
POINTS_OPTIMIZE: Operation[TaskRoutePointsOptimizeAnswer] = Operation(
    "task/route/points/optimize", TaskRoutePointsOptimizeAnswer, replay=Replay.READ
)
READ: Operation[TaskRouteReadAnswer] = Operation("task/route/read", TaskRouteReadAnswer, replay=Replay.READ)
UPDATE: Operation[TaskRouteUpdateAnswer] = Operation("task/route/update", TaskRouteUpdateAnswer)
UPDATE_ROUTE_WITHOUT = (
    "user_id",
    "tracker_id",
    "creation_date",
    "from",
    "to",
    "status",
    "status_change_date",
    "origin",
)
UPDATE_CHECKPOINTS_WITHOUT = ("user_id", "creation_date", "status", "status_change_date", "arrival_date", "origin")


class TaskRouteActions(Noun):
    """Actions under `/task/route`. Routes: tasks made of checkpoints."""

    __slots__ = ()

    @property
    def points(self) -> TaskRoutePointsActions:
        """Actions under `/task/route/points`."""
        return TaskRoutePointsActions(self._caller)

    async def assign(
        self,
        *,
        route_id: int,
        tracker_id: int | None,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Give a route to another tracker, or to none.

        Sub-users need the right task_update.

        Args:
            route_id: id of the route.
            tracker_id: id of the tracker.

        Raises:
            NotFound: codes 201, 204.
            TrackerBlocked: code 208.
            TariffRestricted: code 236.
            Conflict: code 255.

        Platform action: `/task/route/assign`
        """
        params = {"route_id": route_id, "tracker_id": tracker_id}
        await self._caller.call(ASSIGN, params, timeout=timeout, lane=lane)

    async def create(
        self,
        route: TaskRoute | Mapping[str, Any],
        checkpoints: Iterable[Checkpoint | Mapping[str, Any]],
        *,
        create_form: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TaskRouteCreateAnswer:
        """Make a route of checkpoints, and give its id.

        Sub-users need the right task_update.

        Args:
            route: the route.
            checkpoints: the checkpoints, in their order.
            create_form: make the form of the task, too; the platform's default: false.

        Raises:
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/task/route/create`
        """
        params = sent({"route": route, "checkpoints": listed("checkpoints", checkpoints), "create_form": create_form})
        return await self._caller.call(CREATE, params, timeout=timeout, lane=lane)

    async def delete(
        self,
        route_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a route with its checkpoints.

        Sub-users need the right task_update.

        Args:
            route_id: id of the route.

        Raises:
            NotFound: code 201.

        Platform action: `/task/route/delete`
        """
        params = {"route_id": route_id}
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    async def list(
        self,
        *,
        statuses: Iterable[str] | UnsetType = UNSET,
        trackers: Iterable[int] | UnsetType = UNSET,
        from_: datetime | UnsetType = UNSET,
        to: datetime | UnsetType = UNSET,
        filter: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[TaskRoute]:
        """List routes with their checkpoints.

        Args:
            statuses: only these statuses; the platform's default: all.
            trackers: ids of trackers.
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            filter: only entries that contain this text.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/task/route/list`
        """
        window(from_, to)
        params = sent(
            {
                "statuses": listed("statuses", statuses),
                "trackers": listed("trackers", trackers),
                "from": from_,
                "to": to,
                "filter": filter,
            }
        )
        answer = await self._caller.call(LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    async def read(
        self,
        route_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TaskRoute:
        """Read a route with its checkpoints.

        Args:
            route_id: id of the route.

        Raises:
            NotFound: code 201.

        Platform action: `/task/route/read`
        """
        params = {"route_id": route_id}
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.value, READ, "value")

    async def update(
        self,
        route: TaskRoute | Mapping[str, Any],
        checkpoints: Iterable[Checkpoint | Mapping[str, Any]],
        *,
        create_form: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TaskRoute:
        """Replace a route with its checkpoints.

        Sub-users need the right task_update. The platform replaces the whole: what is left out is gone, so send what
        was read, with your changes. It does not take user_id, tracker_id, creation_date, from, to, status,
        status_change_date, origin (of `route`) and user_id, creation_date, status, status_change_date, arrival_date,
        origin (of `checkpoints`): structs are sent without.

        Args:
            route: the route.
            checkpoints: the checkpoints, in their order.
            create_form: make the form of the task, too; the platform's default: false.

        Raises:
            NotFound: code 201.
            Conflict: code 255.

        Platform action: `/task/route/update`
        """
        params = sent(
            {
                "route": without(route, UPDATE_ROUTE_WITHOUT),
                "checkpoints": without(listed("checkpoints", checkpoints), UPDATE_CHECKPOINTS_WITHOUT),
                "create_form": create_form,
            }
        )
        answer = await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)
        return present(answer.result, UPDATE, "result")


class TaskRoutePointsActions(Noun):
    """Actions under `/task/route/points`."""

    __slots__ = ()

    async def optimize(
        self,
        start_point: StartPoint | Mapping[str, Any],
        route_points: Iterable[TaskRoutePointsOptimizeRoutePoints | Mapping[str, Any]],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> list[int]:
        """Find the best order of the points of a route.

        Sub-users need the right task_update.

        Args:
            start_point: where the route starts.
            route_points: the points, the order of which is looked for; 2 to 49 items.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            InvalidRequest: codes 7, 210.
            Conflict: code 264.

        Platform action: `/task/route/points/optimize`
        """
        params = {"start_point": start_point, "route_points": listed("route_points", route_points, least=2, most=49)}
        answer = await self._caller.call(POINTS_OPTIMIZE, params, timeout=timeout, lane=lane)
        return present(answer.result, POINTS_OPTIMIZE, "result")
