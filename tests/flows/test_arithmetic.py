"""Operators: what no vector shows, and that they fail in their own way only."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.flows import Big, Expression, Float, Long
from navixy_async.flows.expressions.arithmetic import BINARY_OPERATORS, UNARY_OPERATORS
from navixy_async.flows.expressions.collections import type_name
from navixy_async.flows.expressions.numbers import Failure, whole


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("-9223372036854775807 - 2", "bigint", -(2**63) - 1),
        ("3037000500 * 3037000500", "bigint", 3037000500**2),
        ("7h + 2h", "bigint", 9),
        ("'6' / '4'", "bigint", 1),
        ("-7h % 2", "integer", 1),
        ("7h % -2", "null", None),
        ("-1.5b", "double", -1.5),
        ("-2b", "bigdecimal", Decimal(-2)),
        ("1b / 3", "bigdecimal", Decimal("0.3333333333333333333333333333333333")),
        ("-2147483648 - 0", "integer", -(2**31)),
        ("-0.0 == 0.0", "boolean", False),
        ("'1.5' > 1", "null", None),
        ("'1.5' > 1.0", "boolean", True),
        ("true + true", "integer", 2),
        ("1 >>> 65", "long", 0),
        ("-1 >>> 60", "long", 15),
        ("'text' + 123", "null", None),
        ("[1, 2] == [1, 2]", "boolean", False),
        ("x == 'abc'", "boolean", False),
        ("size('\\ud83d\\ude9b')", "integer", 2),
        ("3 =~ 3", "boolean", True),
        ("[1, 2] =~ [2, 1, 3]", "boolean", True),
        ("'a' !~ '('", "boolean", False),
        ("'[1, 2]' =^ '['", "boolean", True),
    ],
)
def test_rules(text: str, kind: str, value: object) -> None:
    assert Expression(text).evaluate_typed({"x": 1}) == (kind, value)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70).map(whole),
    st.integers(-(2**63), 2**63 - 1).map(Long),
    st.integers(-(2**90), 2**90).map(Big),
    st.floats(),
    st.floats(width=32).map(Float),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.text(max_size=6),
    st.sampled_from(["12", "-3.5", "1e400", "NaN", "0x10", "", "false"]),
    st.lists(st.integers(0, 3), max_size=3),
    st.dictionaries(st.sampled_from("ab"), st.integers(0, 3)),
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(BINARY_OPERATORS)), VALUES, VALUES)
def test_binary_operators_give_a_value_or_their_own_failure(operator: str, left: object, right: object) -> None:
    try:
        value = BINARY_OPERATORS[operator](left, right)
    except Failure:
        return
    assert type_name(value) != "unknown"
    if isinstance(value, Long):
        assert -(2**63) <= value < 2**63
    elif type(value) is int:
        assert -(2**31) <= value < 2**31


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(UNARY_OPERATORS)), VALUES)
def test_unary_operators_give_a_value_or_their_own_failure(operator: str, value: object) -> None:
    try:
        result = UNARY_OPERATORS[operator](value)
    except Failure:
        return
    assert type_name(result) != "unknown"
    assert not (isinstance(result, float) and math.isnan(result)) or isinstance(value, float)
