"""A dry run: what a flow would make of messages, node by node. Nothing is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from ...errors import InvalidInput
from ..expressions.collections import AS_IT_IS, from_python, to_python
from ..expressions.evaluator import run
from ..expressions.numbers import Failure
from ..expressions.readings import Reading
from ..graph import ATTRIBUTES, LOGIC, SOURCE
from .arrow import outputs_to_arrow
from .devices import Inside, SimulatedDevice, whole_time
from .effects import KINDS, Effect, effect_of
from .plan import FlowPlan, PlannedItem, PlannedNode, Steps

if TYPE_CHECKING:
    import pyarrow as pa

Branch = Literal["then", "else"]


@dataclass(frozen=True)
class Step:
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
    reasons: dict[str, str] = field(default_factory=dict)


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
        self._seen: set[str] = set()
        self._summary = SimulationSummary()

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
        numbered = ((self._summary.messages - 1, message, effect) for message, effect in self.effects())
        return outputs_to_arrow(numbered)

    def run(self) -> SimulationSummary:
        """Read all messages that are left, and return the summary."""
        for message in self._messages:
            self._message(message, None, None)
        return self.summary()

    def summary(self) -> SimulationSummary:
        """Counts so far, and what has never happened."""
        summary = self._summary
        summary.branches_never_taken = [
            (number, branch)
            for number, planned in self._plan.nodes.items()
            if planned.node.type == LOGIC
            for branch, exits in (("then", planned.then), ("else", planned.otherwise))
            if exits and not summary.branches[number, branch]
        ]
        summary.attributes_never_seen = sorted(self._plan.read - self._seen)
        return summary

    def _message(self, message: Mapping[str, object], steps: list[Step] | None, effects: list[Effect] | None) -> None:
        if not isinstance(message, Mapping):
            raise InvalidInput(f"a message is a dict of attributes, not a {type(message).__name__}")
        self._summary.messages += 1
        source_id = message.get("source_id")
        if isinstance(source_id, bool) or not isinstance(source_id, int | str | None):
            raise InvalidInput(f"source_id is the id of a device, not a {type(source_id).__name__}")
        device = self._devices.get(source_id)
        if device is None:
            device = self._devices[source_id] = SimulatedDevice(self._plan.read, self._plan.made, self._inside)
        attributes = {
            name: value if type(value) in AS_IT_IS else _attribute(value)
            for name, value in message.items()
            if name != "source_id"
        }
        self._seen.update(name for name in self._plan.read if attributes.get(name) is not None)
        times = (_moment(message, "message_time"), _moment(message, "server_time"))
        if times[1] is None:
            times = (times[0], times[0])
        device.begin(attributes, attributes, times)
        before = self._summary.effects["output"]
        for source in self._plan.sources:
            if source_id is None or source_id in source.sources:
                self._follow(_Way(device, message, source_id, times, steps, effects), source, attributes)
        device.end(times)
        if self._summary.effects["output"] == before:
            self._summary.without_output += 1

    def _follow(self, way: _Way, source: PlannedNode, attributes: dict[str, object]) -> None:
        """One message from a source to all ends of its paths."""
        pending = [(source, attributes)]
        while pending:
            planned, incoming = pending.pop()
            node = planned.node
            self._summary.arrivals[node.id] += 1
            outgoing, branch, effect = incoming, None, None
            reasons: dict[str, str] = {}
            if node.type == ATTRIBUTES:
                outgoing = self._calculate(planned, incoming, way, reasons)
            elif node.type == LOGIC:
                outgoing, branch = self._decide(planned, incoming, way, reasons)
            elif node.type != SOURCE:
                self._summary.effects[KINDS.get(node.type, "output")] += 1
                if way.steps is not None or way.effects is not None:
                    effect = effect_of(node, incoming, way.source_id)
                if way.effects is not None and effect is not None:
                    way.effects.append(effect)
            if way.steps is not None:
                way.steps.append(
                    Step(way.message, node.id, _plain(incoming), _plain(outgoing), branch, effect, reasons)
                )
            if node.passes_on:
                exits = planned.otherwise if branch == "else" else planned.then
                pending.extend((following, outgoing) for following in reversed(exits))

    def _calculate(
        self, planned: PlannedNode, incoming: dict[str, object], way: _Way, reasons: dict[str, str]
    ) -> dict[str, object]:
        outgoing = dict(incoming)
        device = way.device
        device.attributes = outgoing
        for item in planned.items:
            value = _value(item.value, device, item.name, reasons)
            device.calculated(item.name, Reading(value, *_times(item, way, reasons)))
            outgoing[item.name] = value
            if value is not None:
                self._seen.add(item.name)
        return outgoing

    def _decide(
        self, planned: PlannedNode, incoming: dict[str, object], way: _Way, reasons: dict[str, str]
    ) -> tuple[dict[str, object], Branch]:
        way.device.attributes = incoming
        value = _value(planned.condition or [], way.device, planned.name, reasons)
        result = value if isinstance(value, bool) else None
        way.device.calculated(planned.name, Reading(result, *way.times))
        branch: Branch = "then" if result else "else"
        self._summary.branches[planned.node.id, branch] += 1
        if result is not None:
            self._seen.add(planned.name)
        return {**incoming, planned.name: result}, branch


@dataclass
class _Way:
    """One message on its way."""

    device: SimulatedDevice
    message: Mapping[str, object]
    source_id: object
    times: tuple[int | None, int | None]
    steps: list[Step] | None
    effects: list[Effect] | None


def simulate(flow: object, messages: Iterable[Mapping[str, Any]], *, inside: Inside | None = None) -> Simulation:
    """A dry run of a flow over messages; nothing is sent.

    Each message is a dict of attributes. ``source_id`` in it says which device sent it (without it, every data source
    takes it), ``message_time`` and ``server_time`` when (ms since 1970 or a datetime); ``now()`` is the server's time.
    Messages of a device come in the order of their time. ``inside(zone, message)`` answers for geofences.

    Iterating gives a :class:`Step` for every message and node. Raises InvalidInput for a flow that cannot run,
    FormulaError for a formula that the platform refuses.
    """
    return Simulation(flow, messages, inside=inside)


def _attribute(value: object) -> object:
    """A value of a message; what the engine cannot have is null."""
    if isinstance(value, datetime):
        return from_python(int(value.timestamp() * 1000))
    try:
        return from_python(value)
    except Failure:
        return None


def _moment(message: Mapping[str, object], name: str) -> int | None:
    value = message.get(name)
    if isinstance(value, datetime):
        return int(value.timestamp() * 1000)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _value(steps: Steps, device: SimulatedDevice, name: str, reasons: dict[str, str]) -> object:
    try:
        return run(steps, device) if steps else None
    except Failure as failure:
        reasons[name] = failure.why
        return None


def _times(item: PlannedItem, way: _Way, reasons: dict[str, str]) -> tuple[int | None, int | None]:
    """When an attribute was made and received: what its formulas say, or the time of the message."""
    found: list[int | None] = []
    for steps, given in ((item.generated, way.device.received), (item.received, way.device.received)):
        if steps is None:
            found.append(given)
            continue
        try:
            found.append(whole_time(run(steps, way.device)))
        except Failure as failure:
            reasons.setdefault(item.name, f"its time: {failure.why}")
            found.append(None)
    return found[0], found[1]


def _plain(attributes: dict[str, object]) -> dict[str, object]:
    return {name: value if type(value) in AS_IT_IS else to_python(value) for name, value in attributes.items()}
