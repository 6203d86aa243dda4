"""The actions under `/tracker/led`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import Any

from ...operations import Lane, Operation, Replay
from ..models.tracker_led import TrackerLedReadAnswer
from ..noun import Noun, present

READ: Operation[TrackerLedReadAnswer] = Operation("tracker/led/read", TrackerLedReadAnswer, replay=Replay.READ)
UPDATE: Operation[dict[str, Any]] = Operation("tracker/led/update", dict[str, Any], device=True)


class TrackerLedActions(Noun):
    """Actions under `/tracker/led`. The light of devices."""

    __slots__ = ()

    async def read(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> bool:
        """Read whether the light of a device is on.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.
            Unsupported: code 214.

        Platform action: `/tracker/led/read`
        """
        params = {"tracker_id": tracker_id}
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.value, READ, "value")

    async def update(
        self,
        tracker_id: int,
        value: bool,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Switch the light of a device on or off.

        Args:
            tracker_id: id of the tracker.
            value: the new value.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.
            Unsupported: code 214.

        Platform action: `/tracker/led/update`
        """
        params = {"tracker_id": tracker_id, "value": value}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)
