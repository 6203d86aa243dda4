"""The actions under `/department`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any

from ...operations import Lane, Operation, Replay
from ..models.department import Department, DepartmentCreateAnswer, DepartmentListAnswer
from ..noun import Noun, present

CREATE: Operation[DepartmentCreateAnswer] = Operation("department/create", DepartmentCreateAnswer)
DELETE: Operation[dict[str, Any]] = Operation("department/delete", dict[str, Any])
LIST: Operation[DepartmentListAnswer] = Operation("department/list", DepartmentListAnswer, replay=Replay.READ)
UPDATE: Operation[dict[str, Any]] = Operation("department/update", dict[str, Any], replay=Replay.IDEMPOTENT)


class DepartmentActions(Noun):
    """Actions under `/department`. Departments that employees belong to."""

    __slots__ = ()

    async def create(
        self,
        department: Department | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a department, and give its id.

        Sub-users need the right employee_update.

        Args:
            department: the department.

        Raises:
            InvalidRequest: code 7.
            BatchPoisoned: code 217.
            TooManyTrackers: code 221.

        Platform action: `/department/create`
        """
        params = {"department": department}
        answer = await self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, CREATE, "id")

    async def delete(
        self,
        department_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a department; its employees stay without one.

        Sub-users need the right employee_update.

        Args:
            department_id: id of the department.

        Raises:
            NotFound: code 201.

        Platform action: `/department/delete`
        """
        params = {"department_id": department_id}
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[Department]:
        """List the departments.

        Raises:
            InvalidRequest: code 7.
            BatchPoisoned: code 217.
            TooManyTrackers: code 221.

        Platform action: `/department/list`
        """
        answer = await self._caller.call(LIST, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    async def update(
        self,
        department: Department | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a department.

        Sub-users need the right employee_update. Whether what is left out stays is not documented: send the whole as it
        was read, with your changes.

        Args:
            department: the department.

        Raises:
            NotFound: code 201.

        Platform action: `/department/update`
        """
        params = {"department": department}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)
