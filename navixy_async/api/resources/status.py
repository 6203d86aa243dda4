"""The actions under `/status`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import listed, sent
from ..models.status import (
    StatusChange,
    StatusCreateAnswer,
    StatusListAnswer,
    StatusListing,
    StatusListingCreateAnswer,
    StatusListingListAnswer,
    StatusTrackerAssignAnswer,
    StatusTrackerListAnswer,
    StatusTrackerReadAnswer,
    TrackerStatus,
    WorkingStatus,
)
from ..noun import Noun, present

CREATE: Operation[StatusCreateAnswer] = Operation("status/create", StatusCreateAnswer)
DELETE: Operation[dict[str, Any]] = Operation("status/delete", dict[str, Any])
LIST: Operation[StatusListAnswer] = Operation("status/list", StatusListAnswer, replay=Replay.READ)
LISTING_CREATE: Operation[StatusListingCreateAnswer] = Operation("status/listing/create", StatusListingCreateAnswer)
LISTING_DELETE: Operation[dict[str, Any]] = Operation("status/listing/delete", dict[str, Any])
LISTING_LIST: Operation[StatusListingListAnswer] = Operation(
    "status/listing/list", StatusListingListAnswer, replay=Replay.READ
)
LISTING_TRACKER_ASSIGN: Operation[dict[str, Any]] = Operation(
    "status/listing/tracker/assign", dict[str, Any], replay=Replay.IDEMPOTENT
)
LISTING_UPDATE: Operation[dict[str, Any]] = Operation("status/listing/update", dict[str, Any], replay=Replay.IDEMPOTENT)
TRACKER_ASSIGN: Operation[StatusTrackerAssignAnswer] = Operation("status/tracker/assign", StatusTrackerAssignAnswer)
TRACKER_LIST: Operation[StatusTrackerListAnswer] = Operation(
    "status/tracker/list", StatusTrackerListAnswer, replay=Replay.READ
)
TRACKER_READ: Operation[StatusTrackerReadAnswer] = Operation(
    "status/tracker/read", StatusTrackerReadAnswer, replay=Replay.READ
)
UPDATE: Operation[dict[str, Any]] = Operation("status/update", dict[str, Any], replay=Replay.IDEMPOTENT)


class StatusActions(Noun):
    """Actions under `/status`. Working statuses of those who carry trackers."""

    __slots__ = ()

    @property
    def listing(self) -> StatusListingActions:
        """Actions under `/status/listing`."""
        return StatusListingActions(self._caller)

    @property
    def tracker(self) -> StatusTrackerActions:
        """Actions under `/status/tracker`."""
        return StatusTrackerActions(self._caller)

    async def create(
        self,
        listing_id: int,
        status: WorkingStatus | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Add a working status to a list of statuses, and give its id.

        Sub-users need the right tracker_update.

        Args:
            listing_id: id of the list of working statuses.
            status: the status.

        Raises:
            NotFound: code 201.
            TariffRestricted: codes 236, 268.

        Platform action: `/status/create`
        """
        params = {"listing_id": listing_id, "status": status}
        answer = await self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, CREATE, "id")

    async def delete(
        self,
        status_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a working status.

        Sub-users need the right tracker_update.

        Args:
            status_id: id of the working status.

        Raises:
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/status/delete`
        """
        params = {"status_id": status_id}
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    async def list(
        self,
        listing_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[WorkingStatus]:
        """List the working statuses of one list.

        Args:
            listing_id: id of the list of working statuses.

        Raises:
            TariffRestricted: code 236.

        Platform action: `/status/list`
        """
        params = {"listing_id": listing_id}
        answer = await self._caller.call(LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    async def update(
        self,
        status: WorkingStatus | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a working status.

        Sub-users need the right tracker_update. Whether what is left out stays is not documented: send the whole as it
        was read, with your changes.

        Args:
            status: the status.

        Raises:
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/status/update`
        """
        params = {"status": status}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)


class StatusListingActions(Noun):
    """Actions under `/status/listing`."""

    __slots__ = ()

    @property
    def tracker(self) -> StatusListingTrackerActions:
        """Actions under `/status/listing/tracker`."""
        return StatusListingTrackerActions(self._caller)

    async def create(
        self,
        listing: StatusListing | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a list of working statuses, and give its id.

        Sub-users need the right tracker_update.

        Args:
            listing: the list.

        Raises:
            TariffRestricted: codes 236, 268.

        Platform action: `/status/listing/create`
        """
        params = {"listing": listing}
        answer = await self._caller.call(LISTING_CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, LISTING_CREATE, "id")

    async def delete(
        self,
        listing_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a list of working statuses.

        Sub-users need the right tracker_update.

        Args:
            listing_id: id of the list of working statuses.

        Raises:
            NotFound: code 201.
            TariffRestricted: code 236.

        Platform action: `/status/listing/delete`
        """
        params = {"listing_id": listing_id}
        await self._caller.call(LISTING_DELETE, params, timeout=timeout, lane=lane)

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[StatusListing]:
        """List the lists of working statuses.

        Raises:
            TariffRestricted: code 236.

        Platform action: `/status/listing/list`
        """
        answer = await self._caller.call(LISTING_LIST, timeout=timeout, lane=lane)
        return present(answer.list, LISTING_LIST, "list")

    async def update(
        self,
        listing: StatusListing | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a list of working statuses.

        Sub-users need the right tracker_update. Whether what is left out stays is not documented: send the whole as it
        was read, with your changes.

        Args:
            listing: the list.

        Raises:
            NotFound: code 201.
            TariffRestricted: code 236.
            InvalidRequest: code 262.

        Platform action: `/status/listing/update`
        """
        params = {"listing": listing}
        await self._caller.call(LISTING_UPDATE, params, timeout=timeout, lane=lane)


class StatusListingTrackerActions(Noun):
    """Actions under `/status/listing/tracker`."""

    __slots__ = ()

    async def assign(
        self,
        tracker_id: int,
        *,
        listing_id: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Give a tracker a list of working statuses, or take it away.

        Sub-users need the right tracker_update.

        Args:
            tracker_id: id of the tracker.
            listing_id: id of the list of working statuses.

        Raises:
            NotFound: codes 201, 204.
            TrackerBlocked: code 208.
            Unsupported: code 219.
            TariffRestricted: code 236.

        Platform action: `/status/listing/tracker/assign`
        """
        params = sent({"tracker_id": tracker_id, "listing_id": listing_id})
        await self._caller.call(LISTING_TRACKER_ASSIGN, params, timeout=timeout, lane=lane)


class StatusTrackerActions(Noun):
    """Actions under `/status/tracker`."""

    __slots__ = ()

    async def assign(
        self,
        *,
        tracker_id: int,
        new_status_id: int | None,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> StatusChange | None:
        """Set the working status of a tracker.

        Args:
            tracker_id: id of the tracker.
            new_status_id: id of the working status; null for none.

        Raises:
            AccessDenied: code 13.
            NotFound: codes 201, 204.
            TrackerBlocked: code 208.
            Unsupported: code 219.
            TariffRestricted: code 236.
            Conflict: code 263.

        Platform action: `/status/tracker/assign`
        """
        params = {"tracker_id": tracker_id, "new_status_id": new_status_id}
        answer = await self._caller.call(TRACKER_ASSIGN, params, timeout=timeout, lane=lane)
        return answer.last_change

    async def list(
        self,
        trackers: Iterable[int],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> dict[int, TrackerStatus]:
        """Read the working status of many trackers at once.

        Args:
            trackers: ids of trackers.

        Raises:
            BatchPoisoned: code 217.
            TooManyTrackers: code 221.
            TariffRestricted: code 236.

        Platform action: `/status/tracker/list`
        """
        params = {"trackers": listed("trackers", trackers)}
        answer = await self._caller.call(TRACKER_LIST, params, timeout=timeout, lane=lane)
        return present(answer.value, TRACKER_LIST, "value")

    async def read(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> StatusTrackerReadAnswer:
        """Read the working status of one tracker.

        Args:
            tracker_id: id of the tracker.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.
            Unsupported: code 219.
            TariffRestricted: code 236.

        Platform action: `/status/tracker/read`
        """
        params = {"tracker_id": tracker_id}
        return await self._caller.call(TRACKER_READ, params, timeout=timeout, lane=lane)
