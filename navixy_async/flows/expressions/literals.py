"""The values of literals: numbers, texts with their escapes, constants."""

from __future__ import annotations

import re
from typing import Final

from . import tree
from .numbers import parse_number
from .tokens import NUMBER, REGEX, STRING, TEMPLATE, Token
from .tree import Node

CONSTANTS: Final[dict[str, object]] = {"null": None, "true": True, "false": False, "NaN": float("nan")}


def leaf(token: Token) -> Node:
    """The node of a literal."""
    span = (token.start, token.end)
    if token.kind == NUMBER:
        return Node(tree.LITERAL, token.text, (), span, value=parse_number(token.text))
    if token.kind == STRING:
        return Node(tree.LITERAL, token.text, (), span, value=unescape(token.text))
    if token.kind == TEMPLATE:
        return Node(tree.TEMPLATE_LITERAL, token.text, (), span, value=unescape(token.text))
    if token.kind == REGEX:
        return Node(tree.REGEX_LITERAL, token.text, (), span, value=unescape(token.text[1:]))
    return Node(tree.LITERAL, token.text, (), span, value=CONSTANTS[token.kind])


_ESCAPE = re.compile(r"\\(u[0-9a-hA-H]{4}|.)", re.DOTALL)
_PLAIN = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


def unescape(token: str) -> str:
    """The text of a literal in quotes; what is no escape keeps its backslash."""
    quote, inner = token[0], token[1:-1]
    if "\\" not in inner:
        return inner

    def replace(match: re.Match[str]) -> str:
        escape = match[1]
        if len(escape) > 1:
            digits = (ord(c.lower()) - 87 if c.isalpha() else int(c) for c in escape[1:])
            number = 0
            for digit in digits:
                number = number * 16 | digit
            return chr(number & 0xFFFF)
        if escape in (quote, "\\"):
            return escape
        return _PLAIN.get(escape, match[0])

    text = _ESCAPE.sub(replace, inner)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
