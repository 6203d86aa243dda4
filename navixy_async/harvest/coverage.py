"""What a harvest brought and what it did not: the result that can be held against the request."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from ..errors import ApiError, NavixyError
from ..paging.intervals import IntervalSet
from ..times import TimeRange

CLOCK_BACK = "the account's clock goes back here, and times without offset cannot all be told apart"
_SHOWN = 10
_ALL = TimeRange(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Hole:
    """A range that is not, or not wholly, in the result, and why."""

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

    def to_json(self) -> dict[str, Any]:
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


KINDS = ("failed", "gaps", "clipped", "blocked")
"""Kinds of holes, the gravest first: each a member of :class:`Coverage`."""


def verdict(kinds: Collection[str], accepted: Collection[str]) -> str:
    """What to say of a harvest with these kinds of holes, of which some were accepted."""
    if not kinds:
        return "complete"
    return "complete but for what was accepted" if set(kinds) <= set(accepted) else "not complete"


@dataclass(frozen=True, slots=True)
class Coverage:
    """The result of a harvest: which ranges are complete, and every hole by name.

    Attributes:
        stream: what the rows are: a name of :data:`navixy_async.harvest.streams.STREAMS`.
        range: what was asked for.
        complete: ranges per (account label, tracker id) of which every row that the platform holds was delivered.
        clipped: ranges that the platform cut because they are older than the tariff keeps.
        gaps: ranges that held more rows than the platform can be made to show.
        failed: ranges whose requests failed for good; a resumed harvest asks for them again.
        blocked: ranges of trackers that are blocked on the platform and were not asked for.
        rows: rows delivered.
        bytes: size of the answers read, decompressed.
        late: rows that a device had stored and sent late; where there are some, more may still come.
        late_rows: rows that turned up in ranges which an earlier run of a harvest without an end had read already.
        zones: accounts whose platform answered without offsets, and the zone their times were read in.
    """

    stream: str
    range: TimeRange
    complete: Mapping[tuple[str, int], tuple[TimeRange, ...]]
    clipped: tuple[Hole, ...] = ()
    gaps: tuple[Hole, ...] = ()
    failed: tuple[Hole, ...] = ()
    blocked: tuple[Hole, ...] = ()
    rows: int = 0
    bytes: int = 0
    late: int = 0
    late_rows: int = 0
    zones: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_complete(self) -> bool:
        """Whether every row of every tracker that was asked for was delivered: no hole of any kind."""
        return not (self.clipped or self.gaps or self.failed or self.blocked)

    @property
    def bookmarks(self) -> Mapping[tuple[str, int], datetime]:
        """Up to when each tracker is complete without a hole from the start, by account label and tracker id."""
        first = {key: ranges[0] for key, ranges in self.complete.items() if ranges}
        return {
            key: first[key].end if key in first and first[key].start <= self.range.start else self.range.start
            for key in self.complete
        }

    @property
    def holes(self) -> tuple[Hole, ...]:
        """All holes, failed ones first."""
        return self.failed + self.gaps + self.clipped + self.blocked

    def to_json(self) -> dict[str, Any]:
        """Plain members for a JSON file; the same harvest gives the same members however it was interrupted."""
        complete: dict[str, dict[str, list[list[str]]]] = {}
        for (account, tracker), ranges in sorted(self.complete.items()):
            complete.setdefault(account, {})[str(tracker)] = [[time_text(r.start), time_text(r.end)] for r in ranges]
        return {
            "stream": self.stream,
            "start": time_text(self.range.start),
            "end": time_text(self.range.end),
            "is_complete": self.is_complete,
            "rows": self.rows,
            "late": self.late,
            "late_rows": self.late_rows,
            "zones": dict(sorted(self.zones.items())),
            "complete": complete,
            "clipped": [hole.to_json() for hole in self.clipped],
            "gaps": [hole.to_json() for hole in self.gaps],
            "failed": [hole.to_json() for hole in self.failed],
            "blocked": [hole.to_json() for hole in self.blocked],
        }

    def verdict(self, accepted: Collection[str] = ()) -> str:
        """Whether it is complete, in words; kinds of holes (``blocked``, ``clipped``, ``gaps``) may be accepted."""
        return verdict([kind for kind in KINDS if getattr(self, kind)], accepted)

    def __str__(self) -> str:
        return self.text()

    def text(self, accepted: Collection[str] = ()) -> str:
        """Verdict, figures and the first holes, line by line."""
        whole = sum(1 for ranges in self.complete.values() if ranges == (self.range,))
        lines = [
            f"{self.stream} {self.range}: {self.verdict(accepted)}",
            f"  {self.rows:,} rows from {self.bytes:,} bytes, {whole} of {len(self.complete)} trackers whole",
        ]
        if self.late:
            lines.append(f"  {self.late:,} rows had been sent late by their devices")
        if self.late_rows:
            lines.append(f"  {self.late_rows:,} rows turned up in ranges that had been read before")
        lines += [f"  times of {name} were read in {zone}" for name, zone in sorted(self.zones.items())]
        for title, holes in (
            ("failed", self.failed),
            ("gaps", self.gaps),
            ("clipped by the tariff", self.clipped),
            ("blocked", self.blocked),
        ):
            if holes:
                lines.append(f"  {title}: {len(holes)}")
                lines += [f"    {hole}" for hole in holes[:_SHOWN]]
                if len(holes) > _SHOWN:
                    lines.append(f"    and {len(holes) - _SHOWN} more")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a running harvest is."""

    items_done: int
    items_total: int
    """An estimate: windows are sized while the harvest runs."""
    share: float
    """Part of the asked tracker-time that is settled, 0 to 1: delivered, or given up."""
    rows: int
    bytes: int
    requests: int
    gaps: int
    failed: int
    """Ranges that failed for good so far."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What is known of one finished piece of work besides its rows."""

    account: str
    trackers: tuple[int, ...]
    range: TimeRange
    rows: int
    bytes: int
    late: int = 0
    clipped: TimeRange | None = None
    """The part of the range that the platform cut, if it did."""
    gaps: tuple[tuple[tuple[int, ...], TimeRange, str], ...] = ()
    """Trackers, range and reason of what could not be had."""

    def partly(self, tracker: int) -> IntervalSet:
        """Where the platform did not show all that it has, or had, of a tracker: what was read there before stays."""
        gaps = [gap for whose, gap, reason in self.gaps if tracker in whose and reason != CLOCK_BACK]
        return IntervalSet([*gaps, *([self.clipped] if self.clipped else [])]) & IntervalSet([self.range])


def describe(error: NavixyError) -> tuple[str, str, int | None]:
    """Reason, exception name and platform code of a failure."""
    return str(error), type(error).__name__, error.code if isinstance(error, ApiError) else None


class Book:
    """Keeps account of a harvest while it runs."""

    def __init__(self, stream: str, asked: TimeRange) -> None:
        self.stream = stream
        self.asked = asked
        self.rows = 0
        self.bytes = 0
        self.late = 0
        self.late_rows = 0
        self.items_done = 0
        self.zones: dict[str, str] = {}
        self.failed: list[Hole] = []
        self._expected: set[tuple[str, int]] = set()
        self._done: dict[tuple[str, int], IntervalSet] = {}
        self._clipped: dict[tuple[str, int], IntervalSet] = {}
        self._gaps: dict[tuple[str, int], dict[str, IntervalSet]] = {}
        self._blocked: set[tuple[str, int]] = set()
        self._lost: dict[tuple[str, int], NavixyError] = {}
        self._lost_accounts: dict[str, NavixyError] = {}
        self._asked_time = timedelta(0)
        self._settled_time = timedelta(0)

    def expect(self, account: str, trackers: Iterable[int]) -> None:
        """These trackers of the account are asked for, over the whole range."""
        for tracker in trackers:
            self._expected.add((account, tracker))
            self._done.setdefault((account, tracker), IntervalSet())
            self._asked_time += self.asked.span

    def block(self, account: str, trackers: Iterable[int]) -> None:
        """These are blocked on the platform and not asked for."""
        self._blocked.update((account, tracker) for tracker in trackers)

    def hold(self, account: str, tracker: int, read: IntervalSet, clipped: IntervalSet) -> None:
        """An earlier run read this, or found it clipped; as it is not of this run, its rows do not count."""
        key = account, tracker
        self._done[key] = self._done.get(key, IntervalSet()) | read
        if clipped:
            self._clipped[key] = self._clipped.get(key, IntervalSet()) | clipped

    def owe(self, owed: timedelta) -> None:
        """So much tracker-time is to be asked for; what came before does not count as progress."""
        self._asked_time, self._settled_time = owed, timedelta(0)

    def deliver(self, work: Delivered) -> None:
        """A piece of work is finished; what was known of its range before is out of date."""
        self.rows += work.rows
        self.bytes += work.bytes
        self.late += work.late
        self.items_done += 1
        for tracker in work.trackers:
            key = work.account, tracker
            if work.clipped is not None:
                # What was read before the tariff forgot it is there.
                clipped = IntervalSet((work.clipped,)) - self._complete(key)
                self._forget_holes(key, work.range)
                self._clipped[key] = self._clipped.get(key, IntervalSet()) | clipped
            else:
                self._forget_holes(key, work.range)
            self._done[key] = self._done.get(key, IntervalSet()).add(work.range)
            self._settled_time += work.range.span
        for trackers, gap, reason in work.gaps:
            for tracker in trackers:
                self.gap(work.account, tracker, gap, reason)

    def gap(self, account: str, tracker: int, part: TimeRange, reason: str) -> None:
        """Rows of this range exist, or may exist, and cannot be had."""
        gaps = self._gaps.setdefault((account, tracker), {})
        gaps[reason] = gaps.get(reason, IntervalSet()).add(part)

    def _complete(self, key: tuple[str, int]) -> IntervalSet:
        """What was delivered of a tracker without a hole."""
        left = self._done.get(key, IntervalSet()) - self._clipped.get(key, IntervalSet())
        for gaps in self._gaps.get(key, {}).values():
            left = left - gaps
        return left

    def _forget_holes(self, key: tuple[str, int], part: TimeRange) -> None:
        again = IntervalSet((part,))
        if key in self._clipped:
            self._clipped[key] -= again
        for reason, gaps in self._gaps.get(key, {}).items():
            self._gaps[key][reason] = gaps - again

    def fail(self, account: str, trackers: Iterable[int], asked: TimeRange, error: NavixyError) -> None:
        """A piece of work failed for good."""
        self.items_done += 1
        for tracker in trackers:
            self.failed.append(Hole(account, tracker, asked, *describe(error)))
            self._settled_time += asked.span

    def lose(self, account: str, tracker: int, error: NavixyError, *, blocked: bool = False) -> None:
        """Nothing more can be had of this tracker: what it still lacks counts as failed, or as blocked."""
        self._lost.setdefault((account, tracker), error)
        self._settled_time += self.lacking(account, tracker).span
        if blocked:
            self._blocked.add((account, tracker))

    def lose_account(self, account: str, error: NavixyError) -> None:
        """Nothing more can be had of this account."""
        self._lost_accounts.setdefault(account, error)
        for label, tracker in self._expected:
            if label == account and (label, tracker) not in self._lost:
                self._settled_time += self.lacking(label, tracker).span

    def is_lost(self, account: str) -> bool:
        """Whether the account was given up."""
        return account in self._lost_accounts

    def lacking(self, account: str, tracker: int) -> IntervalSet:
        """What of the asked range was not delivered for this tracker."""
        return self._done.get((account, tracker), IntervalSet()).holes(self.asked)

    def items_of(self, unsettled: timedelta) -> float:
        """About how many items `unsettled` tracker-time will take, if they go on as before."""
        return self.items_done * (unsettled / self._settled_time) if self._settled_time else 0.0

    def progress(self, *, items_left: float, requests: int) -> Progress:
        """Where the harvest stands."""
        return Progress(
            items_done=self.items_done,
            items_total=self.items_done + round(items_left),
            share=min(self._settled_time / self._asked_time, 1.0) if self._asked_time else 1.0,
            rows=self.rows,
            bytes=self.bytes,
            requests=requests,
            gaps=sum(bool(parts) for gaps in self._gaps.values() for parts in gaps.values()),
            failed=len(self.failed),
        )

    def close(self) -> Coverage:
        """The result; whatever was expected and is neither delivered nor explained counts as failed."""
        told = _by_tracker(self.failed)
        failed = list(self.failed)
        complete: dict[tuple[str, int], tuple[TimeRange, ...]] = {}
        for key in sorted(self._done):
            complete[key] = self._complete(key).ranges
            if key in self._blocked or key not in self._expected:
                continue
            error = self._lost.get(key) or self._lost_accounts.get(key[0])
            why = ("was not asked for", None, None) if error is None else describe(error)
            failed += [Hole(*key, part, *why) for part in self.lacking(*key) - told.get(key, IntervalSet())]
        known_accounts = {account for account, _ in self._expected}
        for account, error in self._lost_accounts.items():
            if account not in known_accounts:
                failed.append(Hole(account, None, self.asked, *describe(error)))
        return Coverage(
            stream=self.stream,
            range=self.asked,
            complete=MappingProxyType(complete),
            clipped=_joined(
                Hole(*key, part, "older than the tariff keeps data")
                for key, parts in self._clipped.items()
                for part in parts
            ),
            gaps=_joined(
                Hole(*key, part, reason)
                for key, gaps in self._gaps.items()
                for reason, parts in gaps.items()
                for part in parts
            ),
            failed=_joined(failed),
            blocked=_joined(
                Hole(*key, part, "the tracker is blocked") for key in self._blocked for part in self.lacking(*key)
            ),
            rows=self.rows,
            bytes=self.bytes,
            late=self.late,
            late_rows=self.late_rows,
            zones=MappingProxyType(dict(sorted(self.zones.items()))),
        )


def _by_tracker(holes: Iterable[Hole]) -> dict[tuple[str, int], IntervalSet]:
    ranges: dict[tuple[str, int], list[TimeRange]] = {}
    for hole in holes:
        if hole.tracker_id is not None:
            ranges.setdefault((hole.account, hole.tracker_id), []).append(hole.range)
    return {key: IntervalSet(parts) for key, parts in ranges.items()}


def _joined(holes: Iterable[Hole]) -> tuple[Hole, ...]:
    """The holes in order; touching ones of one tracker and reason as one, however they were asked for."""
    alike: dict[Hole, list[TimeRange]] = {}
    for hole in holes:
        alike.setdefault(replace(hole, range=_ALL), []).append(hole.range)
    joined = [replace(hole, range=part) for hole, parts in alike.items() for part in IntervalSet(parts)]
    return tuple(sorted(joined, key=lambda hole: (hole.account, hole.tracker_id or 0, hole.range, hole.reason)))


def time_text(moment: datetime) -> str:
    """A moment as manifests and ledgers have it."""
    return moment.isoformat().replace("+00:00", "Z")
