"""Structs of `tracker.sensor`. Sensors: how the inputs of devices become readings.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from msgspec import Raw, field

from ..model import ABSENT, Always, Model, Unknown
from ..variants import Variants


class CalibrationPoint(Model, kw_only=True, gc=False):
    """A calibration point.

    Attributes:
        in_: `in` on the wire.
    """

    in_: float | None = field(default=None, name="in")
    out: float | None = None


class SensorMeteringParameters(Model, kw_only=True):
    """The `parameters` of `MeteringSensor`."""

    parent_ids: list[int] | None = None
    volume: float | None = None
    min: float | None = None
    max: float | None = None
    max_lowering_by_time: float | None = None
    max_lowering_by_mileage: float | None = None
    ignore_drains_in_move: bool | None = None
    ignore_refuels_in_move: bool | None = None
    refuel_gap_minutes: int | None = None
    custom_field_name: bool | None = None


class MeteringSensor(Model, kw_only=True, tag_field="type", tag="metering"):
    """A sensor that measures.

    Attributes:
        accuracy: 0.0 to 100.0.
    """

    type: ClassVar[Literal["metering"]] = "metering"

    id: Always[int] = ABSENT
    sensor_type: str | None = None
    name: str | None = None
    input_name: str | None = None
    divider: float | None = None
    accuracy: float | None = None
    units: str | None = None
    units_type: str | None = None
    parameters: SensorMeteringParameters | None = None
    group_type: str | None = None


class DiscreteSensor(Model, kw_only=True, gc=False, tag_field="type", tag="discrete"):
    """A sensor that is on or off.

    Attributes:
        input_number: 1 to 8.
    """

    type: ClassVar[Literal["discrete"]] = "discrete"

    id: Always[int] = ABSENT
    sensor_type: str | None = None
    name: str | None = None
    input_number: int | None = None


class SensorVirtualParametersValueTitles(Model, kw_only=True, gc=False):
    """The `value_titles` of `SensorVirtualParameters`."""

    value: str | None = None
    title: str | None = None


class SensorVirtualParameters(Model, kw_only=True):
    """The `parameters` of `VirtualSensor`.

    Attributes:
        calc_method: one of in_range, identity, bit_index.
    """

    calc_method: str | None = None
    range_from: float | None = None
    range_to: float | None = None
    bit_index: int | None = None
    value_titles: list[SensorVirtualParametersValueTitles] | None = None


class VirtualSensor(Model, kw_only=True, tag_field="type", tag="virtual"):
    """A sensor that is calculated from a state field."""

    type: ClassVar[Literal["virtual"]] = "virtual"

    id: Always[int] = ABSENT
    sensor_type: str | None = None
    name: str | None = None
    input_name: str | None = None
    custom_field_name: bool | None = None
    parameters: SensorVirtualParameters | None = None


class UnknownSensor(Unknown):
    """A variant of `Sensor` that this version does not know."""


Sensor: TypeAlias = MeteringSensor | DiscreteSensor | VirtualSensor | UnknownSensor
"""A sensor of a tracker; told apart by `type`."""

SENSOR = Variants(UnknownSensor, MeteringSensor, DiscreteSensor, VirtualSensor)


class TrackerSensorCalibrationDataReadValue(Model, kw_only=True, gc=False):
    """What `value` is made of in `/tracker/sensor/calibration_data/read`.

    Attributes:
        in_: `in` on the wire.
    """

    in_: float | None = field(default=None, name="in")
    out: float | None = None


class TrackerSensorDataReadList(Model, kw_only=True):
    """What `list` is made of in `/tracker/sensor/data/read`."""

    value: Any = None
    get_time: datetime | None = None


class TrackerSensorInputNameListList(Model, kw_only=True):
    """What `list` is made of in `/tracker/sensor/input_name/list`."""

    input_name: str | None = None
    description: str | None = None
    value_type: str | None = None
    value_titles: dict[str, str] | None = None


class TrackerSensorBatchListAnswer(Model, kw_only=True):
    """What `/tracker/sensor/batch_list` answers."""

    if TYPE_CHECKING:
        result: Always[dict[int, list[Sensor]]] = ABSENT
    else:
        result: Raw = ABSENT

    def __post_init__(self) -> None:
        self.result = SENSOR.mapped_many(self.result, int)


class TrackerSensorCalibrationDataReadAnswer(Model, kw_only=True):
    """What `/tracker/sensor/calibration_data/read` answers."""

    value: Always[list[TrackerSensorCalibrationDataReadValue]] = ABSENT


class TrackerSensorCreateAnswer(Model, kw_only=True, gc=False):
    """What `/tracker/sensor/create` answers."""

    id: Always[int] = ABSENT


class TrackerSensorDataReadAnswer(Model, kw_only=True):
    """What `/tracker/sensor/data/read` answers."""

    list: Always[builtins.list[TrackerSensorDataReadList]] = ABSENT


class TrackerSensorInputNameListAnswer(Model, kw_only=True):
    """What `/tracker/sensor/input_name/list` answers."""

    list: Always[builtins.list[TrackerSensorInputNameListList]] = ABSENT


class TrackerSensorListAnswer(Model, kw_only=True):
    """What `/tracker/sensor/list` answers."""

    if TYPE_CHECKING:
        list: Always[builtins.list[Sensor]] = ABSENT
    else:
        list: Raw = ABSENT

    def __post_init__(self) -> None:
        self.list = SENSOR.many(self.list)
