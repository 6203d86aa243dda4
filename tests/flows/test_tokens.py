"""The scanner: the longest match, comments, and the state behind a dot."""

from __future__ import annotations

import pytest

from navixy_async.flows.expressions.tokens import RESERVED, tokenize, unreadable


def words(text: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokenize(text) if token.kind != "end"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x and y", [("name", "x"), ("&&", "and"), ("name", "y")]),
        ("a.and", [("name", "a"), (".", "."), ("member", "and")]),
        ("1.5.f", [("number", "1.5"), (".", "."), ("member", "f")]),
        ("1.f", [("number", "1.f")]),
        ("0b101", [("number", "0b"), ("number", "101")]),
        ("a>>>=b", [("name", "a"), (">>>=", ">>>="), ("name", "b")]),
        ("x !instanceof y", [("name", "x"), ("!instanceof", "!instanceof"), ("name", "y")]),
        ("a /* b */ c // d", [("name", "a"), ("name", "c")]),
        ("a ## b\nc", [("name", "a"), ("name", "c")]),
        ("a /* b", [("name", "a"), ("/", "/"), ("*", "*"), ("name", "b")]),
        ("/*/ 1", [("/", "/"), ("*", "*"), ("/", "/"), ("number", "1")]),
        (r"a\ b", [("name", "a b")]),
        ("@x @", [("annotation", "@x"), ("name", "@")]),
        (r"~/a\/b/", [("regex", r"~/a\/b/")]),
        ("#NaN #12", [("number", "#NaN"), ("register", "#12")]),
    ],
)
def test_tokens(text: str, expected: list[tuple[str, str]]) -> None:
    assert words(text) == expected


def test_reserved_words_are_those_of_the_engine() -> None:
    assert {"and", "gt", "size", "new", "switch", "instanceof"} <= RESERVED
    assert not {"class", "this", "value", "util", "in"} & RESERVED


def test_the_scanner_stops_where_it_cannot_read_on() -> None:
    assert tokenize("a é b")[1].kind == "unreadable"
    error = unreadable("x\n'ab\n", 2)
    assert (error.line, error.column, error.text) == (3, 0, "tokenization error in ''ab\n'")
