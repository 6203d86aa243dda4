"""Where messages go: paths to outputs, nodes that are reached twice, and the same destination twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import Final

from ..graph import ACTION, ATTRIBUTES, ELSE, LOGIC, OUTPUT, SIMPLE, SOURCE, THEN, FlowEdge, FlowGraph, FlowNode
from .findings import Finding, own_finding, platform_finding

_MAX_WORK: Final = 2_000_000
"""How many nodes and edges are looked at, over all outcomes of all conditions and all sources."""


def check_topology(graph: FlowGraph) -> Iterator[Finding]:
    """What is wrong with the ways of messages. The graph has no cycles, and its edges are sound."""
    nodes = graph.by_id()
    exits = {number: [edge for edge in edges if edge.end in nodes] for number, edges in graph.exits().items()}
    reaching = _reaching_output(nodes, graph.edges)
    reached: set[int] = set()
    meetings = _Meetings()
    for source in nodes.values():
        if source.type == SOURCE:
            below = _reachable(source, nodes, exits)
            reached |= below
            yield from _outputs_of(source, below, nodes, exits, reaching)
            meetings.collect(source, below, nodes, exits)
    yield from meetings.findings(nodes, graph.edges)
    yield from _loose_ends(nodes, reached, reaching)


def _reachable(source: FlowNode, nodes: dict[int, FlowNode], exits: dict[int, list[FlowEdge]]) -> set[int]:
    """The nodes that messages of a source can come to."""
    found, pending = {source.id}, [source.id]
    while pending:
        number = pending.pop()
        if nodes[number].passes_on:
            following = {edge.end for edge in exits.get(number, ())} - found
            found |= following
            pending.extend(following)
    return found


def _reaching_output(nodes: dict[int, FlowNode], edges: list[FlowEdge]) -> set[int]:
    """The nodes from which an output can be reached."""
    entries: dict[int, list[int]] = {}
    for edge in edges:
        if edge.start in nodes and edge.end in nodes and nodes[edge.start].passes_on:
            entries.setdefault(edge.end, []).append(edge.start)
    found = {node.id for node in nodes.values() if node.type == OUTPUT}
    pending = list(found)
    while pending:
        before = set(entries.get(pending.pop(), ())) - found
        found |= before
        pending.extend(before)
    return found


def _outputs_of(
    source: FlowNode,
    below: set[int],
    nodes: dict[int, FlowNode],
    exits: dict[int, list[FlowEdge]],
    reaching: set[int],
) -> Iterator[Finding]:
    """Whether each way from a source has an output: the source itself, and each branch of a logic node."""
    lost = [] if source.id in reaching else [f"no way leads from #{source.id} to an output"]
    for number in sorted(below):
        if nodes[number].type != LOGIC:
            continue
        for kind in (THEN, ELSE):
            ends = [edge.end for edge in exits.get(number, ()) if edge.type == kind]
            if ends and not any(end in reaching for end in ends):
                lost.append(f"the {kind.partition('_')[0]} branch of #{number} reaches no output")
    if lost:
        yield platform_finding("no_output", "topology", source.id, node_ids=[source.id], detail="; ".join(lost))


@dataclass
class _Meetings:
    """What one message can come to at the same time."""

    twice: set[int] = field(default_factory=set)
    outputs: set[tuple[int, int]] = field(default_factory=set)
    switches: dict[int, set[tuple[int, int]]] = field(default_factory=dict)
    left: int = _MAX_WORK
    is_whole: bool = True

    def collect(
        self, source: FlowNode, below: set[int], nodes: dict[int, FlowNode], exits: dict[int, list[FlowEdge]]
    ) -> None:
        """Follow a message through all outcomes of the conditions below a source."""
        conditions = sorted(number for number in below if nodes[number].type == LOGIC)
        work = len(nodes) + sum(len(exits.get(number, ())) for number in below)
        if len(conditions) > 20 or (work << len(conditions)) > self.left:
            self.is_whole = False
            return
        self.left -= work << len(conditions)
        for outcome in product((THEN, ELSE), repeat=len(conditions)):
            self._follow(source, dict(zip(conditions, outcome, strict=True)), nodes, exits)

    def _follow(
        self,
        source: FlowNode,
        outcome: dict[int, str],
        nodes: dict[int, FlowNode],
        exits: dict[int, list[FlowEdge]],
    ) -> None:
        arrivals = {source.id: 1}
        pending = [source.id]
        while pending:
            number = pending.pop()
            if not nodes[number].passes_on:
                continue
            taken = outcome.get(number, SIMPLE)
            for edge in exits.get(number, ()):
                if edge.type == taken or nodes[number].type != LOGIC:
                    if edge.end not in arrivals:
                        pending.append(edge.end)
                    arrivals[edge.end] = arrivals.get(edge.end, 0) + 1
        self.twice |= {
            number for number, count in arrivals.items() if count > 1 and nodes[number].type in (ATTRIBUTES, LOGIC)
        }
        self._compare([node for number, node in nodes.items() if number in arrivals])

    def _compare(self, together: list[FlowNode]) -> None:
        """Outputs with one destination, and actions that set one output, among nodes that get the same message."""
        destinations: dict[object, list[int]] = {}
        switches: dict[int, list[int]] = {}
        for node in together:
            if node.type == OUTPUT:
                destinations.setdefault(_destination(node), []).append(node.id)
            elif node.type == ACTION:
                for number in switched_outputs(node):
                    switches.setdefault(number, []).append(node.id)
        for destination, numbers in destinations.items():
            if destination is not None:
                self.outputs |= set(pairwise(numbers))
        for number, actions in switches.items():
            if len(actions) > 1:
                self.switches.setdefault(number, set()).update(pairwise(actions))

    def findings(self, nodes: dict[int, FlowNode], edges: list[FlowEdge]) -> Iterator[Finding]:
        """All that was found, in the order of the flow."""
        entries: dict[int, set[tuple[int, str]]] = {}
        for edge in edges:
            entries.setdefault(edge.end, set()).add((edge.start, edge.type))
        rank = {number: index for index, number in enumerate(nodes)}
        for number in sorted(self.twice, key=rank.__getitem__):
            yield platform_finding("twice", "topology", number, node_ids=[number])
        for pair in _first_pairs(self.outputs, rank):
            # Raw and enriched data for one destination, at two depths, may be allowed.
            is_sure = bool(entries.get(pair[0], set()) & entries.get(pair[1], set()))
            yield platform_finding("duplicate_outputs", "topology", *pair, node_ids=list(pair), sure=is_sure)
        for output, pairs in sorted(self.switches.items()):
            for pair in _first_pairs(pairs, rank):
                yield platform_finding("duplicate_switch", "topology", output, *pair, node_ids=list(pair))
        if not self.is_whole:
            message = "The flow has too many conditions to follow a message through all of their outcomes"
            yield own_finding("not_followed", "topology", message, [])


def _first_pairs(pairs: set[tuple[int, int]], rank: dict[int, int]) -> list[tuple[int, int]]:
    """Each node with the one before it that is the same, in the order of the flow."""
    ordered = sorted(pairs, key=lambda pair: (rank[pair[1]], -rank[pair[0]]))
    nearest: dict[int, tuple[int, int]] = {}
    for pair in ordered:
        nearest.setdefault(pair[1], pair)
    return list(nearest.values())


def _destination(node: FlowNode) -> object:
    """Where an output leads; None if that is not said."""
    kind, number = node.data.get("output_endpoint_type"), node.data.get("output_endpoint_id")
    if kind == "output_default":
        return kind
    return (kind, number) if isinstance(kind, str) and isinstance(number, int | str) else None


def switched_outputs(node: FlowNode) -> list[int]:
    """The outputs that an action node sets, each once."""
    actions = node.data.get("actions")
    found = [
        action.get("number")
        for action in (actions if isinstance(actions, list | tuple) else ())
        if isinstance(action, dict) and action.get("type") == "set_output"
    ]
    return list(dict.fromkeys(number for number in found if isinstance(number, int) and not isinstance(number, bool)))


def _loose_ends(nodes: dict[int, FlowNode], reached: set[int], reaching: set[int]) -> Iterator[Finding]:
    """Rules that the platform has no message for."""
    kinds = {node.type for node in nodes.values()}
    for kind, name in ((SOURCE, "data source"), (OUTPUT, "output endpoint")):
        if kind not in kinds:
            yield own_finding(f"no_{kind}", "topology", f"The flow has no {name} node", [])
    for node in nodes.values():
        if node.id not in reached and node.type != SOURCE:
            message = f"Node #{node.id} is reached by no data source"
            yield own_finding("unreachable_node", "topology", message, [node.id])
        elif node.type == ATTRIBUTES and node.id not in reaching:
            message = f"Nothing that node #{node.id} calculates reaches an output endpoint"
            yield own_finding("dead_end", "topology", message, [node.id])
