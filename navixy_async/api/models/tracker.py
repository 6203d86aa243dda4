"""Structs of `tracker`. Trackers: the devices of the account, and their last known state.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import date, datetime
from typing import Any

from ..model import ABSENT, Always, Model
from .common import Location
from .tracker_readings import CounterReading


class InputState(Model, kw_only=True, gc=False):
    """An input state."""

    type: str | None = None
    name: str | None = None
    status: bool | None = None
    input_number: int | None = None


class LastGpsPoint(Model, kw_only=True, gc=False):
    """A last gps point.

    Attributes:
        heading: in deg; 0 to 360.
        speed: in km/h.
        precision: in m.
    """

    get_time: datetime | None = None
    heading: int | float | None = None
    lat: float | None = None
    lng: float | None = None
    satellites: int | None = None
    speed: int | float | None = None
    precision: int | float | None = None


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


class TrackerBatchGetCommandsResultConfig(Model, kw_only=True):
    """The `config` of `TrackerBatchGetCommandsResult`."""

    command: str | None = None
    reliable: bool | None = None
    url: str | None = None
    headers: list[dict[str, Any]] | None = None
    body: str | None = None


class TrackerBatchGetCommandsResult(Model, kw_only=True):
    """What `result` is made of in `/tracker/batch_get_commands`."""

    id: Always[int] = ABSENT
    name: str | None = None
    type: str | None = None
    config: TrackerBatchGetCommandsResultConfig | None = None


class TrackerCommandElectronicLockCommand(Model, kw_only=True):
    """A tracker command electronic lock command.

    Attributes:
        command_code: one of seal, unseal.
    """

    command_code: str | None = None
    special_settings: dict[str, Any] | None = None
    name: str | None = None


class TrackerCommandSetSpecialSettingsCommand(Model, kw_only=True):
    """A tracker command set special settings command."""

    name: str | None = None
    special_settings: dict[str, Any] | None = None


class TrackerGetDiagnosticsStates(Model, kw_only=True, gc=False):
    """What `states` is made of in `/tracker/get_diagnostics`."""

    obd_vin: str | None = None
    obd_mil_status: str | None = None


class TrackerInputs(Model, kw_only=True):
    """A tracker inputs."""

    inputs: list[bool] | None = None
    states: list[InputState] | None = None
    update_time: datetime | None = None


class TrackerListModelsBattery(Model, kw_only=True, gc=False):
    """What `battery` is made of in `/tracker/list_models`."""

    min_charge: float | None = None
    low_charge: float | None = None
    max_charge: float | None = None


class TrackerListModelsConnection(Model, kw_only=True, gc=False):
    """What `connection` is made of in `/tracker/list_models`."""

    protocol: str | None = None
    transport: str | None = None
    url: str | None = None
    description: str | None = None


class TrackerModelBattery(Model, kw_only=True, gc=False):
    """The `battery` of `TrackerModel`."""

    min_charge: float | None = None
    low_charge: float | None = None
    max_charge: float | None = None


class TrackerModelConnection(Model, kw_only=True, gc=False):
    """The `connection` of `TrackerModel`."""

    protocol: str | None = None
    transport: str | None = None
    url: str | None = None
    description: str | None = None


class TrackerModel(Model, kw_only=True):
    """A tracker model.

    Attributes:
        type: one of logger, portable, vehicle, personal.
        output_control: one of none, default, batch, stateless, async, async_offline, batch_async.
    """

    id: Always[int] = ABSENT
    vendor: str | None = None
    code: str | None = None
    parent_code: str | None = None
    type: str | None = None
    name: str | None = None
    id_type: str | None = None
    has_phone: bool | None = None
    has_apn_settings: bool | None = None
    register: bool | None = None
    has_auto_registration: bool | None = None
    port: int | None = None
    battery: TrackerModelBattery | None = None
    altitude: bool | None = None
    satellites: bool | None = None
    gsm_level: bool | None = None
    gsm_network: bool | None = None
    gsm_roaming: bool | None = None
    has_detach_button: bool | None = None
    has_fuel_input: bool | None = None
    analog_inputs: int | None = None
    digital_inputs: int | None = None
    digital_outputs: int | None = None
    rs232_inputs: int | None = None
    output_control: str | None = None
    special_control: str | None = None
    inputs: list[str] | None = None
    state_fields: list[str] | None = None
    rules: list[str] | None = None
    special_settings: list[str] | None = None
    sms_control: list[str] | None = None
    has_led_control: bool | None = None
    has_location_request: bool | None = None
    has_gprs_location_request: bool | None = None
    has_gsm_lbs_location_request: bool | None = None
    has_chat: bool | None = None
    has_custom_fields: bool | None = None
    has_odometer: bool | None = None
    has_lbs: bool | None = None
    has_motion_sensor: bool | None = None
    has_hardware_key: bool | None = None
    additional_fields: list[dict[str, Any]] | None = None
    connection: list[TrackerModelConnection] | None = None
    track_control: str | None = None
    register_fields: list[Any] | None = None


class TrackerOutput(Model, kw_only=True, gc=False):
    """A tracker output."""

    number: int | None = None
    title: str | None = None


class GpsState(Model, kw_only=True, gc=False):
    """Where a tracker was last.

    Attributes:
        signal_level: in percent.
        heading: in deg; 0 to 360.
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


class TrackerBatchGetCommandsAnswer(Model, kw_only=True):
    """What `/tracker/batch_get_commands` answers."""

    result: Always[dict[str, list[TrackerBatchGetCommandsResult]]] = ABSENT


class TrackerBatchGetInputsAnswer(Model, kw_only=True):
    """What `/tracker/batch_get_inputs` answers."""

    user_time: datetime | None = None
    data: dict[int, TrackerInputs] | None = None


class TrackerBatchGetOutputsAnswer(Model, kw_only=True):
    """What `/tracker/batch_get_outputs` answers."""

    result: Always[dict[int, list[TrackerOutput]]] = ABSENT


class TrackerGetCountersAnswer(Model, kw_only=True):
    """What `/tracker/get_counters` answers."""

    user_time: datetime | None = None
    list: Always[builtins.list[CounterReading]] = ABSENT


class TrackerGetDiagnosticsAnswer(Model, kw_only=True):
    """What `/tracker/get_diagnostics` answers."""

    user_time: datetime | None = None
    inputs: list[SensorValue] | None = None
    states: TrackerGetDiagnosticsStates | None = None
    update_time: datetime | None = None


class TrackerGetFuelAnswer(Model, kw_only=True):
    """What `/tracker/get_fuel` answers."""

    user_time: datetime | None = None
    inputs: list[SensorValue] | None = None
    update_time: datetime | None = None


class TrackerGetInputsAnswer(Model, kw_only=True):
    """What `/tracker/get_inputs` answers."""

    user_time: datetime | None = None
    inputs: list[bool] | None = None
    states: Always[list[InputState]] = ABSENT
    update_time: datetime | None = None


class TrackerGetLastGpsPointAnswer(Model, kw_only=True, gc=False):
    """What `/tracker/get_last_gps_point` answers."""

    value: Always[LastGpsPoint] = ABSENT


class TrackerGetOutputsAnswer(Model, kw_only=True):
    """What `/tracker/get_outputs` answers."""

    result: Always[list[TrackerOutput]] = ABSENT


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


class TrackerListModelsAnswer(Model, kw_only=True):
    """What `/tracker/list_models` answers."""

    list: Always[builtins.list[TrackerModel]] = ABSENT


class TrackerReadAnswer(Model, kw_only=True):
    """What `/tracker/read` answers."""

    value: Always[Tracker] = ABSENT


class TrackerRegisterAnswer(Model, kw_only=True):
    """What `/tracker/register` answers."""

    value: Always[Tracker] = ABSENT


class TrackerRegisterQuickAnswer(Model, kw_only=True):
    """What `/tracker/register_quick` answers."""

    value: Always[Tracker] = ABSENT


class TrackerRegisterRetryAnswer(Model, kw_only=True):
    """What `/tracker/register_retry` answers."""

    value: Always[Tracker] = ABSENT


class TrackerReplaceAnswer(Model, kw_only=True):
    """What `/tracker/replace` answers."""

    value: Always[Tracker] = ABSENT


class TrackerReplaceQuickAnswer(Model, kw_only=True):
    """What `/tracker/replace_quick` answers."""

    value: Always[Tracker] = ABSENT


class TrackerReplaceRetryAnswer(Model, kw_only=True):
    """What `/tracker/replace_retry` answers."""

    value: Always[Tracker] = ABSENT
