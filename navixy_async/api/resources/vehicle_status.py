"""The actions under `/vehicle/status`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...operations import Lane, Operation, Replay
from ..checks import listed, without
from ..models.vehicle_status import VehicleStatus, VehicleStatusListingReadAnswer
from ..noun import Noun, present

LISTING_READ: Operation[VehicleStatusListingReadAnswer] = Operation(
    "vehicle/status/listing/read", VehicleStatusListingReadAnswer, replay=Replay.READ
)
LISTING_UPDATE: Operation[dict[str, Any]] = Operation("vehicle/status/listing/update", dict[str, Any])
LISTING_UPDATE_STATUSES_WITHOUT = ("order",)


class VehicleStatusActions(Noun):
    """Actions under `/vehicle/status`. Working statuses of vehicles."""

    __slots__ = ()

    @property
    def listing(self) -> VehicleStatusListingActions:
        """Actions under `/vehicle/status/listing`."""
        return VehicleStatusListingActions(self._caller)


class VehicleStatusListingActions(Noun):
    """Actions under `/vehicle/status/listing`."""

    __slots__ = ()

    async def read(self, *, timeout: float | None = None, lane: Lane | None = None) -> list[VehicleStatus]:
        """Read the working statuses of vehicles.

        Platform action: `/vehicle/status/listing/read`
        """
        answer = await self._caller.call(LISTING_READ, timeout=timeout, lane=lane)
        return present(answer.list, LISTING_READ, "list")

    async def update(
        self,
        statuses: Iterable[VehicleStatus | Mapping[str, Any]],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace the working statuses of vehicles.

        The platform replaces the whole: what is left out is gone, so send what was read, with your changes. It does not
        take order (of `statuses`): structs are sent without.

        Args:
            statuses: only these statuses.

        Platform action: `/vehicle/status/listing/update`
        """
        params = {"statuses": without(listed("statuses", statuses), LISTING_UPDATE_STATUSES_WITHOUT)}
        await self._caller.call(LISTING_UPDATE, params, timeout=timeout, lane=lane)
