"""Structs of `special_settings_b`. Settings that only some models of devices have, i to z.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from msgspec import field

from ..model import Masked, Model


class IgnRuptelaSettings(Model, kw_only=True, gc=False, tag_field="type", tag="ign_ruptela"):
    """Special settings `ign_ruptela`.

    Attributes:
        mode: one of always_on, din, movement_sensor, custom.
    """

    type: ClassVar[Literal["ign_ruptela"]] = "ign_ruptela"

    mode: str | None = None
    use_voltage: bool | None = None
    voltage: float | None = None


class IgnSrcSuntechSettings(Model, kw_only=True, gc=False, tag_field="type", tag="ign_src_suntech"):
    """Special settings `ign_src_suntech`.

    Attributes:
        mode: one of power_voltage, din1, movement.
        power_voltage_low_level: 0 to 30000.
        power_voltage_high_level: 0 to 30000.
    """

    type: ClassVar[Literal["ign_src_suntech"]] = "ign_src_suntech"

    mode: str | None = None
    power_voltage_low_level: int | None = None
    power_voltage_high_level: int | None = None


class IgnSrcTelfmSettings(Model, kw_only=True, gc=False, tag_field="type", tag="ign_src_telfm"):
    """Special settings `ign_src_telfm`.

    Attributes:
        mode: one of power_voltage, din1, movement.
        power_voltage_low_level: 0 to 30000.
        power_voltage_high_level: 0 to 30000.
    """

    type: ClassVar[Literal["ign_src_telfm"]] = "ign_src_telfm"

    mode: str | None = None
    power_voltage_low_level: int | None = None
    power_voltage_high_level: int | None = None


class JointechLockPasswordSettings(Masked, kw_only=True, gc=False, tag_field="type", tag="jointech_lock_password"):
    """Special settings `jointech_lock_password`."""

    secret_members: ClassVar[tuple[str, ...]] = ("password", "remember_password")

    type: ClassVar[Literal["jointech_lock_password"]] = "jointech_lock_password"

    password: str | None = None
    remember_password: bool | None = None


class LocusSecSettings(Masked, kw_only=True, gc=False, tag_field="type", tag="locus_sec"):
    """Special settings `locus_sec`."""

    secret_members: ClassVar[tuple[str, ...]] = ("sms_password",)

    type: ClassVar[Literal["locus_sec"]] = "locus_sec"

    signature: str | None = None
    sms_password: str | None = None
    reset: bool | None = None


class NimbelinkAccelSettings(Model, kw_only=True, gc=False, tag_field="type", tag="nimbelink_accel"):
    """Special settings `nimbelink_accel`.

    Attributes:
        mode: one of enable, disable.
        x: 0 to 2.55.
        y: 0 to 2.55.
        z: 0 to 2.55.
    """

    type: ClassVar[Literal["nimbelink_accel"]] = "nimbelink_accel"

    mode: str | None = None
    x: float | None = None
    y: float | None = None
    z: float | None = None


class NoMovementAlarmSettings(Model, kw_only=True, gc=False, tag_field="type", tag="no_movement_alarm"):
    """Special settings `no_movement_alarm`.

    Attributes:
        timeout_: 30 to 65500; `timeout` on the wire.
        pre_alarm_duration: 0 to 65500.
    """

    type: ClassVar[Literal["no_movement_alarm"]] = "no_movement_alarm"

    timeout_: int | None = field(default=None, name="timeout")
    pre_alarm_duration: int | None = None
    enabled: bool | None = None


class SpecialSettingsPhonebookGt300Items(Model, kw_only=True, gc=False):
    """The `items` of `PhonebookGt300Settings`."""

    name: str | None = None
    phone: str | None = None


class PhonebookGt300Settings(Model, kw_only=True, tag_field="type", tag="phonebook_gt300"):
    """Special settings `phonebook_gt300`."""

    type: ClassVar[Literal["phonebook_gt300"]] = "phonebook_gt300"

    items: list[SpecialSettingsPhonebookGt300Items] | None = None
    capacity: int | None = None


class SpecialSettingsPhonebookPt100Items(Model, kw_only=True, gc=False):
    """The `items` of `PhonebookPt100Settings`."""

    name: str | None = None
    phone: str | None = None


class PhonebookPt100Settings(Model, kw_only=True, tag_field="type", tag="phonebook_pt100"):
    """Special settings `phonebook_pt100`."""

    type: ClassVar[Literal["phonebook_pt100"]] = "phonebook_pt100"

    items: list[SpecialSettingsPhonebookPt100Items] | None = None
    capacity: int | None = None


class PwrOffKeySettings(Model, kw_only=True, gc=False, tag_field="type", tag="pwr_off_key"):
    """Special settings `pwr_off_key`.

    Attributes:
        mode: one of enable, disable.
    """

    type: ClassVar[Literal["pwr_off_key"]] = "pwr_off_key"

    mode: str | None = None


class ScatMayakBtControlSettings(Model, kw_only=True, gc=False, tag_field="type", tag="scat_mayak_bt_control"):
    """Special settings `scat_mayak_bt_control`.

    Attributes:
        function: one of bt_disable, bt_enable, bt_clear, bt_write.
    """

    type: ClassVar[Literal["scat_mayak_bt_control"]] = "scat_mayak_bt_control"

    function: str | None = None
    bt_state: bool | None = None


class SosKeySettings(Model, kw_only=True, gc=False, tag_field="type", tag="sos_key"):
    """Special settings `sos_key`.

    Attributes:
        mode: one of report, call_report.
    """

    type: ClassVar[Literal["sos_key"]] = "sos_key"

    mode: str | None = None
    phone: str | None = None


class StarcomImpactSettings(Model, kw_only=True, gc=False, tag_field="type", tag="starcom_impact"):
    """Special settings `starcom_impact`.

    Attributes:
        strong_duration: in ms; 0 to 14.
        strong_force: 1 to 7.
        weak_duration: in ms; 0 to 14.
        weak_force: 1 to 7.
    """

    type: ClassVar[Literal["starcom_impact"]] = "starcom_impact"

    strong_duration: int | float | None = None
    strong_force: int | None = None
    strong_impact_enabled: bool | None = None
    weak_duration: int | float | None = None
    weak_force: int | None = None
    weak_impact_enabled: bool | None = None


class TachoCompanyCardSettings(Model, kw_only=True, gc=False, tag_field="type", tag="tacho_company_card"):
    """Special settings `tacho_company_card`."""

    type: ClassVar[Literal["tacho_company_card"]] = "tacho_company_card"

    company_card_number: str | None = None


class TachoRemoteDownloadSettings(Model, kw_only=True, gc=False, tag_field="type", tag="tacho_remote_download"):
    """Special settings `tacho_remote_download`."""

    type: ClassVar[Literal["tacho_remote_download"]] = "tacho_remote_download"

    company_card_number: str | None = None
    vu_download_interval: int | None = None
    card_download_interval: int | None = None


class TeltonikaTachoRequestSettings(Model, kw_only=True, gc=False, tag_field="type", tag="teltonika_tacho_request"):
    """Special settings `teltonika_tacho_request`.

    Attributes:
        data_type: one of overview, activities, eventsAndFaults, detailedSpeed, technicalData, card1Download,
            card2Download.
    """

    type: ClassVar[Literal["teltonika_tacho_request"]] = "teltonika_tacho_request"

    data_type: str | None = None
    activities_start_time: date | None = None
    activities_end_time: date | None = None


class TemporaryDigitalPasswordSettings(
    Masked, kw_only=True, gc=False, tag_field="type", tag="temporary_digital_password"
):
    """Special settings `temporary_digital_password`.

    Attributes:
        duration_in_min: 10 to 255.
    """

    secret_members: ClassVar[tuple[str, ...]] = ("password",)

    type: ClassVar[Literal["temporary_digital_password"]] = "temporary_digital_password"

    password: str | None = None
    duration_in_min: int | None = None


class TimeShiftSettings(Model, kw_only=True, gc=False, tag_field="type", tag="time_shift"):
    """Special settings `time_shift`.

    Attributes:
        offset: -24.0 to 24.0.
    """

    type: ClassVar[Literal["time_shift"]] = "time_shift"

    offset: float | None = None


class TowDetectionQlSettings(Model, kw_only=True, gc=False, tag_field="type", tag="tow_detection_ql"):
    """Special settings `tow_detection_ql`.

    Attributes:
        mode: one of enable, disable.
        engine_off_to_tow: in s; 0 to 900.
        fake_tow_delay: in s; 0 to 600.
        tow_interval: in s; 0 to 86400.
        rest_duration: in s; 0 to 3825.
        motion_duration: in ms; 0 to 9900.
        motion_threshold: 2 to 9.
    """

    type: ClassVar[Literal["tow_detection_ql"]] = "tow_detection_ql"

    mode: str | None = None
    engine_off_to_tow: int | float | None = None
    fake_tow_delay: int | float | None = None
    tow_interval: int | float | None = None
    rest_duration: int | float | None = None
    motion_duration: int | float | None = None
    motion_threshold: int | None = None


class TowDetectionQl2Settings(Model, kw_only=True, gc=False, tag_field="type", tag="tow_detection_ql2"):
    """Special settings `tow_detection_ql2`.

    Attributes:
        mode: one of enable, disable.
        engine_off_to_tow: in s; 0 to 900.
        fake_tow_delay: in s; 0 to 600.
        tow_interval: in s; 0 to 86400.
        rest_duration: in s; 0 to 3825.
        motion_duration: in ms; 100 to 1000.
        motion_threshold: 2 to 9.
    """

    type: ClassVar[Literal["tow_detection_ql2"]] = "tow_detection_ql2"

    mode: str | None = None
    engine_off_to_tow: int | float | None = None
    fake_tow_delay: int | float | None = None
    tow_interval: int | float | None = None
    rest_duration: int | float | None = None
    motion_duration: int | float | None = None
    motion_threshold: int | None = None


class TowDetectionTelfmSettings(Model, kw_only=True, gc=False, tag_field="type", tag="tow_detection_telfm"):
    """Special settings `tow_detection_telfm`.

    Attributes:
        mode: one of enable, disable.
        activation_timeout: in min; 0 to 65535.
        threshold: 0.1 to 5.0.
    """

    type: ClassVar[Literal["tow_detection_telfm"]] = "tow_detection_telfm"

    mode: str | None = None
    activation_timeout: int | float | None = None
    threshold: float | None = None


class VgLockPasswordSettings(Masked, kw_only=True, gc=False, tag_field="type", tag="vg_lock_password"):
    """Special settings `vg_lock_password`."""

    secret_members: ClassVar[tuple[str, ...]] = ("password", "remember_password")

    type: ClassVar[Literal["vg_lock_password"]] = "vg_lock_password"

    password: str | None = None
    remember_password: bool | None = None


class VideoStreamHowenSettings(Model, kw_only=True, gc=False, tag_field="type", tag="video_stream_howen"):
    """Special settings `video_stream_howen`."""

    type: ClassVar[Literal["video_stream_howen"]] = "video_stream_howen"


class VirtualIgnQlSettings(Model, kw_only=True, gc=False, tag_field="type", tag="virtual_ign_ql"):
    """Special settings `virtual_ign_ql`.

    Attributes:
        mode: one of disabled, power_voltage, motion_sensor.
        ign_on_voltage: 250 to 28000.
        rest_duration_to_off: 1 to 255.
    """

    type: ClassVar[Literal["virtual_ign_ql"]] = "virtual_ign_ql"

    mode: str | None = None
    ign_on_voltage: int | None = None
    rest_duration_to_off: int | None = None
    motion_duration_to_on: int | None = None
