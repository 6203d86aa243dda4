"""Every entry of a range of history, once, with hardly more requests than there are full pages.

The model. The platform returns at most L entries, for all requested trackers together, from the start (or, descending,
from the end) of a range whose two ends are included. Entries have whole seconds; there is no offset. So the only cursor
is the last second of a page, and it means "read up to here, and some part of this second".

The walk. Request from the cursor on; drop the entries of the cursor's second that were delivered already; move the
cursor to the last second of the page; stop at a page when nothing suggests that there is more: neither its length, nor
its flag, nor its count. N entries thus cost about N / (L - k) requests, with k entries in the second at a page's edge.
A page that begins and ends in one second cannot move the cursor: :mod:`.dense_second` reads that second by narrower
queries, and the walk continues behind it.

What is trusted. Only entries within the requested times and trackers move the cursor; others are dropped. An entry
counts as delivered before only if its whole content is the same, and only in the cursor's second. Where the platform
counts, the delivered entries are compared with its count at the end of each window; a difference is checked by one more
request, since entries may come and go in the meantime, and then reported as a gap.

Guaranteed: each entry that existed throughout the walk is delivered once, or a :class:`Gap` says where it would be.
Entries come in the order of time (any order within a second). An entry that appears during the walk is delivered once
if it lies ahead of the cursor, and not at all if behind; neither affects the others.
Not guaranteed: that nothing older arrives later (devices upload months late): walk again for that.

Memory: one page, and the content keys of the entries of one second.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Hashable, Mapping, Sequence
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import Any, Generic

from ..errors import InvalidInput, NavixyError, PagingError
from ..gaps import Gap, GapReason
from ..operations import Caller, Lane, Operation
from ..times import TimeRange, require_aware
from .dense_second import MoreEntries, SeenEntries, read_second
from .history_query import LIMIT, HistoryQuery, QueryScope, member_id
from .history_types import E, Page, PageOrGap
from .intervals import WindowSizer
from .page_result import PageResult, new_entries
from .pager import A
from .tally import Tally

ACTIONS = frozenset({"history/tracker/list", "history/user/list", "history/asset/list"})
"""The actions that can be walked."""

MAX_UNPROVEN = 40
"""Dense seconds in a row that could not be proved complete before the rest of a window is given up."""


async def walk(
    caller: Caller,
    operation: Operation[A],
    params: Mapping[str, Any],
    *,
    items: Callable[[A], Sequence[E] | None],
    limit: int = LIMIT,
    timeout: float | None = None,
    lane: Lane | None = None,
) -> AsyncGenerator[PageOrGap[E], None]:
    """Read ``history/tracker|user|asset/list`` for the half-open range ``[from, to)`` without losing an entry.

    Close it when leaving early (``contextlib.aclosing``), like any asynchronous generator.

    Args:
        caller: sends the calls.
        operation: one of the three actions.
        params: its parameters by wire name. ``from`` and ``to`` are aware datetimes; ``limit``, if present, is the page
            size and overrides the argument; ``ascending=False`` walks from the end to the start.
        items: takes the list of entries out of an answer.
        limit: entries per page.
        timeout: seconds for each single call.
        lane: urgency of the calls.

    Yields:
        :class:`Page` for every stretch that was read and :class:`Gap` for every hole, in the order of the walk.

    Raises:
        InvalidInput: the action, the range or the page size is not acceptable.
        PagingError: the platform's pages do not advance.
        NavixyError: whatever a call raises that a smaller request cannot avoid.
    """
    if operation.path not in ACTIONS:
        raise InvalidInput(f"{operation.path} cannot be walked: use one of {', '.join(sorted(ACTIONS))}")
    asked = TimeRange(_instant(params, "from"), _instant(params, "to"))
    size = _page_size(params, limit)
    query = HistoryQuery(caller, operation, params, items=items, limit=size, timeout=timeout, lane=lane)
    steps = _HistoryWalk(query, asked, ascending=params.get("ascending") is not False).run()
    try:
        async with aclosing(steps):
            async for step in steps:
                yield step
    finally:
        query.log_unrequested()


class _HistoryWalk(Generic[A, E]):
    """One walk. Positions are seconds since 1970, negated if descending, so that every walk goes upwards."""

    def __init__(self, query: HistoryQuery[A, E], asked: TimeRange, *, ascending: bool) -> None:
        self._query = query
        self._range = asked
        self._ascending = ascending
        self._sign = 1 if ascending else -1
        # Entries have whole seconds: these are the first and the last second of the range.
        low, high = math.ceil(asked.start.timestamp()), math.ceil(asked.end.timestamp()) - 1
        self._first, self._last = (low, high) if self._ascending else (-high, -low)
        self._sizer = WindowSizer()
        self._position = self._first
        self._until = self._first - 1
        """The last position of the window that is being read."""
        self._tally = Tally(self._first)
        self._delivered: Counter[Hashable] = Counter()
        """Content keys of the entries delivered in the second at the position, and how often each was."""
        self._at_edge = True
        """Whether nothing at the position was read yet, so that the next query starts at a half-open end."""
        self._retried_at: int | None = None
        """The position at which an answer was empty although the platform counted entries."""
        self._unproven = 0
        """Dense seconds in a row that could not be proved complete."""

    async def run(self) -> AsyncGenerator[PageOrGap[E], None]:
        if self._first > self._last:
            yield Page((), self._range)
            return
        while self._position <= self._last:
            if self._position > self._until:
                self._until = self._reach()
            asked = timedelta(seconds=self._until - self._position + 1)
            try:
                page = await self._ask(self._position, self._until, at_edge=self._at_edge)
            except NavixyError as error:
                # Refused for its length: the sizer has learnt, and the next query is shorter.
                if not self._sizer.failed(asked, error):
                    raise
                if gap := await self._restart_window():
                    yield gap
                continue
            self._sizer.succeeded(asked)
            same_trackers = not self._query.refused
            for gap in self._refused_gaps():
                yield gap
            if page is None:
                return
            if page.flagged and not self._query.flag_means_cut:
                clipped = await self._clipped(page, self._until)
                if clipped:
                    yield clipped
            if self._delivered and same_trackers and self._delivered.keys().isdisjoint(page.keys_at(self._second)):
                yield self._gap(self._stretch(self._position, self._position), GapReason.UNSTABLE_EDGE)
            async with aclosing(self._advance(page, self._until)) as steps:
                async for step in steps:
                    yield step

    async def _ask(
        self, first: int, last: int, *, at_edge: bool = False, limit: int | None = None
    ) -> PageResult[E] | None:
        """Request the positions from `first` to `last`."""
        if self._ascending:
            low, high = first, last + 1
        else:
            high = -first + at_edge
            low = min(-last, high - 1)
        return await self._query.ask(self._query.scope, low, high, ascending=self._ascending, limit=limit)

    async def _advance(self, page: PageResult[E], reach: int) -> AsyncGenerator[PageOrGap[E], None]:
        """Deliver what `page` holds, and move the position as far as it proves."""
        position, sign = self._position, self._sign
        inside = [position <= sign * second <= reach for second in page.seconds]
        end = max((sign * second for second, is_in in zip(page.seconds, inside, strict=True) if is_in), default=None)
        before = self._tally.delivered - self._delivered.total()
        fresh = self._take_new(page, inside)
        outside = inside.count(False)
        self._tally.note(page, before=before, fresh=len(fresh), outside=outside, ahead=not self._ascending)
        behind = bool(page.seconds) and sign * page.seconds[-1] > reach
        moves = end is not None and end > position
        if not self._says_more(page, moves=moves) or (behind and not moves):
            async with aclosing(self._finish(page, fresh, reach)) as steps:
                async for step in steps:
                    yield step
            return
        if not (page.filled or page.suspect):
            # It returns fewer at once than were requested: another answer as short may be cut as well.
            self._query.shortest_cut = max(page.row_count, 1)
        if end is not None:
            yield Page(fresh, self._stretch(position, end), page.answer)
        if end is not None and moves:
            self._unproven = 0
            self._move(end, delivered=Counter(page.keys_at(sign * end)))
        elif page.dropped and not fresh and page.filled:
            raise PagingError(
                f"{self._query.path} filled its page with entries from outside the requested range or of other "
                "trackers, so the rest of the range cannot be read"
            )
        elif self._at_edge and False in inside:
            # Entries at the half-open end, which do not belong to the range, took up the page: query without them.
            delivered = self._delivered | Counter(page.keys_at(self._second))
            self._move(position, delivered=delivered)
        else:
            steps = self._nothing_came(page, reach) if end is None else self._at_dense_second(page, reach)
            async with aclosing(steps):
                async for step in steps:
                    yield step

    def _take_new(self, page: PageResult[E], inside: Sequence[bool]) -> list[E]:
        """The entries of the window that were not delivered yet."""
        second = self._second
        at_edge = [entry for entry, at in zip(page.entries, page.seconds, strict=True) if at == second]
        fresh, seen = new_entries(at_edge, self._delivered)
        self._delivered |= seen
        others = zip(page.entries, page.seconds, inside, strict=True)
        return fresh + [entry for entry, at, is_in in others if is_in and at != second]

    def _says_more(self, page: PageResult[E], *, moves: bool) -> bool:
        """Whether anything suggests that the window holds more than was delivered so far."""
        if page.filled or page.cut or (page.suspect and moves):
            return True
        return page.counts_more and not self._tally.is_of_all(page.total)

    async def _finish(self, page: PageResult[E], fresh: Sequence[E], reach: int) -> AsyncGenerator[PageOrGap[E], None]:
        """The window was read to its end: compare the deliveries with the platform's count, and continue behind it."""
        yield Page(fresh, self._stretch(self._position, reach), page.answer)
        # Where the end of the range comes last, the count may include what lies at it.
        outside = self._tally.outside if self._ascending else 0
        if gap := await self._compare(reach, self._tally.delivered, outside):
            yield gap
        self._leave_window(reach)

    async def _nothing_came(self, page: PageResult[E], reach: int) -> AsyncGenerator[PageOrGap[E], None]:
        """Nothing of the window came, although something suggests that there is more."""
        position = self._position
        if not page.cut and self._retried_at != position:
            self._retried_at = position
            return
        # Flagged as cut, but empty: the platform keeps nothing of this stretch.
        reason = GapReason.CLIPPED if page.cut and not page.row_count else GapReason.MISCOUNTED
        for step in self._give_up(position, reach, reason):
            yield step

    async def _at_dense_second(self, page: PageResult[E], reach: int) -> AsyncGenerator[PageOrGap[E], None]:
        """The page holds nothing but the second at the position, and something suggests that there is more."""
        position = self._position
        delivered_here = self._delivered.total()
        whole = dense = page.filled
        if not page.filled:
            counted = await self._count_here(page, reach) if page.counts_more else None
            whole = counted == delivered_here
            dense = counted is not None and counted > delivered_here
            if not whole and not dense and page.cut:
                if await self._flags_nothing(reach):
                    for step in self._give_up(position, reach, GapReason.MISCOUNTED):
                        yield step
                    return
                dense = True
        if dense:
            whole = True
            async with aclosing(self._read_dense_second(page)) as steps:
                async for step in steps:
                    whole = whole and not isinstance(step, Gap)
                    yield step
        elif not whole:
            yield self._gap(self._stretch(position, position), GapReason.MISCOUNTED)
        if not whole:
            self._unproven += 1
            # What that second holds is unknown, so only what was delivered before it can be compared.
            before = self._tally.delivered - self._delivered.total()
            if position > self._tally.first and (gap := await self._compare(position - 1, before)):
                yield gap
            self._tally = Tally(position + 1)
        if position < reach and self._unproven < MAX_UNPROVEN:
            self._move(position + 1)
        elif position < reach:
            for step in self._give_up(position + 1, reach, GapReason.MISCOUNTED):
                yield step
        else:
            if whole and (gap := await self._compare(reach, self._tally.delivered)):
                yield gap
            self._leave_window(reach)

    async def _count_here(self, page: PageResult[E], reach: int) -> int | None:
        """How many entries of the second at the position match: the count of `page` minus the count behind it."""
        if self._position == reach:
            return await self._query.count_at(self._query.scope, self._second, sure=False)
        behind = await self._ask(self._position + 1, reach)
        if page.total is None or behind is None or behind.total is None:
            return None
        if behind.counts_more and not behind.row_count:
            # A platform that counts entries and returns none counts something else.
            return None
        return page.total - behind.total

    def _give_up(self, first: int, reach: int, reason: GapReason) -> list[PageOrGap[E]]:
        """Leave the window; from `first` on it is a gap."""
        stretch = self._stretch(first, reach)
        self._leave_window(reach)
        return [self._gap(stretch, reason), Page((), stretch)]

    async def _restart_window(self) -> Gap | None:
        """The window is too long: continue with a shorter one from here, and compare what was read of it."""
        position, tally, edge = self._position, self._tally, self._delivered.total()
        gap = await self._compare(position - 1, tally.delivered - edge) if position > tally.first else None
        self._tally = Tally(position)
        self._tally.delivered = edge
        self._until = self._reach()
        return gap

    async def _compare(self, reach: int, delivered: int, outside: int = 0) -> Gap | None:
        """A gap if the platform counts more from the start of the tally to `reach` than was delivered, twice in a row.

        It is requested a second time because entries may have gone in the meantime.
        """
        tally = self._tally
        if delivered + outside >= tally.expected:
            return None
        if reach > tally.first:
            low, high = sorted((self._sign * tally.first, self._sign * reach))
            page = await self._query.ask(self._query.scope, low, high, ascending=True, limit=1)
            counted = None if page is None else page.total
        else:
            counted = await self._query.count_at(self._query.scope, self._sign * reach, sure=True)
        if counted == delivered:
            return None
        if self._query.without_refused(self._query.scope) is None:
            return None
        return self._gap(self._stretch(tally.first, reach), GapReason.MISCOUNTED)

    async def _flags_nothing(self, reach: int) -> bool:
        """Whether the platform flags as cut what it returns as empty, behind the second at the position."""
        page = await self._ask(self._position + 1, max(reach, self._position + 1))
        return page is not None and page.cut and not page.row_count

    async def _read_dense_second(self, page: PageResult[E]) -> AsyncGenerator[PageOrGap[E], None]:
        """The rest of the second at the position, which filled `page` by itself."""
        before = self._delivered.total()
        query = self._query
        stretch = self._stretch(self._position, self._position)
        seen = SeenEntries(self._delivered)
        parts = read_second(query, query.scope, self._second, page, ascending=self._ascending, seen=seen)
        async with aclosing(parts):
            async for part in parts:
                for gap in self._refused_gaps():
                    yield gap
                if isinstance(part, MoreEntries):
                    yield Page(part.items, stretch, part.answer)
                else:
                    yield self._gap(stretch, part.reason, part.scope)
        self._tally.delivered += self._delivered.total() - before
        for gap in self._refused_gaps():
            yield gap

    async def _clipped(self, page: PageResult[E], reach: int) -> Gap | None:
        """What ``limit_exceeded`` means where it may concern the tariff's storage: a gap at the old end, or a cut.

        Only the answer that reads the old end of a stretch can show it. If the platform flags the time before the
        oldest entry as well, where there is nothing to cut, it stores nothing that old; otherwise the flag means a cut.
        """
        if self._delivered if self._ascending else page.full:
            return None
        stretch = self._stretch(self._position, reach)
        low, high = sorted((self._sign * self._position, self._sign * reach))
        inside = [second for second in page.seconds if low <= second <= high]
        oldest = min(inside, default=high + 1)
        clipped = not page.entries
        if not clipped and oldest > low:
            clipped = await self._query.is_clipped(self._query.scope, min(low, oldest - 2), oldest - 1)
        if clipped:
            end = _moment(oldest) if inside else stretch.end
            return self._gap(TimeRange(stretch.start, end), GapReason.CLIPPED)
        self._query.flag_means_cut = page.cut = True
        return None

    def _reach(self) -> int:
        """The last position that the next query may include."""
        span = self._sizer.span
        return self._last if span is None else min(self._last, self._position + int(span.total_seconds()) - 1)

    def _move(self, position: int, *, delivered: Counter[Hashable] | None = None, at_edge: bool = False) -> None:
        self._position, self._delivered, self._at_edge = (
            position,
            Counter() if delivered is None else delivered,
            at_edge,
        )

    def _leave_window(self, reach: int) -> None:
        """Continue behind the window."""
        self._move(reach + 1, at_edge=True)
        self._tally = Tally(reach + 1)

    @property
    def _second(self) -> int:
        return self._sign * self._position

    def _stretch(self, first: int, last: int) -> TimeRange:
        """The time from one position to another, both included, as far as it was requested."""
        at_start, at_end = first <= self._first, last >= self._last
        low, high = first, last
        if not self._ascending:
            at_start, at_end, low, high = at_end, at_start, -last, -first
        return TimeRange(
            self._range.start if at_start else _moment(low), self._range.end if at_end else _moment(high + 1)
        )

    def _refused_gaps(self) -> list[Gap]:
        """A gap for each member that the platform refused since the last call: all that is still ahead."""
        refused, self._query.refused = self._query.refused, []
        ahead = self._stretch(self._position, self._last)
        return [self._gap(ahead, loss.reason, QueryScope((loss.member,), None), loss.error) for loss in refused]

    def _gap(
        self, stretch: TimeRange, reason: GapReason, scope: QueryScope | None = None, error: NavixyError | None = None
    ) -> Gap:
        query = self._query
        missing = query.without_refused(query.scope) if scope is None else scope
        ids = tuple(map(member_id, missing.members or ())) if missing else ()
        events = missing.events if missing and missing.events != query.scope.events else None
        return Gap(
            ids if query.axis == "trackers" else (),
            stretch,
            reason,
            assets=ids if query.axis == "assets" else (),
            events=events or (),
            error=error,
        )


def _moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def _instant(params: Mapping[str, Any], name: str) -> datetime:
    value = params.get(name)
    if value is None:
        raise InvalidInput(f"{name} is missing: give the start and the end of the range")
    return require_aware(value, name)


def _page_size(params: Mapping[str, Any], limit: int) -> int:
    """The page size of the walk, at least two: pages of one entry would look like seconds that overflow."""
    asked = params.get("limit")
    size = limit if asked is None else asked
    if isinstance(size, bool) or not isinstance(size, int) or size < 1:
        raise InvalidInput(f"limit must be a whole number of at least 1, not {size!r}")
    return max(size, 2)
