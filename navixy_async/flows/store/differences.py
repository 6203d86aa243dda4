"""What changed between two versions of a flow: formulas, devices, destinations and branches, apart from its layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..expressions.errors import FormulaError
from ..expressions.parser import parse
from ..expressions.tree import signature
from .canonical import canonical_endpoint, canonical_flow

_FORMULAS = ("condition", "value", "generation_time", "server_time")
_BRANCHES = {"then_edge": " (then)", "else_edge": " (else)"}


@dataclass(frozen=True, slots=True)
class FlowChange:
    """One difference: what it is about, and its values before and after; secrets stand as references only.

    ``is_layout`` is said of what does not change what the flow does: positions of nodes, and blanks in formulas.
    """

    file: str
    what: str
    before: Any = None
    after: Any = None
    is_layout: bool = False

    def __str__(self) -> str:
        if self.before is None and self.after is None:
            return f"{self.file}: {self.what}"
        if self.before is None:
            return f"{self.file}: {self.what}: added {self.after!r}"
        if self.after is None:
            return f"{self.file}: {self.what}: removed {self.before!r}"
        return f"{self.file}: {self.what}: {self.before!r} -> {self.after!r}"


def flow_changes(file: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FlowChange]:
    """The differences of two versions of a flow."""
    old, new = canonical_flow(before), canonical_flow(after)
    pairs = _pairs(old["nodes"], new["nodes"])
    found = list(_member_changes(file, "", _head(old), _head(new)))
    names = {node.get("id"): _name(node) for node in [*old["nodes"], *new["nodes"]]}
    for one, other in pairs:
        if one is None or other is None:
            node = one or other or {}
            found.append(FlowChange(file, f"{_name(node)} {'removed' if other is None else 'added'}"))
        else:
            found += _member_changes(file, _name(other), _data(one), _data(other))
    renamed = {one.get("id"): other.get("id") for one, other in pairs if one is not None and other is not None}
    found += _edge_changes(file, old["edges"], new["edges"], renamed, names)
    if _views(before) != _views(after):
        found.append(FlowChange(file, "nodes were moved", is_layout=True))
    return found


def endpoint_changes(file: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FlowChange]:
    """The differences of two versions of an endpoint."""
    return list(_member_changes(file, "", canonical_endpoint(before), canonical_endpoint(after)))


def _head(flow: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in flow.items() if name not in ("nodes", "edges")}


def _data(node: Mapping[str, Any]) -> dict[str, Any]:
    data = node.get("data")
    rest = {name: value for name, value in node.items() if name not in ("id", "data")}
    return {**rest, **data} if isinstance(data, Mapping) else rest


def _name(node: Mapping[str, Any]) -> str:
    title = _data(node).get("title")
    return f"node {node.get('id')}" + (f" ({title})" if isinstance(title, str) else "")


def _pairs(
    old: list[dict[str, Any]], new: list[dict[str, Any]]
) -> list[tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    """Nodes that are the same: by id and type, and those that are left by type and title."""
    pairs: list[tuple[dict[str, Any] | None, dict[str, Any] | None]] = []
    left, right = list(old), list(new)
    for key in (lambda node: (node.get("id"), node.get("type")), lambda node: (node.get("type"), _title(node))):
        for node in list(left):
            other = next((one for one in right if key(one) == key(node)), None)
            if other is not None:
                pairs.append((node, other))
                left.remove(node)
                right.remove(other)
    return [*pairs, *((node, None) for node in left), *((None, node) for node in right)]


def _title(node: Mapping[str, Any]) -> object:
    title = _data(node).get("title")
    return title if isinstance(title, str) else object()


def _member_changes(file: str, what: str, old: Any, new: Any) -> Iterator[FlowChange]:
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in [*old, *(name for name in new if name not in old)]:
            yield from _member_changes(file, f"{what} {name}".strip(), old.get(name), new.get(name))
    elif _are_objects(old) and _are_objects(new):
        for index in range(max(len(old), len(new))):
            one, other = _at(old, index), _at(new, index)
            name = (other or one or {}).get("name") or (other or one or {}).get("key") or index
            yield from _member_changes(file, f"{what} {name}", one, other)
    elif what.endswith("source_ids"):
        gone, come = _without(old, new), _without(new, old)
        yield FlowChange(file, what, gone or None, come or None)
    else:
        is_formula = what.rpartition(" ")[2] in _FORMULAS and _are_one_formula(old, new)
        yield FlowChange(file, what, old, new, is_layout=is_formula)


def _are_objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def _at(items: list[Any], index: int) -> Any:
    return items[index] if index < len(items) else None


def _without(items: Any, others: Any) -> list[Any]:
    items, others = (value if isinstance(value, list) else [] for value in (items, others))
    return [item for item in items if item not in others]


def _are_one_formula(old: Any, new: Any) -> bool:
    if not isinstance(old, str) or not isinstance(new, str):
        return False
    try:
        one, other = parse(old), parse(new)
    except FormulaError:
        return False
    return one is not None and other is not None and signature(one) == signature(other)


def _edge_changes(
    file: str,
    old: list[dict[str, Any]],
    new: list[dict[str, Any]],
    renamed: Mapping[Any, Any],
    names: Mapping[Any, str],
) -> Iterator[FlowChange]:
    def text(edge: Mapping[str, Any], ids: Mapping[Any, Any]) -> str:
        ends = (ids.get(edge.get(end), edge.get(end)) for end in ("from", "to"))
        start, end = (names.get(number, f"node {number}") for number in ends)
        return f"{start} to {end}{_BRANCHES.get(str(edge.get('type')), '')}"

    before, after = [text(edge, renamed) for edge in old], [text(edge, {}) for edge in new]
    for edge in _without(before, after):
        yield FlowChange(file, f"connection removed: {edge}")
    for edge in _without(after, before):
        yield FlowChange(file, f"connection added: {edge}")


def _views(flow: Mapping[str, Any]) -> list[Any]:
    nodes = [node for node in flow.get("nodes") or [] if isinstance(node, Mapping)]
    return [node.get("view") for node in sorted(nodes, key=lambda node: str(node.get("id")))]
