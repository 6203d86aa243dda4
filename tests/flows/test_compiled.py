"""The fast way gives what the evaluator gives: value, type, and why it is null."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.flows import Expression, FormulaError
from navixy_async.flows.expressions.collections import from_python, to_python, type_name
from navixy_async.flows.expressions.evaluator import Variables, run
from navixy_async.flows.expressions.numbers import Failure
from navixy_async.flows.expressions.readings import Reading, queue, read_history

from ..support.flows.vectors import context, history, read
from .test_arithmetic import VALUES
from .test_tree import EXPRESSIONS

NAMES = ["x", "speed", "$a", "_b"]


class Message(Variables):
    """Attributes and histories that are the engine's already."""

    def __init__(self, attributes: dict[str, object], past: dict[str, list[Reading]], now: int = 5_000) -> None:
        self.attributes = attributes
        self._past = past
        self._now = now

    def attribute(self, name: str) -> object:
        return self.attributes.get(name)

    def readings(self, name: str, mode: str) -> list[Reading]:
        return queue(self._past.get(name, []), mode)

    def now(self) -> int:
        return self._now

    def geofence(self, function: str, zone: int) -> bool:
        return zone % 2 == len(function) % 2


def message(attributes: dict[str, object], past: dict[str, object] | None = None, now: int | None = None) -> Message:
    readings = {name: read_history(entries) for name, entries in (past or {}).items()}
    newest = {name: entries[0].value for name, entries in readings.items() if entries}
    given_values = {name: from_python(value) for name, value in attributes.items()}
    return Message(newest | given_values, readings, now or 5_000)


def both_ways(formula: Expression, around: Message) -> list[tuple[str, str]]:
    """Type and value, or the failure, as the evaluator has it and as the function has it."""
    outcomes = []
    for is_fast in (False, True):
        try:
            value = formula.formula(around.attributes, around) if is_fast else run(formula.instructions, around)
            outcomes.append((type_name(value), repr(to_python(value))))
        except Failure as failure:
            outcomes.append((type(failure).__name__, f"{failure.why} {failure.is_null} {failure.is_unsimulated}"))
    return outcomes


@pytest.mark.parametrize("file", ["documented_expressions.jsonl", "jexl_vectors.jsonl"])
def test_all_vectors_agree(file: str) -> None:
    compared = 0
    for row in read(file):
        try:
            formula = Expression(row["expression"])
        except FormulaError:
            continue
        evaluated, fast = both_ways(formula, message(context(row), history(row), row.get("now")))
        assert fast == evaluated, row["expression"]
        compared += 1
    assert compared > 80


def check_agreement(text: str, attributes: dict[str, object], past: dict[str, object]) -> None:
    try:
        formula = Expression(text)
    except FormulaError:
        return
    try:
        around = message(attributes, past)
    except Failure:
        return
    evaluated, fast = both_ways(formula, around)
    assert fast == evaluated


CONTEXTS = st.dictionaries(st.sampled_from(NAMES), VALUES)
HISTORIES = st.dictionaries(st.sampled_from(NAMES), st.lists(VALUES, max_size=14))
LEAVES = [*NAMES, "0", "1", "-1", "2147483647", "0.0", "-0.0", "2.5", "#NaN", "9l", "1.5f", "7h", "1.5b", "'a'", "null"]
CALLS = ["true", "value('x', 1, 'all')", "value(x, 0, 'valid')", "value('speed', 12, 'all')", "now()", "1 / 0"]
FORMULAS = st.recursive(
    st.sampled_from([*LEAVES, *CALLS]),
    lambda inner: st.one_of(
        st.builds(
            "({} {} {})".format,
            inner,
            st.sampled_from(["+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!=", "&&", "||", "?:", "??", "&"]),
            inner,
        ),
        st.builds("({} ? {} : ({}))".format, inner, inner, inner),
        st.builds("{}({})".format, st.sampled_from(["-", "!", "size", "empty", "math:abs", "math:round"]), inner),
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(FORMULAS, EXPRESSIONS), CONTEXTS, HISTORIES)
def test_both_ways_agree(text: str, attributes: dict[str, object], past: dict[str, object]) -> None:
    check_agreement(text, attributes, past)


@pytest.mark.proof
@settings(max_examples=10_000, deadline=None)
@given(st.one_of(FORMULAS, EXPRESSIONS), CONTEXTS, HISTORIES)
def test_both_ways_agree_in_a_long_search_too(
    text: str, attributes: dict[str, object], past: dict[str, object]
) -> None:
    check_agreement(text, attributes, past)


@pytest.mark.parametrize("depth", [10, 49, 50, 51, 3_000])
def test_no_depth_is_too_much(depth: int) -> None:
    formula = Expression("+".join(["x"] * depth))
    assert both_ways(formula, message({"x": 1})) == [("integer", str(depth))] * 2


def test_only_what_is_read_from_the_past_is_remembered() -> None:
    assert Expression("speed + value('fuel', 1, 'all')").remembered == frozenset({"fuel"})
    assert Expression("speed + value(which, 1, 'all')").remembered is None
    assert Expression("speed + 1").remembered == frozenset()
