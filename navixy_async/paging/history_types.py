"""What a walk through history is made of: the entries it needs, the pages and the gaps it hands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from ..errors import NavixyError
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


class GapReason(StrEnum):
    """Why entries of a range could not be read."""

    BLOCKED = "blocked"
    """The tracker is blocked."""
    MISSING = "missing"
    """The tracker does not exist, or not for this credential."""
    MISSING_OR_BLOCKED = "missing or blocked"
    """The platform refuses the tracker without saying which of the two it is."""
    OVERFULL_SECOND = "more entries in one second than can be read"
    """One second of one tracker and one event type holds more than a page from either end, or may do so."""
    UNLISTED_EVENTS = "more event types in one overfull second than the platform lists"
    """The list of event types that the second was split by turned out not to be complete."""
    UNSTABLE_EDGE = "entries at the edge of a page did not come back"
    """The platform did not repeat the last second of the page before, so the rest of that second is unknown."""
    MISCOUNTED = "the platform counts more entries than it gives"
    """What it counts, or its flag, says that there is more, but it does not come."""
    CLIPPED = "older than the tariff stores"
    """The platform cut the range to the period that the account's tariff stores."""


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


@dataclass(frozen=True, slots=True)
class Gap:
    """A hole in history: entries may exist there that were not handed out.

    Attributes:
        trackers: whose entries; empty for all that were asked (or for `assets`, if any are named).
        range: when, half-open, UTC.
        reason: why.
        assets: ids of the assets, when assets were asked for.
        events: the event types it is limited to; empty for all.
        error: the platform's refusal, if there was one.
    """

    trackers: tuple[int, ...]
    range: TimeRange
    reason: str
    assets: tuple[int, ...] = ()
    events: tuple[str, ...] = ()
    error: NavixyError | None = field(default=None, repr=False, compare=False)

    def __str__(self) -> str:
        whose = _named("tracker", self.trackers) or _named("asset", self.assets) or "everything"
        kinds = f", {_named('event', self.events)}" if self.events else ""
        return f"{whose}{kinds}, {self.range}: {self.reason}"


Piece: TypeAlias = Page[E] | Gap


class HistoryIncomplete(NavixyError):
    """Everything that could be read was handed out, but not everything could be read: `gaps` says what is missing."""

    def __init__(self, gaps: Sequence[Gap], *, operation: str) -> None:
        shown = "; ".join(map(str, gaps[:3])) + ("; ..." if len(gaps) > 3 else "")
        super().__init__(
            f"{operation} gave all that could be read, but {_count(len(gaps), 'gap')} had to be left: {shown}"
        )
        self.gaps = tuple(gaps)
        self.operation = operation


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _named(noun: str, values: Sequence[object]) -> str:
    if not values:
        return ""
    shown = ", ".join(map(str, values[:5]))
    return f"{noun} {shown}" if len(values) == 1 else f"{noun}s {shown}" + (", ..." if len(values) > 5 else "")
