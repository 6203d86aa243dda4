"""What stands inside of each node, against the documented members and bounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from ..graph import ACTION, ATTRIBUTES, LOGIC, OUTPUT, SOURCE, WEBHOOK, FlowGraph, FlowNode
from .findings import Finding, own_finding, platform_finding

MAX_ATTRIBUTES: Final = 200
_URL: Final = re.compile(r"https?://\S+")
_KEY: Final = re.compile(r"[a-zA-Z0-9_]+")

Problems = Iterator[str]


def check_content(graph: FlowGraph) -> Iterator[Finding]:
    """Nodes whose content breaks a documented rule; which of them the platform tolerates is not known."""
    for node in graph.nodes:
        check = _CHECKS.get(node.type)
        problems = list(check(node.data)) if check else []
        if problems:
            yield platform_finding(
                "bad_content", "content", node.id, node_ids=[node.id], sure=False, detail="; ".join(problems)
            )
        if node.type == WEBHOOK and not problems and not _has_content_type(node.data):
            message = f"Webhook node #{node.id} has no header Content-Type"
            yield own_finding("no_content_type", "content", message, [node.id], parameters=["data.headers"])
    if sum(len(items_of(node)) for node in graph.nodes) > MAX_ATTRIBUTES:
        yield platform_finding("too_many_attributes", "content")


def items_of(node: FlowNode) -> list[Any]:
    """The calculated attributes of a node."""
    items = node.data.get("items") if node.type == ATTRIBUTES else None
    return list(items) if isinstance(items, list | tuple) else []


def _text(data: Mapping[str, Any], member: str, least: int, most: int | None = None, path: str = "data") -> Problems:
    value = data.get(member)
    if not isinstance(value, str):
        yield f"{path}.{member} has to be a text"
    elif len(value) < least or (most is not None and len(value) > most):
        yield f"{path}.{member} has {len(value)} characters, and may have {least} to {most if most else '…'}"


def _list(data: Mapping[str, Any], member: str, path: str = "data") -> tuple[list[Any], list[str]]:
    """The elements, and what is wrong if it is no list."""
    value = data.get(member)
    if isinstance(value, list | tuple):
        return list(value), []
    return [], [f"{path}.{member} has to be a list"]


def _objects(items: list[Any], path: str) -> tuple[list[tuple[str, Mapping[str, Any]]], list[str]]:
    """The elements that are objects with their paths, and those that are none."""
    found = [(f"{path}[{i}]", item) for i, item in enumerate(items)]
    wrong = [f"{at} has to be an object" for at, item in found if not isinstance(item, Mapping)]
    return [(at, item) for at, item in found if isinstance(item, Mapping)], wrong


def _names_endpoint(value: object) -> bool:
    """An id, or ``endpoint:NAME`` in the files of a pull."""
    return _is_id(value) or (isinstance(value, str) and value.startswith("endpoint:"))


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _source(data: Mapping[str, Any]) -> Problems:
    ids = data.get("source_ids")
    if ids is not None and not (isinstance(ids, list | tuple) and all(map(_is_id, ids))):
        yield "data.source_ids has to be a list of whole numbers"
        ids = []
    key, mappings = data.get("primary_key"), data.get("mappings")
    if bool(key) != bool(mappings):
        yield "data.primary_key and data.mappings are given together or not at all"
    if key is not None and not (isinstance(key, str) and len(key) <= 64 and (not key or _KEY.fullmatch(key))):
        yield "data.primary_key may have 64 letters, digits and underscores"
    if mappings:
        yield from _mappings(data, set(ids or ()))


def _mappings(data: Mapping[str, Any], ids: set[int]) -> Problems:
    items, wrong = _list(data, "mappings")
    objects, strange = _objects(items, "data.mappings")
    yield from wrong + strange
    for path, item in objects:
        value = item.get("primary_key_value")
        if not (isinstance(value, str) and len(value) <= 255 and _KEY.fullmatch(value)):
            yield f"{path}.primary_key_value may have 255 letters, digits and underscores"
        source = item.get("source_id")
        if not (_is_id(source) and source in ids):
            yield f"{path}.source_id is not among data.source_ids"
    for member in ("source_id", "primary_key_value"):
        values = [repr(item.get(member)) for _, item in objects]
        if len(set(values)) < len(values):
            yield f"data.mappings has a {member} twice"


def _attributes(data: Mapping[str, Any]) -> Problems:
    items, wrong = _list(data, "items")
    objects, strange = _objects(items, "data.items")
    yield from wrong + strange
    for path, item in objects:
        yield from _text(item, "name", 1, path=path)
        yield from _text(item, "value", 0, path=path)
        for member in ("generation_time", "server_time"):
            if not isinstance(item.get(member), str | None):
                yield f"{path}.{member} has to be a text"


def _logic(data: Mapping[str, Any]) -> Problems:
    yield from _text(data, "name", 1)
    yield from _text(data, "condition", 0)


def _action(data: Mapping[str, Any]) -> Problems:
    items, wrong = _list(data, "actions")
    objects, strange = _objects(items, "data.actions")
    yield from wrong + strange
    if len(items) > 10:
        yield f"data.actions has {len(items)} actions, and may have 10"
    for path, item in objects:
        if item.get("type") == "set_output":
            number = item.get("number")
            if not (isinstance(number, int) and not isinstance(number, bool) and 1 <= number <= 8):
                yield f"{path}.number has to be 1 to 8"
            if not isinstance(item.get("value"), bool):
                yield f"{path}.value has to be true or false"
        elif item.get("type") == "send_gprs_command":
            yield from _text(item, "command", 1, 512, path)
        else:
            yield f"{path}.type has to be set_output or send_gprs_command"
    mapping = data.get("device_mapping")
    for path, item in _objects(list(mapping), "data.device_mapping")[0] if isinstance(mapping, list | tuple) else ():
        if not item.get("target_source_ids"):
            yield f"{path}.target_source_ids has to name a device"


def _webhook(data: Mapping[str, Any]) -> Problems:
    yield from _text(data, "url", 1, 255)
    url = data.get("url")
    if isinstance(url, str) and not _URL.fullmatch(url):
        yield "data.url has to begin with http:// or https:// and to have no blanks"
    headers = data.get("headers")
    if headers is not None:
        items, wrong = _list(data, "headers")
        objects, strange = _objects(items, "data.headers")
        yield from wrong + strange
        if len(items) > 10:
            yield f"data.headers has {len(items)} headers, and may have 10"
        for path, item in objects:
            yield from _text(item, "key", 1, 255, path)
            yield from _text(item, "value", 0, 255, path)
    if data.get("body") is not None:
        yield from _text(data, "body", 0, 4_000)


def _has_content_type(data: Mapping[str, Any]) -> bool:
    return any(str(header["key"]).lower() == "content-type" for header in data.get("headers") or ())


def _output(data: Mapping[str, Any]) -> Problems:
    kind = data.get("output_endpoint_type")
    if kind not in ("output_default", "output_mqtt_client"):
        yield "data.output_endpoint_type has to be output_default or output_mqtt_client"
    elif kind == "output_mqtt_client" and not _names_endpoint(data.get("output_endpoint_id")):
        yield "data.output_endpoint_id has to name an endpoint"


_CHECKS: Final[Mapping[str, Callable[[Mapping[str, Any]], Problems]]] = {
    SOURCE: _source,
    ATTRIBUTES: _attributes,
    LOGIC: _logic,
    ACTION: _action,
    WEBHOOK: _webhook,
    OUTPUT: _output,
}
