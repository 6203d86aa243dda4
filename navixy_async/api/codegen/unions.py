"""Families of documented objects that the documents show one by one, gathered under one name.

The pages describe 59 types of rules, 53 kinds of special settings or 34 report plugins as so many objects; what they
have in common, and what tells them apart, is said in ``families`` of ``catalogue/reviewed.json``:

- ``of``: the prefix of the members' names (the family's own name if not given);
- ``tag``: the member that tells them apart; without it the family is no union, but the base of its members;
- ``like``: the name of the object that holds what all of them have in common;
- ``common``: what the documents call that object (the family's own name if not given);
- ``named`` and ``says``: class name and sentence of each member;
- ``for``: the documented name that stands for the family where it is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def gather(documented: dict[str, dict[str, Any]], families: Mapping[str, Mapping[str, Any]]) -> None:
    """Put each family into `documented`, and mark its members."""
    for name, family in families.items():
        prefix = f"{family.get('of', name)}."
        members = [key for key in documented if key.startswith(prefix) and key != family.get("common")]
        first = documented[members[0]]
        tag = family.get("tag")
        if tag is None:
            documented[name] = {**_about(first), "name": name, "empty": True}
            for key in members:
                documented[key]["like"] = name
            continue
        like = family.get("like")
        if like is not None:
            # The union takes the name, what its members have in common the other one.
            common = documented.pop(family.get("common", name))
            rows = [row for row in common["fields"] if row.get("path", row["name"]) != tag]
            documented[like] = {**common, "name": like, "fields": rows}
        variants: dict[Any, str] = {}
        for key in members:
            thing = documented[key]
            value = _value(thing, tag)
            if value is None:
                continue
            if value in variants:
                _merge(documented[variants[value]], thing)
                continue
            variants[value] = key
            thing |= {"discriminator": tag, "discriminator_value": value}
            if like is not None:
                thing["like"] = like
                _leave_common(thing, documented[like])
                _unfold(documented, thing)
        documented[name] = {**_about(first), "name": name, "discriminator": tag, "one_of": list(variants.values())}


def _about(thing: Mapping[str, Any]) -> dict[str, Any]:
    return {"api": thing["api"], "section": thing["section"], "fields": []}


def _value(thing: Mapping[str, Any], tag: str) -> Any:
    if thing.get("discriminator_value") is not None:
        return thing["discriminator_value"]
    row: dict[str, Any] = next((row for row in thing["fields"] if row["name"] == tag), {})
    values = row.get("enum") or []
    return values[0] if len(values) == 1 else None


def _merge(thing: dict[str, Any], other: Mapping[str, Any]) -> None:
    """Two objects of one tag are one object; each may lack what only the other has."""
    have = {row.get("path", row["name"]) for row in thing["fields"]}
    thing["fields"] = [*thing["fields"], *(row for row in other["fields"] if row.get("path", row["name"]) not in have)]


def _leave_common(thing: dict[str, Any], common: Mapping[str, Any]) -> None:
    """What all have in common is said once, unless the member has a unit of its own."""
    have = {row.get("path", row["name"]) for row in common["fields"]}
    thing["fields"] = [row for row in thing["fields"] if row.get("path", row["name"]) not in have or row.get("unit")]


def _unfold(documented: dict[str, dict[str, Any]], thing: dict[str, Any]) -> None:
    """Parameters that are shown beside the members become a member of their own."""
    own = [row for row in thing.get("extended_params", ()) if row["name"] not in _COMMON_PARAMS]
    if own:
        name = f"{thing['name']}.params"
        rows = [*own, *_nested(thing)]
        documented[name] = {**_about(thing), "name": name, "fields": rows, "like": f"{thing['like']}.extended_params"}
        params = {"name": "extended_params", "path": "extended_params", "type": "object", "ref": name}
        thing["fields"] = [*thing["fields"], params]


_COMMON_PARAMS = frozenset(("emergency", "private_rule", "append_zone_title", "zone_limit_inverted"))


def _nested(thing: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = thing.get("tracker_params", ())
    return [{**row, "path": f"tracker_params[].{row.get('path', row['name'])}"} for row in rows]
