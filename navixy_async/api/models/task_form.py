"""Structs of `task.form`. Forms of tasks.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime
from typing import Any

from msgspec import field

from ..model import ABSENT, Always, Model
from .checkin import FileUploadSlot
from .common import Location
from .form import Form, FormFile


class FormListFilters(Model, kw_only=True, gc=False):
    """A form list filters."""

    employee_full_name: str | None = None
    form_description: str | None = None
    form_label: str | None = None
    submit_address: str | None = None
    task_id: int | None = None
    task_address: str | None = None
    task_label: str | None = None
    tracker_label: str | None = None
    vehicle_label: str | None = None


class FormListPeriod(Model, kw_only=True, gc=False):
    """A form list period.

    Attributes:
        from_: `from` on the wire.
    """

    from_: datetime | None = field(default=None, name="from")
    to: datetime | None = None


class TaskFormFileCreateMetadata(Model, kw_only=True, gc=False):
    """What `metadata` is made of in `/task/form/file/create`."""

    orientation: int | None = None


class TaskFormListListSubmitPlacesPlaces(Model, kw_only=True, gc=False):
    """The `places` of `TaskFormListListSubmitPlaces`."""

    id: Always[int] = ABSENT
    label: str | None = None


class TaskFormListListSubmitPlacesZones(Model, kw_only=True, gc=False):
    """The `zones` of `TaskFormListListSubmitPlaces`."""

    id: Always[int] = ABSENT
    label: str | None = None


class TaskFormListListSubmitPlaces(Model, kw_only=True):
    """The `submit_places` of `TaskFormListList`."""

    places: list[TaskFormListListSubmitPlacesPlaces] | None = None
    zones: list[TaskFormListListSubmitPlacesZones] | None = None
    location: Location | None = None


class TaskFormListListEmployee(Model, kw_only=True, gc=False):
    """The `employee` of `TaskFormListList`."""

    id: Always[int] = ABSENT
    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None


class TaskFormListListTask(Model, kw_only=True, gc=False):
    """The `task` of `TaskFormListList`.

    Attributes:
        from_: `from` on the wire.
    """

    id: Always[int] = ABSENT
    label: str | None = None
    from_: datetime | None = field(default=None, name="from")
    to: datetime | None = None
    creation_date: datetime | None = None
    arrival_date: datetime | None = None
    address: str | None = None
    status: str | None = None
    completion_date: datetime | None = None
    fact_duration: str | None = None


class TaskFormListListTracker(Model, kw_only=True, gc=False):
    """The `tracker` of `TaskFormListList`."""

    id: Always[int] = ABSENT
    label: str | None = None


class TaskFormListList(Model, kw_only=True):
    """What `list` is made of in `/task/form/list`."""

    form: Form | None = None
    submit_places: TaskFormListListSubmitPlaces | None = None
    employee: TaskFormListListEmployee | None = None
    task: TaskFormListListTask | None = None
    tracker: TaskFormListListTracker | None = None
    vehicle: dict[str, Any] | None = None


class TaskFormFileCreateAnswer(Model, kw_only=True):
    """What `/task/form/file/create` answers."""

    value: Always[FileUploadSlot] = ABSENT


class TaskFormListAnswer(Model, kw_only=True):
    """What `/task/form/list` answers."""

    count: Always[int] = ABSENT
    list: Always[builtins.list[TaskFormListList]] = ABSENT


class TaskFormReadAnswer(Model, kw_only=True):
    """What `/task/form/read` answers."""

    value: Form | None = None
    files: list[FormFile] | None = None
