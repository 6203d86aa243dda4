"""The tree of an expression. Every walk over it is a loop: an expression may be as deep as it is long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

# Kinds of nodes, with what `text`, `value` and the children are.
LITERAL: Final = "literal"  # the token; the value
REGEX_LITERAL: Final = "regex"  # the token; the pattern
TEMPLATE_LITERAL: Final = "template"  # the token; what stands between the backquotes
NAME: Final = "name"  # the token; the attribute
PROPERTY: Final = "property"  # the token; the name; the object
INDEX: Final = "index"  # the object, the key
CALL: Final = "call"  # the function with its namespace; the arguments
UNARY: Final = "unary"  # the operator; the operand
BINARY: Final = "binary"  # the operator; left, right
ASSIGN: Final = "assign"  # the operator; target, value: the few assignments that the platform does not refuse
AND: Final = "and"  # two operands or more
OR: Final = "or"
TERNARY: Final = "ternary"  # condition, then, else
ELVIS: Final = "elvis"  # value ?: other
COALESCE: Final = "coalesce"  # value ?? other
GROUP: Final = "group"  # an expression in parentheses
ARRAY: Final = "array"
LIST: Final = "list"  # an array with an ellipsis
SET: Final = "set"
MAP: Final = "map"  # key, value, key, value, …


class Node:
    """One node: ``start`` and ``end`` are offsets into the source, ``position`` is where the engine reports it.

    ``text`` is what makes it this node: an operator in its usual spelling, or the token of a leaf as it was written.
    """

    __slots__ = ("children", "end", "kind", "position", "safe", "start", "text", "value")

    def __init__(
        self,
        kind: str,
        text: str,
        children: tuple[Node, ...],
        span: tuple[int, int],
        *,
        value: object = None,
        position: int = -1,
        safe: bool = False,
    ) -> None:
        self.kind = kind
        self.text = text
        self.value = value
        self.children = children
        self.start, self.end = span
        self.position = position if position >= 0 else self.start
        self.safe = safe

    def __repr__(self) -> str:
        return f"<Node {self.kind} {self.text!r:.40} {self.start}:{self.end}>"


def postorder(root: Node) -> Iterator[Node]:
    """All nodes, children before their parent, from left to right."""
    stack: list[tuple[Node, bool]] = [(root, False)]
    while stack:
        node, is_open = stack.pop()
        if is_open or not node.children:
            yield node
            continue
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node.children))


def signature(root: Node) -> list[tuple[str, str, int, bool]]:
    """What two trees have in common that differ in nothing but blanks, comments and the spelling of operators."""
    return [(node.kind, node.text, len(node.children), node.safe) for node in postorder(root)]


def measure(root: Node) -> tuple[int, int]:
    """How many nodes a tree has, and how deep it is; parentheses do not count."""
    size = 0
    depths: list[int] = []
    for node in postorder(root):
        if node.kind == GROUP:
            continue
        size += 1
        count = len(node.children)
        below = max(depths[-count:], default=0) if count else 0
        del depths[len(depths) - count :]
        depths.append(below + 1)
    return size, depths[0]


_LEAVES = (LITERAL, REGEX_LITERAL, TEMPLATE_LITERAL, NAME)
_INFIX = (BINARY, ASSIGN, AND, OR, ELVIS, COALESCE)
_CLOSED = {ARRAY: ("[", "]"), SET: ("{", "}"), GROUP: ("(", ")")}


def to_text(root: Node) -> str:
    """The expression in its usual spelling; parsed again, it gives the same tree."""
    parts: list[str] = []
    stack: list[Node | str] = [root]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
        else:
            stack.extend(reversed(_spelling(item)))
    return "".join(parts)


def _spelling(node: Node) -> list[Node | str]:
    """The parts of a node in order, texts and nodes below it."""
    kind, text, children = node.kind, node.text, node.children
    if kind in _LEAVES:
        return [text]
    if kind == PROPERTY:
        is_number = children[0].kind == LITERAL and children[0].text[0].isdigit()
        return [children[0], " " if is_number else "", "?." if node.safe else ".", text]
    if kind == INDEX:
        return [children[0], "?[" if node.safe else "[", children[1], "]"]
    if kind == CALL:
        return [text, "(", *_separated(children, ", "), ")"]
    if kind == UNARY:
        return [text, "" if _joins(text, children[0]) else " ", children[0]]
    if kind in _INFIX:
        return _separated(children, f" {text} ")
    if kind == TERNARY:
        return [children[0], " ? ", children[1], " : ", children[2]]
    if kind == LIST:
        return ["[", *_separated(children, ", "), ", ...]" if children else "...]"]
    if kind == MAP:
        entries = [_separated(children[i : i + 2], ": ") for i in range(0, len(children), 2)]
        parts: list[Node | str] = []
        for entry in entries:
            parts += [", ", *entry] if parts else entry
        return ["{", *(parts or [":"]), "}"]
    opening, closing = _CLOSED[kind]
    return [opening, *_separated(children, ", "), closing]


def _joins(operator: str, operand: Node) -> bool:
    """Whether no blank is needed between the two: ``!$x`` would be another operator."""
    is_word = operand.kind in (NAME, LITERAL, CALL) and operand.text[0].isalnum()
    return not operator.isalpha() and (is_word or operand.kind == GROUP)


def _separated(nodes: tuple[Node, ...], separator: str) -> list[Node | str]:
    parts: list[Node | str] = []
    for node in nodes:
        parts += [separator, node] if parts else [node]
    return parts
