"""Types of the catalogue as Python writes them."""

from __future__ import annotations

import pytest

from navixy_async.api.codegen.catalogue import Catalogue, load
from navixy_async.api.codegen.type_expr import parse
from navixy_async.api.codegen.writer.python_types import TypeRenderer, is_flat


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.mark.parametrize(
    ("kind", "member", "argument"),
    [
        ("int", "int", "int"),
        ("number", "int | float", "float"),
        ("list[str]", "list[str]", "Iterable[str]"),
        ("map[int: datetime]", "dict[int, datetime]", "Mapping[int, datetime]"),
        ("tracker", "Tracker", "Tracker | Mapping[str, Any]"),
        ("int | str", "int | str", "int | str"),
        ("file", "Any", "UploadSource"),
    ],
)
def test_what_is_read_and_what_is_sent(catalogue: Catalogue, kind: str, member: str, argument: str) -> None:
    types = TypeRenderer(catalogue)
    assert (types.member(parse(kind)), types.argument(parse(kind))) == (member, argument)


def test_imports_are_collected(catalogue: Catalogue) -> None:
    types = TypeRenderer(catalogue)
    types.member(parse("map[date: list[tracker]]"))
    assert dict(types.imports) == {"datetime": {"date"}, "models:tracker": {"Tracker"}}


def test_built_in_names_that_a_class_uses_itself_are_qualified(catalogue: Catalogue) -> None:
    types = TypeRenderer(catalogue)
    types.shadowed = frozenset(("list",))
    assert types.member(parse("list[int]")) == "builtins.list[int]"


def test_documented_values_narrow_texts_alone(catalogue: Catalogue) -> None:
    types = TypeRenderer(catalogue)
    assert types.argument(parse("str"), "Colour") == "Colour | str"
    assert types.argument(parse("list[str]"), "Colour") == "Iterable[Colour | str]"
    assert types.argument(parse("int"), "Colour") == "int"


@pytest.mark.parametrize(
    ("kind", "flat"), [("int", True), ("location", True), ("any", False), ("list[int]", False), ("track_info", False)]
)
def test_flat_members_can_never_be_part_of_a_cycle(catalogue: Catalogue, kind: str, flat: bool) -> None:
    assert is_flat(catalogue, parse(kind)) is flat
