"""Texts for the fields that the documents do not describe: ``reviewed/fields.json``, looked up by owner and name.

``field_texts`` holds a phrase for a field name, or for a name below an owner (``tracker.source:phone``). An owner is an
object or the path of an action; the closest one counts: ``vehicle/list:count`` before ``list:count``, ``vehicle:count``
and ``count``. ``labels`` says what people call an object, in the singular and, where it is irregular, in the plural.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .type_expr import ListOf, MapOf, Ref, Type

_CONTENT = ("list", "value", "result")
"""Members that carry the content of an answer; they are described by their type."""

_KEYS = {"int": "id", "date": "day", "str": "name"}
_ABBREVIATIONS = {"api": "API", "apn": "APN", "iot": "IoT", "mfa": "MFA", "mqtt": "MQTT"}
_UNITS = {
    "d": "days",
    "deg": "degrees",
    "h": "hours",
    "l": "litres",
    "m": "metres",
    "min": "minutes",
    "ms": "milliseconds",
    "s": "seconds",
}
_UNIT = re.compile(r", in [\w/°]+$")
"""A unit that a text names itself, because not all fields of that name have one in the facts."""

_PLAIN = re.compile(r"[a-z]+(_[a-z]+){0,2}")
"""Names of objects that can be used as labels without change."""


class FieldTexts:
    """Texts of fields, looked up by owner and name."""

    def __init__(self, reviewed: Mapping[str, Any]) -> None:
        self._texts: Mapping[str, str] = reviewed.get("field_texts", {})
        self._labels: Mapping[str, list[str]] = reviewed.get("labels", {})
        self._sentences: Mapping[str, str] = reviewed.get("schema_texts", {})
        self._used: set[str] = set()

    def describe(self, owner: str, name: str, kind: Type) -> str | None:
        """A phrase for the field `name` of `owner`; None if there is none."""
        key = next((key for key in _keys(owner, name) if key in self._texts), None)
        if key is not None:
            self._used.add(key)
            return self._texts[key]
        if name == "id" and "/" not in owner and self._is_labelled(owner):
            return f"id of the {self.label(owner)}"
        return self._content(kind) if name in _CONTENT else None

    def sentence(self, schema: str) -> str:
        """A sentence about an object; empty if nobody wrote one."""
        if schema in self._sentences:
            return self._sentences[schema]
        return with_article(self._labels[schema][0]) if len(self._labels.get(schema, ())) == 1 else ""

    def label(self, schema: str) -> str:
        """What people call an object of this kind: ``group of assets``."""
        return self._labels[schema][0] if schema in self._labels else _words(schema)

    def plural(self, schema: str) -> str:
        """What people call several of them: ``groups of assets``."""
        listed = self._labels.get(schema, ())
        return listed[1] if len(listed) > 1 else _plural(self.label(schema))

    def unused(self) -> list[str]:
        """Entries that describe no field, because their owner or name does not exist."""
        return sorted(self._texts.keys() - self._used)

    def _content(self, kind: Type) -> str | None:
        if isinstance(kind, Ref) and self._is_labelled(kind.name):
            return f"the {self.label(kind.name)}"
        if isinstance(kind, ListOf) and isinstance(kind.item, Ref) and self._is_labelled(kind.item.name):
            return f"the {self.plural(kind.item.name)}"
        if isinstance(kind, MapOf):
            inner = self._content(kind.value)
            return None if inner is None else f"{inner}, by {_KEYS[kind.key]}"
        return None

    def _is_labelled(self, schema: str) -> bool:
        return schema in self._labels or _PLAIN.fullmatch(schema) is not None


def with_unit(description: str, unit: str | None) -> str:
    """`description` with the unit of what it describes: ``speed, in km/h``."""
    if not unit:
        return description
    spelled = _UNITS.get(unit, unit)
    bare = _UNIT.sub("", description)
    return f"in {spelled}" if not bare else f"{bare}{';' if ';' in bare else ','} in {spelled}"


def with_article(label: str) -> str:
    """`label` as a sentence: ``A user.``, ``An MFA setting.``."""
    return f"{'An' if label.startswith(('a', 'e', 'i', 'o', 'A', 'E', 'I', 'O', 'MFA')) else 'A'} {label}."


def _keys(owner: str, name: str) -> Iterator[str]:
    """Keys for a field, the closest first: whole owner, its ends, its beginnings, the name alone."""
    parts = re.split(r"([./])", owner)
    yield f"{owner}:{name}"
    for at in range(2, len(parts), 2):
        yield f"{''.join(parts[at:])}:{name}"
    for at in range(len(parts) - 2, 0, -2):
        yield f"{''.join(parts[:at])}:{name}"
    yield name


def _words(name: str) -> str:
    return " ".join(_ABBREVIATIONS.get(word, word) for word in name.replace(".", "_").split("_"))


def _plural(label: str) -> str:
    if label.endswith(("s", "x", "ch", "sh")):
        return f"{label}es"
    return f"{label[:-1]}ies" if label.endswith("y") and label[-2] not in "aeiou" else f"{label}s"
