"""Checks the parameters of a request as strictly as they are documented; every fault is reported at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, TypeGuard

import msgspec

from .wire import Times, WireError

Kind: TypeAlias = Literal["int", "number", "str", "bool", "time", "ints", "strs", "objects", "object", "any"]

_INTEGER = re.compile(r"-?\d{1,19}")


@dataclass(frozen=True, slots=True)
class ParamRule:
    """One documented parameter: its type and bounds. Bounds concern the number, the length or the count of items."""

    kind: Kind
    required: bool = True
    default: Any = None
    low: int | None = None
    high: int | None = None
    options: frozenset[str] | None = None
    item_low: int | None = None
    item_high: int | None = None
    pattern: str | None = None
    text: bool = False
    """Whether a number may be sent as text: some interfaces accept both."""
    excess: int = 7
    """The code for a list with more than `high` items."""


def need(kind: Kind, **bounds: Any) -> ParamRule:
    return ParamRule(kind, **bounds)


def may(kind: Kind, default: Any = None, **bounds: Any) -> ParamRule:
    return ParamRule(kind, required=False, default=default, **bounds)


def check(given: Mapping[str, Any], wanted: Mapping[str, ParamRule], times: Times, *, textual: bool) -> dict[str, Any]:
    """The values of the `wanted` parameters, times as epoch seconds; 7 with every fault if any is wrong.

    `textual` requests (form and query) carry everything as text, lists and objects as JSON. Null counts as not given.
    """
    values: dict[str, Any] = {}
    faults: list[dict[str, str]] = []
    for name, param in wanted.items():
        value = given.get(name)
        if value is None:
            if param.required:
                faults.append({"parameter": name, "error": "parameter is required"})
            values[name] = param.default
            continue
        if textual or param.text:
            value = _from_text(value, param.kind)
        if param.excess != 7 and isinstance(value, list) and param.high is not None and len(value) > param.high:
            raise WireError(param.excess)
        fault = _fault(value, param)
        if fault is None and param.kind == "time":
            value = times.read(value)
            if value is None:
                fault = "ISO 8601 with an offset expected" if times.iso else "yyyy-MM-dd HH:mm:ss expected"
        if fault is not None:
            faults.append({"parameter": name, "error": fault})
        values[name] = value
    if faults:
        raise WireError(7, errors=faults)
    return values


def _from_text(value: Any, kind: Kind) -> Any:
    if not isinstance(value, str):
        return value
    if kind == "int" and _INTEGER.fullmatch(value):
        return int(value)
    if kind == "bool" and value in ("true", "false"):
        return value == "true"
    if kind in ("number", "ints", "strs", "objects", "object", "any"):
        try:
            return msgspec.json.decode(value)
        except msgspec.DecodeError:
            return value
    return value


def _fault(value: Any, param: ParamRule) -> str | None:
    kind = param.kind
    if kind == "any":
        return None
    if kind in ("int", "number"):
        if type(value) is not int and (kind == "int" or type(value) is not float):
            return "integer expected" if kind == "int" else "number expected"
        return _outside(value, param.low, param.high, "value")
    if kind == "bool":
        return None if type(value) is bool else "boolean expected"
    if kind == "object":
        return None if isinstance(value, dict) else "object expected"
    if kind in ("str", "time"):
        if not isinstance(value, str):
            return "string expected"
        if param.options is not None and value not in param.options:
            return f"one of {', '.join(sorted(param.options))} expected"
        if param.pattern is not None and not re.fullmatch(param.pattern, value):
            return "malformed value"
        return _outside(len(value), param.low, param.high, "length") if param.kind == "str" else None
    return _list_fault(value, param)


def _list_fault(value: Any, param: ParamRule) -> str | None:
    if not isinstance(value, list):
        return "array expected"
    wanted: type = {"ints": int, "strs": str, "objects": dict}[param.kind]
    if any(type(item) is not wanted for item in value):
        return {"ints": "array of integers", "strs": "array of strings", "objects": "array of objects"}[
            param.kind
        ] + " expected"
    if param.options is not None and any(item not in param.options for item in value):
        return f"items out of {', '.join(sorted(param.options))} expected"
    if param.kind == "strs":
        for item in value:
            fault = _outside(len(item), param.item_low, param.item_high, "length of an item")
            if fault is not None:
                return fault
    return _outside(len(value), param.low, param.high, "number of items")


def _outside(value: float, low: int | None, high: int | None, what: str) -> str | None:
    if low is not None and value < low:
        return f"{what} must be at least {low}"
    if high is not None and value > high:
        return f"{what} must be at most {high}"
    return None


def is_whole(value: Any) -> TypeGuard[int]:
    """Whether `value` is a whole number and not a boolean."""
    return type(value) is int


def decoded(given: Mapping[str, Any], wanted: Mapping[str, ParamRule], *, textual: bool) -> dict[str, Any]:
    """All given parameters, documented or not; text of forms and queries is read by the documented types."""
    if not textual:
        return dict(given)
    return {name: _from_text(value, wanted[name].kind if name in wanted else "any") for name, value in given.items()}
