"""Objects that come in variants, each told by its tag."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Optional, TypeVar, Union

from msgspec import Raw, ValidationError

from .model import Model, Unknown
from .unknown_fields import Reader

T = TypeVar("T")


class Variants:
    """Reads objects that come in variants told apart by a tag, unknown ones included.

    A member that holds variants is declared as raw JSON, and its struct hands it over here when it is complete
    (``__post_init__``). The whole of it is decoded in one go; only when that fails because of a variant that we do not
    know, or a member that we meet for the first time, is each item looked at by itself. So known variants cost one more
    glance at the bytes, and unknown ones cost themselves.
    """

    def __init__(self, unknown: type[Unknown], *known: type[Model]) -> None:
        self._unknown = unknown
        self._known: Any = Union[known]  # noqa: UP007 - as many as there are
        self._tags = tuple(kind.__struct_config__.tag for kind in known)
        self._readers: dict[Any, Reader[Any]] = {}

    def one(self, value: T) -> T:
        """A single variant."""
        found: T = self._read(value, self._known, Raw, self._item)
        return found

    def many(self, value: T) -> T:
        """A list of variants."""
        found: T = self._read(value, list[self._known], list[Raw], self._items)  # type: ignore[name-defined]
        return found

    def mapped(self, value: T, key: type = str) -> T:
        """Variants by key."""
        each = lambda raws: {name: self._item(raw) for name, raw in raws.items()}  # noqa: E731
        found: T = self._read(value, dict[key, self._known], dict[key, Raw], each)  # type: ignore[valid-type, name-defined]
        return found

    def mapped_many(self, value: T, key: type = str) -> T:
        """Lists of variants by key."""
        each = lambda raws: {name: self._items(under) for name, under in raws.items()}  # noqa: E731
        kinds = dict[key, list[self._known]], dict[key, list[Raw]]  # type: ignore[valid-type, name-defined]
        found: T = self._read(value, *kinds, each)
        return found

    def _read(self, value: Any, known: Any, raw: Any, each: Callable[[Any], Any]) -> Any:
        # Anything but raw JSON was put there by hand, or is absent.
        if type(value) is not Raw:
            return value
        try:
            return self._reader(known).attempt(value)
        except ValidationError:
            pass
        return each(value if raw is Raw else self._reader(raw).read(value))

    def _items(self, raws: list[Raw]) -> list[Any]:
        return [self._item(raw) for raw in raws]

    def _item(self, raw: Raw) -> Any:
        reader = self._reader(self._known)
        try:
            return reader.attempt(raw)
        except ValidationError:
            pass
        members = self._reader(dict[str, Any]).read(raw)
        if members.get(self._unknown.tag_field) in self._tags:
            # A variant that we know: new members are learnt, and what is wrong with it must not be passed over.
            return reader.learn(raw)
        return self._unknown(members)

    def _reader(self, kind: Any) -> Reader[Any]:
        reader = self._readers.get(kind)
        if reader is None:
            reader = self._readers[kind] = Reader(Optional[kind])  # noqa: UP045 - built at run time
        return reader
