"""What a harvest brought and what it did not: the result, to compare with the request."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from ...errors import ApiError, ItemFailed, NavixyError
from ...paging.intervals import IntervalSet
from ...times import TimeRange, time_text
from ..aliases import JsonObject

CLOCK_BACK = "the account's clock goes back here, and times without offset cannot all be told apart"
ODD_VALUE = "a value of a row here cannot be read, and is null"
ODD_ROW = "a row here cannot be read, and was set aside"
UNREADABLE_TRACKERS = "the account has trackers whose ids cannot be read"
SHOWN_IN_FULL = frozenset({CLOCK_BACK, ODD_VALUE, ODD_ROW})
"""Reasons of gaps in which the platform showed everything it has: what was read there before is outdated. They are
compared with those that a state has stored, so their words stay."""
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Hole:
    """A range that is not in the result, or only in part, and why."""

    account: str
    tracker_id: int | None
    """``None`` if the whole account is meant."""
    range: TimeRange
    reason: str
    error: str | None = None
    """Name of the exception, if one was the reason."""
    code: int | None = None
    """The platform's error code, if it gave one."""

    def __str__(self) -> str:
        who = self.account if self.tracker_id is None else f"{self.account}/{self.tracker_id}"
        return f"{who} {self.range}: {self.reason}"

    def to_json(self) -> JsonObject:
        """Plain members for a JSON file."""
        return {
            "account": self.account,
            "tracker_id": self.tracker_id,
            "start": time_text(self.range.start),
            "end": time_text(self.range.end),
            "reason": self.reason,
            "error": self.error,
            "code": self.code,
        }


KINDS = ("failed", "waiting", "gaps", "clipped", "blocked")
"""Kinds of holes, the gravest first: each a member of :class:`Coverage`."""
RANGES = (*KINDS, "young")
"""The members of :class:`Coverage` that are ranges with a reason."""


def verdict(kinds: Collection[str], accepted: Collection[str]) -> str:
    """The verdict on a harvest with these kinds of holes, some of which were accepted."""
    if not kinds:
        return "complete"
    return "complete but for what was accepted" if set(kinds) <= set(accepted) else "not complete"


@dataclass(frozen=True, slots=True)
class Coverage:
    """The result of a harvest: which ranges are complete, and every hole by name.

    Attributes:
        stream: what the rows are: a name of :data:`navixy_async.harvest.streams.STREAMS`.
        range: the requested range.
        complete: ranges per (account label, tracker id) of which every row that the platform has was delivered.
        clipped: ranges that the platform cut because they are older than the tariff keeps.
        gaps: ranges that held more rows than the platform can be made to show.
        failed: ranges whose requests failed for good; a resumed harvest requests them again.
        blocked: ranges of trackers that are blocked on the platform and were not requested.
        waiting: ranges that were not over yet by the earlier of two clocks, this machine's and the platform's, and were
            not requested; the same harvest fetches them later.
        young: ranges that were read so soon that rows may still have come afterwards, and local days that were read
            before they were over: not holes, but the next run reads them again.
        rows: rows delivered.
        bytes: size of the answers read, decompressed.
        late: rows that a device had stored and sent late; if there are any, more may still come.
        late_rows: rows that turned up in ranges which an earlier run of a harvest without an end had read already.
        odd_rows: rows with a value that could not be read, and is null, or that were set aside; each is among the gaps.
        replaced_texts: texts with bytes or characters that are not Unicode, which U+FFFD replaces.
        zones: accounts whose platform answered without offsets, and the zone their times were read in; if that changed
            between runs, one ``then`` the other.
        calendars: the zone whose days an account's rows are, for streams of local days; if rows of other days were
            there before, their zone ``then`` the new one.
        asked: the requested range of accounts for which it differs from `range`, as with local dates.
    """

    stream: str
    range: TimeRange
    complete: Mapping[tuple[str, int], tuple[TimeRange, ...]]
    clipped: tuple[Hole, ...] = ()
    gaps: tuple[Hole, ...] = ()
    failed: tuple[Hole, ...] = ()
    blocked: tuple[Hole, ...] = ()
    waiting: tuple[Hole, ...] = ()
    young: tuple[Hole, ...] = ()
    rows: int = 0
    bytes: int = 0
    late: int = 0
    late_rows: int = 0
    odd_rows: int = 0
    replaced_texts: int = 0
    zones: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    calendars: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    asked: Mapping[str, TimeRange] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_complete(self) -> bool:
        """Whether every row of every requested tracker was delivered: no hole of any kind."""
        return not self.holes

    def asked_of(self, account: str) -> TimeRange:
        """The requested range of an account."""
        return self.asked.get(account, self.range)

    @property
    def whole(self) -> frozenset[tuple[str, int]]:
        """Trackers of which everything requested is there, including a day that is not over."""
        left = {key for key, ranges in self.complete.items() if ranges != (self.asked_of(key[0]),)}
        parts: dict[tuple[str, int], list[TimeRange]] = {}
        for hole in self.young:
            if hole.tracker_id is not None and (key := (hole.account, hole.tracker_id)) in left:
                parts.setdefault(key, list(self.complete[key])).append(hole.range)
        found = {key for key, ranges in parts.items() if IntervalSet(ranges).covers(self.asked_of(key[0]))}
        return frozenset(self.complete.keys() - left | found)

    @property
    def bookmarks(self) -> Mapping[tuple[str, int], datetime]:
        """Up to when each tracker is complete without a hole from the start, by account label and tracker id."""
        return {
            key: ranges[0].end if ranges and ranges[0].start <= start else start
            for key, ranges in self.complete.items()
            for start in (self.asked_of(key[0]).start,)
        }

    @property
    def holes(self) -> tuple[Hole, ...]:
        """All holes, failed ones first."""
        return self.failed + self.waiting + self.gaps + self.clipped + self.blocked

    def to_json(self) -> JsonObject:
        """Plain members for a JSON file; the same harvest gives the same members however it was interrupted."""
        complete: dict[str, dict[str, list[list[str]]]] = {}
        for (account, tracker), ranges in sorted(self.complete.items()):
            complete.setdefault(account, {})[str(tracker)] = [[time_text(r.start), time_text(r.end)] for r in ranges]
        return {
            "stream": self.stream,
            "start": time_text(self.range.start),
            "end": time_text(self.range.end),
            "is_complete": self.is_complete,
            **{name: getattr(self, name) for name in ("rows", "late", "late_rows", "odd_rows", "replaced_texts")},
            "zones": dict(sorted(self.zones.items())),
            "calendars": dict(sorted(self.calendars.items())),
            "asked": {name: [time_text(r.start), time_text(r.end)] for name, r in sorted(self.asked.items())},
            "complete": complete,
            **{kind: [hole.to_json() for hole in getattr(self, kind)] for kind in RANGES},
        }

    def verdict(self, accepted: Collection[str] = ()) -> str:
        """Whether it is complete, in words; kinds of holes (``blocked``, ``clipped``, ``gaps``) may be accepted."""
        return verdict([kind for kind in KINDS if getattr(self, kind)], accepted)

    def __str__(self) -> str:
        return self.text()

    def text(self, accepted: Collection[str] = ()) -> str:
        """Verdict, figures and the first holes, line by line."""
        lines = [
            f"{self.stream} {self.range}: {self.verdict(accepted)}",
            f"  {self.rows:,} rows from {self.bytes:,} bytes, {len(self.whole)} of {len(self.complete)} trackers whole",
        ]
        counts = (
            (self.late, "rows had been sent late by their devices"),
            (self.late_rows, "rows turned up in ranges that had been read before"),
            (self.odd_rows, "rows could not be read, or only in part: see the gaps"),
            (self.replaced_texts, "texts were not Unicode: U+FFFD stands for what could not be read"),
        )
        lines += [f"  {count:,} {what}" for count, what in counts if count]
        lines += [f"  times of {name} were read in {zone}" for name, zone in sorted(self.zones.items())]
        lines += [f"  days of {name} are those of {zone}" for name, zone in sorted(self.calendars.items())]
        if self.young:
            trackers = len({(hole.account, hole.tracker_id) for hole in self.young})
            since = time_text(min(hole.range.start for hole in self.young))
            word = "tracker" if trackers == 1 else "trackers"
            lines.append(f"  young: of {trackers:,} {word}, from {since} on; the next run reads it again")
        for kind in KINDS:
            if holes := getattr(self, kind):
                lines.append(f"  {'clipped by the tariff' if kind == 'clipped' else kind}: {len(holes)}")
                lines += [f"    {hole}" for hole in holes[:_SHOWN]]
                if len(holes) > _SHOWN:
                    lines.append(f"    and {len(holes) - _SHOWN} more")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a running harvest has got."""

    items_done: int
    items_total: int
    """An estimate: windows are sized while the harvest runs."""
    share: float
    """Part of the requested tracker-time that is settled, 0 to 1: delivered, or given up."""
    rows: int
    bytes: int
    requests: int
    gaps: int
    failed: int
    """Ranges that failed for good so far."""


def describe(error: NavixyError) -> tuple[str, str, int | None]:
    """Reason, exception name and platform code of a failure."""
    name = type(error.cause if isinstance(error, ItemFailed) else error).__name__
    return str(error), name, error.code if isinstance(error, ApiError) else None
