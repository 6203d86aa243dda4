"""Rules for one flow, from what stands in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from ..graph import ACTION, ATTRIBUTES, LOGIC, OUTPUT, SOURCE, WEBHOOK, FlowNode
from ..keys import looks_like_key, short_url
from ..validate.content import items_of
from .report import AuditedFlow, AuditFinding, objects, text_of, whole_numbers

_DEFAULT_TITLE: Final = re.compile(
    r"(?i)(new|my|untitled|your) (data source|logic|action|webhook|output|flow|node|title|attributes?)\b.*"
    r"|(data source|logic|action|webhook|output|output endpoint|node|flow|test|untitled)( node)?[ 0-9]*"
)
_SNAKE: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_VERSION: Final = re.compile(r"(?i)\bv\d+(\.\d+)*\b")
_PLACEHOLDER: Final = re.compile(r"\{\{[^{}]*\}\}")
_PRIVATE: Final = re.compile(r"(?i)\b(lat|lng|lon|latitude|longitude|driver\w*|hardware_key|ibutton\w*|rfid\w*)\b")
_SYSTEM_FIELDS: Final = frozenset(
    ("message_time", "server_time", "device_id", "source_id", "latitude", "longitude", "altitude", "speed", "heading")
)
_MANY: Final = 1_000


def audit_flow(flow: AuditedFlow) -> Iterator[AuditFinding]:
    """All rules that need nothing but the flow."""
    for rule in (_plan, _titles, _names, _volume, _versions, _review, _keys, _encryption, _privacy, _bodies):
        yield from rule(flow)


def _plan(flow: AuditedFlow) -> Iterator[AuditFinding]:
    if not text_of(flow.content, "description").strip():
        yield flow.finding("plan", "notice", "The flow has no description", "say what it is for")
    connected = {number for edge in flow.graph.edges for number in (edge.start, edge.end)}
    for node in flow.graph.nodes:
        if node.id not in connected:
            yield flow.finding("plan", "warning", f"Node #{node.id} has no edges", "connect or remove it", node.id)


def _titles(flow: AuditedFlow) -> Iterator[AuditFinding]:
    seen: dict[str, int] = {}
    advice = "say what it does, in a few words"
    title = text_of(flow.content, "title").strip()
    if not title or _DEFAULT_TITLE.fullmatch(title):
        yield flow.finding("titles", "warning", "The flow has no title of its own", advice)
    for node in flow.graph.nodes:
        title = node.title.strip()
        if not title or _DEFAULT_TITLE.fullmatch(title):
            yield flow.finding("titles", "notice", f"Node #{node.id} has no title of its own", advice, node.id)
        elif title.lower() in seen:
            message = f"Nodes #{seen[title.lower()]} and #{node.id} have the same title"
            yield flow.finding("titles", "notice", message, "tell them apart", seen[title.lower()], node.id)
        else:
            seen[title.lower()] = node.id


def made_attributes(flow: AuditedFlow) -> Iterator[tuple[str, FlowNode]]:
    """The names of the attributes that a flow makes."""
    for node in flow.graph.nodes:
        if node.type == LOGIC and text_of(node.data, "name"):
            yield text_of(node.data, "name"), node
        for item in items_of(node) if node.type == ATTRIBUTES else ():
            if isinstance(item, dict) and text_of(item, "name"):
                yield text_of(item, "name"), node


def _names(flow: AuditedFlow) -> Iterator[AuditFinding]:
    for name, node in made_attributes(flow):
        if name in _SYSTEM_FIELDS:
            message = f"Node #{node.id} makes an attribute with the name of a field of devices ({name})"
            yield flow.finding("names", "warning", message, "take another name, or nodes behind it see yours", node.id)
        elif not _SNAKE.fullmatch(name) and not looks_like_key(name):
            message = f"Node #{node.id} makes an attribute that is not in snake case ({name[:60]})"
            yield flow.finding("names", "notice", message, "write it like engine_temp_celsius", node.id)


def _volume(flow: AuditedFlow) -> Iterator[AuditFinding]:
    types = {node.id: node.type for node in flow.graph.nodes}
    before: dict[int, list[int]] = {}
    for edge in flow.graph.edges:
        before.setdefault(edge.end, []).append(edge.start)
    for node in flow.graph.nodes:
        if node.type in (ACTION, WEBHOOK) and _is_fed_without_logic(node.id, types, before):
            message = f"Node #{node.id} acts on every message"
            yield flow.finding("volume", "warning", message, "put a condition before it", node.id)
    devices = sum(len(whole_numbers(node.data, "source_ids")) for node in flow.nodes(SOURCE))
    outputs = sum(1 for _ in flow.nodes(OUTPUT))
    if devices * outputs > _MANY:
        message = f"{devices} devices times {outputs} outputs are many messages"
        yield flow.finding("volume", "notice", message, "filter before the outputs, or split the flow")


def _is_fed_without_logic(number: int, types: dict[int, str], before: dict[int, list[int]]) -> bool:
    pending, seen = [number], {number}
    while pending:
        for start in before.get(pending.pop(), ()):
            if types.get(start) == SOURCE:
                return True
            if start not in seen and types.get(start) != LOGIC:
                seen.add(start)
                pending.append(start)
    return False


def _versions(flow: AuditedFlow) -> Iterator[AuditFinding]:
    if not _VERSION.search(text_of(flow.content, "title")):
        yield flow.finding("versions", "notice", "The title has no version", "add one, such as v1.2")


def _review(flow: AuditedFlow) -> Iterator[AuditFinding]:
    if flow.content.get("enabled") is False:
        yield flow.finding("review", "notice", "The flow is disabled", "enable or remove it")
    sources = list(flow.nodes(SOURCE))
    if sources and not any(node.data.get("source_ids") for node in sources):
        ids = [node.id for node in sources]
        yield flow.finding("review", "warning", "The flow has no devices", "assign devices, or remove it", *ids)


def _keys(flow: AuditedFlow) -> Iterator[AuditFinding]:
    """The finding says where, and never what stands there."""
    advice = "take it out, and have it replaced: whoever reads the flow has it"
    for node in flow.graph.nodes:
        for path, text in _texts(node.data, "data"):
            if looks_like_key(text):
                message = f"{path} of node #{node.id} holds what looks like a key or password"
                yield flow.finding("keys", "error", message, advice, node.id, parameter=path)
        for index, header in enumerate(objects(node.data, "headers") if node.type == WEBHOOK else ()):
            key = text_of(header, "key").lower()
            if re.search(r"auth|key|token|secret", key) and not looks_like_key(text_of(header, "value")):
                path = f"data.headers[{index}].value"
                message = f"{path} of node #{node.id} is a credential by its header's name"
                yield flow.finding(
                    "keys", "notice", message, "keep exports of this flow secret", node.id, parameter=path
                )


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """All texts with their paths; names of members that are not the platform's own are not repeated."""
    pending = [(value, path)]
    while pending:
        current, at = pending.pop()
        if isinstance(current, str):
            yield at, current
        elif isinstance(current, dict):
            pending += [(below, f"{at}.{name}" if _is_member(name) else at) for name, below in current.items()]
        elif isinstance(current, list | tuple):
            pending += [(below, f"{at}[{index}]") for index, below in enumerate(current)]


def _is_member(name: object) -> bool:
    return isinstance(name, str) and re.fullmatch(r"[a-z][a-z_]{0,30}", name) is not None


def _encryption(flow: AuditedFlow) -> Iterator[AuditFinding]:
    for node in flow.nodes(WEBHOOK):
        if text_of(node.data, "url").lower().startswith("http://"):
            message = f"Webhook node #{node.id} sends without encryption"
            yield flow.finding("encryption", "error", message, "use https", node.id, parameter="data.url")


def _privacy(flow: AuditedFlow) -> Iterator[AuditFinding]:
    for node in flow.nodes(WEBHOOK):
        private = sorted({found[0].lower() for found in _PRIVATE.finditer(text_of(node.data, "body"))})
        if private:
            host = short_url(text_of(node.data, "url"))
            message = f"Webhook node #{node.id} sends {', '.join(private)[:120]} to {host}"
            yield flow.finding("privacy", "notice", message, "be sure that it may have them", node.id)


def _bodies(flow: AuditedFlow) -> Iterator[AuditFinding]:
    for node in flow.nodes(WEBHOOK):
        body = text_of(node.data, "body")
        types = [text_of(header, "value") for header in objects(node.data, "headers") if _is_type(header)]
        if not body or not any("json" in kind.lower() for kind in types):
            continue
        try:
            json.loads(_PLACEHOLDER.sub("null", body))
        except (ValueError, RecursionError):
            message = f"The body of webhook node #{node.id} is no JSON once it is filled"
            yield flow.finding(
                "body_json", "warning", message, "mend it, or its Content-Type", node.id, parameter="data.body"
            )


def _is_type(header: object) -> bool:
    return isinstance(header, dict) and text_of(header, "key").lower() == "content-type"
