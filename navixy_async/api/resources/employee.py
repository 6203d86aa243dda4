"""The actions under `/employee`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, UnsetType

from ...files import UploadSource, as_upload
from ...operations import Lane, Operation, Replay
from ..checks import at_least_one, listed, sent, sized
from ..models.employee import (
    Employee,
    EmployeeAvatarUploadAnswer,
    EmployeeBatchConvertAnswer,
    EmployeeCreateAnswer,
    EmployeeImportListAnswer,
    EmployeeImportReadAnswer,
    EmployeeImportStartAnswer,
    EmployeeListAnswer,
    EmployeeReadAnswer,
)
from ..models.vehicle import ImportProcess
from ..noun import Download, Noun, present

if TYPE_CHECKING:
    from ...paging import OffsetPager

AVATAR_ASSIGN: Operation[dict[str, Any]] = Operation("employee/avatar/assign", dict[str, Any], replay=Replay.IDEMPOTENT)
AVATAR_UPLOAD: Operation[EmployeeAvatarUploadAnswer] = Operation(
    "employee/avatar/upload", EmployeeAvatarUploadAnswer, encoding="multipart"
)
BATCH_CONVERT: Operation[EmployeeBatchConvertAnswer] = Operation(
    "employee/batch_convert", EmployeeBatchConvertAnswer, replay=Replay.READ
)
CREATE: Operation[EmployeeCreateAnswer] = Operation("employee/create", EmployeeCreateAnswer)
DELETE: Operation[dict[str, Any]] = Operation("employee/delete", dict[str, Any])
IMPORT_DOWNLOAD_FAILED: Operation[bytes] = Operation("employee/import/download_failed", bytes, replay=Replay.READ)
IMPORT_LIST: Operation[EmployeeImportListAnswer] = Operation(
    "employee/import/list", EmployeeImportListAnswer, replay=Replay.READ
)
IMPORT_READ: Operation[EmployeeImportReadAnswer] = Operation(
    "employee/import/read", EmployeeImportReadAnswer, replay=Replay.READ
)
IMPORT_START: Operation[EmployeeImportStartAnswer] = Operation(
    "employee/import/start", EmployeeImportStartAnswer, cap="import"
)
LIST: Operation[EmployeeListAnswer] = Operation("employee/list", EmployeeListAnswer, replay=Replay.READ)
READ: Operation[EmployeeReadAnswer] = Operation("employee/read", EmployeeReadAnswer, replay=Replay.READ)
UPDATE: Operation[dict[str, Any]] = Operation("employee/update", dict[str, Any], replay=Replay.IDEMPOTENT)


class EmployeeActions(Noun):
    """Actions under `/employee`. Employees: drivers and field workers."""

    __slots__ = ()

    @property
    def avatar(self) -> EmployeeAvatarActions:
        """Actions under `/employee/avatar`."""
        return EmployeeAvatarActions(self._caller)

    @property
    def import_(self) -> EmployeeImportActions:
        """Actions under `/employee/import_`."""
        return EmployeeImportActions(self._caller)

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
    ) -> EmployeeBatchConvertAnswer:
        """Turn rows of text, or an uploaded spreadsheet, into employees that can be created; nothing is stored.

        Sub-users need the right employee_update.

        Args:
            geocoder: which service turns places into addresses.
            batch: rows of text, their columns divided by tabs or semicolons; at least one of batch, file_id; file_id
                counts if both are given.
            file_id: id of an uploaded file; at least one of batch, file_id; file_id counts if both are given.
            fields: what the columns are, in their order; the platform's default: first_name, middle_name, last_name,
                email, phone.
            default_radius: radius where none is given; in m; the platform's default: 100.

        Returns:
            `limit_exceeded` tells whether only the first part of the batch was converted.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            InvalidRequest: code 234.

        Platform action: `/employee/batch_convert`
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
        employee: Employee | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make an employee, and give the id.

        Sub-users need the right employee_update.

        Args:
            employee: the employee.

        Raises:
            Conflict: code 247.

        Platform action: `/employee/create`
        """
        params = {"employee": employee}
        answer = await self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, CREATE, "id")

    async def delete(
        self,
        employee_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete an employee.

        Sub-users need the right employee_update.

        Args:
            employee_id: id of the employee.

        Raises:
            NotFound: code 201.

        Platform action: `/employee/delete`
        """
        params = {"employee_id": employee_id}
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
    ) -> OffsetPager[EmployeeListAnswer, Employee]:
        """List employees.

        Args:
            limit: how many entries at most.
            offset: how many entries to pass over.
            sort: columns to sort by, each with `=asc` or `=desc`; at most 2 items.
            filter: only entries that contain this text; at most 100 characters.

        Returns:
            A pager: await it for one page, iterate it for everything.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/employee/list`
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
        employee_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Employee:
        """Read one employee.

        Args:
            employee_id: id of the employee.

        Raises:
            NotFound: code 201.

        Platform action: `/employee/read`
        """
        params = {"employee_id": employee_id}
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.value, READ, "value")

    async def update(
        self,
        employee: Employee | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace an employee.

        Sub-users need the right employee_update. Whether what is left out stays is not documented: send the whole as it
        was read, with your changes.

        Args:
            employee: the employee.

        Raises:
            NotFound: code 201.
            Conflict: code 247.

        Platform action: `/employee/update`
        """
        params = {"employee": employee}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)


class EmployeeAvatarActions(Noun):
    """Actions under `/employee/avatar`."""

    __slots__ = ()

    async def assign(
        self,
        *,
        employee_id: int,
        icon_id: int | None,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Give an employee one of the platform's icons, or none.

        Sub-users need the right employee_update.

        Args:
            employee_id: id of the employee.
            icon_id: number of the icon; null for none.

        Raises:
            NotFound: code 201.

        Platform action: `/employee/avatar/assign`
        """
        params = {"employee_id": employee_id, "icon_id": icon_id}
        await self._caller.call(AVATAR_ASSIGN, params, timeout=timeout, lane=lane)

    async def upload(
        self,
        employee_id: int,
        file: UploadSource,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> str:
        """Upload a picture of an employee.

        Sub-users need the right employee_update.

        Args:
            employee_id: id of the employee.
            file: the file: a path, bytes, an asynchronous iterator of bytes, or an `Upload` with name and type.

        Raises:
            NotFound: code 201.
            InvalidRequest: codes 233, 234.
            ServerFault: code 254.

        Platform action: `/employee/avatar/upload`
        """
        params = {"employee_id": employee_id, "file": as_upload(file)}
        answer = await self._caller.call(AVATAR_UPLOAD, params, timeout=timeout, lane=lane)
        return present(answer.value, AVATAR_UPLOAD, "value")


class EmployeeImportActions(Noun):
    """Actions under `/employee/import_`."""

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

        Platform action: `/employee/import/download_failed`
        """
        params = {"process_id": process_id}
        return Download(self._caller, IMPORT_DOWNLOAD_FAILED, params, timeout=timeout, lane=lane)

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[ImportProcess]:
        """List imports of employees.

        Platform action: `/employee/import/list`
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
        """Read how far an import of employees is.

        Args:
            process_id: id of the import.

        Raises:
            NotFound: code 201.

        Platform action: `/employee/import/read`
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
        """Start to import employees from an uploaded spreadsheet.

        Args:
            filename: name of the file.
            headers: what the columns are, in their order.
            user_headers: what the columns are called, in their order.

        Raises:
            RateLimited: code 15.
            InvalidRequest: codes 233, 234.
            Conflict: code 247.

        Platform action: `/employee/import/start`
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
