"""Structs of `form`. Forms: questions that tasks and check-ins ask.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Raw

from ..model import ABSENT, Always, Model
from .common import Location
from .forms import FORM_FIELD, FORM_VALUE, FormField, FormValue


class Form(Model, kw_only=True):
    """A form with its values."""

    id: Always[int] = ABSENT
    label: str | None = None
    if TYPE_CHECKING:
        fields: list[FormField] | None = None
    else:
        fields: Raw = ABSENT
    created: datetime | None = None
    submit_in_zone: bool | None = None
    task_id: int | None = None
    template_id: int | None = None
    if TYPE_CHECKING:
        values: dict[str, FormValue] | None = None
    else:
        values: Raw = ABSENT
    submitted: datetime | None = None
    submit_location: Location | None = None
    description: str | None = None
    template_version: int | None = None
    tracker_id: int | None = None
    checkin_id: int | None = None

    def __post_init__(self) -> None:
        self.fields = FORM_FIELD.many(self.fields)
        self.values = FORM_VALUE.mapped(self.values)


class FormFileMetadata(Model, kw_only=True, gc=False):
    """The `metadata` of `FormFile`."""

    orientation: int | None = None


class FormFileBindingsFormField(Model, kw_only=True, gc=False):
    """The `form_field` of `FormFileBindings`."""

    form_id: int | None = None
    field_id: str | None = None
    submitted: bool | None = None


class FormFileBindings(Model, kw_only=True, gc=False):
    """The `bindings` of `FormFile`."""

    form_field: FormFileBindingsFormField | None = None


class FormFilePreviews(Model, kw_only=True, gc=False):
    """The `previews` of `FormFile`."""

    download_url: str | None = None


class FormFile(Model, kw_only=True):
    """A form file.

    Attributes:
        type: one of image, file.
        size: in bytes.
        state: one of created, in_progress, uploaded, deleted.
    """

    id: Always[int] = ABSENT
    type: str | None = None
    created: datetime | None = None
    uploaded: datetime | None = None
    name: str | None = None
    size: int | float | None = None
    metadata: FormFileMetadata | None = None
    state: str | None = None
    download_url: str | None = None
    storage_id: int | None = None
    user_id: int | None = None
    mime_type: str | None = None
    bindings: FormFileBindings | None = None
    previews: list[FormFilePreviews] | None = None


class FormTemplate(Model, kw_only=True):
    """A form template."""

    id: Always[int] = ABSENT
    label: str | None = None
    description: str | None = None
    version: int | None = None
    if TYPE_CHECKING:
        fields: list[FormField] | None = None
    else:
        fields: Raw = ABSENT
    created: datetime | None = None
    submit_in_zone: bool | None = None
    updated: datetime | None = None
    default: bool | None = None

    def __post_init__(self) -> None:
        self.fields = FORM_FIELD.many(self.fields)


class FormTemplateStatsReadTasks(Model, kw_only=True, gc=False):
    """What `tasks` is made of in `/form/template/stats/read`."""

    unassigned: int | None = None
    assigned: int | None = None
    done: int | None = None
    failed: int | None = None
    delayed: int | None = None
    arrived: int | None = None
    faulty: int | None = None


class FormReadAnswer(Model, kw_only=True):
    """What `/form/read` answers."""

    value: Always[Form] = ABSENT
    files: list[FormFile] | None = None


class FormTemplateCreateAnswer(Model, kw_only=True, gc=False):
    """What `/form/template/create` answers."""

    id: Always[int] = ABSENT


class FormTemplateListAnswer(Model, kw_only=True):
    """What `/form/template/list` answers."""

    list: Always[builtins.list[FormTemplate]] = ABSENT


class FormTemplateReadAnswer(Model, kw_only=True):
    """What `/form/template/read` answers."""

    value: Always[FormTemplate] = ABSENT


class FormTemplateStatsReadAnswer(Model, kw_only=True, gc=False):
    """What `/form/template/stats/read` answers."""

    tasks: FormTemplateStatsReadTasks | None = None
    scheduled: int | None = None
