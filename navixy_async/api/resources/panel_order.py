"""The actions under `/panel/order`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ...operations import Lane, Operation, Replay
from ..models.panel_order import PanelOrder, PanelOrderReadAnswer
from ..noun import Noun, present

READ: Operation[PanelOrderReadAnswer] = Operation(
    "panel/order/read", PanelOrderReadAnswer, api="panel", replay=Replay.READ, session="panel_session"
)


class PanelOrderActions(Noun):
    """Actions under `/panel/order`. Orders of devices."""

    __slots__ = ()

    async def read(
        self,
        order_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> PanelOrder:
        """Read one order of devices.

        Args:
            order_id: id of the order.

        Raises:
            NotFound: code 201.

        Platform action: `/panel/order/read`
        """
        params = {"order_id": order_id}
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.value, READ, "value")
