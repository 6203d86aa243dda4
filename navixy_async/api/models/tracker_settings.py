"""Structs of `tracker.settings`. Settings of trackers and their devices.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Raw

from ..model import ABSENT, Always, Model, Unknown
from ..variants import Variants
from .special_settings_a import (
    AutofonSmsAlertsSettings,
    AutoGeofenceTelfmSettings,
    BceTachoControlSettings,
    CallButtonSettings,
    CallButtonsV40Settings,
    CareuPsmSettings,
    CastelAlarmsSettings,
    CastelObdSettings,
    ChargingGmt100Settings,
    DddEmailsSettings,
    DigitalPasswordSettings,
    ElectronicLockPasswordSettings,
    EngineControlAtrackSettings,
    FccTelfmSettings,
    GalileoHdsSettings,
    GalileoTachoControlSettings,
    GuardModeYatutSettings,
    HarshBehaviorBceSettings,
    HarshBehaviorConcoxX1Settings,
    HarshBehaviorHuaShengSettings,
    HarshBehaviorRuptelaSettings,
    HarshBehaviorSuntechSettings,
    HarshBehaviorTramigoSettings,
    HbmMsQlSettings,
    HbmQlSettings,
    HbmTelfm5xSettings,
    HbmTelfmSettings,
    HhdLockPasswordSettings,
    HuaShengVibrationSensitivitySettings,
)
from .special_settings_b import (
    IgnRuptelaSettings,
    IgnSrcSuntechSettings,
    IgnSrcTelfmSettings,
    JointechLockPasswordSettings,
    LocusSecSettings,
    NimbelinkAccelSettings,
    NoMovementAlarmSettings,
    PhonebookGt300Settings,
    PhonebookPt100Settings,
    PwrOffKeySettings,
    ScatMayakBtControlSettings,
    SosKeySettings,
    StarcomImpactSettings,
    TachoCompanyCardSettings,
    TachoRemoteDownloadSettings,
    TeltonikaTachoRequestSettings,
    TemporaryDigitalPasswordSettings,
    TimeShiftSettings,
    TowDetectionQl2Settings,
    TowDetectionQlSettings,
    TowDetectionTelfmSettings,
    VgLockPasswordSettings,
    VideoStreamHowenSettings,
    VirtualIgnQlSettings,
)


class UnknownSpecialSettings(Unknown):
    """A variant of `SpecialSettings` that this version does not know."""


SpecialSettings: TypeAlias = (
    AutoGeofenceTelfmSettings
    | AutofonSmsAlertsSettings
    | BceTachoControlSettings
    | CallButtonSettings
    | CallButtonsV40Settings
    | CareuPsmSettings
    | CastelAlarmsSettings
    | CastelObdSettings
    | ChargingGmt100Settings
    | DddEmailsSettings
    | DigitalPasswordSettings
    | ElectronicLockPasswordSettings
    | EngineControlAtrackSettings
    | FccTelfmSettings
    | GalileoHdsSettings
    | GalileoTachoControlSettings
    | GuardModeYatutSettings
    | HarshBehaviorBceSettings
    | HarshBehaviorConcoxX1Settings
    | HarshBehaviorHuaShengSettings
    | HarshBehaviorRuptelaSettings
    | HarshBehaviorSuntechSettings
    | HarshBehaviorTramigoSettings
    | HbmMsQlSettings
    | HbmQlSettings
    | HbmTelfmSettings
    | HbmTelfm5xSettings
    | HhdLockPasswordSettings
    | HuaShengVibrationSensitivitySettings
    | IgnRuptelaSettings
    | IgnSrcSuntechSettings
    | IgnSrcTelfmSettings
    | JointechLockPasswordSettings
    | LocusSecSettings
    | NimbelinkAccelSettings
    | NoMovementAlarmSettings
    | PhonebookGt300Settings
    | PhonebookPt100Settings
    | PwrOffKeySettings
    | ScatMayakBtControlSettings
    | SosKeySettings
    | StarcomImpactSettings
    | TachoCompanyCardSettings
    | TachoRemoteDownloadSettings
    | TeltonikaTachoRequestSettings
    | TemporaryDigitalPasswordSettings
    | TimeShiftSettings
    | TowDetectionQlSettings
    | TowDetectionQl2Settings
    | TowDetectionTelfmSettings
    | VgLockPasswordSettings
    | VideoStreamHowenSettings
    | VirtualIgnQlSettings
    | UnknownSpecialSettings
)
"""Settings that only some models of devices have; told apart by `type`."""

SPECIAL_SETTINGS = Variants(
    UnknownSpecialSettings,
    AutoGeofenceTelfmSettings,
    AutofonSmsAlertsSettings,
    BceTachoControlSettings,
    CallButtonSettings,
    CallButtonsV40Settings,
    CareuPsmSettings,
    CastelAlarmsSettings,
    CastelObdSettings,
    ChargingGmt100Settings,
    DddEmailsSettings,
    DigitalPasswordSettings,
    ElectronicLockPasswordSettings,
    EngineControlAtrackSettings,
    FccTelfmSettings,
    GalileoHdsSettings,
    GalileoTachoControlSettings,
    GuardModeYatutSettings,
    HarshBehaviorBceSettings,
    HarshBehaviorConcoxX1Settings,
    HarshBehaviorHuaShengSettings,
    HarshBehaviorRuptelaSettings,
    HarshBehaviorSuntechSettings,
    HarshBehaviorTramigoSettings,
    HbmMsQlSettings,
    HbmQlSettings,
    HbmTelfmSettings,
    HbmTelfm5xSettings,
    HhdLockPasswordSettings,
    HuaShengVibrationSensitivitySettings,
    IgnRuptelaSettings,
    IgnSrcSuntechSettings,
    IgnSrcTelfmSettings,
    JointechLockPasswordSettings,
    LocusSecSettings,
    NimbelinkAccelSettings,
    NoMovementAlarmSettings,
    PhonebookGt300Settings,
    PhonebookPt100Settings,
    PwrOffKeySettings,
    ScatMayakBtControlSettings,
    SosKeySettings,
    StarcomImpactSettings,
    TachoCompanyCardSettings,
    TachoRemoteDownloadSettings,
    TeltonikaTachoRequestSettings,
    TemporaryDigitalPasswordSettings,
    TimeShiftSettings,
    TowDetectionQlSettings,
    TowDetectionQl2Settings,
    TowDetectionTelfmSettings,
    VgLockPasswordSettings,
    VideoStreamHowenSettings,
    VirtualIgnQlSettings,
)


class TrackerSettingsReadSettings(Model, kw_only=True, gc=False):
    """What `settings` is made of in `/tracker/settings/read`."""

    label: str | None = None
    group_id: int | None = None


class TrackerSettingsLbsReadAnswer(Model, kw_only=True, gc=False):
    """What `/tracker/settings/lbs/read` answers.

    Attributes:
        max_radius: in m; 0 to 10000.
    """

    max_radius: Always[int | float] = ABSENT


class TrackerSettingsReadAnswer(Model, kw_only=True, gc=False):
    """What `/tracker/settings/read` answers."""

    settings: Always[TrackerSettingsReadSettings] = ABSENT


class TrackerSettingsSpecialReadAnswer(Model, kw_only=True):
    """What `/tracker/settings/special/read` answers."""

    if TYPE_CHECKING:
        value: SpecialSettings | None = None
    else:
        value: Raw = ABSENT
    if TYPE_CHECKING:
        list: builtins.list[SpecialSettings] | None = None
    else:
        list: Raw = ABSENT

    def __post_init__(self) -> None:
        self.value = SPECIAL_SETTINGS.one(self.value)
        self.list = SPECIAL_SETTINGS.many(self.list)


class TrackerSettingsTrackingReadAnswer(Model, kw_only=True):
    """What `/tracker/settings/tracking/read` answers.

    Attributes:
        value: the profile; `msgspec.convert` makes the struct of the device's model of it.
    """

    value: Always[dict[str, Any]] = ABSENT


class TrackerSettingsTripDetectionReadAnswer(Model, kw_only=True, gc=False):
    """What `/tracker/settings/trip_detection/read` answers.

    Attributes:
        min_idle_duration_minutes: in min.
        idle_speed_threshold: in km/h.
    """

    min_idle_duration_minutes: int | float | None = None
    idle_speed_threshold: int | float | None = None
    ignition_aware: bool | None = None
    motion_sensor_aware: bool | None = None
