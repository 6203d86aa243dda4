"""Why a directory of flows was not written to an account, or not read from it."""

from __future__ import annotations

from collections.abc import Iterable

from ...errors import NavixyError


class FlowsRefused(NavixyError):
    """Nothing further was written, because something would have been lost or refused.

    Attributes:
        reasons: one sentence for every flow or endpoint concerned.
    """

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(self.reasons))
