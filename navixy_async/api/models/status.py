"""Structs of `status`. Working statuses of those who carry trackers.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime

from ..model import ABSENT, Always, Model
from .common import Location


class StatusChange(Model, kw_only=True, gc=False):
    """A status change.

    Attributes:
        origin: one of employee, supervisor.
    """

    old_status_id: int | None = None
    new_status_id: int | None = None
    location: Location | None = None
    changed: datetime | None = None
    origin: str | None = None
    id: Always[int] = ABSENT


class StatusListing(Model, kw_only=True):
    """A status listing."""

    id: Always[int] = ABSENT
    label: str | None = None
    employee_controlled: bool | None = None
    supervisor_controlled: bool | None = None
    entries: list[int] | None = None


class WorkingStatus(Model, kw_only=True, gc=False):
    """A working status.

    Attributes:
        color: RRGGBB.
    """

    id: Always[int] = ABSENT
    label: str | None = None
    color: str | None = None


class TrackerStatus(Model, kw_only=True, gc=False):
    """The working status of a tracker, and its last change."""

    current_status: WorkingStatus | None = None
    last_change: StatusChange | None = None


class StatusCreateAnswer(Model, kw_only=True, gc=False):
    """What `/status/create` answers."""

    id: Always[int] = ABSENT


class StatusListAnswer(Model, kw_only=True):
    """What `/status/list` answers."""

    list: Always[builtins.list[WorkingStatus]] = ABSENT


class StatusListingCreateAnswer(Model, kw_only=True, gc=False):
    """What `/status/listing/create` answers."""

    id: Always[int] = ABSENT


class StatusListingListAnswer(Model, kw_only=True):
    """What `/status/listing/list` answers."""

    list: Always[builtins.list[StatusListing]] = ABSENT


class StatusTrackerAssignAnswer(Model, kw_only=True, gc=False):
    """What `/status/tracker/assign` answers."""

    last_change: StatusChange | None = None


class StatusTrackerListAnswer(Model, kw_only=True):
    """What `/status/tracker/list` answers."""

    value: Always[dict[int, TrackerStatus]] = ABSENT


class StatusTrackerReadAnswer(Model, kw_only=True, gc=False):
    """What `/status/tracker/read` answers."""

    current_status: WorkingStatus | None = None
    last_change: StatusChange | None = None
