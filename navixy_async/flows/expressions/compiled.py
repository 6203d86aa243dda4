"""An expression as one function, for values by the million: what :func:`evaluator.run` gives, some four times as fast.

A function is made for each node of a kind that is frequent; parts of all other kinds are left to the evaluator. Numbers
of the common types are calculated here, where nothing special can come of them, and by the engine's operator otherwise.
No code is generated from text.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

from . import tree
from .arithmetic import BINARY_OPERATORS, UNARY_OPERATORS, Operator, truth
from .evaluator import Variables, call_function, compile_steps, constant_of, refused_call, run
from .functions import MODES
from .numbers import INT_MAX, INT_MIN, Failure
from .readings import HISTORY
from .tree import Node

Formula = Callable[[Mapping[str, object], Variables], object]
"""The value of an expression for the attributes by name; raises :class:`Failure` where the platform makes null."""

_MAX_DEPTH: Final = 50
"""Deeper expressions are evaluated step by step: functions that call each other are bounded by Python's stack."""

_ARITHMETIC: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
_ORDER: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compile_formula(root: Node | None) -> Formula:
    """A function of a tree; it gives what its steps give."""
    if root is None:
        return _constant(None)
    return _by_steps(root) if tree.measure(root)[1] > _MAX_DEPTH else _formula(root)


def _formula(node: Node) -> Formula:
    while node.kind == tree.GROUP:
        node = node.children[0]
    make = _MAKERS.get(node.kind)
    if make is None or node.kind == tree.UNARY:
        is_constant, value = constant_of(compile_steps(node))
        if is_constant:
            return _constant(value)
    return (make(node) if make is not None else None) or _by_steps(node)


def _constant(value: object) -> Formula:
    return lambda _attributes, _variables: value


def _by_steps(node: Node) -> Formula:
    steps = compile_steps(node)
    return lambda _attributes, variables: run(steps, variables)


def _name(node: Node) -> Formula:
    name = str(node.value)
    return lambda attributes, _variables: attributes.get(name)


def _binary(node: Node) -> Formula:
    left, right = map(_formula, node.children)
    generic = BINARY_OPERATORS[node.text]
    if node.text in _ARITHMETIC:
        return _arithmetic(_ARITHMETIC[node.text], generic, left, right)
    if node.text in _ORDER:
        return _order(_ORDER[node.text], generic, left, right)
    if node.text == "/":
        return _division(generic, left, right)
    return lambda attributes, variables: generic(left(attributes, variables), right(attributes, variables))


def _arithmetic(calculate: Callable[[Any, Any], Any], generic: Operator, left: Formula, right: Formula) -> Formula:
    def arithmetic(attributes: Mapping[str, object], variables: Variables) -> object:
        x, y = left(attributes, variables), right(attributes, variables)
        kind, other = type(x), type(y)
        if kind is int and other is int:
            result = calculate(x, y)
            if INT_MIN <= result <= INT_MAX:
                return result
        elif (kind is float or kind is int) and (other is float or other is int):
            return calculate(x, y)
        return generic(x, y)

    return arithmetic


def _division(generic: Operator, left: Formula, right: Formula) -> Formula:
    def divide(attributes: Mapping[str, object], variables: Variables) -> object:
        x, y = left(attributes, variables), right(attributes, variables)
        if type(y) is float and y and (type(x) is float or type(x) is int):
            return x / y
        if type(x) is int and type(y) is int and y > 0 and x >= 0:
            return x // y
        return generic(x, y)

    return divide


def _order(holds: Callable[[Any, Any], bool], generic: Operator, left: Formula, right: Formula) -> Formula:
    def order(attributes: Mapping[str, object], variables: Variables) -> object:
        x, y = left(attributes, variables), right(attributes, variables)
        if type(x) is int and type(y) is int:
            return holds(x, y)
        return generic(x, y)  # NaN and -0.0 have a place of their own

    return order


def _unary(node: Node) -> Formula | None:
    if node.text in ("size", "empty"):
        return None
    operand, operate = _formula(node.children[0]), UNARY_OPERATORS[node.text]
    return lambda attributes, variables: operate(operand(attributes, variables))


def _short_circuit(node: Node) -> Formula:
    decisive = node.kind == tree.OR
    *first, last = map(_formula, node.children)

    def decide(attributes: Mapping[str, object], variables: Variables) -> object:
        for operand in first:
            value = operand(attributes, variables)
            if truth(value) == decisive:
                return value
        value = last(attributes, variables)
        truth(value)
        return value

    return decide


def _or_null(formula: Formula) -> Formula:
    """What fails on a null is null."""

    def guarded(attributes: Mapping[str, object], variables: Variables) -> object:
        try:
            return formula(attributes, variables)
        except Failure as failure:
            if not failure.is_null:
                raise
            return None

    return guarded


def _ternary(node: Node) -> Formula:
    condition, then, otherwise = map(_formula, node.children)
    condition = _or_null(condition)

    def choose(attributes: Mapping[str, object], variables: Variables) -> object:
        value = condition(attributes, variables)
        return (then if value is not None and truth(value) else otherwise)(attributes, variables)

    return choose


def _otherwise(node: Node) -> Formula:
    value, other = map(_formula, node.children)
    value = _or_null(value)
    is_elvis = node.kind == tree.ELVIS

    def choose(attributes: Mapping[str, object], variables: Variables) -> object:
        found = value(attributes, variables)
        if found is not None and (not is_elvis or truth(found)):
            return found
        return other(attributes, variables)

    return choose


def _call(node: Node) -> Formula | None:
    if refused_call(node) is not None:
        return None
    if node.text in ("value", "genTime", "srvTime"):
        return _newer_or_older_value(node)
    arguments = [_formula(child) for child in node.children]
    return lambda attributes, variables: call_function(
        node, [argument(attributes, variables) for argument in arguments], variables
    )


def _newer_or_older_value(node: Node) -> Formula | None:
    """``value()`` whose arguments are literals; all other reads of a history are left to the steps."""
    if node.text != "value" or len(node.children) != len(("name", "index", "mode")):
        return None
    name, index, mode = (child.value for child in node.children)
    is_plain = all(child.kind == tree.LITERAL for child in node.children[:2]) and type(index) is int
    if not is_plain or not isinstance(name, str) or not isinstance(index, int) or not 0 <= index < HISTORY:
        return None
    if not isinstance(mode, str) or mode not in MODES or node.children[2].kind not in (tree.LITERAL, tree.NAME):
        return None
    position, which = index, mode

    def value(_attributes: Mapping[str, object], variables: Variables) -> object:
        readings = variables.readings(name, which)
        return readings[position].value if position < len(readings) else None

    return value


_MAKERS: Final[dict[str, Callable[[Node], Formula | None]]] = {
    tree.NAME: _name,
    tree.BINARY: _binary,
    tree.UNARY: _unary,
    tree.AND: _short_circuit,
    tree.OR: _short_circuit,
    tree.TERNARY: _ternary,
    tree.ELVIS: _otherwise,
    tree.COALESCE: _otherwise,
    tree.CALL: _call,
}
