"""The actions under `/apn_settings`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ...operations import Lane, Operation, Replay
from ..models.apn_settings import ApnSettings, ApnSettingsReadAnswer
from ..noun import Noun, present

READ: Operation[ApnSettingsReadAnswer] = Operation("apn_settings/read", ApnSettingsReadAnswer, replay=Replay.READ)


class ApnSettingsActions(Noun):
    """Actions under `/apn_settings`. Settings of mobile access points (APN)."""

    __slots__ = ()

    async def read(
        self,
        phone: str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> ApnSettings:
        """Look up the mobile access point (APN) that belongs to a phone number.

        Args:
            phone: phone number, digits without a plus sign.

        Raises:
            NotFound: code 201.

        Platform action: `/apn_settings/read`
        """
        params = {"phone": phone}
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.value, READ, "value")
