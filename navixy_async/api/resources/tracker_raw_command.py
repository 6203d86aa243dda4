"""The actions under `/tracker/raw_command`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation
from ..checks import sent
from ..noun import Noun

RawCommandType: TypeAlias = Literal["text", "hex"]

SEND: Operation[dict[str, Any]] = Operation("tracker/raw_command/send", dict[str, Any], device=True)


class TrackerRawCommandActions(Noun):
    """Actions under `/tracker/raw_command`. Commands sent to devices as they are."""

    __slots__ = ()

    async def send(
        self,
        tracker_id: int,
        command: str,
        *,
        type: RawCommandType | str | UnsetType = UNSET,
        reliable: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Send a command to a device as it is.

        Sub-users need the right tracker_configure, tracker_set_output.

        Args:
            tracker_id: id of the tracker.
            command: the command.
            type: kind; documented: text, hex; the platform's default: text.
            reliable: send again until the device confirms; the platform's default: true.

        Raises:
            InvalidRequest: code 7.
            NotFound: code 201.

        Platform action: `/tracker/raw_command/send`
        """
        params = sent(
            {
                "tracker_id": tracker_id,
                "command": command,
                "type": type,
                "reliable": reliable,
            }
        )
        await self._caller.call(SEND, params, timeout=timeout, lane=lane)
