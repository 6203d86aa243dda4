"""Structs of `special_settings_a`. Settings that only some models of devices have, a to h.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from ..model import Masked, Model


class AutoGeofenceTelfmSettings(Model, kw_only=True, gc=False, tag_field="type", tag="auto_geofence_telfm"):
    """Special settings `auto_geofence_telfm`.

    Attributes:
        mode: one of enable, disable.
        activation_timeout: in s.
        radius: in m.
    """

    type: ClassVar[Literal["auto_geofence_telfm"]] = "auto_geofence_telfm"

    mode: str | None = None
    activation_timeout: int | float | None = None
    radius: int | float | None = None


class AutofonSmsAlertsSettings(Model, kw_only=True, gc=False, tag_field="type", tag="autofon_sms_alerts"):
    """Special settings `autofon_sms_alerts`.

    Attributes:
        low_battery_mode: one of enable, disable.
        ext_input_mode: one of enable, disable.
        sos_button_mode: one of enable, disable.
    """

    type: ClassVar[Literal["autofon_sms_alerts"]] = "autofon_sms_alerts"

    low_battery_mode: str | None = None
    ext_input_mode: str | None = None
    sos_button_mode: str | None = None


class BceTachoControlSettings(Model, kw_only=True, gc=False, tag_field="type", tag="bce_tacho_control"):
    """Special settings `bce_tacho_control`.

    Attributes:
        function: one of slot1, slot2, vu_activities, vu_no_activities.
    """

    type: ClassVar[Literal["bce_tacho_control"]] = "bce_tacho_control"

    function: str | None = None


class SpecialSettingsCallButtonItems(Model, kw_only=True, gc=False):
    """The `items` of `CallButtonSettings`."""

    phone: str | None = None


class CallButtonSettings(Model, kw_only=True, tag_field="type", tag="call_button"):
    """Special settings `call_button`."""

    type: ClassVar[Literal["call_button"]] = "call_button"

    items: list[SpecialSettingsCallButtonItems] | None = None
    capacity: int | None = None


class SpecialSettingsCallButtonsV40Items(Model, kw_only=True, gc=False):
    """The `items` of `CallButtonsV40Settings`."""

    phone: str | None = None


class CallButtonsV40Settings(Model, kw_only=True, tag_field="type", tag="call_buttons_v40"):
    """Special settings `call_buttons_v40`."""

    type: ClassVar[Literal["call_buttons_v40"]] = "call_buttons_v40"

    items: list[SpecialSettingsCallButtonsV40Items] | None = None
    capacity: int | None = None


class CareuPsmSettings(Model, kw_only=True, gc=False, tag_field="type", tag="careu_psm"):
    """Special settings `careu_psm`.

    Attributes:
        sleep_conditions_duration: in min; 1 to 255.
        deep_sleep_conditions_duration: in min; 0 to 65535.
        wake_up_interval: in min; 0 to 65535.
        wake_up_from_dsm_interval: in h; 0 to 255.
    """

    type: ClassVar[Literal["careu_psm"]] = "careu_psm"

    sleep_when_ignition_off: bool | None = None
    sleep_when_no_motion: bool | None = None
    sleep_when_no_communication: bool | None = None
    sleep_conditions_duration: int | float | None = None
    deep_sleep_conditions_duration: int | float | None = None
    wake_up_interval: int | float | None = None
    wake_up_from_dsm_interval: int | float | None = None


class SpecialSettingsCastelAlarmsAcceleration(Model, kw_only=True, gc=False):
    """The `acceleration` of `CastelAlarmsSettings`.

    Attributes:
        threshold: in g.
    """

    report: bool | None = None
    beep: bool | None = None
    threshold: float | None = None


class SpecialSettingsCastelAlarmsDeceleration(Model, kw_only=True, gc=False):
    """The `deceleration` of `CastelAlarmsSettings`."""

    report: bool | None = None
    beep: bool | None = None
    threshold: float | None = None


class SpecialSettingsCastelAlarmsCrash(Model, kw_only=True, gc=False):
    """The `crash` of `CastelAlarmsSettings`."""

    report: bool | None = None
    beep: bool | None = None
    threshold: float | None = None


class SpecialSettingsCastelAlarmsSharpTurn(Model, kw_only=True, gc=False):
    """The `sharp_turn` of `CastelAlarmsSettings`."""

    report: bool | None = None
    beep: bool | None = None
    threshold: float | None = None


class CastelAlarmsSettings(Model, kw_only=True, gc=False, tag_field="type", tag="castel_alarms"):
    """Special settings `castel_alarms`."""

    type: ClassVar[Literal["castel_alarms"]] = "castel_alarms"

    acceleration: SpecialSettingsCastelAlarmsAcceleration | None = None
    deceleration: SpecialSettingsCastelAlarmsDeceleration | None = None
    crash: SpecialSettingsCastelAlarmsCrash | None = None
    sharp_turn: SpecialSettingsCastelAlarmsSharpTurn | None = None


class CastelObdSettings(Model, kw_only=True, gc=False, tag_field="type", tag="castel_obd"):
    """Special settings `castel_obd`.

    Attributes:
        pid_data_records_per_message: 1 to 20.
        pid_data_collect_interval: in s; 30 to 600.
    """

    type: ClassVar[Literal["castel_obd"]] = "castel_obd"

    enable_pid_reports: bool | None = None
    pid_data_records_per_message: int | None = None
    pid_data_collect_interval: int | float | None = None


class ChargingGmt100Settings(Model, kw_only=True, gc=False, tag_field="type", tag="charging_gmt100"):
    """Special settings `charging_gmt100`.

    Attributes:
        mode: one of on_need, ign_on_only, ign_on, low_charge.
    """

    type: ClassVar[Literal["charging_gmt100"]] = "charging_gmt100"

    mode: str | None = None


class DddEmailsSettings(Model, kw_only=True, tag_field="type", tag="ddd_emails"):
    """Special settings `ddd_emails`."""

    type: ClassVar[Literal["ddd_emails"]] = "ddd_emails"

    emails: list[str] | None = None


class DigitalPasswordSettings(Masked, kw_only=True, gc=False, tag_field="type", tag="digital_password"):
    """Special settings `digital_password`."""

    secret_members: ClassVar[tuple[str, ...]] = ("password",)

    type: ClassVar[Literal["digital_password"]] = "digital_password"

    password: str | None = None


class ElectronicLockPasswordSettings(Masked, kw_only=True, gc=False, tag_field="type", tag="electronic_lock_password"):
    """Special settings `electronic_lock_password`."""

    secret_members: ClassVar[tuple[str, ...]] = ("password", "remember_password")

    type: ClassVar[Literal["electronic_lock_password"]] = "electronic_lock_password"

    password: str | None = None
    remember_password: bool | None = None


class EngineControlAtrackSettings(Model, kw_only=True, gc=False, tag_field="type", tag="engine_control_atrack"):
    """Special settings `engine_control_atrack`.

    Attributes:
        power_voltage_high_level: in mV; 0 to 30000.
        on_duration_seconds: in s; 0 to 600.
        power_voltage_low_level: in mV; 0 to 30000.
    """

    type: ClassVar[Literal["engine_control_atrack"]] = "engine_control_atrack"

    power_voltage_high_level: int | float | None = None
    on_duration_seconds: int | float | None = None
    power_voltage_low_level: int | float | None = None
    off_duration_seconds: int | None = None


class FccTelfmSettings(Model, kw_only=True, gc=False, tag_field="type", tag="fcc_telfm"):
    """Special settings `fcc_telfm`.

    Attributes:
        fuel_type: one of gasoline, diesel, lpg.
        engine_volume: 0.0 to 10.0.
        multiplier: 0.0 to 10.0.
    """

    type: ClassVar[Literal["fcc_telfm"]] = "fcc_telfm"

    fuel_type: str | None = None
    engine_volume: float | None = None
    multiplier: float | None = None


class GalileoHdsSettings(Model, kw_only=True, gc=False, tag_field="type", tag="galileo_hds"):
    """Special settings `galileo_hds`.

    Attributes:
        mode: one of enable, disable.
        max_acceleration_force: 0 to 2.55.
        max_braking_force: 0 to 2.55.
        max_cornering_force: 0 to 2.55.
    """

    type: ClassVar[Literal["galileo_hds"]] = "galileo_hds"

    mode: str | None = None
    max_acceleration_force: float | None = None
    max_braking_force: float | None = None
    max_cornering_force: float | None = None


class GalileoTachoControlSettings(Model, kw_only=True, gc=False, tag_field="type", tag="galileo_tacho_control"):
    """Special settings `galileo_tacho_control`."""

    type: ClassVar[Literal["galileo_tacho_control"]] = "galileo_tacho_control"

    function: str | None = None


class GuardModeYatutSettings(Model, kw_only=True, gc=False, tag_field="type", tag="guard_mode_yatut"):
    """Special settings `guard_mode_yatut`.

    Attributes:
        motion_sensor_mode: one of off, permanent, single_period, double_period.
        motion_sensor_amplitude: 1 to 255.
        motion_sensor_duration: in s; 1 to 255.
        motion_sensor_ignore_time: in min; 5 to 99.
        perimeter_mode: one of off, once_triggering, permanent, point_displacement.
        perimeter_diameter: in km; 1 to 999.
    """

    type: ClassVar[Literal["guard_mode_yatut"]] = "guard_mode_yatut"

    motion_sensor_mode: str | None = None
    motion_sensor_first_period: str | None = None
    motion_sensor_second_period: str | None = None
    motion_sensor_amplitude: int | None = None
    motion_sensor_duration: int | float | None = None
    motion_sensor_ignore_time: int | float | None = None
    motion_sensor_double_check: bool | None = None
    perimeter_mode: str | None = None
    perimeter_diameter: int | float | None = None


class HarshBehaviorBceSettings(Model, kw_only=True, gc=False, tag_field="type", tag="harsh_behavior_bce"):
    """Special settings `harsh_behavior_bce`.

    Attributes:
        acceleration_limit: 0.04 to 3.
        braking_limit: 0.04 to 3.
        cornering_limit: 0.04 to 3.
    """

    type: ClassVar[Literal["harsh_behavior_bce"]] = "harsh_behavior_bce"

    is_switched_off: bool | None = None
    acceleration_limit: float | None = None
    braking_limit: float | None = None
    cornering_limit: float | None = None


class HarshBehaviorConcoxX1Settings(Model, kw_only=True, gc=False, tag_field="type", tag="harsh_behavior_concox_x1"):
    """Special settings `harsh_behavior_concox_x1`.

    Attributes:
        acc_speed: 0 to 100.
        acc_detection_time: 0 to 10.
        braking_speed: 0 to 100.
        braking_detection_time: 0 to 10.
    """

    type: ClassVar[Literal["harsh_behavior_concox_x1"]] = "harsh_behavior_concox_x1"

    acc_speed: int | None = None
    acc_detection_time: int | None = None
    braking_speed: int | None = None
    braking_detection_time: int | None = None


class HarshBehaviorHuaShengSettings(Model, kw_only=True, gc=False, tag_field="type", tag="harsh_behavior_hua_sheng"):
    """Special settings `harsh_behavior_hua_sheng`.

    Attributes:
        mode: one of enable, disable.
        max_acceleration_force: 0.1 to 1.0.
        max_braking_force: 0.1 to 1.0.
        max_cornering_force: 0.1 to 1.0.
    """

    type: ClassVar[Literal["harsh_behavior_hua_sheng"]] = "harsh_behavior_hua_sheng"

    mode: str | None = None
    max_acceleration_force: float | None = None
    max_braking_force: float | None = None
    max_cornering_force: float | None = None


class HarshBehaviorRuptelaSettings(Model, kw_only=True, gc=False, tag_field="type", tag="harsh_behavior_ruptela"):
    """Special settings `harsh_behavior_ruptela`.

    Attributes:
        braking_limit: 0 to 100.
        acceleration_limit: 0 to 100.
    """

    type: ClassVar[Literal["harsh_behavior_ruptela"]] = "harsh_behavior_ruptela"

    braking_limit: int | None = None
    acceleration_limit: int | None = None


class HarshBehaviorSuntechSettings(Model, kw_only=True, gc=False, tag_field="type", tag="harsh_behavior_suntech"):
    """Special settings `harsh_behavior_suntech`.

    Attributes:
        mode: one of enable, disable.
        max_acceleration_force: in g; 0.05 to 3.0.
        max_braking_force: in g; 0.05 to 3.0.
        max_cornering_force: in g; 0.05 to 3.0.
    """

    type: ClassVar[Literal["harsh_behavior_suntech"]] = "harsh_behavior_suntech"

    mode: str | None = None
    max_acceleration_force: float | None = None
    max_braking_force: float | None = None
    max_cornering_force: float | None = None


class HarshBehaviorTramigoSettings(Model, kw_only=True, gc=False, tag_field="type", tag="harsh_behavior_tramigo"):
    """Special settings `harsh_behavior_tramigo`.

    Attributes:
        mode: one of enable, disable.
        max_acceleration_force: 0.1 to 8.
        max_braking_force: 0.1 to 8.
    """

    type: ClassVar[Literal["harsh_behavior_tramigo"]] = "harsh_behavior_tramigo"

    mode: str | None = None
    max_acceleration_force: float | None = None
    max_braking_force: float | None = None


class HbmMsQlSettings(Model, kw_only=True, gc=False, tag_field="type", tag="hbm_ms_ql"):
    """Special settings `hbm_ms_ql`.

    Attributes:
        mode: one of disable, gps_only, motion_sensor_only, gps_and_motion_sensor.
        high_speed: 100 to 400.
        high_speed_braking_delta: 0 to 100.
        high_speed_acceleration_delta: 0 to 100.
        medium_speed: 60 to 100.
        medium_speed_braking_delta: 0 to 100.
        medium_speed_acceleration_delta: 0 to 100.
        low_speed_braking_delta: 0 to 100.
        low_speed_acceleration_delta: 0 to 100.
        turn_brake_threshold: 30 to 70.
        turn_brake_duration: in ms; 320 to 800.
        acceleration_threshold: 15 to 50.
        acceleration_duration: in ms; 400 to 2000.
    """

    type: ClassVar[Literal["hbm_ms_ql"]] = "hbm_ms_ql"

    mode: str | None = None
    high_speed: int | None = None
    high_speed_braking_delta: int | None = None
    high_speed_acceleration_delta: int | None = None
    medium_speed: int | None = None
    medium_speed_braking_delta: int | None = None
    medium_speed_acceleration_delta: int | None = None
    low_speed_braking_delta: int | None = None
    low_speed_acceleration_delta: int | None = None
    turn_brake_threshold: int | None = None
    turn_brake_duration: int | float | None = None
    acceleration_threshold: int | None = None
    acceleration_duration: int | float | None = None


class HbmQlSettings(Model, kw_only=True, gc=False, tag_field="type", tag="hbm_ql"):
    """Special settings `hbm_ql`.

    Attributes:
        mode: one of enable, disable.
        high_speed: 100 to 400.
        high_speed_braking_delta: 0 to 100.
        high_speed_acceleration_delta: 0 to 100.
        medium_speed: 60 to 100.
        medium_speed_braking_delta: 0 to 100.
        medium_speed_acceleration_delta: 0 to 100.
        low_speed_braking_delta: 0 to 100.
        low_speed_acceleration_delta: 0 to 100.
    """

    type: ClassVar[Literal["hbm_ql"]] = "hbm_ql"

    mode: str | None = None
    high_speed: int | None = None
    high_speed_braking_delta: int | None = None
    high_speed_acceleration_delta: int | None = None
    medium_speed: int | None = None
    medium_speed_braking_delta: int | None = None
    medium_speed_acceleration_delta: int | None = None
    low_speed_braking_delta: int | None = None
    low_speed_acceleration_delta: int | None = None


class HbmTelfmSettings(Model, kw_only=True, gc=False, tag_field="type", tag="hbm_telfm"):
    """Special settings `hbm_telfm`.

    Attributes:
        mode: one of enable, disable.
        max_acceleration_force: in g; 0.25 to 0.85.
        max_braking_force: in g; 0.25 to 0.85.
        max_cornering_force: in rad/s; 0.1 to 1.0.
    """

    type: ClassVar[Literal["hbm_telfm"]] = "hbm_telfm"

    mode: str | None = None
    max_acceleration_force: float | None = None
    max_braking_force: float | None = None
    max_cornering_force: float | None = None
    max_angular_velocity: float | None = None


class HbmTelfm5xSettings(Model, kw_only=True, gc=False, tag_field="type", tag="hbm_telfm5x"):
    """Special settings `hbm_telfm5x`.

    Attributes:
        max_acceleration_force: in g; 0.5 to 10.0.
        max_braking_force: in g; 0.5 to 10.0.
        max_angular_velocity: in rad/s; 0.5 to 10.0.
    """

    type: ClassVar[Literal["hbm_telfm5x"]] = "hbm_telfm5x"

    max_acceleration_force: float | None = None
    max_braking_force: float | None = None
    max_angular_velocity: float | None = None
    mode: str | None = None


class HhdLockPasswordSettings(Masked, kw_only=True, gc=False, tag_field="type", tag="hhd_lock_password"):
    """Special settings `hhd_lock_password`."""

    secret_members: ClassVar[tuple[str, ...]] = ("password", "remember_password")

    type: ClassVar[Literal["hhd_lock_password"]] = "hhd_lock_password"

    password: str | None = None
    remember_password: bool | None = None


class HuaShengVibrationSensitivitySettings(
    Model, kw_only=True, gc=False, tag_field="type", tag="hua_sheng_vibration_sensitivity"
):
    """Special settings `hua_sheng_vibration_sensitivity`.

    Attributes:
        sensitivity: one of easy, normal, hard, hardest.
    """

    type: ClassVar[Literal["hua_sheng_vibration_sensitivity"]] = "hua_sheng_vibration_sensitivity"

    sensitivity: str | None = None
