"""The catalogue's small language of types: ``int``, ``list[tracker]``, ``map[int: tracker_state]``, ``int | str``.

Words in it:

- ``int``, ``float``, ``str``, ``bool``, ``datetime``, ``date``, ``any``, ``file``;
- ``number``: documented as a whole number, but measured, so that a fraction must not break a program;
- ``list[T]``; ``map[T]`` with text as keys; ``map[int: T]`` with ids as keys, ``map[date: T]`` with days;
- ``A | B``: the platform sends now one, now the other;
- everything else names an object of the catalogue: ``tracker``, ``tracker_state.gps``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

SCALARS = ("int", "float", "number", "str", "bool", "datetime", "date", "any", "file")

_WORD = re.compile(r"[A-Za-z_][\w.]*")


class TypeFault(ValueError):
    """A text that is not a type of the catalogue."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value without parts."""

    name: str


@dataclass(frozen=True, slots=True)
class Ref:
    """An object of the catalogue."""

    name: str


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of one kind of items."""

    item: Type


@dataclass(frozen=True, slots=True)
class MapOf:
    """An object whose keys are data: ids, dates or free names."""

    key: str
    value: Type


@dataclass(frozen=True, slots=True)
class Either:
    """One of several types."""

    parts: tuple[Type, ...]


Type: TypeAlias = Scalar | Ref | ListOf | MapOf | Either


def parse(text: str) -> Type:
    """`text` as a type; :class:`TypeFault` if it is not one."""
    found, rest = _either(text.strip(), text)
    if rest:
        raise TypeFault(f"{text!r} is not a type: {rest!r} is left over")
    return found


def _either(rest: str, whole: str) -> tuple[Type, str]:
    part, rest = _single(rest, whole)
    parts = [part]
    while rest.startswith("|"):
        part, rest = _single(rest[1:].lstrip(), whole)
        parts.append(part)
    return (parts[0] if len(parts) == 1 else Either(tuple(parts))), rest


def _single(rest: str, whole: str) -> tuple[Type, str]:
    word = _WORD.match(rest)
    if word is None:
        raise TypeFault(f"{whole!r} is not a type: a name is expected at {rest!r}")
    name, rest = word.group(), rest[word.end() :].lstrip()
    if name in ("list", "map"):
        if not rest.startswith("["):
            raise TypeFault(f"{whole!r} is not a type: {name} needs the type of its items in brackets")
        rest, key = rest[1:].lstrip(), "str"
        for kind in ("int", "date"):
            if name == "map" and rest.startswith(f"{kind}:"):
                rest, key = rest.removeprefix(f"{kind}:").lstrip(), kind
        item, rest = _either(rest, whole)
        if not rest.startswith("]"):
            raise TypeFault(f"{whole!r} is not a type: a bracket is not closed")
        return (ListOf(item) if name == "list" else MapOf(key, item)), rest[1:].lstrip()
    return (Scalar(name) if name in SCALARS else Ref(name)), rest


def refs(kind: Type) -> Iterator[str]:
    """Names of the objects in `kind`."""
    if isinstance(kind, Ref):
        yield kind.name
    elif isinstance(kind, ListOf):
        yield from refs(kind.item)
    elif isinstance(kind, MapOf):
        yield from refs(kind.value)
    elif isinstance(kind, Either):
        for part in kind.parts:
            yield from refs(part)
