"""The actions under `/iot`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..noun import Noun

if TYPE_CHECKING:
    from .iot_logic import IotLogicActions


class IotActions(Noun):
    """Actions under `/iot`."""

    __slots__ = ()

    @property
    def logic(self) -> IotLogicActions:
        """Actions under `/iot/logic`."""
        from .iot_logic import IotLogicActions  # noqa: PLC0415 - loaded when first used

        return IotLogicActions(self._caller)
