"""The engine's numbers: int (32 bits), long (64), big, float (32), double and decimal, and how one becomes another.

In Python they are ``int``, :class:`Long`, :class:`Big`, :class:`Float`, ``float`` and ``Decimal``.
"""

from __future__ import annotations

import math
import re
import struct
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Final

INT_MAX: Final = 2**31 - 1
INT_MIN: Final = -(2**31)
LONG_MAX: Final = 2**63 - 1
LONG_MIN: Final = -(2**63)
MAX_DIGITS: Final = 4_000
"""The largest number of digits that is calculated with; the platform has no such bound."""
_MAX_BITS = 14_000
DECIMAL: Final = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=MIN_EMIN,
    Emax=MAX_EMAX,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
"""34 digits, as the engine calculates."""


class Failure(Exception):
    """What makes the platform's result null; it never leaves the evaluator."""

    def __init__(self, why: str, *, is_null: bool = False, is_unsimulated: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.is_null = is_null
        self.is_unsimulated = is_unsimulated


class CoercionFailure(Failure):
    """A value that is no number of the kind that is needed."""


def unsimulated(what: str) -> Failure:
    """A failure of ours, not the platform's."""
    return Failure(f"cannot be simulated: {what}", is_unsimulated=True)


class Long(int):
    """A whole number of 64 bits; a plain ``int`` beyond 32 bits is one as well."""

    __slots__ = ()


class Big(int):
    """A whole number without bounds; a plain ``int`` beyond 64 bits is one as well."""

    __slots__ = ()


class Float(float):
    """A number of 32 bits."""

    __slots__ = ()

    def __new__(cls, value: float) -> Float:
        return super().__new__(cls, to_single(float(value)))

    @property
    def shortest(self) -> float:
        """The shortest decimal number that is this one in 32 bits: 0.1, where the number itself is 0.1000000015."""
        if not math.isfinite(self):
            return float(self)
        candidates = (float(f"{float(self):.{digits}g}") for digits in range(6, 10))
        return next((number for number in candidates if to_single(number) == self), float(self))


def to_single(value: float) -> float:
    """Rounded to 32 bits; what is too large is infinite."""
    try:
        return float(struct.unpack("<f", struct.pack("<f", value))[0])
    except OverflowError:
        return math.copysign(math.inf, value)


def wrap_int(value: int) -> int:
    return (value + 2**31) % 2**32 - 2**31


def wrap_long(value: int) -> int:
    return (value + 2**63) % 2**64 - 2**63


def whole(value: int) -> int:
    """The smallest of int, long and big that holds it."""
    if INT_MIN <= value <= INT_MAX:
        return int(value)
    return Long(value) if LONG_MIN <= value <= LONG_MAX else big(value)


def big(value: int) -> Big:
    """A big number, unless it is too large for a simulation."""
    if value.bit_length() > _MAX_BITS:
        raise unsimulated(f"a number of more than {MAX_DIGITS:,} digits")
    return Big(value)


def decimal(value: Decimal) -> Decimal:
    """A decimal as the engine has it, without a negative zero."""
    return value if value else value.copy_abs()


def kind_of(value: object) -> str:
    """The engine's name for the type of a value."""
    if value is None:
        return "null"
    for cls, name in _KINDS:
        if isinstance(value, cls):
            return name
    return "unknown"


_KINDS: Final[tuple[tuple[type, str], ...]] = (
    (bool, "boolean"),
    (Long, "long"),
    (Big, "bigint"),
    (int, "integer"),
    (Float, "float"),
    (float, "double"),
    (Decimal, "bigdecimal"),
    (str, "string"),
)

_WHOLE = re.compile(r"[+-]?\d+")
_REAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_JAVA_REAL = re.compile(rf"\s*(?:{_REAL.pattern}[fFdD]?|[+-]?(?:NaN|Infinity))\s*", re.ASCII)
_FLOATING = re.compile(r"[+-]?\d*(\.\d*)?([eE][+-]?\d+)?", re.ASCII)


def is_floating(value: object) -> bool:
    """Whether arithmetic with it is that of doubles: one of them, or a text with a dot or an exponent."""
    if isinstance(value, str):
        match = _FLOATING.fullmatch(value)
        return match is not None and (match[1] is not None or match[2] is not None)
    return isinstance(value, float)


def as_long(value: object) -> int | None:
    """A number of at most 64 bits, or a truth as 1 or 0; None for everything else."""
    return int(value) if isinstance(value, int) and not isinstance(value, Big) else None


def to_double(value: object) -> float:
    if isinstance(value, str):
        return _parse_double(value)
    if isinstance(value, int | float | Decimal):
        try:
            return float(value)
        except OverflowError:
            return -math.inf if value < 0 else math.inf
    raise CoercionFailure(f"a {kind_of(value)} is no number")


def _parse_double(text: str) -> float:
    if not text:
        return math.nan
    if not _JAVA_REAL.fullmatch(text):
        raise CoercionFailure(f"the text {text[:40]!r} is no number")
    return float(text.strip().rstrip("fFdD") if text.strip()[-1] in "fFdD" else text)


def to_long(value: object) -> int:
    """64 bits, wrapped or cut as the engine does it."""
    if isinstance(value, int):
        return wrap_long(int(value))
    if isinstance(value, float):
        return _saturated(value, LONG_MIN, LONG_MAX)
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        return 0 if not isinstance(exponent, int) or exponent >= 64 else wrap_long(_truncated(value))
    if isinstance(value, str):
        number = _parse_double(value)
        if math.isnan(number):
            return 0
        if math.isfinite(number) and number != math.floor(number):
            raise CoercionFailure(f"the text {value[:40]!r} is no whole number")
        return _saturated(number, LONG_MIN, LONG_MAX)
    raise CoercionFailure(f"a {kind_of(value)} is no number")


def to_int(value: object) -> int:
    """32 bits, wrapped or cut as the engine does it."""
    if isinstance(value, float):
        return _saturated(value, INT_MIN, INT_MAX)
    number = to_long(value)
    if isinstance(value, str) and not INT_MIN <= number <= INT_MAX:
        raise CoercionFailure(f"the text {value[:40]!r} is too large")
    return wrap_int(number)


def _saturated(value: float, least: int, most: int) -> int:
    if math.isnan(value):
        return 0
    return least if value <= least else most if value >= most else int(value)


def _truncated(value: Decimal) -> int:
    if value.adjusted() > MAX_DIGITS:
        raise unsimulated(f"a number of more than {MAX_DIGITS:,} digits")
    return int(value) if value.adjusted() >= 0 else 0


def to_big(value: object) -> int:
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return _saturated(value, LONG_MIN, LONG_MAX)
    if isinstance(value, Decimal):
        return _truncated(value)
    if isinstance(value, str):
        if not value:
            return 0
        if not _WHOLE.fullmatch(value):
            raise CoercionFailure(f"the text {value[:40]!r} is no whole number")
        if len(value) > MAX_DIGITS:
            raise unsimulated(f"a number of more than {MAX_DIGITS:,} digits")
        return int(value)
    raise CoercionFailure(f"a {kind_of(value)} is no number")


def to_decimal(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool):
        return Decimal("1.0" if value else "0.0")
    if isinstance(value, float) and math.isnan(value):
        if isinstance(value, Float):
            raise CoercionFailure("NaN is no decimal number")
        return Decimal(0)
    text = value if isinstance(value, str) else number_text(value)
    if not text:
        return Decimal(0)
    if not _REAL.fullmatch(text):
        raise CoercionFailure(f"{text[:40]!r} is no decimal number")
    try:
        return decimal(DECIMAL.create_decimal(text))
    except ArithmeticError:
        raise CoercionFailure(f"{text[:40]!r} is no decimal number") from None


def number_text(value: object) -> str:
    """A number as the engine writes it."""
    if isinstance(value, float):
        return _double_text(value.shortest if isinstance(value, Float) else value)
    if isinstance(value, int):
        return f"{value:d}"
    if isinstance(value, Decimal):
        return str(value)
    raise CoercionFailure(f"a {kind_of(value)} is no number")


def _double_text(value: float) -> str:
    """Java's way to write a double: 100.0, 1.0E7, 1.0E-4, Infinity."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return format(Decimal(repr(value)), "f") if "e" in repr(value) else repr(value)
    sign, digits, exponent = Decimal(repr(value)).as_tuple()
    text = "".join(map(str, digits)).rstrip("0") or "0"
    power = len(digits) + int(exponent) - 1
    return f"{'-' if sign else ''}{text[0]}.{text[1:] or '0'}E{power}"


def parse_number(token: str) -> object:
    """The value of a literal, or a :class:`Failure` where it cannot be simulated."""
    last = token[-1]
    if token == "#NaN":
        return math.nan
    if token[:2] in ("0x", "0X"):
        return _parse_whole(token.rstrip("lLhH"), 16, last)
    if token.isdigit() or (token[:-1].isdigit() and last in "lLhH"):
        digits = token.rstrip("lLhH")
        return _parse_whole(digits, 8 if token[0] == "0" else 10, last)
    if last in "bB":
        try:
            return decimal(Decimal(token[:-1])) if len(token) <= MAX_DIGITS else unsimulated("so long a number")
        except InvalidOperation:
            return unsimulated("a number with so large an exponent")
    if last in "fF":
        return Float(float(token[:-1]))
    return float(token.rstrip("dD"))


def _parse_whole(digits: str, base: int, suffix: str) -> object:
    if len(digits) > MAX_DIGITS:
        return unsimulated(f"a number of more than {MAX_DIGITS:,} digits")
    number = int(digits, base)
    if suffix in "hH":
        return Big(number)
    if suffix in "lL":
        return Long(number) if number <= LONG_MAX else unsimulated("a long number beyond 64 bits")
    return whole(number)
