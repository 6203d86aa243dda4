"""What actions, webhooks and outputs would do. Addresses, headers and their secrets are left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec

from ..expressions.collections import AS_IT_IS, to_python
from ..graph import ACTION, WEBHOOK, FlowNode

KINDS: Final = {ACTION: "action", WEBHOOK: "webhook"}
"""Kinds of effects by the types of nodes; all others are outputs."""
_PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z_$@][A-Za-z0-9_$@.]*)\s*\}\}")


@dataclass(frozen=True)
class Effect:
    """What would go out for one message: nothing is sent.

    ``kind`` is ``output`` (``content``: the fields), ``webhook`` (the rendered body) or ``action`` (the actions in
    order). ``target`` is the destination of an output, or the devices of an action.
    """

    kind: Literal["output", "webhook", "action"]
    node_id: int
    content: object
    target: object = None


def effect_of(node: FlowNode, attributes: Mapping[str, object], source_id: object) -> Effect:
    """What a node at the end of a path would do."""
    if node.type == ACTION:
        return Effect("action", node.id, _actions(node), _targets(node, source_id))
    if node.type == WEBHOOK:
        body = node.data.get("body")
        return Effect("webhook", node.id, render(body, attributes) if isinstance(body, str) else "")
    destination = node.data.get("output_endpoint_id") or node.data.get("output_endpoint_type")
    fields = {name: value if type(value) in AS_IT_IS else to_python(value) for name, value in attributes.items()}
    return Effect("output", node.id, fields, destination)


def render(body: str, attributes: Mapping[str, object]) -> str:
    """The body of a webhook with its placeholders filled; what is missing or null is JSON's null."""

    def fill(match: re.Match[str]) -> str:
        value: Any = attributes
        for name in match[1].split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        value = to_python(value)
        return value if isinstance(value, str) else msgspec.json.encode(value, enc_hook=str).decode()

    return _PLACEHOLDER.sub(fill, body)


def _actions(node: FlowNode) -> list[dict[str, Any]]:
    actions = node.data.get("actions")
    return (
        [dict(action) for action in actions if isinstance(action, Mapping)] if isinstance(actions, list | tuple) else []
    )


def _targets(node: FlowNode, source_id: object) -> list[object]:
    """The devices that an action goes to: those that the sender is mapped to, or the sender itself."""
    mapping = node.data.get("device_mapping")
    for entry in mapping if isinstance(mapping, list | tuple) else ():
        if isinstance(entry, Mapping) and entry.get("source_id") == source_id:
            targets = entry.get("target_source_ids")
            return list(targets) if isinstance(targets, list | tuple) else []
    return [] if source_id is None else [source_id]
