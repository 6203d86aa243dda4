"""The actions under `/tracker/employee`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import Any

from ...operations import Lane, Operation, Replay
from ..models.tracker_employee import TrackerEmployeeReadAnswer
from ..noun import Noun

ASSIGN: Operation[dict[str, Any]] = Operation("tracker/employee/assign", dict[str, Any])
READ: Operation[TrackerEmployeeReadAnswer] = Operation(
    "tracker/employee/read", TrackerEmployeeReadAnswer, replay=Replay.READ
)


class TrackerEmployeeActions(Noun):
    """Actions under `/tracker/employee`. Who drives or carries a tracker."""

    __slots__ = ()

    async def assign(
        self,
        *,
        tracker_id: int,
        new_employee_id: int | None,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Say who drives or carries a tracker, or that nobody does.

        Sub-users need the right employee_update. Needs the tariff feature app_fleet.

        Args:
            tracker_id: id of the tracker.
            new_employee_id: id of the employee; null for nobody.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.
            Conflict: code 263.

        Platform action: `/tracker/employee/assign`
        """
        params = {"tracker_id": tracker_id, "new_employee_id": new_employee_id}
        await self._caller.call(ASSIGN, params, timeout=timeout, lane=lane)

    async def read(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackerEmployeeReadAnswer:
        """Read who drives or carries a tracker.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.

        Platform action: `/tracker/employee/read`
        """
        params = {"tracker_id": tracker_id}
        return await self._caller.call(READ, params, timeout=timeout, lane=lane)
