"""Errors at nodes."""

from __future__ import annotations

from navixy_async.flows.expressions.reader import TokenReader, node_error


def test_columns_of_nodes_have_twelve_bits() -> None:
    error = node_error("x" * 5_000, 4_999, "undefined property 'x'")
    assert (error.line, error.column) == (1, 5_000 & 0xFFF)


def test_a_list_of_parameters_is_told_from_other_parentheses() -> None:
    for text, first in (("(a, b) -> 1", "a"), ("(var a) -> 1", "a")):
        found = TokenReader(text)._parameters(0)
        assert found is not None
        assert found[0] is not None
        assert found[0].text == first
    assert TokenReader("() -> 1")._parameters(0) == (None, 2)
    assert [TokenReader(text)._parameters(0) for text in ("(a b)", "(1)", "(a,)", "a")] == [None] * 4
