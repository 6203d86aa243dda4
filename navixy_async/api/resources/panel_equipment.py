"""The actions under `/panel/equipment`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ...operations import Lane, Operation, Replay
from ..models.panel_equipment import Equipment, PanelEquipmentListAnswer
from ..noun import Noun, present

LIST: Operation[PanelEquipmentListAnswer] = Operation(
    "panel/equipment/list", PanelEquipmentListAnswer, api="panel", replay=Replay.READ, session="panel_session"
)


class PanelEquipmentActions(Noun):
    """Actions under `/panel/equipment`. Kinds of equipment."""

    __slots__ = ()

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[Equipment]:
        """List the kinds of equipment.

        Platform action: `/panel/equipment/list`
        """
        answer = await self._caller.call(LIST, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")
