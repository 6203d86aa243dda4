"""The actions under `/tariff`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from typing import Any

from ...operations import Lane, Operation, Replay
from ..models.tariff import Tariff, TariffListAnswer, TariffTrackerListAnswer
from ..noun import Noun, present

LIST: Operation[TariffListAnswer] = Operation("tariff/list", TariffListAnswer, replay=Replay.READ)
TRACKER_CHANGE: Operation[dict[str, Any]] = Operation("tariff/tracker/change", dict[str, Any])
TRACKER_LIST: Operation[TariffTrackerListAnswer] = Operation(
    "tariff/tracker/list", TariffTrackerListAnswer, replay=Replay.READ
)


class TariffActions(Noun):
    """Actions under `/tariff`. Tariffs of trackers."""

    __slots__ = ()

    @property
    def tracker(self) -> TariffTrackerActions:
        """Actions under `/tariff/tracker`."""
        return TariffTrackerActions(self._caller)

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[Tariff]:
        """List the tariffs of the operator.

        Platform action: `/tariff/list`
        """
        answer = await self._caller.call(LIST, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")


class TariffTrackerActions(Noun):
    """Actions under `/tariff/tracker`."""

    __slots__ = ()

    async def change(
        self,
        *,
        tracker_id: int,
        tariff_id: int,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Put a tracker on another tariff.

        Closed to sub-users.

        Args:
            tracker_id: id of the tracker.
            tariff_id: id of the tariff.

        Raises:
            NotFound: codes 201, 239.
            Unsupported: code 219.
            TooManyTrackers: code 221.
            InvalidRequest: code 237.
            AccessDenied: codes 238, 240.

        Platform action: `/tariff/tracker/change`
        """
        params = {"tracker_id": tracker_id, "tariff_id": tariff_id}
        await self._caller.call(TRACKER_CHANGE, params, timeout=timeout, lane=lane)

    async def list(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TariffTrackerListAnswer:
        """List the tariffs that a tracker may be put on.

        Args:
            tracker_id: id of the tracker.

        Platform action: `/tariff/tracker/list`
        """
        params = {"tracker_id": tracker_id}
        return await self._caller.call(TRACKER_LIST, params, timeout=timeout, lane=lane)
