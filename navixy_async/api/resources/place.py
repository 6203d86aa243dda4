"""The actions under `/place`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...files import UploadSource, as_upload
from ...operations import Lane, Operation, Replay
from ..checks import at_least_one, listed, sent
from ..models.common import Location
from ..models.conditions import SearchCondition
from ..models.place import (
    Place,
    PlaceAvatarUploadAnswer,
    PlaceBatchConvertAnswer,
    PlaceCreateAnswer,
    PlaceListAnswer,
    PlaceReadAnswer,
    PlaceSearchLocationAnswer,
    PlaceSearchLocationList,
    PlaceUploadAnswer,
)
from ..noun import Noun, present

if TYPE_CHECKING:
    from ...paging import OffsetPager

ErrorPolicy: TypeAlias = Literal["ignore", "fail"]

DuplicatePolicy: TypeAlias = Literal["skip", "update", "fail"]

AVATAR_ASSIGN: Operation[dict[str, Any]] = Operation("place/avatar/assign", dict[str, Any], replay=Replay.IDEMPOTENT)
AVATAR_UPLOAD: Operation[PlaceAvatarUploadAnswer] = Operation(
    "place/avatar/upload", PlaceAvatarUploadAnswer, encoding="multipart"
)
BATCH_CONVERT: Operation[PlaceBatchConvertAnswer] = Operation(
    "place/batch_convert", PlaceBatchConvertAnswer, replay=Replay.READ
)
CREATE: Operation[PlaceCreateAnswer] = Operation("place/create", PlaceCreateAnswer)
DELETE: Operation[dict[str, Any]] = Operation("place/delete", dict[str, Any])
LIST: Operation[PlaceListAnswer] = Operation("place/list", PlaceListAnswer, replay=Replay.READ)
READ: Operation[PlaceReadAnswer] = Operation("place/read", PlaceReadAnswer, replay=Replay.READ)
SEARCH_LOCATION: Operation[PlaceSearchLocationAnswer] = Operation(
    "place/search_location", PlaceSearchLocationAnswer, replay=Replay.READ
)
UPDATE: Operation[dict[str, Any]] = Operation("place/update", dict[str, Any], replay=Replay.IDEMPOTENT)
UPLOAD: Operation[PlaceUploadAnswer] = Operation("place/upload", PlaceUploadAnswer, encoding="multipart")


class PlaceActions(Noun):
    """Actions under `/place`. Places: points of interest with an address."""

    __slots__ = ()

    @property
    def avatar(self) -> PlaceAvatarActions:
        """Actions under `/place/avatar`."""
        return PlaceAvatarActions(self._caller)

    async def batch_convert(
        self,
        geocoder: str,
        *,
        batch: str | UnsetType = UNSET,
        file_id: str | UnsetType = UNSET,
        fields: Iterable[str] | UnsetType = UNSET,
        default_radius: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> PlaceBatchConvertAnswer:
        """Turn rows of text, or an uploaded spreadsheet, into places that can be created; nothing is stored.

        Sub-users need the right place_update.

        Args:
            geocoder: which service turns places into addresses.
            batch: rows of text, their columns divided by tabs or semicolons; at least one of batch, file_id; file_id
                counts if both are given.
            file_id: id of an uploaded file; at least one of batch, file_id; file_id counts if both are given.
            fields: what the columns are, in their order; the platform's default: label, address, lat, lng, radius,
                description, tags.
            default_radius: radius where none is given; in m; the platform's default: 100.

        Returns:
            `limit_exceeded` tells whether only the first part of the batch was converted.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            InvalidRequest: code 234.

        Platform action: `/place/batch_convert`
        """
        at_least_one(batch=batch, file_id=file_id)
        params = sent(
            {
                "batch": batch,
                "file_id": file_id,
                "fields": listed("fields", fields),
                "geocoder": geocoder,
                "default_radius": default_radius,
            }
        )
        return await self._caller.call(BATCH_CONVERT, params, timeout=timeout, lane=lane)

    async def create(
        self,
        place: Place | Mapping[str, Any],
        *,
        ignore_missing_fields: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a place, and give its id.

        Sub-users need the right place_update.

        Args:
            place: the place.
            ignore_missing_fields: make it although custom fields that must be given are missing; the platform's
                default: false.

        Raises:
            TariffRestricted: code 268.

        Platform action: `/place/create`
        """
        params = sent({"place": place, "ignore_missing_fields": ignore_missing_fields})
        answer = await self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, CREATE, "id")

    async def delete(
        self,
        place_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a place.

        Sub-users need the right place_update.

        Args:
            place_id: id of the place.

        Raises:
            NotFound: code 201.

        Platform action: `/place/delete`
        """
        params = {"place_id": place_id}
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    def list(
        self,
        *,
        place_ids: Iterable[int] | UnsetType = UNSET,
        filter: str | UnsetType = UNSET,
        conditions: Iterable[SearchCondition | Mapping[str, Any]] | UnsetType = UNSET,
        order_by: str | UnsetType = UNSET,
        ascending: bool | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        tag_ids: Iterable[int] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> OffsetPager[PlaceListAnswer, Place]:
        """List places.

        Args:
            place_ids: ids of places.
            filter: only entries that contain this text.
            conditions: only what meets these conditions.
            order_by: column to sort by.
            ascending: from the oldest or smallest on.
            limit: how many entries at most.
            offset: how many entries to pass over; the platform's default: 0.
            tag_ids: ids of tags.

        Returns:
            A pager: await it for one page, iterate it for everything.

        Platform action: `/place/list`
        """
        from ...paging import OffsetPager  # noqa: PLC0415 - loaded when first used

        params = sent(
            {
                "place_ids": listed("place_ids", place_ids),
                "filter": filter,
                "conditions": listed("conditions", conditions),
                "order_by": order_by,
                "ascending": ascending,
                "limit": limit,
                "offset": offset,
                "tag_ids": listed("tag_ids", tag_ids),
            }
        )
        return OffsetPager(self._caller, LIST, params, items=lambda answer: answer.list, timeout=timeout, lane=lane)

    async def read(
        self,
        place_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Place:
        """Read one place.

        Args:
            place_id: id of the place.

        Raises:
            NotFound: code 201.

        Platform action: `/place/read`
        """
        params = {"place_id": place_id}
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.value, READ, "value")

    async def search_location(
        self,
        location: Location | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[PlaceSearchLocationList]:
        """Find the places that hold a position.

        Args:
            location: a position.

        Platform action: `/place/search_location`
        """
        params = {"location": location}
        answer = await self._caller.call(SEARCH_LOCATION, params, timeout=timeout, lane=lane)
        return present(answer.list, SEARCH_LOCATION, "list")

    async def update(
        self,
        place: Place | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a place.

        Sub-users need the right place_update. Whether what is left out stays is not documented: send the whole as it
        was read, with your changes.

        Args:
            place: the place.

        Raises:
            NotFound: code 201.

        Platform action: `/place/update`
        """
        params = {"place": place}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)

    async def upload(
        self,
        *,
        file: UploadSource,
        error_policy: ErrorPolicy | str,
        duplicate_policy: DuplicatePolicy | str,
        geocoder: str,
        default_radius: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> PlaceUploadAnswer:
        """Upload a file of places and create them.

        Sub-users need the right place_update.

        Args:
            file: the file: a path, bytes, an asynchronous iterator of bytes, or an `Upload` with name and type.
            error_policy: what to do with rows that cannot be read; documented: ignore, fail.
            duplicate_policy: what to do with what exists already; documented: skip, update, fail.
            geocoder: which service turns places into addresses.
            default_radius: radius where none is given; in m; the platform's default: 100.

        Raises:
            InvalidRequest: codes 233, 234.
            Conflict: code 247.
            TariffRestricted: code 268.

        Platform action: `/place/upload`
        """
        params = sent(
            {
                "file": as_upload(file),
                "error_policy": error_policy,
                "duplicate_policy": duplicate_policy,
                "default_radius": default_radius,
                "geocoder": geocoder,
            }
        )
        return await self._caller.call(UPLOAD, params, timeout=timeout, lane=lane)


class PlaceAvatarActions(Noun):
    """Actions under `/place/avatar`."""

    __slots__ = ()

    async def assign(
        self,
        place_id: int,
        *,
        icon_id: int | UnsetType | None = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Give a place one of the platform's icons, or none.

        Sub-users need the right place_update.

        Args:
            place_id: id of the place.
            icon_id: number of the icon; null for none.

        Raises:
            NotFound: code 201.

        Platform action: `/place/avatar/assign`
        """
        params = sent({"place_id": place_id, "icon_id": icon_id})
        await self._caller.call(AVATAR_ASSIGN, params, timeout=timeout, lane=lane)

    async def upload(
        self,
        place_id: int,
        file: UploadSource,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> str:
        """Upload a picture of a place.

        Sub-users need the right place_update.

        Args:
            place_id: id of the place.
            file: the file: a path, bytes, an asynchronous iterator of bytes, or an `Upload` with name and type.

        Raises:
            NotFound: code 201.
            InvalidRequest: codes 233, 234.
            ServerFault: code 254.

        Platform action: `/place/avatar/upload`
        """
        params = {"place_id": place_id, "file": as_upload(file)}
        answer = await self._caller.call(AVATAR_UPLOAD, params, timeout=timeout, lane=lane)
        return present(answer.value, AVATAR_UPLOAD, "value")
