"""The actions under `/panel/timezone`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ...operations import Lane, Operation, Replay
from ..models.panel_timezone import PanelTimezoneListAnswer
from ..models.timezone import Timezone
from ..noun import Noun, present

LIST: Operation[PanelTimezoneListAnswer] = Operation(
    "panel/timezone/list", PanelTimezoneListAnswer, api="panel", replay=Replay.READ, session="none"
)


class PanelTimezoneActions(Noun):
    """Actions under `/panel/timezone`. Time zones that the platform knows."""

    __slots__ = ()

    async def list(
        self,
        locale: str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[Timezone]:
        """List the time zones, described in a language.

        Wants no credential.

        Args:
            locale: language and country, such as en_US.

        Platform action: `/panel/timezone/list`
        """
        params = {"locale": locale}
        answer = await self._caller.call(LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")
