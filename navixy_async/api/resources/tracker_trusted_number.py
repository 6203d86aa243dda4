"""The actions under `/tracker/trusted_number`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from typing import Any

from ...operations import Lane, Operation, Replay
from ..checks import listed
from ..models.tracker_trusted_number import TrackerTrustedNumberListAnswer
from ..noun import Noun, present

LIST: Operation[TrackerTrustedNumberListAnswer] = Operation(
    "tracker/trusted_number/list", TrackerTrustedNumberListAnswer, replay=Replay.READ
)
UPDATE: Operation[dict[str, Any]] = Operation("tracker/trusted_number/update", dict[str, Any], device=True)


class TrackerTrustedNumberActions(Noun):
    """Actions under `/tracker/trusted_number`. Phone numbers that devices obey."""

    __slots__ = ()

    async def list(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[str]:
        """List the phone numbers that a device obeys.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.

        Platform action: `/tracker/trusted_number/list`
        """
        params = {"tracker_id": tracker_id}
        answer = await self._caller.call(LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    async def update(
        self,
        tracker_id: int,
        list: Iterable[str],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace the phone numbers that a device obeys.

        Sub-users need the right tracker_update.

        Args:
            tracker_id: id of the tracker.
            list: the new list.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.

        Platform action: `/tracker/trusted_number/update`
        """
        params = {"tracker_id": tracker_id, "list": listed("list", list)}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)
