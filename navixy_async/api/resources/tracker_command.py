"""The actions under `/tracker/command`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...operations import Lane, Operation, Replay
from ..models.tracker_command import TrackerCommandCreateAnswer, TrackerCommandUnconfirmedCountAnswer
from ..noun import Noun, present

CREATE: Operation[TrackerCommandCreateAnswer] = Operation("tracker/command/create", TrackerCommandCreateAnswer)
DELETE: Operation[dict[str, Any]] = Operation("tracker/command/delete", dict[str, Any])
EXECUTE: Operation[dict[str, Any]] = Operation("tracker/command/execute", dict[str, Any], device=True)
UNCONFIRMED_COUNT: Operation[TrackerCommandUnconfirmedCountAnswer] = Operation(
    "tracker/command/unconfirmed/count", TrackerCommandUnconfirmedCountAnswer, replay=Replay.READ
)
UNCONFIRMED_RESET: Operation[dict[str, Any]] = Operation(
    "tracker/command/unconfirmed/reset", dict[str, Any], replay=Replay.IDEMPOTENT
)
UPDATE: Operation[dict[str, Any]] = Operation("tracker/command/update", dict[str, Any], replay=Replay.IDEMPOTENT)


class TrackerCommandActions(Noun):
    """Actions under `/tracker/command`. Commands kept for trackers."""

    __slots__ = ()

    @property
    def unconfirmed(self) -> TrackerCommandUnconfirmedActions:
        """Actions under `/tracker/command/unconfirmed`."""
        return TrackerCommandUnconfirmedActions(self._caller)

    async def create(
        self,
        tracker_id: int,
        command: Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Keep a command for a tracker, and give its id.

        Sub-users need the right tracker_update.

        Args:
            tracker_id: id of the tracker.
            command: the command.

        Raises:
            InvalidRequest: code 7.
            NotFound: code 201.

        Platform action: `/tracker/command/create`
        """
        params = {"tracker_id": tracker_id, "command": command}
        answer = await self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, CREATE, "id")

    async def delete(
        self,
        *,
        tracker_id: int,
        command_id: int,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a kept command.

        Sub-users need the right tracker_update.

        Args:
            tracker_id: id of the tracker.
            command_id: id of the kept command.

        Raises:
            InvalidRequest: code 7.
            NotFound: code 201.

        Platform action: `/tracker/command/delete`
        """
        params = {"tracker_id": tracker_id, "command_id": command_id}
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    async def execute(
        self,
        *,
        tracker_id: int,
        command_id: int,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Send a kept command to its device.

        Sub-users need the right tracker_update.

        Args:
            tracker_id: id of the tracker.
            command_id: id of the kept command.

        Raises:
            InvalidRequest: code 7.
            NotFound: code 201.

        Platform action: `/tracker/command/execute`
        """
        params = {"tracker_id": tracker_id, "command_id": command_id}
        await self._caller.call(EXECUTE, params, timeout=timeout, lane=lane)

    async def update(
        self,
        tracker_id: int,
        command: Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a kept command.

        Sub-users need the right tracker_update.

        Args:
            tracker_id: id of the tracker.
            command: the command.

        Raises:
            InvalidRequest: code 7.
            NotFound: code 201.

        Platform action: `/tracker/command/update`
        """
        params = {"tracker_id": tracker_id, "command": command}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)


class TrackerCommandUnconfirmedActions(Noun):
    """Actions under `/tracker/command/unconfirmed`."""

    __slots__ = ()

    async def count(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Count the commands that a device has not confirmed.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 204.
            TrackerBlocked: code 208.

        Platform action: `/tracker/command/unconfirmed/count`
        """
        params = {"tracker_id": tracker_id}
        answer = await self._caller.call(UNCONFIRMED_COUNT, params, timeout=timeout, lane=lane)
        return present(answer.count, UNCONFIRMED_COUNT, "count")

    async def reset(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Forget the commands that a device has not confirmed.

        Sub-users need the right tracker_update.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 204.
            TrackerBlocked: code 208.

        Platform action: `/tracker/command/unconfirmed/reset`
        """
        params = {"tracker_id": tracker_id}
        await self._caller.call(UNCONFIRMED_RESET, params, timeout=timeout, lane=lane)
