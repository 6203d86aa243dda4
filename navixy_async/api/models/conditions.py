"""Structs of `conditions`. Conditions that lists are searched by.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from msgspec import Raw, field

from ..model import ABSENT, Model, Unknown
from ..variants import Variants


class AndCondition(Model, kw_only=True, tag_field="type", tag="and"):
    """The condition `and`."""

    type: ClassVar[Literal["and"]] = "and"

    if TYPE_CHECKING:
        conditions: list[SearchCondition] | None = None
    else:
        conditions: Raw = ABSENT

    def __post_init__(self) -> None:
        self.conditions = SEARCH_CONDITION.many(self.conditions)


class ContainsCondition(Model, kw_only=True, gc=False, tag_field="type", tag="contains"):
    """The condition `contains`."""

    type: ClassVar[Literal["contains"]] = "contains"

    field: str | None = None
    value: str | None = None


class EqCondition(Model, kw_only=True, tag_field="type", tag="eq"):
    """The condition `eq`."""

    type: ClassVar[Literal["eq"]] = "eq"

    field: str | None = None
    value: Any = None


class InCondition(Model, kw_only=True, tag_field="type", tag="in"):
    """The condition `in`."""

    type: ClassVar[Literal["in"]] = "in"

    field: str | None = None
    value: list[Any] | None = None


class NotCondition(Model, kw_only=True, tag_field="type", tag="not"):
    """The condition `not`."""

    type: ClassVar[Literal["not"]] = "not"

    if TYPE_CHECKING:
        condition: SearchCondition | None = None
    else:
        condition: Raw = ABSENT

    def __post_init__(self) -> None:
        self.condition = SEARCH_CONDITION.one(self.condition)


class OrCondition(Model, kw_only=True, tag_field="type", tag="or"):
    """The condition `or`."""

    type: ClassVar[Literal["or"]] = "or"

    if TYPE_CHECKING:
        conditions: list[SearchCondition] | None = None
    else:
        conditions: Raw = ABSENT

    def __post_init__(self) -> None:
        self.conditions = SEARCH_CONDITION.many(self.conditions)


class Period(Model, kw_only=True, gc=False):
    """A period of time.

    Attributes:
        from_: `from` on the wire.
    """

    from_: datetime | None = field(default=None, name="from")
    to: datetime | None = None


class PeriodCondition(Model, kw_only=True, gc=False, tag_field="type", tag="period"):
    """The condition `period`."""

    type: ClassVar[Literal["period"]] = "period"

    field: str | None = None
    value: Period | None = None


class UnknownSearchCondition(Unknown):
    """A variant of `SearchCondition` that this version does not know."""


SearchCondition: TypeAlias = (
    AndCondition
    | ContainsCondition
    | EqCondition
    | InCondition
    | NotCondition
    | OrCondition
    | PeriodCondition
    | UnknownSearchCondition
)
"""A condition that a list is searched by; told apart by `type`."""

SEARCH_CONDITION = Variants(
    UnknownSearchCondition,
    AndCondition,
    ContainsCondition,
    EqCondition,
    InCondition,
    NotCondition,
    OrCondition,
    PeriodCondition,
)
