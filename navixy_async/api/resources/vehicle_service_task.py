"""The actions under `/vehicle/service_task`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import exactly_one, listed, sent
from ..models.checkin import FileUploadSlot
from ..models.conditions import SearchCondition
from ..models.vehicle_service_task import (
    ServiceTask,
    ServiceTaskInputBatchCreate,
    ServiceTaskInputCreate,
    ServiceTaskInputUpdate,
    VehicleServiceTaskCreateAnswer,
    VehicleServiceTaskFileCreateAnswer,
    VehicleServiceTaskFileCreateMetadata,
    VehicleServiceTaskListAnswer,
    VehicleServiceTaskReadAnswer,
)
from ..noun import Download, Noun, present

if TYPE_CHECKING:
    from ...paging import OffsetPager

Statuses: TypeAlias = Literal["created", "notified", "done", "expired"]

ServiceTaskFormat: TypeAlias = Literal["pdf", "xls", "xlsx"]

GroupBy: TypeAlias = Literal["vehicle", "status"]

FileType: TypeAlias = Literal["image", "file"]

BATCH_CREATE: Operation[dict[str, Any]] = Operation("vehicle/service_task/batch_create", dict[str, Any])
CREATE: Operation[VehicleServiceTaskCreateAnswer] = Operation(
    "vehicle/service_task/create", VehicleServiceTaskCreateAnswer
)
DELETE: Operation[dict[str, Any]] = Operation("vehicle/service_task/delete", dict[str, Any])
DOWNLOAD: Operation[bytes] = Operation("vehicle/service_task/download", bytes, replay=Replay.READ)
FILE_CREATE: Operation[VehicleServiceTaskFileCreateAnswer] = Operation(
    "vehicle/service_task/file/create", VehicleServiceTaskFileCreateAnswer
)
LIST: Operation[VehicleServiceTaskListAnswer] = Operation(
    "vehicle/service_task/list", VehicleServiceTaskListAnswer, replay=Replay.READ
)
READ: Operation[VehicleServiceTaskReadAnswer] = Operation(
    "vehicle/service_task/read", VehicleServiceTaskReadAnswer, replay=Replay.READ
)
SET_STATUS: Operation[dict[str, Any]] = Operation("vehicle/service_task/set_status", dict[str, Any])
UPDATE: Operation[dict[str, Any]] = Operation("vehicle/service_task/update", dict[str, Any], replay=Replay.IDEMPOTENT)


class VehicleServiceTaskActions(Noun):
    """Actions under `/vehicle/service_task`. Service tasks of vehicles: maintenance by way, hours or date."""

    __slots__ = ()

    @property
    def file(self) -> VehicleServiceTaskFileActions:
        """Actions under `/vehicle/service_task/file`."""
        return VehicleServiceTaskFileActions(self._caller)

    async def batch_create(
        self,
        vehicle_ids: Iterable[int],
        task: ServiceTaskInputBatchCreate | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Make the same service task for several vehicles.

        Args:
            vehicle_ids: ids of vehicles.
            task: the task.

        Platform action: `/vehicle/service_task/batch_create`
        """
        params = {"vehicle_ids": listed("vehicle_ids", vehicle_ids), "task": task}
        await self._caller.call(BATCH_CREATE, params, timeout=timeout, lane=lane)

    async def create(
        self,
        task: ServiceTaskInputCreate | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a service task, and give its id.

        Args:
            task: the task.

        Raises:
            NotFound: code 201.
            Unsupported: code 214.

        Platform action: `/vehicle/service_task/create`
        """
        params = {"task": task}
        answer = await self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, CREATE, "id")

    async def delete(
        self,
        *,
        task_id: int | UnsetType = UNSET,
        task_ids: Iterable[int] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete service tasks.

        Args:
            task_id: id of the task; exactly one of task_id, task_ids.
            task_ids: ids of tasks; exactly one of task_id, task_ids.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/vehicle/service_task/delete`
        """
        exactly_one(task_id=task_id, task_ids=task_ids)
        params = sent({"task_id": task_id, "task_ids": listed("task_ids", task_ids)})
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    def download(
        self,
        *,
        only_unplanned: bool | UnsetType = UNSET,
        vehicle_ids: Iterable[int] | UnsetType = UNSET,
        statuses: Iterable[Statuses | str] | UnsetType = UNSET,
        conditions: Iterable[SearchCondition | Mapping[str, Any]] | UnsetType = UNSET,
        filter: str | UnsetType = UNSET,
        sort: Iterable[str] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        add_filename_header: bool | UnsetType = UNSET,
        format: ServiceTaskFormat | str | UnsetType = UNSET,
        group_by: GroupBy | str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Download:
        """Make a file of service tasks.

        Args:
            only_unplanned: only tasks that nobody has planned; the platform's default: false.
            vehicle_ids: ids of vehicles.
            statuses: only these statuses; documented: created, notified, done, expired.
            conditions: only what meets these conditions.
            filter: only entries that contain this text.
            sort: columns to sort by, each with `=asc` or `=desc`.
            limit: how many entries at most.
            offset: how many entries to pass over.
            add_filename_header: name the file in a header of the answer; the platform's default: false.
            format: file format; documented: pdf, xls, xlsx; the platform's default: pdf.
            group_by: what the file is grouped by; documented: vehicle, status.

        Returns:
            The file's bytes (pdf, xls, xlsx).

        Platform action: `/vehicle/service_task/download`
        """
        params = sent(
            {
                "only_unplanned": only_unplanned,
                "vehicle_ids": listed("vehicle_ids", vehicle_ids),
                "statuses": listed("statuses", statuses),
                "conditions": listed("conditions", conditions),
                "filter": filter,
                "sort": listed("sort", sort),
                "limit": limit,
                "offset": offset,
                "add_filename_header": add_filename_header,
                "format": format,
                "group_by": group_by,
            }
        )
        return Download(self._caller, DOWNLOAD, params, timeout=timeout, lane=lane)

    def list(
        self,
        *,
        only_unplanned: bool | UnsetType = UNSET,
        vehicle_ids: Iterable[int] | UnsetType = UNSET,
        statuses: Iterable[Statuses | str] | UnsetType = UNSET,
        conditions: Iterable[SearchCondition | Mapping[str, Any]] | UnsetType = UNSET,
        filter: str | UnsetType = UNSET,
        sort: Iterable[str] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        add_filename_header: bool | UnsetType = UNSET,
        return_prediction: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> OffsetPager[VehicleServiceTaskListAnswer, ServiceTask]:
        """List service tasks.

        Args:
            only_unplanned: only tasks that nobody has planned; the platform's default: false.
            vehicle_ids: ids of vehicles.
            statuses: only these statuses; documented: created, notified, done, expired.
            conditions: only what meets these conditions.
            filter: only entries that contain this text.
            sort: columns to sort by, each with `=asc` or `=desc`.
            limit: how many entries at most.
            offset: how many entries to pass over.
            add_filename_header: name the file in a header of the answer; the platform's default: false.
            return_prediction: give a prediction, too; the platform's default: true.

        Returns:
            A pager: await it for one page, iterate it for everything.

        Raises:
            NotFound: code 201.

        Platform action: `/vehicle/service_task/list`
        """
        from ...paging import OffsetPager  # noqa: PLC0415 - loaded when first used

        params = sent(
            {
                "only_unplanned": only_unplanned,
                "vehicle_ids": listed("vehicle_ids", vehicle_ids),
                "statuses": listed("statuses", statuses),
                "conditions": listed("conditions", conditions),
                "filter": filter,
                "sort": listed("sort", sort),
                "limit": limit,
                "offset": offset,
                "add_filename_header": add_filename_header,
                "return_prediction": return_prediction,
            }
        )
        return OffsetPager(self._caller, LIST, params, items=lambda answer: answer.list, timeout=timeout, lane=lane)

    async def read(
        self,
        task_id: int,
        *,
        return_prediction: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> ServiceTask:
        """Read one service task.

        Args:
            task_id: id of the task.
            return_prediction: give a prediction, too; the platform's default: true.

        Raises:
            NotFound: codes 201, 204.

        Platform action: `/vehicle/service_task/read`
        """
        params = sent({"task_id": task_id, "return_prediction": return_prediction})
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.value, READ, "value")

    async def set_status(
        self,
        task_id: int,
        status: str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Set the status of a service task.

        Args:
            task_id: id of the task.
            status: the status.

        Raises:
            NotFound: codes 201, 204.

        Platform action: `/vehicle/service_task/set_status`
        """
        params = {"task_id": task_id, "status": status}
        await self._caller.call(SET_STATUS, params, timeout=timeout, lane=lane)

    async def update(
        self,
        task: ServiceTaskInputUpdate | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a service task.

        Whether what is left out stays is not documented: send the whole as it was read, with your changes.

        Args:
            task: the task.

        Raises:
            NotFound: code 204.
            Unsupported: code 214.

        Platform action: `/vehicle/service_task/update`
        """
        params = {"task": task}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)


class VehicleServiceTaskFileActions(Noun):
    """Actions under `/vehicle/service_task/file`."""

    __slots__ = ()

    async def create(
        self,
        size: int,
        *,
        filename: str | UnsetType = UNSET,
        metadata: VehicleServiceTaskFileCreateMetadata | Mapping[str, Any] | UnsetType = UNSET,
        type: FileType | str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> FileUploadSlot:
        """Ask for a slot to upload a file of a service task into; fill it with `account.fill_slot`.

        Args:
            size: bytes of the file; in bytes.
            filename: name of the file.
            metadata: what else is known of the file.
            type: kind; documented: image, file; the platform's default: file.

        Platform action: `/vehicle/service_task/file/create`
        """
        params = sent(
            {
                "filename": filename,
                "size": size,
                "metadata": metadata,
                "type": type,
            }
        )
        answer = await self._caller.call(FILE_CREATE, params, timeout=timeout, lane=lane)
        return present(answer.value, FILE_CREATE, "value")
