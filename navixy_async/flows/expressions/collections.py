"""The engine's values beside numbers: arrays, sets, lists, maps and patterns, and when two of them are equal."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from . import numbers
from .numbers import Big, Failure, Float, Long, unsimulated
from .patterns import JavaPattern

MAX_DEPTH = 50
"""How deep a list or map may be that is given as an attribute's value."""


AS_IT_IS: Final = frozenset((str, float, bool, type(None)))
"""Types whose values are the engine's as they are."""


class Array(list[object]):
    """What ``[1, 2]`` makes: unlike a list, equal to nothing but itself."""


class ValueSet(list[object]):
    """What ``{1, 2}`` makes."""


def type_name(value: object) -> str:
    """The type of a value, in the words of the engine."""
    for cls, name in ((Array, "array"), (ValueSet, "set"), (list, "list"), (dict, "map"), (JavaPattern, "Pattern")):
        if isinstance(value, cls):
            return name
    return "list" if isinstance(value, range) else numbers.kind_of(value)


def from_python(value: object, depth: int = 0) -> object:
    """A value that was given from outside, as one of the engine; raises :class:`Failure` for what it cannot have."""
    if type(value) in AS_IT_IS:
        return value
    if value is None or isinstance(value, bool):
        return value
    if type(value) is int and numbers.INT_MIN <= value <= numbers.INT_MAX:
        return value
    if isinstance(value, str):
        return value if type(value) is str else str.__str__(value)
    if isinstance(value, float):
        return value if type(value) in (float, Float) else float(value)
    if isinstance(value, Long):
        if not numbers.LONG_MIN <= value <= numbers.LONG_MAX:
            raise unsimulated("a long number beyond 64 bits")
        return value
    if isinstance(value, int):
        return numbers.big(value) if isinstance(value, Big) else numbers.whole(int(value))
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise unsimulated("a decimal that is no number")
        return numbers.decimal(value)
    if depth >= MAX_DEPTH:
        raise unsimulated(f"a value that is more than {MAX_DEPTH} levels deep")
    if isinstance(value, Mapping):
        return {str(key): from_python(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [from_python(inner, depth + 1) for inner in value]
    raise unsimulated(f"a value of type {type(value).__name__}")


def to_python(value: object) -> object:
    """A value of the engine as a plain one of Python: int, float, Decimal, str, bool, list, dict or None."""
    if type(value) in AS_IT_IS or type(value) is int:
        return value
    result: dict[object, object] = {}
    pending: list[tuple[object, dict[object, object] | list[object], object]] = [(value, result, 0)]
    while pending:
        inner, target, key = pending.pop()
        copy: object = _scalar(inner)
        if isinstance(inner, list | range):
            items: list[object] = [None] * len(inner)
            copy = items
            pending.extend((item, items, index) for index, item in enumerate(inner))
        elif isinstance(inner, dict):
            copy = entries = dict.fromkeys(map(_scalar, inner))
            pending.extend((item, entries, _scalar(name)) for name, item in inner.items())
        target[key] = copy  # type: ignore[call-overload]  # an index for a list
    return result[0]


def _scalar(value: object) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Float):
        return value.shortest
    return value.source if isinstance(value, JavaPattern) else value


def same(left: object, right: object) -> bool:
    """Whether two values are equal as objects: of one type, and the same."""
    if left is right:
        return True
    kind = type_name(left)
    if kind != type_name(right) or kind in ("array", "unknown", "Pattern"):
        return False
    if isinstance(left, float) and isinstance(right, float):
        if math.isnan(left) or math.isnan(right):
            return math.isnan(left) and math.isnan(right)
        return left == right and math.copysign(1, left) == math.copysign(1, right)
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left.as_tuple() == right.as_tuple()
    if isinstance(left, ValueSet) and isinstance(right, ValueSet):
        return len(left) == len(right) and all(among(item, right) for item in left)
    if isinstance(left, list | range) and isinstance(right, list | range):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return len(left) == len(right) and all(key in right and same(item, right[key]) for key, item in left.items())
    return left == right


def among(value: object, items: Iterable[object]) -> bool:
    """Whether a value is one of several, as an object."""
    return any(same(value, item) for item in items)


def key_of(value: object) -> object:
    """A value as the key of a map."""
    if isinstance(value, list | dict | range | JavaPattern):
        raise unsimulated(f"a {type_name(value)} as the key of a map")
    return value


def text_of(value: object) -> str:
    """A value as the engine writes it into a text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return numbers.number_text(value)
    if value is None:
        raise Failure("null has no text", is_null=True)
    if isinstance(value, list | dict) and not isinstance(value, Array | ValueSet) and _depth(value) <= MAX_DEPTH:
        return _text_of_collection(value)
    raise unsimulated(f"the text of a {type_name(value)}")


def _depth(value: object) -> int:
    """How many levels of lists and maps there are, as far as that matters."""
    depth, level = 0, [value]
    while level and depth <= MAX_DEPTH:
        depth += 1
        inner = [item for item in level if isinstance(item, list | dict)]
        level = [below for item in inner for below in (item.values() if isinstance(item, dict) else item)]
    return depth - 1


def _text_of_collection(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_inner_text(key)}={_inner_text(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(map(_inner_text, value)) + "]" if isinstance(value, list) else ""


def _inner_text(value: object) -> str:
    return "null" if value is None else text_of(value)
