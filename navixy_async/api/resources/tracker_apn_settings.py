"""The actions under `/tracker/apn_settings`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ...operations import Lane, Operation, Replay
from ..models.apn_settings import ApnSettings
from ..models.tracker_apn_settings import TrackerApnSettingsReadAnswer
from ..noun import Noun, present

READ: Operation[TrackerApnSettingsReadAnswer] = Operation(
    "tracker/apn_settings/read", TrackerApnSettingsReadAnswer, replay=Replay.READ
)


class TrackerApnSettingsActions(Noun):
    """Actions under `/tracker/apn_settings`. The mobile access point of trackers."""

    __slots__ = ()

    async def read(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> ApnSettings:
        """Look up the mobile access point (APN) that a tracker uses.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.
            Unsupported: code 214.

        Platform action: `/tracker/apn_settings/read`
        """
        params = {"tracker_id": tracker_id}
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.value, READ, "value")
