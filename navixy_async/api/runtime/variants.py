"""Objects that come in variants, distinguished by a tag."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Optional, TypeVar, Union

from msgspec import Raw, ValidationError

from .lenient import OddMembers, odd_members
from .model import Model, Unknown
from .unknown_fields import ModelReader

T = TypeVar("T")


class Variants:
    """Reads objects that come in variants distinguished by a tag, unknown ones included.

    A field that holds variants is declared as raw JSON, and its struct passes it on to here when it is complete
    (``__post_init__``). All of it is decoded in one go; only if that fails, because of an unknown variant or a field
    that is seen for the first time, the items are read one by one. So known variants cost one more pass over the
    bytes, and only unknown ones cost more.
    """

    def __init__(self, unknown: type[Unknown], *known: type[Model]) -> None:
        self._unknown = unknown
        self._known: Any = Union[known]  # noqa: UP007 - as many as there are
        self._tags = tuple(kind.__struct_config__.tag for kind in known)
        self._readers: dict[Any, ModelReader[Any]] = {}

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
        items = lambda raws: {name: self._item(raw) for name, raw in raws.items()}  # noqa: E731
        found: T = self._read(value, dict[key, self._known], dict[key, Raw], items)  # type: ignore[valid-type, name-defined]
        return found

    def mapped_many(self, value: T, key: type = str) -> T:
        """Lists of variants by key."""
        items = lambda raws: {name: self._items(under) for name, under in raws.items()}  # noqa: E731
        kinds = dict[key, list[self._known]], dict[key, list[Raw]]  # type: ignore[valid-type, name-defined]
        found: T = self._read(value, *kinds, items)
        return found

    def _read(self, value: Any, known: Any, raw: Any, read_items: Callable[[Any], Any]) -> Any:
        # Anything but raw JSON was put there by hand, or is absent.
        if type(value) is not Raw:
            return value
        odd = odd_members()
        if odd is not None:
            return odd.spread(raw, value, odd.path or "", partial(self._item_leniently, odd))
        try:
            return self._reader(known).attempt(value)
        except ValidationError:
            pass
        return read_items(value if raw is Raw else self._reader(raw).read(value))

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
            # A known variant: new fields are learnt, and an error in it must not be ignored.
            return reader.learn(raw)
        return self._unknown(members)

    def _item_leniently(self, odd: OddMembers, raw: Raw, path: str) -> Any:
        odd.path = None
        try:
            return self._item(raw)
        except ValidationError:
            pass
        return self._reader(self._known).read_leniently(raw, odd, path)

    def _reader(self, kind: Any) -> ModelReader[Any]:
        reader = self._readers.get(kind)
        if reader is None:
            reader = self._readers[kind] = ModelReader(Optional[kind])  # noqa: UP045 - built at run time
        return reader
