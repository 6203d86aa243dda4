"""The first failure ends the expression, with three exceptions; and nothing else comes out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.flows import Expression, FormulaError

from .test_arithmetic import VALUES
from .test_tree import EXPRESSIONS


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x + 5 == null", None),
        ("x > 5 ? 'a' : 'b'", "b"),
        ("1 / 0 > 5 ? 'a' : 'b'", None),
        ("x + 1 ?: 7", 7),
        ("x + 1 ?? 7", 7),
        ("1 / 0 ?? 7", None),
        ("size(1 / 0)", 0),
        ("empty(x + 1)", True),
        ("false && x > 1", False),
        ("x > 1 && false", None),
        ("(false ? x + 1 : 2) * 3", 6),
        ("[1, 2][1] + {'a': 5}['a']", 7),
        ("x.y.z", None),
        ("x?[0]", None),
        ("1..3", [1, 2, 3]),
        ("{1, 1, 2}", [1, 2]),
        ("{}", []),
        ("{:}", {}),
        ("[...]", []),
        ("`plain`", "plain"),
        ("`${x}`", None),
        ("5 + x = 3", None),
        ("1..1000000", None),
        ("", None),
    ],
)
def test_rules(text: str, value: object) -> None:
    assert Expression(text).evaluate({}) == value


@settings(max_examples=150, deadline=None)
@given(EXPRESSIONS, st.dictionaries(st.sampled_from(["x", "speed", "$a", "_b"]), VALUES))
def test_nothing_is_raised_but_what_the_platform_refuses(text: str, attributes: dict[str, object]) -> None:
    try:
        formula = Expression(text)
    except FormulaError:
        return
    kind, value = formula.evaluate_typed(attributes)
    explained = formula.explain(attributes)
    assert explained.type == kind
    assert (value is None) == (kind == "null")
    assert str(explained)


@pytest.mark.proof
@settings(max_examples=10_000, deadline=None)
@given(EXPRESSIONS, st.dictionaries(st.sampled_from(["x", "speed", "$a", "_b"]), VALUES))
def test_nothing_is_raised_in_a_long_search_either(text: str, attributes: dict[str, object]) -> None:
    try:
        formula = Expression(text, sample=attributes)
    except FormulaError:
        return
    assert formula.explain(attributes).type == formula.evaluate_typed(attributes)[0]
