"""Structs of `vehicle`. Vehicles.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import date, datetime
from typing import Any

from ..model import ABSENT, Always, Model


class CheckedVehicle(Model, kw_only=True):
    """A checked vehicle."""

    errors: list[dict[str, Any]] | None = None
    id: Always[int] = ABSENT
    tracker_id: int | None = None
    label: str | None = None
    max_speed: int | None = None
    model: str | None = None
    type: str | None = None
    subtype: str | None = None
    garage_id: int | None = None
    trailer: str | None = None
    manufacture_year: int | None = None
    color: str | None = None
    additional_info: str | None = None
    reg_number: str | None = None
    vin: str | None = None
    chassis_number: str | None = None
    frame_number: str | None = None
    payload_weight: int | None = None
    payload_height: float | None = None
    payload_length: float | None = None
    payload_width: float | None = None
    passengers: int | None = None
    gross_weight: int | None = None
    fuel_type: str | None = None
    fuel_grade: str | None = None
    norm_avg_fuel_consumption: float | None = None
    fuel_tank_volume: int | None = None
    fuel_cost: float | None = None
    wheel_arrangement: str | None = None
    tyre_size: str | None = None
    tyres_number: int | None = None
    liability_insurance_policy_number: str | None = None
    liability_insurance_valid_till: date | None = None
    free_insurance_policy_number: str | None = None
    free_insurance_valid_till: date | None = None
    icon_id: int | None = None
    avatar_file_name: str | None = None
    tags: list[int] | None = None


class ImportProcessParams(Model, kw_only=True):
    """The `params` of `ImportProcess`."""

    headers: list[str] | None = None


class ImportProcessProgressWarnings(Model, kw_only=True, gc=False):
    """The `warnings` of `ImportProcessProgress`."""

    line: int | None = None
    error: str | None = None


class ImportProcessProgressErrors(Model, kw_only=True, gc=False):
    """The `errors` of `ImportProcessProgress`."""

    line: int | None = None
    error: str | None = None


class ImportProcessProgress(Model, kw_only=True):
    """The `progress` of `ImportProcess`.

    Attributes:
        percent: in percent.
    """

    imported: int | None = None
    failed: int | None = None
    percent: int | float | None = None
    processed_lines: int | None = None
    warnings: list[ImportProcessProgressWarnings] | None = None
    errors: list[ImportProcessProgressErrors] | None = None


class ImportProcess(Model, kw_only=True):
    """An import, and how far it is.

    Attributes:
        type: one of vehicle, employee.
        status: one of created, in_progress, done, failed, finished.
    """

    id: Always[int] = ABSENT
    user_id: int | None = None
    created: datetime | None = None
    type: str | None = None
    params: ImportProcessParams | None = None
    filename: str | None = None
    status: str | None = None
    status_change_date: datetime | None = None
    progress: ImportProcessProgress | None = None


class Vehicle(Model, kw_only=True):
    """A vehicle.

    Attributes:
        type: one of truck, car, bus, special.
        payload_weight: in kg.
        payload_height: in mm.
        payload_length: in mm.
        payload_width: in mm.
        gross_weight: in kg.
        fuel_type: one of petrol, diesel, gas.
        norm_avg_fuel_consumption: in l/100km.
        fuel_tank_volume: in l.
    """

    id: Always[int] = ABSENT
    tracker_id: int | None = None
    tracker_label: str | None = None
    label: str | None = None
    max_speed: int | None = None
    model: str | None = None
    type: str | None = None
    subtype: str | None = None
    garage_id: int | None = None
    garage_organization_name: str | None = None
    trailer: str | None = None
    manufacture_year: int | None = None
    color: str | None = None
    additional_info: str | None = None
    reg_number: str | None = None
    vin: str | None = None
    chassis_number: str | None = None
    frame_number: str | None = None
    payload_weight: int | float | None = None
    payload_height: float | None = None
    payload_length: float | None = None
    payload_width: float | None = None
    passengers: int | None = None
    gross_weight: int | float | None = None
    fuel_type: str | None = None
    fuel_grade: str | None = None
    norm_avg_fuel_consumption: float | None = None
    fuel_tank_volume: int | float | None = None
    fuel_cost: float | None = None
    wheel_arrangement: str | None = None
    tyre_size: str | None = None
    tyres_number: int | None = None
    liability_insurance_policy_number: str | None = None
    liability_insurance_valid_till: date | None = None
    free_insurance_policy_number: str | None = None
    free_insurance_valid_till: date | None = None
    icon_id: int | None = None
    avatar_file_name: str | None = None
    tags: list[int] | None = None


class VehicleAvatarUploadAnswer(Model, kw_only=True, gc=False):
    """What `/vehicle/avatar/upload` answers."""

    value: Always[str] = ABSENT


class VehicleBatchConvertAnswer(Model, kw_only=True):
    """What `/vehicle/batch_convert` answers.

    Attributes:
        limit_exceeded: whether only the first part of the batch was converted.
    """

    limit_exceeded: bool | None = None
    list: Always[builtins.list[CheckedVehicle]] = ABSENT


class VehicleCreateAnswer(Model, kw_only=True, gc=False):
    """What `/vehicle/create` answers."""

    id: Always[int] = ABSENT


class VehicleImportListAnswer(Model, kw_only=True):
    """What `/vehicle/import/list` answers."""

    list: Always[builtins.list[ImportProcess]] = ABSENT


class VehicleImportReadAnswer(Model, kw_only=True):
    """What `/vehicle/import/read` answers."""

    value: Always[ImportProcess] = ABSENT


class VehicleImportStartAnswer(Model, kw_only=True, gc=False):
    """What `/vehicle/import/start` answers."""

    id: Always[int] = ABSENT


class VehicleListAnswer(Model, kw_only=True):
    """What `/vehicle/list` answers."""

    list: Always[builtins.list[Vehicle]] = ABSENT


class VehicleReadAnswer(Model, kw_only=True):
    """What `/vehicle/read` answers."""

    value: Always[Vehicle] = ABSENT
