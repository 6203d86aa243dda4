"""Java's regular expressions: what is common works, what is not is refused, and nothing takes for ever."""

from __future__ import annotations

import pytest

from navixy_async.flows.expressions.numbers import Failure
from navixy_async.flows.expressions.patterns import JavaPattern


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("[a-z]+[0-9]+", "abc123", True),
        ("a.b", "a\nb", False),
        ("a.b", "a\rb", False),
        (r"\d{2,3}", "12", True),
        (r"\d+", "١٢", False),  # ASCII digits only
        (r"\w+", "é", False),
        (r"\p{Alpha}+", "abc", True),
        (r"\P{Digit}+", "abc", True),
        ("(?:ab)+", "abab", True),
        ("(ab|cd)", "cd", True),
        ("abc$", "abc", True),
        (r"a\.b", "a.b", True),
        ("[^a]*", "bcd", True),
        ("a}", "a}", True),
        ("(", "a", False),
        ("[a", "a", False),
        ("a{x", "a{x", False),
        ("*a", "a", False),
        ("a\\", "a", False),
    ],
)
def test_matches(pattern: str, text: str, matches: bool) -> None:
    assert JavaPattern(pattern).matches(text) is matches


@pytest.mark.parametrize(
    "pattern",
    [
        "a++",
        "(?i)a",
        "(?<n>a)",
        r"\p{IsGreek}",
        "[a&&b]",
        "[a[b]]",
        r"\Qa\E",
        r"(a)\1",
        "(a+)+",
        "([a-z]*b)*",
        r"[\s]",
        "x" * 2_000,
    ],
)
def test_what_python_could_read_differently_is_refused(pattern: str) -> None:
    with pytest.raises(Failure, match="cannot be simulated"):
        JavaPattern(pattern).matches("aaa")


def test_many_repetitions_on_a_long_text_are_refused() -> None:
    assert JavaPattern(".*a.*").matches("b" * 1_000 + "a")
    with pytest.raises(Failure, match="repetitions"):
        JavaPattern(".*a.*b.*c.*d").matches("a" * 5_000)
