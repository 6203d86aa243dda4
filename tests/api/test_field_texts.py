"""What the generated surface says about itself: fields have a sentence, methods say what they return."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from navixy_async.api.codegen.catalogue import load
from navixy_async.api.codegen.field_texts import FieldTexts, with_article, with_unit
from navixy_async.api.codegen.generate import ROOM
from navixy_async.api.codegen.type_expr import parse

FIELDS_WITH_TEXT = 0.95
"""The share of fields with a text of their own; there were 0.26 before texts were reviewed by name."""

FILLER = re.compile(r"(?i)^(its|the) (name|value|type|kind|status|id)( of the (field|attribute|member|object))?$")


def classes(folder: str) -> Iterator[tuple[str, ast.ClassDef]]:
    for path in sorted((ROOM / folder).glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                yield path.name, node


def fields(node: ast.ClassDef) -> list[str]:
    """The fields of a struct; those that hold variants are declared for type checkers alone."""
    checked = [inner for part in node.body if isinstance(part, ast.If) for inner in part.body]
    declared = [part for part in (*node.body, *checked) if isinstance(part, ast.AnnAssign)]
    return [
        part.target.id
        for part in declared
        if isinstance(part.target, ast.Name) and not ast.unparse(part.annotation).startswith("ClassVar")
    ]


def test_fields_of_structs_have_a_sentence() -> None:
    described, silent = 0, []
    for module, node in classes("models"):
        texts = re.findall(r"^ {4}(\w+): \S", ast.get_docstring(node) or "", re.MULTILINE)
        for name in fields(node):
            if name in texts:
                described += 1
            else:
                silent.append(f"{module}: {node.name}.{name}")
    share = described / (described + len(silent))
    assert described > 3000
    assert share >= FIELDS_WITH_TEXT, f"{share:.3f}; without: {silent[:20]}"


def test_methods_say_what_they_return() -> None:
    methods, silent = 0, []
    for module, node in classes("resources"):
        for part in node.body:
            if not isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) or part.decorator_list:
                continue
            if part.name.startswith("_") and part.name != "__call__":
                continue
            methods += 1
            if not re.search(r"^Returns:\n {4}\S", ast.get_docstring(part) or "", re.MULTILINE):
                silent.append(f"{module}: {node.name}.{part.name}")
    assert methods > 470
    assert silent == []


def test_every_reviewed_text_describes_a_field() -> None:
    assert load().texts.unused() == []


def test_no_text_only_repeats_that_there_is_a_field() -> None:
    catalogue = load()
    texts = {
        f"{schema.name}.{field.name}": str(field.facts.get("description", ""))
        for schema in catalogue.schemas.values()
        for field in schema.fields
    }
    assert [f"{name}: {text}" for name, text in texts.items() if FILLER.search(text)] == []
    assert [f"{name}: {text}" for name, text in texts.items() if text.endswith(".")] == []


def test_descriptions_of_objects_have_the_right_article() -> None:
    described = [schema.description for schema in load().schemas.values()]
    wrong = [
        text
        for text in described
        if re.match(r"An? (last|first|settings|restrictions|data)\b|A [aeio]|An [b-df-hj-np-tv-z]", text)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("label", "sentence"),
    [("user", "A user."), ("order", "An order."), ("API key", "An API key."), ("zone", "A zone.")],
)
def test_articles(label: str, sentence: str) -> None:
    assert with_article(label) == sentence


@pytest.mark.parametrize(
    ("description", "unit", "text"),
    [
        ("speed", "km/h", "speed, in km/h"),
        ("speed, in km/h", "km/h", "speed, in km/h"),
        ("how long it took", "s", "how long it took, in seconds"),
        ("the limit; None for none", "m", "the limit; None for none; in metres"),
        ("temperature, in °C", None, "temperature, in °C"),
        ("", "deg", "in degrees"),
    ],
)
def test_units_are_spelt_once(description: str, unit: str | None, text: str) -> None:
    assert with_unit(description, unit) == text


class TestFieldTexts:
    TEXTS = FieldTexts(
        {
            "field_texts": {
                "count": "how many match",
                "vehicle:count": "number of vehicles",
                "vehicle.seats:count": "number of seats",
                "list:count": "how many are listed",
            },
            "labels": {"vehicle": ["vehicle"], "city": ["city"], "key": ["key to a lock", "keys to a lock"]},
        }
    )

    @pytest.mark.parametrize(
        ("owner", "text"),
        [
            ("vehicle.seats", "number of seats"),
            ("vehicle", "number of vehicles"),
            ("vehicle.doors", "number of vehicles"),
            ("vehicle/list", "how many are listed"),
            ("tracker", "how many match"),
        ],
    )
    def test_the_closest_owner_counts(self, owner: str, text: str) -> None:
        assert self.TEXTS.describe(owner, "count", parse("int")) == text

    @pytest.mark.parametrize(
        ("kind", "text"),
        [
            ("vehicle", "the vehicle"),
            ("list[city]", "the cities"),
            ("list[key]", "the keys to a lock"),
            ("map[int: vehicle]", "the vehicle, by id"),
            ("map[list[key]]", "the keys to a lock, by name"),
            ("int", None),
        ],
    )
    def test_contents_are_described_by_what_they_hold(self, kind: str, text: str | None) -> None:
        assert self.TEXTS.describe("city/read", "value", parse(kind)) == text

    def test_ids_are_those_of_their_owner(self) -> None:
        assert self.TEXTS.describe("key", "id", parse("int")) == "id of the key to a lock"
        assert self.TEXTS.describe("key/create", "id", parse("int")) is None
