"""The actions under `/tracker/contact`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ...operations import Lane, Operation, Replay
from ..models.tracker_contact import TrackerContactListAnswer
from ..noun import Noun

LIST: Operation[TrackerContactListAnswer] = Operation(
    "tracker/contact/list", TrackerContactListAnswer, replay=Replay.READ
)


class TrackerContactActions(Noun):
    """Actions under `/tracker/contact`. Contacts of trackers."""

    __slots__ = ()

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> TrackerContactListAnswer:
        """List contacts of trackers.

        Raises:
            NotFound: code 201.

        Platform action: `/tracker/contact/list`
        """
        return await self._caller.call(LIST, timeout=timeout, lane=lane)
