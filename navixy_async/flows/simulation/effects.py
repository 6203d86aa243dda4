"""What actions, webhooks and outputs would do. Addresses, headers and their secrets are left out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

import msgspec

from ..expressions.collections import AS_IT_IS, to_python
from ..expressions.numbers import Long
from ..graph import ACTION, WEBHOOK, FlowNode

KINDS: Final = {ACTION: "action", WEBHOOK: "webhook"}
"""Kinds of effects by the types of nodes; all others are outputs."""
_PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z_$@][A-Za-z0-9_$@.]*)\s*\}\}")
_PLAIN = AS_IT_IS | {int}
_encode = msgspec.json.Encoder(enc_hook=str, decimal_format="number").encode


class Effect(msgspec.Struct, frozen=True):
    """What would go out for one message: nothing is sent.

    ``kind`` is ``output`` (``content``: the fields), ``webhook`` (the rendered body) or ``action`` (the actions in
    order). ``target`` is the destination of an output, or the devices of an action.
    """

    kind: Literal["output", "webhook", "action"]
    node_id: int
    content: object
    target: object = None


EffectMaker = Callable[[Mapping[str, object], object], Effect]
"""What a node would do with these attributes, of the device with this id."""


def effect_maker(node: FlowNode) -> EffectMaker:
    """What a node at the end of a path would do; what does not depend on the message is read once."""
    if node.type == ACTION:
        actions, mapping = _actions(node), _mapping(node)
        return lambda _attributes, source_id: Effect(
            "action", node.id, [dict(action) for action in actions], _targets(mapping, source_id)
        )
    if node.type == WEBHOOK:
        body = node.data.get("body")
        template = Template(body if isinstance(body, str) else "")
        return lambda attributes, _source_id: Effect("webhook", node.id, template.render(attributes))
    destination = node.data.get("output_endpoint_id") or node.data.get("output_endpoint_type")
    return lambda attributes, _source_id: Effect("output", node.id, plain(attributes), destination)


def plain(attributes: Mapping[str, object]) -> dict[str, object]:
    """Attributes with values of Python instead of the engine's."""
    return {
        name: value if type(value) in _PLAIN else int(value) if type(value) is Long else to_python(value)
        for name, value in attributes.items()
    }


class Template:
    """The body of a webhook with placeholders; what is missing or null is JSON's null."""

    def __init__(self, body: str) -> None:
        parts = _PLACEHOLDER.split(body)
        self._texts = parts[::2]
        self._paths = [path.split(".") for path in parts[1::2]]

    def render(self, attributes: Mapping[str, object]) -> str:
        """The body with the values of one message."""
        rendered = [self._texts[0]]
        for path, text in zip(self._paths, self._texts[1:], strict=True):
            value: Any = attributes
            for name in path:
                value = value.get(name) if isinstance(value, Mapping) else None
            rendered += (_json(value), text)
        return "".join(rendered)


def _json(value: object) -> str:
    if type(value) is int:
        return str(value)
    value = to_python(value)
    if isinstance(value, str):
        return value
    try:
        return _encode(value).decode()
    except UnicodeEncodeError:  # half a pair of surrogates, which only Python's own encoder writes
        return json.dumps(value, default=str)


def _actions(node: FlowNode) -> list[Mapping[str, Any]]:
    actions = node.data.get("actions")
    return [action for action in actions if isinstance(action, Mapping)] if isinstance(actions, list | tuple) else []


def _mapping(node: FlowNode) -> list[tuple[object, list[object]]]:
    """The ids of senders with those of the devices that they are mapped to."""
    mapping = node.data.get("device_mapping")
    entries = [entry for entry in mapping if isinstance(entry, Mapping)] if isinstance(mapping, list | tuple) else []
    targets = [(entry.get("source_id"), entry.get("target_source_ids")) for entry in entries]
    return [(sender, list(devices) if isinstance(devices, list | tuple) else []) for sender, devices in targets]


def _targets(mapping: list[tuple[object, list[object]]], source_id: object) -> list[object]:
    """The devices that an action goes to: those that the sender is mapped to, or the sender itself."""
    for sender, devices in mapping:
        if sender == source_id:
            return list(devices)
    return [] if source_id is None else [source_id]
