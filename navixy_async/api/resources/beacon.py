"""The actions under `/beacon`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import listed, sent, window
from ..models.beacon import BeaconDataEntry, BeaconDataLastValuesAnswer, BeaconDataReadAnswer
from ..noun import Noun, present

DATA_LAST_VALUES: Operation[BeaconDataLastValuesAnswer] = Operation(
    "beacon/data/last_values", BeaconDataLastValuesAnswer, replay=Replay.READ
)
DATA_READ: Operation[BeaconDataReadAnswer] = Operation("beacon/data/read", BeaconDataReadAnswer, replay=Replay.READ)


class BeaconActions(Noun):
    """Actions under `/beacon`. Beacons that trackers saw."""

    __slots__ = ()

    @property
    def data(self) -> BeaconDataActions:
        """Actions under `/beacon/data`."""
        return BeaconDataActions(self._caller)


class BeaconDataActions(Noun):
    """Actions under `/beacon/data`."""

    __slots__ = ()

    async def last_values(
        self,
        *,
        trackers: Iterable[int] | UnsetType = UNSET,
        skip_older_than_seconds: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> list[BeaconDataEntry]:
        """Read the last sighting of each beacon.

        Args:
            trackers: ids of trackers.
            skip_older_than_seconds: leave out values that are older; in s; the platform's default: 3600.

        Platform action: `/beacon/data/last_values`
        """
        params = sent({"trackers": listed("trackers", trackers), "skip_older_than_seconds": skip_older_than_seconds})
        answer = await self._caller.call(DATA_LAST_VALUES, params, timeout=timeout, lane=lane)
        return present(answer.list, DATA_LAST_VALUES, "list")

    async def read(
        self,
        from_: datetime,
        to: datetime,
        *,
        trackers: Iterable[int] | UnsetType = UNSET,
        beacons: Iterable[str] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> list[BeaconDataEntry]:
        """Read the sightings of beacons in a period.

        Args:
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            trackers: ids of trackers.
            beacons: hardware ids of beacons; 1 to 64 characters each.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/beacon/data/read`
        """
        window(from_, to)
        params = sent(
            {
                "from": from_,
                "to": to,
                "trackers": listed("trackers", trackers),
                "beacons": listed("beacons", beacons, shortest=1, longest=64),
            }
        )
        answer = await self._caller.call(DATA_READ, params, timeout=timeout, lane=lane)
        return present(answer.list, DATA_READ, "list")
