"""The actions under `/tracker/tags`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...operations import Lane, Operation, Replay
from ..checks import listed
from ..models.tracker_tags import TrackerTagsSetTagBindings
from ..noun import Noun

SET: Operation[dict[str, Any]] = Operation("tracker/tags/set", dict[str, Any], replay=Replay.IDEMPOTENT)


class TrackerTagsActions(Noun):
    """Actions under `/tracker/tags`. Tags of trackers."""

    __slots__ = ()

    async def set(
        self,
        tracker_id: int,
        tag_bindings: Iterable[TrackerTagsSetTagBindings | Mapping[str, Any]],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace the tags of a tracker.

        Args:
            tracker_id: id of the tracker.
            tag_bindings: the tags, each with its position.

        Platform action: `/tracker/tags/set`
        """
        params = {"tracker_id": tracker_id, "tag_bindings": listed("tag_bindings", tag_bindings)}
        await self._caller.call(SET, params, timeout=timeout, lane=lane)
