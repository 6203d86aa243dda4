"""The actions under `/zone`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...files import UploadSource, as_upload
from ...operations import Lane, Operation, Replay
from ..checks import at_least_one, exactly_one, listed, sent, within
from ..models.common import Location
from ..models.zone import (
    Zone,
    ZoneBatchConvertAnswer,
    ZoneCreateAnswer,
    ZoneListAnswer,
    ZonePoint,
    ZonePointListAnswer,
    ZoneReadAnswer,
    ZoneSearchLocationAnswer,
    ZoneSearchLocationList,
    ZoneUploadAnswer,
)
from ..noun import Download, Noun, present

if TYPE_CHECKING:
    from ...paging import OffsetPager

Fields: TypeAlias = Literal["label", "address", "lat", "lng", "radius", "tags"]

ZoneFormat: TypeAlias = Literal["kml", "kmz"]

BATCH_CONVERT: Operation[ZoneBatchConvertAnswer] = Operation(
    "zone/batch_convert", ZoneBatchConvertAnswer, replay=Replay.READ
)
CREATE: Operation[ZoneCreateAnswer] = Operation("zone/create", ZoneCreateAnswer)
DELETE: Operation[dict[str, Any]] = Operation("zone/delete", dict[str, Any])
DOWNLOAD: Operation[bytes] = Operation("zone/download", bytes, replay=Replay.READ)
LIST: Operation[ZoneListAnswer] = Operation("zone/list", ZoneListAnswer, replay=Replay.READ)
POINT_LIST: Operation[ZonePointListAnswer] = Operation("zone/point/list", ZonePointListAnswer, replay=Replay.READ)
POINT_UPDATE: Operation[dict[str, Any]] = Operation("zone/point/update", dict[str, Any], replay=Replay.IDEMPOTENT)
READ: Operation[ZoneReadAnswer] = Operation("zone/read", ZoneReadAnswer, replay=Replay.READ)
SEARCH_LOCATION: Operation[ZoneSearchLocationAnswer] = Operation(
    "zone/search_location", ZoneSearchLocationAnswer, replay=Replay.READ
)
UPDATE: Operation[dict[str, Any]] = Operation("zone/update", dict[str, Any], replay=Replay.IDEMPOTENT)
UPLOAD: Operation[ZoneUploadAnswer] = Operation("zone/upload", ZoneUploadAnswer, encoding="multipart")


class ZoneActions(Noun):
    """Actions under `/zone`. Geofences."""

    __slots__ = ()

    @property
    def point(self) -> ZonePointActions:
        """Actions under `/zone/point`."""
        return ZonePointActions(self._caller)

    async def batch_convert(
        self,
        *,
        batch: str | UnsetType = UNSET,
        file_id: str | UnsetType = UNSET,
        fields: Iterable[Fields | str] | UnsetType = UNSET,
        geocoder: str | UnsetType = UNSET,
        default_radius: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> ZoneBatchConvertAnswer:
        """Turn rows of text, or an uploaded spreadsheet, into geofences that can be created; nothing is stored.

        Sub-users need the right zone_update.

        Args:
            batch: rows of text, their columns divided by tabs or semicolons; at least one of batch, file_id; file_id
                counts if both are given.
            file_id: id of an uploaded file; at least one of batch, file_id; file_id counts if both are given.
            fields: what the columns are, in their order; documented: label, address, lat, lng, radius, tags; the
                platform's default: label, address, lat, lng, radius, tags.
            geocoder: which service turns places into addresses.
            default_radius: radius where none is given; the platform's default: 100.

        Returns:
            `limit_exceeded` tells whether only the first part of the batch was converted.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            InvalidRequest: code 234.

        Platform action: `/zone/batch_convert`
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
        zone: Zone | Mapping[str, Any],
        *,
        points: Iterable[ZonePoint | Mapping[str, Any]] | UnsetType = UNSET,
        zone_color: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a geofence, and give its id.

        Sub-users need the right zone_update.

        Args:
            zone: the geofence.
            points: the points; 2 to 1024 items.
            zone_color: colour as six hexadecimal digits, RRGGBB; the platform's default: 27A9E3.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            InvalidRequest: codes 202, 284.
            Unsupported: code 230.
            TariffRestricted: code 268.

        Platform action: `/zone/create`
        """
        params = sent({"zone": zone, "points": listed("points", points, least=2, most=1024), "zone.color": zone_color})
        answer = await self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, CREATE, "id")

    async def delete(
        self,
        *,
        zone_id: int | UnsetType = UNSET,
        zone_ids: Iterable[int] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete geofences.

        Sub-users need the right zone_update.

        Args:
            zone_id: id of the geofence; exactly one of zone_id, zone_ids.
            zone_ids: ids of geofences; exactly one of zone_id, zone_ids.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.
            Conflict: code 203.

        Platform action: `/zone/delete`
        """
        exactly_one(zone_id=zone_id, zone_ids=zone_ids)
        params = sent({"zone_id": zone_id, "zone_ids": listed("zone_ids", zone_ids)})
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    def download(
        self,
        *,
        format: ZoneFormat | str | UnsetType = UNSET,
        zone_ids: Iterable[int] | UnsetType | None = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Download:
        """Make a file for maps of geofences.

        Args:
            format: file format; documented: kml, kmz; the platform's default: kml.
            zone_ids: ids of geofences.

        Returns:
            The file's bytes (kml, kmz).

        Platform action: `/zone/download`
        """
        params = sent({"format": format, "zone_ids": listed("zone_ids", zone_ids)})
        return Download(self._caller, DOWNLOAD, params, timeout=timeout, lane=lane)

    def list(
        self,
        *,
        filter: str | UnsetType = UNSET,
        tag_ids: Iterable[int] | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        with_points: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> OffsetPager[ZoneListAnswer, Zone]:
        """List geofences.

        Args:
            filter: only entries that contain this text.
            tag_ids: ids of tags.
            offset: how many entries to pass over.
            limit: how many entries at most.
            with_points: put the points into each track; the platform's default: false.

        Returns:
            A pager: await it for one page, iterate it for everything.

        Platform action: `/zone/list`
        """
        from ...paging import OffsetPager  # noqa: PLC0415 - loaded when first used

        params = sent(
            {
                "filter": filter,
                "tag_ids": listed("tag_ids", tag_ids),
                "offset": offset,
                "limit": limit,
                "with_points": with_points,
            }
        )
        return OffsetPager(self._caller, LIST, params, items=lambda answer: answer.list, timeout=timeout, lane=lane)

    async def read(
        self,
        zone_id: int,
        *,
        with_points: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Zone:
        """Read one geofence.

        Args:
            zone_id: id of the geofence.
            with_points: put the points into each track; the platform's default: false.

        Platform action: `/zone/read`
        """
        params = sent({"zone_id": zone_id, "with_points": with_points})
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.value, READ, "value")

    async def search_location(
        self,
        location: Location | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[ZoneSearchLocationList]:
        """Find the geofences that hold a position.

        Args:
            location: a position.

        Platform action: `/zone/search_location`
        """
        params = {"location": location}
        answer = await self._caller.call(SEARCH_LOCATION, params, timeout=timeout, lane=lane)
        return present(answer.list, SEARCH_LOCATION, "list")

    async def update(
        self,
        zone: Zone | Mapping[str, Any],
        *,
        zone_color: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a geofence; its points, too, if they are sent.

        Sub-users need the right zone_update. The platform replaces the whole: what is left out is gone, so send what
        was read, with your changes.

        Args:
            zone: the geofence.
            zone_color: colour as six hexadecimal digits, RRGGBB; the platform's default: 27A9E3.

        Raises:
            NotFound: code 201.
            Conflict: code 231.

        Platform action: `/zone/update`
        """
        params = sent({"zone": zone, "zone.color": zone_color})
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)

    async def upload(
        self,
        file: UploadSource,
        *,
        default_radius: int | UnsetType = UNSET,
        dry_run: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[Zone]:
        """Upload a KML file of geofences; with `dry_run=False` they are created.

        Sub-users need the right zone_update.

        Args:
            file: the file: a path, bytes, an asynchronous iterator of bytes, or an `Upload` with name and type.
            default_radius: radius where none is given; in m; at least 20; the platform's default: 150.
            dry_run: only check the file, and make nothing; the platform's default: true.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            InvalidRequest: codes 202, 233, 234, 284.
            TariffRestricted: code 268.

        Platform action: `/zone/upload`
        """
        within("default_radius", default_radius, least=20)
        params = sent({"file": as_upload(file), "default_radius": default_radius, "dry_run": dry_run})
        answer = await self._caller.call(UPLOAD, params, timeout=timeout, lane=lane)
        return present(answer.list, UPLOAD, "list")


class ZonePointActions(Noun):
    """Actions under `/zone/point`."""

    __slots__ = ()

    async def list(
        self,
        zone_id: int,
        *,
        count: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[ZonePoint]:
        """Read the points of a geofence.

        Args:
            zone_id: id of the geofence.
            count: how many.

        Raises:
            NotFound: code 201.
            Unsupported: code 230.

        Platform action: `/zone/point/list`
        """
        params = sent({"zone_id": zone_id, "count": count})
        answer = await self._caller.call(POINT_LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, POINT_LIST, "list")

    async def update(
        self,
        zone_id: int,
        points: Iterable[ZonePoint | Mapping[str, Any]],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace the points of a geofence.

        Sub-users need the right zone_update. The platform replaces the whole: what is left out is gone, so send what
        was read, with your changes.

        Args:
            zone_id: id of the geofence.
            points: the points; 2 to 1024 items.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.
            InvalidRequest: codes 202, 284.
            Unsupported: code 230.

        Platform action: `/zone/point/update`
        """
        params = {"zone_id": zone_id, "points": listed("points", points, least=2, most=1024)}
        await self._caller.call(POINT_UPDATE, params, timeout=timeout, lane=lane)
