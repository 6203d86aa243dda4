"""The actions under `/tracker/stats`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ...operations import Lane, Operation, Replay
from ..checks import listed, window
from ..models.tracker_stats import TrackerStatsEngineHoursReadAnswer, TrackerStatsMileageReadAnswer
from ..noun import Noun, present

ENGINE_HOURS_READ: Operation[TrackerStatsEngineHoursReadAnswer] = Operation(
    "tracker/stats/engine_hours/read", TrackerStatsEngineHoursReadAnswer, replay=Replay.READ
)
MILEAGE_READ: Operation[TrackerStatsMileageReadAnswer] = Operation(
    "tracker/stats/mileage/read", TrackerStatsMileageReadAnswer, replay=Replay.READ
)


class TrackerStatsActions(Noun):
    """Actions under `/tracker/stats`. Mileage and engine hours in a period."""

    __slots__ = ()

    @property
    def engine_hours(self) -> TrackerStatsEngineHoursActions:
        """Actions under `/tracker/stats/engine_hours`."""
        return TrackerStatsEngineHoursActions(self._caller)

    @property
    def mileage(self) -> TrackerStatsMileageActions:
        """Actions under `/tracker/stats/mileage`."""
        return TrackerStatsMileageActions(self._caller)


class TrackerStatsEngineHoursActions(Noun):
    """Actions under `/tracker/stats/engine_hours`."""

    __slots__ = ()

    async def read(
        self,
        tracker_id: int,
        from_: datetime,
        to: datetime,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> float:
        """Read the engine hours of one tracker in a period.

        Args:
            tracker_id: id of the tracker.
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 204.
            TrackerBlocked: code 208.
            SpanTooBig: code 211.
            Unsupported: codes 214, 219.

        Platform action: `/tracker/stats/engine_hours/read`
        """
        window(from_, to)
        params = {"tracker_id": tracker_id, "from": from_, "to": to}
        answer = await self._caller.call(ENGINE_HOURS_READ, params, timeout=timeout, lane=lane)
        return present(answer.value, ENGINE_HOURS_READ, "value")


class TrackerStatsMileageActions(Noun):
    """Actions under `/tracker/stats/mileage`."""

    __slots__ = ()

    async def read(
        self,
        trackers: Iterable[int],
        from_: datetime,
        to: datetime,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackerStatsMileageReadAnswer:
        """Read the way of many trackers by local day, in km.

        Args:
            trackers: ids of trackers; at most 128 items.
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.

        Returns:
            `limit_exceeded` tells a flag that the documents do not explain.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            SpanTooBig: code 211.
            BatchPoisoned: code 217.
            TooManyTrackers: code 221.

        Platform action: `/tracker/stats/mileage/read`
        """
        window(from_, to)
        params = {"trackers": listed("trackers", trackers, most=128), "from": from_, "to": to}
        return await self._caller.call(MILEAGE_READ, params, timeout=timeout, lane=lane)
