"""The actions under `/tracker/group`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from typing import Any

from ...operations import Lane, Operation, Replay
from ..checks import listed, sized
from ..models.tracker_group import TrackerGroup, TrackerGroupCreateAnswer, TrackerGroupListAnswer
from ..noun import Noun, present

ASSIGN: Operation[dict[str, Any]] = Operation("tracker/group/assign", dict[str, Any], replay=Replay.IDEMPOTENT)
CREATE: Operation[TrackerGroupCreateAnswer] = Operation("tracker/group/create", TrackerGroupCreateAnswer)
DELETE: Operation[dict[str, Any]] = Operation("tracker/group/delete", dict[str, Any])
LIST: Operation[TrackerGroupListAnswer] = Operation("tracker/group/list", TrackerGroupListAnswer, replay=Replay.READ)
UPDATE: Operation[dict[str, Any]] = Operation("tracker/group/update", dict[str, Any], replay=Replay.IDEMPOTENT)


class TrackerGroupActions(Noun):
    """Actions under `/tracker/group`. Groups that trackers are sorted into."""

    __slots__ = ()

    async def assign(
        self,
        id: int,
        trackers: Iterable[int],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Put trackers into a group.

        Closed to sub-users.

        Args:
            id: id of the group; 0 for the group of those without one.
            trackers: ids of the trackers.

        Raises:
            NotFound: code 201.
            BatchPoisoned: code 217.

        Platform action: `/tracker/group/assign`
        """
        params = {"id": id, "trackers": listed("trackers", trackers)}
        await self._caller.call(ASSIGN, params, timeout=timeout, lane=lane)

    async def create(
        self,
        *,
        title: str,
        color: str,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a group, and give its id.

        Closed to sub-users.

        Args:
            title: name for people; 1 to 60 characters.
            color: colour as six hexadecimal digits, RRGGBB.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/tracker/group/create`
        """
        sized("title", title, least=1, most=60)
        params = {"title": title, "color": color}
        answer = await self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, CREATE, "id")

    async def delete(
        self,
        id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a group, but not the trackers in it.

        Closed to sub-users.

        Args:
            id: id of the group.

        Raises:
            NotFound: code 201.

        Platform action: `/tracker/group/delete`
        """
        params = {"id": id}
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[TrackerGroup]:
        """List the groups.

        Platform action: `/tracker/group/list`
        """
        answer = await self._caller.call(LIST, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    async def update(
        self,
        *,
        id: int,
        title: str,
        color: str,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Rename or recolour a group.

        Closed to sub-users.

        Args:
            id: id of the group.
            title: name for people; 1 to 60 characters.
            color: colour as six hexadecimal digits, RRGGBB.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.

        Platform action: `/tracker/group/update`
        """
        sized("title", title, least=1, most=60)
        params = {"id": id, "title": title, "color": color}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)
