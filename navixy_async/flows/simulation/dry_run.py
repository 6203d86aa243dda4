"""A dry run: what a flow would make of messages, node by node. Nothing is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from ...errors import InvalidInput
from ...times import require_aware
from ..expressions.collections import AS_IT_IS, from_python
from ..expressions.compiled import Formula
from ..expressions.numbers import INT_MAX, INT_MIN, LONG_MAX, LONG_MIN, Failure, Long
from ..graph import LOGIC
from .arrow import outputs_to_arrow
from .devices import Inside, SimulatedDevice, whole_time
from .effects import KINDS, Effect, plain
from .plan import FlowPlan, PlannedItem, PlannedNode

if TYPE_CHECKING:
    import pyarrow as pa

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Branch = Literal["then", "else"]


class Step(msgspec.Struct, frozen=True):
    """One message at one node.

    ``branch`` is the one that a logic node took, ``effect`` what an action, webhook or output would do, and ``reasons``
    says of each attribute that came to null why.
    """

    message: Mapping[str, object]
    node_id: int
    attributes_in: dict[str, object]
    attributes_out: dict[str, object]
    branch: Branch | None = None
    effect: Effect | None = None
    reasons: dict[str, str] = msgspec.field(default_factory=dict)


@dataclass
class SimulationSummary:
    """What a dry run came to: counts by node and branch, and what never happened."""

    messages: int = 0
    without_output: int = 0
    """Messages that reached no output; those of devices in no data source are among them."""
    arrivals: Counter[int] = field(default_factory=Counter)
    branches: Counter[tuple[int, str]] = field(default_factory=Counter)
    effects: Counter[str] = field(default_factory=Counter)
    branches_never_taken: list[tuple[int, str]] = field(default_factory=list)
    attributes_never_seen: list[str] = field(default_factory=list)


class Simulation:
    """A dry run of one flow: iterate it for every step, or ask for the effects alone, which is faster.

    The messages are read once; ``summary()`` covers those that were.
    """

    def __init__(self, flow: object, messages: Iterable[Mapping[str, object]], *, inside: Inside | None = None) -> None:
        self._plan = FlowPlan(flow)
        self._messages = messages
        self._inside = inside
        self._devices: dict[object, SimulatedDevice] = {}
        self._unseen = set(self._plan.read)
        self._count = 0
        self._without_output = 0

    def __iter__(self) -> Iterator[Step]:
        """Every message at every node that it comes to, in order."""
        steps: list[Step] = []
        for message in self._messages:
            self._message(message, steps, None)
            yield from steps
            steps.clear()

    def effects(self) -> Iterator[tuple[Mapping[str, object], Effect]]:
        """Only what would go out, with its message."""
        effects: list[Effect] = []
        for message in self._messages:
            self._message(message, None, effects)
            for effect in effects:
                yield message, effect
            effects.clear()

    def to_arrow(self) -> pa.Table:
        """The outputs of all messages that are left as an Arrow table, one row for each.

        Columns: message (its number, from 0), source_id, node_id, destination, and every field. Needs pyarrow.
        """
        numbered = ((self._count - 1, message, effect) for message, effect in self.effects())
        return outputs_to_arrow(numbered)

    def run(self) -> SimulationSummary:
        """Read all messages that are left, and return the summary."""
        for message in self._messages:
            self._message(message, None, None)
        return self.summary()

    def summary(self) -> SimulationSummary:
        """Counts so far, and what has never happened."""
        summary = SimulationSummary(self._count, self._without_output, attributes_never_seen=sorted(self._unseen))
        for number, planned in self._plan.nodes.items():
            if planned.arrivals:
                summary.arrivals[number] = planned.arrivals
            if planned.arrivals and planned.effect is not None:
                summary.effects[KINDS.get(planned.node.type, "output")] += planned.arrivals
            if planned.node.type != LOGIC:
                continue
            others = planned.arrivals - planned.taken
            for branch, exits, taken in (("then", planned.then, planned.taken), ("else", planned.otherwise, others)):
                if taken:
                    summary.branches[number, branch] = taken
                elif exits:
                    summary.branches_never_taken.append((number, branch))
        return summary

    def _message(self, message: Mapping[str, object], steps: list[Step] | None, effects: list[Effect] | None) -> None:
        if type(message) is not dict and not isinstance(message, Mapping):
            raise InvalidInput(f"a message is a dict of attributes, not a {type(message).__name__}")
        self._count += 1
        source_id = message.get("source_id")
        if isinstance(source_id, bool) or not (source_id is None or isinstance(source_id, int | str)):
            raise InvalidInput(f"source_id is the id of a device, not a {type(source_id).__name__}")
        device = self._devices.get(source_id)
        if device is None:
            remembered = self._plan.remembered
            device = self._devices[source_id] = SimulatedDevice(remembered, self._plan.made, self._inside)
        attributes = {
            name: value
            if type(value) in AS_IT_IS or (type(value) is int and INT_MIN <= value <= INT_MAX)
            else _attribute(value)
            for name, value in message.items()
        }
        attributes.pop("source_id", None)
        if self._unseen:
            self._unseen.difference_update([name for name in self._unseen if attributes.get(name) is not None])
        made, received = _moment(message.get("message_time")), _moment(message.get("server_time"))
        times = (made, made if received is None else received)
        device.begin(attributes, attributes, times)
        way = _Way(device, message, source_id, times, steps=steps, effects=effects)
        for source in self._plan.sources:
            if source_id is None or source_id in source.sources:
                self._follow(way, source, attributes)
        device.end(times)
        if not way.has_output:
            self._without_output += 1

    def _follow(self, way: _Way, source: PlannedNode, attributes: dict[str, object]) -> None:
        """One message from a source to all ends of its paths."""
        pending = [(source, attributes)]
        while pending:
            planned, incoming = pending.pop()
            node = planned.node
            planned.arrivals += 1
            outgoing, exits, effect = incoming, planned.then, None
            branch: Branch | None = None
            reasons: dict[str, str] = {}
            if planned.items:
                outgoing = self._calculate(planned, incoming, way, reasons)
            elif planned.condition is not None:
                outgoing, branch = self._decide(planned, planned.condition, incoming, way, reasons)
                if branch == "else":
                    exits = planned.otherwise
            elif planned.effect is not None:
                way.has_output = way.has_output or node.type not in KINDS
                if way.is_asked:
                    effect = planned.effect(incoming, way.source_id)
                if way.effects is not None and effect is not None:
                    way.effects.append(effect)
                exits = _NOWHERE
            if way.steps is not None:
                before, after = way.shown(incoming), way.shown(outgoing)
                way.steps.append(Step(way.message, node.id, before, after, branch, effect, reasons))
            for following in exits:
                pending.append((following, outgoing))

    def _calculate(
        self, planned: PlannedNode, incoming: dict[str, object], way: _Way, reasons: dict[str, str]
    ) -> dict[str, object]:
        outgoing = incoming.copy()
        device = way.device
        device.attributes = outgoing
        for item in planned.items:
            name = item.name
            value: object = None
            try:
                value = item.value(outgoing, device)
            except Failure as failure:
                reasons[name] = failure.why
            if item.is_remembered:
                device.calculated(name, value, _times(item, way, reasons))
            outgoing[name] = value
            if value is not None and self._unseen:
                self._unseen.discard(name)
        return outgoing

    def _decide(
        self, planned: PlannedNode, condition: Formula, incoming: dict[str, object], way: _Way, reasons: dict[str, str]
    ) -> tuple[dict[str, object], Branch]:
        way.device.attributes = incoming
        value = _value(condition, way.device, planned.name, reasons)
        result = value if isinstance(value, bool) else None
        way.device.calculated(planned.name, result, way.times)
        if result:
            planned.taken += 1
        if result is not None and self._unseen:
            self._unseen.discard(planned.name)
        outgoing = incoming.copy()
        outgoing[planned.name] = result
        return outgoing, "then" if result else "else"


_NOWHERE: list[PlannedNode] = []


class _Way:
    """One message on its way."""

    __slots__ = (
        "_attributes",
        "_shown",
        "device",
        "effects",
        "has_output",
        "is_asked",
        "message",
        "source_id",
        "steps",
        "times",
    )

    def __init__(
        self,
        device: SimulatedDevice,
        message: Mapping[str, object],
        source_id: object,
        times: tuple[int | None, int | None],
        *,
        steps: list[Step] | None,
        effects: list[Effect] | None,
    ) -> None:
        self.device = device
        self.message = message
        self.source_id = source_id
        self.times = times
        self.steps = steps
        self.effects = effects
        self.has_output = False
        self.is_asked = steps is not None or effects is not None
        """Whether anybody wants to know what would go out."""
        self._attributes: dict[str, object] = {}
        self._shown: dict[str, object] = {}

    def shown(self, attributes: dict[str, object]) -> dict[str, object]:
        """Attributes as a step has them: a dict of its own."""
        if attributes is not self._attributes:
            self._attributes, self._shown = attributes, plain(attributes)
        return self._shown.copy()


def simulate(flow: object, messages: Iterable[Mapping[str, Any]], *, inside: Inside | None = None) -> Simulation:
    """A dry run of a flow over messages; nothing is sent.

    Each message is a dict of attributes. ``source_id`` in it says which device sent it (without it, every data source
    takes it), ``message_time`` and ``server_time`` when (ms since 1970, or a datetime with a zone);
    ``now()`` is the server's time.
    Messages of a device come in the order of their time. ``inside(zone, message)`` answers for geofences.

    Iterating gives a :class:`Step` for every message and node. Raises InvalidInput for a flow that cannot run,
    FormulaError for a formula that the platform refuses.
    """
    return Simulation(flow, messages, inside=inside)


def _attribute(value: object) -> object:
    """A value of a message; what the engine cannot have is null."""
    if type(value) is int and LONG_MIN <= value <= LONG_MAX:
        return Long(value)
    if isinstance(value, datetime):
        return from_python(_milliseconds(value))
    try:
        return from_python(value)
    except Failure:
        return None


def _moment(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return _milliseconds(value)
    if isinstance(value, int) and not isinstance(value, bool) and LONG_MIN <= value <= LONG_MAX:
        return value
    return None


def _milliseconds(moment: datetime) -> int:
    """Milliseconds since 1970; InvalidInput for a time without a zone: this machine's zone is none of a device's."""
    return (require_aware(moment, "a time in a message") - _EPOCH) // timedelta(milliseconds=1)


def _value(formula: Formula, device: SimulatedDevice, name: str, reasons: dict[str, str]) -> object:
    try:
        return formula(device.attributes, device)
    except Failure as failure:
        reasons[name] = failure.why
        return None


def _times(item: PlannedItem, way: _Way, reasons: dict[str, str]) -> tuple[int | None, int | None]:
    """When an attribute was made and received: what its formulas say, or the time of the message."""
    device = way.device
    if item.generated is None and item.received is None:
        return device.received, device.received
    found: list[int | None] = []
    for formula in (item.generated, item.received):
        if formula is None:
            found.append(device.received)
            continue
        try:
            found.append(whole_time(formula(device.attributes, device)))
        except Failure as failure:
            reasons.setdefault(item.name, f"its time: {failure.why}")
            found.append(None)
    return found[0], found[1]
