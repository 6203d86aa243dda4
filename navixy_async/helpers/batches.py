"""Any number of trackers in one call: split by the platform's limits, merged again, with every failure named."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from ..errors import BatchPoisoned, InvalidInput, NavixyError, NotFound, TooManyTrackers, TrackerBlocked
from ..paging.batches import HalvingQueue

if TYPE_CHECKING:
    from ..api.models.status import TrackerStatus
    from ..api.models.tracker import TrackerInputs, TrackerOutput, TrackerState
    from ..api.models.tracker_readings import TrackerReadings
    from ..api.models.tracker_sensor import Sensor
    from ..api.models.tracker_stats import DayMileage
    from ..api.resources import Resources

T = TypeVar("T")

AT_ONCE = 4
"""Concurrent requests of one batch; the limiter spaces them anyway."""


@dataclass(frozen=True, slots=True)
class BatchResult(Generic[T]):
    """The outcome for each tracker of a batch; every tracker is in exactly one of the four.

    Attributes:
        ok: values by tracker id.
        failed: the error of each tracker whose request failed.
        blocked: trackers that the platform refuses to report on.
        missing: trackers that do not exist for this account, or that the answer left out.
    """

    ok: dict[int, T] = field(default_factory=dict)
    failed: dict[int, NavixyError] = field(default_factory=dict)
    blocked: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every tracker has a value."""
        return not (self.failed or self.blocked or self.missing)


async def in_batches(
    ask: Callable[[list[int]], Awaitable[Mapping[int, T]]],
    trackers: Iterable[int],
    *,
    size: int,
    at_once: int = AT_ONCE,
) -> BatchResult[T]:
    """Request all `trackers`, at most `size` at a time.

    A request that is refused because of some of its trackers is repeated in halves, until the culprits are alone; the
    others get their values all the same. If even one tracker is too many, nothing more is requested, and all that are
    left have failed.

    Args:
        ask: one request for a list of trackers; returns the values by tracker id.
        trackers: ids; duplicates are requested once.
        size: most trackers in a request.
        at_once: concurrent requests.
    """
    if size < 1 or at_once < 1:
        raise InvalidInput("size and at_once must be at least 1")
    ids = list(dict.fromkeys(trackers))
    groups = HalvingQueue(ids[at : at + size] for at in range(0, len(ids), size))
    ok: dict[int, T] = {}
    failed: dict[int, NavixyError] = {}
    blocked: set[int] = set()
    missing: set[int] = set()

    refuses_any: NavixyError | None = None

    async def work() -> None:
        nonlocal refuses_any
        while groups:
            group = list(groups.next())
            if refuses_any is not None:
                failed.update(dict.fromkeys(group, refuses_any))
                continue
            try:
                found = await ask(group)
            except (BatchPoisoned, NotFound, TrackerBlocked, TooManyTrackers) as error:
                if not error.from_platform:
                    failed.update(dict.fromkeys(group, error))
                elif groups.halve(group):
                    continue
                elif isinstance(error, TrackerBlocked):
                    blocked.update(group)
                elif isinstance(error, TooManyTrackers):
                    refuses_any = error
                    failed.update(dict.fromkeys(group, error))
                else:
                    missing.update(group)
            except NavixyError as error:
                failed.update(dict.fromkeys(group, error))
            else:
                ok.update((tracker, found[tracker]) for tracker in group if tracker in found)
                missing.update(tracker for tracker in group if tracker not in found)

    async with asyncio.TaskGroup() as tasks:
        for _ in range(min(at_once, len(groups))):
            tasks.create_task(work())
    return BatchResult(
        {tracker: ok[tracker] for tracker in ids if tracker in ok},
        failed,
        tuple(tracker for tracker in ids if tracker in blocked),
        tuple(tracker for tracker in ids if tracker in missing),
    )


class Batches:
    """The platform's batch actions for any number of trackers; `account.batches`.

    Errors of single trackers are part of the result. An error of a whole request, such as a session that ended, is
    given for every tracker of that request.
    """

    __slots__ = ("_of",)

    def __init__(self, of: Resources) -> None:
        self._of = of

    async def states(self, trackers: Iterable[int], *, timeout: float | None = None) -> BatchResult[TrackerState]:
        """The last known states, 2000 trackers in a request.

        Platform action: `/tracker/get_states`
        """
        blocked: set[int] = set()

        async def ask(group: list[int]) -> Mapping[int, TrackerState]:
            answer = await self._of.tracker.get_states(group, list_blocked=True, allow_not_exist=True, timeout=timeout)
            blocked.update(answer.blocked or ())
            return answer.states or {}

        result = await in_batches(ask, trackers, size=2000)
        return BatchResult(
            result.ok,
            result.failed,
            (*result.blocked, *(tracker for tracker in result.missing if tracker in blocked)),
            tuple(tracker for tracker in result.missing if tracker not in blocked),
        )

    async def readings(self, trackers: Iterable[int], *, timeout: float | None = None) -> BatchResult[TrackerReadings]:
        """The last readings of sensors, counters and state fields, 500 trackers in a request (no limit is documented).

        Platform action: `/tracker/readings/batch_list`
        """
        return await in_batches(
            lambda group: self._of.tracker.readings.batch_list(group, timeout=timeout), trackers, size=500
        )

    async def sensors(self, trackers: Iterable[int], *, timeout: float | None = None) -> BatchResult[list[Sensor]]:
        """The sensors, 500 trackers in a request.

        Platform action: `/tracker/sensor/batch_list`
        """
        return await in_batches(
            lambda group: self._of.tracker.sensor.batch_list(group, timeout=timeout), trackers, size=500
        )

    async def mileage(
        self, trackers: Iterable[int], from_: datetime, to: datetime, *, timeout: float | None = None
    ) -> BatchResult[dict[date, DayMileage]]:
        """Distance by local day in km, 128 trackers in a request, for the period ``[from_, to)``.

        Platform action: `/tracker/stats/mileage/read`
        """

        async def ask(group: list[int]) -> Mapping[int, dict[date, DayMileage]]:
            answer = await self._of.tracker.stats.mileage.read(group, from_, to, timeout=timeout)
            return answer.result or {}

        return await in_batches(ask, trackers, size=128)

    async def counters(
        self, trackers: Iterable[int], type_: Literal["odometer", "engine_hours"], *, timeout: float | None = None
    ) -> BatchResult[float]:
        """The current value of a counter, 500 trackers in a request (no limit is documented).

        Platform action: `/tracker/counter/value/list`
        """
        return await in_batches(
            lambda group: self._of.tracker.counter.value.list(group, type_, timeout=timeout), trackers, size=500
        )

    async def inputs(self, trackers: Iterable[int], *, timeout: float | None = None) -> BatchResult[TrackerInputs]:
        """The inputs, 500 trackers in a request (no limit is documented).

        Platform action: `/tracker/batch_get_inputs`
        """

        async def ask(group: list[int]) -> Mapping[int, TrackerInputs]:
            return (await self._of.tracker.batch_get_inputs(group, timeout=timeout)).data or {}

        return await in_batches(ask, trackers, size=500)

    async def outputs(
        self, trackers: Iterable[int], *, timeout: float | None = None
    ) -> BatchResult[list[TrackerOutput]]:
        """The outputs, 500 trackers in a request (no limit is documented).

        Platform action: `/tracker/batch_get_outputs`
        """
        return await in_batches(
            lambda group: self._of.tracker.batch_get_outputs(group, timeout=timeout), trackers, size=500
        )

    async def statuses(self, trackers: Iterable[int], *, timeout: float | None = None) -> BatchResult[TrackerStatus]:
        """The working statuses, 500 trackers in a request (no limit is documented).

        Platform action: `/status/tracker/list`
        """
        return await in_batches(lambda group: self._of.status.tracker.list(group, timeout=timeout), trackers, size=500)
