"""The actions under `/garage`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any

from ...operations import Lane, Operation, Replay
from ..models.garage import Garage, GarageCreateAnswer, GarageListAnswer
from ..noun import Noun, present

CREATE: Operation[GarageCreateAnswer] = Operation("garage/create", GarageCreateAnswer)
DELETE: Operation[dict[str, Any]] = Operation("garage/delete", dict[str, Any])
LIST: Operation[GarageListAnswer] = Operation("garage/list", GarageListAnswer, replay=Replay.READ)
UPDATE: Operation[dict[str, Any]] = Operation("garage/update", dict[str, Any], replay=Replay.IDEMPOTENT)


class GarageActions(Noun):
    """Actions under `/garage`. Garages of vehicles."""

    __slots__ = ()

    async def create(
        self,
        garage: Garage | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a garage, and give its id.

        Sub-users need the right vehicle_update.

        Args:
            garage: the garage.

        Platform action: `/garage/create`
        """
        params = {"garage": garage}
        answer = await self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, CREATE, "id")

    async def delete(
        self,
        garage_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a garage.

        Sub-users need the right vehicle_update.

        Args:
            garage_id: id of the garage.

        Raises:
            NotFound: code 201.

        Platform action: `/garage/delete`
        """
        params = {"garage_id": garage_id}
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[Garage]:
        """List the garages.

        Platform action: `/garage/list`
        """
        answer = await self._caller.call(LIST, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    async def update(
        self,
        garage: Garage | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a garage.

        Sub-users need the right vehicle_update. Whether what is left out stays is not documented: send the whole as it
        was read, with your changes.

        Args:
            garage: the garage.

        Raises:
            NotFound: code 201.

        Platform action: `/garage/update`
        """
        params = {"garage": garage}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)
