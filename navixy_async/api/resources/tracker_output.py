"""The actions under `/tracker/output`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...operations import Lane, Operation, Replay
from ..checks import listed
from ..models.tracker import TrackerOutput
from ..noun import Noun

SET: Operation[dict[str, Any]] = Operation("tracker/output/set", dict[str, Any], device=True)
SET_ALL: Operation[dict[str, Any]] = Operation("tracker/output/set_all", dict[str, Any], device=True)
UPDATE: Operation[dict[str, Any]] = Operation("tracker/output/update", dict[str, Any], replay=Replay.IDEMPOTENT)


class TrackerOutputActions(Noun):
    """Actions under `/tracker/output`. Outputs of devices."""

    __slots__ = ()

    async def set(
        self,
        *,
        tracker_id: int,
        output: int,
        enable: bool,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Switch one output of a device.

        Sub-users need the right tracker_set_output.

        Args:
            tracker_id: id of the tracker.
            output: number of the output.
            enable: whether the output is switched on.

        Raises:
            NotFound: code 204.
            TrackerBlocked: code 208.
            Conflict: code 213.
            Unsupported: codes 214, 219.

        Platform action: `/tracker/output/set`
        """
        params = {"tracker_id": tracker_id, "output": output, "enable": enable}
        await self._caller.call(SET, params, timeout=timeout, lane=lane)

    async def set_all(
        self,
        tracker_id: int,
        outputs: Iterable[bool],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Switch all outputs of a device at once.

        Sub-users need the right tracker_set_output.

        Args:
            tracker_id: id of the tracker.
            outputs: the state of every output, in their order.

        Raises:
            NotFound: code 204.
            TrackerBlocked: code 208.
            Conflict: code 213.
            Unsupported: codes 214, 219.

        Platform action: `/tracker/output/set_all`
        """
        params = {"tracker_id": tracker_id, "outputs": listed("outputs", outputs)}
        await self._caller.call(SET_ALL, params, timeout=timeout, lane=lane)

    async def update(
        self,
        tracker_id: int,
        tracker_output: TrackerOutput | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Describe an output of a device.

        Whether what is left out stays is not documented: send the whole as it was read, with your changes.

        Args:
            tracker_id: id of the tracker.
            tracker_output: the output.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.

        Platform action: `/tracker/output/update`
        """
        params = {"tracker_id": tracker_id, "tracker_output": tracker_output}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)
