"""Every entry of a range of history, once, with about as few requests as there are full pages.

The model. The platform gives at most L entries, for all trackers asked together, from the start (or, descending, from
the end) of a range whose two ends are included. Entries have whole seconds; there is no offset. So the only cursor is
the last second of a page, and it says "read up to here, and some part of this second".

The walk. Ask from the cursor; drop the entries already given in the cursor's second; move the cursor to the last second
of the page; stop at a page of which nothing says that there is more: neither its length, nor its flag, nor its count.
N entries thus cost about N / (L - k) requests, with k entries in the second at a page's edge. A page that begins and
ends in one second cannot move the cursor: `overfull` reads that second by narrower questions, and the walk goes on
behind it.

What is believed. Only entries inside of what was asked for, in time and trackers, move the cursor; others are dropped.
An entry is one that was given before only if it holds the same in everything, and only at the cursor's second. Where
the platform counts, what was given is held against its count at the end of each window; a difference is asked about
once more, as entries may come and go meanwhile, and then named as a gap.

Guaranteed: each entry that existed throughout the walk is given once, or a :class:`Gap` names where it would have been.
Entries come in the order of time (any order within a second). An entry that appears while the walk is under way is
given once if it lies ahead of the cursor, and not at all if behind; neither disturbs the others.
Not guaranteed: that nothing older arrives later (devices upload months late): walk again for that.

Memory: one page, and what tells the entries of one second apart.
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
from .dense_second import More, Seen, read_second
from .history_query import LIMIT, Asker, Query, id_of
from .history_types import E, Page, Piece
from .intervals import WindowSizer
from .page_result import Answered, unseen
from .pager import A
from .tally import Tally

ACTIONS = frozenset({"history/tracker/list", "history/user/list", "history/asset/list"})
"""The actions that can be walked."""

PUZZLES = 40
"""Crowded seconds in a row, none of which could be proved whole, before the rest of a window is given up."""


async def walk(
    caller: Caller,
    operation: Operation[A],
    params: Mapping[str, Any],
    *,
    items: Callable[[A], Sequence[E] | None],
    limit: int = LIMIT,
    timeout: float | None = None,
    lane: Lane | None = None,
) -> AsyncGenerator[Piece[E], None]:
    """Read ``history/tracker|user|asset/list`` for the half-open range ``[from, to)`` without losing an entry.

    Close it when leaving early (``contextlib.aclosing``), as any asynchronous generator.

    Args:
        caller: who asks.
        operation: one of the three actions.
        params: its parameters by wire name. ``from`` and ``to`` are aware datetimes; ``limit``, if it is there, is the
            page size and goes before the argument; ``ascending=False`` walks from the end to the start.
        items: takes the list of entries out of an answer.
        limit: entries per page.
        timeout: seconds for each single call.
        lane: urgency of the calls.

    Yields:
        :class:`Page` for every stretch read and :class:`Gap` for every hole, as they are met.

    Raises:
        InvalidInput: the action, the range or the page size make no sense.
        PagingError: the platform's pages do not move on.
        NavixyError: whatever a call raises that asking for less cannot mend.
    """
    if operation.path not in ACTIONS:
        raise InvalidInput(f"{operation.path} cannot be walked: it is none of {', '.join(sorted(ACTIONS))}")
    asked = TimeRange(_instant(params, "from"), _instant(params, "to"))
    size = _page_size(params, limit)
    asker = Asker(caller, operation, params, items=items, limit=size, timeout=timeout, lane=lane)
    steps = _Walk(asker, asked, ascending=params.get("ascending") is not False).run()
    try:
        async with aclosing(steps):
            async for step in steps:
                yield step
    finally:
        asker.tell()


class _Walk(Generic[A, E]):
    """One walk. Positions are seconds since 1970, negated when descending, so that every walk goes upwards."""

    def __init__(self, asker: Asker[A, E], asked: TimeRange, *, ascending: bool) -> None:
        self._asker = asker
        self._range = asked
        self._ascending = ascending
        self._sign = 1 if ascending else -1
        # Entries have whole seconds: these are the first and the last one that can hold any of the range.
        low, high = math.ceil(asked.start.timestamp()), math.ceil(asked.end.timestamp()) - 1
        self._first, self._last = (low, high) if self._ascending else (-high, -low)
        self._sizer = WindowSizer()
        self._position = self._first
        self._until = self._first - 1
        """The last position of the window that is being read."""
        self._tally = Tally(self._first)
        self._given: Counter[Hashable] = Counter()
        """What tells the entries apart that were given in the second at the position, and how often each was."""
        self._at_edge = True
        """Whether nothing at the position was read yet, so that the next question begins at a half-open end."""
        self._asked_again: int | None = None
        """The position of which an answer was empty though the platform counted entries."""
        self._puzzles = 0
        """Crowded seconds in a row that could not be proved whole."""

    async def run(self) -> AsyncGenerator[Piece[E], None]:
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
                # Refused for its length: the sizer has learnt, and the next question is a shorter one.
                if not self._sizer.failed(asked, error):
                    raise
                if gap := await self._begin_anew():
                    yield gap
                continue
            self._sizer.succeeded(asked)
            same_trackers = not self._asker.losses
            for gap in self._losses():
                yield gap
            if page is None:
                return
            if page.flagged and not self._asker.flag_means_cut:
                clipped = await self._clipped(page, self._until)
                if clipped:
                    yield clipped
            if self._given and same_trackers and self._given.keys().isdisjoint(page.keys_at(self._second)):
                yield self._gap(self._stretch(self._position, self._position), GapReason.UNSTABLE_EDGE)
            async with aclosing(self._advance(page, self._until)) as pieces:
                async for piece in pieces:
                    yield piece

    async def _ask(
        self, first: int, last: int, *, at_edge: bool = False, limit: int | None = None
    ) -> Answered[E] | None:
        """Ask for the positions from `first` to `last`."""
        if self._ascending:
            low, high = first, last + 1
        else:
            high = -first + at_edge
            low = min(-last, high - 1)
        return await self._asker.ask(self._asker.query, low, high, ascending=self._ascending, limit=limit)

    async def _advance(self, page: Answered[E], reach: int) -> AsyncGenerator[Piece[E], None]:
        """Hand out what `page` has to give, and move the position as far as it proves."""
        position, sign = self._position, self._sign
        inside = [position <= sign * second <= reach for second in page.seconds]
        end = max((sign * second for second, is_in in zip(page.seconds, inside, strict=True) if is_in), default=None)
        before = self._tally.given - self._given.total()
        fresh = self._take(page, inside)
        outside = inside.count(False)
        self._tally.note(page, before=before, fresh=len(fresh), outside=outside, ahead=not self._ascending)
        behind = bool(page.seconds) and sign * page.seconds[-1] > reach
        moves = end is not None and end > position
        if not self._says_more(page, moves=moves) or (behind and not moves):
            async with aclosing(self._finish(page, fresh, reach)) as pieces:
                async for piece in pieces:
                    yield piece
            return
        if not (page.filled or page.suspect):
            # It gives less at once than it was asked for: who gives as little again may be doing the same.
            self._asker.shortest_cut = max(page.held, 1)
        if end is not None:
            yield Page(fresh, self._stretch(position, end), page.answer)
        if end is not None and moves:
            self._puzzles = 0
            self._move(end, given=Counter(page.keys_at(sign * end)))
        elif page.dropped and not fresh and page.filled:
            raise PagingError(
                f"{self._asker.path} answered with entries from outside the range or of other trackers than it was "
                "asked for and filled its page with them, so the rest of the range cannot be read"
            )
        elif self._at_edge and False in inside:
            # Entries at the half-open end, which are not ours, took the room: ask without them.
            given = self._given | Counter(page.keys_at(self._second))
            self._move(position, given=given)
        else:
            pieces = self._nothing(page, reach) if end is None else self._stuck(page, reach)
            async with aclosing(pieces):
                async for piece in pieces:
                    yield piece

    def _take(self, page: Answered[E], inside: Sequence[bool]) -> list[E]:
        """The entries of the window that were not given yet."""
        second = self._second
        at_edge = [entry for entry, at in zip(page.entries, page.seconds, strict=True) if at == second]
        fresh, seen = unseen(at_edge, self._given)
        self._given |= seen
        others = zip(page.entries, page.seconds, inside, strict=True)
        return fresh + [entry for entry, at, is_in in others if is_in and at != second]

    def _says_more(self, page: Answered[E], *, moves: bool) -> bool:
        """Whether anything says that there is more of the window than what was given by now."""
        if page.filled or page.cut or (page.suspect and moves):
            return True
        return page.counts_more and not self._tally.is_of_all(page.total)

    async def _finish(self, page: Answered[E], fresh: Sequence[E], reach: int) -> AsyncGenerator[Piece[E], None]:
        """The window was read to its end: hold what was given against the platform's count, and go on behind it."""
        yield Page(fresh, self._stretch(self._position, reach), page.answer)
        # Where the end of the range comes last, the count may mean what lies at it, too.
        outside = self._tally.outside if self._ascending else 0
        if gap := await self._compare(reach, self._tally.given, outside):
            yield gap
        self._leave(reach)

    async def _nothing(self, page: Answered[E], reach: int) -> AsyncGenerator[Piece[E], None]:
        """Nothing of the window came, though something says that there is more."""
        position = self._position
        if not page.cut and self._asked_again != position:
            self._asked_again = position
            return
        # Said to be cut, but empty: the platform keeps nothing of this stretch.
        reason = GapReason.CLIPPED if page.cut and not page.held else GapReason.MISCOUNTED
        for piece in self._give_up(position, reach, reason):
            yield piece

    async def _stuck(self, page: Answered[E], reach: int) -> AsyncGenerator[Piece[E], None]:
        """The page shows nothing but the second at the position, and something says that there is more."""
        position = self._position
        shown = self._given.total()
        whole = crowded = page.filled
        if not page.filled:
            counted = await self._count_here(page, reach) if page.counts_more else None
            whole = counted == shown
            crowded = counted is not None and counted > shown
            if not whole and not crowded and page.cut:
                if await self._flags_nothing(reach):
                    for piece in self._give_up(position, reach, GapReason.MISCOUNTED):
                        yield piece
                    return
                crowded = True
        if crowded:
            whole = True
            async with aclosing(self._overfull(page)) as pieces:
                async for piece in pieces:
                    whole = whole and not isinstance(piece, Gap)
                    yield piece
        elif not whole:
            yield self._gap(self._stretch(position, position), GapReason.MISCOUNTED)
        if not whole:
            self._puzzles += 1
            # What that second holds is unknown, so only what was given before it can be compared.
            before = self._tally.given - self._given.total()
            if position > self._tally.first and (gap := await self._compare(position - 1, before)):
                yield gap
            self._tally = Tally(position + 1)
        if position < reach and self._puzzles < PUZZLES:
            self._move(position + 1)
        elif position < reach:
            for piece in self._give_up(position + 1, reach, GapReason.MISCOUNTED):
                yield piece
        else:
            if whole and (gap := await self._compare(reach, self._tally.given)):
                yield gap
            self._leave(reach)

    async def _count_here(self, page: Answered[E], reach: int) -> int | None:
        """How many entries of the second at the position match, by what `page` counts and what is counted behind it."""
        if self._position == reach:
            return await self._asker.count_at(self._asker.query, self._second, sure=False)
        behind = await self._ask(self._position + 1, reach)
        if page.total is None or behind is None or behind.total is None:
            return None
        if behind.counts_more and not behind.held:
            # What counts entries and shows none counts something else.
            return None
        return page.total - behind.total

    def _give_up(self, first: int, reach: int, reason: GapReason) -> list[Piece[E]]:
        """Leave the window; what is in it from `first` on is a gap."""
        stretch = self._stretch(first, reach)
        self._leave(reach)
        return [self._gap(stretch, reason), Page((), stretch)]

    async def _begin_anew(self) -> Gap | None:
        """The window is too long: go on with a shorter one from here; what was read of it is compared."""
        position, tally, edge = self._position, self._tally, self._given.total()
        gap = await self._compare(position - 1, tally.given - edge) if position > tally.first else None
        self._tally = Tally(position)
        self._tally.given = edge
        self._until = self._reach()
        return gap

    async def _compare(self, reach: int, given: int, outside: int = 0) -> Gap | None:
        """A gap if the platform counts more from the tally's begin to `reach` than was given, and still does if asked
        once more: entries may have gone meanwhile."""
        tally = self._tally
        if given + outside >= tally.expected:
            return None
        if reach > tally.first:
            low, high = sorted((self._sign * tally.first, self._sign * reach))
            page = await self._asker.ask(self._asker.query, low, high, ascending=True, limit=1)
            counted = None if page is None else page.total
        else:
            counted = await self._asker.count_at(self._asker.query, self._sign * reach, sure=True)
        if counted == given:
            return None
        living = self._asker.living(self._asker.query) is not None
        return self._gap(self._stretch(tally.first, reach), GapReason.MISCOUNTED) if living else None

    async def _flags_nothing(self, reach: int) -> bool:
        """Whether the platform says that it cut what it shows to be empty, behind the second at the position."""
        page = await self._ask(self._position + 1, max(reach, self._position + 1))
        return page is not None and page.cut and not page.held

    async def _overfull(self, page: Answered[E]) -> AsyncGenerator[Piece[E], None]:
        """The rest of the second at the position, which filled `page` by itself."""
        before = self._given.total()
        asker = self._asker
        stretch = self._stretch(self._position, self._position)
        seen = Seen(self._given)
        parts = read_second(asker, asker.query, self._second, page, ascending=self._ascending, seen=seen)
        async with aclosing(parts):
            async for part in parts:
                for gap in self._losses():
                    yield gap
                if isinstance(part, More):
                    yield Page(part.items, stretch, part.answer)
                else:
                    yield self._gap(stretch, part.reason, part.query)
        self._tally.given += self._given.total() - before
        for gap in self._losses():
            yield gap

    async def _clipped(self, page: Answered[E], reach: int) -> Gap | None:
        """What ``limit_exceeded`` says where it may mean the tariff's storage period: a gap at the old end, or a cut.

        Only the answer that reads the old end of a stretch can tell. If the platform flags the time before the oldest
        entry as well, where there is nothing to cut, it stores nothing as old; otherwise the flag means a cut.
        """
        if self._given if self._ascending else page.full:
            return None
        stretch = self._stretch(self._position, reach)
        low, high = sorted((self._sign * self._position, self._sign * reach))
        inside = [second for second in page.seconds if low <= second <= high]
        oldest = min(inside, default=high + 1)
        clipped = not page.entries
        if not clipped and oldest > low:
            clipped = await self._asker.is_clipped(self._asker.query, min(low, oldest - 2), oldest - 1)
        if clipped:
            end = _moment(oldest) if inside else stretch.end
            return self._gap(TimeRange(stretch.start, end), GapReason.CLIPPED)
        self._asker.flag_means_cut = page.cut = True
        return None

    def _reach(self) -> int:
        """The last position that the next question may ask for."""
        span = self._sizer.span
        return self._last if span is None else min(self._last, self._position + int(span.total_seconds()) - 1)

    def _move(self, position: int, *, given: Counter[Hashable] | None = None, at_edge: bool = False) -> None:
        self._position, self._given, self._at_edge = position, Counter() if given is None else given, at_edge

    def _leave(self, reach: int) -> None:
        """Go on behind the window."""
        self._move(reach + 1, at_edge=True)
        self._tally = Tally(reach + 1)

    @property
    def _second(self) -> int:
        return self._sign * self._position

    def _stretch(self, first: int, last: int) -> TimeRange:
        """The time from one position to another, both included, as far as it was asked for."""
        at_start, at_end = first <= self._first, last >= self._last
        low, high = first, last
        if not self._ascending:
            at_start, at_end, low, high = at_end, at_start, -last, -first
        return TimeRange(
            self._range.start if at_start else _moment(low), self._range.end if at_end else _moment(high + 1)
        )

    def _losses(self) -> list[Gap]:
        """The trackers that the platform refused since the last time, each with all that is still ahead."""
        losses, self._asker.losses = self._asker.losses, []
        ahead = self._stretch(self._position, self._last)
        return [self._gap(ahead, loss.reason, Query((loss.member,), None), loss.error) for loss in losses]

    def _gap(
        self, stretch: TimeRange, reason: GapReason, query: Query | None = None, error: NavixyError | None = None
    ) -> Gap:
        asker = self._asker
        missing = asker.living(asker.query) if query is None else query
        ids = tuple(map(id_of, missing.members or ())) if missing else ()
        events = missing.events if missing and missing.events != asker.query.events else None
        return Gap(
            ids if asker.axis == "trackers" else (),
            stretch,
            reason,
            assets=ids if asker.axis == "assets" else (),
            events=events or (),
            error=error,
        )


def _moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def _instant(params: Mapping[str, Any], name: str) -> datetime:
    value = params.get(name)
    if value is None:
        raise InvalidInput(f"{name} is missing: say which time is asked for")
    return require_aware(value, name)


def _page_size(params: Mapping[str, Any], limit: int) -> int:
    """The page size to walk with. Pages of one entry could never be told from seconds that overflow."""
    asked = params.get("limit")
    size = limit if asked is None else asked
    if isinstance(size, bool) or not isinstance(size, int) or size < 1:
        raise InvalidInput(f"limit must be a whole number of at least 1, not {size!r}")
    return max(size, 2)
