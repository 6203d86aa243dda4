"""Ids, edges and cycles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from ..graph import ELSE, LOGIC, OUTPUT, SIMPLE, SOURCE, THEN, FlowEdge, FlowGraph
from .findings import Finding, own_finding, platform_finding


def check_edges(graph: FlowGraph) -> Iterator[Finding]:
    """What is wrong with ids and single edges, and cycles."""
    nodes = graph.by_id()
    for number, count in Counter(node.id for node in graph.nodes).items():
        if count > 1:
            yield platform_finding("duplicate_id", "edges", number, node_ids=[number])
    missing = dict.fromkeys(end for edge in graph.edges for end in (edge.start, edge.end) if end not in nodes)
    for number in missing:
        yield platform_finding("missing_node", "edges", number, node_ids=[number])
    entered = {edge.end for edge in graph.edges if edge.start != edge.end}
    left = {edge.start for edge in graph.edges if edge.start != edge.end}
    for node in nodes.values():
        if node.type == SOURCE and node.id in entered:
            yield platform_finding("data_source_not_first", "edges", node.title, node.id, node_ids=[node.id])
        if node.type == OUTPUT and node.id in left:
            yield platform_finding("output_not_last", "edges", node.id, node_ids=[node.id])
    yield from _connections(graph.edges)
    yield from _links(graph)
    if any(edge.start == edge.end for edge in graph.edges):
        yield platform_finding("self_loop", "edges")
    cycle = find_cycle(graph.edges)
    if cycle:
        shown = " → ".join(f"#{number}" for number in cycle[:20]) + (" → …" if len(cycle) > 20 else "")
        yield platform_finding("cycle", "edges", detail=shown)


def _connections(edges: list[FlowEdge]) -> Iterator[Finding]:
    for edge, count in Counter(edges).items():
        if count > 1 and edge.start != edge.end:
            ends = [edge.start, edge.end]
            yield platform_finding("duplicate_connection", "edges", *ends, node_ids=ends, sure=edge.type == SIMPLE)


def _links(graph: FlowGraph) -> Iterator[Finding]:
    """The types of the edges that leave logic nodes, and all others."""
    exits = graph.exits()
    for node in graph.by_id().values():
        kinds = {edge.type for edge in exits.get(node.id, ())}
        if node.type != LOGIC:
            if kinds - {SIMPLE}:
                message = f"Node #{node.id} is no logic node, and a branch leaves it; only simple edges are expected"
                yield own_finding("branch_without_logic", "edges", message, [node.id])
        elif not kinds:
            yield platform_finding("logic_no_links", "edges", node.id, node_ids=[node.id])
        elif SIMPLE in kinds:
            yield platform_finding("logic_bad_links", "edges", node.id, node_ids=[node.id])
        elif kinds != {THEN, ELSE}:
            absent = "then" if THEN not in kinds else "else"
            message = f"Logic node #{node.id} has no {absent} branch: messages that go there are lost"
            yield own_finding(f"no_{absent}", "edges", message, [node.id])


def find_cycle(edges: list[FlowEdge]) -> list[int]:
    """The nodes of one cycle, the first one again at the end; empty if there is none. Self-loops do not count."""
    sorter: TopologicalSorter[int] = TopologicalSorter()
    for edge in edges:
        if edge.start != edge.end:
            sorter.add(edge.end, edge.start)
    try:
        sorter.prepare()
    except CycleError as error:
        return [int(number) for number in error.args[1]]
    return []
