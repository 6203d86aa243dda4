"""How the engine abridges what is assigned to."""

from __future__ import annotations

import pytest

from navixy_async.flows.expressions.parser import parse
from navixy_async.flows.expressions.wording import abridged, is_global, is_target, member_text


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("x", "x"),
        ("a.b.c", "a......"),
        ("a[0][1]", "a..."),
        ("a[0].b", "a......"),
        ("x == 'a' && y", "x == ... && ..."),
        ("1 + 2 + 3", "1 + ... + ..."),
        ("-x", "-..."),
        ("-(x + 1)", "-..."),
        ("not x", "!..."),
        ("size x", "size ..."),
        ("f(1)", "f..."),
        ("[1, 2]", "[ ... ]"),
        ("{}", "{  }"),
        ("a ? b : c", "a? ... : ..."),
        ("a ?: b", "a?: ..."),
        ("a ?? b", "a??..."),
    ],
)
def test_the_first_leaf_stays(text: str, short: str) -> None:
    root = parse(text)
    assert root is not None
    assert abridged(root) == short


def test_the_last_part_says_whether_it_can_be_assigned_to_and_the_first_one_whether_it_is_a_variable() -> None:
    def of(text: str) -> tuple[bool, bool]:
        root = parse(text)
        assert root is not None
        return is_target(root), is_global(root)

    assert of("x.y") == (True, True)
    assert of("5 + x") == (True, False)
    assert of("x + 5") == (False, True)
    assert of("f()") == (False, True)
    assert of("'a'.b") == (True, True)


def test_members_stand_in_quotes_where_the_engine_puts_them() -> None:
    assert member_text("toString", safe=False) == ".toString"
    assert member_text("empty", safe=True) == "?.'empty'"
    assert member_text("a b", safe=False) == ".'a b'"
