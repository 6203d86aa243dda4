"""Reads JSON whose members may not have their documented type: such a member stays as it came, all others are read.

This is the careful way, taken only after reading as documented has failed. It takes lists and objects apart, tries each
part as documented, and goes deeper only where that fails: the time is in proportion to the size of the answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import msgspec
from msgspec import Raw, Struct, ValidationError

from ...operations import EXTRA_KEY

_JSON_KINDS = {dict: "an object", list: "a list", str: "text", bool: "true or false", NoneType: "null"}
_items = msgspec.json.Decoder(list[Raw]).decode
_members = msgspec.json.Decoder(dict[str, Raw]).decode
_MOST_DIGITS = 640
"""Digits that every Python turns into a whole number, whatever its settings."""
_any = msgspec.json.Decoder().decode


class OddMembers:
    """Notes which members were odd while one answer is read: by their documented names, never by what they hold."""

    __slots__ = ("found", "path")

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        """What the members are instead, by their path (``list[].label``)."""
        self.path: str | None = None
        """Where variants to be read leniently are; None while something is tried as documented."""

    def read(self, kind: Any, raw: bytes | Raw, path: str) -> Any:
        """`raw` as `kind`, as far as it can be read so."""
        self.path = None
        try:
            return decoder(kind)(raw)
        except ValidationError:
            pass
        return self._taken_apart(kind, raw, path)

    def spread(self, shape: Any, raw: bytes | Raw, path: str, read_item: Callable[[Raw, str], Any]) -> Any:
        """`raw` as lists and maps of items, each of which `read_item` reads; `shape` has Raw instead of them."""
        first = _first(raw)
        if shape is Raw:
            return read_item(Raw(raw), path)
        if first == b"[" and get_origin(shape) is list:
            (item,) = get_args(shape)
            return [self.spread(item, one, f"{path}[]", read_item) for one in _items(raw)]
        if first == b"{" and get_origin(shape) is dict:
            key, value = get_args(shape)
            spread = {name: self.spread(value, one, f"{path}{{}}", read_item) for name, one in _members(raw).items()}
            return {read_key(key, name): value for name, value in spread.items()}
        return self.keep(raw, path)

    def keep(self, raw: bytes | Raw, path: str) -> Any:
        """What is odd, as plain JSON types."""
        value = plain(raw)
        self.found.setdefault(path, _JSON_KINDS.get(type(value), "a number"))
        return value

    def _taken_apart(self, kind: Any, raw: bytes | Raw, path: str) -> Any:
        first = _first(raw)
        for part in get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,):
            if first == b"[" and get_origin(part) is list:
                (item,) = get_args(part)
                return [self.read(item, one, f"{path}[]") for one in _items(raw)]
            if first == b"{" and get_origin(part) is dict:
                key, value = get_args(part)
                return {
                    read_key(key, name): self.read(value, one, f"{path}{{}}") for name, one in _members(raw).items()
                }
            if first == b"{" and isinstance(part, type) and issubclass(part, Struct):
                members = _members(raw)
                if _is_tagged_as(part, members):
                    return self._struct(part, members, raw, path)
        return self.keep(raw, path)

    def _struct(self, kind: type[Struct], members: dict[str, Raw], raw: bytes | Raw, path: str) -> Any:
        values: dict[str, Any] = {}
        rest, inner = None, f"{path}." if path else ""
        variants = ""
        for name, wire, part in _fields(kind):
            if wire == EXTRA_KEY:
                rest = name
            elif wire in members:
                value = members.pop(wire)
                values[name] = value if part is Raw else self.read(part, value, inner + wire)
                variants = wire if part is Raw else variants
        if rest is not None and members:
            values[rest] = {name: plain(value) for name, value in members.items()}
        self.path = inner + variants if variants else path
        try:
            return kind(**values)
        except (TypeError, ValueError):  # a struct of a program, which insists on a member or checks itself
            return self.keep(raw, path)


_active: ContextVar[OddMembers | None] = ContextVar("odd_members", default=None)


def odd_members() -> OddMembers | None:
    """The notes of the lenient reading that is under way; None while something is read as documented."""
    odd = _active.get()
    return None if odd is None or odd.path is None else odd


@contextmanager
def noting_odd_members() -> Iterator[OddMembers]:
    """Until the block ends, everything in this task is read leniently."""
    odd = OddMembers()
    token = _active.set(odd)
    try:
        yield odd
    finally:
        _active.reset(token)


def read_key(kind: type, name: str) -> Any:
    """The key of a map as `kind`; as text if it is not one."""
    try:
        return name if kind in (str, Any) else msgspec.convert(name, kind, strict=False)
    except ValidationError:
        return name


@lru_cache(maxsize=4096)
def decoder(kind: Any) -> Callable[[Any], Any]:
    """What reads JSON into `kind`, as documented."""
    return msgspec.json.Decoder(kind).decode


@lru_cache(maxsize=4096)
def _fields(kind: type[Struct]) -> tuple[tuple[str, str, Any], ...]:
    """Name, wire name and type of each field."""
    return tuple((field.name, field.encode_name, field.type) for field in msgspec.structs.fields(kind))


def _first(raw: bytes | Raw) -> bytes:
    """The sign that JSON begins with."""
    view = memoryview(raw)
    return bytes(view[:64]).lstrip()[:1] or bytes(view).lstrip()[:1]


def _is_tagged_as(kind: type[Struct], members: Mapping[str, Raw]) -> bool:
    config = kind.__struct_config__
    tag = None if config.tag_field is None else members.get(config.tag_field)
    return tag is None or plain(tag) == config.tag


def plain(raw: bytes | Raw) -> Any:
    """`raw` as plain JSON types; a number beyond all floats is infinite."""
    try:
        return _any(raw)
    except ValidationError:
        return json.loads(bytes(raw), parse_int=_whole)


def mended(body: bytes | Raw) -> bytes | None:
    """JSON that every decoder reads, made of some that only lenient ones do; None if it is no JSON for them either.

    Halves of surrogate pairs (labels that were cut) and bytes that are not UTF-8 become U+FFFD, NaN becomes null.
    """
    try:
        content = json.loads(
            bytes(body).decode("utf-8-sig", "replace"), parse_int=_whole, parse_float=_finite, parse_constant=_nothing
        )
        text = json.dumps(content, ensure_ascii=False, allow_nan=False)
    except (RecursionError, ValueError):
        return None
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _finite(digits: str) -> float | None:
    return value if isfinite(value := float(digits)) else None


def _nothing(name: str) -> None:
    """What NaN and Infinity are read as."""


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) < _MOST_DIGITS else float(digits)
