"""Flat paths of documented members become nested objects with names."""

from __future__ import annotations

from typing import Any

import pytest

from navixy_async.api.codegen.shapes import Shaper, build_field_tree, plain_type, values_of


def shaper(known: dict[str, str] | None = None, shapes: dict[str, frozenset[str]] | None = None) -> Shaper:
    return Shaper((known or {}).get, shapes or {})


def rows(*members: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"name": path.rpartition(".")[2], "path": path, "type": kind} for path, kind in members]


def test_paths_become_a_tree() -> None:
    tree = build_field_tree(rows(("list", "array<object>"), ("list[].gps.speed", "int"), ("states{}.on", "bool")))
    assert set(tree.children) == {"list", "states"}
    assert set(tree.children["list"].children["[]"].children["gps"].children) == {"speed"}
    assert set(tree.children["states"].children["{}"].children) == {"on"}


def test_keys_with_dots_below_a_map_stay_whole() -> None:
    tree = build_field_tree(rows(("platform", "map"), ("platform.form.max_count", "int")))
    assert set(tree.children["platform"].children) == {"form.max_count"}


def test_an_object_without_a_name_is_named_after_its_holder() -> None:
    made = shaper()
    assert made.rows(build_field_tree(rows(("door.width", "float"), ("door.open", "bool"))), "garage") == [
        {"name": "door", "type": "garage.door"}
    ]
    assert [row["name"] for row in made.objects["garage.door"]] == ["width", "open"]


@pytest.mark.parametrize(
    ("path", "container", "kind"),
    [
        ("doors[].width", "array<object>", "list[garage.doors]"),
        ("doors{}.width", "map<tracker_id,object>", "map[int: garage.doors]"),
    ],
)
def test_items_of_lists_and_maps_are_named_after_them(path: str, container: str, kind: str) -> None:
    made = shaper()
    assert made.rows(build_field_tree(rows(("doors", container), (path, "float"))), "garage") == [
        {"name": "doors", "type": kind}
    ]
    assert [row["name"] for row in made.objects["garage.doors"]] == ["width"]


@pytest.mark.parametrize(("source", "kind"), [("example", "map[any]"), ("both", "car.states")])
def test_keys_that_only_the_sample_of_a_map_shows_are_no_members(source: str, kind: str) -> None:
    vin = {"name": "vin", "path": "states.vin", "type": "string", "source": source}
    assert shaper().rows(build_field_tree([*rows(("states", "map")), vin]), "car")[0]["type"] == kind


def test_positions_and_rectangles_are_recognised() -> None:
    paths = rows(("at.lat", "float"), ("at.lng", "float"), ("box.nw", "location"), ("box.se", "location"))
    assert {row["name"]: row["type"] for row in shaper().rows(build_field_tree(paths), "x")} == {
        "at": "location",
        "box": "bounds",
    }


def test_an_object_with_the_members_of_a_documented_one_is_that_one() -> None:
    made = shaper({"seat": "seat"}, {"seat": frozenset(("row", "side", "belt"))})
    paths = rows(("first.row", "int"), ("first.side", "string"), ("first.belt", "bool"))
    assert made.rows(build_field_tree(paths), "car")[0]["type"] == "seat"


def test_whole_numbers_with_a_unit_are_measured() -> None:
    (row,) = shaper().rows(build_field_tree([{"name": "speed", "type": "int", "unit": "km/h"}]), "x")
    assert row == {"name": "speed", "type": "number", "unit": "km/h"}


@pytest.mark.parametrize(
    ("documented", "seen", "kind"),
    [("int", "string", "int | str"), ("int", "float", "number"), ("string", "object", "any"), ("int", "int", "int")],
)
def test_where_page_and_example_disagree_both_are_read(documented: str, seen: str, kind: str) -> None:
    row = {"name": "x", "type": documented, "example_type": seen}
    assert shaper().rows(build_field_tree([row]), "y")[0]["type"] == kind


@pytest.mark.parametrize(
    ("documented", "kind"),
    [
        ("long", "int"),
        ("array<string>", "list[str]"),
        ("map<tracker_id,int>", "map[int: int]"),
        ("map<string,double>", "map[float]"),
        ("unheard of", "any"),
    ],
)
def test_plain_types(documented: str, kind: str) -> None:
    assert plain_type({"type": documented}) == kind


def test_values_are_kept_in_place_or_by_the_name_of_their_list() -> None:
    assert values_of({"enum": ["a", "b"]}) == {"values": ["a", "b"]}
    assert values_of({"ref": "enum colours"}) == {"enum": "colours"}
    assert values_of({"ref": "tracker"}) == {}
