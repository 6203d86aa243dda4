"""The actions under `/tracker/readings`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import listed, sent
from ..models.tracker_readings import TrackerReadings, TrackerReadingsBatchListAnswer, TrackerReadingsListAnswer
from ..noun import Noun, present

SensorType: TypeAlias = Literal[
    "fuel",
    "temperature",
    "rpm",
    "custom",
    "fuel_consumption",
    "instant_consumption",
    "power",
    "speed",
    "flow_meter",
    "acceleration",
    "state",
    "virtual_ignition",
]

BATCH_LIST: Operation[TrackerReadingsBatchListAnswer] = Operation(
    "tracker/readings/batch_list", TrackerReadingsBatchListAnswer, replay=Replay.READ
)
LIST: Operation[TrackerReadingsListAnswer] = Operation(
    "tracker/readings/list", TrackerReadingsListAnswer, replay=Replay.READ
)


class TrackerReadingsActions(Noun):
    """Actions under `/tracker/readings`. Last readings of sensors, counters and state fields."""

    __slots__ = ()

    async def batch_list(
        self,
        trackers: Iterable[int],
        *,
        sensor_type: SensorType | str | UnsetType = UNSET,
        include_components: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> dict[int, TrackerReadings]:
        """Read the last readings of many trackers at once, by tracker id.

        Args:
            trackers: ids of trackers.
            sensor_type: only sensors of this type; documented: fuel, temperature, rpm, custom, fuel_consumption,
                instant_consumption, power, speed, flow_meter, acceleration, state, virtual_ignition.
            include_components: list the parts of composite sensors, too; the platform's default: true.

        Raises:
            BatchPoisoned: code 217.

        Platform action: `/tracker/readings/batch_list`
        """
        params = sent(
            {
                "trackers": listed("trackers", trackers),
                "sensor_type": sensor_type,
                "include_components": include_components,
            }
        )
        answer = await self._caller.call(BATCH_LIST, params, timeout=timeout, lane=lane)
        return present(answer.result, BATCH_LIST, "result")

    async def list(
        self,
        tracker_id: int,
        *,
        sensor_type: SensorType | str | UnsetType = UNSET,
        include_components: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackerReadingsListAnswer:
        """Read the last readings of one tracker.

        Args:
            tracker_id: id of the tracker.
            sensor_type: only sensors of this type; documented: fuel, temperature, rpm, custom, fuel_consumption,
                instant_consumption, power, speed, flow_meter, acceleration, state, virtual_ignition.
            include_components: list the parts of composite sensors, too; the platform's default: true.

        Raises:
            NotFound: code 204.
            TrackerBlocked: code 208.

        Platform action: `/tracker/readings/list`
        """
        params = sent({"tracker_id": tracker_id, "sensor_type": sensor_type, "include_components": include_components})
        return await self._caller.call(LIST, params, timeout=timeout, lane=lane)
