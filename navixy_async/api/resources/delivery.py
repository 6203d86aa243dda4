"""The actions under `/delivery`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ...operations import Lane, Operation, Replay
from ..models.delivery import DeliveryListAnswer, DeliveryReadAnswer
from ..noun import Noun

LIST: Operation[DeliveryListAnswer] = Operation("delivery/list", DeliveryListAnswer, replay=Replay.READ)
READ: Operation[DeliveryReadAnswer] = Operation("delivery/read", DeliveryReadAnswer, replay=Replay.READ)


class DeliveryActions(Noun):
    """Actions under `/delivery`. Deliveries, as their receivers see them."""

    __slots__ = ()

    async def list(
        self,
        external_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> DeliveryListAnswer:
        """Find deliveries by their number in another system; made for pages that customers open.

        Args:
            external_id: number in another system.

        Raises:
            NotFound: code 201.

        Platform action: `/delivery/list`
        """
        params = {"external_id": external_id}
        return await self._caller.call(LIST, params, timeout=timeout, lane=lane)

    async def read(
        self,
        external_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> DeliveryReadAnswer:
        """Read one delivery by its number in another system; made for pages that customers open.

        Args:
            external_id: number in another system.

        Raises:
            NotFound: code 201.

        Platform action: `/delivery/read`
        """
        params = {"external_id": external_id}
        return await self._caller.call(READ, params, timeout=timeout, lane=lane)
