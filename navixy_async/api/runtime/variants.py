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

_FEW = 8
"""Families up to this size are decoded as a whole from the start."""


class Variants:
    """Reads objects that come in variants distinguished by a tag, unknown ones included.

    A field that holds variants is declared as raw JSON, and its struct passes it on to here when it is complete
    (``__post_init__``). All of it is decoded in one go; only if that fails, because of an unknown variant or a field
    that is seen for the first time, the items are read one by one. So known variants cost one more pass over the
    bytes, and only unknown ones cost more.

    A decoder for dozens of variants takes longer to make than all that it will ever read: of a large family, only those
    that were met are in it.
    """

    def __init__(self, unknown: type[Unknown], *known: type[Model]) -> None:
        self._unknown = unknown
        self._by_tag = {kind.__struct_config__.tag: kind for kind in known}
        self._readers: dict[Any, ModelReader[Any]] = {}
        self._known: Any = None
        self._met: dict[Any, type[Model]] = {}
        if len(known) <= _FEW:
            self._expect(self._by_tag)

    def _expect(self, met: dict[Any, type[Model]]) -> None:
        """Make decoders for the variants `met`; those made before go on until they are done."""
        self._met = met
        self._known = Union[tuple(met.values())]  # noqa: UP007 - as many as there are
        self._readers = {}

    def one(self, value: T) -> T:
        """A single variant."""
        found: T = self._read(value, self._known, Raw, self._item)
        return found

    def many(self, value: T) -> T:
        """A list of variants."""
        known = self._known and list[self._known]  # type: ignore[name-defined]
        found: T = self._read(value, known, list[Raw], self._items)
        return found

    def mapped(self, value: T, key: type = str) -> T:
        """Variants by key."""
        items = lambda raws: {name: self._item(raw) for name, raw in raws.items()}  # noqa: E731
        known = self._known and dict[key, self._known]  # type: ignore[valid-type, name-defined]
        found: T = self._read(value, known, dict[key, Raw], items)  # type: ignore[valid-type]
        return found

    def mapped_many(self, value: T, key: type = str) -> T:
        """Lists of variants by key."""
        items = lambda raws: {name: self._items(under) for name, under in raws.items()}  # noqa: E731
        known = self._known and dict[key, list[self._known]]  # type: ignore[valid-type, name-defined]
        found: T = self._read(value, known, dict[key, list[Raw]], items)  # type: ignore[valid-type]
        return found

    def _read(self, value: Any, known: Any, raw: Any, read_items: Callable[[Any], Any]) -> Any:
        # Anything but raw JSON was put there by hand, or is absent.
        if type(value) is not Raw:
            return value
        odd = odd_members()
        if odd is not None:
            return odd.spread(raw, value, odd.path or "", partial(self._item_leniently, odd))
        if known is not None:
            try:
                return self._reader(known).attempt(value)
            except ValidationError:
                pass
        found = value if raw is Raw else self._reader(raw).read(value)
        return None if found is None else read_items(found)

    def _items(self, raws: list[Raw]) -> list[Any]:
        return [self._item(raw) for raw in raws]

    def _item(self, raw: Raw) -> Any:
        if self._known is not None:
            try:
                return self._reader(self._known).attempt(raw)
            except ValidationError:
                pass
        members = self._reader(dict[str, Any]).read(raw)
        if members is None:
            return None
        tag = members.get(self._unknown.tag_field)
        kind = self._by_tag.get(tag) if isinstance(tag, str | int) else None
        if kind is None:
            return self._unknown(members)
        if tag not in self._met:
            self._expect({**self._met, tag: kind})
        # A known variant: new fields are learnt, and an error in it must not be ignored.
        return self._reader(kind).read(raw)

    def _item_leniently(self, odd: OddMembers, raw: Raw, path: str) -> Any:
        odd.path = None
        try:
            return self._item(raw)
        except ValidationError:
            pass
        anything: Any = Union[tuple(self._by_tag.values())]  # noqa: UP007 - as many as there are
        return self._reader(self._known or anything).read_leniently(raw, odd, path)

    def _reader(self, kind: Any) -> ModelReader[Any]:
        reader = self._readers.get(kind)
        if reader is None:
            reader = self._readers[kind] = ModelReader(Optional[kind])  # noqa: UP045 - built at run time
        return reader
