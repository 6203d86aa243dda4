"""Escapes in texts."""

from __future__ import annotations

import pytest

from navixy_async.flows import Expression


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"'it\'s'", "it's"),
        (r"'say \"so\"'", r"say \"so\""),
        (r'"\u0041\t\\n"', "A\t\\n"),
        (r"'\q'", r"\q"),
        (r"'\ud83d\ude9b'", "\U0001f69b"),
        (r"'\ud83d'", "\ufffd"),
        ("NaN == NaN", True),
    ],
)
def test_escapes(text: str, value: object) -> None:
    assert Expression(text).evaluate() == value
