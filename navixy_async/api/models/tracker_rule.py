"""Structs of `tracker.rule`. Rules: they watch trackers, make events and raise alerts.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Raw

from ..model import ABSENT, Always, Model, Unknown
from ..variants import Variants
from .rules import (
    AlarmcontrolRule,
    AntennaDisconnectRule,
    AutocontrolRule,
    AutoGeofenceRule,
    BackupBatteryLowRule,
    BatteryOffRule,
    BraceletRule,
    CallButtonPressedRule,
    CaseIntrusionRule,
    CheckEngineLightRule,
    CrashAlarmRule,
    CruiseControlRule,
    DetachRule,
    DistanceControlRule,
    DoorAlarmRule,
    DriverAssistanceRule,
    DriverChangeRule,
    DriverDistractionRule,
    DriverEnterAbsenceRule,
    DriverIdentificationRule,
    ExcessiveDrivingRule,
    ExcessiveParkingRule,
    ExternalDeviceConnectionRule,
    FatigueDrivingRule,
    FuelLevelLeapRule,
    GpsDampRule,
    GpsLostRecoverRule,
    GSensorRule,
    GsmDampRule,
    HarshDrivingRule,
    HoodAlarmRule,
    IdlingRule,
    IdlingSoftRule,
    IgnitionRule,
    InoutzoneRule,
    InputChangeRule,
    LightSensorRule,
    LocationResponseRule,
    LockingUnlockingRule,
    LowpowerRule,
    NoMovementRule,
    ObdPlugUnplugRule,
    OfflineRule,
    OnOffRule,
    OutputChangeRule,
    OverSpeedReportedRule,
    ParkingRule,
    PoweronRule,
    ProximityViolationRule,
    RouteRule,
    SensorRangeRule,
    SosRule,
    SpeedupRule,
    StateFieldControlRule,
    StrapBoltRule,
    TaskStatusChangeRule,
    TrackChangeRule,
    VibrationRule,
    WorkStatusChangeRule,
)


class UnknownRule(Unknown):
    """A variant of `Rule` that this version does not know."""


Rule: TypeAlias = (
    AlarmcontrolRule
    | AntennaDisconnectRule
    | AutoGeofenceRule
    | AutocontrolRule
    | BackupBatteryLowRule
    | BatteryOffRule
    | BraceletRule
    | CallButtonPressedRule
    | CaseIntrusionRule
    | CheckEngineLightRule
    | CrashAlarmRule
    | CruiseControlRule
    | DetachRule
    | DistanceControlRule
    | DoorAlarmRule
    | DriverAssistanceRule
    | DriverChangeRule
    | DriverDistractionRule
    | DriverEnterAbsenceRule
    | DriverIdentificationRule
    | ExcessiveDrivingRule
    | ExcessiveParkingRule
    | ExternalDeviceConnectionRule
    | FatigueDrivingRule
    | FuelLevelLeapRule
    | GSensorRule
    | GpsDampRule
    | GpsLostRecoverRule
    | GsmDampRule
    | HarshDrivingRule
    | HoodAlarmRule
    | IdlingRule
    | IdlingSoftRule
    | IgnitionRule
    | InoutzoneRule
    | InputChangeRule
    | LightSensorRule
    | LocationResponseRule
    | LockingUnlockingRule
    | LowpowerRule
    | NoMovementRule
    | ObdPlugUnplugRule
    | OfflineRule
    | OnOffRule
    | OutputChangeRule
    | OverSpeedReportedRule
    | ParkingRule
    | PoweronRule
    | ProximityViolationRule
    | RouteRule
    | SensorRangeRule
    | SosRule
    | SpeedupRule
    | StateFieldControlRule
    | StrapBoltRule
    | TaskStatusChangeRule
    | TrackChangeRule
    | VibrationRule
    | WorkStatusChangeRule
    | UnknownRule
)
"""Told apart by `type`."""

RULE = Variants(
    UnknownRule,
    AlarmcontrolRule,
    AntennaDisconnectRule,
    AutoGeofenceRule,
    AutocontrolRule,
    BackupBatteryLowRule,
    BatteryOffRule,
    BraceletRule,
    CallButtonPressedRule,
    CaseIntrusionRule,
    CheckEngineLightRule,
    CrashAlarmRule,
    CruiseControlRule,
    DetachRule,
    DistanceControlRule,
    DoorAlarmRule,
    DriverAssistanceRule,
    DriverChangeRule,
    DriverDistractionRule,
    DriverEnterAbsenceRule,
    DriverIdentificationRule,
    ExcessiveDrivingRule,
    ExcessiveParkingRule,
    ExternalDeviceConnectionRule,
    FatigueDrivingRule,
    FuelLevelLeapRule,
    GSensorRule,
    GpsDampRule,
    GpsLostRecoverRule,
    GsmDampRule,
    HarshDrivingRule,
    HoodAlarmRule,
    IdlingRule,
    IdlingSoftRule,
    IgnitionRule,
    InoutzoneRule,
    InputChangeRule,
    LightSensorRule,
    LocationResponseRule,
    LockingUnlockingRule,
    LowpowerRule,
    NoMovementRule,
    ObdPlugUnplugRule,
    OfflineRule,
    OnOffRule,
    OutputChangeRule,
    OverSpeedReportedRule,
    ParkingRule,
    PoweronRule,
    ProximityViolationRule,
    RouteRule,
    SensorRangeRule,
    SosRule,
    SpeedupRule,
    StateFieldControlRule,
    StrapBoltRule,
    TaskStatusChangeRule,
    TrackChangeRule,
    VibrationRule,
    WorkStatusChangeRule,
)


class TrackerRuleCreateAnswer(Model, kw_only=True, gc=False):
    """What `/tracker/rule/create` answers."""

    id: Always[int] = ABSENT


class TrackerRuleListAnswer(Model, kw_only=True):
    """What `/tracker/rule/list` answers."""

    if TYPE_CHECKING:
        list: Always[builtins.list[Rule]] = ABSENT
    else:
        list: Raw = ABSENT

    def __post_init__(self) -> None:
        self.list = RULE.many(self.list)
