"""``math:`` — the methods of Java's ``Math``, chosen by the types of their arguments as Java does it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from . import numbers
from .collections import type_name
from .numbers import Big, Failure, Float, Long, unsimulated

Real = Callable[..., float]


class NoSuchMethod(Failure):
    """No method takes such arguments: refused when the platform tries it while saving, null later."""


@dataclass(frozen=True)
class MathMethod:
    """One method; which of its forms is taken depends on the widest argument."""

    name: str
    parameters: str
    result: str
    summary: str
    call: Callable[[list[object], str], object]

    @property
    def arity(self) -> int:
        """How many arguments it takes."""
        return len(self.parameters.split(",")) if self.parameters else 0

    def __call__(self, arguments: list[object]) -> object:
        numbers_ = _as_primitives(arguments, self.name)
        widest = max((_RANK[type_name(number)] for number in numbers_), default=0)
        return self.call(numbers_, _TYPES[widest])


_TYPES = ("integer", "long", "float", "double")
_RANK: Final = {name: rank for rank, name in enumerate(_TYPES)}


def _as_primitives(arguments: list[object], name: str) -> list[object]:
    """Numbers that Java can pass; decimals and big ones are narrowed first, and with them all others."""
    if any(argument is None or isinstance(argument, bool) for argument in arguments):
        raise NoSuchMethod(f"math:{name}() has no form for null or a boolean", is_null=False)
    if any(not isinstance(argument, int | float | Decimal) for argument in arguments):
        raise NoSuchMethod(f"math:{name}() takes numbers only")
    if any(isinstance(argument, Decimal | Big) for argument in arguments):
        arguments = [_narrowed(argument) for argument in arguments]
        if any(isinstance(argument, Decimal | Big) for argument in arguments):
            raise NoSuchMethod(f"math:{name}() has no form for such large numbers")
    return arguments


def _narrowed(value: object) -> object:
    """The smallest number that is the same."""
    if isinstance(value, Decimal) and value.adjusted() > 400:
        return value
    if isinstance(value, float) and not math.isfinite(value):
        return value
    if isinstance(value, int | float | Decimal) and value == int(value):
        whole = numbers.whole(int(value))
        return value if isinstance(whole, Big) else whole
    if isinstance(value, float | Decimal):
        number = float(value)
        return Float(number) if numbers.to_single(number) == number else number
    return value


def _typed(value: float | int, kind: str) -> object:
    if kind == "integer":
        return numbers.wrap_int(int(value))
    if kind == "long":
        return Long(numbers.wrap_long(int(value)))
    return Float(value) if kind == "float" else float(value)


def _of_doubles(function: Real) -> Callable[[list[object], str], object]:
    """A method that knows doubles only; where Python raises, Java gives NaN or infinity."""

    def call(arguments: list[object], _kind: str) -> object:
        values = [float(argument) for argument in arguments]  # type: ignore[arg-type]  # all are numbers
        if any(map(math.isnan, values)):
            return math.nan
        try:
            return float(function(*values))
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf

    return call


def _round(arguments: list[object], kind: str) -> object:
    """Half up. Whole numbers and floats take the form for floats, whose result has 32 bits."""
    (value,) = arguments
    number = numbers.to_single(float(value)) if kind != "double" else float(value)  # type: ignore[arg-type]
    if math.isfinite(number):
        floor = math.floor(number)
        number = floor + (number - floor >= 0.5)
    return numbers.to_int(float(number)) if kind != "double" else Long(numbers.to_long(float(number)))


def _absolute(arguments: list[object], kind: str) -> object:
    return _typed(abs(arguments[0]), kind)  # type: ignore[arg-type]


def _extreme(choose: Callable[..., float]) -> Callable[[list[object], str], object]:
    def call(arguments: list[object], kind: str) -> object:
        if any(isinstance(argument, float) and math.isnan(argument) for argument in arguments):
            return _typed(math.nan, kind)
        return _typed(choose(arguments), kind)

    return call


def _log(value: float) -> float:
    return -math.inf if value == 0 else math.log(value)


def _log10(value: float) -> float:
    return -math.inf if value == 0 else math.log10(value)


def _power(base: float, exponent: float) -> float:
    if exponent == 0:
        return 1.0
    if math.isinf(exponent) and abs(base) == 1:
        return math.nan
    if base == 0 and exponent < 0:
        is_odd = math.isfinite(exponent) and exponent == math.floor(exponent) and exponent % 2 == 1
        return math.copysign(math.inf, base) if is_odd else math.inf
    try:
        return math.pow(base, exponent)
    except OverflowError:
        is_odd = exponent == math.floor(exponent) and exponent % 2 == 1
        return -math.inf if base < 0 and is_odd else math.inf


def _floor(value: float) -> float:
    return math.copysign(float(math.floor(value)), value) if math.isfinite(value) else value


def _ceiling(value: float) -> float:
    return math.copysign(float(math.ceil(value)), value) if math.isfinite(value) else value


def _nearest(value: float) -> float:
    return math.copysign(float(round(value)), value) if math.isfinite(value) else value


def _sign_of(value: float) -> float:
    return value if value == 0 else math.copysign(1.0, value)


def _unsimulated(name: str) -> Callable[[list[object], str], object]:
    def call(_arguments: list[object], _kind: str) -> object:
        raise unsimulated(f"math:{name}()")

    return call


def _methods() -> dict[str, MathMethod]:
    found = [
        MathMethod("round", "x", "long", "The nearest whole number, half up; an int for whole numbers.", _round),
        MathMethod("abs", "x", "as x", "Without its sign.", _absolute),
        MathMethod("max", "a, b", "the wider type", "The larger of two numbers.", _extreme(max)),
        MathMethod("min", "a, b", "the wider type", "The smaller of two numbers.", _extreme(min)),
    ]
    doubles: tuple[tuple[str, str, Real, str], ...] = (
        ("sqrt", "x", math.sqrt, "The square root; NaN of a negative number."),
        ("log", "x", _log, "The natural logarithm."),
        ("log10", "x", _log10, "The logarithm to base 10."),
        ("exp", "x", math.exp, "e to the power of x."),
        ("pow", "x, y", _power, "x to the power of y."),
        ("cbrt", "x", math.cbrt, "The cube root."),
        ("hypot", "x, y", math.hypot, "The length of the hypotenuse."),
        ("floor", "x", _floor, "Rounded down."),
        ("ceil", "x", _ceiling, "Rounded up."),
        ("rint", "x", _nearest, "The nearest whole number, half to even."),
        ("signum", "x", _sign_of, "-1, 0 or 1."),
        ("sin", "x", math.sin, "The sine of an angle in radians."),
        ("cos", "x", math.cos, "The cosine of an angle in radians."),
        ("tan", "x", math.tan, "The tangent of an angle in radians."),
        ("asin", "x", math.asin, "The arc sine, in radians."),
        ("acos", "x", math.acos, "The arc cosine, in radians."),
        ("atan", "x", math.atan, "The arc tangent, in radians."),
        ("atan2", "y, x", math.atan2, "The angle of a point, in radians."),
        ("toRadians", "x", math.radians, "Degrees as radians."),
        ("toDegrees", "x", math.degrees, "Radians as degrees."),
    )
    found += [MathMethod(name, names, "double", text, _of_doubles(call)) for name, names, call, text in doubles]
    others = {
        1: "sinh cosh tanh expm1 log1p ulp nextUp nextDown getExponent toIntExact incrementExact decrementExact"
        " negateExact absExact",
        2: "addExact subtractExact multiplyExact floorDiv floorMod copySign nextAfter scalb IEEEremainder",
        0: "random",
    }
    for arity, names in others.items():
        parameters = ", ".join("xy"[:arity])
        for name in names.split():
            found.append(MathMethod(name, parameters, "number", "Not simulated.", _unsimulated(name)))
    return {method.name: method for method in found}


METHODS: Final = _methods()
