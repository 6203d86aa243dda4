"""The actions under `/checkin`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import exactly_one, listed, sent, window
from ..models.checkin import (
    Checkin,
    CheckinCreateAnswer,
    CheckinFormCreateAnswer,
    CheckinFormFileCreateAnswer,
    CheckinFormFileCreateMetadata,
    CheckinFormSubmission,
    CheckinImageCreateAnswer,
    CheckinImageCreateMetadata,
    CheckinListAnswer,
    CheckinReadAnswer,
    FileUploadSlot,
)
from ..models.common import Location
from ..models.conditions import SearchCondition
from ..noun import Noun, present

if TYPE_CHECKING:
    from ...paging import OffsetPager

CheckinFormat: TypeAlias = Literal["pdf", "xlsx"]

CREATE: Operation[CheckinCreateAnswer] = Operation("checkin/create", CheckinCreateAnswer)
DELETE: Operation[dict[str, Any]] = Operation("checkin/delete", dict[str, Any])
FORM_CREATE: Operation[CheckinFormCreateAnswer] = Operation("checkin/form/create", CheckinFormCreateAnswer)
FORM_FILE_CREATE: Operation[CheckinFormFileCreateAnswer] = Operation(
    "checkin/form/file/create", CheckinFormFileCreateAnswer
)
IMAGE_CREATE: Operation[CheckinImageCreateAnswer] = Operation("checkin/image/create", CheckinImageCreateAnswer)
LIST: Operation[CheckinListAnswer] = Operation("checkin/list", CheckinListAnswer, replay=Replay.READ)
READ: Operation[CheckinReadAnswer] = Operation("checkin/read", CheckinReadAnswer, replay=Replay.READ)


class CheckinActions(Noun):
    """Actions under `/checkin`. Check-ins: somebody was at a place, with remarks, pictures and a form."""

    __slots__ = ()

    @property
    def form(self) -> CheckinFormActions:
        """Actions under `/checkin/form`."""
        return CheckinFormActions(self._caller)

    @property
    def image(self) -> CheckinImageActions:
        """Actions under `/checkin/image`."""
        return CheckinImageActions(self._caller)

    async def create(
        self,
        tracker_id: int,
        location: Location | Mapping[str, Any],
        *,
        comment: str | UnsetType = UNSET,
        file_ids: Iterable[int] | UnsetType = UNSET,
        form_submission: CheckinFormSubmission | Mapping[str, Any] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Note that somebody is at a place now, as if it was done in the mobile application.

        Sub-users need the right checkin_update.

        Args:
            tracker_id: id of the tracker.
            location: a position.
            comment: remark.
            file_ids: ids of uploaded files.
            form_submission: the form with its values.

        Raises:
            InvalidRequest: codes 7, 242.
            NotFound: code 201.

        Platform action: `/checkin/create`
        """
        params = sent(
            {
                "tracker_id": tracker_id,
                "location": location,
                "comment": comment,
                "file_ids": listed("file_ids", file_ids),
                "form_submission": form_submission,
            }
        )
        answer = await self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, CREATE, "id")

    async def delete(
        self,
        checkin_ids: Iterable[int],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete check-ins.

        Sub-users need the right checkin_update.

        Args:
            checkin_ids: ids of check-ins.

        Raises:
            InvalidRequest: code 7.
            NotFound: code 201.

        Platform action: `/checkin/delete`
        """
        params = {"checkin_ids": listed("checkin_ids", checkin_ids)}
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    def list(
        self,
        *,
        trackers: Iterable[int] | UnsetType = UNSET,
        from_: datetime | UnsetType = UNSET,
        to: datetime | UnsetType = UNSET,
        conditions: Iterable[SearchCondition | Mapping[str, Any]] | UnsetType = UNSET,
        sort: Iterable[str] | UnsetType = UNSET,
        location: Location | Mapping[str, Any] | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        format: CheckinFormat | str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> OffsetPager[CheckinListAnswer, Checkin]:
        """List check-ins.

        Sub-users need the right employee_update.

        Args:
            trackers: ids of trackers.
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            conditions: only what meets these conditions.
            sort: columns to sort by, each with `=asc` or `=desc`.
            location: a position.
            limit: how many entries at most.
            offset: how many entries to pass over; the platform's default: 0.
            format: pdf or xlsx for a file instead of the list: have it with `account.call_file('checkin/list', ...)`;
                documented: pdf, xlsx.

        Returns:
            A pager: await it for one page, iterate it for everything.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            InvalidRequest: code 7.
            SpanTooBig: code 211.
            BatchPoisoned: code 217.
            TooManyTrackers: code 221.

        Platform action: `/checkin/list`
        """
        from ...paging import OffsetPager  # noqa: PLC0415 - loaded when first used

        window(from_, to)
        params = sent(
            {
                "trackers": listed("trackers", trackers),
                "from": from_,
                "to": to,
                "conditions": listed("conditions", conditions),
                "sort": listed("sort", sort),
                "location": location,
                "limit": limit,
                "offset": offset,
                "format": format,
            }
        )
        return OffsetPager(self._caller, LIST, params, items=lambda answer: answer.list, timeout=timeout, lane=lane)

    async def read(
        self,
        checkin_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Checkin:
        """Read one check-in.

        Sub-users need the right employee_update.

        Args:
            checkin_id: id of the check-in.

        Raises:
            InvalidRequest: code 7.
            NotFound: code 204.

        Platform action: `/checkin/read`
        """
        params = {"checkin_id": checkin_id}
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.value, READ, "value")


class CheckinFormActions(Noun):
    """Actions under `/checkin/form`."""

    __slots__ = ()

    @property
    def file(self) -> CheckinFormFileActions:
        """Actions under `/checkin/form/file`."""
        return CheckinFormFileActions(self._caller)

    async def create(
        self,
        *,
        tracker_id: int,
        template_id: int,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Start a form that is to be sent with the next check-in.

        Args:
            tracker_id: id of the tracker.
            template_id: id of the template of forms.

        Raises:
            NotFound: code 201.

        Platform action: `/checkin/form/create`
        """
        params = {"tracker_id": tracker_id, "template_id": template_id}
        answer = await self._caller.call(FORM_CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, FORM_CREATE, "id")


class CheckinFormFileActions(Noun):
    """Actions under `/checkin/form/file`."""

    __slots__ = ()

    async def create(
        self,
        field_id: str,
        size: int,
        *,
        checkin_id: int | UnsetType = UNSET,
        form_id: int | UnsetType = UNSET,
        filename: str | UnsetType = UNSET,
        metadata: CheckinFormFileCreateMetadata | Mapping[str, Any] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> FileUploadSlot:
        """Ask for a slot to upload a file of a check-in's form into; fill it with `account.fill_slot`.

        Args:
            field_id: id of the field.
            size: bytes of the file; in bytes.
            checkin_id: id of the check-in; exactly one of checkin_id, form_id.
            form_id: id of the form; exactly one of checkin_id, form_id.
            filename: name of the file.
            metadata: what else is known of the file.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.
            Conflict: code 231.
            InvalidRequest: codes 267, 271.
            TariffRestricted: code 268.

        Platform action: `/checkin/form/file/create`
        """
        exactly_one(checkin_id=checkin_id, form_id=form_id)
        params = sent(
            {
                "checkin_id": checkin_id,
                "form_id": form_id,
                "field_id": field_id,
                "size": size,
                "filename": filename,
                "metadata": metadata,
            }
        )
        answer = await self._caller.call(FORM_FILE_CREATE, params, timeout=timeout, lane=lane)
        return present(answer.value, FORM_FILE_CREATE, "value")


class CheckinImageActions(Noun):
    """Actions under `/checkin/image`."""

    __slots__ = ()

    async def create(
        self,
        size: int,
        *,
        filename: str | UnsetType = UNSET,
        metadata: CheckinImageCreateMetadata | Mapping[str, Any] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> FileUploadSlot:
        """Ask for a slot to upload a check-in's picture into; fill it with `account.fill_slot`.

        Args:
            size: bytes of the file; in bytes.
            filename: name of the file.
            metadata: what else is known of the file.

        Raises:
            TariffRestricted: code 268.
            InvalidRequest: code 271.

        Platform action: `/checkin/image/create`
        """
        params = sent({"size": size, "filename": filename, "metadata": metadata})
        answer = await self._caller.call(IMAGE_CREATE, params, timeout=timeout, lane=lane)
        return present(answer.value, IMAGE_CREATE, "value")
