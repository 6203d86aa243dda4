"""A flow made ready to run: its formulas compiled, its nodes with their exits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from graphlib import TopologicalSorter

from ...errors import InvalidInput
from ..expressions.compiled import Formula
from ..expressions.expression import Expression
from ..graph import ATTRIBUTES, ELSE, LOGIC, SOURCE, THEN, FlowNode, read_graph
from ..validate.content import items_of
from ..validate.edges import find_cycle
from .effects import EffectMaker, effect_maker

MOST_ARRIVALS = 10_000
"""Nodes that one message may come to, on all paths; in a flow that the platform takes, it comes to its nodes once."""


@dataclass
class PlannedItem:
    """A calculated attribute: its name and its formulas; a time that is not given is that of the message."""

    name: str
    value: Formula
    generated: Formula | None
    received: Formula | None
    is_remembered: bool = True
    """Whether a formula reads its history, or its own times can fail."""


@dataclass(eq=False)
class PlannedNode:
    """One node: what it calculates, where messages go from it, and how many did."""

    node: FlowNode
    items: list[PlannedItem] = field(default_factory=list)
    condition: Formula | None = None
    name: str = ""
    sources: frozenset[object] = frozenset()
    effect: EffectMaker | None = None
    then: list[PlannedNode] = field(default_factory=list)
    otherwise: list[PlannedNode] = field(default_factory=list)
    arrivals: int = 0
    taken: int = 0
    """How many messages took the branch ``then``."""


class FlowPlan:
    """All nodes of a flow. Raises InvalidInput for one that cannot run, FormulaError for a formula that is refused."""

    def __init__(self, flow: object) -> None:
        graph = read_graph(flow)
        if graph.problems:
            raise InvalidInput(f"The flow cannot be read: {graph.problems[0]}")
        cycle = find_cycle(graph.edges)
        if cycle or any(edge.start == edge.end for edge in graph.edges):
            raise InvalidInput("The flow has a cycle, and messages would never leave it: see check()")
        self.read: set[str] = set()
        """The attributes that formulas read."""
        self.remembered: set[str] = set()
        """The attributes whose history formulas read."""
        self._is_any_remembered = False
        self.made: set[str] = set()
        """The attributes that the flow calculates."""
        self.nodes = {number: self._plan(node) for number, node in graph.by_id().items()}
        for edge in graph.edges:
            start, end = self.nodes.get(edge.start), self.nodes.get(edge.end)
            if start is None or end is None:
                raise InvalidInput(f"The edge from #{edge.start} to #{edge.end} has no node at one end: see check()")
            if start.node.type != LOGIC or edge.type == THEN:
                start.then.append(end)
            elif edge.type == ELSE:
                start.otherwise.append(end)
        if self._is_any_remembered:
            self.remembered |= self.read
        for item in (item for planned in self.nodes.values() for item in planned.items):
            has_times = item.generated is not None or item.received is not None
            item.is_remembered = has_times or item.name in self.remembered
        for planned in self.nodes.values():  # a stack is followed from its end
            planned.then.reverse()
            planned.otherwise.reverse()
        self.sources = [planned for planned in self.nodes.values() if planned.node.type == SOURCE]
        self._check_paths()

    def _check_paths(self) -> None:
        """Refuse a flow in which one message would go on more paths than a dry run can follow."""
        order = TopologicalSorter({number: [] for number in self.nodes})
        for number, planned in self.nodes.items():
            following = {after.node.id for after in (*planned.then, *planned.otherwise)}
            order.add(number, *following)
        arrivals: dict[int, int] = {}
        for number in order.static_order():
            planned = self.nodes[number]
            branches = (planned.then, planned.otherwise) if planned.node.passes_on else ()
            most = max((sum(arrivals[after.node.id] for after in exits) for exits in branches), default=0)
            arrivals[number] = min(1 + most, MOST_ARRIVALS + 1)
            if arrivals[number] > MOST_ARRIVALS:
                raise InvalidInput(
                    f"One message at node #{number} would come to more than {MOST_ARRIVALS:,} nodes, because paths "
                    "meet and part again: see check()"
                )

    def _plan(self, node: FlowNode) -> PlannedNode:
        planned = PlannedNode(node)
        if node.type == LOGIC:
            planned.condition = self._compile(node.data.get("condition"))
            planned.name = str(node.data.get("name") or "")
            self.made.add(planned.name)
        elif node.type == ATTRIBUTES:
            planned.items = [self._item(item) for item in items_of(node) if isinstance(item, Mapping)]
        elif node.type == SOURCE:
            ids = node.data.get("source_ids")
            known = ids if isinstance(ids, list | tuple) else ()
            planned.sources = frozenset(number for number in known if isinstance(number, int | str))
        else:
            planned.effect = effect_maker(node)
        return planned

    def _item(self, item: Mapping[str, object]) -> PlannedItem:
        name = str(item.get("name") or "")
        self.made.add(name)
        generated, received = (self._time(item.get(member)) for member in ("generation_time", "server_time"))
        return PlannedItem(name, self._compile(item.get("value")), generated, received)

    def _time(self, text: object) -> Formula | None:
        return (
            None if text is None or (isinstance(text, str) and text.strip() in ("", "now()")) else self._compile(text)
        )

    def _compile(self, text: object) -> Formula:
        formula = Expression(text if isinstance(text, str) else "")
        self.read |= formula.attributes
        remembered = formula.remembered
        self._is_any_remembered = self._is_any_remembered or remembered is None
        self.remembered |= remembered or frozenset()
        return formula.formula
