"""Structs of `panel.tracker`. The trackers of all users.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import date

from ..model import ABSENT, Always, Model


class PanelTrackerSource(Model, kw_only=True, gc=False):
    """The `source` of `PanelTracker`.

    Attributes:
        connection_status: one of signal_lost, just_registered, just_replaced, offline, idle, active.
    """

    id: Always[int] = ABSENT
    device_id: str | None = None
    model: str | None = None
    blocked: bool | None = None
    tariff_id: int | None = None
    creation_date: date | None = None
    tariff_end_date: date | None = None
    connection_status: str | None = None
    phone: str | None = None
    corrupted: bool | None = None


class PanelTracker(Model, kw_only=True, gc=False):
    """A panel tracker."""

    id: Always[int] = ABSENT
    avatar_file_name: str | None = None
    clone: bool | None = None
    comment: str | None = None
    creation_date: date | None = None
    group_id: int | None = None
    dealer_id: int | None = None
    deleted: bool | None = None
    label: str | None = None
    user_id: int | None = None
    model_name: str | None = None
    last_connection: str | None = None
    source: PanelTrackerSource | None = None


class PanelTrackerActiveHistoryListListTrackers(Model, kw_only=True, gc=False):
    """The `trackers` of `PanelTrackerActiveHistoryListList`."""

    tracker_id: int | None = None
    user_id: int | None = None
    label: str | None = None
    device_id: str | None = None


class PanelTrackerActiveHistoryListList(Model, kw_only=True):
    """What `list` is made of in `/panel/tracker/active/history/list`."""

    month: str | None = None
    amount: int | None = None
    trackers: list[PanelTrackerActiveHistoryListListTrackers] | None = None


class PanelTrackerBatchDeleteClonesNotDeletedTrackers(Model, kw_only=True, gc=False):
    """What `not_deleted_trackers` is made of in `/panel/tracker/batch_delete_clones`."""

    id: Always[int] = ABSENT
    error: str | None = None


class PanelTrackerActiveHistoryListAnswer(Model, kw_only=True):
    """What `/panel/tracker/active/history/list` answers."""

    list: Always[builtins.list[PanelTrackerActiveHistoryListList]] = ABSENT


class PanelTrackerBatchCloneAnswer(Model, kw_only=True):
    """What `/panel/tracker/batch_clone` answers."""

    list: Always[builtins.list[int]] = ABSENT
    ignored_trackers: builtins.list[int] | None = None


class PanelTrackerBatchDeleteClonesAnswer(Model, kw_only=True):
    """What `/panel/tracker/batch_delete_clones` answers."""

    deleted_count: int | None = None
    not_deleted_count: int | None = None
    not_deleted_trackers: list[PanelTrackerBatchDeleteClonesNotDeletedTrackers] | None = None


class PanelTrackerCloneAnswer(Model, kw_only=True, gc=False):
    """What `/panel/tracker/clone` answers."""

    id: Always[int] = ABSENT


class PanelTrackerConsoleConnectAnswer(Model, kw_only=True, gc=False):
    """What `/panel/tracker/console/connect` answers."""

    key: str | None = None
    timestamp: int | None = None
    type: str | None = None


class PanelTrackerListAnswer(Model, kw_only=True):
    """What `/panel/tracker/list` answers."""

    list: Always[builtins.list[PanelTracker]] = ABSENT
    count: Always[int] = ABSENT


class PanelTrackerReadAnswer(Model, kw_only=True, gc=False):
    """What `/panel/tracker/read` answers."""

    value: Always[PanelTracker] = ABSENT
