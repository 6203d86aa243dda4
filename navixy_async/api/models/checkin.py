"""Structs of `checkin`. Check-ins: somebody was at a place, with remarks, pictures and a form.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime
from typing import Any, ClassVar

from ..model import ABSENT, Always, Masked, Model
from .common import Location


class CheckinFilesMetadata(Model, kw_only=True, gc=False):
    """The `metadata` of `CheckinFiles`."""

    orientation: int | None = None


class CheckinFiles(Model, kw_only=True, gc=False):
    """The `files` of `Checkin`.

    Attributes:
        type: one of image, file.
        size: in bytes.
        state: one of created, in_progress, uploaded, deleted.
    """

    id: Always[int] = ABSENT
    storage_id: int | None = None
    user_id: int | None = None
    type: str | None = None
    created: datetime | None = None
    uploaded: datetime | None = None
    name: str | None = None
    size: int | float | None = None
    metadata: CheckinFilesMetadata | None = None
    state: str | None = None
    download_url: str | None = None
    mime_type: str | None = None


class Checkin(Model, kw_only=True):
    """A checkin."""

    id: Always[int] = ABSENT
    marker_time: datetime | None = None
    user_id: int | None = None
    tracker_id: int | None = None
    employee_id: int | None = None
    location: Location | None = None
    comment: str | None = None
    files: list[CheckinFiles] | None = None
    form_id: int | None = None
    form_label: str | None = None


class CheckinFormFileCreateMetadata(Model, kw_only=True, gc=False):
    """What `metadata` is made of in `/checkin/form/file/create`."""

    orientation: int | None = None


class CheckinFormSubmission(Model, kw_only=True):
    """A checkin form submission."""

    form_id: int | None = None
    values: dict[str, Any] | None = None


class CheckinImageCreateMetadata(Model, kw_only=True, gc=False):
    """What `metadata` is made of in `/checkin/image/create`."""

    orientation: int | None = None


class FileUploadSlot(Masked, kw_only=True):
    """Where a file may be uploaded to; `account.fill_slot` does it."""

    secret_members: ClassVar[tuple[str, ...]] = ("fields",)

    file_id: int | None = None
    url: str | None = None
    expires: datetime | None = None
    file_field_name: str | None = None
    fields: dict[str, str] | None = None


class CheckinCreateAnswer(Model, kw_only=True, gc=False):
    """What `/checkin/create` answers."""

    id: Always[int] = ABSENT


class CheckinFormCreateAnswer(Model, kw_only=True, gc=False):
    """What `/checkin/form/create` answers."""

    id: Always[int] = ABSENT


class CheckinFormFileCreateAnswer(Model, kw_only=True):
    """What `/checkin/form/file/create` answers."""

    value: Always[FileUploadSlot] = ABSENT


class CheckinImageCreateAnswer(Model, kw_only=True):
    """What `/checkin/image/create` answers."""

    value: Always[FileUploadSlot] = ABSENT


class CheckinListAnswer(Model, kw_only=True):
    """What `/checkin/list` answers."""

    list: Always[builtins.list[Checkin]] = ABSENT
    count: Always[int] = ABSENT


class CheckinReadAnswer(Model, kw_only=True):
    """What `/checkin/read` answers."""

    value: Always[Checkin] = ABSENT
