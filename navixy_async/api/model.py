"""What all structs of the platform have in common.

They are tolerant, because the platform grows under its clients: members that we do not know are ignored, members that
are missing read as None, a variant that we do not know keeps its raw data, and new words in a documented list of values
are words like any other. Encoding leaves out what is None, as the platform does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Optional, TypeAlias, TypeVar, Union

import msgspec
from msgspec import Raw, Struct, ValidationError

T = TypeVar("T")

ABSENT: Any = None
"""What a member reads as that the platform did not send."""

if TYPE_CHECKING:
    Always: TypeAlias = Annotated[T, "always sent"]
    """A member that the platform always sends, so that programs need no check for None.

    Should a platform leave it out all the same, it reads as None instead of spoiling the whole answer.
    """
else:
    Always = Optional


class Model(Struct, omit_defaults=True, repr_omit_defaults=True):
    """The base of all structs."""


class Masked(Model):
    """The base of structs with secret members: they are encoded, but never shown."""

    secret_members: ClassVar[tuple[str, ...]] = ()

    def __repr__(self) -> str:
        shown = (f"{name}={value!r}" for name, value in self._shown())
        return f"{type(self).__name__}({', '.join(shown)})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return list(self._shown())

    def _shown(self) -> Iterator[tuple[str, Any]]:
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if value is not None:
                yield name, "***" if name in self.secret_members else value


class Unknown(dict[str, Any]):
    """A variant that this version does not know: its members as the platform sent them.

    It is a plain dict beside that, so it goes back to the platform unchanged.
    """

    tag_field: ClassVar[str] = "type"

    @property
    def tag(self) -> Any:
        """What the platform calls it; None if it does not say."""
        return self.get(self.tag_field)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.tag_field}={self.tag!r}, {len(self)} members)"


class Variants:
    """Reads objects that come in variants told apart by a tag, unknown ones included.

    A member that holds variants is declared as raw JSON, and its struct hands it over here when it is complete
    (``__post_init__``). The whole of it is decoded in one go; only when that fails because of a variant that we do not
    know is each item looked at by itself. So known variants cost one more glance at the bytes, and unknown ones cost
    themselves.
    """

    def __init__(self, unknown: type[Unknown], *known: type[Model]) -> None:
        self._unknown = unknown
        self._known: Any = Union[known]  # noqa: UP007 - as many as there are
        self._tags = tuple(kind.__struct_config__.tag for kind in known)
        self._decoders: dict[Any, msgspec.json.Decoder[Any]] = {}

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
            return self._decode(value, known)
        except ValidationError:
            return each(value if raw is Raw else self._decode(value, raw))

    def _items(self, raws: list[Raw]) -> list[Any]:
        return [self._item(raw) for raw in raws]

    def _item(self, raw: Raw) -> Any:
        try:
            return self._decode(raw, self._known)
        except ValidationError:
            members = self._decode(raw, dict[str, Any])
            if members.get(self._unknown.tag_field) in self._tags:
                # A variant that we know: what is wrong with it must not be passed over.
                raise
            return self._unknown(members)

    def _decode(self, raw: Raw, kind: Any) -> Any:
        decoder = self._decoders.get(kind)
        if decoder is None:
            decoder = self._decoders[kind] = msgspec.json.Decoder(Optional[kind])  # noqa: UP045 - built at run time
        return decoder.decode(raw)
