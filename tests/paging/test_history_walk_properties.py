"""Random worlds against the strict model: everything is given once, in order, or a gap names where it would be."""

from __future__ import annotations

import math
import random
from collections import Counter
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from navixy_async.errors import AttemptTimedOut, DeadlineExceeded, InvalidRequest
from navixy_async.operations import Operation
from navixy_async.paging import Gap, GapReason, IntervalSet, Page, walk
from navixy_async.times import TimeRange

from ..support.paging.platform_model import TRACKER_LIST, USER_LIST, Event, History, HistoryEntry, at, drive, entries_of

# Both changes of the clock of Berlin, and a day without one; each base is an hour before the change.
BASES = (1_774_740_600 + 1800, 1_792_886_400, 1_779_100_000)

KINDS = ("inzone", "outzone", "speedup", "offline")


@dataclass
class Walked:
    pages: list[Page[HistoryEntry]]
    gaps: list[Gap]

    @property
    def entries(self) -> list[HistoryEntry]:
        return [entry for page in self.pages for entry in page.items]


def period(asked: TimeRange) -> dict[str, Any]:
    return {"from": asked.start, "to": asked.end}


def run(history: History, operation: Operation[Any] = TRACKER_LIST, **params: Any) -> Walked:
    async def read() -> Walked:
        walked = Walked([], [])
        async with aclosing(walk(history, operation, params, items=entries_of)) as steps:
            async for step in steps:
                if isinstance(step, Gap):
                    walked.gaps.append(step)
                else:
                    walked.pages.append(step)
        return walked

    return drive(read())


def check(
    history: History, walked: Walked, asked: TimeRange, params: dict[str, Any], *, ascending: bool = True
) -> None:
    """The promise: given once, in order, all of it or a gap around it; and the pages cover what was asked."""
    kinds = params.get("events")
    trackers = params.get("trackers")
    truth = {
        event.id: event
        for event in history.events
        if at(event.second) in asked
        and (trackers is None or event.tracker in trackers)
        and (kinds is None or event.kind in kinds)
    }
    ids = [entry.id for entry in walked.entries]
    assert len(set(ids)) == len(ids), "given twice"
    assert set(ids) <= truth.keys(), "not asked for"
    seconds = [truth[id_].second for id_ in ids]
    assert seconds == sorted(seconds, reverse=not ascending), "out of order"
    for lost in truth.keys() - set(ids):
        event = truth[lost]
        assert any(
            at(event.second) in gap.range
            and (not gap.trackers or event.tracker in gap.trackers)
            and (not gap.events or event.kind in gap.events)
            for gap in walked.gaps
        ), f"{event} is lost in silence; gaps: {walked.gaps}"
    refused = history.blocked | history.missing
    if trackers is None or not refused.issuperset(trackers):
        assert IntervalSet(page.range for page in walked.pages) == IntervalSet([asked])


happenings = st.lists(
    st.tuples(st.integers(-3, 40), st.integers(1, 5), st.sampled_from(KINDS), st.integers(1, 9)), max_size=25
)


def world(rows: list[tuple[int, int, str, int]], base: int, step: int = 1) -> list[Event]:
    """Rows of (second, tracker, kind, how often) as events; ids say nothing about the order."""
    flat = [(base + second * step, tracker, kind) for second, tracker, kind, times in rows for _ in range(times)]
    return [Event((number * 7919) % 1_000_003 + 1, *row) for number, row in enumerate(flat)]


ranges = st.tuples(
    st.integers(-2, 30), st.integers(1, 30), st.sampled_from([0, 0, 250_000, 999_999]), st.sampled_from([0, 0, 500_000])
)


def asked_range(base: int, drawn: tuple[int, int, int, int], step: int = 1) -> TimeRange:
    start, length, fraction, end_fraction = drawn
    first = at(base + start * step) + timedelta(microseconds=fraction)
    return TimeRange(first, at(base + (start + length) * step) + timedelta(microseconds=end_fraction, seconds=1))


def step_of(max_span: int | None) -> int:
    """Seconds between two of the world's moments: where ranges may be too long, hours, as no less is refused."""
    return 1 if max_span is None else 3600


@settings(max_examples=600, deadline=None)
@given(
    rows=happenings,
    base=st.sampled_from(BASES),
    drawn=ranges,
    limit=st.one_of(st.integers(2, 12), st.sampled_from([50, 1000])),
    ties=st.sampled_from(["mirrored", "same"]),
    totals=st.booleans(),
    ascending=st.booleans(),
    blocked=st.frozensets(st.integers(1, 5), max_size=3),
    missing=st.frozensets(st.integers(1, 5), max_size=1),
    names_culprits=st.booleans(),
    kinds=st.one_of(st.none(), st.lists(st.sampled_from(KINDS), min_size=1, unique=True)),
    listed=st.sampled_from([KINDS, None, KINDS[:2], ("unheard_of",)]),
    max_span=st.one_of(st.none(), st.integers(2, 20)),
    tells_span=st.booleans(),
)
@example(  # A full page of the second at the half-open end, which is not asked for.
    rows=[(10, 1, "inzone", 9), (9, 1, "inzone", 2)],
    base=BASES[0],
    drawn=(0, 9, 0, 0),
    limit=3,
    ties="mirrored",
    totals=False,
    ascending=False,
    blocked=frozenset(),
    missing=frozenset(),
    names_culprits=False,
    kinds=None,
    listed=KINDS,
    max_span=None,
    tells_span=True,
)
def test_all_is_given_once_or_named(
    *,
    rows: Any,
    base: int,
    drawn: Any,
    limit: int,
    ties: Any,
    totals: bool,
    ascending: bool,
    blocked: frozenset[int],
    missing: frozenset[int],
    names_culprits: bool,
    kinds: list[str] | None,
    listed: Any,
    max_span: int | None,
    tells_span: bool,
) -> None:
    step = step_of(max_span)
    history = History(
        world(rows, base, step),
        trackers=(1, 2, 3, 4, 5),
        max_limit=limit,
        ties=ties,
        # A list of event types that lacks some can only be noticed where the platform counts.
        totals=totals or not (listed is None or set(listed) >= set(KINDS)),
        blocked=blocked,
        missing=missing - blocked,
        names_culprits=names_culprits,
        listed_kinds=listed,
        max_span=None if max_span is None else timedelta(hours=max_span),
        tells_span=tells_span,
        zone="Europe/Berlin",
    )
    asked = asked_range(base, drawn, step)
    params: dict[str, Any] = {"trackers": [1, 2, 3, 4, 5], "limit": limit}
    if kinds is not None:
        params["events"] = kinds
    walked = run(history, **period(asked), ascending=ascending, **params)
    check(history, walked, asked, params, ascending=ascending)

    refused = {tracker for gap in walked.gaps for tracker in gap.trackers if gap.reason in TRACKER_REASONS}
    assert refused == (blocked | missing if asked_anything(asked) else set())
    # Gaps are for what cannot be known, no more than that.
    crowds = Counter((event.second, event.tracker, event.kind) for event in history.events)
    hard_limit = 2 * limit if ties == "mirrored" else limit
    for gap in walked.gaps:
        if gap.reason == GapReason.OVERFULL_SECOND:
            second, (tracker,) = math.ceil(gap.range.start.timestamp()), gap.trackers
            alike = [n for (at_, whose, kind), n in crowds.items() if (at_, whose) == (second, tracker)]
            splittable = kinds is not None or listed is not None
            assert (max(alike) if splittable else sum(alike)) >= hard_limit
        elif gap.reason == GapReason.UNLISTED_EVENTS:
            assert kinds is None
            assert not set(KINDS) <= set(listed or ())
        else:
            assert gap.reason in TRACKER_REASONS


TRACKER_REASONS = (GapReason.BLOCKED, GapReason.MISSING, GapReason.MISSING_OR_BLOCKED)


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    limit=st.integers(20, 1000),
    crowds=st.integers(0, 6),
    ascending=st.booleans(),
    totals=st.booleans(),
    blocked=st.frozensets(st.integers(1, 5), max_size=2),
)
def test_pages_of_any_size(
    *, seed: int, limit: int, crowds: int, ascending: bool, totals: bool, blocked: frozenset[int]
) -> None:
    """Larger worlds: quiet days with crowded seconds in them, up to three pages of one tracker and type."""
    chance = random.Random(seed)
    base, span = chance.choice(BASES), 86_400
    seconds = [chance.randrange(span) for _ in range(chance.randrange(4 * limit))]
    rows = [(second, chance.randint(1, 5), chance.choice(KINDS), 1) for second in seconds]
    for _ in range(crowds):
        second = chance.randrange(span)
        rows += [
            (second, chance.randint(1, 5), chance.choice(KINDS), chance.randint(1, limit))
            for _ in range(chance.randint(1, 3))
        ]
        rows.append((second, 1, "inzone", chance.choice([1, limit - 1, limit, 2 * limit - 1, 2 * limit, 3 * limit])))
    history = History(
        world(rows, base),
        trackers=(1, 2, 3, 4, 5),
        max_limit=limit,
        published_limit=limit,
        ties="mirrored",
        totals=totals,
        blocked=blocked,
        listed_kinds=KINDS,
    )
    asked = TimeRange(at(base), at(base + span))
    params: dict[str, Any] = {"trackers": [1, 2, 3, 4, 5]}
    walked = run(history, **period(asked), ascending=ascending, **params)
    check(history, walked, asked, params, ascending=ascending)
    alike = Counter((event.second, event.tracker, event.kind) for event in history.events)
    for gap in walked.gaps:
        if gap.reason == GapReason.OVERFULL_SECOND:
            second = int(gap.range.start.timestamp())
            assert (
                max(n for (at_, whose, _), n in alike.items() if (at_, whose) == (second, *gap.trackers)) >= 2 * limit
            )
        else:
            assert gap.reason in TRACKER_REASONS


@settings(max_examples=300, deadline=None)
@given(
    rows=happenings,
    base=st.sampled_from(BASES),
    limit=st.integers(2, 12),
    ties=st.sampled_from(["mirrored", "same"]),
    totals=st.booleans(),
    ascending=st.booleans(),
    changes=st.lists(
        st.tuples(st.integers(1, 12), st.integers(0, 31), st.integers(1, 5), st.booleans()), min_size=1, max_size=8
    ),
)
def test_what_changes_under_way_disturbs_nothing_else(
    *, rows: Any, base: int, limit: int, ties: Any, totals: bool, ascending: bool, changes: Any
) -> None:
    """Entries that appear or vanish between two requests: the others are given once, the changing ones at most once."""
    history = History(world(rows, base), trackers=(1, 2, 3, 4, 5), ties=ties, totals=totals, listed_kinds=KINDS)
    changing: set[int] = set()

    def change(history: History, number: int) -> None:
        for place, (when, second, tracker, appears) in enumerate(changes):
            if when != number:
                continue
            if appears or totals or not history.events:
                # (Nothing vanishes from a platform that counts: its counts would then prove the wrong thing.)
                changing.add(2_000_000 + place)
                history.events = [*history.events, Event(2_000_000 + place, base + second, tracker)]
            else:
                gone = history.events[second % len(history.events)]
                changing.add(gone.id)
                history.events = [event for event in history.events if event is not gone]

    history.before = change
    asked = TimeRange(at(base), at(base + 30))
    params: dict[str, Any] = {"trackers": [1, 2, 3, 4, 5], "limit": limit}
    walked = run(history, **period(asked), ascending=ascending, **params)

    ids = [entry.id for entry in walked.entries]
    assert len(set(ids)) == len(ids)
    lasting = History([event for event in history.events if event.id not in changing])
    kept = [replace(page, items=[e for e in page.items if e.id not in changing]) for page in walked.pages]
    check(lasting, Walked(kept, walked.gaps), asked, params, ascending=ascending)


@settings(max_examples=300, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    limit=st.sampled_from([2, 3, 10, 100, 1000]),
    crowding=st.integers(1, 5),
    count=st.integers(0, 3000),
    ascending=st.booleans(),
)
def test_requests_are_about_as_many_as_full_pages(
    *, seed: int, limit: int, crowding: int, count: int, ascending: bool
) -> None:
    """N entries, at most k in a second, cost at most N / (L - k) + 1 requests: every page but the last brings L - k."""
    crowding = min(crowding, limit - 1)
    count = min(count, 60 * limit)
    chance = random.Random(seed)
    start = BASES[0]
    seconds = sorted(chance.choices(range(start, start + 10 * count + 1), k=count))
    crowds: Counter[int] = Counter()
    events = []
    for number, second in enumerate(seconds):
        if crowds[second] < crowding:
            crowds[second] += 1
            events.append(Event(number + 1, second, chance.randint(1, 3)))
    history = History(events, trackers=(1, 2, 3), max_limit=limit)
    asked = TimeRange(at(start), at(start + 10 * count + 2))
    params: dict[str, Any] = {"trackers": [1, 2, 3], "limit": limit}
    walked = run(history, **period(asked), ascending=ascending, **params)
    check(history, walked, asked, params, ascending=ascending)
    assert not walked.gaps
    most = max(crowds.values(), default=0)
    assert len(history.requests) <= len(events) // (limit - most) + 1


@settings(max_examples=300, deadline=None)
@given(
    rows=happenings,
    base=st.sampled_from(BASES),
    limit=st.integers(2, 12),
    ascending=st.booleans(),
    dense=st.integers(0, 30),
    bearable=st.integers(1, 8),
    trouble=st.sampled_from(["timeout", "deadline", "too large", "413"]),
)
def test_windows_that_fail_are_asked_in_smaller_parts(
    *, rows: Any, base: int, limit: int, ascending: bool, dense: int, bearable: int, trouble: str
) -> None:
    """A stretch of the truth that the platform only manages in short windows costs requests, not entries."""

    def fault(number: int, params: dict[str, Any]) -> Exception | None:
        if "from" not in params:
            return None
        low, high = int(params["from"].timestamp()) - base, int(params["to"].timestamp()) - base
        if low <= dense <= high and high - low > bearable:
            return failure(trouble)
        return None

    history = History(world(rows, base), trackers=(1, 2, 3, 4, 5), listed_kinds=KINDS, fault=fault)
    asked = TimeRange(at(base), at(base + 30))
    params: dict[str, Any] = {"trackers": [1, 2, 3, 4, 5], "limit": limit}
    walked = run(history, **period(asked), ascending=ascending, **params)
    check(history, walked, asked, params, ascending=ascending)


def failure(kind: str) -> Exception:
    if kind == "timeout":
        return AttemptTimedOut("silent for 60 s", operation="history/tracker/list")
    if kind == "deadline":
        return DeadlineExceeded("300 s are over", operation="history/tracker/list", attempts=3)
    if kind == "too large":
        return InvalidRequest(9, "Too large request", http_status=412)
    return InvalidRequest(0, "", http_status=413)


@settings(max_examples=300, deadline=None)
@given(
    rows=happenings,
    base=st.sampled_from(BASES),
    limit=st.integers(2, 12),
    ascending=st.booleans(),
    stored=st.integers(-10, 40),
    max_span=st.one_of(st.none(), st.integers(2, 20)),
)
def test_what_the_tariff_clipped_is_named(
    *, rows: Any, base: int, limit: int, ascending: bool, stored: int, max_span: int | None
) -> None:
    """history/user/list flags clipped ranges: the gap ends where the entries begin."""
    step = step_of(max_span)
    history = History(
        world(rows, base, step),
        max_limit=limit,
        totals=True,
        listed_kinds=KINDS,
        stored_from=base + stored * step,
        flag_means="clipped",
        max_span=None if max_span is None else timedelta(hours=max_span),
    )
    asked = TimeRange(at(base), at(base + 30 * step))
    params: dict[str, Any] = {"limit": limit}
    walked = run(history, USER_LIST, **{"from": asked.start, "to": asked.end}, ascending=ascending, **params)
    check(history, walked, asked, params, ascending=ascending)
    clipped = IntervalSet(gap.range for gap in walked.gaps if gap.reason == GapReason.CLIPPED)
    given = [entry.time for entry in walked.entries]
    if stored < 0:
        assert not clipped
    elif stored == 0:
        # What is stored begins with the range, to the second: the walk may have had to look one second before it.
        assert clipped.span <= timedelta(seconds=1)
    else:
        lost = IntervalSet([TimeRange(asked.start, at(base + min(stored, 30) * step))])
        assert not lost - clipped
        assert not any(moment in clipped for moment in given)


@settings(max_examples=300, deadline=None)
@given(
    rows=happenings,
    base=st.sampled_from(BASES),
    limit=st.integers(4, 12),
    cap=st.integers(2, 12),
    ascending=st.booleans(),
    operation=st.sampled_from([TRACKER_LIST, USER_LIST]),
)
def test_a_cut_that_only_the_flag_shows_is_followed(
    *, rows: Any, base: int, limit: int, cap: int, ascending: bool, operation: Operation[Any]
) -> None:
    """A platform that gives less than the limit it accepted, and says so by limit_exceeded alone."""
    history = History(world(rows, base), trackers=(1, 2, 3, 4, 5), totals=True, listed_kinds=KINDS, silent_cap=cap)
    asked = TimeRange(at(base), at(base + 30))
    params: dict[str, Any] = {"limit": limit}
    if operation is TRACKER_LIST:
        params["trackers"] = [1, 2, 3, 4, 5]
    walked = run(history, operation, **{"from": asked.start, "to": asked.end}, ascending=ascending, **params)
    check(history, walked, asked, params, ascending=ascending)


def asked_anything(asked: TimeRange) -> bool:
    return any(
        second in asked for second in map(at, range(int(asked.start.timestamp()), int(asked.end.timestamp()) + 2))
    )
