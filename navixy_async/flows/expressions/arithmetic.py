"""The engine's operators: strict about null, and each type of number kept apart."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from . import numbers
from .collections import Array, ValueSet, among, same, text_of, type_name
from .numbers import (
    DECIMAL,
    LONG_MAX,
    LONG_MIN,
    Big,
    CoercionFailure,
    Failure,
    Float,
    Long,
    as_long,
    is_floating,
    to_big,
    to_decimal,
    to_double,
    to_int,
    to_long,
)
from .patterns import JavaPattern

Operator = Callable[[object, object], object]

_MAX_RANGE = 100_000


def _null(operator: str) -> Failure:
    return Failure(f"{operator} with null", is_null=True)


def truth(value: object) -> bool:
    """Whether a value counts as true; null is a failure."""
    if value is None:
        raise Failure("null is neither true nor false", is_null=True)
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value not in ("", "false")
    if isinstance(value, int | float | Decimal):
        number = to_double(value)
        return not math.isnan(number) and number != 0
    return True


def _narrow(left: object, right: object, result: int) -> object:
    """What two numbers of at most 64 bits give: an int where it fits and neither is a long."""
    if not LONG_MIN <= result <= LONG_MAX:
        return Big(result)
    if isinstance(left, Long) or isinstance(right, Long):
        return Long(result)
    return numbers.whole(result)


def _narrow_big(left: object, right: object, result: int) -> object:
    """What big numbers give: the smallest type that holds it, if one of the two was no big number."""
    is_small = any(isinstance(value, int) and not isinstance(value, bool | Big) for value in (left, right))
    return numbers.whole(result) if is_small else numbers.big(result)


def _arithmetic(
    symbol: str,
    whole: Callable[[int, int], int],
    big: Callable[[int, int], int],
    real: Callable[[float, float], float],
    exact: Callable[[Decimal, Decimal], Decimal],
) -> Operator:
    """An operator over all types of numbers, by the widest of its two operands."""

    def operate(left: object, right: object) -> object:
        x, y = as_long(left), as_long(right)
        if x is not None and y is not None:
            return _narrow(left, right, whole(x, y))
        if left is None or right is None:
            raise _null(symbol)
        if isinstance(left, Decimal) or isinstance(right, Decimal):
            try:
                return numbers.decimal(exact(to_decimal(left), to_decimal(right)))
            except ArithmeticError:
                raise Failure(f"{symbol} is not possible with these decimals") from None
        if is_floating(left) or is_floating(right):
            return real(to_double(left), to_double(right))
        return _narrow_big(left, right, big(to_big(left), to_big(right)))

    return operate


def _divide_whole(x: int, y: int) -> int:
    if y == 0:
        raise Failure("division by zero")
    quotient = abs(x) // abs(y)
    return quotient if (x < 0) == (y < 0) else -quotient


def _divide_long(x: int, y: int) -> int:
    return numbers.wrap_long(_divide_whole(x, y))


def _modulo_whole(x: int, y: int) -> int:
    return x - y * _divide_whole(x, y)


def _modulo_big(x: int, y: int) -> int:
    if y <= 0:
        raise Failure("modulo by zero" if y == 0 else "modulo of big numbers by a negative one")
    return x % y


def _divide_real(x: float, y: float) -> float:
    if y == 0:
        raise Failure("division by zero")
    return x / y


def _modulo_real(x: float, y: float) -> float:
    if y == 0:
        raise Failure("modulo by zero")
    return math.nan if math.isnan(x) or math.isnan(y) or math.isinf(x) else math.fmod(x, y)


_add_numbers = _arithmetic("+", int.__add__, int.__add__, float.__add__, DECIMAL.add)
_subtract = _arithmetic("-", int.__sub__, int.__sub__, float.__sub__, DECIMAL.subtract)
_multiply = _arithmetic("*", int.__mul__, int.__mul__, float.__mul__, DECIMAL.multiply)
_divide = _arithmetic("/", _divide_long, _divide_whole, _divide_real, DECIMAL.divide)
_modulo = _arithmetic("%", _modulo_whole, _modulo_big, _modulo_real, DECIMAL.remainder)


def _add(left: object, right: object) -> object:
    """Numbers are added, two texts are joined; a text and anything else is null, as the vendor documents it."""
    if isinstance(left, str) or isinstance(right, str):
        if left is None or right is None:
            raise _null("+")
        if isinstance(left, str) and isinstance(right, str):
            return left + right
        raise Failure("a text and a value that is none cannot be added")
    return _add_numbers(left, right)


def _bits(symbol: str, operate: Callable[[int, int], int]) -> Operator:
    def bits(left: object, right: object) -> object:
        if left is None or right is None:
            raise _null(symbol)
        return Long(operate(to_long(left), to_long(right)))

    return bits


def _shift(symbol: str, operate: Callable[[int, int], int]) -> Operator:
    def shift(left: object, right: object) -> object:
        if left is None or right is None:
            raise _null(symbol)
        return Long(numbers.wrap_long(operate(to_long(left), to_int(right) & 63)))

    return shift


def _compare(left: object, right: object, *, is_equality: bool = False) -> int:
    """Negative, zero or positive; raises where the engine finds no order. Neither is null."""
    try:
        if isinstance(left, Decimal) or isinstance(right, Decimal):
            return int(DECIMAL.compare(to_decimal(left), to_decimal(right)))
        if isinstance(left, Big) or isinstance(right, Big):
            return _sign(to_big(left), to_big(right))
        if isinstance(left, float) or isinstance(right, float):
            return _compare_doubles(to_double(left), to_double(right))
        if _is_small(left) or _is_small(right):
            return _sign(to_long(left), to_long(right))
        if isinstance(left, str) or isinstance(right, str):
            return _compare_texts(text_of(left), text_of(right))
    except CoercionFailure:
        pass
    if is_equality:
        return 0 if same(left, right) else -1
    if isinstance(left, bool) and isinstance(right, bool):
        return int(left) - int(right)
    raise Failure(f"a {type_name(left)} and a {type_name(right)} cannot be compared")


def _is_small(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool | Big)


def _sign(left: int, right: int) -> int:
    return (left > right) - (left < right)


def _compare_doubles(left: float, right: float) -> int:
    if math.isnan(left) or math.isnan(right):
        return 0 if math.isnan(left) and math.isnan(right) else -1 if math.isnan(left) else 1
    if left == right:
        return round((math.copysign(1, left) - math.copysign(1, right)) / 2) if left == 0 else 0
    return -1 if left < right else 1


def _compare_texts(left: str, right: str) -> int:
    x, y = left.encode("utf-16-be", "surrogatepass"), right.encode("utf-16-be", "surrogatepass")
    return (x > y) - (x < y)


def equal(left: object, right: object) -> bool:
    """Equal after conversion: 1 and '1', 1 and true; null only to null."""
    if left is right:
        return True
    if left is None or right is None:
        return False
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    return _compare(left, right, is_equality=True) == 0


def _order(symbol: str, holds: Callable[[int], bool]) -> Operator:
    def order(left: object, right: object) -> object:
        if left is None or right is None:
            raise _null(symbol)
        return holds(_compare(left, right))

    return order


def _contains(value: object, container: object) -> bool:
    """``value =~ container``: membership, or a whole match with a pattern."""
    if value is None or container is None:
        return value is container
    if isinstance(container, JavaPattern):
        return container.matches(text_of(value))
    if isinstance(container, str):
        return JavaPattern(container).matches(text_of(value))
    if isinstance(container, dict):
        keys = list(container)
        return all(among(key, keys) for key in value) if isinstance(value, dict) else among(value, keys)
    if isinstance(container, list | range):
        if isinstance(value, list | range):
            return all(among(item, container) for item in value)
        return among(value, container)
    return equal(container, value)


def _affix(test: Callable[[str, str], bool]) -> Callable[[object, object], bool]:
    def has_affix(left: object, right: object) -> bool:
        if left is None or right is None:
            return left is right
        if isinstance(left, str):
            if isinstance(right, Array):
                return False  # its text is an address
            return test(left, "" if isinstance(right, float) and math.isnan(right) else text_of(right))
        return equal(left, right)

    return has_affix


def _negated(test: Callable[[object, object], bool]) -> Operator:
    def negated(left: object, right: object) -> object:
        return not test(left, right)

    return negated


def _not_matching(value: object, container: object) -> bool:
    """``value !~ container``; a pattern that cannot be read is false for both operators."""
    source = container.source if isinstance(container, JavaPattern) else container
    if value is not None and isinstance(source, str) and not JavaPattern(source).is_readable:
        return False
    return not _contains(value, container)


def _range(left: object, right: object) -> object:
    if left is None or right is None:
        raise _null("..")
    first, last = to_long(left), to_long(right)
    if abs(last - first) >= _MAX_RANGE:
        raise numbers.unsimulated(f"a range of more than {_MAX_RANGE:,} numbers")
    step = 1 if last >= first else -1
    return [numbers.whole(number) for number in range(first, last + step, step)]


def _instance(left: object, right: object) -> bool:
    if right is None or isinstance(right, bool | int | float | Decimal | list | dict):
        return False
    raise numbers.unsimulated("instanceof")


_starts, _ends = _affix(str.startswith), _affix(str.endswith)
BINARY_OPERATORS: Final[dict[str, Operator]] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "/": _divide,
    "%": _modulo,
    "&": _bits("&", int.__and__),
    "|": _bits("|", int.__or__),
    "^": _bits("^", int.__xor__),
    "<<": _shift("<<", int.__lshift__),
    ">>": _shift(">>", int.__rshift__),
    ">>>": _shift(">>>", lambda value, by: (value % 2**64) >> by),
    "<": _order("<", lambda order: order < 0),
    "<=": _order("<=", lambda order: order <= 0),
    ">": _order(">", lambda order: order > 0),
    ">=": _order(">=", lambda order: order >= 0),
    "==": equal,
    "!=": _negated(equal),
    "===": same,
    "!==": _negated(same),
    "=~": _contains,
    "!~": _not_matching,
    "=^": _starts,
    "!^": _negated(_starts),
    "=$": _ends,
    "!$": _negated(_ends),
    "..": _range,
    "instanceof": _instance,
    "!instanceof": _negated(_instance),
}


def _negate(value: object) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, Long):
        return Long(numbers.wrap_long(-int(value)))
    if isinstance(value, Big):
        return Big(-int(value))
    if isinstance(value, int):
        return numbers.wrap_int(-value)
    if isinstance(value, Float):
        return Float(-float(value))
    if isinstance(value, float):
        return -value
    if isinstance(value, Decimal):
        return numbers.decimal(value.copy_negate())
    raise Failure(f"a {type_name(value)} has no negative")


def negate_literal(value: object, text: str) -> object:
    """A literal with a minus: -2147483648 is an int again, and the engine makes -1.5b a double."""
    result = _negate(value)
    if isinstance(result, Decimal) and result != result.to_integral_value():
        return float(result)
    if isinstance(result, Long) and text[-1] not in "lLhH":
        return numbers.whole(int(result))
    return result


def _positive(value: object) -> object:
    if isinstance(value, bool | int | float | Decimal):
        return value
    raise Failure(f"a {type_name(value)} is no number")


def _complement(value: object) -> object:
    return Long(~to_long(value))


def _strict(symbol: str, operate: Callable[[object], object]) -> Callable[[object], object]:
    def strict(value: object) -> object:
        if value is None:
            raise _null(symbol)
        return operate(value)

    return strict


def size_of(value: object) -> object:
    """How many characters or elements a value has; numbers have none."""
    if isinstance(value, str):
        return len(value.encode("utf-16-be", "surrogatepass")) // 2
    return len(value) if isinstance(value, list | dict | range) else 0


def is_empty(value: object) -> object:
    """Whether a value is null, zero, NaN, or without elements."""
    if isinstance(value, str | list | dict | range):
        return len(value) == 0
    if isinstance(value, bool):
        return False
    return value is None or (isinstance(value, int | float | Decimal) and not truth(value))


UNARY_OPERATORS: Final[dict[str, Callable[[object], object]]] = {
    "-": _strict("-", _negate),
    "+": _strict("+", _positive),
    "!": _strict("!", lambda value: not truth(value)),
    "~": _strict("~", _complement),
    "size": size_of,
    "empty": is_empty,
}


def member(owner: object, key: object) -> tuple[bool, object]:
    """An element of a list, a map or an array, and whether there can be one."""
    if isinstance(owner, dict):
        return True, owner.get(key) if not isinstance(key, list | dict | range | JavaPattern) else None
    if isinstance(owner, ValueSet) or not isinstance(owner, list):
        return False, None
    index = _index_of(key)
    return (True, owner[index]) if 0 <= index < len(owner) else (False, None)


def _index_of(key: object) -> int:
    """A key as an index; -1 for what is none."""
    if isinstance(key, str):
        is_number = key.isascii() and key.isdigit() and len(key) <= 9
        return int(key) if is_number and (key == "0" or not key.startswith("0")) else -1
    if isinstance(key, bool) or not isinstance(key, int | float | Decimal):
        return -1
    return to_int(key)
