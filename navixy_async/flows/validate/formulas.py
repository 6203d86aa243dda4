"""The formulas inside of nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..expressions.checker import geofence_error
from ..expressions.errors import FormulaError
from ..expressions.expression import Expression
from ..graph import LOGIC, FlowGraph, FlowNode
from .content import items_of
from .findings import Finding, own_finding


def check_formulas(graph: FlowGraph) -> Iterator[Finding]:
    """Formulas that the platform refuses, and those that are in doubt."""
    for node in graph.nodes:
        for path, text in _formulas(node):
            yield from _check(node, path, text)


def _formulas(node: FlowNode) -> Iterator[tuple[str, str]]:
    """All formulas of a node with the names that the platform has for their members."""
    if node.type == LOGIC and isinstance(node.data.get("condition"), str):
        yield "data.condition", node.data["condition"]
    for index, item in enumerate(items_of(node)):
        for member in ("value", "generation_time", "server_time"):
            if isinstance(item, Mapping) and isinstance(item.get(member), str):
                yield f"data.items[{index}].{member}", item[member]


def _check(node: FlowNode, path: str, text: str) -> Iterator[Finding]:
    try:
        formula = Expression(text)
        if node.type != LOGIC and (error := geofence_error(formula.text)) is not None:
            raise error
    except FormulaError as error:
        yield Finding(error.message, "formula", [node.id], [path], sure=error.sure, template="formula", rule="formula")
        return
    for doubt in {doubt.text: doubt for doubt in reversed(formula.doubts)}.values():
        message = f"Formula of node #{node.id}, {doubt.line}:{doubt.column}: {doubt.text}"
        yield own_finding("doubtful_formula", "formula", message, [node.id], parameters=[path])
