"""Structs of `employee`. Employees: drivers and field workers.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import date
from typing import Any

from ..model import ABSENT, Always, Model
from .common import Location
from .vehicle import ImportProcess


class Employee(Model, kw_only=True):
    """An employee."""

    id: int | None = None
    tracker_id: int | None = None
    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    driver_license_number: str | None = None
    driver_license_cats: str | None = None
    driver_license_issue_date: date | None = None
    driver_license_valid_till: date | None = None
    hardware_key: str | None = None
    icon_id: int | None = None
    avatar_file_name: str | None = None
    department_id: int | None = None
    location: Location | None = None
    personnel_number: str | None = None
    ssn: str | None = None
    tags: list[int] | None = None


class CheckedEmployee(Employee, kw_only=True, gc=True):
    """An employee made of a row of text, and what is wrong with it."""

    errors: list[Any] | None = None
    tag_names: list[str] | None = None


class EmployeeBatchConvertList(Model, kw_only=True):
    """What `list` is made of in `/employee/batch_convert`."""

    value: CheckedEmployee | None = None
    success: bool | None = None


class EmployeeAvatarUploadAnswer(Model, kw_only=True, gc=False):
    """What `/employee/avatar/upload` answers."""

    value: Always[str] = ABSENT


class EmployeeBatchConvertAnswer(Model, kw_only=True):
    """What `/employee/batch_convert` answers.

    Attributes:
        limit_exceeded: whether only the first part of the batch was converted.
    """

    list: Always[builtins.list[EmployeeBatchConvertList]] = ABSENT
    limit_exceeded: bool | None = None


class EmployeeCreateAnswer(Model, kw_only=True, gc=False):
    """What `/employee/create` answers."""

    id: Always[int] = ABSENT


class EmployeeImportListAnswer(Model, kw_only=True):
    """What `/employee/import/list` answers."""

    list: Always[builtins.list[ImportProcess]] = ABSENT


class EmployeeImportReadAnswer(Model, kw_only=True):
    """What `/employee/import/read` answers."""

    value: Always[ImportProcess] = ABSENT


class EmployeeImportStartAnswer(Model, kw_only=True, gc=False):
    """What `/employee/import/start` answers."""

    id: Always[int] = ABSENT


class EmployeeListAnswer(Model, kw_only=True):
    """What `/employee/list` answers."""

    list: Always[builtins.list[Employee]] = ABSENT
    count: Always[int] = ABSENT


class EmployeeReadAnswer(Model, kw_only=True):
    """What `/employee/read` answers."""

    value: Always[Employee] = ABSENT
