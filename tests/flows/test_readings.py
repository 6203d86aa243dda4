"""The two queues of twelve."""

from __future__ import annotations

import pytest

from navixy_async.flows import Expression

TEMPERATURES = [(None, 100, 110)] + [(float(n), 90 - n, 95 - n) for n in range(20)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("t", None),
        ("value('t', 0, 'all')", None),
        ("value('t', 0, 'valid')", 0.0),
        ("value('t', 11, 'all')", 10.0),
        ("value('t', 11, 'valid')", 11.0),
        ("genTime('t', 11, 'valid')", 79),
        ("genTime('t', 12, 'valid')", None),
        ("srvTime('t', 1, 'all')", 95),
        ("value('t', 1)", 0.0),
        ("value('t')", None),
        ("value('t', 1, valid)", 1.0),
    ],
)
def test_queues(text: str, value: object) -> None:
    assert Expression(text).evaluate(history={"t": TEMPERATURES}) == value


def test_bare_values_are_readings_too_and_what_is_none_is_said() -> None:
    assert Expression("value('x', 1, 'all')").evaluate(history={"x": [1, 2]}) == 2
    assert "history is a list" in Expression("x").explain(history={"x": 5}).why
    assert "milliseconds" in Expression("x").explain(history={"x": [(1, "now")]}).why
