"""What a flow or an endpoint means, apart from its ids, its layout and the order in which it is written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

_OF_ACCOUNT = ("id", "trackable_node_id", "default_flow", "modified", "devices_count")
"""Members that the platform sets itself."""
_ENDS = ("from", "to", "type")
_DEFAULTS: dict[str, tuple[Any, ...]] = {
    "generation_time": ("now()",),
    "server_time": ("now()",),
    "description": ("",),
    "push_type": ("unknown",),
    "reliable": (True,),
}
"""Values that mean the same as a missing member."""


def portable_flow(flow: Mapping[str, Any]) -> dict[str, Any]:
    """A flow as it is kept in a file: without ids that only one account knows. Ids of nodes stay."""
    kept = {name: value for name, value in flow.items() if name not in _OF_ACCOUNT}
    nodes = []
    for node in _objects(flow.get("nodes")):
        data = node.get("data")
        if isinstance(data, Mapping):
            data = {name: value for name, value in data.items() if name not in _OF_ACCOUNT}
        nodes.append({**node, "data": data} if "data" in node else node)
    return {**kept, "nodes": nodes}


def portable_endpoint(endpoint: Mapping[str, Any]) -> dict[str, Any]:
    """An endpoint as it is kept in a file: without its id and without its state."""
    return {name: value for name, value in endpoint.items() if name not in (*_OF_ACCOUNT, "status")}


def canonical_flow(flow: Mapping[str, Any]) -> dict[str, Any]:
    """What two flows have in common that do the same."""
    portable = portable_flow(flow)
    nodes = [{name: value for name, value in node.items() if name != "view"} for node in portable.pop("nodes")]
    edges = [{**edge, "type": edge.get("type") or "simple_edge"} for edge in _objects(portable.pop("edges", None))]
    enabled = flow.get("enabled") is True
    return {
        **_plain(portable),
        "enabled": enabled,
        "nodes": sorted((_plain(node) for node in nodes), key=lambda node: _encoded(node.get("id"))),
        "edges": sorted((_plain(edge) for edge in edges), key=lambda edge: _encoded([edge.get(e) for e in _ENDS])),
    }


def canonical_endpoint(endpoint: Mapping[str, Any]) -> dict[str, Any]:
    """What two endpoints have in common that reach the same."""
    return dict(_plain(portable_endpoint(endpoint)))


def digest_of(canonical: object) -> str:
    """SHA-256 of a canonical object, in hexadecimal."""
    return hashlib.sha256(_encoded(canonical)).hexdigest()


def flow_digest(flow: Mapping[str, Any]) -> str:
    """The digest of a flow."""
    return digest_of(canonical_flow(flow))


def endpoint_digest(endpoint: Mapping[str, Any]) -> str:
    """The digest of an endpoint."""
    return digest_of(canonical_endpoint(endpoint))


def covers(stored: Any, sent: Any) -> bool:
    """Whether all that was sent was stored; the platform may have filled in more."""
    if isinstance(stored, Mapping) and isinstance(sent, Mapping):
        return all(name in stored and covers(stored[name], value) for name, value in sent.items())
    if isinstance(stored, list) and isinstance(sent, list):
        return len(stored) == len(sent) and all(map(covers, stored, sent))
    return bool(stored == sent)


def _objects(items: object) -> list[dict[str, Any]]:
    return [dict(item) for item in items if isinstance(item, Mapping)] if isinstance(items, list | tuple) else []


def _plain(value: Any) -> Any:
    """Without members that say nothing, and with the devices in order."""
    if isinstance(value, Mapping):
        members = {name: _plain(member) for name, member in value.items()}
        return {
            name: _in_order(member) if name.endswith("source_ids") else member
            for name, member in members.items()
            if member not in (None, [], {}) and not _is_default(name, member)
        }
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _is_default(name: str, value: Any) -> bool:
    return any(
        value is default or (isinstance(default, str) and value == default) for default in _DEFAULTS.get(name, ())
    )


def _in_order(value: Any) -> Any:
    return sorted(value, key=_encoded) if isinstance(value, list) else value


def _encoded(value: object) -> bytes:
    return msgspec.json.encode(value, order="deterministic")
