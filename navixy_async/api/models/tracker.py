"""Structs of `tracker`. Trackers: the devices of the account, and their last known state.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import date, datetime
from typing import Any

from ..model import ABSENT, Always, Model
from .common import Location


class SensorValue(Model, kw_only=True, gc=False):
    """The last value of a measuring sensor."""

    label: str | None = None
    name: str | None = None
    type: str | None = None
    value: float | None = None
    units_type: str | None = None
    units: str | None = None
    converted_units_type: str | None = None
    converted_value: float | None = None


class TrackerSource(Model, kw_only=True, gc=False):
    """The device behind a tracker.

    Attributes:
        id: the `source_id` of states and of the event stream.
        device_id: the device's own number, such as its IMEI.
        blocked: whether the platform refuses to tell anything about it.
    """

    id: Always[int] = ABSENT
    device_id: str | int | None = None
    model: str | None = None
    blocked: bool | None = None
    tariff_id: int | None = None
    status_listing_id: int | None = None
    creation_date: date | None = None
    tariff_end_date: date | None = None
    phone: str | None = None


class TagBinding(Model, kw_only=True, gc=False):
    """A tag of a tracker."""

    tag_id: int | None = None
    ordinal: int | None = None


class Tracker(Model, kw_only=True):
    """A tracker.

    Attributes:
        label: its name for people.
        clone: whether it shows the device of another account's tracker.
        group_id: id of its group, 0 if it is in none.
        source: the device behind it.
    """

    id: Always[int] = ABSENT
    label: Always[str] = ABSENT
    clone: bool | None = None
    group_id: int | None = None
    avatar_file_name: str | None = None
    source: Always[TrackerSource] = ABSENT
    tag_bindings: list[TagBinding] | None = None


class GpsState(Model, kw_only=True, gc=False):
    """Where a tracker was last.

    Attributes:
        signal_level: in percent.
        heading: in deg.
        speed: in km/h.
        alt: in m.
        precision: in m.
    """

    updated: datetime | None = None
    signal_level: int | float | None = None
    location: Location | None = None
    heading: int | float | None = None
    speed: int | float | None = None
    alt: int | float | None = None
    precision: int | float | None = None
    gsm_lbs: bool | None = None


class GsmState(Model, kw_only=True, gc=False):
    """How a tracker was connected last.

    Attributes:
        signal_level: in percent.
    """

    updated: datetime | None = None
    signal_level: int | float | None = None
    network_name: str | None = None
    roaming: bool | None = None


class StateField(Model, kw_only=True):
    """A state field that a device sends."""

    value: Any = None
    updated: datetime | None = None


class TrackerState(Model, kw_only=True):
    """The last known state of a tracker.

    Attributes:
        source_id: id of the device, which is not the tracker's id.
        gps: where it was last.
        connection_status: one of signal_lost, just_registered, just_replaced, offline, idle, active.
        movement_status: one of moving, stopped, parked.
        last_update: when the device was heard of last.
        battery_level: in percent.
        additional: state fields that the device sends beside all that.
    """

    source_id: Always[int] = ABSENT
    gps: GpsState | None = None
    connection_status: str | None = None
    movement_status: str | None = None
    movement_status_update: datetime | None = None
    ignition: bool | None = None
    ignition_update: datetime | None = None
    gsm: GsmState | None = None
    last_update: datetime | None = None
    battery_level: int | float | None = None
    battery_update: datetime | None = None
    inputs: list[bool] | None = None
    inputs_update: datetime | None = None
    outputs: list[bool] | None = None
    outputs_update: datetime | None = None
    additional: dict[str, StateField] | None = None
    actual_track_update: datetime | None = None


class TrackerGetReadingsAnswer(Model, kw_only=True):
    """What `/tracker/get_readings` answers."""

    user_time: datetime | None = None
    inputs: list[SensorValue] | None = None
    update_time: datetime | None = None


class TrackerGetStateAnswer(Model, kw_only=True):
    """What `/tracker/get_state` answers."""

    user_time: datetime | None = None
    state: Always[TrackerState] = ABSENT


class TrackerGetStatesAnswer(Model, kw_only=True):
    """What `/tracker/get_states` answers."""

    user_time: datetime | None = None
    states: Always[dict[int, TrackerState]] = ABSENT
    blocked: list[int] | None = None
    not_exist: list[int] | None = None


class TrackerListAnswer(Model, kw_only=True):
    """What `/tracker/list` answers."""

    list: Always[builtins.list[Tracker]] = ABSENT


class TrackerReadAnswer(Model, kw_only=True):
    """What `/tracker/read` answers."""

    value: Always[Tracker] = ABSENT
