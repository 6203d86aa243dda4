"""What the platform remembers of a device while a flow runs: both queues of each attribute, and its zones."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from ..expressions.evaluator import Variables
from ..expressions.numbers import Failure, unsimulated
from ..expressions.readings import HISTORY, Reading

Inside = Callable[[int, Mapping[str, object]], bool]
"""Whether a device is inside of a zone: called with the id of the zone and the attributes of the message."""


@dataclass(slots=True)
class _Queues:
    """The newest twelve values of an attribute, with and without those that are null; newest first."""

    whole: deque[Reading]
    valid: deque[Reading]

    def append(self, reading: Reading) -> None:
        self.whole.appendleft(reading)
        if reading.value is not None:
            self.valid.appendleft(reading)

    def remove_newest(self) -> None:
        if self.whole.popleft().value is not None:
            self.valid.popleft()


class SimulatedDevice(Variables):
    """One device: the attributes on the way through the flow, and what was before them."""

    def __init__(self, remembered: Iterable[str], made: Set[str], inside: Inside | None) -> None:
        self.attributes: dict[str, object] = {}
        self.received: int | None = None
        self._flow_makes = made
        self._inside = inside
        self._message: Mapping[str, object] = {}
        self._queues = {name: _Queues(deque(maxlen=HISTORY), deque(maxlen=HISTORY)) for name in remembered}
        self._calculated = [(name, queues) for name, queues in self._queues.items() if name in made]
        self._zones: dict[int, bool] = {}
        self._now_inside: dict[int, bool] = {}
        self._made: set[str] = set()

    def begin(
        self, attributes: dict[str, object], message: Mapping[str, object], times: tuple[int | None, int | None]
    ) -> None:
        """A message arrives: what it has is the newest value, and what it lacks is null."""
        self.attributes = attributes
        self._message = message
        self.received = times[1]
        if self._now_inside:
            self._zones |= self._now_inside
            self._now_inside = {}
        self._made.clear()
        for name, queues in self._queues.items():
            if name in attributes or name not in self._flow_makes:
                queues.append(Reading(attributes.get(name), *times))

    def calculated(self, name: str, value: object, times: tuple[int | None, int | None]) -> None:
        """An attribute was calculated: now it is the newest value."""
        queues = self._queues.get(name)
        if queues is not None:
            if name in self._message:
                queues.remove_newest()  # it replaces the device's own
            queues.append(Reading(value, *times))
            self._made.add(name)

    def end(self, times: tuple[int | None, int | None]) -> None:
        """The message is through: what the flow did not calculate for it is null in its history."""
        for name, queues in self._calculated:
            if name not in self._message and name not in self._made:
                queues.append(Reading(None, *times))

    def attribute(self, name: str) -> object:
        return self.attributes.get(name)

    def readings(self, name: str, mode: str) -> Sequence[Reading]:
        queues = self._queues.get(name)
        if queues is None:
            value = self.attributes.get(name)
            return [] if value is None else [Reading(value)]
        return queues.whole if mode == "all" else queues.valid

    def now(self) -> int:
        if self.received is None:
            raise unsimulated("now() for a message without a time")
        return self.received

    def geofence(self, function: str, zone: int) -> bool:
        if self._inside is None:
            raise unsimulated(f"{function}() without inside=…")
        if zone not in self._now_inside:
            self._now_inside[zone] = bool(self._inside(zone, self._message))
        is_inside, was_inside = self._now_inside[zone], self._zones.get(zone)
        if function == "inGeofence":
            return is_inside
        if was_inside is None:
            return False
        return is_inside and not was_inside if function == "enterGeofence" else was_inside and not is_inside


def whole_time(value: object) -> int:
    """A generation or server time that was calculated; a failure for what is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    raise Failure("a time is a whole number of milliseconds")
