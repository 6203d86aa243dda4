"""Rules for expressions: how large they are, and the traps of the language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..expressions import tree
from ..expressions.errors import FormulaError
from ..expressions.parser import parse
from ..expressions.tree import Node
from ..graph import LOGIC
from ..validate.content import items_of
from .report import AuditedFlow, AuditFinding, Severity, text_of

_LARGEST: Final = 25
_DEEPEST: Final = 6
_LONGEST: Final = 160
_LONGEST_READ: Final = 10_000
_HISTORY: Final = ("value", "genTime", "srvTime")
_NEGATIONS: Final = ("!=", "!~", "!^", "!$")
_COMPARISONS: Final = ("==", "!=", "<", ">", "<=", ">=")

Trap = tuple[str, Severity, str, str]
"""Rule, severity, message and advice."""


def audit_expressions(flow: AuditedFlow) -> Iterator[AuditFinding]:
    """All rules over all expressions; what cannot be parsed is for the checks."""
    for number, title, path, name, text in _expressions(flow):
        try:
            root = parse(text)
        except FormulaError:
            continue
        if root is None:
            continue
        for rule, severity, message, advice in (*_size(text, root, title), *_traps(text, root, name)):
            yield flow.finding(rule, severity, f"{message} in node #{number}", advice, number, parameter=path)


def _expressions(flow: AuditedFlow) -> Iterator[tuple[int, str, str, str, str]]:
    """Node, its title, the path, the attribute that is made, and the text."""
    for node in flow.graph.nodes:
        if node.type == LOGIC:
            yield node.id, node.title, "data.condition", text_of(node.data, "name"), text_of(node.data, "condition")
        for index, item in enumerate(items_of(node)):
            if isinstance(item, dict):
                for member in ("value", "generation_time", "server_time"):
                    path = f"data.items[{index}].{member}"
                    yield node.id, node.title, path, text_of(item, "name"), text_of(item, member)


def _size(text: str, root: Node, title: str) -> Iterator[Trap]:
    size, depth = tree.measure(root)
    nested = _nested_ternaries(root)
    if size > _LARGEST or depth > _DEEPEST or len(text) > _LONGEST or nested > 1:
        what = f"An expression has {size} parts, {depth} levels and {len(text)} characters"
        advice = f"split it into attributes of at most {_LARGEST} parts, {_DEEPEST} levels, {_LONGEST} characters"
        yield "simple", "warning", what, advice
    is_long = size > _LARGEST // 2 or depth > _DEEPEST // 2 or len(text) > _LONGEST // 2
    if is_long and not title and "##" not in text and "//" not in text and "/*" not in text:
        yield "documented", "notice", "A long expression has no comment", "say in a comment or a title what it does"


def _nested_ternaries(root: Node) -> int:
    """How many ternaries stand inside of others."""
    inside = 0
    stack = [(root, False)]
    while stack:
        node, is_inside = stack.pop()
        inside += is_inside and node.kind == tree.TERNARY
        stack.extend((child, is_inside or node.kind == tree.TERNARY) for child in node.children)
    return inside


def _traps(text: str, root: Node, name: str) -> Iterator[Trap]:
    if len(text) > _LONGEST_READ:  # the rule on size has said enough
        return
    nodes = list(tree.postorder(root))
    guarded = _guarded(nodes)
    functions = {node.text for node in nodes if node.kind == tree.CALL}
    unguarded = sorted(
        {
            str(child.value)
            for node in nodes
            if node.kind == tree.BINARY and node.text in _NEGATIONS
            for child in map(_inner, node.children)
            if child.kind == tree.NAME and child.value not in guarded
        }
    )
    if unguarded:
        advice = "ask for a value first, for example x != null && …"
        yield "presence_guard", "notice", f"A negation is also met by a missing {', '.join(unguarded)}", advice
    for node in nodes:
        yield from _trap(node, guarded)
    if name and name not in guarded and name in _names(nodes):
        advice = "give it a first value, for example (value('x', 0, 'valid') ?: 0) + 1"
        yield "null_counter", "warning", "An attribute that is made of its own last value stays null", advice
    if "util:hexToLong" in functions and "util:bytes" in functions:
        advice = "byte 0 is leftmost in hexToLong, and lowest in bytes"
        yield "byte_order", "notice", "util:hexToLong and util:bytes stand side by side", advice


def _trap(node: Node, guarded: set[object]) -> Iterator[Trap]:
    if node.kind == tree.OR:
        before = (inner for child in node.children[:-1] for inner in tree.postorder(child))
        names = sorted({str(found.value) for found in before if found.kind == tree.NAME} - guarded)
        if names:
            advice = "guard it, or let it stand last"
            yield "null_in_or", "notice", f"If {', '.join(names)} is null, the right side of || is not asked", advice
    elif node.kind == tree.CALL and node.text in _HISTORY and len(node.children) > 1:
        index = node.children[1].value
        if isinstance(index, int) and index > 11:
            yield "history_index", "warning", f"{node.text}() of index {index:d} is always null", "use 0 to 11"
    elif node.kind == tree.BINARY and node.text == "/":
        left, right = map(_inner, node.children)
        if _is_whole(right) and (_is_whole(left) or left.kind == tree.NAME):
            advice = f"write {right.text}.0 if the fraction matters"
            yield "integer_division", "notice", "A whole number divided by a whole number is a whole number", advice
    elif node.kind == tree.BINARY and node.text in ("&", "|", "^") and any(map(_is_comparison, node.children)):
        advice = "put the bits in parentheses: (x & 2) == 2"
        yield "bit_precedence", "warning", f"{node.text} takes the result of a comparison", advice


def _guarded(nodes: list[Node]) -> set[object]:
    """The attributes that are compared to null, or have another value in their place."""
    guarded: set[object] = set()
    for node in nodes:
        sides = [_inner(child) for child in node.children]
        is_null_test = node.kind == tree.BINARY and any(
            side.kind == tree.LITERAL and side.value is None for side in sides
        )
        has_other = node.kind in (tree.ELVIS, tree.COALESCE)
        asks_size = node.kind in (tree.CALL, tree.UNARY) and node.text in ("empty", "size")
        if is_null_test or has_other or asks_size:
            guarded |= set(_names(list(tree.postorder(node.children[0] if has_other else node))))
    return guarded


def _names(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        if node.kind == tree.NAME:
            yield str(node.value)
        elif node.kind == tree.CALL and node.text == "value" and isinstance(node.children[0].value, str):
            yield node.children[0].value


def _inner(node: Node) -> Node:
    while node.kind == tree.GROUP:
        node = node.children[0]
    return node


def _is_comparison(node: Node) -> bool:
    return node.kind == tree.BINARY and node.text in _COMPARISONS


def _is_whole(node: Node) -> bool:
    return node.kind == tree.LITERAL and isinstance(node.value, int) and not isinstance(node.value, bool)
