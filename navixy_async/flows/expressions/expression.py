"""One expression of IoT Logic: checked when it is made, and evaluated as the platform would."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from ...errors import InvalidInput
from . import tree
from .checker import Doubt, check_tree, refusal_error
from .collections import from_python, to_python, type_name
from .compiled import Formula, compile_formula
from .evaluator import Instruction, Refusal, Trace, Variables, compile_steps, run
from .numbers import Failure, unsimulated
from .parser import parse
from .readings import Reading, queue, read_history
from .tree import Node

_OF_HISTORY = ("value", "genTime", "srvTime")
Geofence = Callable[[str, int], bool]
"""Whether a predicate holds for this message: called with its name (``inGeofence``, …) and the id of a zone."""


class Expression:
    """An expression, as it stands in a condition or in the value of an attribute.

    Raises :class:`FormulaError` where the platform refuses to save it, with its text and its column. The platform tries
    a formula with sample values of its own, which nobody knows; what is refused only for certain values is found if
    ``sample`` gives some, by name.
    """

    def __init__(self, text: str, *, sample: Mapping[str, object] | None = None) -> None:
        if not isinstance(text, str):
            raise InvalidInput(f"an expression is a text, not a {type(text).__name__}")
        self.text = text
        self._root = parse(text)
        self.doubts: tuple[Doubt, ...] = tuple(check_tree(text, self._root))
        self._compiled: list[Instruction] | None = None
        if sample is not None:
            self._try(sample)

    @property
    def instructions(self) -> list[Instruction]:
        """What the evaluator follows."""
        if self._compiled is None:
            self._compiled = compile_steps(self._root)
        return self._compiled

    @property
    def formula(self) -> Formula:
        """The same as a function, which is faster and without a trace."""
        return compile_formula(self._root)

    @property
    def remembered(self) -> frozenset[str] | None:
        """The attributes whose history it reads; None if it calculates a name, so that it may be any."""
        calls = [node for node in self._nodes() if node.kind == tree.CALL and node.text in _OF_HISTORY]
        names = {node.children[0].value for node in calls if node.children and node.children[0].kind == tree.LITERAL}
        texts = frozenset(name for name in names if isinstance(name, str))
        is_calculated = any(not node.children or node.children[0].kind != tree.LITERAL for node in calls)
        return None if is_calculated else texts

    def _nodes(self) -> Iterator[Node]:
        return iter(()) if self._root is None else tree.postorder(self._root)

    def _try(self, sample: Mapping[str, object]) -> None:
        try:
            run(self.instructions, _Message(sample, {}, None, None), is_trial=True)
        except Refusal as refusal:
            raise refusal_error(self.text, refusal) from None
        except Failure:
            pass

    def evaluate(
        self,
        attributes: Mapping[str, object] | None = None,
        *,
        history: Mapping[str, object] | None = None,
        now: int | None = None,
        geofence: Geofence | None = None,
    ) -> object:
        """The value for one message: int, float, Decimal, str, bool, list or dict; None where the platform makes null.

        ``attributes`` are the message's values by name. ``history`` has for each name its readings, newest first, as
        ``(value, generated, received)`` with times in ms since 1970; the newest is the value where ``attributes``
        lack the name. ``now`` is the platform's clock in ms; without it, that of the newest reading. A plain int of
        more than 32 bits is a long, one of more than 64 is big; ``Long(5)``, ``Big(5)``, ``Float(1.5)`` and
        ``Decimal`` are what they say.

        Why a value is null is in :meth:`explain`. Raises InvalidInput for arguments of another kind.
        """
        return self.evaluate_typed(attributes, history=history, now=now, geofence=geofence)[1]

    def evaluate_typed(
        self,
        attributes: Mapping[str, object] | None = None,
        *,
        history: Mapping[str, object] | None = None,
        now: int | None = None,
        geofence: Geofence | None = None,
    ) -> tuple[str, object]:
        """The engine's type of the value, and the value.

        Types: null, boolean, integer, long, bigint, float, double, bigdecimal, string, list, array, map, set.
        """
        try:
            value = run(self.instructions, _Message(attributes or {}, history or {}, now, geofence))
        except Failure:
            value = None
        return type_name(value), to_python(value)

    def explain(
        self,
        attributes: Mapping[str, object] | None = None,
        *,
        history: Mapping[str, object] | None = None,
        now: int | None = None,
        geofence: Geofence | None = None,
    ) -> Explanation:
        """The same evaluation as a tree with every intermediate value; ``print()`` shows it."""
        trace: Trace = {}
        why = ""
        value: object = None
        try:
            value = run(self.instructions, _Message(attributes or {}, history or {}, now, geofence), trace)
        except Failure as failure:
            why = failure.why
        return _explain(self.text, self._root, trace, value, why)

    @property
    def attributes(self) -> frozenset[str]:
        """The attributes that it reads, by name or by the functions over the history."""
        return frozenset(self._names())

    def _names(self) -> Iterator[str]:
        for node in self._nodes():
            if node.kind == tree.NAME:
                yield str(node.value)
            elif node.kind == tree.CALL and node.text in _OF_HISTORY:
                name = node.children[0].value
                if isinstance(name, str) and node.children[0].kind == tree.LITERAL:
                    yield name

    @property
    def size(self) -> tuple[int, int]:
        """How many parts the expression has, and how deep they are nested."""
        return (0, 0) if self._root is None else tree.measure(self._root)

    def __str__(self) -> str:
        """The expression in its usual spelling, without comments."""
        return "" if self._root is None else tree.to_text(self._root)

    def __repr__(self) -> str:
        shown = self.text if len(self.text) <= 200 else f"{self.text[:200]}…"
        return f"Expression({shown!r})"

    def __eq__(self, other: object) -> bool:
        """Whether two expressions are the same but for blanks, comments and the spelling of operators."""
        if not isinstance(other, Expression):
            return NotImplemented
        return self._signature() == other._signature()

    def __hash__(self) -> int:
        return hash(tuple(self._signature()))

    def _signature(self) -> list[tuple[str, str, int, bool]]:
        return [] if self._root is None else tree.signature(self._root)


class _Message(Variables):
    """One message: its attributes, their history, and the clock."""

    def __init__(
        self,
        attributes: Mapping[str, object],
        history: Mapping[str, object],
        now: int | None,
        geofence: Geofence | None,
    ) -> None:
        if not isinstance(attributes, Mapping):
            raise InvalidInput(f"attributes are given by name, as a dict, not as a {type(attributes).__name__}")
        if not isinstance(history, Mapping):
            raise InvalidInput(f"history is given by name, as a dict, not as a {type(history).__name__}")
        if now is not None and (isinstance(now, bool) or not isinstance(now, int) or abs(now) >= 2**63):
            raise InvalidInput(f"now is a whole number of milliseconds since 1970, not {now!r:.40}")
        self._attributes = attributes
        self._history = history
        self._now = now
        self._geofence = geofence

    def attribute(self, name: str) -> object:
        if name in self._attributes:
            return from_python(self._attributes[name])
        readings = self._all(name)
        return readings[0].value if readings else None

    def _all(self, name: str) -> list[Reading]:
        if name in self._history:
            return read_history(self._history[name])
        return [Reading(from_python(self._attributes[name]))] if name in self._attributes else []

    def readings(self, name: str, mode: str) -> list[Reading]:
        return queue(self._all(name), mode)

    def now(self) -> int:
        if self._now is not None:
            return self._now
        newest = [readings[0].received for name in self._history if (readings := self._all(name))]
        received = [moment for moment in newest if moment is not None]
        if not received:
            raise unsimulated("now() without a clock: give now=…")
        return max(received)

    def geofence(self, function: str, zone: int) -> bool:
        if self._geofence is None:
            raise unsimulated(f"{function}() without geofence=…")
        return bool(self._geofence(function, zone))


class Explanation:
    """A part of an expression with its value: ``type``, ``value``, ``why`` it is null, and the parts below it."""

    __slots__ = ("_value", "parts", "text", "was_evaluated", "why")

    def __init__(self, text: str) -> None:
        self.text = text
        self.why = ""
        self.was_evaluated = False
        self.parts: list[Explanation] = []
        self._value: object = None

    @property
    def type(self) -> str:
        """The engine's type of the value."""
        return type_name(self._value)

    @property
    def value(self) -> object:
        """The value, as :meth:`Expression.evaluate` returns it."""
        return to_python(self._value)

    def record(self, value: object, why: str = "") -> None:
        """Note what this part came to."""
        self.was_evaluated, self._value, self.why = True, value, why

    def __str__(self) -> str:
        lines: list[str] = []
        pending = [(self, 0)]
        while pending:
            part, depth = pending.pop()
            lines.append(f"{'  ' * min(depth, 40)}{part._line()}")
            pending.extend((below, depth + 1) for below in reversed(part.parts))
        return "\n".join(lines)

    def _line(self) -> str:
        if not self.was_evaluated:
            return f"{self.text}  (not evaluated)"
        if self.why:
            return f"{self.text} = null  ({self.why})"
        return f"{self.text} = {_shown(self._value)}  ({self.type})"


def _shown(value: object) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else "true" if value else "false"
    if isinstance(value, list | dict):
        return f"{len(value)} values"
    shown = to_python(value)
    text = str(shown) if isinstance(shown, Decimal) else repr(shown)
    return text if len(text) <= 80 else f"{text[:80]}…"


def _explain(text: str, root: Node | None, trace: Trace, value: object, why: str) -> Explanation:
    top = Explanation(text.strip())
    top.record(value, why)
    if root is None:
        return top
    stack = [(root, top)]
    while stack:
        node, part = stack.pop()
        while node.kind == tree.GROUP:
            node = node.children[0]
        for child in node.children:
            below = Explanation(_excerpt(text, child))
            inner = child
            while inner.kind == tree.GROUP:
                inner = inner.children[0]
            if inner in trace:
                found = trace[inner]
                below.record(*((None, found.why) if isinstance(found, Failure) else (found, "")))
            part.parts.append(below)
            stack.append((child, below))
    return top


def _excerpt(text: str, node: Node) -> str:
    excerpt = (
        " ".join(text[node.start : node.end].split())
        if node.end - node.start < 400
        else text[node.start : node.start + 400]
    )
    return excerpt if len(excerpt) <= 80 else f"{excerpt[:80]}…"
