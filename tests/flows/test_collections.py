"""Values from outside and back, and when two are the same."""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum, StrEnum

import pytest

from navixy_async.flows import Expression, Float, Long
from navixy_async.flows.expressions.collections import among, from_python, same, text_of, to_python, type_name
from navixy_async.flows.expressions.numbers import Failure


def test_types_are_kept_apart() -> None:
    assert not same(5, Long(5))
    assert not same(1, 1.0)
    assert same(float("nan"), float("nan"))
    assert not same(0.0, -0.0)
    assert not same(Decimal("1.0"), Decimal("1.00"))
    assert same([1, {"a": 2}], [1, {"a": 2}])
    assert among("a", ["b", "a"])
    assert type_name(from_python((1, 2))) == "list"


def test_plain_values_come_back_however_deep_they_are() -> None:
    value = Expression("[" * 3_000 + "1" + "]" * 3_000).evaluate()
    for _ in range(3_000):
        assert isinstance(value, list)
        (value,) = value
    assert value == 1
    assert to_python({"a": [Long(1), Float(0.1)], "b": {}}) == {"a": [1, 0.1], "b": {}}


@pytest.mark.parametrize("value", [object(), b"a", Decimal("NaN"), 1j, {"a": {1}}])
def test_what_the_engine_cannot_have_is_refused_by_name(value: object) -> None:
    assert Expression("x").evaluate({"x": value}) is None
    assert "cannot be simulated" in Expression("x").explain({"x": value}).why


def test_relatives_of_pythons_types_are_what_they_are_at_heart() -> None:
    class Word(StrEnum):
        MOVING = "moving"

    class Count(IntEnum):
        TWO = 2

    class Degrees(float):
        def __repr__(self) -> str:
            return "warm"

    formula = Expression("x")
    assert formula.evaluate_typed({"x": Word.MOVING}) == ("string", "moving")
    assert type(formula.evaluate({"x": Word.MOVING})) is str
    assert formula.evaluate_typed({"x": Count.TWO}) == ("integer", 2)
    assert Expression("x + 1b").evaluate_typed({"x": Degrees(1.5)}) == ("bigdecimal", Decimal("2.5"))
    assert "64 bits" in formula.explain({"x": Long(2**70)}).why


def test_a_list_that_contains_itself_is_too_deep() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(Failure, match="50 levels"):
        from_python(endless)


def test_texts_of_values() -> None:
    assert text_of([1, "a", None, {"k": True}]) == "[1, a, null, {k=true}]"
    with pytest.raises(Failure):
        text_of(None)
