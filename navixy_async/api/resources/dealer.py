"""The actions under `/dealer`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import sent
from ..models.dealer import DealerGetUiConfigAnswer
from ..noun import Noun

GET_UI_CONFIG: Operation[DealerGetUiConfigAnswer] = Operation(
    "dealer/get_ui_config", DealerGetUiConfigAnswer, replay=Replay.READ, session="none"
)


class DealerActions(Noun):
    """Actions under `/dealer`. The operator of the platform, and the limits that the platform works with."""

    __slots__ = ()

    async def get_ui_config(
        self,
        *,
        domain: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> DealerGetUiConfigAnswer:
        """Read the operator's settings, and the limits of this platform (`platform`).

        Wants no credential.

        Args:
            domain: host name of the operator's user interface; not needed with an account's credential.

        Raises:
            NotFound: codes 12, 201.

        Platform action: `/dealer/get_ui_config`
        """
        params = sent({"domain": domain})
        return await self._caller.call(GET_UI_CONFIG, params, timeout=timeout, lane=lane)
