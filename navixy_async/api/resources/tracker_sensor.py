"""The actions under `/tracker/sensor`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec import UNSET, UnsetType

from ...files import UploadSource, as_upload
from ...operations import Lane, Operation, Replay
from ..checks import listed, sent, window
from ..models.tracker_sensor import (
    CalibrationPoint,
    Sensor,
    TrackerSensorBatchListAnswer,
    TrackerSensorCalibrationDataReadAnswer,
    TrackerSensorCalibrationDataReadValue,
    TrackerSensorCreateAnswer,
    TrackerSensorDataReadAnswer,
    TrackerSensorDataReadList,
    TrackerSensorInputNameListAnswer,
    TrackerSensorInputNameListList,
    TrackerSensorListAnswer,
)
from ..noun import Noun, present

BATCH_COPY: Operation[dict[str, Any]] = Operation("tracker/sensor/batch_copy", dict[str, Any])
BATCH_LIST: Operation[TrackerSensorBatchListAnswer] = Operation(
    "tracker/sensor/batch_list", TrackerSensorBatchListAnswer, replay=Replay.READ
)
CALIBRATION_DATA_READ: Operation[TrackerSensorCalibrationDataReadAnswer] = Operation(
    "tracker/sensor/calibration_data/read", TrackerSensorCalibrationDataReadAnswer, replay=Replay.READ
)
CALIBRATION_DATA_UPDATE: Operation[dict[str, Any]] = Operation(
    "tracker/sensor/calibration_data/update", dict[str, Any], replay=Replay.IDEMPOTENT
)
CALIBRATION_DATA_UPLOAD_OMNICOMM: Operation[dict[str, Any]] = Operation(
    "tracker/sensor/calibration_data/upload_omnicomm", dict[str, Any], encoding="multipart"
)
CREATE: Operation[TrackerSensorCreateAnswer] = Operation("tracker/sensor/create", TrackerSensorCreateAnswer)
DATA_READ: Operation[TrackerSensorDataReadAnswer] = Operation(
    "tracker/sensor/data/read", TrackerSensorDataReadAnswer, replay=Replay.READ
)
DELETE: Operation[dict[str, Any]] = Operation("tracker/sensor/delete", dict[str, Any])
INPUT_NAME_LIST: Operation[TrackerSensorInputNameListAnswer] = Operation(
    "tracker/sensor/input_name/list", TrackerSensorInputNameListAnswer, replay=Replay.READ
)
LIST: Operation[TrackerSensorListAnswer] = Operation("tracker/sensor/list", TrackerSensorListAnswer, replay=Replay.READ)
UPDATE: Operation[dict[str, Any]] = Operation("tracker/sensor/update", dict[str, Any], replay=Replay.IDEMPOTENT)


class TrackerSensorActions(Noun):
    """Actions under `/tracker/sensor`. Sensors: how the inputs of devices become readings."""

    __slots__ = ()

    @property
    def calibration_data(self) -> TrackerSensorCalibrationDataActions:
        """Actions under `/tracker/sensor/calibration_data`."""
        return TrackerSensorCalibrationDataActions(self._caller)

    @property
    def data(self) -> TrackerSensorDataActions:
        """Actions under `/tracker/sensor/data`."""
        return TrackerSensorDataActions(self._caller)

    @property
    def input_name(self) -> TrackerSensorInputNameActions:
        """Actions under `/tracker/sensor/input_name`."""
        return TrackerSensorInputNameActions(self._caller)

    async def batch_copy(
        self,
        base_tracker_id: int,
        trackers: Iterable[int],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace the sensors of trackers by those of another tracker of the same model.

        Sub-users need the right tracker_update.

        Args:
            base_tracker_id: id of the tracker whose sensors are copied.
            trackers: ids of trackers.

        Raises:
            NotFound: code 201.
            InvalidRequest: code 272.

        Platform action: `/tracker/sensor/batch_copy`
        """
        params = {"base_tracker_id": base_tracker_id, "trackers": listed("trackers", trackers)}
        await self._caller.call(BATCH_COPY, params, timeout=timeout, lane=lane)

    async def batch_list(
        self,
        trackers: Iterable[int],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> dict[int, builtins.list[Sensor]]:
        """List the sensors of many trackers at once, by tracker id.

        Args:
            trackers: ids of trackers; at most 500 items.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            BatchPoisoned: code 217.
            TooManyTrackers: code 221.

        Platform action: `/tracker/sensor/batch_list`
        """
        params = {"trackers": listed("trackers", trackers, most=500)}
        answer = await self._caller.call(BATCH_LIST, params, timeout=timeout, lane=lane)
        return present(answer.result, BATCH_LIST, "result")

    async def create(
        self,
        tracker_id: int,
        sensor: Sensor | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a sensor, and give its id.

        Sub-users need the right tracker_update.

        Args:
            tracker_id: id of the tracker.
            sensor: the sensor.

        Raises:
            TrackerBlocked: code 208.
            Unsupported: code 219.
            Conflict: codes 232, 270.

        Platform action: `/tracker/sensor/create`
        """
        params = {"tracker_id": tracker_id, "sensor": sensor}
        answer = await self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, CREATE, "id")

    async def delete(
        self,
        *,
        tracker_id: int,
        sensor_id: int,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a sensor.

        Sub-users need the right tracker_update.

        Args:
            tracker_id: id of the tracker.
            sensor_id: id of the sensor.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.
            Unsupported: code 219.

        Platform action: `/tracker/sensor/delete`
        """
        params = {"tracker_id": tracker_id, "sensor_id": sensor_id}
        await self._caller.call(DELETE, params, timeout=timeout, lane=lane)

    async def list(
        self,
        tracker_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[Sensor]:
        """List the sensors of one tracker.

        Args:
            tracker_id: id of the tracker.

        Raises:
            TrackerBlocked: code 208.

        Platform action: `/tracker/sensor/list`
        """
        params = {"tracker_id": tracker_id}
        answer = await self._caller.call(LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, LIST, "list")

    async def update(
        self,
        tracker_id: int,
        sensor: Sensor | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a sensor.

        Sub-users need the right tracker_update. Whether what is left out stays is not documented: send the whole as it
        was read, with your changes.

        Args:
            tracker_id: id of the tracker.
            sensor: the sensor.

        Raises:
            NotFound: code 201.
            TrackerBlocked: code 208.
            Unsupported: code 219.
            Conflict: code 232.

        Platform action: `/tracker/sensor/update`
        """
        params = {"tracker_id": tracker_id, "sensor": sensor}
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)


class TrackerSensorCalibrationDataActions(Noun):
    """Actions under `/tracker/sensor/calibration_data`."""

    __slots__ = ()

    async def read(
        self,
        *,
        tracker_id: int,
        sensor_id: int,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> list[TrackerSensorCalibrationDataReadValue]:
        """Read the calibration table of a sensor.

        Args:
            tracker_id: id of the tracker.
            sensor_id: id of the sensor.

        Raises:
            NotFound: code 201.
            Unsupported: code 228.

        Platform action: `/tracker/sensor/calibration_data/read`
        """
        params = {"tracker_id": tracker_id, "sensor_id": sensor_id}
        answer = await self._caller.call(CALIBRATION_DATA_READ, params, timeout=timeout, lane=lane)
        return present(answer.value, CALIBRATION_DATA_READ, "value")

    async def update(
        self,
        *,
        tracker_id: int,
        sensor_id: int,
        data: Iterable[CalibrationPoint | Mapping[str, Any]],
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace the calibration table of a sensor.

        Sub-users need the right tracker_update. The platform replaces the whole: what is left out is gone, so send what
        was read, with your changes.

        Args:
            tracker_id: id of the tracker.
            sensor_id: id of the sensor.
            data: the table: pairs of input and value.

        Raises:
            NotFound: code 201.
            Unsupported: codes 219, 228.

        Platform action: `/tracker/sensor/calibration_data/update`
        """
        params = {"tracker_id": tracker_id, "sensor_id": sensor_id, "data": listed("data", data)}
        await self._caller.call(CALIBRATION_DATA_UPDATE, params, timeout=timeout, lane=lane)

    async def upload_omnicomm(
        self,
        *,
        tracker_id: int,
        sensor_id: int,
        file: UploadSource,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Upload the calibration table of an Omnicomm sensor.

        Sub-users need the right tracker_update.

        Args:
            tracker_id: id of the tracker.
            sensor_id: id of the sensor.
            file: the file: a path, bytes, an asynchronous iterator of bytes, or an `Upload` with name and type.

        Raises:
            NotFound: code 201.
            Unsupported: codes 219, 228.
            InvalidRequest: codes 233, 234, 235.

        Platform action: `/tracker/sensor/calibration_data/upload_omnicomm`
        """
        params = {"tracker_id": tracker_id, "sensor_id": sensor_id, "file": as_upload(file)}
        await self._caller.call(CALIBRATION_DATA_UPLOAD_OMNICOMM, params, timeout=timeout, lane=lane)


class TrackerSensorDataActions(Noun):
    """Actions under `/tracker/sensor/data`."""

    __slots__ = ()

    async def read(
        self,
        *,
        tracker_id: int,
        sensor_id: int,
        from_: datetime,
        to: datetime,
        raw_data: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> list[TrackerSensorDataReadList]:
        """Read the values of a sensor in a period.

        Args:
            tracker_id: id of the tracker.
            sensor_id: id of the sensor.
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            raw_data: values as the device sent them, without smoothing; the platform's default: false.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.
            SpanTooBig: code 211.
            Unsupported: code 228.

        Platform action: `/tracker/sensor/data/read`
        """
        window(from_, to)
        params = sent(
            {
                "tracker_id": tracker_id,
                "sensor_id": sensor_id,
                "from": from_,
                "to": to,
                "raw_data": raw_data,
            }
        )
        answer = await self._caller.call(DATA_READ, params, timeout=timeout, lane=lane)
        return present(answer.list, DATA_READ, "list")


class TrackerSensorInputNameActions(Noun):
    """Actions under `/tracker/sensor/input_name`."""

    __slots__ = ()

    async def list(
        self,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[TrackerSensorInputNameListList]:
        """List the inputs that a sensor may read.

        Platform action: `/tracker/sensor/input_name/list`
        """
        answer = await self._caller.call(INPUT_NAME_LIST, timeout=timeout, lane=lane)
        return present(answer.list, INPUT_NAME_LIST, "list")
