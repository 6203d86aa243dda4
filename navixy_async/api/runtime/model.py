"""What all structs of the platform have in common.

They are tolerant, because the platform grows under its clients: unknown members are no error (answers keep them, see
``unknown_fields``), missing members read as None, an unknown variant keeps its raw data, and a new word in a documented
list of values is a word like any other. Encoding leaves out what is None, as the platform does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Optional, TypeAlias, TypeVar

from msgspec import Struct

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
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in shown(self, type(self)))})"

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        return list(shown(self, type(self)))


def shown(struct: object, kind: type[Model]) -> Iterator[tuple[str, Any]]:
    """Members of `kind` that `struct` has, as people may see them."""
    secret = kind.secret_members if issubclass(kind, Masked) else ()
    for name in kind.__struct_fields__:
        value = getattr(struct, name)
        if value is not None:
            yield name, "***" if name in secret else value


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
