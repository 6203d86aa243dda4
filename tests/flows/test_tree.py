"""Trees: their text, their signature and their measures."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.flows import FormulaError
from navixy_async.flows.expressions.parser import parse
from navixy_async.flows.expressions.tree import Node, measure, signature, to_text

from ..support.flows.vectors import read

LEAVES = st.sampled_from(
    [
        "x",
        "speed",
        "$a",
        "@",
        "_b",
        "1",
        "42L",
        "7h",
        "1.5",
        "2.5f",
        "3b",
        "0x1F",
        "010",
        "1e3",
        "NaN",
        "null",
        "true",
        "'a'",
        '"b\\n"',
        "`t`",
        "now()",
        "x.y",
        "x?.z",
        "x['k']",
        "x[0]",
    ]
)
BINARY = st.sampled_from(
    [
        "+",
        "-",
        "*",
        "/",
        "%",
        "&",
        "|",
        "^",
        "<<",
        ">>",
        ">>>",
        "..",
        "<",
        "<=",
        ">",
        ">=",
        "=~",
        "!~",
        "=^",
        "!^",
        "=$",
        "!$",
        "==",
        "!=",
        "===",
        "!==",
        "&&",
        "||",
        "and",
        "or",
        "eq",
        "gt",
        "?:",
        "??",
    ]
)
PREFIX = st.sampled_from(["-", "+", "!", "~", "not ", "size ", "empty "])


def _combine(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(PREFIX, inner).map(lambda t: f"{t[0]} ({t[1]})"),
        st.tuples(PREFIX, inner).map(lambda t: f"{t[0]} {t[1]}"),
        st.tuples(inner, BINARY, inner).map(lambda t: f"({t[0]}) {t[1]} ({t[2]})"),
        st.tuples(inner, BINARY, inner).map(lambda t: f"{t[0]} {t[1]} {t[2]}"),
        st.tuples(inner, inner, inner).map(lambda t: f"({t[0]}) ? ({t[1]}) : ({t[2]})"),
        st.tuples(inner, inner).map(lambda t: f"[{t[0]}, {t[1]}]"),
        st.tuples(inner, inner).map(lambda t: f"{{({t[0]}): {t[1]}}}"),
        st.tuples(inner, inner).map(lambda t: f"math:max({t[0]}, {t[1]})"),
        inner.map(lambda t: f"({t}).member"),
        inner.map(lambda t: f"({t})[1]"),
    )


EXPRESSIONS = st.recursive(LEAVES, _combine, max_leaves=12)
"""Random expressions of the grammar; a few are refused, where an operator cannot be chained."""


def parsed(text: str) -> Node | None:
    try:
        return parse(text)
    except FormulaError:
        return None


@settings(max_examples=150, deadline=None)
@given(EXPRESSIONS)
def test_the_text_of_a_tree_gives_the_same_tree(text: str) -> None:
    root = parsed(text)
    if root is not None:
        again = parse(to_text(root))
        assert again is not None
        assert signature(again) == signature(root)
        assert to_text(again) == to_text(root)


def test_the_text_of_every_known_expression_gives_the_same_tree() -> None:
    rows: list[dict[str, Any]] = read("jexl_vectors.jsonl") + read("function_vectors.jsonl")
    roots = [root for row in rows if (root := parsed(row["expression"])) is not None]
    assert len(roots) > 900
    for root in roots:
        again = parse(to_text(root))
        assert again is not None
        assert signature(again) == signature(root)


def test_text_is_spelt_in_one_way() -> None:
    root = parse("a  and not b eq 1 /* why */ ? - -x : ! $y")
    assert root is not None
    assert to_text(root) == "a && !b == 1 ? - -x : ! $y"


def test_measures() -> None:
    root = parse("(a + b) * 2 > 3 ? f(x) : 0")
    assert root is not None
    assert measure(root) == (11, 5)
