"""What a walk through history works on and yields: entries, pages and gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from ..gaps import Gap
from ..times import TimeRange


class Entry(Protocol):
    """The members of a history entry that paging needs; the others only serve to compare entries."""

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
        items: entries that no earlier page held, in the order of the walk.
        range: the time that the page covers, within the requested range. The pages of a walk follow each other and
            cover all of it; two neighbours may share one second, whose entries are then spread over both.
        answer: the platform's answer with these items; None if no request was needed.
    """

    items: Sequence[E]
    range: TimeRange
    answer: Any = field(default=None, repr=False, compare=False)


PageOrGap: TypeAlias = Page[E] | Gap
