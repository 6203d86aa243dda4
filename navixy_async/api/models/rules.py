"""Structs of `rules`. What all rules have in common, and the parameters of each type.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from msgspec import Raw, field

from ..model import ABSENT, Always, Model, Unknown
from ..resolve import resolved
from ..variants import Variants


class RuleAlerts(Model, kw_only=True):
    """Who is told when a rule fires."""

    sms_phones: list[str] | None = None
    phones: list[str] | None = None
    emails: list[str] | None = None
    push_enabled: bool | None = None
    emergency: bool | None = None


@resolved
class RuleParams(Model, kw_only=True, gc=False):
    """What all rules take beside their own parameters."""

    emergency: bool | None = None
    zone_limit_inverted: bool | None = None
    private_rule: bool | None = None


class FixedInterval(Model, kw_only=True, gc=False, tag_field="type", tag="fixed"):
    """An interval of the type `fixed`.

    Attributes:
        from_: `from` on the wire.
    """

    type: ClassVar[Literal["fixed"]] = "fixed"

    from_: datetime | None = field(default=None, name="from")
    to: datetime | None = None
    interval_id: int | None = None


class WeekMoment(Model, kw_only=True, gc=False):
    """A moment of the week."""

    weekday: int | None = None
    time: str | None = None


class WeeklyInterval(Model, kw_only=True, gc=False, tag_field="type", tag="weekly"):
    """An interval of the type `weekly`.

    Attributes:
        from_: `from` on the wire.
    """

    type: ClassVar[Literal["weekly"]] = "weekly"

    from_: WeekMoment | None = field(default=None, name="from")
    to: WeekMoment | None = None
    interval_id: int | None = None


class UnknownScheduleInterval(Unknown):
    """A variant of `ScheduleInterval` that this version does not know."""


ScheduleInterval: TypeAlias = FixedInterval | WeeklyInterval | UnknownScheduleInterval
"""When a rule is in force; told apart by `type`."""

SCHEDULE_INTERVAL = Variants(UnknownScheduleInterval, FixedInterval, WeeklyInterval)


@resolved
class RuleBase(Model, kw_only=True):
    """What all rules have in common."""

    id: Always[int] = ABSENT
    name: str | None = None
    description: str | None = None
    zone_ids: list[int] | None = None
    trackers: list[int] | None = None
    primary_text: str | None = None
    secondary_text: str | None = None
    param: int | float | None = None
    alerts: RuleAlerts | None = None
    suspended: bool | None = None
    auto_created: bool | None = None
    extended_params: RuleParams | None = None
    if TYPE_CHECKING:
        schedule: list[ScheduleInterval] | None = None
    else:
        schedule: Raw = ABSENT
    zone_id: int | None = None

    def __post_init__(self) -> None:
        self.schedule = SCHEDULE_INTERVAL.many(self.schedule)


class AlarmcontrolRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="alarmcontrol"):
    """A rule of the type `alarmcontrol`."""

    type: ClassVar[Literal["alarmcontrol"]] = "alarmcontrol"


class AntennaDisconnectRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="antenna_disconnect"):
    """A rule of the type `antenna_disconnect`."""

    type: ClassVar[Literal["antenna_disconnect"]] = "antenna_disconnect"


class AutoGeofenceRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="auto_geofence"):
    """A rule of the type `auto_geofence`."""

    type: ClassVar[Literal["auto_geofence"]] = "auto_geofence"


class RuleTypeAutocontrolParams(RuleParams, kw_only=True, gc=True):
    """The `params` of `AutocontrolRule`."""

    alarmcontrol: dict[str, Any] | None = None
    battery_off: dict[str, Any] | None = None
    door_alarm: dict[str, Any] | None = None
    hood_alarm: dict[str, Any] | None = None
    ignition: dict[str, Any] | None = None
    parking: dict[str, Any] | None = None
    gsm_damp: dict[str, Any] | None = None
    security_control: dict[str, Any] | None = None


class AutocontrolRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="autocontrol"):
    """A rule of the type `autocontrol`."""

    type: ClassVar[Literal["autocontrol"]] = "autocontrol"

    extended_params: RuleTypeAutocontrolParams | None = None


class BackupBatteryLowRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="backup_battery_low"):
    """A rule of the type `backup_battery_low`."""

    type: ClassVar[Literal["backup_battery_low"]] = "backup_battery_low"


class BatteryOffRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="battery_off"):
    """A rule of the type `battery_off`."""

    type: ClassVar[Literal["battery_off"]] = "battery_off"


class BraceletRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="bracelet"):
    """A rule of the type `bracelet`."""

    type: ClassVar[Literal["bracelet"]] = "bracelet"


class CallButtonPressedRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="call_button_pressed"):
    """A rule of the type `call_button_pressed`."""

    type: ClassVar[Literal["call_button_pressed"]] = "call_button_pressed"


class CaseIntrusionRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="case_intrusion"):
    """A rule of the type `case_intrusion`."""

    type: ClassVar[Literal["case_intrusion"]] = "case_intrusion"


class CheckEngineLightRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="check_engine_light"):
    """A rule of the type `check_engine_light`."""

    type: ClassVar[Literal["check_engine_light"]] = "check_engine_light"


class CrashAlarmRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="crash_alarm"):
    """A rule of the type `crash_alarm`."""

    type: ClassVar[Literal["crash_alarm"]] = "crash_alarm"


class CruiseControlRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="cruise_control"):
    """A rule of the type `cruise_control`."""

    type: ClassVar[Literal["cruise_control"]] = "cruise_control"


class DetachRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="detach"):
    """A rule of the type `detach`."""

    type: ClassVar[Literal["detach"]] = "detach"


class RuleTypeDistanceControlParams(RuleParams, kw_only=True, gc=True):
    """The `params` of `DistanceControlRule`.

    Attributes:
        control_type: one of moving_away, approaching.
        control_distance_meters: in m.
    """

    observed_trackers: list[int] | None = None
    control_type: str | None = None
    control_distance_meters: int | float | None = None


class DistanceControlRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="distance_control"):
    """A rule of the type `distance_control`."""

    type: ClassVar[Literal["distance_control"]] = "distance_control"

    extended_params: RuleTypeDistanceControlParams | None = None


class DoorAlarmRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="door_alarm"):
    """A rule of the type `door_alarm`."""

    type: ClassVar[Literal["door_alarm"]] = "door_alarm"


class RuleTypeDriverAssistanceParams(RuleParams, kw_only=True, gc=False):
    """The `params` of `DriverAssistanceRule`."""

    lane_departure_enabled: bool | None = None
    forward_collision_enabled: bool | None = None
    headway_warning_enabled: bool | None = None
    peds_in_danger_zone_enabled: bool | None = None
    peds_collision_warning_enabled: bool | None = None
    traffic_sign_recognition_enabled: bool | None = None


class DriverAssistanceRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="driver_assistance"):
    """A rule of the type `driver_assistance`."""

    type: ClassVar[Literal["driver_assistance"]] = "driver_assistance"

    extended_params: RuleTypeDriverAssistanceParams | None = None


class DriverChangeRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="driver_change"):
    """A rule of the type `driver_change`."""

    type: ClassVar[Literal["driver_change"]] = "driver_change"


class DriverDistractionRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="driver_distraction"):
    """A rule of the type `driver_distraction`."""

    type: ClassVar[Literal["driver_distraction"]] = "driver_distraction"


class DriverEnterAbsenceRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="driver_enter_absence"):
    """A rule of the type `driver_enter_absence`."""

    type: ClassVar[Literal["driver_enter_absence"]] = "driver_enter_absence"


class DriverIdentificationRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="driver_identification"):
    """A rule of the type `driver_identification`."""

    type: ClassVar[Literal["driver_identification"]] = "driver_identification"


class RuleTypeExcessiveDrivingParams(RuleParams, kw_only=True, gc=False):
    """The `params` of `ExcessiveDrivingRule`."""

    max_driving_time: int | None = None
    min_parking_time: int | None = None


class ExcessiveDrivingRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="excessive_driving"):
    """A rule of the type `excessive_driving`."""

    type: ClassVar[Literal["excessive_driving"]] = "excessive_driving"

    extended_params: RuleTypeExcessiveDrivingParams | None = None


class RuleTypeExcessiveParkingParams(RuleParams, kw_only=True, gc=False):
    """The `params` of `ExcessiveParkingRule`."""

    max_parking_duration: int | None = None


class ExcessiveParkingRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="excessive_parking"):
    """A rule of the type `excessive_parking`."""

    type: ClassVar[Literal["excessive_parking"]] = "excessive_parking"

    extended_params: RuleTypeExcessiveParkingParams | None = None


class ExternalDeviceConnectionRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="external_device_connection"):
    """A rule of the type `external_device_connection`."""

    type: ClassVar[Literal["external_device_connection"]] = "external_device_connection"


class FatigueDrivingRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="fatigue_driving"):
    """A rule of the type `fatigue_driving`."""

    type: ClassVar[Literal["fatigue_driving"]] = "fatigue_driving"


class FuelLevelLeapSensor(Model, kw_only=True, gc=False):
    """The fuel sensor of a tracker."""

    tracker_id: int | None = None
    sensor_id: int | None = None


class RuleTypeFuelLevelLeapParams(RuleParams, kw_only=True, gc=True):
    """The `params` of `FuelLevelLeapRule`."""

    sensor_id: int | None = None
    display_value: bool | None = None
    tracker_params: list[FuelLevelLeapSensor] | None = None


class FuelLevelLeapRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="fuel_level_leap"):
    """A rule of the type `fuel_level_leap`."""

    type: ClassVar[Literal["fuel_level_leap"]] = "fuel_level_leap"

    extended_params: RuleTypeFuelLevelLeapParams | None = None


class GSensorRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="g_sensor"):
    """A rule of the type `g_sensor`."""

    type: ClassVar[Literal["g_sensor"]] = "g_sensor"


class GpsDampRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="gps_damp"):
    """A rule of the type `gps_damp`."""

    type: ClassVar[Literal["gps_damp"]] = "gps_damp"


class GpsLostRecoverRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="gps_lost_recover"):
    """A rule of the type `gps_lost_recover`."""

    type: ClassVar[Literal["gps_lost_recover"]] = "gps_lost_recover"


class GsmDampRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="gsm_damp"):
    """A rule of the type `gsm_damp`."""

    type: ClassVar[Literal["gsm_damp"]] = "gsm_damp"


class HarshDrivingRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="harsh_driving"):
    """A rule of the type `harsh_driving`."""

    type: ClassVar[Literal["harsh_driving"]] = "harsh_driving"


class HoodAlarmRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="hood_alarm"):
    """A rule of the type `hood_alarm`."""

    type: ClassVar[Literal["hood_alarm"]] = "hood_alarm"


class IdlingRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="idling"):
    """A rule of the type `idling`."""

    type: ClassVar[Literal["idling"]] = "idling"


class IdlingSoftRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="idling_soft"):
    """A rule of the type `idling_soft`."""

    type: ClassVar[Literal["idling_soft"]] = "idling_soft"


class IgnitionRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="ignition"):
    """A rule of the type `ignition`."""

    type: ClassVar[Literal["ignition"]] = "ignition"


class InoutzoneRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="inoutzone"):
    """A rule of the type `inoutzone`."""

    type: ClassVar[Literal["inoutzone"]] = "inoutzone"


class InputChangeRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="input_change"):
    """A rule of the type `input_change`."""

    type: ClassVar[Literal["input_change"]] = "input_change"


class LightSensorRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="light_sensor"):
    """A rule of the type `light_sensor`."""

    type: ClassVar[Literal["light_sensor"]] = "light_sensor"


class LocationResponseRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="location_response"):
    """A rule of the type `location_response`."""

    type: ClassVar[Literal["location_response"]] = "location_response"


class LockingUnlockingRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="locking_unlocking"):
    """A rule of the type `locking_unlocking`."""

    type: ClassVar[Literal["locking_unlocking"]] = "locking_unlocking"


class LowpowerRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="lowpower"):
    """A rule of the type `lowpower`."""

    type: ClassVar[Literal["lowpower"]] = "lowpower"


class NoMovementRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="no_movement"):
    """A rule of the type `no_movement`."""

    type: ClassVar[Literal["no_movement"]] = "no_movement"


class ObdPlugUnplugRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="obd_plug_unplug"):
    """A rule of the type `obd_plug_unplug`."""

    type: ClassVar[Literal["obd_plug_unplug"]] = "obd_plug_unplug"


class OfflineRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="offline"):
    """A rule of the type `offline`.

    Attributes:
        param: in min.
    """

    type: ClassVar[Literal["offline"]] = "offline"

    param: int | float | None = None


class OnOffRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="on_off"):
    """A rule of the type `on_off`."""

    type: ClassVar[Literal["on_off"]] = "on_off"


class OutputChangeRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="output_change"):
    """A rule of the type `output_change`."""

    type: ClassVar[Literal["output_change"]] = "output_change"


class OverSpeedReportedRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="over_speed_reported"):
    """A rule of the type `over_speed_reported`."""

    type: ClassVar[Literal["over_speed_reported"]] = "over_speed_reported"


class ParkingRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="parking"):
    """A rule of the type `parking`."""

    type: ClassVar[Literal["parking"]] = "parking"


class PoweronRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="poweron"):
    """A rule of the type `poweron`."""

    type: ClassVar[Literal["poweron"]] = "poweron"


class ProximityViolationRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="proximity_violation"):
    """A rule of the type `proximity_violation`."""

    type: ClassVar[Literal["proximity_violation"]] = "proximity_violation"


class RuleTypeRouteParams(RuleParams, kw_only=True, gc=False):
    """The `params` of `RouteRule`."""

    allow_exit_at_endpoints: bool | None = None


class RouteRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="route"):
    """A rule of the type `route`."""

    type: ClassVar[Literal["route"]] = "route"

    extended_params: RuleTypeRouteParams | None = None


class SensorRange(Model, kw_only=True, gc=False):
    """The range of a tracker's sensor."""

    sensor_id: int | None = None
    threshold: float | None = None
    min: float | None = None
    max: float | None = None


class RuleTypeSensorRangeParams(RuleParams, kw_only=True, gc=True):
    """The `params` of `SensorRangeRule`."""

    sensor_id: int | None = None
    threshold: float | None = None
    min: float | None = None
    max: float | None = None
    display_value: bool | None = None
    tracker_params: list[SensorRange] | None = None


class SensorRangeRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="sensor_range"):
    """A rule of the type `sensor_range`."""

    type: ClassVar[Literal["sensor_range"]] = "sensor_range"

    extended_params: RuleTypeSensorRangeParams | None = None


class SosRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="sos"):
    """A rule of the type `sos`."""

    type: ClassVar[Literal["sos"]] = "sos"


class SpeedupRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="speedup"):
    """A rule of the type `speedup`."""

    type: ClassVar[Literal["speedup"]] = "speedup"


class WatchedStateField(Model, kw_only=True, gc=False):
    """A state field of a tracker, and the value that fires."""

    tracker_id: int | None = None
    trigger_value: str | None = None
    state_field: str | None = None
    virtual_sensor_id: int | None = None


class RuleTypeStateFieldControlParams(RuleParams, kw_only=True, gc=True):
    """The `params` of `StateFieldControlRule`.

    Attributes:
        repeat_delay_seconds: in s.
        state_field: one of virtual_sensor_id, tracker_params.
    """

    allow_repeat: bool | None = None
    repeat_delay_seconds: int | float | None = None
    trigger_value: str | None = None
    state_field: str | None = None
    virtual_sensor_id: int | None = None
    display_value: bool | None = None
    tracker_params: list[WatchedStateField] | None = None


class StateFieldControlRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="state_field_control"):
    """A rule of the type `state_field_control`."""

    type: ClassVar[Literal["state_field_control"]] = "state_field_control"

    extended_params: RuleTypeStateFieldControlParams | None = None


class StrapBoltRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="strap_bolt"):
    """A rule of the type `strap_bolt`."""

    type: ClassVar[Literal["strap_bolt"]] = "strap_bolt"


class RuleTypeTaskStatusChangeParams(RuleParams, kw_only=True, gc=True):
    """The `params` of `TaskStatusChangeRule`.

    Attributes:
        statuses: one of arrived, done, delayed, failed.
    """

    statuses: list[str] | None = None
    on_form_submission: bool | None = None
    on_repeated_form_submission: bool | None = None


class TaskStatusChangeRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="task_status_change"):
    """A rule of the type `task_status_change`."""

    type: ClassVar[Literal["task_status_change"]] = "task_status_change"

    extended_params: RuleTypeTaskStatusChangeParams | None = None


class TrackChangeRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="track_change"):
    """A rule of the type `track_change`."""

    type: ClassVar[Literal["track_change"]] = "track_change"


class VibrationRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="vibration"):
    """A rule of the type `vibration`."""

    type: ClassVar[Literal["vibration"]] = "vibration"


class RuleTypeWorkStatusChangeParams(RuleParams, kw_only=True, gc=True):
    """The `params` of `WorkStatusChangeRule`."""

    status_ids: list[int] | None = None


class WorkStatusChangeRule(RuleBase, kw_only=True, gc=True, tag_field="type", tag="work_status_change"):
    """A rule of the type `work_status_change`."""

    type: ClassVar[Literal["work_status_change"]] = "work_status_change"

    extended_params: RuleTypeWorkStatusChangeParams | None = None
