"""The actions under `/plugin`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ...operations import Lane, Operation, Replay
from ..models.plugin import Plugin, PluginListAnswer
from ..noun import Noun, present

LIST: Operation[PluginListAnswer] = Operation("plugin/list", PluginListAnswer, replay=Replay.READ)


class PluginActions(Noun):
    """Actions under `/plugin`. Report plugins that the account may use."""

    __slots__ = ()

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[Plugin]:
        """List the report plugins that the account may use.

        Platform action: `/plugin/list`
        """
        answer = await self._caller.call(LIST, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")
