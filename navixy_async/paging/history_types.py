"""What a walk through history is made of: the entries it needs, the pages and the gaps it hands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from ..gaps import Gap
from ..times import TimeRange


class Entry(Protocol):
    """The members of a history entry that paging lives on; what else it holds tells it apart from others."""

    @property
    def time(self) -> Any:
        """When it happened: an aware datetime, whole seconds."""

    @property
    def tracker_id(self) -> Any:
        """The tracker it belongs to: an int, or None for an entry of no tracker."""


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Page(Generic[E]):
    """A stretch of history that was read.

    Attributes:
        items: entries that no page before held, in the order of the walk.
        range: the time that the page reads, within what was asked. Pages of one walk follow each other and cover all
            that was asked; two neighbours may share one second, whose entries are then spread over both.
        answer: the platform's answer that held the items, or None if none was needed.
    """

    items: Sequence[E]
    range: TimeRange
    answer: Any = field(default=None, repr=False, compare=False)


Piece: TypeAlias = Page[E] | Gap
