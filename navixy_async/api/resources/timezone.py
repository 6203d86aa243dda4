"""The actions under `/timezone`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ...operations import Lane, Operation, Replay
from ..models.timezone import Timezone, TimezoneListAnswer
from ..noun import Noun, present

LIST: Operation[TimezoneListAnswer] = Operation("timezone/list", TimezoneListAnswer, replay=Replay.READ, session="none")


class TimezoneActions(Noun):
    """Actions under `/timezone`. Time zones that the platform knows."""

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

        Platform action: `/timezone/list`
        """
        params = {"locale": locale}
        answer = await self._caller.call(LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")
