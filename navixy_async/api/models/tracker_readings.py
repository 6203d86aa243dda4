"""Structs of `tracker.readings`. Last readings of sensors, counters and state fields.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..model import ABSENT, Always, Model


class CounterReading(Model, kw_only=True, gc=False):
    """The last value of a counter."""

    type: Always[str] = ABSENT
    value: float | None = None
    update_time: datetime | None = None


class SensorReading(Model, kw_only=True):
    """The last value of a measuring sensor."""

    sensor_id: Always[int] = ABSENT
    value: float | None = None
    label: str | None = None
    units: str | None = None
    name: str | None = None
    type: str | None = None
    units_type: str | None = None
    update_time: datetime | None = None
    min_value: float | None = None
    max_value: float | None = None
    converted_units_type: str | None = None
    converted_value: float | None = None
    composite_sensor_ids: list[int] | None = None


class StateReading(Model, kw_only=True):
    """The last value of a state field."""

    field: Always[str] = ABSENT
    value: Any = None
    update_time: datetime | None = None


class VirtualSensorReading(Model, kw_only=True, gc=False):
    """The last value of a virtual sensor."""

    sensor_id: Always[int] = ABSENT
    value: str | None = None
    label: str | None = None
    type: str | None = None
    update_time: datetime | None = None


class TrackerReadings(Model, kw_only=True):
    """The last readings of one tracker."""

    inputs: list[SensorReading] | None = None
    states: list[StateReading] | None = None
    virtual_sensors: list[VirtualSensorReading] | None = None
    counters: list[CounterReading] | None = None


class TrackerReadingsBatchListAnswer(Model, kw_only=True):
    """What `/tracker/readings/batch_list` answers."""

    result: Always[dict[int, TrackerReadings]] = ABSENT


class TrackerReadingsListAnswer(Model, kw_only=True):
    """What `/tracker/readings/list` answers."""

    inputs: list[SensorReading] | None = None
    states: Always[list[StateReading]] = ABSENT
    virtual_sensors: list[VirtualSensorReading] | None = None
    counters: list[CounterReading] | None = None
