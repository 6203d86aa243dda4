"""``math:``: forms by the types of the arguments."""

from __future__ import annotations

import math
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.flows import Expression, Float, FormulaError, Long
from navixy_async.flows.expressions.functions_math import METHODS
from navixy_async.flows.expressions.numbers import Failure

from .test_arithmetic import VALUES


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("math:round(2)", "integer", 2),
        ("math:round(f)", "integer", 3),
        ("math:round(1750000000000L)", "integer", 2**31 - 1),  # by way of a float of 32 bits
        ("math:round(-0.5)", "long", 0),
        ("math:round(1e300)", "long", 2**63 - 1),
        ("math:round(2.5b)", "integer", 3),
        ("math:abs(-5)", "integer", 5),
        ("math:abs(l)", "long", 5),
        ("math:max(1, 2.5)", "double", 2.5),
        ("math:floor(-0.5)", "double", -1.0),
        ("math:pow(0.0, -1)", "double", math.inf),
        ("math:log(-1)", "double", math.nan),
        ("math:exp(1000)", "double", math.inf),
        ("math:sqrt('a')", "refused", "sqrt(arg)"),
        ("math:sinh(1)", "null", None),
    ],
)
def test_forms(text: str, kind: str, value: object) -> None:
    if kind == "refused":
        with pytest.raises(FormulaError, match=r"sqrt\(arg\)"):
            Expression(text)
        return
    found = Expression(text).evaluate_typed({"f": Float(2.5), "l": Long(-5)})
    assert (found[0], repr(found[1])) == (kind, repr(value))


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(sorted(METHODS)), st.data())
def test_each_gives_a_number_or_its_own_failure(name: str, data: st.DataObject) -> None:
    method = METHODS[name]
    with suppress(Failure):
        assert isinstance(method([data.draw(VALUES) for _ in range(method.arity)]), int | float)
