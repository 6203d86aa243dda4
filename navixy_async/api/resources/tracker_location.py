"""The actions under `/tracker/location`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import listed, sent, sized
from ..models.conditions import SearchCondition
from ..models.tracker_location import (
    LocationLink,
    LocationLinkLifetime,
    LocationLinkParams,
    LocationLinkTracker,
    TrackerLocationLinkCreateAnswer,
    TrackerLocationLinkListAnswer,
    TrackerLocationLinkReadAnswer,
)
from ..noun import Noun, present

if TYPE_CHECKING:
    from ...paging import OffsetPager

LINK_CREATE: Operation[TrackerLocationLinkCreateAnswer] = Operation(
    "tracker/location/link/create", TrackerLocationLinkCreateAnswer
)
LINK_DELETE: Operation[dict[str, Any]] = Operation("tracker/location/link/delete", dict[str, Any])
LINK_LIST: Operation[TrackerLocationLinkListAnswer] = Operation(
    "tracker/location/link/list", TrackerLocationLinkListAnswer, replay=Replay.READ
)
LINK_READ: Operation[TrackerLocationLinkReadAnswer] = Operation(
    "tracker/location/link/read", TrackerLocationLinkReadAnswer, replay=Replay.READ
)
LINK_STATUS_CHANGE: Operation[dict[str, Any]] = Operation(
    "tracker/location/link/status/change", dict[str, Any], replay=Replay.IDEMPOTENT
)
LINK_UPDATE: Operation[dict[str, Any]] = Operation(
    "tracker/location/link/update", dict[str, Any], replay=Replay.IDEMPOTENT
)


class TrackerLocationActions(Noun):
    """Actions under `/tracker/location`. Links that show trackers to whoever has them."""

    __slots__ = ()

    @property
    def link(self) -> TrackerLocationLinkActions:
        """Actions under `/tracker/location/link`."""
        return TrackerLocationLinkActions(self._caller)


class TrackerLocationLinkActions(Noun):
    """Actions under `/tracker/location/link`."""

    __slots__ = ()

    @property
    def status(self) -> TrackerLocationLinkStatusActions:
        """Actions under `/tracker/location/link/status`."""
        return TrackerLocationLinkStatusActions(self._caller)

    async def create(
        self,
        description: str,
        trackers: Iterable[LocationLinkTracker | Mapping[str, Any]],
        params: LocationLinkParams | Mapping[str, Any],
        *,
        lifetime: LocationLinkLifetime | Mapping[str, Any] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a link that shows trackers to whoever has it.

        Sub-users need the right weblocator_session_create.

        Args:
            description: description; at most 255 characters.
            trackers: the trackers that the link shows; 1 to 100 items.
            params: what the link shows, and how.
            lifetime: when the link works.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            AccessDenied: code 13.
            NotFound: code 204.
            BatchPoisoned: code 217.
            TariffRestricted: codes 236, 268.

        Platform action: `/tracker/location/link/create`
        """
        sized("description", description, most=255)
        params = sent(
            {
                "lifetime": lifetime,
                "description": description,
                "trackers": listed("trackers", trackers, least=1, most=100),
                "params": params,
            }
        )
        answer = await self._caller.call(LINK_CREATE, params, timeout=timeout, lane=lane)
        return present(answer.value, LINK_CREATE, "value")

    async def delete(
        self,
        id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a link that shows trackers.

        Args:
            id: id of the link.

        Raises:
            NotFound: code 201.

        Platform action: `/tracker/location/link/delete`
        """
        params = {"id": id}
        await self._caller.call(LINK_DELETE, params, timeout=timeout, lane=lane)

    def list(
        self,
        *,
        filter: str | UnsetType = UNSET,
        conditions: Iterable[SearchCondition | Mapping[str, Any]] | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        sort: Iterable[str] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> OffsetPager[TrackerLocationLinkListAnswer, LocationLink]:
        """List the links that show trackers.

        Args:
            filter: only entries that contain this text.
            conditions: only what meets these conditions.
            offset: how many entries to pass over; the platform's default: 0.
            limit: how many entries at most; the platform's default: 10000.
            sort: columns to sort by, each with `=asc` or `=desc`.

        Returns:
            A pager: await it for one page, iterate it for everything.

        Platform action: `/tracker/location/link/list`
        """
        from ...paging import OffsetPager  # noqa: PLC0415 - loaded when first used

        params = sent(
            {
                "filter": filter,
                "conditions": listed("conditions", conditions),
                "offset": offset,
                "limit": limit,
                "sort": listed("sort", sort),
            }
        )
        return OffsetPager(
            self._caller, LINK_LIST, params, items=lambda answer: answer.list, timeout=timeout, lane=lane
        )

    async def read(
        self,
        id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> LocationLink:
        """Read one link that shows trackers.

        Args:
            id: id of the link.

        Raises:
            NotFound: code 201.

        Platform action: `/tracker/location/link/read`
        """
        params = {"id": id}
        answer = await self._caller.call(LINK_READ, params, timeout=timeout, lane=lane)
        return present(answer.value, LINK_READ, "value")

    async def update(
        self,
        *,
        id: int,
        description: str,
        trackers: Iterable[LocationLinkTracker | Mapping[str, Any]],
        params: LocationLinkParams | Mapping[str, Any],
        lifetime: LocationLinkLifetime | Mapping[str, Any] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a link that shows trackers.

        Whether what is left out stays is not documented: send the whole as it was read, with your changes.

        Args:
            id: id of the link.
            description: description; at most 255 characters.
            trackers: the trackers that the link shows; 1 to 100 items.
            params: what the link shows, and how.
            lifetime: when the link works.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            AccessDenied: code 13.
            NotFound: codes 201, 204.
            BatchPoisoned: code 217.
            TariffRestricted: code 236.

        Platform action: `/tracker/location/link/update`
        """
        sized("description", description, most=255)
        params = sent(
            {
                "id": id,
                "lifetime": lifetime,
                "description": description,
                "trackers": listed("trackers", trackers, least=1, most=100),
                "params": params,
            }
        )
        await self._caller.call(LINK_UPDATE, params, timeout=timeout, lane=lane)


class TrackerLocationLinkStatusActions(Noun):
    """Actions under `/tracker/location/link/status`."""

    __slots__ = ()

    async def change(
        self,
        id: int,
        is_active: bool,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Switch a link on or off.

        Args:
            id: id of the link.
            is_active: whether the link works.

        Raises:
            NotFound: code 201.

        Platform action: `/tracker/location/link/status/change`
        """
        params = {"id": id, "is_active": is_active}
        await self._caller.call(LINK_STATUS_CHANGE, params, timeout=timeout, lane=lane)
