"""Turns flat paths of documented members (``list[].gps.location.lat``) into nested objects of the catalogue."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

_TOKEN = re.compile(r"\[\]|\{\}|[^.\[\]{}]+")

_SCALARS = {
    "int": "int",
    "long": "int",
    "float": "float",
    "double": "float",
    "string": "str",
    "bool": "bool",
    "datetime": "datetime",
    "date": "date",
    "time": "str",
    "duration": "str",
    "year_month": "str",
    "interval": "str",
    "any": "any",
    "file": "file",
    "array": "list[any]",
    "map": "map[any]",
    "object": "map[any]",
}

_LOCATION = {"lat", "lng", "address", "radius", "precision"}
_BOUNDS = {"nw", "se"}

_KEPT = ("optional", "nullable", "read_only", "unit", "format", "min", "max", "step")


@dataclass(slots=True)
class FieldNode:
    """One member with what is below it; ``[]`` and ``{}`` are the items of a list and the values of a map."""

    row: Mapping[str, Any] = field(default_factory=dict)
    children: dict[str, FieldNode] = field(default_factory=dict)


def build_field_tree(rows: list[dict[str, Any]]) -> FieldNode:
    """The members as a tree."""
    root = FieldNode()
    for row in rows:
        node = root
        tokens = _TOKEN.findall(row.get("path") or row["name"])
        while tokens:
            if node.row.get("type") == "map" and tokens[0] not in ("{}", "[]"):
                # Keys with dots in them, such as the platform's settings.
                tokens = [".".join(tokens)]
            node = node.children.setdefault(tokens.pop(0), FieldNode())
        node.row = {**row, **node.row}
    return root


class Shaper:
    """Gives each node its type, and names the objects that have no name of their own."""

    def __init__(self, known: Callable[[str], str | None], shapes: Mapping[str, frozenset[str]]) -> None:
        self._known = known
        self._shapes = shapes
        count = Counter(shapes.values())
        self._by_shape = {shape: name for name, shape in shapes.items() if count[shape] == 1 and len(shape) > 2}
        self.objects: dict[str, list[dict[str, Any]]] = {}

    def rows(self, node: FieldNode, holder: str) -> list[dict[str, Any]]:
        """The members of `node` as rows of the catalogue; `holder` names the object that they belong to."""
        return [self._row(name, member, f"{holder}.{name}") for name, member in node.children.items()]

    def type(self, node: FieldNode, name: str) -> str:
        """The type of `node`; `name` is used if it is an object without a name of its own."""
        row, children = node.row, node.children
        if "[]" in children:
            item = children["[]"]
            return f"list[{self.type(FieldNode({**_about_items(row), **item.row}, item.children), name)}]"
        if "{}" in children:
            key = "int: " if "tracker_id" in str(row.get("key_type") or row.get("type")) else ""
            return f"map[{key}{self.type(children['{}'], name)}]"
        ref = row.get("ref")
        ref = self._known(ref) if isinstance(ref, str) and not ref.startswith("enum ") else None
        documented = str(row.get("type", "object"))
        if ref is not None:
            return f"list[{ref}]" if documented.startswith("array") else ref
        if children and documented == "map" and all(map(_is_sample, children.values())):
            return "map[any]"  # the keys that a sample happens to show are no members
        if children:
            return self._object(node, name)
        return _plain(documented, row)

    def _row(self, name: str, node: FieldNode, path: str) -> dict[str, Any]:
        row = node.row
        made: dict[str, Any] = {"name": name, "type": self.type(node, path)}
        if made["type"] == "int" and row.get("unit"):
            made["type"] = "number"
        seen = row.get("example_type")
        if seen:
            made["type"] = _either(made["type"], _plain(seen, row))
        made |= {key: row[key] for key in _KEPT if row.get(key) is not None}
        return made | values_of(row)

    def _object(self, node: FieldNode, name: str) -> str:
        members = set(node.children)
        if {"lat", "lng"} <= members <= _LOCATION:
            return "location"
        if members == _BOUNDS:
            return "bounds"
        last = name.rpartition(".")[2]
        same = last if self._shapes.get(last) == frozenset(members) else self._by_shape.get(frozenset(members))
        if same is not None:
            return self._known(same) or same
        self.objects[name] = []
        self.objects[name] = self.rows(node, name)
        return name


def _is_sample(node: FieldNode) -> bool:
    """Whether only a sample shows the member."""
    return node.row.get("source") == "example"


def values_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The documented values of a member, inline or by the name of their list."""
    if row.get("enum"):
        return {"values": row["enum"]}
    ref = row.get("ref")
    if isinstance(ref, str) and ref.startswith("enum "):
        return {"enum": ref.removeprefix("enum ")}
    return {}


def plain_type(row: Mapping[str, Any]) -> str:
    """The type of a parameter without named parts."""
    return _plain(str(row["type"]), row)


def _plain(documented: str, row: Mapping[str, Any]) -> str:
    if documented in _SCALARS:
        return _SCALARS[documented]
    if documented in ("enum", "const"):
        kinds = {type(value).__name__ for value in row.get("enum") or ["text"]}
        return " | ".join(sorted(kinds & {"int", "str", "bool"})) or "str"
    if documented in ("location", "bounds"):
        return documented
    inside = re.fullmatch(r"(array|map)<(.+)>", documented)
    if inside is None:
        return "any"
    if inside[1] == "array":
        return f"list[{_plain(inside[2], row)}]"
    key, _, value = inside[2].partition(",")
    return f"map[{'int: ' if key.endswith('_id') else ''}{_plain(value, row)}]"


def _either(documented: str, seen: str) -> str:
    """The type for a member that the page and its example give different types."""
    if seen == documented:
        return documented
    both = {documented, seen}
    if both <= {"int", "float", "number"}:
        return "number"
    return f"{documented} | {seen}" if both <= {"int", "float", "number", "str", "bool"} else "any"


def _about_items(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the row of a list says about its items."""
    kept = {key: row[key] for key in ("ref",) if key in row}
    documented = str(row.get("type", ""))
    inside = re.fullmatch(r"array<(.+)>", documented)
    return kept | {"type": inside[1] if inside else "object"}
