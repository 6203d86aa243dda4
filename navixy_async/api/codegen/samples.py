"""Members that only the documented requests show: they belong to the object, as members that may be left out.

The tables of the documents do not list everything that their own samples send. Without those members, the struct of an
object could not be made as the sample shows it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .type_expr import ListOf, MapOf, Ref, Type, parse

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d")


class SampleReader:
    """Walks samples along the types of an action's parameters, and adds to objects what they lack."""

    def __init__(self, objects: Mapping[str, dict[str, Any]], reviewed: Mapping[str, Any]) -> None:
        self._objects = objects
        self._reviewed = reviewed
        self._types: dict[str, set[str]] = defaultdict(set)
        for schema in objects.values():
            for row in schema.get("fields", ()):
                self._types[row["name"]].add(row["type"])

    def read(self, kind: Type, value: Any) -> None:
        """Add what `value` shows and the objects in `kind` lack."""
        if isinstance(kind, ListOf) and isinstance(value, list):
            for item in value:
                self.read(kind.item, item)
        elif isinstance(kind, MapOf) and isinstance(value, dict):
            for item in value.values():
                self.read(kind.value, item)
        elif isinstance(kind, Ref) and isinstance(value, dict) and not self._is_dropped(kind.name):
            self._object(kind.name, value)

    def _object(self, name: str, value: Mapping[str, Any]) -> None:
        name = self._variant(name, value)
        if name not in self._objects:
            return
        known = dict(self._members(name))  # empty for what is only the base of others, which have the members
        for member, content in value.items():
            if member in known:
                self.read(known[member], content)
            elif member.isidentifier() and known:
                row = {"name": member, "type": self._type(member, content), "optional": True}
                self._objects[name].setdefault("fields", []).append(row)

    def _variant(self, name: str, value: Mapping[str, Any]) -> str:
        """The object itself, or the variant that the tag in `value` names; empty if there is none."""
        if "variants" not in self._objects.get(name, {}):
            return name
        tagged = value.get(self._fact(name, "tag"))
        variants: list[str] = self._objects[name]["variants"]
        return next((one for one in variants if self._fact(one, "tag_value") == tagged), "")

    def _fact(self, name: str, key: str) -> Any:
        """A fact about an object, after review."""
        return (self._reviewed.get(name) or {}).get(key, self._objects.get(name, {}).get(key))

    def _members(self, name: str) -> Iterator[tuple[str, Type]]:
        """Members of an object with their types after review, those of the object that it extends as well."""
        if self._fact(name, "all_of"):
            yield from self._members(self._fact(name, "all_of"))
        if self._fact(name, "tag"):
            yield self._fact(name, "tag"), parse("any")
        rows = {row["name"]: row for row in self._objects[name].get("fields", ())}
        for member, facts in (self._reviewed.get(name) or {}).get("fields", {}).items():
            if facts is not None:
                rows[member] = {**rows.get(member, {}), **facts}
        for member, row in rows.items():
            yield member, parse(row.get("type", "any"))

    def _is_dropped(self, name: str) -> bool:
        return any(self._reviewed.get(above, self) is None for above in _owners(name))

    def _type(self, member: str, value: Any) -> str:
        """The one type that members of that name have elsewhere if it goes with `value`, or that of `value`."""
        seen, plain = self._types.get(member, set()), _plain(value)
        (only,) = seen if len(seen) == 1 else (plain,)
        return only if plain in (only, "any") or {plain, only} <= {"int", "float", "number"} else plain


def _owners(name: str) -> Iterable[str]:
    parts = name.split(".")
    return (".".join(parts[:length]) for length in range(1, len(parts) + 1))


def _plain(value: Any) -> str:
    if isinstance(value, list):
        kinds = {_plain(item) for item in value}
        return f"list[{kinds.pop() if len(kinds) == 1 else 'any'}]"
    if isinstance(value, dict):
        return "map[any]"
    if isinstance(value, str):
        return "datetime" if _MOMENT.match(value) else "str"
    return {"bool": "bool", "int": "int", "float": "float"}.get(type(value).__name__, "any")
