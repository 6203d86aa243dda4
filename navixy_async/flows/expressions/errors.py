"""What the platform refuses to save, in its own words and at its own column."""

from __future__ import annotations

import re

from ...base_errors import NavixyError

_LINE_END = re.compile(r"\r\n|\r|\n")
_SHOWN = 200


class FormulaError(NavixyError):
    """An expression that the platform refuses to save.

    ``line`` and ``column`` count from 1. ``text`` is what the platform prints behind them:
    ``The formula is invalid: [<line>:<column> <text>]``. ``sure`` is false where the vendor's own pages disagree.
    """

    def __init__(self, line: int, column: int, text: str, *, sure: bool = True) -> None:
        self.line = line
        self.column = column
        self.text = text
        self.sure = sure
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        super().__init__(f"The formula is invalid: [{line}:{column} {shown}]")

    @property
    def message(self) -> str:
        """The platform's whole message, however long the expression is."""
        return f"The formula is invalid: [{self.line}:{self.column} {self.text}]"


def locate(text: str, offset: int) -> tuple[int, int]:
    """Line and column of a character, as the engine counts them: from 1, and in units of UTF-16."""
    line, start = 1, 0
    for end in _LINE_END.finditer(text, 0, offset):
        if end.end() <= offset:
            line, start = line + 1, end.end()
    before = text[start:offset]
    wide = 0 if before.isascii() else sum(character > "\uffff" for character in before)
    return line, len(before) + wide + 1


def source_line(text: str, line: int) -> str:
    """The line of the source that the engine quotes when a feature is switched off."""
    return _LINE_END.split(text)[line - 1]
