"""``util:`` — bits, bytes, hexadecimal, BCD and padding; and the format of times. Null in gives null out."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

from .collections import text_of
from .numbers import Failure, Float, Long, to_int, to_long, unsimulated, wrap_long

_MAX_TEXT = 65_536


@dataclass(frozen=True)
class UtilFunction:
    """One function of ``util:``."""

    name: str
    parameters: str
    least: int
    most: int | None
    result: str
    summary: str
    call: Callable[[list[object]], object]


def _numeric(call: Callable[..., object]) -> Callable[[list[object]], object]:
    """A function over whole numbers: null if one is null, a failure if one is none."""

    def function(arguments: list[object]) -> object:
        if any(argument is None for argument in arguments):
            return None
        if any(isinstance(argument, str | bool | list | dict) for argument in arguments):
            raise Failure("a number is needed")
        return call(*map(to_long, arguments))

    return function


def _signed(number: int, size: int) -> object:
    """The lowest ``size`` bytes as a signed number. Documented are 1, 2, 4 and 8."""
    if not 1 <= size <= 8:
        raise Failure("util:signed() takes 1 to 8 bytes")
    span = 1 << (8 * size)
    number %= span
    return Long(number - span if number >= span // 2 else number)


def _bit(number: int, index: int) -> object:
    return (number >> index) & 1 if 0 <= index < 64 else None


def _check_bit(number: int, index: int) -> object:
    return bool((number >> index) & 1) if 0 <= index < 64 else None


def _bits(number: int, first: int, last: int) -> object:
    """The bits from first to last; bit by bit reversed if last comes before first."""
    if not (0 <= first < 64 and 0 <= last < 64):
        return None
    low, count = min(first, last), abs(last - first) + 1
    bits = (number >> low) & ((1 << count) - 1)
    if last < first:
        bits = int(format(bits, f"0{count}b")[::-1], 2)
    return Long(wrap_long(bits))


def _bytes(number: int, first: int, last: int) -> object:
    """The bytes from first to last; byte 0 is the lowest, and the order is reversed if last comes before first."""
    if not (0 <= first < 8 and 0 <= last < 8):
        return None
    data = (number % 2**64).to_bytes(8, "little")
    # ``last`` is the highest byte of the result: (n, 0, 1) is byte 1 before byte 0.
    picked = data[first : last + 1][::-1] if first <= last else data[last : first + 1]
    return Long(wrap_long(int.from_bytes(picked, "big")))


def _hex(arguments: list[object]) -> object:
    value = arguments[0]
    if value is None or isinstance(value, str | bool | list | dict):
        return None
    if isinstance(value, float | Decimal):
        number = struct.unpack("<Q", struct.pack("<d", float(value)))[0] if isinstance(value, float) else to_long(value)
        text = f"{number % 2**64:016X}"
    else:
        text = f"{to_long(value) % 2**64:X}"
    if len(arguments) == 1:
        return text
    size = arguments[1]
    if size is None or isinstance(size, str | bool | list | dict) or not 1 <= to_int(size) <= _MAX_TEXT:
        return None
    digits = 2 * to_int(size)
    return text[-digits:].rjust(digits, "0")


_HEX = re.compile(r"(?:[0-9A-Fa-f]{1,16})", re.ASCII)


def _hex_to_long(arguments: list[object]) -> object:
    """Hexadecimal text as a number; byte 0 is the leftmost."""
    text = arguments[0]
    if not isinstance(text, str) or not text or len(text) > _MAX_TEXT:
        return None
    if len(arguments) == 1:
        return Long(wrap_long(int(text, 16))) if _HEX.fullmatch(text) else None
    if any(index is None or isinstance(index, str | bool | list | dict) for index in arguments[1:]):
        return None
    first, last = (to_int(index) for index in arguments[1:])
    if len(text) % 2 or not re.fullmatch(r"[0-9A-Fa-f]+", text, re.ASCII):
        return None
    data = bytes.fromhex(text)
    if not (0 <= first < len(data) and 0 <= last < len(data)) or abs(last - first) >= 8:
        return None
    picked = data[first : last + 1] if first <= last else data[last : first + 1][::-1]
    return Long(wrap_long(int.from_bytes(picked, "big")))


def _from_bcd(arguments: list[object]) -> object:
    """A number whose hexadecimal digits are meant as decimal ones."""
    (value,) = arguments
    if value is None or isinstance(value, bool | list | dict):
        return None
    digits = value if isinstance(value, str) else f"{to_long(value) % 2**64:X}"
    return Long(int(digits)) if digits.isascii() and digits.isdigit() and len(digits) <= 16 else None


def _to_bcd(arguments: list[object]) -> object:
    (value,) = arguments
    if value is None or isinstance(value, bool | list | dict):
        return None
    try:
        number = to_long(value)
    except Failure:
        return None
    return Long(wrap_long(int(str(number), 16))) if 0 <= number <= 9_999_999_999_999_999 else None


def _to_float(arguments: list[object]) -> object:
    """A whole number is taken as the 32 bits of a float; other numbers and texts are converted."""
    (value,) = arguments
    if isinstance(value, int) and not isinstance(value, bool):
        return Float(struct.unpack("<f", struct.pack("<I", int(value) % 2**32))[0])
    number = _real(value)
    return None if number is None else Float(number)


def _to_double(arguments: list[object]) -> object:
    """A whole number is taken as the 64 bits of a double; other numbers and texts are converted."""
    (value,) = arguments
    if isinstance(value, int) and not isinstance(value, bool):
        return float(struct.unpack("<d", struct.pack("<Q", int(value) % 2**64))[0])
    return _real(value)


_REAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def _real(value: object) -> float | None:
    if isinstance(value, float | Decimal):
        return float(value)
    return float(value) if isinstance(value, str) and _REAL.fullmatch(value) else None


def _pad(is_left: bool) -> Callable[[list[object]], object]:
    def pad(arguments: list[object]) -> object:
        value, width, filling = (*arguments, "0")[:3]
        if value is None or width is None or filling is None:
            return None
        if isinstance(width, str | bool | list | dict):
            raise Failure("the width is a number")
        count, text = to_int(width), text_of(value)
        if count > _MAX_TEXT:
            raise unsimulated(f"a text of more than {_MAX_TEXT:,} characters")
        unit = text_of(filling)
        if len(text) >= count or not unit:
            return text
        missing = (unit * (count - len(text)))[: count - len(text)]
        return missing + text if is_left else text + missing

    return pad


def _join(arguments: list[object]) -> object:
    return _joined(arguments[0], ["" if value is None else text_of(value) for value in arguments[1:]])


def _join_non_null(arguments: list[object]) -> object:
    return _joined(arguments[0], [text_of(value) for value in arguments[1:] if value is not None])


def _joined(separator: object, texts: list[str]) -> object:
    return None if separator is None else text_of(separator).join(texts)


def format_time(arguments: list[object]) -> object:
    """Milliseconds since 1970 as ISO 8601 in UTC."""
    (value,) = arguments
    if value is None:
        return None
    if isinstance(value, str | bool | list | dict):
        raise Failure("dtFormat() takes a time in milliseconds")
    milliseconds = to_long(value)
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    except OverflowError:
        raise unsimulated("a time beyond the year 9999") from None
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


TABLE: Final = (
    UtilFunction(
        "signed", "n, bytes", 2, 2, "long", "The lowest 1, 2, 4 or 8 bytes as a signed number.", _numeric(_signed)
    ),
    UtilFunction("bit", "n, i", 2, 2, "int", "Bit i, 1 or 0; bit 0 is the lowest.", _numeric(_bit)),
    UtilFunction(
        "checkBit", "n, i", 2, 2, "boolean", "Whether bit i is set; bit 0 is the lowest.", _numeric(_check_bit)
    ),
    UtilFunction("bits", "n, first, last", 3, 3, "long", "Several bits; reversed if last < first.", _numeric(_bits)),
    UtilFunction("bytes", "n, first, last", 3, 3, "long", "Several bytes; byte 0 is the lowest.", _numeric(_bytes)),
    UtilFunction("hex", "n[, bytes]", 1, 2, "text", "Hexadecimal in upper case.", _hex),
    UtilFunction(
        "hexToLong",
        "text[, first, last]",
        1,
        3,
        "long",
        "A number from hexadecimal text; byte 0 is leftmost.",
        _hex_to_long,
    ),
    UtilFunction("fromBcd", "x", 1, 1, "long", "Hexadecimal digits read as decimal ones.", _from_bcd),
    UtilFunction("toBcd", "x", 1, 1, "long", "Decimal digits as hexadecimal ones.", _to_bcd),
    UtilFunction("toFloat", "x", 1, 1, "float", "The float whose 32 bits these are.", _to_float),
    UtilFunction("toDouble", "x", 1, 1, "double", "The double whose 64 bits these are.", _to_double),
    UtilFunction("leftPad", "x, width[, pad]", 2, 3, "text", "Filled up on the left, with '0' by default.", _pad(True)),
    UtilFunction(
        "rightPad", "x, width[, pad]", 2, 3, "text", "Filled up on the right, with '0' by default.", _pad(False)
    ),
    UtilFunction("join", "separator, …", 1, None, "text", "Joined; null is empty.", _join),
    UtilFunction("joinNonNull", "separator, …", 1, None, "text", "Joined without nulls.", _join_non_null),
)
"""``hexToLong`` takes one argument or three."""
