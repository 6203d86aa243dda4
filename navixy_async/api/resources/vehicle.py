"""The actions under `/vehicle`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, UnsetType

from ...files import UploadSource, as_upload
from ...operations import Lane, Operation, Replay
from ..checks import at_least_one, exactly_one, listed, sent, sized
from ..models.vehicle import (
    ImportProcess,
    Vehicle,
    VehicleAvatarUploadAnswer,
    VehicleBatchConvertAnswer,
    VehicleCreateAnswer,
    VehicleImportListAnswer,
    VehicleImportReadAnswer,
    VehicleImportStartAnswer,
    VehicleListAnswer,
    VehicleReadAnswer,
)
from ..noun import Download, Noun, present

if TYPE_CHECKING:
    from ...paging import OffsetPager
    from .vehicle_service_task import VehicleServiceTaskActions
    from .vehicle_status import VehicleStatusActions

AVATAR_ASSIGN: Operation[dict[str, Any]] = Operation("vehicle/avatar/assign", dict[str, Any], replay=Replay.IDEMPOTENT)
AVATAR_UPLOAD: Operation[VehicleAvatarUploadAnswer] = Operation(
    "vehicle/avatar/upload", VehicleAvatarUploadAnswer, encoding="multipart"
)
BATCH_CONVERT: Operation[VehicleBatchConvertAnswer] = Operation(
    "vehicle/batch_convert", VehicleBatchConvertAnswer, replay=Replay.READ
)
CREATE: Operation[VehicleCreateAnswer] = Operation("vehicle/create", VehicleCreateAnswer)
DELETE: Operation[dict[str, Any]] = Operation("vehicle/delete", dict[str, Any])
IMPORT_DOWNLOAD_FAILED: Operation[bytes] = Operation("vehicle/import/download_failed", bytes, replay=Replay.READ)
IMPORT_LIST: Operation[VehicleImportListAnswer] = Operation(
    "vehicle/import/list", VehicleImportListAnswer, replay=Replay.READ
)
IMPORT_READ: Operation[VehicleImportReadAnswer] = Operation(
    "vehicle/import/read", VehicleImportReadAnswer, replay=Replay.READ
)
IMPORT_START: Operation[VehicleImportStartAnswer] = Operation(
    "vehicle/import/start", VehicleImportStartAnswer, cap="import"
)
LIST: Operation[VehicleListAnswer] = Operation("vehicle/list", VehicleListAnswer, replay=Replay.READ)
READ: Operation[VehicleReadAnswer] = Operation("vehicle/read", VehicleReadAnswer, replay=Replay.READ)
UPDATE: Operation[dict[str, Any]] = Operation("vehicle/update", dict[str, Any], replay=Replay.IDEMPOTENT)


class VehicleActions(Noun):
    """Actions under `/vehicle`. Vehicles."""

    __slots__ = ()

    @property
    def avatar(self) -> VehicleAvatarActions:
        """Actions under `/vehicle/avatar`."""
        return VehicleAvatarActions(self._caller)

    @property
    def import_(self) -> VehicleImportActions:
        """Actions under `/vehicle/import_`."""
        return VehicleImportActions(self._caller)

    @property
    def service_task(self) -> VehicleServiceTaskActions:
        """Actions under `/vehicle/service_task`."""
        from .vehicle_service_task import VehicleServiceTaskActions  # noqa: PLC0415 - loaded when first used

        return VehicleServiceTaskActions(self._caller)

    @property
    def status(self) -> VehicleStatusActions:
        """Actions under `/vehicle/status`."""
        from .vehicle_status import VehicleStatusActions  # noqa: PLC0415 - loaded when first used

        return VehicleStatusActions(self._caller)

    async def batch_convert(
        self,
        geocoder: str,
        *,
        batch: str | UnsetType = UNSET,
        file_id: str | UnsetType = UNSET,
        fields: Iterable[str] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> VehicleBatchConvertAnswer:
        """Turn rows of text, or an uploaded spreadsheet, into vehicles that can be created; nothing is stored.

        Sub-users need the right vehicle_update.

        Args:
            geocoder: which service turns places into addresses.
            batch: rows of text, their columns divided by tabs or semicolons; at least one of batch, file_id; file_id
                counts if both are given.
            file_id: id of an uploaded file; at least one of batch, file_id; file_id counts if both are given.
            fields: what the columns are, in their order; the platform's default: label, model, reg_number, fuel_grade.

        Returns:
            `limit_exceeded` tells whether only the first part of the batch was converted.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            InvalidRequest: code 234.

        Platform action: `/vehicle/batch_convert`
        """
        at_least_one(batch=batch, file_id=file_id)
        params = sent(
            {
                "batch": batch,
                "file_id": file_id,
                "fields": listed("fields", fields),
                "geocoder": geocoder,
            }
        )
        return await self._caller.call(BATCH_CONVERT, params, timeout=timeout, lane=lane)

    async def create(
        self,
        vehicle: Vehicle | Mapping[str, Any],
        *,
        force_reassign: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a vehicle, and give its id.

        Sub-users need the right vehicle_update.

        Args:
            vehicle: the vehicle.
            force_reassign: take over what is linked elsewhere; the platform's default: true.

        Raises:
            Conflict: code 247.

        Platform action: `/vehicle/create`
        """
        params = sent({"vehicle": vehicle, "force_reassign": force_reassign})
        answer = await self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, CREATE, "id")

    async def delete(
        self,
        *,
        vehicle_id: int | UnsetType = UNSET,
        vehicle_ids: Iterable[int] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete vehicles.

        Sub-users need the right vehicle_update.

        Args:
            vehicle_id: id of the vehicle; exactly one of vehicle_id, vehicle_ids.
            vehicle_ids: ids of vehicles; exactly one of vehicle_id, vehicle_ids.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.

        Platform action: `/vehicle/delete`
        """
        exactly_one(vehicle_id=vehicle_id, vehicle_ids=vehicle_ids)
        params = sent({"vehicle_id": vehicle_id, "vehicle_ids": listed("vehicle_ids", vehicle_ids)})
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    def list(
        self,
        *,
        limit: int | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        sort: Iterable[str] | UnsetType = UNSET,
        filter: str | UnsetType | None = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> OffsetPager[VehicleListAnswer, Vehicle]:
        """List vehicles.

        Args:
            limit: how many entries at most.
            offset: how many entries to pass over.
            sort: columns to sort by, each with `=asc` or `=desc`; at most 2 items.
            filter: only entries that contain this text; at most 100 characters.

        Returns:
            A pager: await it for one page, iterate it for everything.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/vehicle/list`
        """
        from ...paging import OffsetPager  # noqa: PLC0415 - loaded when first used

        sized("filter", filter, most=100)
        params = sent(
            {
                "limit": limit,
                "offset": offset,
                "sort": listed("sort", sort, most=2),
                "filter": filter,
            }
        )
        return OffsetPager(self._caller, LIST, params, items=lambda answer: answer.list, timeout=timeout, lane=lane)

    async def read(
        self,
        vehicle_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Vehicle:
        """Read one vehicle.

        Args:
            vehicle_id: id of the vehicle.

        Raises:
            NotFound: code 201.

        Platform action: `/vehicle/read`
        """
        params = {"vehicle_id": vehicle_id}
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.value, READ, "value")

    async def update(
        self,
        vehicle: Vehicle | Mapping[str, Any],
        *,
        force_reassign: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a vehicle.

        Sub-users need the right vehicle_update. Whether what is left out stays is not documented: send the whole as it
        was read, with your changes.

        Args:
            vehicle: the vehicle.
            force_reassign: take over what is linked elsewhere; the platform's default: true.

        Raises:
            NotFound: code 201.
            Conflict: codes 247, 261.

        Platform action: `/vehicle/update`
        """
        params = sent({"vehicle": vehicle, "force_reassign": force_reassign})
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)


class VehicleAvatarActions(Noun):
    """Actions under `/vehicle/avatar`."""

    __slots__ = ()

    async def assign(
        self,
        *,
        vehicle_id: int,
        icon_id: int | None,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Give a vehicle one of the platform's icons, or none.

        Sub-users need the right vehicle_update.

        Args:
            vehicle_id: id of the vehicle.
            icon_id: number of the icon; null for none.

        Raises:
            NotFound: code 201.

        Platform action: `/vehicle/avatar/assign`
        """
        params = {"vehicle_id": vehicle_id, "icon_id": icon_id}
        await self._caller.call(AVATAR_ASSIGN, params, timeout=timeout, lane=lane)

    async def upload(
        self,
        vehicle_id: int,
        file: UploadSource,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> str:
        """Upload a picture of a vehicle.

        Sub-users need the right vehicle_update.

        Args:
            vehicle_id: id of the vehicle.
            file: the file: a path, bytes, an asynchronous iterator of bytes, or an `Upload` with name and type.

        Raises:
            NotFound: code 201.
            InvalidRequest: codes 233, 234.
            ServerFault: code 254.

        Platform action: `/vehicle/avatar/upload`
        """
        params = {"vehicle_id": vehicle_id, "file": as_upload(file)}
        answer = await self._caller.call(AVATAR_UPLOAD, params, timeout=timeout, lane=lane)
        return present(answer.value, AVATAR_UPLOAD, "value")


class VehicleImportActions(Noun):
    """Actions under `/vehicle/import_`."""

    __slots__ = ()

    def download_failed(
        self,
        process_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Download:
        """Make a file of the rows that an import could not take.

        Args:
            process_id: id of the import.

        Returns:
            The file's bytes.

        Raises:
            NotFound: codes 201, 204.

        Platform action: `/vehicle/import/download_failed`
        """
        params = {"process_id": process_id}
        return Download(self._caller, IMPORT_DOWNLOAD_FAILED, params, timeout=timeout, lane=lane)

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[ImportProcess]:
        """List imports of vehicles.

        Platform action: `/vehicle/import/list`
        """
        answer = await self._caller.call(IMPORT_LIST, timeout=timeout, lane=lane)
        return present(answer.list, IMPORT_LIST, "list")

    async def read(
        self,
        process_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> ImportProcess:
        """Read how far an import of vehicles is.

        Args:
            process_id: id of the import.

        Raises:
            NotFound: code 201.

        Platform action: `/vehicle/import/read`
        """
        params = {"process_id": process_id}
        answer = await self._caller.call(IMPORT_READ, params, timeout=timeout, lane=lane)
        return present(answer.value, IMPORT_READ, "value")

    async def start(
        self,
        filename: str,
        headers: Iterable[str],
        *,
        user_headers: Iterable[str] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Start to import vehicles from an uploaded spreadsheet.

        Args:
            filename: name of the file.
            headers: what the columns are, in their order.
            user_headers: what the columns are called, in their order.

        Raises:
            RateLimited: code 15.
            InvalidRequest: codes 233, 234.
            Conflict: code 247.

        Platform action: `/vehicle/import/start`
        """
        params = sent(
            {
                "filename": filename,
                "headers": listed("headers", headers),
                "user_headers": listed("user_headers", user_headers),
            }
        )
        answer = await self._caller.call(IMPORT_START, params, timeout=timeout, lane=lane)
        return present(answer.id, IMPORT_START, "id")
