"""The actions under `/tracker/counter`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import listed, sent, window
from ..models.tracker_counter import (
    Counter,
    TrackerCounterDataReadAnswer,
    TrackerCounterDataReadList,
    TrackerCounterReadAnswer,
    TrackerCounterValueGetAnswer,
    TrackerCounterValueListAnswer,
)
from ..noun import Noun, present

CounterType: TypeAlias = Literal["odometer", "engine_hours"]

DataType: TypeAlias = Literal["odometer", "engine_hours"]

ValueType: TypeAlias = Literal["odometer", "engine_hours"]

DATA_READ: Operation[TrackerCounterDataReadAnswer] = Operation(
    "tracker/counter/data/read", TrackerCounterDataReadAnswer, replay=Replay.READ
)
READ: Operation[TrackerCounterReadAnswer] = Operation(
    "tracker/counter/read", TrackerCounterReadAnswer, replay=Replay.READ
)
UPDATE: Operation[dict[str, Any]] = Operation("tracker/counter/update", dict[str, Any], replay=Replay.IDEMPOTENT)
VALUE_GET: Operation[TrackerCounterValueGetAnswer] = Operation(
    "tracker/counter/value/get", TrackerCounterValueGetAnswer, replay=Replay.READ
)
VALUE_LIST: Operation[TrackerCounterValueListAnswer] = Operation(
    "tracker/counter/value/list", TrackerCounterValueListAnswer, replay=Replay.READ
)
VALUE_SET: Operation[dict[str, Any]] = Operation("tracker/counter/value/set", dict[str, Any])


class TrackerCounterActions(Noun):
    """Actions under `/tracker/counter`. Counters: odometer, engine hours, fuel consumed."""

    __slots__ = ()

    @property
    def data(self) -> TrackerCounterDataActions:
        """Actions under `/tracker/counter/data`."""
        return TrackerCounterDataActions(self._caller)

    @property
    def value(self) -> TrackerCounterValueActions:
        """Actions under `/tracker/counter/value`."""
        return TrackerCounterValueActions(self._caller)

    async def read(
        self,
        tracker_id: int,
        type: CounterType | str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Counter:
        """Read how a counter is set up.

        Args:
            tracker_id: id of the tracker.
            type: kind; documented: odometer, engine_hours.

        Raises:
            NotFound: code 204.
            TrackerBlocked: code 208.
            Unsupported: code 219.

        Platform action: `/tracker/counter/read`
        """
        params = {"tracker_id": tracker_id, "type": type}
        answer = await self._caller.call(READ, params, timeout=timeout, lane=lane)
        return present(answer.value, READ, "value")

    async def update(
        self,
        tracker_id: int,
        type: CounterType | str,
        multiplier: float,
        *,
        sensor_id: int | UnsetType | None = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Set a counter up.

        Sub-users need the right tracker_update.

        Args:
            tracker_id: id of the tracker.
            type: kind; documented: odometer, engine_hours.
            multiplier: factor of the counter.
            sensor_id: id of the sensor.

        Raises:
            InvalidRequest: code 7.
            ServerFault: code 8.
            NotFound: code 204.
            TrackerBlocked: code 208.
            Unsupported: code 219.

        Platform action: `/tracker/counter/update`
        """
        params = sent(
            {
                "tracker_id": tracker_id,
                "type": type,
                "multiplier": multiplier,
                "sensor_id": sensor_id,
            }
        )
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)


class TrackerCounterDataActions(Noun):
    """Actions under `/tracker/counter/data`."""

    __slots__ = ()

    async def read(
        self,
        *,
        tracker_id: int,
        type: DataType | str,
        from_: datetime,
        to: datetime,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> list[TrackerCounterDataReadList]:
        """Read the values of a counter in a period.

        Args:
            tracker_id: id of the tracker.
            type: kind; documented: odometer, engine_hours.
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            InvalidRequest: code 7.
            NotFound: code 204.
            TrackerBlocked: code 208.
            SpanTooBig: code 211.

        Platform action: `/tracker/counter/data/read`
        """
        window(from_, to, longest_days=31)
        params = {
            "tracker_id": tracker_id,
            "type": type,
            "from": from_,
            "to": to,
        }
        answer = await self._caller.call(DATA_READ, params, timeout=timeout, lane=lane)
        return present(answer.list, DATA_READ, "list")


class TrackerCounterValueActions(Noun):
    """Actions under `/tracker/counter/value`."""

    __slots__ = ()

    async def get(
        self,
        tracker_id: int,
        type: ValueType | str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> float:
        """Read the present value of a counter.

        Args:
            tracker_id: id of the tracker.
            type: kind; documented: odometer, engine_hours.

        Raises:
            NotFound: code 204.
            TrackerBlocked: code 208.

        Platform action: `/tracker/counter/value/get`
        """
        params = {"tracker_id": tracker_id, "type": type}
        answer = await self._caller.call(VALUE_GET, params, timeout=timeout, lane=lane)
        return present(answer.value, VALUE_GET, "value")

    async def list(
        self,
        trackers: Iterable[int],
        type: ValueType | str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> dict[int, float]:
        """Read the present value of a counter of many trackers at once, by tracker id.

        Args:
            trackers: ids of trackers.
            type: kind; documented: odometer, engine_hours.

        Raises:
            NotFound: code 204.
            BatchPoisoned: code 217.

        Platform action: `/tracker/counter/value/list`
        """
        params = {"trackers": listed("trackers", trackers), "type": type}
        answer = await self._caller.call(VALUE_LIST, params, timeout=timeout, lane=lane)
        return present(answer.value, VALUE_LIST, "value")

    async def set(
        self,
        tracker_id: int,
        type: ValueType | str,
        value: float,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Set the present value of a counter.

        Args:
            tracker_id: id of the tracker.
            type: kind; documented: odometer, engine_hours.
            value: the new value.

        Raises:
            ServerFault: code 8.
            NotFound: code 204.
            TrackerBlocked: code 208.
            Unsupported: code 219.

        Platform action: `/tracker/counter/value/set`
        """
        params = {"tracker_id": tracker_id, "type": type, "value": value}
        await self._caller.call(VALUE_SET, params, timeout=timeout, lane=lane)
