"""Structs of `driver`. Logbooks of drivers.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime

from ..model import ABSENT, Always, Model
from .common import Location


class DriverJournalEntry(Model, kw_only=True, gc=False):
    """A driver journal entry.

    Attributes:
        type: one of work, personal, other.
        length: in km.
    """

    id: Always[int] = ABSENT
    tracker_id: int | None = None
    start_date: datetime | None = None
    end_date: datetime | None = None
    employee_id: int | None = None
    type: str | None = None
    comment: str | None = None
    start_location: Location | None = None
    end_location: Location | None = None
    length: float | None = None
    start_odometer: float | None = None
    end_odometer: float | None = None


class DriverJournalEntryUpdateRequest(Model, kw_only=True, gc=False):
    """A driver journal entry update request.

    Attributes:
        type: one of work, personal, other.
    """

    id: Always[int] = ABSENT
    type: str | None = None
    comment: str | None = None


class DriverJournalProposal(Model, kw_only=True, gc=False):
    """A driver journal proposal.

    Attributes:
        length: in km.
    """

    tracker_id: int | None = None
    employee_id: int | None = None
    start_date: datetime | None = None
    end_date: datetime | None = None
    start_location: Location | None = None
    end_location: Location | None = None
    length: float | None = None
    start_odometer: float | None = None
    end_odometer: float | None = None
    overlapped: bool | None = None


class DriverJournalEntryListAnswer(Model, kw_only=True):
    """What `/driver/journal/entry/list` answers."""

    list: Always[builtins.list[DriverJournalEntry]] = ABSENT


class DriverJournalProposalListAnswer(Model, kw_only=True):
    """What `/driver/journal/proposal/list` answers."""

    list: Always[builtins.list[DriverJournalProposal]] = ABSENT
