"""The actions under `/eco_fleet`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import listed, sent
from ..models.eco_fleet import EcoFleetTrackersResamplingResamplingProps, EcoFleetTrackersSensorsQualityAnswer
from ..noun import Download, Noun, present

TRACKERS_RESAMPLING: Operation[bytes] = Operation(
    "trackers/{tracker_id}/resampling", bytes, api="eco_fleet", replay=Replay.READ, query=("interval",)
)
TRACKERS_SENSORS_QUALITY: Operation[EcoFleetTrackersSensorsQualityAnswer] = Operation(
    "trackers/{tracker_id}/sensors/{sensor_id}/quality",
    EcoFleetTrackersSensorsQualityAnswer,
    api="eco_fleet",
    method="GET",
    encoding="query",
    replay=Replay.READ,
)


class EcoFleetActions(Noun):
    """Actions under `/eco_fleet`. Resampled data and its quality."""

    __slots__ = ()

    @property
    def trackers(self) -> EcoFleetTrackersActions:
        """Actions under `/eco_fleet/trackers`."""
        return EcoFleetTrackersActions(self._caller)


class EcoFleetTrackersActions(Noun):
    """Actions under `/eco_fleet/trackers`."""

    __slots__ = ()

    @property
    def sensors(self) -> EcoFleetTrackersSensorsActions:
        """Actions under `/eco_fleet/trackers/sensors`."""
        return EcoFleetTrackersSensorsActions(self._caller)

    def resampling(
        self,
        *,
        tracker_id: int,
        step_size: int,
        resampling_props: Iterable[EcoFleetTrackersResamplingResamplingProps | Mapping[str, Any]],
        interval: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Download:
        """Resample the data of a tracker to equal steps of time, as a CSV file.

        Args:
            tracker_id: id of the tracker.
            step_size: time between two samples; in min.
            resampling_props: what is resampled, and how.
            interval: period as ISO 8601 interval: start/end or start/duration; the platform's default: P7D ending now.

        Returns:
            The file's bytes.

        Raises:
            NotFound: code 204.
            TrackerBlocked: code 208.

        Platform action: `/eco_fleet/trackers/{tracker_id}/resampling`
        """
        params = sent(
            {
                "tracker_id": tracker_id,
                "interval": interval,
                "step_size": step_size,
                "resampling_props": listed("resampling_props", resampling_props),
            }
        )
        return Download(self._caller, TRACKERS_RESAMPLING, params, timeout=timeout, lane=lane)


class EcoFleetTrackersSensorsActions(Noun):
    """Actions under `/eco_fleet/trackers/sensors`."""

    __slots__ = ()

    async def quality(
        self,
        *,
        tracker_id: int,
        sensor_id: int,
        interval: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> float:
        """Rate how smooth the data of a sensor is.

        Args:
            tracker_id: id of the tracker.
            sensor_id: id of the sensor.
            interval: period as ISO 8601 interval: start/end or start/duration; the platform's default: P7D ending now.

        Platform action: `/eco_fleet/trackers/{tracker_id}/sensors/{sensor_id}/quality`
        """
        params = sent({"tracker_id": tracker_id, "sensor_id": sensor_id, "interval": interval})
        answer = await self._caller.call(TRACKERS_SENSORS_QUALITY, params, timeout=timeout, lane=lane)
        return present(answer.smoothness, TRACKERS_SENSORS_QUALITY, "smoothness")
