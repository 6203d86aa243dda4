"""Expressions as users have them, against everything that the vendor prints and the engine says."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from navixy_async import InvalidInput
from navixy_async.flows import Expression, FormulaError

from ..support.flows.vectors import context, outcome, read

NEEDS_VALUES = {"x[2]", "x[-1]", "x.size", "math:round(x)"}
"""Refused for certain values only: found with ``sample``."""


def agrees(row: dict[str, Any], found: object) -> bool:
    expected = row["expected"]
    if row["kind"] == "error":
        column = expected.get("engine_column")
        return isinstance(found, FormulaError) and (found.text, found.column) == (expected["text"], column)
    if not isinstance(found, tuple):
        return False
    if row["kind"] == "accepted":
        return True
    if row["kind"] == "route":
        return (found[1], "then" if found[1] is True else "else") == (expected["stored"], expected["branch"])
    return found == (expected["type"], expected["value"])


def test_everything_that_the_vendor_prints_comes_out() -> None:
    rows = read("documented_expressions.jsonl")
    wrong = {row["expression"]: row.get("conflict") for row in rows if not agrees(row, outcome(row))}
    assert [text for text, conflict in wrong.items() if not conflict] == []
    # What was chosen where the vendor's statements clash: see docs/flows.md.
    assert set(wrong) == {
        "hour(time) >= 22 || hour(time) <= 6 ? 'night' : 'day'",
        "util:hexToLong(ble_additional_data_1, 1, 0) / 1000.0",
        "dtFormat(1720618553)",
    }


def test_every_value_and_type_of_the_engine_comes_out() -> None:
    rows = [row for row in read("jexl_vectors.jsonl") if not row["disputed"] and "error" not in row["dialect"]]
    wanted = {row["id"]: (row["dialect"]["type"], row["dialect"]["value"]) for row in rows}
    assert {row["id"]: outcome(row) for row in rows} == wanted
    assert len(rows) > 800


def test_every_refusal_of_the_engine_has_its_text_line_and_column() -> None:
    rows = [row for row in read("jexl_vectors.jsonl") if not row["disputed"] and "error" in row["dialect"]]
    missed = set()
    for row in rows:
        wanted = tuple(row["dialect"][member] for member in ("line", "column", "text"))
        with pytest.raises(FormulaError) as caught:
            Expression(row["expression"], sample=context(row))
        assert (caught.value.line, caught.value.column, caught.value.text) == wanted, row["expression"]
        if not isinstance(outcome(row), FormulaError):
            missed.add(row["expression"])
    assert missed == NEEDS_VALUES


def test_an_error_is_the_platforms_message() -> None:
    with pytest.raises(FormulaError) as caught:
        Expression("speed >")
    error = pickle.loads(pickle.dumps(caught.value))
    assert str(error) == error.message == "The formula is invalid: [1:7 parsing error in '>']"
    with pytest.raises(FormulaError) as caught:
        Expression("x -> " + "y" * 5_000)
    assert len(str(caught.value)) < 300
    assert len(caught.value.message) > 5_000


def test_an_explanation_has_every_intermediate_value() -> None:
    explained = Expression("speed > 60 && (fuel - 5) / 2 < 10").explain({"speed": 70, "fuel": 15})
    assert str(explained) == (
        "speed > 60 && (fuel - 5) / 2 < 10 = true  (boolean)\n"
        "  speed > 60 = true  (boolean)\n"
        "    speed = 70  (integer)\n"
        "    60 = 60  (integer)\n"
        "  (fuel - 5) / 2 < 10 = true  (boolean)\n"
        "    (fuel - 5) / 2 = 5  (integer)\n"
        "      (fuel - 5) = 10  (integer)\n"
        "        fuel = 15  (integer)\n"
        "        5 = 5  (integer)\n"
        "      2 = 2  (integer)\n"
        "    10 = 10  (integer)"
    )
    assert (explained.value, explained.type, explained.parts[0].parts[0].value) == (True, "boolean", 70)


def test_an_explanation_says_why_and_what_was_left_out() -> None:
    text = str(Expression("x > 60 && y").explain({"y": 1}))
    assert "x > 60 = null  (> with null)" in text
    assert "y  (not evaluated)" in text


def test_attributes_size_and_equality() -> None:
    formula = Expression("value('speed', 1, 'all') > limit and now() > genTime('fuel', 0, 'all')")
    assert formula.attributes == {"speed", "limit", "fuel"}
    assert Expression("a  and b") == Expression("a && b /* same */")
    assert Expression("a && b") != Expression("b && a")
    assert len({Expression("a+1"), Expression("a + 1")}) == 1
    assert (Expression("").size, Expression("1 + 2").size) == ((0, 0), (3, 2))
    assert str(Expression("a  and b")) == "a && b"
    assert repr(Expression("a")) == "Expression('a')"


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ({"attributes": [1]}, "attributes are given by name"),
        ({"history": "temp"}, "history is given by name"),
        ({"now": 1.5}, "milliseconds"),
        ({"now": True}, "milliseconds"),
    ],
)
def test_arguments_of_another_kind_are_refused_in_a_sentence(arguments: dict[str, Any], part: str) -> None:
    with pytest.raises(InvalidInput, match=part):
        Expression("x").evaluate(**arguments)
    with pytest.raises(InvalidInput, match="an expression is a text"):
        Expression(None)  # type: ignore[arg-type]


LONG = [
    "+".join(["1"] * 5_000),
    "(" * 5_000 + "1" + ")" * 5_000,
    "true ? " * 1_000 + "1" + " : 2" * 1_000,
    "x" + "[0]" * 3_000,
    "math:abs(" * 1_000 + "1" + ")" * 1_000,
    "{'a':" * 1_500 + "1" + "}" * 1_500,
    "[" * 5_000 + "]" * 5_000,
    "null ?: " * 1_250 + "1",
    "/*" * 5_000,
    "(a," * 3_000,
    "'ab' + " * 1_400 + "'c'",
]


@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:12])
def test_no_length_and_no_depth_is_too_much(text: str) -> None:
    try:
        formula = Expression(text)
    except FormulaError:
        return
    formula.evaluate({"x": [1]})
    str(formula.explain({"x": [1]}))
    assert Expression(str(formula)) == formula
