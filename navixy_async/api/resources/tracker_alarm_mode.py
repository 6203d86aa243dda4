"""The actions under `/tracker/alarm_mode`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import Any

from ...operations import Lane, Operation, Replay
from ..models.tracker_alarm_mode import TrackerAlarmModeReadAnswer
from ..noun import Noun, present

READ: Operation[TrackerAlarmModeReadAnswer] = Operation(
    "tracker/alarm_mode/read", TrackerAlarmModeReadAnswer, replay=Replay.READ
)
SET: Operation[dict[str, Any]] = Operation("tracker/alarm_mode/set", dict[str, Any], device=True)


class TrackerAlarmModeActions(Noun):
    """Actions under `/tracker/alarm_mode`. The alarm mode of devices."""

    __slots__ = ()

    async def read(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> bool:
        """Read whether a tracker is in alarm mode.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 204.
            TrackerBlocked: code 208.
            Unsupported: code 214.

        Platform action: `/tracker/alarm_mode/read`
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
        """Switch the alarm mode of a tracker on or off.

        Args:
            tracker_id: id of the tracker.
            enabled: whether it is on.

        Raises:
            NotFound: code 204.
            TrackerBlocked: code 208.
            Conflict: code 213.
            Unsupported: codes 214, 219.

        Platform action: `/tracker/alarm_mode/set`
        """
        params = {"tracker_id": tracker_id, "enabled": enabled}
        await self._caller.call(SET, params, timeout=timeout, lane=lane)
