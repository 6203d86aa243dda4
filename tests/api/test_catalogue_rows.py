"""Rows of the catalogue hold together: a type agrees with the samples, values are values, measures have their unit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from navixy_async.api.codegen.catalogue import Field, Parameter
from navixy_async.api.codegen.type_expr import ListOf, MapOf, Ref, Scalar, Type

from ..support.api import ACTIONS, CATALOGUE, EXAMPLES

MOMENT = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?.*)?")

WITHOUT_SECONDS = {("panel_tracker", "last_connection")}
"""Moments that are printed in a form of their own, and stay texts."""

UNITS_IN_NAMES = {"seconds": "s", "minutes": "min", "hours": "h", "days": "d", "meters": "m", "kilometers": "km"}


OTHER_UNITS = {("report_plugin.speed_violation", "min_duration_minutes"): "the page describes seconds"}
"""Measures whose unit is not that of their name, and why."""


def owners() -> Iterator[tuple[str, list[Field | Parameter]]]:
    """Objects, parameters and answers, each with its rows."""
    for schema in CATALOGUE.schemas.values():
        yield schema.name, list(schema.fields)
    for action in ACTIONS.values():
        yield action.path, list(action.params)
        yield action.path, list(action.answer)


def members(name: str, shown: dict[str, Any]) -> Iterator[tuple[str, Field]]:
    """Members of an object with their owners; of a family, those of the variant that is shown."""
    schema = CATALOGUE.schemas[name]
    variants = [CATALOGUE.schemas[one] for one in schema.variants]
    for found in (schema, *(one for one in variants if one.tag_value == shown.get(schema.tag or ""))):
        yield from ((found.name, member) for member in found.fields)
        if found.base is not None:
            yield from members(found.base, shown)


def texts(where: tuple[str, str], kind: Type, shown: Any) -> Iterator[tuple[tuple[str, str], str]]:
    """Every text in a sample that the catalogue calls a text, with owner and name."""
    if isinstance(kind, ListOf) and isinstance(shown, list):
        for item in shown:
            yield from texts(where, kind.item, item)
    elif isinstance(kind, MapOf) and isinstance(shown, dict):
        for item in shown.values():
            yield from texts(where, kind.value, item)
    elif isinstance(kind, Ref) and isinstance(shown, dict):
        for owner, member in members(kind.name, shown):
            yield from texts((owner, member.name), member.type, shown.get(member.name))
    elif kind == Scalar("str") and isinstance(shown, str) and shown:
        yield where, shown


def sampled() -> dict[tuple[str, str], set[str]]:
    """All texts of the samples by owner and name."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for example in EXAMPLES:
        shown, action = example["json"], ACTIONS.get(example.get("path") or "")
        rows: list[tuple[str, str, Type]] = []
        if action is not None and isinstance(shown, dict) and example["kind"] in ("request", "response"):
            kept = action.params if example["kind"] == "request" else action.answer
            rows = [(action.path, row.name, row.type) for row in kept]
        elif example["kind"] == "object" and example["object"] in CATALOGUE.schemas and isinstance(shown, dict):
            shown = {"": shown}
            rows = [(example["object"], "", Ref(example["object"]))]
        for owner, name, kind in rows:
            for where, text in texts((owner, name), kind, shown.get(name)):
                found[where].add(text)
    return found


def test_what_samples_print_as_moments_is_read_as_moments() -> None:
    found = sampled()
    assert len(found) > 500
    moments = {where for where, shown in found.items() if all(map(MOMENT.fullmatch, shown))}
    assert moments == WITHOUT_SECONDS


def test_the_values_of_a_row_are_not_its_neighbours() -> None:
    """Names of members that a page puts into quotes beside a member are not what it may be."""
    for owner, rows in owners():
        names = {row.name for row in rows}
        for row in rows:
            values = row.facts.get("values") or ()
            assert not isinstance(row.type, Ref) or not values, (owner, row.name)
            assert not values or not names.issuperset(map(str, values)), (owner, row.name)


def test_a_measure_whose_name_says_its_unit_has_it() -> None:
    seen = 0
    for owner, rows in owners():
        for row in rows:
            unit = UNITS_IN_NAMES.get(row.name.rpartition("_")[2])
            if unit is not None and row.type in (Scalar("int"), Scalar("number"), Scalar("float")):
                seen += 1
                assert row.facts.get("unit") == unit or (owner, row.name) in OTHER_UNITS, (owner, row.name)
    assert seen > 20


def test_profiles_and_settings_measure_the_same_in_the_same_units() -> None:
    """A member that has a unit in one profile of devices has one in all of them, though perhaps another."""
    measured: dict[str, set[str]] = defaultdict(set)
    bare: dict[str, set[str]] = defaultdict(set)
    for name, schema in CATALOGUE.schemas.items():
        if name.startswith("tracking_profile."):
            for member in schema.fields:
                if member.type in (Scalar("int"), Scalar("number"), Scalar("float")):
                    (measured if member.facts.get("unit") else bare)[member.name].add(name)
    assert len(measured) > 10
    assert {name: bare[name] for name in measured.keys() & bare.keys()} == {}


def test_a_truth_is_no_secret() -> None:
    """Whether something has a password may be seen."""
    truths = [(owner, row.name) for owner, rows in owners() for row in rows if isinstance(row, Field) and row.secret]
    assert len(truths) > 30
    kinds = {row.type for _, rows in owners() for row in rows if isinstance(row, Field) and row.secret}
    assert Scalar("bool") not in kinds
