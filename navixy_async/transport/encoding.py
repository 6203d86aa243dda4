"""Parameters as the platform reads them: wire names, whole-second UTC times, JSON or query text."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from enum import Enum
from numbers import Integral, Real
from typing import Any, Protocol

import msgspec

from ..errors import InvalidInput
from ..operations import EXTRA_KEY
from ..texts import is_utf8
from ..times import to_panel_wire, to_wire


class WriteTime(Protocol):
    """Writes a time as one of the platform's interfaces reads it."""

    def __call__(self, value: datetime, *, round_up: bool = ...) -> str: ...


_DEEPEST = 64
"""Nested lists and objects; the deepest documented parameter has seven."""
_encode_json = msgspec.json.Encoder(decimal_format="number").encode


def wire_value(value: Any, name: str = "", around: tuple[int, ...] = (), times: WriteTime = to_wire) -> Any:
    """`value` with every time in it written as the platform reads it, built of JSON types only.

    Fractions of a second are cut off, except for an end of a range (``to``), which is lifted to the next second.

    Args:
        value: what is given.
        name: the parameter that it belongs to.
        around: the lists and objects around it, by identity.

    Raises:
        InvalidInput: JSON cannot express it, or not without changing it; the message does not quote the value.
    """
    kind = type(value)
    if value is None or kind is bool:
        return value
    if kind is str:
        return value if value.isascii() else _text(value, name)
    if kind is int:
        return _whole(value, name)
    if kind is dict or kind is list:  # nearly all values, and checks of abstract classes are slow
        return _held(value, name, around, times)
    if isinstance(value, Enum):
        return wire_value(value.value, name, around, times)
    if isinstance(value, datetime):
        return times(value, round_up=name == "to")
    if isinstance(value, str):
        return _text(str.__str__(value), name)
    if isinstance(value, Decimal | Real | Integral):
        return _number(value, name)
    if isinstance(value, bytes | bytearray | memoryview):
        raise InvalidInput(
            f"{_the(name)} is {kind.__name__}, which JSON cannot express: give text, or a file to upload"
        )
    return _held(value, name, around, times)


def _held(value: Any, name: str, around: tuple[int, ...], times: WriteTime) -> Any:
    """A list or object, with every value in it."""
    if id(value) in around:
        raise InvalidInput(f"{_the(name)} cannot be written as JSON: it contains itself")
    if len(around) >= _DEEPEST:
        raise InvalidInput(f"{_the(name)} cannot be written as JSON: more than {_DEEPEST} lists and objects deep")
    around = (*around, id(value))
    if isinstance(value, dict | Mapping):
        members: dict[str, Any] = {}
        for key, item in value.items():
            member = key if type(key) is str and key.isascii() else _key(key, name)
            members[member] = wire_value(item, member, around, times)
        return members | members.pop(EXTRA_KEY) if EXTRA_KEY in members else members
    if isinstance(value, list | Sequence | set | frozenset):
        return [wire_value(item, name, around, times) for item in value]
    return wire_value(_builtins(value, name), name, around, times)


def _the(name: str) -> str:
    return f"the parameter {name!r}" if name else "a parameter"


def _text(value: str, name: str) -> str:
    if not is_utf8(value):
        raise InvalidInput(f"{_the(name)} is not UTF-8 text (it has lone surrogates): decode it first")
    return value


def _whole(value: int, name: str) -> int:
    if -(1 << 63) <= value < 1 << 64:
        return value
    raise InvalidInput(f"{_the(name)} is a whole number beyond 64 bits: give a smaller one, or text")


def _number(value: Any, name: str) -> float | int | Decimal:
    if isinstance(value, Integral):
        return _whole(int(value), name)
    try:
        finite = math.isfinite(value)
    except (ValueError, OverflowError):  # a signalling Decimal, a fraction beyond all floats
        finite = False
    if not finite:
        # msgspec would write null, and an update with null wipes what is there.
        raise InvalidInput(
            f"{_the(name)} is not a finite number, which JSON cannot express: give a finite number or leave it out"
        )
    return value if isinstance(value, Decimal) else float(value)


def _key(key: object, name: str) -> str:
    if isinstance(key, Enum):
        key = key.value
    if isinstance(key, str):
        return str.__str__(key) if key.isascii() else _text(str.__str__(key), name)
    if isinstance(key, int) and not isinstance(key, bool):
        return str(_whole(key, name))
    raise InvalidInput(f"{_the(name)} has a name of type {type(key).__name__}: names are text")


def _builtins(value: Any, name: str) -> Any:
    """Structs, dataclasses, dates and the like, as msgspec converts them."""
    try:
        plain = msgspec.to_builtins(value, builtin_types=(datetime, Decimal))
    except RecursionError:
        raise InvalidInput(f"{_the(name)} cannot be written as JSON: it contains itself, or is too deep") from None
    except (TypeError, ValueError, OverflowError):
        plain = value
    if type(plain) is type(value):
        raise InvalidInput(f"{_the(name)} cannot be written as JSON: it is of type {type(value).__name__}")
    return plain


def encode_params(params: Mapping[str, Any] | None, api: str = "backend") -> bytes:
    """The JSON body of a request to one of the platform's interfaces."""
    _check(params)
    if not params:
        return b"{}"
    try:
        return _encode_json(wire_value(params, times=_times(api)))
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        if isinstance(error, InvalidInput):
            raise
        raise InvalidInput(f"a parameter cannot be written as JSON: {type(error).__name__}") from None


def encode_query(params: Mapping[str, Any] | None, api: str = "backend") -> dict[str, str]:
    """The query of a request; lists and objects are written as JSON, unset text stays text."""
    _check(params)
    query: dict[str, str] = {}
    for name, value in (params or {}).items():
        plain = wire_value(value, name, times=_times(api))
        query[_key(name, "")] = plain if isinstance(plain, str) else _encode_json(plain).decode()
    return query


def _times(api: str) -> WriteTime:
    return to_panel_wire if api == "panel" else to_wire


def _check(params: Mapping[str, Any] | None) -> None:
    if type(params) is not dict and params is not None and not isinstance(params, Mapping):
        raise InvalidInput(f"parameters are given as a mapping of names to values, not as {type(params).__name__}")
    if params and "hash" in params:
        raise InvalidInput("the parameter 'hash' is the account's own: give the credential to navixy.account() instead")


def fill_path(path: str, params: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """`path` with its ``{name}`` parts taken from `params`, and the parameters that are left."""
    rest = dict(params)
    parts = []
    for part in path.split("/"):
        if part.startswith("{") and part.endswith("}"):
            name = part[1:-1]
            value = rest.pop(name, None)
            if isinstance(value, bool) or not isinstance(value, int | str) or not _is_id(value):
                raise InvalidInput(f"{path} needs the parameter {name}, an id")
            part = str(value)  # noqa: PLW2901
        parts.append(part)
    return "/".join(parts), rest


def _is_id(value: int | str) -> bool:
    return 0 <= value < 1 << 64 if isinstance(value, int) else value.isascii() and value.isalnum()
