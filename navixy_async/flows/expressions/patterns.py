"""Java's regular expressions, as far as they can be had: what Python reads differently is refused, never guessed."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Final

from .numbers import unsimulated

_MAX_STEPS = 20_000_000
_QUANTIFIER = re.compile(r"[*+?]|\{\d+(?:,\d*)?\}")
_UNBOUNDED = re.compile(r"[*+]|\{\d+,\}")
_SIMPLE_ESCAPES: Final = frozenset("dDwWsSbBtnrf\\.[]{}()*+?^$|/-'\"&#@!%,:;<>=~`_ ")
_POSIX: Final = {
    "Alpha": "a-zA-Z",
    "Digit": "0-9",
    "Alnum": "a-zA-Z0-9",
    "Upper": "A-Z",
    "Lower": "a-z",
    "Space": r" \t\n\x0b\f\r",
    "XDigit": "0-9a-fA-F",
    "Punct": r"!-/:-@\[-`{-~",
}


class JavaPattern:
    """A pattern as it was written, ready to match whole texts."""

    def __init__(self, source: str) -> None:
        self.source = source

    @property
    def is_readable(self) -> bool:
        """Whether Java can read it."""
        return _compile(self.source)[0] is not None

    def matches(self, text: str) -> bool:
        """Whether the whole text matches; a pattern that Java cannot read matches nothing.

        Raises a failure where Python's answer could differ from Java's, or would take too long.
        """
        compiled, repeats = _compile(self.source)
        if compiled is None:
            return False
        if repeats > 1 and len(text) ** repeats / math.factorial(repeats) > _MAX_STEPS:
            raise unsimulated("a pattern with so many repetitions on so long a text")
        return compiled.fullmatch(text) is not None


@lru_cache(maxsize=256)
def _compile(source: str) -> tuple[re.Pattern[str] | None, int]:
    if len(source) > 1_000:
        raise unsimulated("a pattern of more than 1,000 characters")
    translated, repeats = _translate(source)
    try:
        return re.compile(translated, re.ASCII), repeats
    except (re.error, OverflowError):
        return None, 0


def _translate(source: str) -> tuple[str, int]:
    """The same pattern for Python, and how many unbounded repetitions it has."""
    parts: list[str] = []
    repeats, position = 0, 0
    groups: list[int] = []  # how many repetitions there were when each open group began
    closed = -1  # the same of the group that ends just here
    while position < len(source):
        character = source[position]
        if character == "\\":
            part, position = _escape(source, position)
        elif character == "[":
            part, position = _class(source, position)
        elif character == "(":
            if source.startswith("(?", position) and not source.startswith(("(?:", "(?=", "(?!"), position):
                raise unsimulated("a pattern with flags or named groups")
            groups.append(repeats)
            part = source[position : position + 3] if source.startswith("(?", position) else "("
            position += len(part)
        elif match := _QUANTIFIER.match(source, position):
            part, position = match.group(), match.end()
            if _UNBOUNDED.fullmatch(part) or (closed >= 0 and part != "?"):
                if closed >= 0 and closed != repeats:
                    raise unsimulated("a pattern with repetitions inside of repetitions")
                repeats += 1
            if source.startswith("+", position):
                raise unsimulated("a pattern with possessive quantifiers")
        elif character == ".":
            part, position = r"[^\n\r\u0085\u2028\u2029]", position + 1
        elif character == "$":
            part, position = r"(?=(?:\r\n|[\n\r\u0085\u2028\u2029])?\Z)", position + 1
        elif character in "{}":
            if character == "{":
                return "(", 0  # Java takes it for a broken quantifier
            part, position = "\\}", position + 1
        else:
            part, position = character, position + 1
        closed = groups.pop() if character == ")" and groups else -1
        parts.append(part)
    return "".join(parts), repeats


def _escape(source: str, position: int) -> tuple[str, int]:
    following = source[position + 1 : position + 2]
    if following in ("p", "P"):
        end = source.find("}", position)
        name = source[position + 3 : end] if source.startswith("{", position + 2) and end > 0 else ""
        if name not in _POSIX:
            raise unsimulated("a pattern with classes of Unicode")
        return f"[{'^' if following == 'P' else ''}{_POSIX[name]}]", end + 1
    if following == "x" and re.fullmatch(r"[0-9a-fA-F]{2}", source[position + 2 : position + 4]):
        return source[position : position + 4], position + 4
    if following == "u" and re.fullmatch(r"[0-9a-fA-F]{4}", source[position + 2 : position + 6]):
        return source[position : position + 6], position + 6
    if following == "s":
        return r"[ \t\n\x0b\f\r]", position + 2
    if following == "S":
        return r"[^ \t\n\x0b\f\r]", position + 2
    if following == "":
        return "(", position + 1  # Java cannot read it
    if following not in _SIMPLE_ESCAPES:
        raise unsimulated(f"a pattern with \\{following}")
    return re.escape(following) if not following.isalpha() else source[position : position + 2], position + 2


def _class(source: str, position: int) -> tuple[str, int]:
    """A class of characters without the unions and intersections that Java knows."""
    parts = ["["]
    position += 1
    if source.startswith("^", position):
        parts.append("^")
        position += 1
    is_first = True
    while position < len(source):
        character = source[position]
        if character == "]" and not is_first:
            return "".join([*parts, "]"]), position + 1
        if character in "[]" or source.startswith("&&", position):
            raise unsimulated("a pattern with classes inside of classes")
        if character == "\\":
            if source[position + 1 : position + 2] in ("s", "S", "p", "P", "b", "B"):
                raise unsimulated("a pattern with such a class inside of a class")
            part, position = _escape(source, position)
        else:
            part, position = character, position + 1
        parts.append(part)
        is_first = False
    return "(", position  # Java cannot read a class that is not closed
