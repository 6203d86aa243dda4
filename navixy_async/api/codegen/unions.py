"""Families of objects that the documents describe one by one, gathered under one name.

The pages describe 59 types of rules, 53 kinds of special settings and 34 report plugins as separate objects. What the
members of a family share, and what distinguishes them, is declared in ``families`` of ``catalogue/reviewed.json``:

- ``of``: the prefix of the members' names (the family's own name if not given);
- ``tag``: the member that distinguishes them; without it the family is not a union, but the base of its members;
- ``all_of``: the name of the object that holds what all of them have in common;
- ``common``: what the documents call that object (the family's own name if not given);
- ``named`` and ``description``: class name and sentence of the members;
- ``for``: the documented name that stands for the family where it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def gather_families(documented: dict[str, dict[str, Any]], families: Mapping[str, Mapping[str, Any]]) -> None:
    """Put each family into `documented`, and mark its members."""
    for name, family in families.items():
        prefix = f"{family.get('of', name)}."
        members = [key for key in documented if key.startswith(prefix) and key != family.get("common")]
        first = documented[members[0]]
        tag = family.get("tag")
        if tag is None:
            documented[name] = {**_about(first), "name": name, "empty": True}
            for key in members:
                documented[key]["all_of"] = name
            continue
        like = family.get("all_of")
        if like is not None:
            # The union takes the name, what its members have in common the other one.
            common = documented.pop(family.get("common", name))
            rows = [row for row in common["fields"] if row.get("path", row["name"]) != tag]
            documented[like] = {**common, "name": like, "fields": rows}
        variants: dict[Any, str] = {}
        for key in members:
            schema = documented[key]
            value = _value(schema, tag)
            if value is None:
                continue
            if value in variants:
                _merge(documented[variants[value]], schema)
                continue
            variants[value] = key
            schema |= {"discriminator": tag, "discriminator_value": value}
            if like is not None:
                schema["all_of"] = like
                _leave_common(schema, documented[like])
                _unfold(documented, schema)
        documented[name] = {**_about(first), "name": name, "discriminator": tag, "one_of": list(variants.values())}
        if like is not None:
            _share_params(documented[like], [documented[key] for key in variants.values()])


def _about(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"api": schema["api"], "section": schema["section"], "fields": []}


def _value(schema: Mapping[str, Any], tag: str) -> Any:
    if schema.get("discriminator_value") is not None:
        return schema["discriminator_value"]
    row: dict[str, Any] = next((row for row in schema["fields"] if row["name"] == tag), {})
    values = row.get("enum") or []
    return values[0] if len(values) == 1 else None


def _merge(schema: dict[str, Any], other: Mapping[str, Any]) -> None:
    """Two objects with one tag are one object; either may lack fields that the other has."""
    have = {row.get("path", row["name"]) for row in schema["fields"]}
    schema["fields"] = [
        *schema["fields"],
        *(row for row in other["fields"] if row.get("path", row["name"]) not in have),
    ]


def _leave_common(schema: dict[str, Any], common: Mapping[str, Any]) -> None:
    """Remove the fields that all members share, except those with a unit of their own."""
    have = {row.get("path", row["name"]) for row in common["fields"]}
    schema["fields"] = [row for row in schema["fields"] if row.get("path", row["name"]) not in have or row.get("unit")]


def _unfold(documented: dict[str, dict[str, Any]], schema: dict[str, Any]) -> None:
    """Parameters that the documents list beside the members become an object of their own."""
    own = [row for row in schema.get("extended_params", ()) if row["name"] not in _COMMON_PARAMS]
    if own:
        name = f"{schema['name']}.params"
        rows = [*own, *_nested(schema)]
        documented[name] = {
            **_about(schema),
            "name": name,
            "fields": rows,
            "all_of": f"{schema['all_of']}.extended_params",
        }
        params = {"name": "extended_params", "path": "extended_params", "type": "object", "ref": name}
        schema["fields"] = [*schema["fields"], params]


def _share_params(common: dict[str, Any], members: Iterable[Mapping[str, Any]]) -> None:
    """Parameters that the members list beside their own belong to what all of them have in common."""
    have = {row.get("path", row["name"]) for row in common["fields"]}
    listed = {row["name"]: row for schema in members for row in schema.get("extended_params", ())}
    missing = [listed[name] for name in sorted(_COMMON_PARAMS & listed.keys())]
    common["fields"] += [
        {**row, "path": path, "optional": True}
        for row in missing
        if (path := f"extended_params.{row['name']}") not in have
    ]


_COMMON_PARAMS = frozenset(("emergency", "private_rule", "append_zone_title", "zone_limit_inverted"))


def _nested(schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = schema.get("tracker_params", ())
    return [{**row, "path": f"tracker_params[].{row.get('path', row['name'])}"} for row in rows]
