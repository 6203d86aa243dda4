"""How the engine abridges an expression in its messages, and what it takes for the target of an assignment."""

from __future__ import annotations

import re

from .tree import (
    AND,
    ARRAY,
    ASSIGN,
    BINARY,
    CALL,
    COALESCE,
    ELVIS,
    GROUP,
    INDEX,
    LIST,
    LITERAL,
    MAP,
    NAME,
    OR,
    PROPERTY,
    REGEX_LITERAL,
    SET,
    TEMPLATE_LITERAL,
    TERNARY,
    UNARY,
    Node,
)

_ODD_NAME = re.compile(r"\s|[!\"%&'()*+,\-./:;<=>?\[\\\]^`{|}~]")
_LEAVES = (NAME, LITERAL, REGEX_LITERAL, TEMPLATE_LITERAL)


def member_text(name: str, *, safe: bool) -> str:
    """A dot and a name, in quotes where the engine puts them."""
    needs_quotes = _ODD_NAME.search(name) is not None or name in ("size", "empty")
    escaped = name.replace("'", "\\'")
    shown = f"'{escaped}'" if needs_quotes else name
    return f"?.{shown}" if safe else f".{shown}"


def abridged(node: Node) -> str:
    """The first leaf of an expression; everything else is dots."""
    tail: list[str] = []
    while node.kind not in _LEAVES:
        if node.kind in (BINARY, ASSIGN, ELVIS, COALESCE):
            spelling = {ELVIS: "?: ...", COALESCE: "??..."}.get(node.kind, f" {node.text} ...")
            tail.append(spelling)
        elif node.kind in (AND, OR):
            tail.append((" && ..." if node.kind == AND else " || ...") * (len(node.children) - 1))
        elif node.kind == TERNARY:
            tail.append("? ... : ...")
        elif node.kind in (PROPERTY, INDEX):
            tail.append("..." if node.kind == PROPERTY or node.children[0].kind != INDEX else "")
        else:
            return _closed(node) + "".join(reversed(tail))
        node = node.children[0]
    return node.text + "".join(reversed(tail))


def _closed(node: Node) -> str:
    if node.kind == CALL:
        return f"{node.text}..."
    if node.kind == UNARY:
        has_parts = node.text in ("-", "+", "~") and len(node.children[0].children) > 1
        operator = f"{node.text} " if node.text.isalpha() else node.text
        return f"{operator}(...)" if has_parts else f"{operator}..."
    if node.kind in (ARRAY, LIST):
        return "[ ... ]" if node.children else "[  ]"
    if node.kind in (SET, MAP):
        return "{ ... }" if node.children else "{  }"
    return "(...)" if node.kind == GROUP else "..."


def is_target(node: Node) -> bool:
    """Whether the engine takes it for something that can be assigned to: it looks at the last part."""
    while node.kind not in (NAME, PROPERTY, INDEX):
        if not node.children:
            return False
        node = node.children[-1]
    return True


def is_global(node: Node) -> bool:
    """Whether it counts as a variable of the flow: the engine looks at the first part."""
    while node.kind != NAME:
        if node.kind == CALL:
            return True
        if not node.children:
            return False
        is_reference = node.kind in (PROPERTY, INDEX)
        node = node.children[0]
        if is_reference and not node.children:
            return True
    return True
