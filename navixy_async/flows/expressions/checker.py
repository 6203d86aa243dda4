"""What the platform refuses when a formula is saved, whatever the values are; and what its pages say in two ways."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from . import tree
from .errors import FormulaError, locate
from .evaluator import Refusal, refused_call, unsolvable
from .functions import ELSEWHERE, FUNCTIONS, MODES
from .numbers import Failure, to_int
from .parser import parse
from .reader import node_error
from .readings import HISTORY
from .tree import Node

_HISTORY_FUNCTIONS: Final = ("value", "genTime", "srvTime")
PLAIN: Final = frozenset(
    (
        "altitude",
        "battery_level",
        "battery_voltage",
        "ble_ids",
        "board_voltage",
        "device_id",
        "hardware_key",
        "hardware_mileage",
        "hdop",
        "heading",
        "input_status",
        "latitude",
        "longitude",
        "message_time",
        "moving",
        "output_status",
        "satellites",
        "speed",
        "status",
    )
)
"""Attributes of devices that are known to be no lists or maps."""


class Doubt(NamedTuple):
    """Something that the vendor's own pages describe in two ways, or that depends on values."""

    line: int
    column: int
    text: str


def check_tree(text: str, root: Node | None) -> list[Doubt]:
    """Raise FormulaError for what is refused whatever the values are; return what is in doubt."""
    doubts: list[Doubt] = []
    for node in _in_order(root):
        if node.kind == tree.CALL:
            _check_call(text, node, doubts)
        elif node.kind in (tree.PROPERTY, tree.INDEX):
            _check_member(text, node, doubts)
    return doubts


def refusal_error(text: str, refusal: Refusal) -> FormulaError:
    """The error of the platform for what happened while it tried sample values."""
    return node_error(text, refusal.node.position, refusal.text)


def geofence_error(text: str) -> FormulaError | None:
    """The error for a function that only logic nodes have, in the formula of an attribute; its text is assumed."""
    for node in _in_order(parse(text)):
        function = FUNCTIONS.get(node.text) if node.kind == tree.CALL else None
        if function is not None and function.only_logic:
            return node_error(text, node.position, unsolvable(node.text, len(node.children)), sure=False)
    return None


def _in_order(root: Node | None) -> Iterator[Node]:
    """Calls and members in the order in which the engine comes to them: unknown namespaces before their arguments."""
    stack: list[tuple[Node, bool]] = [] if root is None else [(root, False)]
    while stack:
        node, is_open = stack.pop()
        if is_open or not node.children:
            if node.kind in (tree.CALL, tree.PROPERTY, tree.INDEX):
                yield node
            continue
        if node.kind == tree.CALL and (refused := refused_call(node)) and not refused.is_late:
            yield node
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node.children))


def _doubt(text: str, node: Node, what: str) -> Doubt:
    return Doubt(*locate(text, node.start), what)


def _check_call(text: str, node: Node, doubts: list[Doubt]) -> None:
    refused = refused_call(node)
    if refused is not None:
        raise node_error(text, node.position, refused.text, sure=node.text not in ELSEWHERE)
    if node.text in _HISTORY_FUNCTIONS:
        _check_history(text, node, doubts)
    elif node.text.startswith("math:") and any(
        child.kind == tree.LITERAL and isinstance(child.value, str | bool) for child in node.children
    ):
        raise node_error(text, node.position, unsolvable(node.text.partition(":")[2], len(node.children)))


def _check_history(text: str, node: Node, doubts: list[Doubt]) -> None:
    if len(node.children) < 3:
        doubts.append(
            _doubt(text, node, f"{node.text}() takes exactly three arguments by one page, and less in published flows")
        )
    name, index, mode = [*node.children, None, None][:3]
    if (name is not None and _is_other_literal(name, str)) or (index is not None and _is_other_literal(index, int)):
        # The types of the arguments are not documented.
        raise node_error(text, node.position, unsolvable(node.text, len(node.children)), sure=False)
    number = _literal_index(index)
    is_beyond = node.text == "value" and number is not None and not 0 <= number < HISTORY
    is_unknown = mode is not None and mode.kind == tree.LITERAL and mode.value not in MODES
    if is_beyond or is_unknown:
        raise node_error(text, node.position, f"JEXL error : {node.text}")
    if mode is not None and mode.kind == tree.NAME and mode.value in MODES:
        doubts.append(_doubt(text, mode, "the mode stands without quotes on one page, and has to have them by another"))
    if node.text != "value" and number is not None and not 0 <= number < HISTORY:
        doubts.append(_doubt(text, node, f"{node.text}() with an index beyond {HISTORY - 1} is null for ever"))


def _is_other_literal(node: Node, wanted: type) -> bool:
    """Whether it is a literal of another kind: a text where a number is needed, or the reverse."""
    if node.kind != tree.LITERAL or isinstance(node.value, Failure):
        return False
    return isinstance(node.value, str) != (wanted is str)


def _literal_index(node: Node | None) -> int | None:
    sign = 1
    if node is not None and node.kind == tree.UNARY and node.text == "-":
        sign, node = -1, node.children[0]
    if node is None or node.kind != tree.LITERAL or isinstance(node.value, bool):
        return None
    return sign * to_int(node.value) if isinstance(node.value, int | float | Decimal) else None


def _check_member(text: str, node: Node, doubts: list[Doubt]) -> None:
    owner = node.children[0]
    while owner.kind == tree.GROUP:
        owner = owner.children[0]
    if node.safe or (owner.kind == tree.LITERAL and owner.value is None):
        return
    key = node.children[1] if node.kind == tree.INDEX else node
    is_plain = owner.kind == tree.LITERAL or (owner.kind == tree.NAME and owner.value in PLAIN)
    if is_plain and key.kind in (tree.LITERAL, tree.PROPERTY):
        shown = key.value if isinstance(key.value, str) else key.text
        raise node_error(text, key.position, f"undefined property '{shown}'")
    if owner.kind == tree.NAME:
        doubts.append(_doubt(text, node, f"{owner.text} has no members unless it holds a list or a map"))
