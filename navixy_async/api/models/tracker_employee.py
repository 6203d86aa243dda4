"""Structs of `tracker.employee`. Who drives or carries a tracker.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from datetime import datetime

from ..model import Model
from .common import Location
from .employee import Employee


class EmployeeAssignment(Model, kw_only=True, gc=False):
    """An employee assignment.

    Attributes:
        origin: one of supervisor, tracker.
    """

    old_employee_id: int | None = None
    new_employee_id: int | None = None
    location: Location | None = None
    origin: str | None = None
    hardware_key: str | None = None
    changed: datetime | None = None


class TrackerEmployeeReadAnswer(Model, kw_only=True):
    """What `/tracker/employee/read` answers."""

    current: Employee | None = None
    last_change: EmployeeAssignment | None = None
