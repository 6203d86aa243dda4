"""Parameters as the platform reads them: wire names, whole-second UTC times, JSON or query text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum
from typing import Any

import msgspec

from ..errors import InvalidInput
from ..times import to_wire

REST = "<unknown members>"
"""The member in which a struct keeps what has no field of its own; its content is written in its place."""

_PLAIN = (str, int, float, bool, type(None))
_encode_json = msgspec.json.Encoder().encode


def wire_value(value: Any, name: str = "") -> Any:
    """`value` with every time in it written as the platform reads it; `name` is the parameter it belongs to.

    Fractions of a second are cut off, except for an end of a range (``to``), which is lifted to the next second.
    """
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, datetime):
        return to_wire(value, round_up=name == "to")
    if isinstance(value, Mapping):
        members = {str(key): wire_value(item, str(key)) for key, item in value.items()}
        return members | members.pop(REST, {})
    if isinstance(value, msgspec.Struct):
        return wire_value(msgspec.to_builtins(value, builtin_types=(datetime,)), name)
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, bytes | bytearray):
        return [wire_value(item, name) for item in value]
    return value


def encode_params(params: Mapping[str, Any] | None) -> bytes:
    """The JSON body of a request."""
    if not params:
        return b"{}"
    if "hash" in params:
        raise InvalidInput("the parameter 'hash' is the account's own: give the credential to navixy.account() instead")
    try:
        return _encode_json(wire_value(params))
    except (TypeError, ValueError, OverflowError) as error:
        raise InvalidInput(f"a parameter cannot be written as JSON: {error}") from None


def encode_query(params: Mapping[str, Any] | None) -> dict[str, str]:
    """The query of a request; lists and objects are written as JSON, unset text stays text."""
    if params and "hash" in params:
        raise InvalidInput("the parameter 'hash' is the account's own: give the credential to navixy.account() instead")
    query: dict[str, str] = {}
    for name, value in (params or {}).items():
        plain = wire_value(value, name)
        query[name] = plain if isinstance(plain, str) else _encode_json(plain).decode()
    return query


def fill_path(path: str, params: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """`path` with its ``{name}`` parts taken from `params`, and the parameters that are left."""
    rest = dict(params)
    parts = []
    for part in path.split("/"):
        if part.startswith("{") and part.endswith("}"):
            name = part[1:-1]
            value = rest.pop(name, None)
            if isinstance(value, bool) or not isinstance(value, int | str) or not str(value).isalnum():
                raise InvalidInput(f"{path} needs the parameter {name}, an id")
            part = str(value)  # noqa: PLW2901
        parts.append(part)
    return "/".join(parts), rest
