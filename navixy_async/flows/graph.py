"""A flow as a graph, whatever it came in: a typed flow, a draft, an export, the API's envelope, or JSON text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

SOURCE: Final = "data_source"
ATTRIBUTES: Final = "initiate_attributes"
LOGIC: Final = "logic"
ACTION: Final = "action"
WEBHOOK: Final = "webhook"
OUTPUT: Final = "output_endpoint"
NODE_TYPES: Final = (SOURCE, ATTRIBUTES, LOGIC, ACTION, WEBHOOK, OUTPUT)
SIMPLE: Final = "simple_edge"
THEN: Final = "then_edge"
ELSE: Final = "else_edge"
EDGE_TYPES: Final = (SIMPLE, THEN, ELSE)
_PASSING: Final = (SOURCE, ATTRIBUTES, LOGIC)


@dataclass(frozen=True)
class FlowNode:
    """One node; ``data`` is what stands under that name, or nothing."""

    id: int
    type: str
    title: str
    data: Mapping[str, Any]

    @property
    def passes_on(self) -> bool:
        """Whether messages go on behind it: actions, webhooks and outputs end a path."""
        return self.type in _PASSING


@dataclass(frozen=True)
class FlowEdge:
    """A connection of two nodes by their ids."""

    start: int
    end: int
    type: str = SIMPLE


@dataclass
class FlowGraph:
    """Nodes and edges in the order of the flow, and what could not be read of it, each as a sentence with its path."""

    nodes: list[FlowNode] = field(default_factory=list)
    edges: list[FlowEdge] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def by_id(self) -> dict[int, FlowNode]:
        """The first node of each id."""
        found: dict[int, FlowNode] = {}
        for node in self.nodes:
            found.setdefault(node.id, node)
        return found

    def exits(self) -> dict[int, list[FlowEdge]]:
        """The edges that leave each node."""
        found: dict[int, list[FlowEdge]] = {}
        for edge in self.edges:
            found.setdefault(edge.start, []).append(edge)
        return found


def read_graph(flow: object) -> FlowGraph:
    """The graph of a flow; what cannot be read becomes a problem, never an exception.

    Accepts a typed ``Flow``, ``FlowDraft`` or ``FlowExport``, the dict of an export, the API's envelope
    (``{"flow": …}``) or answer (``{"success": …, "value": …}``), and all of these as JSON text.
    """
    graph = FlowGraph()
    content = read_content(flow, graph.problems)
    if content is None:
        return graph
    if "nodes" not in content and "edges" not in content and "title" not in content:
        graph.problems.append("this is no flow: it has neither nodes, edges nor a title")
        return graph
    for index, item in _items(content, "nodes", graph.problems):
        node = _node(item, f"nodes[{index}]", graph.problems)
        if node is not None:
            graph.nodes.append(node)
    for index, item in _items(content, "edges", graph.problems):
        edge = _edge(item, f"edges[{index}]", graph.problems)
        if edge is not None:
            graph.edges.append(edge)
    return graph


def read_content(flow: object, problems: list[str]) -> Mapping[str, Any] | None:
    """The innermost flow of what was given."""
    if isinstance(flow, str | bytes | bytearray):
        try:
            flow = msgspec.json.decode(flow)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            problems.append(f"this is no JSON: {error}")
            return None
    elif isinstance(flow, msgspec.Struct):
        flow = msgspec.to_builtins(flow, enc_hook=str)
    for member in ("value", "flow"):
        if isinstance(flow, Mapping) and "nodes" not in flow and isinstance(flow.get(member), Mapping):
            flow = flow[member]
    if isinstance(flow, Mapping):
        return flow
    problems.append(f"a flow is an object, not {_kind(flow)}")
    return None


def _kind(value: object) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "a text",
        int: "a number",
        float: "a number",
        bool: "a truth value",
    }
    return "null" if value is None else names.get(type(value), f"a {type(value).__name__}")


def _items(content: Mapping[str, Any], member: str, problems: list[str]) -> Iterable[tuple[int, Any]]:
    items = content.get(member)
    if items is None:
        return ()
    if not isinstance(items, list | tuple):
        problems.append(f"{member} is {_kind(items)}, and has to be a list")
        return ()
    return enumerate(items)


def _node(item: object, path: str, problems: list[str]) -> FlowNode | None:
    if not isinstance(item, Mapping):
        problems.append(f"{path} is {_kind(item)}, and has to be an object")
        return None
    number = _id(item.get("id"), f"{path}.id", problems)
    if number is None:
        return None
    kind = item.get("type")
    if kind not in NODE_TYPES:
        shown = repr(kind)[:60] if isinstance(kind, str) else _kind(kind)
        problems.append(f"{path}.type is {shown}, and has to be one of {', '.join(NODE_TYPES)}")
    data = item.get("data")
    if data is not None and not isinstance(data, Mapping):
        problems.append(f"{path}.data is {_kind(data)}, and has to be an object")
        data = None
    title = (data or {}).get("title")
    return FlowNode(number, str(kind), title if isinstance(title, str) else "", data or {})


def _edge(item: object, path: str, problems: list[str]) -> FlowEdge | None:
    if not isinstance(item, Mapping):
        problems.append(f"{path} is {_kind(item)}, and has to be an object")
        return None
    start = _id(item.get("from"), f"{path}.from", problems)
    end = _id(item.get("to"), f"{path}.to", problems)
    kind = item.get("type") or SIMPLE
    if kind not in EDGE_TYPES:
        shown = repr(kind)[:60] if isinstance(kind, str) else _kind(kind)
        problems.append(f"{path}.type is {shown}, and has to be one of {', '.join(EDGE_TYPES)}")
        kind = SIMPLE
    return None if start is None or end is None else FlowEdge(start, end, kind)


def _id(value: object, path: str, problems: list[str]) -> int | None:
    """An id; one that is written as text is reported, and read all the same."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    problems.append(f"{path} is {_kind(value)}, and has to be a whole number")
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,18}", value):
        return int(value)
    return None
