"""Checks of parameters before anything is sent: each error is one sentence with the bound, never a secret value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from msgspec import UNSET, Struct, UnsetType, to_builtins

from ...errors import InvalidInput
from ...times import require_aware, require_naive

T = TypeVar("T")


def drop_unset(params: Mapping[str, Any]) -> dict[str, Any]:
    """`params` without those that were not given; None stays and is sent as null."""
    return {name: value for name, value in params.items() if value is not UNSET}


def check_range(
    name: str, value: float | UnsetType | None, *, least: float | None = None, most: float | None = None
) -> None:
    """Refuse a number outside its documented bounds."""
    if value is None or isinstance(value, UnsetType):
        return
    if not isinstance(value, int | float):
        raise InvalidInput(f"{name} must be a number, not {type(value).__name__}")
    if (least is not None and value < least) or (most is not None and value > most):
        # Python writes no whole number of more than 4300 digits.
        shown = value if abs(value) < 1 << 64 else "a number beyond 64 bits"
        raise InvalidInput(f"{name} is {shown}, but must be {_bounds(least, most)}")


def check_length(
    name: str, value: str | UnsetType | None, *, least: int | None = None, most: int | None = None
) -> None:
    """Refuse a text that is too short or too long."""
    if isinstance(value, str) and _outside(len(value), least, most):
        raise InvalidInput(f"{name} has {len(value)} characters, but must have {_bounds(least, most)}")


def as_list(
    name: str,
    value: Iterable[T] | UnsetType | None,
    *,
    least: int | None = None,
    most: int | None = None,
    shortest: int | None = None,
    longest: int | None = None,
    unique: bool = False,
) -> list[T] | UnsetType | None:
    """`value` as a list; refused if it is not a list, or outside its documented bounds.

    `shortest` and `longest` bound the length of texts in it, `unique` refuses duplicates.
    """
    if value is None or isinstance(value, UnsetType):
        return value
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        raise InvalidInput(f"{name} must be a list, not {type(value).__name__}: put a single item into brackets")
    items = list(value)
    if _outside(len(items), least, most):
        raise InvalidInput(f"{name} has {len(items)} items, but must have {_bounds(least, most)}: send it in parts")
    if shortest is not None or longest is not None:
        for position, item in enumerate(items):
            if isinstance(item, str) and _outside(len(item), shortest, longest):
                raise InvalidInput(
                    f"item {position} of {name} has {len(item)} characters, but must have {_bounds(shortest, longest)}"
                )
    if unique and len(set(items)) != len(items):
        raise InvalidInput(f"{name} contains an item twice, but every item may appear only once")
    return items


def free_members(
    name: str,
    values: Mapping[str, Any],
    *,
    taken: tuple[str, ...],
    name_pattern: str,
    name_max_length: int,
    text_pattern: str,
    text_max_length: int,
) -> dict[str, Any]:
    """Members whose names are the program's own; refused if a name or a value is outside of its documented bounds.

    `taken` are names that mean something else in this action.
    """
    if not isinstance(values, Mapping) or not values:
        raise InvalidInput(f"{name} must be a dict with at least one value by its name")
    for key, value in values.items():
        if not isinstance(key, str) or len(key) > name_max_length or not re.fullmatch(name_pattern, key):
            raise InvalidInput(
                f"{name} has the name {str(key)[: name_max_length + 1]!r}, "
                f"but names must match {name_pattern} and have at most {name_max_length} characters"
            )
        if key in taken:
            raise InvalidInput(f"{name} has the name {key!r}, which is a parameter of its own: choose another one")
        if isinstance(value, str):
            if len(value) > text_max_length or not re.fullmatch(text_pattern, value):
                raise InvalidInput(
                    f"the text {key} of {name} must match {text_pattern} and have at most {text_max_length} characters"
                )
        elif value is not None and not isinstance(value, int | float):
            raise InvalidInput(f"{key} of {name} must be text, a number, true, false or None: others are ignored there")
    return dict(values)


def complete(
    as_read: Struct | Mapping[str, Any] | UnsetType, changes: Mapping[str, Any], *, needed: tuple[str, ...]
) -> dict[str, Any]:
    """What an update that replaces everything sends: all that was read, with `changes` laid over it.

    Refused if it lacks something `needed`: the platform would refuse it, and reset what is not sent.
    """
    if isinstance(as_read, Struct):
        whole: dict[str, Any] = to_builtins(as_read, builtin_types=(datetime,))
    elif isinstance(as_read, Mapping):
        whole = dict(as_read)
    elif isinstance(as_read, UnsetType):
        whole = {}
    else:
        raise InvalidInput(f"as_read must be what `read` returned, not {type(as_read).__name__}")
    whole |= drop_unset(changes)
    missing = [name for name in needed if name not in whole]
    if missing:
        raise InvalidInput(f"give {', '.join(missing)} as well, or as_read: what is not sent is reset")
    return whole


def further_params(name: str, values: Mapping[str, Any] | UnsetType, given: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters that have no name here, such as a plugin's own; refused if one is given by its name, too."""
    if isinstance(values, UnsetType):
        return {}
    if not isinstance(values, Mapping):
        raise InvalidInput(f"{name} must be a dict of parameters by their names, not {type(values).__name__}")
    twice = sorted(values.keys() & {*given, "hash"})
    if twice:
        raise InvalidInput(f"{name} has {', '.join(twice)}, which the call has already")
    return dict(values)


def omit_members(value: Any, members: tuple[str, ...]) -> Any:
    """Structs as plain data without `members`, which an update does not accept; plain data is sent as it is.

    A dotted member is left out of what the names before it hold, also of every item of a list.
    """
    if isinstance(value, list):
        return [omit_members(item, members) for item in value]
    if not isinstance(value, Struct):
        return value
    plain: dict[str, Any] = to_builtins(value, builtin_types=(datetime,))
    for member in members:
        _omit(plain, member)
    return plain


def _omit(plain: Any, member: str) -> None:
    if isinstance(plain, list):
        for item in plain:
            _omit(item, member)
    elif isinstance(plain, dict):
        name, _, below = member.partition(".")
        if below:
            _omit(plain.get(name), below)
        else:
            plain.pop(name, None)


def check_period(
    start: datetime | UnsetType,
    end: datetime | UnsetType,
    *,
    names: tuple[str, str] = ("from_", "to"),
    longest_days: int | None = None,
    naive: bool = False,
) -> None:
    """Refuse a period with naive ends or ends in the wrong order, or one that is longer than `longest_days`.

    The panel reads times in the operator's zone, which nobody here knows: its ends have to be `naive`.
    """
    for moment, name in zip((start, end), names, strict=True):
        if not isinstance(moment, UnsetType):
            (require_naive if naive else require_aware)(moment, name)
    if isinstance(start, UnsetType) or isinstance(end, UnsetType):
        return
    if end <= start:
        raise InvalidInput(
            f"{names[1]} ({end.isoformat()}) must be after {names[0]} ({start.isoformat()}): swap or widen them"
        )
    if longest_days is not None and end - start > timedelta(days=longest_days):
        raise InvalidInput(
            f"{names[0]} and {names[1]} are {(end - start) / timedelta(days=1):g} days apart, "
            f"but must be at most {longest_days}: ask in parts"
        )


def interval_or_period(
    start: datetime | UnsetType,
    end: datetime | UnsetType,
    interval: str | UnsetType,
    *,
    names: tuple[str, str, str] = ("from_", "to", "interval"),
) -> None:
    """Refuse a period that is given both ways, neither way, or by only one of its ends."""
    ends = [moment for moment in (start, end) if not isinstance(moment, UnsetType)]
    if len(ends) == (2 if isinstance(interval, UnsetType) else 0):
        check_period(start, end, names=names[:2])
        return
    raise InvalidInput(f"give either {names[0]} and {names[1]}, or {names[2]}, and not parts of both")


def exactly_one(**params: Any) -> None:
    """Refuse a call that gives none, or more than one, of parameters that exclude each other."""
    given = [name for name, value in params.items() if value is not UNSET]
    if len(given) != 1:
        raise InvalidInput(f"give exactly one of {', '.join(params)}, not {' and '.join(given) or 'none of them'}")


def at_least_one(**params: Any) -> None:
    """Refuse a call that gives none of several parameters."""
    if all(value is UNSET for value in params.values()):
        raise InvalidInput(f"give at least one of {', '.join(params)}")


def _outside(count: int, least: int | None, most: int | None) -> bool:
    return (least is not None and count < least) or (most is not None and count > most)


def _bounds(least: float | None, most: float | None) -> str:
    if least is None:
        return f"at most {most}"
    return f"at least {least}" if most is None else f"{least} to {most}"
