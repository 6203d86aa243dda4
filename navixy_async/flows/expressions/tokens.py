"""From text to tokens as the engine's scanner sees it: the longest match, and a state of its own after a dot."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from .errors import FormulaError, locate


class Token(NamedTuple):
    """One token; ``kind`` is an operator in its usual spelling, a keyword, or one of the words below."""

    kind: str
    text: str
    start: int
    end: int


NAME: Final = "name"
NUMBER: Final = "number"
STRING: Final = "string"
TEMPLATE: Final = "template"  # `…`
REGEX: Final = "regex"  # ~/…/
MEMBER: Final = "member"  # what stands behind a dot
REGISTER: Final = "register"  # #0
ANNOTATION: Final = "annotation"  # @x
UNREADABLE: Final = "unreadable"
END: Final = "end"

_WORDS = {
    "and": "&&",
    "or": "||",
    "not": "!",
    "div": "/",
    "mod": "%",
    "eq": "==",
    "ne": "!=",
    "gt": ">",
    "ge": ">=",
    "lt": "<",
    "le": "<=",
}
KEYWORDS: Final = frozenset(
    (
        "throw",
        "try",
        "catch",
        "finally",
        "instanceof",
        "if",
        "else",
        "do",
        "while",
        "for",
        "break",
        "continue",
        "function",
        "return",
        "new",
        "size",
        "empty",
        "var",
        "let",
        "const",
        "null",
        "true",
        "false",
        "switch",
        "case",
        "default",
        "import",
        "NaN",
    )
)
RESERVED: Final = KEYWORDS | frozenset(_WORDS)
"""Words that cannot be the name of an attribute; ``value('name', 0, 'all')`` reads one that is called so."""

_LOOK_AHEAD = 5  # how many tokens there are behind the last one, so that nobody looks beyond the end

_NUMBER = r"""
    0[xX][0-9a-fA-F]+[lLhH]?
  | [0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?[fFdDbB]?
  | [0-9]+\.?(?:[eE][+-]?[0-9]+[fFdDbB]?|[fFdDbB])
  | \.[0-9]+(?:[eE][+-]?[0-9]+[fFdDbB]?|[fFdDbB])
  | \#NaN
  | [1-9][0-9]*[lLhH]?
  | 0[0-7]*[lLhH]?
"""
_STRING = r"""
    "(?:[^"\\\n\r\u2028\u2029]|\\[^\n\r\u2028\u2029])*"
  | '(?:[^'\\\n\r\u2028\u2029]|\\[^\n\r\u2028\u2029])*'
"""
_OPERATOR = r"""
    >>>= | !instanceof | === | !== | \.\.\. | <<= | >>= | >>>
  | == | != | >= | <= | =~ | !~ | =\^ | =\$ | !\^ | !\$ | \+= | -= | \*= | /= | %= | &= | \|= | \^= | \+\+ | --
  | && | \|\| | \?: | \?\? | \?\[ | \?\. | -> | => | << | >> | \.\.
  | [()\[\]{};:,.?<>=+\-*/%!&|^~]
"""
_COMMON = rf"""
    (?P<blank> [\ \t\n\r\f]+ | \#\#[^\n\r]* | //[^\n\r]* )
  | (?P<string> {_STRING} )
  | (?P<template> `(?:[^`\\\u2028-\u202e\u2066-\u2069]|\\[^\0])*` )
  | (?P<regex> ~/(?:\\/|[^/\n\r\t\f\x08\u2028\u2029])*/ )
"""
_DEFAULT = re.compile(
    rf"""{_COMMON}
  | (?P<name> [A-Za-z_$@](?:[A-Za-z0-9_$@]|\\[\ '"\\])* )
  | (?P<number> {_NUMBER} )
  | (?P<operator> {_OPERATOR} )
  | (?P<register> \#[0-9]+ )
""",
    re.VERBOSE,
)
_AFTER_DOT = re.compile(
    rf"""{_COMMON}
  | (?P<member> [0-9A-Za-z_$@]+ )
  | (?P<operator> {_OPERATOR} )
""",
    re.VERBOSE,
)
_ANNOTATED = re.compile(r"@[0-9A-Za-z_$]+")
_ESCAPED = re.compile(r"\\(.)")
_OPEN = {
    "'": re.compile(r"'(?:[^'\\\n\r\u2028\u2029]|\\[^\n\r\u2028\u2029])*\\?"),
    '"': re.compile(r'"(?:[^"\\\n\r\u2028\u2029]|\\[^\n\r\u2028\u2029])*\\?'),
    "`": re.compile(r"`(?:[^`\\\u2028-\u202e\u2066-\u2069]|\\[^\0])*\\?"),
    "#": re.compile(r"#(?:p(?:r(?:a(?:g(?:ma?)?)?)?)?|Na?)?"),
}


def tokenize(text: str) -> list[Token]:
    """All tokens, closed by some of kind ``end``, or of kind ``unreadable`` where the scanner stops.

    What is unreadable is an error only when the parser gets there: see :func:`unreadable`.
    """
    found: list[Token] = []
    position, length = 0, len(text)
    scan = _DEFAULT
    last_close = text.rfind("*/")
    while position < length:
        match = scan.match(text, position)
        if match is None:
            return found + [Token(UNREADABLE, "", position, position)] * _LOOK_AHEAD
        kind, end = match.lastgroup or "", match.end()
        if kind == "operator":
            kind = match.group()
            if kind == "/" and text.startswith("*", end) and last_close >= end + 1:
                position = text.index("*/", end + 1) + 2
                continue
            found.append(Token(kind, kind, position, end))
            if kind in (".", "?."):
                scan = _AFTER_DOT
        elif kind == "name":
            found.append(_name(match.group(), position, end))
        elif kind != "blank":
            found.append(Token(kind, match.group(), position, end))
            if kind != "regex":
                scan = _DEFAULT
        position = end
    found += [Token(END, "", length, length)] * _LOOK_AHEAD
    return found


def _name(word: str, start: int, end: int) -> Token:
    if word in RESERVED:
        return Token(_WORDS.get(word, word), word, start, end)
    if word[0] == "@" and _ANNOTATED.fullmatch(word):
        return Token(ANNOTATION, word, start, end)
    return Token(NAME, _ESCAPED.sub(r"\1", word) if "\\" in word else word, start, end)


def unreadable(text: str, start: int) -> FormulaError:
    """The error for a text that the scanner cannot read on from ``start``."""
    pattern = _OPEN.get(text[start])
    match = pattern.match(text, start) if pattern else None
    stop = match.end() if match else start  # the first character that fits nothing
    at_end = stop >= len(text) - 1
    read = min(stop + 1, len(text)) - start
    line, column = locate(text, min(stop, len(text) - 1))
    if at_end:
        line, column = (line + 1, 0) if text[-1] in "\r\n" else (line, column + 1)
    seen = text[start : stop + 1] if at_end else text[start:stop]
    return FormulaError(line, column, f"tokenization error in '{seen if read > 1 else ''}'")
