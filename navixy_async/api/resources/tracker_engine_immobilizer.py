"""The actions under `/tracker/engine_immobilizer`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import Any

from ...operations import Lane, Operation, Replay
from ..models.tracker_engine_immobilizer import TrackerEngineImmobilizerReadAnswer
from ..noun import Noun, present

READ: Operation[TrackerEngineImmobilizerReadAnswer] = Operation(
    "tracker/engine_immobilizer/read", TrackerEngineImmobilizerReadAnswer, replay=Replay.READ
)
SET: Operation[dict[str, Any]] = Operation("tracker/engine_immobilizer/set", dict[str, Any], device=True)


class TrackerEngineImmobilizerActions(Noun):
    """Actions under `/tracker/engine_immobilizer`. The engine's immobilizer."""

    __slots__ = ()

    async def read(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> bool:
        """Read whether the engine is blocked.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 204.
            TrackerBlocked: code 208.
            Unsupported: code 214.

        Platform action: `/tracker/engine_immobilizer/read`
        """
        params = {"tracker_id": tracker_id}
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.enabled, READ, "enabled")

    async def set(
        self,
        tracker_id: int,
        enabled: bool,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Block the engine, or release it.

        Sub-users need the right tracker_set_output.

        Args:
            tracker_id: id of the tracker.
            enabled: whether it is on.

        Raises:
            NotFound: code 204.
            TrackerBlocked: code 208.
            Conflict: code 213.
            Unsupported: codes 214, 219.

        Platform action: `/tracker/engine_immobilizer/set`
        """
        params = {"tracker_id": tracker_id, "enabled": enabled}
        await self._caller.call(SET, params, timeout=timeout, lane=lane)
