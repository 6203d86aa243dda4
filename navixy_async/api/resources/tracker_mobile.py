"""The actions under `/tracker/mobile`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation
from ..checks import sent, sized
from ..models.tracker import Tracker
from ..models.tracker_mobile import TrackerMobileRegisterAnswer
from ..noun import Noun, present

REGISTER: Operation[TrackerMobileRegisterAnswer] = Operation("tracker/mobile/register", TrackerMobileRegisterAnswer)


class TrackerMobileActions(Noun):
    """Actions under `/tracker/mobile`. The mobile application as a tracker."""

    __slots__ = ()

    async def register(
        self,
        label: str,
        group_id: int,
        *,
        device_id: str | UnsetType = UNSET,
        send_register_commands: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Tracker:
        """Register the mobile application as a tracker.

        Sub-users need the right tracker_register.

        Args:
            label: name for people; 1 to 60 characters.
            group_id: id of the group.
            device_id: the device's own number, such as its IMEI.
            send_register_commands: whether the commands that set the device up are sent.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            AccessDenied: codes 13, 225.
            NotFound: code 204.
            TooManyTrackers: code 221.
            Conflict: code 224.

        Platform action: `/tracker/mobile/register`
        """
        sized("label", label, least=1, most=60)
        params = sent(
            {
                "label": label,
                "group_id": group_id,
                "device_id": device_id,
                "send_register_commands": send_register_commands,
            }
        )
        answer = await self._caller.call(REGISTER, params, timeout=timeout, lane=lane)
        return present(answer.value, REGISTER, "value")
