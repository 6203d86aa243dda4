"""iot/logic/flow: what is refused of a flow, and what is read of one that is stored."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import Any

from ..object_store import Object
from ..wire import WireError
from .action import Call, Params

SAVED = ("iot/logic/flow/create", "iot/logic/flow/update")
_LINKS = ("then_edge", "else_edge")
_MOST_ATTRIBUTES = 200


def refuse_flow(path: str, p: Params) -> None:
    """292 with all messages if a flow that is to be saved cannot work; only what the documents are plain about."""
    flow = p.get("flow")
    errors = flow_errors(flow) if path in SAVED and isinstance(flow, dict) else []
    if errors:
        raise WireError(292, 400, description="IoT Flow Invalid", errors=errors)


def read_part(path: str, call: Call, p: Params) -> dict[str, Any] | None:
    """The answer of an action that shows a part of a stored flow; ``None`` for any other action."""
    if path not in ("iot/logic/flow/export", "iot/logic/flow/sources/list"):
        return None
    flow = call.state.store.objects(call.account.id, "iot/logic/flow").get(p.get("flow_id"))  # type: ignore[arg-type]
    if flow is None:
        raise WireError(201)
    if path.endswith("export"):
        kept = ("title", "description", "nodes", "edges")
        return {"value": {name: deepcopy(flow[name]) for name in kept if name in flow}}
    named = [node["data"].get("source_ids") or [] for node in _of(flow, "nodes") if isinstance(node.get("data"), dict)]
    return {"value": list(dict.fromkeys(one for ids in named for one in ids))}


def flow_errors(flow: Object) -> list[dict[str, Any]]:
    """The platform's messages about a flow's nodes and edges."""
    nodes, edges = _of(flow, "nodes"), _of(flow, "edges")
    found: list[dict[str, Any]] = []

    def error(message: str, *ids: Any) -> None:
        found.append({"message": message, "node_ids": list(ids)})

    counts = Counter(node.get("id") for node in nodes)
    for number in (number for number, count in counts.items() if count > 1):
        error(f"The node identifier must be unique within the flow: non-unique ID is #{number}", number)
    known = {node.get("id"): node for node in nodes}
    for number in dict.fromkeys(edge.get(end) for edge in edges for end in ("from", "to")):
        if number not in known:
            error(f"Node #{number} is missing, but has a link from edge", number)
    doubles = Counter((edge.get("from"), edge.get("to"), edge.get("type") or "simple_edge") for edge in edges)
    for (start, end, _), count in doubles.items():
        if count > 1:
            error(f"Nodes #{start} and #{end} have a duplicate connection", start, end)
    if any(edge.get("from") == edge.get("to") for edge in edges):
        error("The flow's graph can't contain self-loops")
    for number, node in known.items():
        _check_node(number, node, edges, error)
    if _has_cycle(edges):
        error("The flow's graph cannot contain cycles")
    made = [node for node in nodes if node.get("type") == "initiate_attributes" and isinstance(node.get("data"), dict)]
    if sum(len(node["data"].get("items") or []) for node in made) > _MOST_ATTRIBUTES:
        error(f"The total number of attributes in a flow must not exceed {_MOST_ATTRIBUTES}")
    return found


def _check_node(number: Any, node: Object, edges: list[Object], error: Any) -> None:
    leaving = [edge.get("type") or "simple_edge" for edge in edges if edge.get("from") == number]
    kind = node.get("type")
    if kind == "data_source" and any(edge.get("to") == number for edge in edges):
        title = (node.get("data") or {}).get("title")
        error(f'Data source node "{title}" (#{number}) must be at the start of flow', number)
    elif kind == "output_endpoint" and leaving:
        error(f"Output endpoint node #{number} must be at the end of flow", number)
    elif kind == "logic" and not leaving:
        error(f"Logic node #{number} does not contain at least one relationship", number)
    elif kind == "logic" and not set(leaving) <= set(_LINKS):
        error(f"Logic node #{number} contains invalid link types, only Then or Else is allowed", number)


def _has_cycle(edges: list[Object]) -> bool:
    """Whether something is left when nodes that nothing leads to are taken away, again and again."""
    left = {(edge.get("from"), edge.get("to")) for edge in edges if edge.get("from") != edge.get("to")}
    while left:
        reached = {end for _, end in left}
        rest = {(start, end) for start, end in left if start in reached}
        if rest == left:
            return True
        left = rest
    return False


def _of(flow: Object, name: str) -> list[Object]:
    items = flow.get(name)
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
