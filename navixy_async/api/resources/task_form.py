"""The actions under `/task/form`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import at_least_one, listed, sent
from ..models.checkin import FileUploadSlot
from ..models.forms import FormValue
from ..models.task_form import (
    FormListFilters,
    FormListPeriod,
    TaskFormFileCreateAnswer,
    TaskFormFileCreateMetadata,
    TaskFormListAnswer,
    TaskFormListList,
    TaskFormReadAnswer,
)
from ..noun import Download, Noun, present

if TYPE_CHECKING:
    from ...paging import OffsetPager

FormFormat: TypeAlias = Literal["xlsx", "pdf"]

FormOrderBy: TypeAlias = Literal[
    "task_id",
    "created",
    "submitted",
    "task_address",
    "submit_address",
    "employee_full_name",
    "vehicle_label",
    "tracker_label",
    "task_label",
    "task_creation_date",
    "task_from",
    "task_to",
    "task_arrival_date",
    "task_completion_date",
    "form_label",
    "form_description",
]

CREATE: Operation[dict[str, Any]] = Operation("task/form/create", dict[str, Any])
DELETE: Operation[dict[str, Any]] = Operation("task/form/delete", dict[str, Any])
DOWNLOAD: Operation[bytes] = Operation("task/form/download", bytes, replay=Replay.READ)
FILE_CREATE: Operation[TaskFormFileCreateAnswer] = Operation("task/form/file/create", TaskFormFileCreateAnswer)
LIST: Operation[TaskFormListAnswer] = Operation("task/form/list", TaskFormListAnswer, replay=Replay.READ)
READ: Operation[TaskFormReadAnswer] = Operation("task/form/read", TaskFormReadAnswer, replay=Replay.READ)
VALUES_UPDATE: Operation[dict[str, Any]] = Operation(
    "task/form/values/update", dict[str, Any], replay=Replay.IDEMPOTENT
)


class TaskFormActions(Noun):
    """Actions under `/task/form`. Forms of tasks."""

    __slots__ = ()

    @property
    def file(self) -> TaskFormFileActions:
        """Actions under `/task/form/file`."""
        return TaskFormFileActions(self._caller)

    @property
    def values(self) -> TaskFormValuesActions:
        """Actions under `/task/form/values`."""
        return TaskFormValuesActions(self._caller)

    async def create(
        self,
        *,
        task_id: int,
        template_id: int,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Attach a form made of a template to a task or checkpoint.

        Sub-users need the right task_update.

        Args:
            task_id: id of the task.
            template_id: id of the template of forms.

        Raises:
            NotFound: code 201.
            Conflict: codes 247, 255.

        Platform action: `/task/form/create`
        """
        params = {"task_id": task_id, "template_id": template_id}
        await self._caller.call(CREATE, params, timeout=timeout, lane=lane)

    async def delete(
        self,
        task_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Take the form off a task or checkpoint.

        Sub-users need the right task_update.

        Args:
            task_id: id of the task.

        Raises:
            NotFound: code 201.
            Conflict: code 255.

        Platform action: `/task/form/delete`
        """
        params = {"task_id": task_id}
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    def download(
        self,
        task_id: int,
        format: FormFormat | str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Download:
        """Make a file of the form of a task.

        Args:
            task_id: id of the task.
            format: file format; documented: xlsx, pdf.

        Returns:
            The file's bytes (xlsx, pdf).

        Raises:
            NotFound: code 201.

        Platform action: `/task/form/download`
        """
        params = {"task_id": task_id, "format": format}
        return Download(self._caller, DOWNLOAD, params, timeout=timeout, lane=lane)

    def list(
        self,
        *,
        ascending: bool,
        include_unsubmitted: bool,
        template_id: int | UnsetType = UNSET,
        task_ids: Iterable[int] | UnsetType = UNSET,
        order_by: FormOrderBy | str | UnsetType = UNSET,
        filters: FormListFilters | Mapping[str, Any] | UnsetType = UNSET,
        submit_period: FormListPeriod | Mapping[str, Any] | UnsetType = UNSET,
        task_creation_period: FormListPeriod | Mapping[str, Any] | UnsetType = UNSET,
        task_from_period: FormListPeriod | Mapping[str, Any] | UnsetType = UNSET,
        task_to_period: FormListPeriod | Mapping[str, Any] | UnsetType = UNSET,
        task_arrival_period: FormListPeriod | Mapping[str, Any] | UnsetType = UNSET,
        task_completion_period: FormListPeriod | Mapping[str, Any] | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> OffsetPager[TaskFormListAnswer, TaskFormListList]:
        """List the forms of tasks.

        Args:
            ascending: from the oldest or smallest on.
            include_unsubmitted: list forms that nobody has submitted, too.
            template_id: id of the template of forms; at least one of template_id, task_ids.
            task_ids: ids of tasks; at most 5000 items; at least one of template_id, task_ids.
            order_by: column to sort by; documented: task_id, created, submitted, task_address, submit_address,
                employee_full_name, vehicle_label, tracker_label, task_label, task_creation_date, task_from, task_to,
                task_arrival_date, task_completion_date, form_label, form_description; the platform's default:
                submitted.
            filters: only what passes these filters.
            submit_period: only forms submitted in this period.
            task_creation_period: only forms of tasks made in this period.
            task_from_period: only forms of tasks that begin in this period.
            task_to_period: only forms of tasks that end in this period.
            task_arrival_period: only forms of tasks where one arrived in this period.
            task_completion_period: only forms of tasks done in this period.
            offset: how many entries to pass over.
            limit: how many entries at most.

        Returns:
            A pager: await it for one page, iterate it for everything.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 204.

        Platform action: `/task/form/list`
        """
        from ...paging import OffsetPager  # noqa: PLC0415 - loaded when first used

        at_least_one(template_id=template_id, task_ids=task_ids)
        params = sent(
            {
                "template_id": template_id,
                "task_ids": listed("task_ids", task_ids, most=5000),
                "order_by": order_by,
                "ascending": ascending,
                "include_unsubmitted": include_unsubmitted,
                "filters": filters,
                "submit_period": submit_period,
                "task_creation_period": task_creation_period,
                "task_from_period": task_from_period,
                "task_to_period": task_to_period,
                "task_arrival_period": task_arrival_period,
                "task_completion_period": task_completion_period,
                "offset": offset,
                "limit": limit,
            }
        )
        return OffsetPager(self._caller, LIST, params, items=lambda answer: answer.list, timeout=timeout, lane=lane)

    async def read(
        self,
        task_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TaskFormReadAnswer:
        """Read the form of a task.

        Args:
            task_id: id of the task.

        Raises:
            NotFound: code 201.

        Platform action: `/task/form/read`
        """
        params = {"task_id": task_id}
        return await self._caller.call(READ, params, timeout=timeout, lane=lane)


class TaskFormFileActions(Noun):
    """Actions under `/task/form/file`."""

    __slots__ = ()

    async def create(
        self,
        *,
        task_id: int,
        field_id: str,
        size: int,
        filename: str | UnsetType = UNSET,
        metadata: TaskFormFileCreateMetadata | Mapping[str, Any] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> FileUploadSlot:
        """Ask for a slot to upload a file of a task's form into; fill it with `account.fill_slot`.

        Sub-users need the right task_update.

        Args:
            task_id: id of the task.
            field_id: id of the field.
            size: bytes of the file; in bytes.
            filename: name of the file.
            metadata: what else is known of the file.

        Raises:
            NotFound: code 201.
            Conflict: codes 231, 255.
            InvalidRequest: codes 267, 271.
            TariffRestricted: code 268.

        Platform action: `/task/form/file/create`
        """
        params = sent(
            {
                "task_id": task_id,
                "field_id": field_id,
                "size": size,
                "filename": filename,
                "metadata": metadata,
            }
        )
        answer = await self._caller.call(FILE_CREATE, params, timeout=timeout, lane=lane)
        return present(answer.value, FILE_CREATE, "value")


class TaskFormValuesActions(Noun):
    """Actions under `/task/form/values`."""

    __slots__ = ()

    async def update(
        self,
        task_id: int,
        values: Mapping[str, FormValue | Mapping[str, Any]],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Fill in the form of a task.

        Sub-users need the right task_update. Whether what is left out stays is not documented: send the whole as it was
        read, with your changes.

        Args:
            task_id: id of the task.
            values: values by field id.

        Raises:
            AccessDenied: code 101.
            NotFound: code 201.
            InvalidRequest: code 242.
            Conflict: code 255.

        Platform action: `/task/form/values/update`
        """
        params = {"task_id": task_id, "values": values}
        await self._caller.call(VALUES_UPDATE, params, timeout=timeout, lane=lane)
