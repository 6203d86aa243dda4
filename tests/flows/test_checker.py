"""What is refused whatever the values are, and what the vendor's pages tell in two ways."""

from __future__ import annotations

import pytest

from navixy_async.flows import Expression, FormulaError


@pytest.mark.parametrize(
    ("text", "column", "message", "sure"),
    [
        ("value('speed', -1, 'all')", 6, "JEXL error : value", True),
        ("1 + value('speed', 12, 'valid')", 10, "JEXL error : value", True),
        ("foo(bar(1))", 8, "unsolvable function/method 'bar(arg)'", True),
        ("ns:foo(bar(1))", 7, "JEXL error : no such function namespace ns", True),
        ("true && foo()", 12, "unsolvable function/method 'foo'", True),
        ("speed.x", 7, "undefined property 'x'", True),
        ("status.field > 5", 14, "undefined property 'field'", True),
        ("'a'.length", 10, "undefined property 'length'", True),
        ("5[0]", 3, "undefined property '0'", True),
        ("sqrt(4)", 5, "unsolvable function/method 'sqrt(arg)'", False),
        ("value('speed', '0', 'all')", 6, "unsolvable function/method 'value(arg, arg, arg)'", False),
        ("util:hexToLong('FF', 0)", 15, "unsolvable function/method 'hexToLong(arg, arg)'", True),
    ],
)
def test_refused(text: str, column: int, message: str, sure: bool) -> None:
    with pytest.raises(FormulaError) as caught:
        Expression(text)
    error = caught.value
    assert (error.line, error.column, error.text, error.sure) == (1, column, message, sure)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("value('speed')", "exactly three"),
        ("value('speed', 1, valid)", "quotes"),
        ("genTime('speed', 100, 'valid')", "null for ever"),
        ("custom[0]", "list or a map"),
    ],
)
def test_doubts(text: str, part: str) -> None:
    (doubt,) = Expression(text).doubts
    assert part in doubt.text
    assert (doubt.line, doubt.column) >= (1, 1)


def test_sample_values_find_what_depends_on_them() -> None:
    with pytest.raises(FormulaError, match="undefined property '2'"):
        Expression("x[2]", sample={"x": [7, 8]})
    with pytest.raises(FormulaError, match=r"unsolvable function/method 'round\(arg\)'"):
        Expression("empty(math:round(x))", sample={"x": "2.5"})
    assert Expression("x[1]", sample={"x": [7, 8]}).evaluate({"x": [7, 8]}) == 8
    assert Expression("x / 0", sample={"x": 1}).evaluate({"x": 1}) is None
