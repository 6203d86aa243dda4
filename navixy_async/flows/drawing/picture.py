"""What stands in a picture of a flow, whatever its form: labels without secrets, marks and counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ..graph import ACTION, ATTRIBUTES, ELSE, LOGIC, OUTPUT, SIMPLE, SOURCE, THEN, WEBHOOK, FlowNode, read_graph
from ..keys import short_url, without_keys
from ..simulation.dry_run import SimulationSummary
from ..validate.findings import Finding

_MISSING: Final = "missing"
_LONGEST: Final = 80
_LONGEST_FINDING: Final = 300
_INVISIBLE: Final = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ud800-\\udfff\\ufeff\\ufffe\\uffff]+"
)
_NAMES: Final = {
    SOURCE: "source",
    ATTRIBUTES: "attributes",
    LOGIC: "logic",
    ACTION: "action",
    WEBHOOK: "webhook",
    OUTPUT: "output",
    _MISSING: "missing node",
}
_BRANCHES: Final = {THEN: "then", ELSE: "else"}


@dataclass
class DrawnNode:
    """One box: its lines of text, and the messages of the findings on it."""

    id: int
    kind: str
    lines: list[str]
    findings: list[str] = field(default_factory=list)
    is_wrong: bool = False
    """Whether the platform would refuse it."""

    @property
    def mark(self) -> str:
        """How it is marked: ``wrong``, ``doubtful`` or nothing."""
        return "wrong" if self.is_wrong else "doubtful" if self.findings else ""


@dataclass
class DrawnEdge:
    """One arrow; its label is the branch with the count of messages that took it."""

    start: int
    end: int
    type: str
    label: str
    is_wrong: bool = False


@dataclass
class Picture:
    """All boxes and arrows in the order of the flow, and all findings as text."""

    nodes: dict[int, DrawnNode]
    edges: list[DrawnEdge]
    findings: list[tuple[bool, str]]


def picture_of(flow: object, findings: Iterable[Finding], summary: SimulationSummary | None) -> Picture:
    """Everything that a picture shows, without anything that looks like a secret."""
    graph = read_graph(flow)
    nodes = {number: DrawnNode(number, node.type, _lines(node)) for number, node in graph.by_id().items()}
    for edge in graph.edges:
        for end in (edge.start, edge.end):
            nodes.setdefault(end, DrawnNode(end, _MISSING, [f"#{end} missing"], is_wrong=True))
    picture = Picture(nodes, [DrawnEdge(e.start, e.end, e.type, _BRANCHES.get(e.type, "")) for e in graph.edges], [])
    for finding in findings:
        _mark(picture, finding)
    if summary is not None:
        _count(picture, summary)
    return picture


def shown(text: object, longest: int = _LONGEST) -> str:
    """A foreign text as one line, without secrets, control characters and signs that turn the direction of writing."""
    line = _INVISIBLE.sub(" ", without_keys(str(text)))
    line = " ".join(line.split())
    return line if len(line) <= longest else f"{line[:longest]}…"


def _lines(node: FlowNode) -> list[str]:
    lines = [f"#{node.id} {_NAMES.get(node.type, shown(node.type))}", shown(node.title), shown(_summary(node))]
    return [line for line in lines if line]


def _summary(node: FlowNode) -> str:
    """What a node does, in a few words; addresses by their host, headers, bodies and commands not at all."""
    data = node.data
    if node.type == SOURCE:
        return _counted(_objects(data, "source_ids"), "device")
    if node.type == ATTRIBUTES:
        return ", ".join(str(item.get("name")) for item in _objects(data, "items") if isinstance(item, Mapping))
    if node.type == LOGIC:
        return str(data.get("condition") or "")
    if node.type == WEBHOOK:
        return short_url(str(data.get("url")))
    if node.type == ACTION:
        return _counted(_objects(data, "actions"), "action")
    if node.type == OUTPUT:
        is_default = data.get("output_endpoint_type") == "output_default"
        return "to Navixy" if is_default else f"to endpoint {data.get('output_endpoint_id')}"
    return ""


def _objects(data: Mapping[str, Any], member: str) -> list[Any]:
    found = data.get(member)
    return list(found) if isinstance(found, list | tuple) else []


def _counted(items: list[Any], name: str) -> str:
    return f"{len(items)} {name}{'' if len(items) == 1 else 's'}"


def _mark(picture: Picture, finding: Finding) -> None:
    message = f"{'' if finding.sure else 'perhaps: '}{shown(finding.message, _LONGEST_FINDING)}"
    picture.findings.append((finding.sure, message))
    for number in finding.node_ids:
        if number in picture.nodes:
            node = picture.nodes[number]
            node.findings.append(message)
            node.is_wrong = node.is_wrong or finding.sure
    if finding.template in ("duplicate_connection", "self_loop"):
        for edge in picture.edges:
            edge.is_wrong = edge.is_wrong or {edge.start, edge.end} == set(finding.node_ids)


def _count(picture: Picture, summary: SimulationSummary) -> None:
    for node in picture.nodes.values():
        node.lines.append(_counted([None] * summary.arrivals[node.id], "message"))
    for edge in picture.edges:
        passed = summary.arrivals[edge.start] if edge.type == SIMPLE else summary.branches[edge.start, edge.label]
        edge.label = f"{edge.label} {passed}".strip()
