"""The actions under `/dwh`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..noun import Noun

if TYPE_CHECKING:
    from .dwh_tracker import DwhTrackerActions


class DwhActions(Noun):
    """Actions under `/dwh`."""

    __slots__ = ()

    @property
    def tracker(self) -> DwhTrackerActions:
        """Actions under `/dwh/tracker`."""
        from .dwh_tracker import DwhTrackerActions  # noqa: PLC0415 - loaded when first used

        return DwhTrackerActions(self._caller)
