"""What a stream is: one declaration of how it is asked for, what its rows are, how they are sorted and kept current."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

import pyarrow as pa

from ...errors import NavixyError
from ...times import SECOND, TimeRange
from ..account import HarvestAccount, RequestLimits
from ..aliases import ItemGap
from ..answers.layout import Layout
from ..answers.odd import OddRow
from ..plan.windows import Item, WindowRule

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FetchResult:
    """Everything that one work item brought."""

    batch: pa.RecordBatch
    """The rows of the item's window, sorted as the stream says."""
    bytes: int
    late: int = 0
    """Rows that devices had stored and sent late."""
    clipped: TimeRange | None = None
    """The part of the window that is older than the tariff keeps."""
    gaps: tuple[ItemGap, ...] = ()
    odd: tuple[OddRow, ...] = ()
    """Rows that are unreadable in whole or in part, inside the window and out."""
    refused: dict[int, NavixyError] = field(default_factory=dict)
    """Trackers of the item for which the platform returned nothing at all, and its refusal."""


class RereadPolicy(StrEnum):
    """How rows of a later harvest are combined with those of an earlier one, which may be outdated."""

    REPLACE = "replace"
    """All rows of a (tracker, UTC day) replace the earlier ones: rows have no key, or may be gone or changed.

    Never insert only what is absent.
    """
    MERGE = "merge"
    """A row replaces the one with the same key; rows never go away."""
    EXACT = "exact"
    """What was read once never changes: the stream's time is that of arrival."""
    SNAPSHOT = "snapshot"
    """Only the present can be asked for: each run adds what it finds."""


@dataclass(frozen=True, slots=True)
class Density:
    """How much a tracker typically has on a day, where nothing is known yet."""

    rows: int
    row_bytes: int
    paged: bool
    """Whether the platform gives no more than its page limit at once."""


class PathFiles(StrEnum):
    """How the points of a stream are divided into files of paths (GPX, GeoJSON, KML)."""

    BY_DAY = "day"
    """One file per tracker and UTC day."""
    BY_TRIP = "trip"
    """One file per trip, in a directory per tracker."""


Fetch: TypeAlias = Callable[[HarvestAccount, Item], Awaitable[FetchResult]]


def longest_window(limits: RequestLimits) -> timedelta:
    """The longest window: it is requested with one second more, so it stays that much below the limit."""
    return max(min(30 * DAY, limits.report_span) - SECOND, SECOND)


@dataclass(frozen=True, slots=True)
class Stream:
    """One kind of rows.

    Attributes:
        name: as in the directory ``stream=name``.
        layout: the columns of its rows.
        order: columns that its rows are sorted by; rows equal in these keep the server's order.
        fetch: fetches one work item.
        time: the column that decides a row's window and day.
        batch: trackers per work item.
        first_window: how long the first work items are, before it is known how much there is.
        target_bytes: how large an answer should be; windows grow and shrink towards it.
        key: columns that identify a row; empty if rows may be equal in every column, or nothing promises otherwise.
        reread: how rows that are read again replace earlier ones. Almost always late ones come in between.
        settles: for how long after its time a row normally still changes, without anything being late: a trip while it
            lasts, the kilometres of a day until it ends.
        parameters: what selects the rows besides trackers and time; part of a harvest's definition.
        longest: how long a work item may be, given what the platform allows.
        by_calendar: rows are of calendar days, whose dates are never ambiguous.
        walks: `fetch` finds out by itself how long a period may be; if it gives up, shorter windows would fail, too.
        density: a good guess of how much there is, for forecasts; ``None`` if fleets differ too much for one.
        path_files: how its points become files of paths; ``None`` if its rows are not points of paths.
    """

    name: str
    layout: Layout
    order: tuple[str, ...]
    fetch: Fetch
    time: str = "time"
    batch: int = 1
    first_window: timedelta = DAY
    target_bytes: int = 4_000_000
    key: tuple[str, ...] = ()
    reread: RereadPolicy = RereadPolicy.REPLACE
    settles: timedelta = timedelta(0)
    parameters: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    longest: Callable[[RequestLimits], timedelta] = longest_window
    by_calendar: bool = False
    walks: bool = False
    density: Density | None = None
    path_files: PathFiles | None = None

    def windows(self, limits: RequestLimits) -> WindowRule:
        """How long work items are, on a platform with these limits."""
        return WindowRule(first=self.first_window, longest=self.longest(limits), target=self.target_bytes)
