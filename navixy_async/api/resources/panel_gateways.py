"""The actions under `/panel/gateways`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ...operations import Lane, Operation, Replay
from ..models.panel_gateways import PanelGatewaysEmailListAnswer
from ..noun import Noun

EMAIL_LIST: Operation[PanelGatewaysEmailListAnswer] = Operation(
    "panel/gateways/email/list", PanelGatewaysEmailListAnswer, api="panel", replay=Replay.READ, session="panel_session"
)


class PanelGatewaysActions(Noun):
    """Actions under `/panel/gateways`. Gateways that messages are sent through."""

    __slots__ = ()

    @property
    def email(self) -> PanelGatewaysEmailActions:
        """Actions under `/panel/gateways/email`."""
        return PanelGatewaysEmailActions(self._caller)


class PanelGatewaysEmailActions(Noun):
    """Actions under `/panel/gateways/email`."""

    __slots__ = ()

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> PanelGatewaysEmailListAnswer:
        """List the gateways that mails are sent through.

        Platform action: `/panel/gateways/email/list`
        """
        return await self._caller.call(EMAIL_LIST, timeout=timeout, lane=lane)
