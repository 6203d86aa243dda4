"""What could not be read of a history: when, for which trackers, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from .base_errors import NavixyError
from .times import TimeRange


class GapReason(StrEnum):
    """Why entries of a range could not be read."""

    BLOCKED = "blocked"
    """The tracker is blocked."""
    MISSING = "missing"
    """The tracker does not exist, or is not visible to this credential."""
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


def _named(word: str, values: Sequence[object]) -> str:
    if not values:
        return ""
    shown = ", ".join(map(str, values[:5]))
    return f"{word} {shown}" if len(values) == 1 else f"{word}s {shown}" + (", ..." if len(values) > 5 else "")
