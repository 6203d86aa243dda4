"""Structs of `department`. Departments that employees belong to.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ..model import ABSENT, Always, Model
from .common import Location


class Department(Model, kw_only=True, gc=False):
    """A department."""

    id: Always[int] = ABSENT
    label: str | None = None
    location: Location | None = None


class DepartmentCreateAnswer(Model, kw_only=True, gc=False):
    """What `/department/create` answers."""

    id: Always[int] = ABSENT


class DepartmentListAnswer(Model, kw_only=True):
    """What `/department/list` answers."""

    list: Always[builtins.list[Department]] = ABSENT
