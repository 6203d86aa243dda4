"""An expression as a list of instructions, and the machine that follows them.

The first failure ends the whole expression with null. Three things go on after one: a condition that fails on null
counts as false, ``?:`` and ``??`` take the other side, and ``size`` and ``empty`` take any failure for nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from . import tree
from .arithmetic import BINARY_OPERATORS, UNARY_OPERATORS, member, negate_literal, truth
from .collections import Array, ValueSet, among, key_of, text_of
from .functions import FUNCTIONS, MODES, NAMESPACES, Function, Surroundings
from .functions_math import NoSuchMethod
from .numbers import Failure, unsimulated
from .patterns import JavaPattern
from .tree import Node

(
    _CONSTANT,
    _NAME,
    _BINARY,
    _UNARY,
    _CALL,
    _DECIDE,
    _TRUTH,
    _BRANCH,
    _JUMP,
    _KEEP_TRUE,
    _KEEP_SET,
    _GUARD,
    _UNGUARD,
    _MEMBER,
    _COLLECT,
    _SAFE_OWNER,
    _REFUSED,
) = range(17)

_ANY, _ON_NULL = 0, 1


class Refusal(Failure):
    """What the platform refuses if it happens while it tries a formula with sample values: null at run time."""

    def __init__(self, node: Node, text: str, why: str) -> None:
        super().__init__(why)
        self.node = node
        self.text = text


class Instruction(NamedTuple):
    """What is done, with what, where to go, and the node whose value stands on top of the stack after it."""

    code: int
    argument: object
    target: int
    node: Node | None


class Variables(Surroundings):
    """What an expression is evaluated with."""

    def attribute(self, name: str) -> object:
        """The current value of an attribute; None if it was never seen."""
        raise NotImplementedError


Trace = dict[Node, object]
"""What each node came to: a value, or the :class:`Failure`."""


def compile_steps(root: Node | None) -> list[Instruction]:
    """The steps of a tree, in the order of evaluation."""
    return _Compiler().compile(root)


class _Compiler:
    """Walks a tree without recursion: what is still to do stands on a stack, last first."""

    def __init__(self) -> None:
        self._steps: list[Instruction | None] = []
        self._todo: list[Node | Callable[[], None]] = []

    def compile(self, root: Node | None) -> list[Instruction]:
        if root is None:
            return [Instruction(_CONSTANT, None, 0, None)]
        self._todo.append(root)
        while self._todo:
            item = self._todo.pop()
            if isinstance(item, Node):
                self._node(item)
            else:
                item()
        return [step for step in self._steps if step is not None]

    def _emit(self, code: int, argument: object = None, node: Node | None = None, target: int = 0) -> int:
        self._steps.append(Instruction(code, argument, target, node))
        return len(self._steps) - 1

    def _later(self, *items: Node | Callable[[], None]) -> None:
        self._todo.extend(reversed(items))

    def _aim(self, index: int) -> None:
        """Let a step that was made before jump to here."""
        step = self._steps[index]
        if step is not None:
            self._steps[index] = step._replace(target=len(self._steps))

    def _node(self, node: Node) -> None:
        kind = node.kind
        if kind == tree.LITERAL:
            self._emit(_CONSTANT, node.value, node)
        elif kind == tree.NAME:
            self._emit(_NAME, node.value, node)
        elif kind == tree.BINARY:
            self._later(*node.children, lambda: self._done(_BINARY, BINARY_OPERATORS[node.text], node))
        elif kind == tree.UNARY:
            self._unary(node)
        elif kind == tree.GROUP:
            self._later(node.children[0])
        elif kind == tree.CALL:
            self._call(node)
        elif kind in (tree.AND, tree.OR):
            self._short_circuit(node)
        elif kind == tree.TERNARY:
            self._ternary(node)
        elif kind in (tree.ELVIS, tree.COALESCE):
            self._otherwise(node)
        elif kind in (tree.PROPERTY, tree.INDEX):
            self._member(node)
        elif kind == tree.REGEX_LITERAL:
            self._emit(_CONSTANT, JavaPattern(str(node.value)), node)
        elif kind == tree.TEMPLATE_LITERAL:
            has_parts = "${" in str(node.value) or "#{" in str(node.value)
            self._emit(_CONSTANT, unsimulated("a text in backquotes") if has_parts else node.value, node)
        elif kind == tree.ASSIGN:
            self._emit(_CONSTANT, unsimulated("an assignment"), node)
        else:
            count = len(node.children)
            self._later(*node.children, lambda: self._done(_COLLECT, (kind, count), node))

    def _done(self, code: int, argument: object, node: Node) -> None:
        self._emit(code, argument, node)

    def _push(self, value: object) -> None:
        self._emit(_CONSTANT, value)

    def _unary(self, node: Node) -> None:
        (operand,) = node.children
        if node.text == "-" and operand.kind == tree.LITERAL and _is_number(operand.value):
            value = operand.value
            self._emit(_CONSTANT, value if isinstance(value, Failure) else negate_literal(value, operand.text), node)
            return
        if node.text not in ("size", "empty"):
            self._later(operand, lambda: self._done(_UNARY, UNARY_OPERATORS[node.text], node))
            return
        guard = self._emit(_GUARD, (_ANY, 0 if node.text == "size" else True))

        def close() -> None:
            self._emit(_UNGUARD)
            self._emit(_UNARY, UNARY_OPERATORS[node.text], node)
            self._aim(guard)

        self._later(operand, close)

    def _call(self, node: Node) -> None:
        refused = refused_call(node)
        if refused is not None and not refused.is_late:
            self._emit(_REFUSED, refused, node)
            return
        arguments: list[Node | Callable[[], None]] = [*node.children]
        if len(arguments) == 3 and node.text in ("value", "genTime", "srvTime"):
            mode = node.children[2]
            if mode.kind == tree.NAME and mode.value in MODES:
                arguments[2] = lambda: self._done(_CONSTANT, mode.value, mode)
        self._later(*arguments, lambda: self._done(_REFUSED if refused else _CALL, refused or node, node))

    def _short_circuit(self, node: Node) -> None:
        exits: list[int] = []
        decisive = node.kind == tree.OR
        items: list[Node | Callable[[], None]] = []
        for child in node.children[:-1]:
            items += [child, lambda: exits.append(self._emit(_DECIDE, decisive))]

        def close() -> None:
            self._emit(_TRUTH)
            for index in exits:
                self._aim(index)
            self._emit(_JUMP, None, node, len(self._steps) + 1)

        self._later(*items, node.children[-1], close)

    def _ternary(self, node: Node) -> None:
        condition, then, otherwise = node.children
        guard = self._emit(_GUARD, (_ON_NULL, None))
        jumps: list[int] = []

        def branch() -> None:
            self._emit(_UNGUARD)
            self._aim(guard)
            jumps.append(self._emit(_BRANCH))

        def leave() -> None:
            jumps.append(self._emit(_JUMP))
            self._aim(jumps[0])

        def close() -> None:
            self._aim(jumps[1])
            self._emit(_JUMP, None, node, len(self._steps) + 1)

        self._later(condition, branch, then, leave, otherwise, close)

    def _otherwise(self, node: Node) -> None:
        value, other = node.children
        guard = self._emit(_GUARD, (_ON_NULL, None))
        jumps: list[int] = []

        def keep() -> None:
            self._emit(_UNGUARD)
            self._aim(guard)
            jumps.append(self._emit(_KEEP_TRUE if node.kind == tree.ELVIS else _KEEP_SET))

        def close() -> None:
            self._aim(jumps[0])
            self._emit(_JUMP, None, node, len(self._steps) + 1)

        self._later(value, keep, other, close)

    def _member(self, node: Node) -> None:
        if node.kind == tree.PROPERTY:
            self._later(node.children[0], lambda: self._push(node.value), lambda: self._done(_MEMBER, node, node))
            return
        jumps: list[int] = []

        def close() -> None:
            self._emit(_MEMBER, node, node)
            self._aim(jumps[0])

        self._later(
            node.children[0], lambda: jumps.append(self._emit(_SAFE_OWNER, None, node)), node.children[1], close
        )


def constant_of(steps: list[Instruction]) -> tuple[bool, object]:
    """Whether steps come to the same value for every message, and that value."""
    first = steps[0]
    is_constant = len(steps) == 1 and first.code == _CONSTANT and not isinstance(first.argument, Failure)
    return is_constant, first.argument if is_constant else None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal | Failure) and not isinstance(value, bool)


class RefusedCall(NamedTuple):
    """Why a call is refused whatever its arguments are."""

    text: str
    is_late: bool
    """Whether the arguments are evaluated before."""


def refused_call(node: Node) -> RefusedCall | None:
    """Whether the platform knows such a function with so many arguments."""
    namespace, separator, name = node.text.rpartition(":")
    if separator and namespace not in NAMESPACES:
        return RefusedCall(f"JEXL error : no such function namespace {namespace}", is_late=False)
    function = FUNCTIONS.get(node.text)
    if function is not None and takes(function, len(node.children)):
        return None
    return RefusedCall(unsolvable(name, len(node.children)), is_late=True)


def takes(function: Function, count: int) -> bool:
    """Whether a function can be called with so many arguments; one of them has a gap."""
    return function.takes(count) and not (function.name == "util:hexToLong" and count == 2)


def unsolvable(name: str, count: int) -> str:
    """The engine's words for a function that it does not find."""
    signature = f"{name}({', '.join(['arg'] * count)})" if count else name
    return f"unsolvable function/method '{signature}'"


class _Guard(NamedTuple):
    target: int
    height: int
    kind: int
    value: object


def run(
    steps: list[Instruction], variables: Variables, trace: Trace | None = None, *, is_trial: bool = False
) -> object:
    """The value of an expression; raises :class:`Failure` where the platform makes null.

    With ``is_trial``, a :class:`Refusal` is not caught by guards: the platform refuses to save.
    """
    stack: list[object] = []
    guards: list[_Guard] = []
    position, end = 0, len(steps)
    step = steps[0]
    while True:
        try:
            while position < end:
                step = steps[position]
                position += 1
                code = step[0]
                if code == _NAME:  # the most frequent ones, without a call
                    stack.append(variables.attribute(step[1]))  # type: ignore[arg-type]
                elif code == _BINARY:
                    right = stack.pop()
                    stack[-1] = step[1](stack[-1], right)  # type: ignore[operator]
                elif code == _CONSTANT and not isinstance(step[1], Failure):
                    stack.append(step[1])
                else:
                    position = _take(step, stack, guards, variables, position)
                if trace is not None and step.node is not None and code != _SAFE_OWNER:
                    trace[step.node] = stack[-1]
            return stack[-1]
        except Failure as failure:
            if trace is not None and step.node is not None:
                trace[step.node] = failure
            guard = None if is_trial and isinstance(failure, Refusal) else _guard_for(failure, guards)
            if guard is None:
                raise
            del stack[guard.height :]
            stack.append(guard.value)
            position = guard.target


def _guard_for(failure: Failure, guards: list[_Guard]) -> _Guard | None:
    while guards:
        guard = guards.pop()
        if guard.kind == _ANY or failure.is_null:
            return guard
    return None


def _take(step: Instruction, stack: list[object], guards: list[_Guard], variables: Variables, position: int) -> int:
    """One of the less frequent steps; returns the position of the next one."""
    code, argument = step.code, step.argument
    if code == _CONSTANT and isinstance(argument, Failure):
        raise Failure(argument.why, is_unsimulated=True)
    if code == _UNARY:
        stack[-1] = argument(stack[-1])  # type: ignore[operator]
    elif code == _CALL:
        _call(argument, stack, variables)  # type: ignore[arg-type]
    elif code == _DECIDE:
        if truth(stack[-1]) == argument:
            return step.target
        stack.pop()
    elif code == _TRUTH:
        truth(stack[-1])
    elif code == _BRANCH:
        condition = stack.pop()
        if condition is None or not truth(condition):
            return step.target
    elif code == _JUMP:
        return step.target
    elif code == _KEEP_TRUE:
        if stack[-1] is not None and truth(stack[-1]):
            return step.target
        stack.pop()
    elif code == _KEEP_SET:
        if stack[-1] is not None:
            return step.target
        stack.pop()
    elif code == _GUARD:
        guards.append(_Guard(step.target, len(stack), *argument))  # type: ignore[misc]
    elif code == _UNGUARD:
        guards.pop()
    elif code == _MEMBER:
        key = stack.pop()
        stack[-1] = _member(argument, stack[-1], key)  # type: ignore[arg-type]
    elif code == _COLLECT:
        _collect(argument, stack)  # type: ignore[arg-type]
    elif code == _SAFE_OWNER:
        if stack[-1] is None:
            return step.target
    else:
        raise Refusal(step.node, argument.text, argument.text)  # type: ignore[arg-type, attr-defined]
    return position


def _call(node: Node, stack: list[object], variables: Variables) -> None:
    count = len(node.children)
    arguments = stack[len(stack) - count :]
    del stack[len(stack) - count :]
    stack.append(call_function(node, arguments, variables))


def call_function(node: Node, arguments: list[object], variables: Variables) -> object:
    """What a function gives; raises :class:`Failure`."""
    try:
        return FUNCTIONS[node.text].call(variables, arguments)
    except NoSuchMethod as failure:
        text = unsolvable(node.text.rpartition(":")[2], len(arguments))
        raise Refusal(node, text, failure.why) from None
    except Failure as failure:
        if node.text in ("value", "genTime", "srvTime") and not failure.is_unsimulated:
            raise Refusal(node, f"JEXL error : {node.text}", failure.why) from None
        raise


def _member(node: Node, owner: object, key: object) -> object:
    if owner is None:
        return None
    is_there, value = member(owner, key)
    if is_there or node.safe:
        return value
    text = "null" if key is None else text_of(key)
    where = node.children[1] if node.kind == tree.INDEX else node
    raise Refusal(where, f"undefined property '{text}'", f"there is no {text[:40]!r} in it")


def _collect(argument: tuple[str, int], stack: list[object]) -> None:
    kind, count = argument
    values = stack[len(stack) - count :]
    del stack[len(stack) - count :]
    if kind == tree.MAP:
        stack.append({key_of(key): value for key, value in zip(values[::2], values[1::2], strict=True)})
    elif kind == tree.SET:
        kept = ValueSet()
        for value in values:
            if not among(value, kept):
                kept.append(value)
        stack.append(kept)
    else:
        stack.append(Array(values) if kind == tree.ARRAY else values)
