"""What a running harvest expected, received and gave up, and the coverage that this amounts to."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType

from ...errors import NavixyError
from ...paging.intervals import IntervalSet
from ...times import TimeRange
from ..state.records import ReadRanges, WorkRecord
from .coverage import UNREADABLE_TRACKERS, Coverage, Hole, Progress, describe

log = logging.getLogger("navixy_async")

AHEAD = "was not over yet by the earlier of the two clocks"
YOUNG = "was read so soon that rows may have come afterwards"
UNFINISHED = "the day is not over"
OTHER_DAYS = "was read as days of another time zone"
THEN = " then "
"""Between the zones of one account."""
_NOTHING = IntervalSet()
_ALL = TimeRange(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


class CoverageBuilder:
    """Keeps track of what a running harvest has and what it lacks.

    Args:
        stream: its name.
        asked: the requested range.
        by_account: the ranges of accounts that are asked for a different one.
        calendars: for streams of local days, the time zone of each account's days.
        look_back: data that was read sooner than this after its own time is young.
        trusted_until: a later time of reading comes from a wrong clock, and the real one is unknown.
    """

    def __init__(
        self,
        stream: str,
        asked: TimeRange,
        *,
        by_account: Mapping[str, TimeRange] = MappingProxyType({}),
        calendars: Mapping[str, str] = MappingProxyType({}),
        look_back: timedelta = timedelta(0),
        trusted_until: datetime | None = None,
    ) -> None:
        self.stream = stream
        self.asked = asked
        self.by_account = by_account
        self.calendars = calendars
        self.now: datetime | None = None
        """The time of this run, once the clock has been read."""
        self.last_read = _ALL.start
        """The latest moment at which anything was read."""
        self._look_back = look_back
        self._trusted_until = trusted_until or _ALL.end
        self._over: dict[str, datetime] = {}
        self._running: dict[str, datetime] = {}
        self._young: defaultdict[tuple[str, int], IntervalSet] = defaultdict(IntervalSet)
        self._of_other_days: defaultdict[tuple[str, int], IntervalSet] = defaultdict(IntervalSet)
        self._changed: dict[str, str] = {}
        self.rows = 0
        self.bytes = 0
        self.late = 0
        self.late_rows = 0
        self.odd_rows = 0
        self.replaced_texts = 0
        self.items_done = 0
        self.zones: dict[str, str] = {}
        self.failed: list[Hole] = []
        self._expected: set[tuple[str, int]] = set()
        self._done: dict[tuple[str, int], IntervalSet] = {}
        self._clipped: defaultdict[tuple[str, int], IntervalSet] = defaultdict(IntervalSet)
        self._gaps: dict[tuple[str, int], dict[str, IntervalSet]] = defaultdict(partial(defaultdict, IntervalSet))
        self._blocked: set[tuple[str, int]] = set()
        self._lost: dict[tuple[str, int], NavixyError] = {}
        self._lost_accounts: dict[str, NavixyError] = {}
        self._untold: set[str] = set()
        self._asked_time = timedelta(0)
        self._settled_time = timedelta(0)

    def expect(self, account: str, trackers: Iterable[int]) -> None:
        """These trackers of the account are requested, over the whole range."""
        for tracker in trackers:
            self._expected.add((account, tracker))
            self._done.setdefault((account, tracker), _NOTHING)
            self._asked_time += self.asked_of(account).span

    def block(self, account: str, trackers: Iterable[int]) -> None:
        """These are blocked on the platform and are not asked for."""
        self._blocked.update((account, tracker) for tracker in trackers)

    def untold(self, account: str) -> None:
        """The account has trackers that cannot be asked for, because their ids are unreadable."""
        self._untold.add(account)

    def asked_of(self, account: str) -> TimeRange:
        """The requested range of an account."""
        return self.by_account.get(account, self.asked)

    def began(self, now: datetime, over: Mapping[str, datetime] | None = None, *, has_end: bool) -> None:
        """The run begins at `now`, by the clock.

        Args:
            now: the time of reading of everything read in this run.
            over: by account, the end of what is over at `now`, where that is earlier: a local day may still be running.
            has_end: what is not over has to wait; without an end, it is read all the same, and is young.
        """
        self.now = now
        for account in {account for account, _ in self._expected}:
            end = (over or {}).get(account, now)
            asked = self.asked_of(account)
            if end < asked.end:
                (self._over if has_end or asked.start >= now else self._running)[account] = end

    def past_of(self, account: str) -> IntervalSet:
        """The part of an account's requested range that is over, and may be requested."""
        asked, end = self.asked_of(account), self._over.get(account)
        if end is None:
            return IntervalSet((asked,))
        return IntervalSet((TimeRange(asked.start, end),) if asked.start < end else ())

    def _finished_of(self, account: str) -> IntervalSet:
        """What of the asked range can be complete: a local day that is still running cannot."""
        past, running = self.past_of(account), self._running.get(account)
        return past if running is None else past - IntervalSet((TimeRange(running, self.asked_of(account).end),))

    def restore(self, account: str, tracker: int, read: IntervalSet, clipped: IntervalSet) -> None:
        """An earlier run read this, or found it clipped; its rows do not count towards this run."""
        key = account, tracker
        self._done[key] = self._done.get(key, _NOTHING) | read
        if clipped:
            self._clipped[key] |= clipped

    def restore_ranges(self, ranges: ReadRanges) -> None:
        """Earlier runs read these ranges; what is no longer asked for is left out."""
        for (account, tracker), reads in ranges.items():
            asked = IntervalSet((self.asked_of(account),))
            clipped = IntervalSet(read.range for read in reads if read.kind == "clipped")
            self.restore(account, tracker, IntervalSet(read.range for read in reads) & asked, clipped & asked)
            for read in reads:
                self.read((account, tracker), read.range, read.read_at, read.zone)
                if read.kind == "gap":
                    for part in IntervalSet((read.range,)) & asked:
                        self.gap(account, tracker, part, read.reason)

    def read(self, key: tuple[str, int], part: TimeRange, read_at: datetime | None, zone: str | None) -> None:
        """This part of a tracker (account and id) was read at that moment; `zone` is that of its local days."""
        if read_at is not None:
            self.last_read = max(self.last_read, read_at)
            since = part.start if read_at > self._trusted_until else max(part.start, read_at - self._look_back)
            _replace(self._young, key, part, TimeRange(since, part.end) if since < part.end else None)
        if (calendar := self.calendars.get(key[0])) is not None:
            if other := zone not in (None, calendar):
                self._changed.setdefault(key[0], str(zone))
            _replace(self._of_other_days, key, part, part if other else None)

    def calendar_changed(self) -> dict[str, str]:
        """The accounts that still have rows of another time zone's days, and that zone."""
        return dict(self._changed)

    def read_in(self, account: str, zone: str) -> None:
        """The account's times without offset are read in this zone; a change of zone is logged."""
        before = self.zones.get(account)
        if before is not None and before.rpartition(THEN)[2] != zone:
            log.warning(
                "%s: its times without offset were read in %s before, and are read in %s from now on: rows of the two "
                "do not share one clock",
                account,
                before,
                zone,
            )
            zone = f"{before}{THEN}{zone}"
        elif before is not None:
            return
        self.zones[account] = zone

    def young_of(self, account: str, tracker: int) -> IntervalSet:
        """What of the asked range was read, but has to be read again."""
        key = account, tracker
        young = self._young.get(key, _NOTHING) | self._of_other_days.get(key, _NOTHING)
        return young & IntervalSet((self.asked_of(account),))

    def beside(self, account: str, tracker: int) -> IntervalSet:
        """What was read as days of another zone and lies outside the asked range: their first and last hours."""
        return self._of_other_days.get((account, tracker), _NOTHING) - IntervalSet((self.asked_of(account),))

    def set_expected(self, owed: timedelta, settled: timedelta = timedelta(0)) -> None:
        """How much tracker-time there is to ask for, besides what is settled already."""
        self._asked_time, self._settled_time = owed + settled, settled

    def deliver(self, work: WorkRecord) -> None:
        """An item is finished; it supersedes what was known of its range."""
        self.rows += work.rows
        self.bytes += work.bytes
        self.late += work.late
        self.odd_rows += work.odd_rows
        self.replaced_texts += work.replaced_texts
        self.items_done += 1
        for tracker in work.trackers:
            key = work.account, tracker
            # What was read before the tariff cut it off is still there.
            clipped = _NOTHING if work.clipped is None else IntervalSet((work.clipped,)) - self._complete(key)
            self._forget_holes(key, work.range)
            if clipped:
                self._clipped[key] |= clipped
            self._done[key] = self._done.get(key, _NOTHING).add(work.range)
            self.read(key, work.range, work.read_at, work.zone)
            self._settled_time += work.range.span
        for trackers, gap, reason in work.gaps:
            for tracker in trackers:
                self.gap(work.account, tracker, gap, reason)

    def gap(self, account: str, tracker: int, part: TimeRange, reason: str) -> None:
        """This range has, or may have, rows that cannot be read."""
        gaps = self._gaps[account, tracker]
        gaps[reason] = gaps[reason].add(part)

    def _complete(self, key: tuple[str, int]) -> IntervalSet:
        """What was delivered of a tracker without a hole."""
        left = self._done.get(key, _NOTHING) - self._clipped.get(key, _NOTHING)
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
        """A request failed for good."""
        self.items_done += 1
        for tracker in trackers:
            self.failed.append(Hole(account, tracker, asked, *describe(error)))
            self._settled_time += asked.span

    def lose(self, account: str, tracker: int, error: NavixyError, *, blocked: bool = False) -> None:
        """The tracker is given up: what it still lacks counts as failed, or as blocked."""
        self._lost.setdefault((account, tracker), error)
        self._settled_time += self.missing(account, tracker).span
        if blocked:
            self._blocked.add((account, tracker))

    def lose_account(self, account: str, error: NavixyError) -> None:
        """The account is given up."""
        self._lost_accounts.setdefault(account, error)
        for label, tracker in self._expected:
            if label == account and (label, tracker) not in self._lost:
                self._settled_time += self.missing(label, tracker).span

    def is_lost(self, account: str) -> bool:
        """Whether the account was given up."""
        return account in self._lost_accounts

    def missing(self, account: str, tracker: int) -> IntervalSet:
        """The part of the requested range that was not delivered for this tracker."""
        return self._done.get((account, tracker), _NOTHING).holes(self.asked_of(account))

    def items_of(self, unsettled: timedelta) -> float:
        """About how many items `unsettled` tracker-time will take at the present rate."""
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
        explained = _by_tracker(self.failed)
        complete: dict[tuple[str, int], tuple[TimeRange, ...]] = {}
        failed, waiting, young = list(self.failed), list[Hole](), list[Hole]()
        for account, keys in groupby(sorted(self._done), key=itemgetter(0)):
            past, finished = self.past_of(account), self._finished_of(account)
            ahead, running = IntervalSet((self.asked_of(account),)) - past, past - finished
            for key in keys:
                other_days = self._of_other_days.get(key, _NOTHING)
                complete[key] = ((self._complete(key) & finished) - other_days).ranges
                young += _holes(key, self._young.get(key, _NOTHING) & finished, YOUNG)
                young += _holes(key, other_days & finished, OTHER_DAYS)
                young += _holes(key, running & self._done[key], UNFINISHED)
                if key in self._blocked or key not in self._expected:
                    continue
                lost = self._lost.get(key) or self._lost_accounts.get(account)
                why = ("was not requested", None, None) if lost is None else describe(lost)
                failed += _holes(key, (self.missing(*key) & past) - explained.get(key, _NOTHING), *why)
                waiting += _holes(key, ahead, AHEAD)
        known_accounts = {account for account, _ in self._expected}
        for account, error in self._lost_accounts.items():
            if account not in known_accounts:
                failed.append(Hole(account, None, self.asked_of(account), *describe(error)))
        return Coverage(
            stream=self.stream,
            range=self.asked,
            complete=MappingProxyType(complete),
            clipped=_joined(
                hole
                for key, parts in self._clipped.items()
                for hole in _holes(key, parts, "older than the tariff keeps data")
            ),
            gaps=_joined(
                [
                    *(hole for key, gaps in self._gaps.items() for why in gaps for hole in _holes(key, gaps[why], why)),
                    *(Hole(account, None, self.asked, UNREADABLE_TRACKERS) for account in self._untold),
                ]
            ),
            failed=_joined(failed),
            blocked=_joined(
                hole for key in self._blocked for hole in _holes(key, self.missing(*key), "the tracker is blocked")
            ),
            waiting=_joined(waiting),
            young=_joined(young),
            rows=self.rows,
            bytes=self.bytes,
            late=self.late,
            late_rows=self.late_rows,
            odd_rows=self.odd_rows,
            replaced_texts=self.replaced_texts,
            zones=MappingProxyType(dict(sorted(self.zones.items()))),
            calendars=MappingProxyType(
                {
                    account: f"{self._changed[account]}{THEN}{zone}" if account in self._changed else zone
                    for account, zone in sorted(self.calendars.items())
                }
            ),
            asked=MappingProxyType({account: part for account, part in self.by_account.items() if part != self.asked}),
        )


def _replace(
    known: defaultdict[tuple[str, int], IntervalSet], key: tuple[str, int], part: TimeRange, now: TimeRange | None
) -> None:
    """Replace `part` by `now` in what is known."""
    if now is not None or key in known:
        left = known[key] - IntervalSet((part,))
        known[key] = left if now is None else left.add(now)


def _holes(
    key: tuple[str, int], parts: IntervalSet, reason: str, error: str | None = None, code: int | None = None
) -> list[Hole]:
    return [Hole(*key, part, reason, error, code) for part in parts]


def _by_tracker(holes: Iterable[Hole]) -> dict[tuple[str, int], IntervalSet]:
    ranges: dict[tuple[str, int], list[TimeRange]] = {}
    for hole in holes:
        if hole.tracker_id is not None:
            ranges.setdefault((hole.account, hole.tracker_id), []).append(hole.range)
    return {key: IntervalSet(parts) for key, parts in ranges.items()}


def _joined(holes: Iterable[Hole]) -> tuple[Hole, ...]:
    """The holes in order; those of one tracker and reason that touch become one."""
    alike: dict[Hole, list[TimeRange]] = {}
    for hole in holes:
        alike.setdefault(replace(hole, range=_ALL), []).append(hole.range)
    joined = [replace(hole, range=part) for hole, parts in alike.items() for part in IntervalSet(parts)]
    return tuple(sorted(joined, key=lambda hole: (hole.account, hole.tracker_id or 0, hole.range, hole.reason)))
