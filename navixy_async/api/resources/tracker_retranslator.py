"""The actions under `/tracker/retranslator`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from typing import Any

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import sent
from ..models.tracker_retranslator import TrackerRetranslatorListAnswer, TrackerRetranslatorListList
from ..noun import Noun, present

BIND: Operation[dict[str, Any]] = Operation("tracker/retranslator/bind", dict[str, Any])
LIST: Operation[TrackerRetranslatorListAnswer] = Operation(
    "tracker/retranslator/list", TrackerRetranslatorListAnswer, replay=Replay.READ
)
UNBIND: Operation[dict[str, Any]] = Operation("tracker/retranslator/unbind", dict[str, Any])


class TrackerRetranslatorActions(Noun):
    """Actions under `/tracker/retranslator`. Where the data of trackers is forwarded to."""

    __slots__ = ()

    async def bind(
        self,
        *,
        tracker_id: int,
        retranslator_id: int,
        fake_device_id: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Forward the data of a tracker to another server.

        Closed to sub-users.

        Args:
            tracker_id: id of the tracker.
            retranslator_id: id of the retranslator.
            fake_device_id: device id that is sent on instead of the real one.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.
            Unsupported: code 219.
            TariffRestricted: code 236.
            InvalidRequest: code 242.

        Platform action: `/tracker/retranslator/bind`
        """
        params = sent({"tracker_id": tracker_id, "retranslator_id": retranslator_id, "fake_device_id": fake_device_id})
        await self._caller.call(BIND, params, timeout=timeout, lane=lane)

    async def list(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[TrackerRetranslatorListList]:
        """List where the data of a tracker is forwarded to.

        Args:
            tracker_id: id of the tracker.

        Raises:
            TrackerBlocked: code 208.

        Platform action: `/tracker/retranslator/list`
        """
        params = {"tracker_id": tracker_id}
        answer = await self._caller.call(LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    async def unbind(
        self,
        *,
        tracker_id: int,
        retranslator_id: int,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Stop forwarding the data of a tracker.

        Closed to sub-users.

        Args:
            tracker_id: id of the tracker.
            retranslator_id: id of the retranslator.

        Raises:
            TrackerBlocked: code 208.
            Unsupported: code 219.

        Platform action: `/tracker/retranslator/unbind`
        """
        params = {"tracker_id": tracker_id, "retranslator_id": retranslator_id}
        await self._caller.call(UNBIND, params, timeout=timeout, lane=lane)
