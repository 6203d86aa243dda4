"""Structs of `history`. Events of trackers, assets and the account, as the platform recorded them.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime

from ..model import ABSENT, Always, Model
from .common import Location


class HistoryExtra(Model, kw_only=True):
    """What belongs to certain types of events.

    Attributes:
        precision: in m.
    """

    task_id: int | None = None
    parent_task_id: int | None = None
    counter_id: int | None = None
    service_task_id: int | None = None
    checkin_id: int | None = None
    place_ids: list[int] | None = None
    places_total_count: int | None = None
    last_known_location: bool | None = None
    tracker_label: str | None = None
    emergency: bool | None = None
    zone_ids: list[int] | None = None
    zone_labels: list[str] | None = None
    proximity_object_id: int | None = None
    employee_id: int | None = None
    sensor_id: int | None = None
    sensor_name: str | None = None
    sensor_calculated_value: str | None = None
    full_message: str | None = None
    precision: int | float | None = None


class HistoryEntry(Model, kw_only=True):
    """An event.

    Attributes:
        type: what it comes from; one of socket, tracker, camera.
        message: its text, cut short by the platform; whole in `extra.full_message`.
        time: when it happened.
        event: its type, see `history.type.list`.
        tracker_id: the tracker that it is about.
    """

    id: Always[int] = ABSENT
    type: str | None = None
    is_read: bool | None = None
    message: str | None = None
    time: Always[datetime] = ABSENT
    event: Always[str] = ABSENT
    tracker_id: Always[int] = ABSENT
    rule_id: int | None = None
    track_id: int | None = None
    location: Location | None = None
    address: str | None = None
    extra: HistoryExtra | None = None


class EventType(Model, kw_only=True, gc=False):
    """A type of events.

    Attributes:
        type: its name in `events` and `HistoryEntry.event`.
    """

    type: Always[str] = ABSENT
    description: str | None = None


class HistoryAssetCountAnswer(Model, kw_only=True, gc=False):
    """What `/history/asset/count` answers."""

    total: int | None = None
    total_unread: int | None = None


class HistoryAssetListAnswer(Model, kw_only=True):
    """What `/history/asset/list` answers.

    Attributes:
        limit_exceeded: whether the period was clipped to what the tariff stores.
    """

    list: Always[builtins.list[HistoryEntry]] = ABSENT
    limit_exceeded: bool | None = None


class HistoryReadAnswer(Model, kw_only=True):
    """What `/history/read` answers."""

    value: Always[HistoryEntry] = ABSENT


class HistoryTrackerListAnswer(Model, kw_only=True):
    """What `/history/tracker/list` answers.

    Attributes:
        limit_exceeded: whether more entries match than this answer holds.
    """

    list: Always[builtins.list[HistoryEntry]] = ABSENT
    limit_exceeded: bool | None = None
    total: int | None = None
    total_unread: int | None = None


class HistoryTypeListAnswer(Model, kw_only=True):
    """What `/history/type/list` answers."""

    list: Always[builtins.list[EventType]] = ABSENT


class HistoryUnreadCountAnswer(Model, kw_only=True, gc=False):
    """What `/history/unread/count` answers."""

    count: Always[int] = ABSENT


class HistoryUnreadListAnswer(Model, kw_only=True):
    """What `/history/unread/list` answers."""

    list: Always[builtins.list[HistoryEntry]] = ABSENT


class HistoryUserListAnswer(Model, kw_only=True):
    """What `/history/user/list` answers.

    Attributes:
        limit_exceeded: whether the period was clipped to what the tariff stores.
    """

    list: Always[builtins.list[HistoryEntry]] = ABSENT
    limit_exceeded: bool | None = None
    total: int | None = None
    total_unread: int | None = None
