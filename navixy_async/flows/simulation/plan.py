"""A flow made ready to run: its formulas compiled, its nodes with their exits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...errors import InvalidInput
from ..expressions.evaluator import Instruction
from ..expressions.expression import Expression
from ..graph import ATTRIBUTES, ELSE, LOGIC, SOURCE, THEN, FlowNode, read_graph
from ..validate.content import items_of
from ..validate.edges import find_cycle

Steps = list[Instruction]


@dataclass
class PlannedItem:
    """A calculated attribute: its name and its formulas; a time that is not given is that of the message."""

    name: str
    value: Steps
    generated: Steps | None
    received: Steps | None


@dataclass
class PlannedNode:
    """One node: what it calculates, and where messages go from it."""

    node: FlowNode
    items: list[PlannedItem] = field(default_factory=list)
    condition: Steps | None = None
    name: str = ""
    sources: frozenset[object] = frozenset()
    then: list[PlannedNode] = field(default_factory=list)
    otherwise: list[PlannedNode] = field(default_factory=list)


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
        self.sources = [planned for planned in self.nodes.values() if planned.node.type == SOURCE]

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
        return planned

    def _item(self, item: Mapping[str, object]) -> PlannedItem:
        name = str(item.get("name") or "")
        self.made.add(name)
        times = [self._time(item.get(member)) for member in ("generation_time", "server_time")]
        return PlannedItem(name, self._compile(item.get("value")), *times)

    def _time(self, text: object) -> Steps | None:
        return (
            None if text is None or (isinstance(text, str) and text.strip() in ("", "now()")) else self._compile(text)
        )

    def _compile(self, text: object) -> Steps:
        formula = Expression(text if isinstance(text, str) else "")
        self.read |= formula.attributes
        return formula.instructions
