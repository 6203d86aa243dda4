"""The actions under `/tracker`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import listed, sent
from ..models.tracker import (
    Tracker,
    TrackerGetReadingsAnswer,
    TrackerGetStateAnswer,
    TrackerGetStatesAnswer,
    TrackerListAnswer,
    TrackerReadAnswer,
)
from ..noun import Noun, present

if TYPE_CHECKING:
    from .tracker_group import TrackerGroupActions
    from .tracker_readings import TrackerReadingsActions

GET_READINGS: Operation[TrackerGetReadingsAnswer] = Operation(
    "tracker/get_readings", TrackerGetReadingsAnswer, replay=Replay.READ
)
GET_STATE: Operation[TrackerGetStateAnswer] = Operation("tracker/get_state", TrackerGetStateAnswer, replay=Replay.READ)
GET_STATES: Operation[TrackerGetStatesAnswer] = Operation(
    "tracker/get_states", TrackerGetStatesAnswer, replay=Replay.READ
)
LIST: Operation[TrackerListAnswer] = Operation("tracker/list", TrackerListAnswer, replay=Replay.READ)
READ: Operation[TrackerReadAnswer] = Operation("tracker/read", TrackerReadAnswer, replay=Replay.READ)


class TrackerActions(Noun):
    """Actions under `/tracker`. Trackers: the devices of the account, and their last known state."""

    __slots__ = ()

    @property
    def group(self) -> TrackerGroupActions:
        """Actions under `/tracker/group`."""
        from .tracker_group import TrackerGroupActions  # noqa: PLC0415 - loaded when first used

        return TrackerGroupActions(self._caller)

    @property
    def readings(self) -> TrackerReadingsActions:
        """Actions under `/tracker/readings`."""
        from .tracker_readings import TrackerReadingsActions  # noqa: PLC0415 - loaded when first used

        return TrackerReadingsActions(self._caller)

    async def get_readings(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackerGetReadingsAnswer:
        """Read the last values of the measuring sensors of one tracker.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.

        Platform action: `/tracker/get_readings`
        """
        params = {"tracker_id": tracker_id}
        return await self._caller.call(GET_READINGS, params, timeout=timeout, lane=lane)

    async def get_state(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackerGetStateAnswer:
        """Read the last known state of one tracker: position, movement, inputs, outputs.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.

        Platform action: `/tracker/get_state`
        """
        params = {"tracker_id": tracker_id}
        return await self._caller.call(GET_STATE, params, timeout=timeout, lane=lane)

    async def get_states(
        self,
        trackers: Iterable[int],
        *,
        list_blocked: bool | UnsetType = UNSET,
        allow_not_exist: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TrackerGetStatesAnswer:
        """Read the last known states of many trackers at once.

        Args:
            trackers: ids of trackers; at most 2000 items.
            list_blocked: name blocked trackers in `blocked` instead of refusing the whole list; the platform's default:
                false.
            allow_not_exist: name unknown trackers in `not_exist` instead of refusing the whole list; the platform's
                default: false.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.
            TrackerBlocked: code 208.
            BatchPoisoned: code 217.

        Platform action: `/tracker/get_states`
        """
        params = sent(
            {
                "trackers": listed("trackers", trackers, most=2000),
                "list_blocked": list_blocked,
                "allow_not_exist": allow_not_exist,
            }
        )
        return await self._caller.call(GET_STATES, params, timeout=timeout, lane=lane)

    async def list(
        self,
        *,
        labels: Iterable[str] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[Tracker]:
        """List the trackers of the account, all in one answer.

        Args:
            labels: only trackers whose label contains one of these; 1 to 1024 items; 1 to 60 characters each; each only
                once.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/tracker/list`
        """
        params = sent({"labels": listed("labels", labels, least=1, most=1024, shortest=1, longest=60, unique=True)})
        answer = await self._caller.call(LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    async def read(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Tracker:
        """Read one tracker.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.

        Platform action: `/tracker/read`
        """
        params = {"tracker_id": tracker_id}
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.value, READ, "value")
