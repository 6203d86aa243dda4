"""Tokens one after the other, and errors at tokens and at nodes."""

from __future__ import annotations

from typing import Final

from .errors import FormulaError, locate, source_line
from .tokens import NAME, UNREADABLE, Token, tokenize, unreadable

MAX_LENGTH: Final = 100_000
"""How long an expression may be; the platform's own bound is not known."""
_COLUMN_MASK = 0xFFF  # the engine keeps the columns of nodes, unlike those of tokens, in 12 bits


class TokenReader:
    """The tokens of one expression, with a look ahead; what is unreadable is an error once it is looked at."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            what = f"an expression of {len(text):,} characters; no more than {MAX_LENGTH:,} are read"
            raise FormulaError(1, 1, what, sure=False)
        self._text = text
        self._tokens = tokenize(text)
        self._index = 0

    def _peek(self, ahead: int = 0) -> Token:
        token = self._tokens[self._index + ahead]
        if token.kind == UNREADABLE:
            raise unreadable(self._text, token.start)
        return token

    def _kind(self, ahead: int = 0) -> str:
        kind = self._tokens[self._index + ahead].kind
        if kind == UNREADABLE:
            raise unreadable(self._text, self._tokens[self._index + ahead].start)
        return kind

    def _take(self) -> Token:
        token = self._peek()
        self._index += 1
        return token

    def _error_at_token(self, token: Token, text: str) -> FormulaError:
        line, column = locate(self._text, token.start)
        return FormulaError(line, column, text)

    def _error_at_node(self, position: int, text: str) -> FormulaError:
        return node_error(self._text, position, text)

    def _parameters(self, index: int) -> tuple[Token | None, int] | None:
        """The first parameter of ``(x, y)``, and where the list ends; None where there is no such list."""
        kinds = self._tokens
        end = len(kinds) - 1
        first: Token | None = None
        if kinds[index].kind != "(":
            return None
        index += 1
        while index < end:
            if kinds[index].kind in ("var", "let", "const"):
                index += 1
            if kinds[index].kind != NAME:
                break
            first = first or kinds[index]
            index += 1
            if kinds[index].kind != ",":
                break
            index += 1
        self._index, kept = index, self._index
        is_closed = self._kind() == ")"
        self._index = kept
        is_list = is_closed and (first is None or kinds[index - 1].kind == NAME)
        return (first, index + 1) if is_list else None

    def _arrow(self, index: int) -> bool:
        return self._tokens[index].kind in ("->", "=>")

    def _switched_off(self, token: Token, feature: str) -> FormulaError:
        """A feature that is reported with the line of the source."""
        line, column = locate(self._text, token.start)
        return FormulaError(line, column, f"{feature} error in '{source_line(self._text, line)}'")


def node_error(text: str, position: int, message: str, *, sure: bool = True) -> FormulaError:
    """An error at a node."""
    line, column = locate(text, position)
    return FormulaError(line, column & _COLUMN_MASK, message, sure=sure)
