"""Structs of `vehicle.service_task`. Service tasks of vehicles: maintenance by way, hours or date.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime

from ..model import ABSENT, Always, Model
from .checkin import FileUploadSlot


class ServiceTaskStart(Model, kw_only=True, gc=False):
    """The `start` of `ServiceTask`.

    Attributes:
        engine_hours: in h.
    """

    mileage: int | None = None
    date: datetime | None = None
    engine_hours: int | float | None = None


class ServiceTaskCompletion(Model, kw_only=True, gc=False):
    """The `completion` of `ServiceTask`.

    Attributes:
        engine_hours: in h.
    """

    mileage: int | None = None
    date: datetime | None = None
    engine_hours: int | float | None = None


class ServiceTaskConditionsMileage(Model, kw_only=True, gc=False):
    """The `mileage` of `ServiceTaskConditions`.

    Attributes:
        limit: in km.
        notification_interval: in km.
        repeat_interval: in km.
    """

    limit: int | float | None = None
    notification_interval: int | float | None = None
    repeat_interval: int | float | None = None


class ServiceTaskConditionsDate(Model, kw_only=True, gc=False):
    """The `date` of `ServiceTaskConditions`.

    Attributes:
        notification_interval: in d.
        repeat_interval: in d.
    """

    end: datetime | None = None
    notification_interval: int | float | None = None
    repeat_interval: int | float | None = None


class ServiceTaskConditionsEngineHours(Model, kw_only=True, gc=False):
    """The `engine_hours` of `ServiceTaskConditions`.

    Attributes:
        limit: in h.
        notification_interval: in h.
        repeat_interval: in h.
    """

    limit: int | float | None = None
    notification_interval: int | float | None = None
    repeat_interval: int | float | None = None


class ServiceTaskConditions(Model, kw_only=True, gc=False):
    """The `conditions` of `ServiceTask`."""

    mileage: ServiceTaskConditionsMileage | None = None
    date: ServiceTaskConditionsDate | None = None
    engine_hours: ServiceTaskConditionsEngineHours | None = None


class ServiceTaskNotifications(Model, kw_only=True):
    """The `notifications` of `ServiceTask`."""

    sms_phones: list[str] | None = None
    emails: list[str] | None = None
    push_enabled: bool | None = None


class ServiceTaskPrediction(Model, kw_only=True, gc=False):
    """The `prediction` of `ServiceTask`.

    Attributes:
        wear_percentage: in percent.
    """

    end_date: datetime | None = None
    wear_percentage: int | float | None = None


class ServiceTaskCurrentPosition(Model, kw_only=True, gc=False):
    """The `current_position` of `ServiceTask`.

    Attributes:
        engine_hours: in h.
    """

    mileage: int | None = None
    date: datetime | None = None
    engine_hours: int | float | None = None


class ServiceTask(Model, kw_only=True):
    """A service task."""

    id: Always[int] = ABSENT
    repeat: bool | None = None
    unplanned: bool | None = None
    completion_date: datetime | None = None
    vehicle_id: int | None = None
    cost: float | None = None
    start: ServiceTaskStart | None = None
    completion: ServiceTaskCompletion | None = None
    conditions: ServiceTaskConditions | None = None
    notifications: ServiceTaskNotifications | None = None
    status: str | None = None
    description: str | None = None
    comment: str | None = None
    file_ids: list[int] | None = None
    vehicle_label: str | None = None
    prediction: ServiceTaskPrediction | None = None
    current_position: ServiceTaskCurrentPosition | None = None


class ServiceTaskInputBatchCreateConditionsMileage(Model, kw_only=True, gc=False):
    """The `mileage` of `ServiceTaskInputBatchCreateConditions`.

    Attributes:
        limit: in km.
        notification_interval: in km.
        repeat_interval: in km.
    """

    limit: int | float | None = None
    notification_interval: int | float | None = None
    repeat_interval: int | float | None = None


class ServiceTaskInputBatchCreateConditionsDate(Model, kw_only=True, gc=False):
    """The `date` of `ServiceTaskInputBatchCreateConditions`.

    Attributes:
        notification_interval: in d.
        repeat_interval: in d.
    """

    end: datetime | None = None
    notification_interval: int | float | None = None
    repeat_interval: int | float | None = None


class ServiceTaskInputBatchCreateConditionsEngineHours(Model, kw_only=True, gc=False):
    """The `engine_hours` of `ServiceTaskInputBatchCreateConditions`.

    Attributes:
        limit: in h.
        notification_interval: in h.
        repeat_interval: in h.
    """

    limit: int | float | None = None
    notification_interval: int | float | None = None
    repeat_interval: int | float | None = None


class ServiceTaskInputBatchCreateConditions(Model, kw_only=True, gc=False):
    """The `conditions` of `ServiceTaskInputBatchCreate`."""

    mileage: ServiceTaskInputBatchCreateConditionsMileage | None = None
    date: ServiceTaskInputBatchCreateConditionsDate | None = None
    engine_hours: ServiceTaskInputBatchCreateConditionsEngineHours | None = None


class ServiceTaskInputBatchCreateNotifications(Model, kw_only=True):
    """The `notifications` of `ServiceTaskInputBatchCreate`."""

    sms_phones: list[str] | None = None
    emails: list[str] | None = None
    push_enabled: bool | None = None


class ServiceTaskInputBatchCreate(Model, kw_only=True):
    """A service task input batch create."""

    repeat: bool | None = None
    unplanned: bool | None = None
    cost: float | None = None
    conditions: ServiceTaskInputBatchCreateConditions | None = None
    notifications: ServiceTaskInputBatchCreateNotifications | None = None
    description: str | None = None
    comment: str | None = None
    file_ids: list[int] | None = None


class ServiceTaskInputCreateConditionsMileage(Model, kw_only=True, gc=False):
    """The `mileage` of `ServiceTaskInputCreateConditions`.

    Attributes:
        limit: in km.
        notification_interval: in km.
        repeat_interval: in km.
    """

    limit: int | float | None = None
    notification_interval: int | float | None = None
    repeat_interval: int | float | None = None


class ServiceTaskInputCreateConditionsDate(Model, kw_only=True, gc=False):
    """The `date` of `ServiceTaskInputCreateConditions`.

    Attributes:
        notification_interval: in d.
        repeat_interval: in d.
    """

    end: datetime | None = None
    notification_interval: int | float | None = None
    repeat_interval: int | float | None = None


class ServiceTaskInputCreateConditionsEngineHours(Model, kw_only=True, gc=False):
    """The `engine_hours` of `ServiceTaskInputCreateConditions`.

    Attributes:
        limit: in h.
        notification_interval: in h.
        repeat_interval: in h.
    """

    limit: int | float | None = None
    notification_interval: int | float | None = None
    repeat_interval: int | float | None = None


class ServiceTaskInputCreateConditions(Model, kw_only=True, gc=False):
    """The `conditions` of `ServiceTaskInputCreate`."""

    mileage: ServiceTaskInputCreateConditionsMileage | None = None
    date: ServiceTaskInputCreateConditionsDate | None = None
    engine_hours: ServiceTaskInputCreateConditionsEngineHours | None = None


class ServiceTaskInputCreateNotifications(Model, kw_only=True):
    """The `notifications` of `ServiceTaskInputCreate`."""

    sms_phones: list[str] | None = None
    emails: list[str] | None = None
    push_enabled: bool | None = None


class ServiceTaskInputCreate(Model, kw_only=True):
    """A service task input create."""

    repeat: bool | None = None
    unplanned: bool | None = None
    vehicle_id: int | None = None
    cost: float | None = None
    conditions: ServiceTaskInputCreateConditions | None = None
    notifications: ServiceTaskInputCreateNotifications | None = None
    description: str | None = None
    comment: str | None = None
    file_ids: list[int] | None = None


class ServiceTaskInputUpdateConditionsMileage(Model, kw_only=True, gc=False):
    """The `mileage` of `ServiceTaskInputUpdateConditions`.

    Attributes:
        limit: in km.
        notification_interval: in km.
        repeat_interval: in km.
    """

    limit: int | float | None = None
    notification_interval: int | float | None = None
    repeat_interval: int | float | None = None


class ServiceTaskInputUpdateConditionsDate(Model, kw_only=True, gc=False):
    """The `date` of `ServiceTaskInputUpdateConditions`.

    Attributes:
        notification_interval: in d.
        repeat_interval: in d.
    """

    end: datetime | None = None
    notification_interval: int | float | None = None
    repeat_interval: int | float | None = None


class ServiceTaskInputUpdateConditionsEngineHours(Model, kw_only=True, gc=False):
    """The `engine_hours` of `ServiceTaskInputUpdateConditions`.

    Attributes:
        limit: in h.
        notification_interval: in h.
        repeat_interval: in h.
    """

    limit: int | float | None = None
    notification_interval: int | float | None = None
    repeat_interval: int | float | None = None


class ServiceTaskInputUpdateConditions(Model, kw_only=True, gc=False):
    """The `conditions` of `ServiceTaskInputUpdate`."""

    mileage: ServiceTaskInputUpdateConditionsMileage | None = None
    date: ServiceTaskInputUpdateConditionsDate | None = None
    engine_hours: ServiceTaskInputUpdateConditionsEngineHours | None = None


class ServiceTaskInputUpdateNotifications(Model, kw_only=True):
    """The `notifications` of `ServiceTaskInputUpdate`."""

    sms_phones: list[str] | None = None
    emails: list[str] | None = None
    push_enabled: bool | None = None


class ServiceTaskInputUpdate(Model, kw_only=True):
    """A service task input update."""

    id: Always[int] = ABSENT
    repeat: bool | None = None
    unplanned: bool | None = None
    vehicle_id: int | None = None
    cost: float | None = None
    conditions: ServiceTaskInputUpdateConditions | None = None
    notifications: ServiceTaskInputUpdateNotifications | None = None
    description: str | None = None
    comment: str | None = None
    file_ids: list[int] | None = None


class VehicleServiceTaskFileCreateMetadata(Model, kw_only=True, gc=False):
    """What `metadata` is made of in `/vehicle/service_task/file/create`."""

    orientation: int | None = None


class VehicleServiceTaskCreateAnswer(Model, kw_only=True, gc=False):
    """What `/vehicle/service_task/create` answers."""

    id: Always[int] = ABSENT


class VehicleServiceTaskFileCreateAnswer(Model, kw_only=True):
    """What `/vehicle/service_task/file/create` answers."""

    value: Always[FileUploadSlot] = ABSENT


class VehicleServiceTaskListAnswer(Model, kw_only=True):
    """What `/vehicle/service_task/list` answers."""

    list: Always[builtins.list[ServiceTask]] = ABSENT


class VehicleServiceTaskReadAnswer(Model, kw_only=True):
    """What `/vehicle/service_task/read` answers."""

    value: Always[ServiceTask] = ABSENT
