"""Structs of `report_plugins`. Parameters of the report plugins.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias

from ..model import Model, Unknown
from ..variants import Variants


class CarSecurityPlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=15):
    """The report plugin `car_security`."""

    plugin_id: ClassVar[Literal[15]] = 15

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None


class CheckInPlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=80):
    """The report plugin `check_in`."""

    plugin_id: ClassVar[Literal[80]] = 80

    show_coordinates: bool | None = None
    hide_empty_tabs: bool | None = None
    show_places_and_zones: bool | None = None
    show_forms: bool | None = None


class DeviceSwitchingOnOffPlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=23):
    """The report plugin `device_switching_on_off`."""

    plugin_id: ClassVar[Literal[23]] = 23

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None


class DriverShiftChangePlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=66):
    """The report plugin `driver_shift_change`."""

    plugin_id: ClassVar[Literal[66]] = 66

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None


class ReportPluginEcoDrivingReportByDriversHarshDrivingPenalties(Model, kw_only=True, gc=False):
    """The `harsh_driving_penalties` of `EcoDrivingReportByDriversPlugin`."""

    harshAcceleration: int | None = None
    harshBraking: int | None = None
    harshTurn: int | None = None
    harshAccelerationNTurn: int | None = None
    harshBrakingNTurn: int | None = None
    harshQuickLaneChange: int | None = None


class EcoDrivingReportByDriversPlugin(Model, kw_only=True, tag_field="plugin_id", tag=82):
    """The report plugin `eco_driving_report_by_drivers`.

    Attributes:
        min_idling_duration: in min.
        min_speeding_duration: in min.
    """

    plugin_id: ClassVar[Literal[82]] = 82

    harsh_driving_penalties: ReportPluginEcoDrivingReportByDriversHarshDrivingPenalties | None = None
    speeding_penalties: dict[str, int] | None = None
    speed_limit: int | None = None
    idling_penalty: int | None = None
    min_idling_duration: int | float | None = None
    min_speeding_duration: int | float | None = None
    use_vehicle_speed_limit: bool | None = None
    show_seconds: bool | None = None


class ReportPluginEcoDrivingReportByTrackersHarshDrivingPenalties(Model, kw_only=True, gc=False):
    """The `harsh_driving_penalties` of `EcoDrivingReportByTrackersPlugin`."""

    harshAcceleration: int | None = None
    harshBraking: int | None = None
    harshTurn: int | None = None
    harshAccelerationNTurn: int | None = None
    harshBrakingNTurn: int | None = None
    harshQuickLaneChange: int | None = None


class EcoDrivingReportByTrackersPlugin(Model, kw_only=True, tag_field="plugin_id", tag=46):
    """The report plugin `eco_driving_report_by_trackers`.

    Attributes:
        min_idling_duration: in min.
        min_speeding_duration: in min.
    """

    plugin_id: ClassVar[Literal[46]] = 46

    harsh_driving_penalties: ReportPluginEcoDrivingReportByTrackersHarshDrivingPenalties | None = None
    speeding_penalties: dict[str, int] | None = None
    speed_limit: int | None = None
    idling_penalty: int | None = None
    min_idling_duration: int | float | None = None
    min_speeding_duration: int | float | None = None
    use_vehicle_speed_limit: bool | None = None
    show_seconds: bool | None = None


class EmergencyButtonSosPlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=16):
    """The report plugin `emergency_button_sos`."""

    plugin_id: ClassVar[Literal[16]] = 16

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None


class EngineHoursPlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=7):
    """The report plugin `engine_hours`."""

    plugin_id: ClassVar[Literal[7]] = 7

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None
    show_detailed: bool | None = None
    include_summary_sheet_only: bool | None = None
    include_summary_sheet: bool | None = None
    filter: bool | None = None


class ReportPluginEquipmentWorkingTimeSensors(Model, kw_only=True, gc=False):
    """The `sensors` of `EquipmentWorkingTimePlugin`."""

    tracker_id: int | None = None
    sensor_id: int | None = None


class EquipmentWorkingTimePlugin(Model, kw_only=True, tag_field="plugin_id", tag=12):
    """The report plugin `equipment_working_time`.

    Attributes:
        min_working_period_duration: in s.
    """

    plugin_id: ClassVar[Literal[12]] = 12

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None
    min_working_period_duration: int | float | None = None
    show_idle_percent: bool | None = None
    filter: bool | None = None
    sensors: list[ReportPluginEquipmentWorkingTimeSensors] | None = None


class FallDetectionPlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=17):
    """The report plugin `fall_detection`."""

    plugin_id: ClassVar[Literal[17]] = 17

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None


class FlowMeterPlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=78):
    """The report plugin `flow_meter`."""

    plugin_id: ClassVar[Literal[78]] = 78

    detailed_by_dates: bool | None = None
    filter: bool | None = None
    include_summary_sheet_only: bool | None = None
    include_summary_sheet: bool | None = None


class FormCompletionStatisticsPlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=70):
    """The report plugin `form_completion_statistics`."""

    plugin_id: ClassVar[Literal[70]] = 70

    hide_empty_tabs: bool | None = None
    show_nonselected: bool | None = None


class FuelVolumePlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=10):
    """The report plugin `fuel_volume`.

    Attributes:
        graph_type: one of time, mileage.
        surge_filter_threshold: 0.01 to 0.99.
    """

    plugin_id: ClassVar[Literal[10]] = 10

    show_seconds: bool | None = None
    graph_type: str | None = None
    detailed_by_dates: bool | None = None
    include_summary_sheet_only: bool | None = None
    include_summary_sheet: bool | None = None
    use_ignition_data_for_consumption: bool | None = None
    include_mileage_plot: bool | None = None
    filter: bool | None = None
    include_speed_plot: bool | None = None
    smoothing: bool | None = None
    surge_filter: bool | None = None
    surge_filter_threshold: float | None = None


class FuelVolumeReport20Plugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=95):
    """The report plugin `fuel_volume_report_2_0`."""

    plugin_id: ClassVar[Literal[95]] = 95

    hide_empty_tabs: bool | None = None


class GeofenceEntryExitEventsPlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=89):
    """The report plugin `geofence_entry_exit_events`.

    Attributes:
        min_minutes_in_zone: in min.
    """

    plugin_id: ClassVar[Literal[89]] = 89

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None
    min_minutes_in_zone: int | float | None = None


class GeofenceVisitsPlugin(Model, kw_only=True, tag_field="plugin_id", tag=8):
    """The report plugin `geofence_visits`.

    Attributes:
        min_minutes_in_zone: in min.
    """

    plugin_id: ClassVar[Literal[8]] = 8

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None
    show_mileage: bool | None = None
    show_not_visited_zones: bool | None = None
    min_minutes_in_zone: int | float | None = None
    zone_ids: list[int] | None = None
    hide_charts: bool | None = None
    include_summary_sheet_only: bool | None = None
    include_summary_sheet: bool | None = None


class GsmConnectionLostPlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=13):
    """The report plugin `gsm_connection_lost`."""

    plugin_id: ClassVar[Literal[13]] = 13

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None


class ReportPluginMeasuringSensorsSensors(Model, kw_only=True, gc=False):
    """The `sensors` of `MeasuringSensorsPlugin`."""

    tracker_id: int | None = None
    sensor_id: int | None = None


class MeasuringSensorsPlugin(Model, kw_only=True, tag_field="plugin_id", tag=9):
    """The report plugin `measuring_sensors`.

    Attributes:
        details_interval_seconds: in s; 30 to 21600.
        details_interval_minutes: in min.
        graph_type: one of time, mileage.
    """

    plugin_id: ClassVar[Literal[9]] = 9

    hide_empty_tabs: bool | None = None
    details_interval_seconds: int | float | None = None
    details_interval_minutes: int | float | None = None
    graph_type: str | None = None
    smoothing: bool | None = None
    show_address: bool | None = None
    filter: bool | None = None
    sensors: list[ReportPluginMeasuringSensorsSensors] | None = None
    show_seconds: bool | None = None


class OverallSecurityPlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=19):
    """The report plugin `overall_security`."""

    plugin_id: ClassVar[Literal[19]] = 19

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None
    group_by_type: bool | None = None


class PoiVisitsPlugin(Model, kw_only=True, tag_field="plugin_id", tag=85):
    """The report plugin `poi_visits`.

    Attributes:
        min_minutes_in_place: in min.
    """

    plugin_id: ClassVar[Literal[85]] = 85

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None
    show_mileage: bool | None = None
    show_not_visited_places: bool | None = None
    min_minutes_in_place: int | float | None = None
    place_ids: list[int] | None = None
    hide_charts: bool | None = None
    include_summary_sheet_only: bool | None = None
    include_summary_sheet: bool | None = None
    fetch_places_by_employees: bool | None = None


class PointPlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=91):
    """The report plugin `point`."""

    plugin_id: ClassVar[Literal[91]] = 91

    show_seconds: bool | None = None


class ReportOnAllEventsPlugin(Model, kw_only=True, tag_field="plugin_id", tag=11):
    """The report plugin `report_on_all_events`."""

    plugin_id: ClassVar[Literal[11]] = 11

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None
    group_by_type: bool | None = None
    event_types: list[str] | None = None


class SmsLocationsPlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=20):
    """The report plugin `sms_locations`."""

    plugin_id: ClassVar[Literal[20]] = 20

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None


class SpeedViolationPlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=27):
    """The report plugin `speed_violation`.

    Attributes:
        min_duration_minutes: in s.
    """

    plugin_id: ClassVar[Literal[27]] = 27

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None
    min_duration_minutes: int | float | None = None
    max_speed: int | None = None
    group_by_driver: bool | None = None
    filter: bool | None = None


class StayInZonesPlugin(Model, kw_only=True, tag_field="plugin_id", tag=84):
    """The report plugin `stay_in_zones`."""

    plugin_id: ClassVar[Literal[84]] = 84

    show_seconds: bool | None = None
    show_tags: bool | None = None
    min_minutes_in_zone: int | None = None
    zone_ids: list[int] | None = None


class StopsPlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=6):
    """The report plugin `stops`."""

    plugin_id: ClassVar[Literal[6]] = 6

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None
    show_coordinates: bool | None = None
    filter: bool | None = None


class TasksPlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=42):
    """The report plugin `tasks`."""

    plugin_id: ClassVar[Literal[42]] = 42

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None
    show_external_id: bool | None = None
    show_description: bool | None = None
    show_forms: bool | None = None
    show_places_and_zones: bool | None = None


class TrackerDetachPlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=18):
    """The report plugin `tracker_detach`."""

    plugin_id: ClassVar[Literal[18]] = 18

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None


class TripsPlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=4):
    """The report plugin `trips`."""

    plugin_id: ClassVar[Literal[4]] = 4

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None
    include_summary_sheet_only: bool | None = None
    include_summary_sheet: bool | None = None
    split: bool | None = None
    show_idle_duration: bool | None = None
    show_coordinates: bool | None = None
    filter: bool | None = None
    group_by_driver: bool | None = None


class ReportPluginTripsAndStopsByShiftsShifts(Model, kw_only=True, gc=False):
    """The `shifts` of `TripsAndStopsByShiftsPlugin`."""

    name: str | None = None
    start_time: str | None = None
    end_time: str | None = None


class TripsAndStopsByShiftsPlugin(Model, kw_only=True, tag_field="plugin_id", tag=77):
    """The report plugin `trips_and_stops_by_shifts`."""

    plugin_id: ClassVar[Literal[77]] = 77

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None
    shifts: list[ReportPluginTripsAndStopsByShiftsShifts] | None = None
    filter: bool | None = None
    show_coordinates: bool | None = None
    split_at_midnight: bool | None = None


class TripsByStatePlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=73):
    """The report plugin `trips_by_state`.

    Attributes:
        group_type: one of province, country.
    """

    plugin_id: ClassVar[Literal[73]] = 73

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None
    filter: bool | None = None
    include_summary_sheet_only: bool | None = None
    include_summary_sheet: bool | None = None
    group_type: str | None = None


class ReportPluginVehicleSensorsSensors(Model, kw_only=True, gc=False):
    """The `sensors` of `VehicleSensorsPlugin`."""

    tracker_id: int | None = None
    sensor_id: int | None = None


class VehicleSensorsPlugin(Model, kw_only=True, tag_field="plugin_id", tag=22):
    """The report plugin `vehicle_sensors`.

    Attributes:
        details_interval_seconds: in s; 30 to 21600.
        details_interval_minutes: in min.
        graph_type: one of time, mileage.
    """

    plugin_id: ClassVar[Literal[22]] = 22

    hide_empty_tabs: bool | None = None
    details_interval_seconds: int | float | None = None
    details_interval_minutes: int | float | None = None
    graph_type: str | None = None
    smoothing: bool | None = None
    sensors: list[ReportPluginVehicleSensorsSensors] | None = None


class WorkStatusesPlugin(Model, kw_only=True, gc=False, tag_field="plugin_id", tag=47):
    """The report plugin `work_statuses`."""

    plugin_id: ClassVar[Literal[47]] = 47

    hide_empty_tabs: bool | None = None
    show_seconds: bool | None = None


class UnknownReportPlugin(Unknown):
    """A variant of `ReportPlugin` that this version does not know."""

    tag_field: ClassVar[str] = "plugin_id"


ReportPlugin: TypeAlias = (
    CarSecurityPlugin
    | CheckInPlugin
    | DeviceSwitchingOnOffPlugin
    | DriverShiftChangePlugin
    | EcoDrivingReportByDriversPlugin
    | EcoDrivingReportByTrackersPlugin
    | EmergencyButtonSosPlugin
    | EngineHoursPlugin
    | EquipmentWorkingTimePlugin
    | FallDetectionPlugin
    | FlowMeterPlugin
    | FormCompletionStatisticsPlugin
    | FuelVolumePlugin
    | FuelVolumeReport20Plugin
    | GeofenceEntryExitEventsPlugin
    | GeofenceVisitsPlugin
    | GsmConnectionLostPlugin
    | MeasuringSensorsPlugin
    | OverallSecurityPlugin
    | PoiVisitsPlugin
    | PointPlugin
    | ReportOnAllEventsPlugin
    | SmsLocationsPlugin
    | SpeedViolationPlugin
    | StayInZonesPlugin
    | StopsPlugin
    | TasksPlugin
    | TrackerDetachPlugin
    | TripsPlugin
    | TripsAndStopsByShiftsPlugin
    | TripsByStatePlugin
    | VehicleSensorsPlugin
    | WorkStatusesPlugin
    | UnknownReportPlugin
)
"""Which report to make, and how; told apart by `plugin_id`."""

REPORT_PLUGIN = Variants(
    UnknownReportPlugin,
    CarSecurityPlugin,
    CheckInPlugin,
    DeviceSwitchingOnOffPlugin,
    DriverShiftChangePlugin,
    EcoDrivingReportByDriversPlugin,
    EcoDrivingReportByTrackersPlugin,
    EmergencyButtonSosPlugin,
    EngineHoursPlugin,
    EquipmentWorkingTimePlugin,
    FallDetectionPlugin,
    FlowMeterPlugin,
    FormCompletionStatisticsPlugin,
    FuelVolumePlugin,
    FuelVolumeReport20Plugin,
    GeofenceEntryExitEventsPlugin,
    GeofenceVisitsPlugin,
    GsmConnectionLostPlugin,
    MeasuringSensorsPlugin,
    OverallSecurityPlugin,
    PoiVisitsPlugin,
    PointPlugin,
    ReportOnAllEventsPlugin,
    SmsLocationsPlugin,
    SpeedViolationPlugin,
    StayInZonesPlugin,
    StopsPlugin,
    TasksPlugin,
    TrackerDetachPlugin,
    TripsPlugin,
    TripsAndStopsByShiftsPlugin,
    TripsByStatePlugin,
    VehicleSensorsPlugin,
    WorkStatusesPlugin,
)
