"""The grammar and its errors, against what the engine says."""

from __future__ import annotations

import pytest

from navixy_async.flows import FormulaError
from navixy_async.flows.expressions import tree
from navixy_async.flows.expressions.parser import parse
from navixy_async.flows.expressions.reader import MAX_LENGTH

from ..support.flows.vectors import read

SYNTAX = ("parse", "token", "feature", "assignment")
ROWS = read("jexl_vectors.jsonl")


def refusal(text: str) -> tuple[int, int, str] | None:
    try:
        parse(text)
    except FormulaError as error:
        return error.line, error.column, error.text
    return None


def test_every_error_of_syntax_has_the_engines_token_line_and_column() -> None:
    wanted = {
        row["expression"]: (row["dialect"]["line"], row["dialect"]["column"], row["dialect"]["text"])
        for row in ROWS
        if row["dialect"].get("error") in SYNTAX and not row["disputed"]
    }
    assert {text: refusal(text) for text in wanted} == wanted
    assert len(wanted) > 150


def test_everything_else_is_read() -> None:
    read_by_the_engine = [row["expression"] for row in ROWS if row["dialect"].get("error") not in SYNTAX]
    assert [text for text in read_by_the_engine if refusal(text)] == []


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("x = 1 2", 1, "global assign/modify error in 'x'"),  # complete before the mistake behind it
        ("a.b(1, x++)", 8, "global assign/modify error in 'x'"),
        ("a.b(1,)", 7, "parsing error in ')'"),
        ("x[0](1)", 2, "method call error in '[...](...)'"),
        ("(x)(1)", 1, "method call error in '(...)(...)'"),
        ("x.size()", 2, "method call error in '.'size'(...)'"),
        ("x?.f()", 2, "method call error in '?.f(...)'"),
        ("x = )", 5, "parsing error in ')'"),
        ("(x = )", 6, "parsing error in ')'"),
        ("x +=", 3, "parsing error in '+='"),
        ("1 + var", 5, "parsing error in 'var'"),
        ("new + 1", 5, "parsing error in '+'"),
        ("new(1)", 1, "create instance error in 'new(...)'"),
        ("new a.b()", 1, "create instance error in 'new ...()'"),
        ("() => 1", 4, "fat-arrow error in '() => 1'"),
        ("(a, b) -> a", 2, "local variable error in '(a, b) -> a'"),
        ("function(var x) x", 14, "local variable error in 'function(var x) x'"),
        ("f(x) = 1", 2, "global assign/modify error in 'f...'"),
        ("(x) = 1", 3, "global assign/modify error in '(...)'"),
        ("@x", 1, "parsing error in '@x'"),
        ("#1", 1, "parsing error in '#1'"),
        ("[,1]", 1, "parsing error in '['"),
        ("{1, 2", 5, "parsing error in '2'"),
        ("{1 2}", 1, "parsing error in '{'"),
        ("{'a': 1, 2}", 11, "parsing error in '}'"),
        ("a ? b : c(1)", 12, "parsing error in ')'"),  # b:c(1) is a call with a namespace
        ("switch (x) { }", 12, "parsing error in '{'"),
        ("'a\nb'", 3, "tokenization error in ''a'"),
    ],
)
def test_rules_of_the_grammar_that_no_vector_shows(text: str, column: int, message: str) -> None:
    assert refusal(text) == (1, column, message)


def test_lines_are_counted_with_every_kind_of_end_and_columns_in_utf16() -> None:
    assert refusal("1 +\r\n2 3") == (2, 3, "parsing error in '3'")
    assert refusal("1 +\r2 3") == (2, 3, "parsing error in '3'")
    assert refusal("'\U0001f69b' 2") == (1, 6, "parsing error in '2'")


def test_a_tree_knows_where_its_parts_stand() -> None:
    root = parse("  speed * (2 + x.y)")
    assert root is not None
    assert [(node.kind, node.start, node.end) for node in tree.postorder(root)] == [
        (tree.NAME, 2, 7),
        (tree.LITERAL, 11, 12),
        (tree.NAME, 15, 16),
        (tree.PROPERTY, 15, 18),
        (tree.BINARY, 11, 18),
        (tree.GROUP, 10, 19),
        (tree.BINARY, 2, 19),
    ]


def test_no_depth_is_too_deep_and_what_is_too_long_is_said() -> None:
    for text in ("(" * 5_000 + "1" + ")" * 5_000, "- " * 5_000 + "1", "[" * 5_000 + "]" * 5_000, "1 ? " * 2_000 + "2"):
        parse(text) if not text.endswith("2") else refusal(text)
    assert refusal("1" + " " * MAX_LENGTH) == (
        1,
        1,
        "an expression of 100,001 characters; no more than 100,000 are read",
    )
