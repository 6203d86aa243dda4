"""Every entry of a range of history, once, with about as few requests as there are full pages.

The model. The platform gives at most L entries, for all trackers asked together, from the start (or, descending, from
the end) of a range whose two ends are included. Entries have whole seconds and unique ids; there is no offset. So the
only cursor is the last second of a page, and it says "read up to here, and some part of this second".

The walk. Ask from the cursor; drop the ids already given in the cursor's second; move the cursor to the last second of
the page; stop at a page that is not full. N entries thus cost about N / (L - k) requests, with k entries in the second
at a page's edge. A full page that begins and ends in one second cannot move the cursor: `overfull` reads that second
by narrower questions, and the walk goes on behind it.

Guaranteed: each entry that existed throughout the walk is given once, or a :class:`Gap` names where it would have been.
Entries come in the order of time (any order within a second). An entry that appears while the walk is under way is
given once if it lies ahead of the cursor, and not at all if behind; neither disturbs the others.
Not guaranteed: that nothing older arrives later (devices upload months late): walk again for that.

Memory: one page, and the ids of one second.
"""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import Any, Generic

from ..errors import InvalidInput, NavixyError
from ..operations import Caller, Lane, Operation
from ..times import TimeRange, require_aware
from .asker import Answered, Asker, Query, id_of
from .intervals import WindowSizer
from .overfull import More, read_second
from .pager import A, PagingError
from .pieces import E, Gap, GapReason, Page, Piece

ACTIONS = frozenset({"history/tracker/list", "history/user/list", "history/asset/list"})
"""The actions that can be walked."""

LIMIT = 1000
"""Entries per page on the hosted platforms; others may allow less (the walk lowers it) or more (say so)."""


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
    async with aclosing(steps):
        async for step in steps:
            yield step


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
        self._given: set[int] = set()
        """Ids of the entries already given in the second at the position."""
        self._at_edge = True
        """Whether nothing at the position was read yet, so that the next question begins at a half-open end."""

    async def run(self) -> AsyncGenerator[Piece[E], None]:
        if self._first > self._last:
            yield Page((), self._range)
            return
        while self._position <= self._last:
            reach = self._reach()
            asked = timedelta(seconds=reach - self._position + 1)
            try:
                page = await self._ask(reach)
            except NavixyError as error:
                # Refused for its length: the sizer has learnt, and the next question is a shorter one.
                if not self._sizer.failed(asked, error):
                    raise
                continue
            self._sizer.succeeded(asked)
            same_trackers = not self._asker.losses
            for gap in self._losses():
                yield gap
            if page is None:
                return
            if page.flagged and not self._asker.flag_means_cut:
                clipped = await self._clipped(page, reach)
                if clipped:
                    yield clipped
            if self._given and same_trackers and self._given.isdisjoint(page.ids_at(self._second)):
                yield self._gap(self._stretch(self._position, self._position), GapReason.UNSTABLE_EDGE)
            async with aclosing(self._advance(page, reach)) as pieces:
                async for piece in pieces:
                    yield piece

    async def _ask(self, reach: int) -> Answered[E] | None:
        if self._ascending:
            low, high = self._position, reach + 1
        else:
            high = -self._position + self._at_edge
            low = min(-reach, high - 1)
        return await self._asker.ask(self._asker.query, low, high, ascending=self._ascending)

    async def _advance(self, page: Answered[E], reach: int) -> AsyncGenerator[Piece[E], None]:
        """Hand out what `page` has to give, and move the position as far as it proves."""
        position = self._position
        sign = self._sign
        taken = set(self._given)
        fresh = []
        for entry, second in zip(page.entries, page.seconds, strict=True):
            if position <= sign * second <= reach and entry.id not in taken:
                taken.add(entry.id)
                fresh.append(entry)
        end = sign * page.seconds[-1] if page.seconds else None
        if end is None and page.full:
            # Said to be cut, but empty: the platform keeps nothing of this stretch.
            yield self._gap(self._stretch(position, reach), GapReason.CLIPPED)
        if end is None or end > reach or not page.full:
            yield Page(fresh, self._stretch(position, reach), page.answer)
            self._move(reach + 1, at_edge=True)
            return
        stray = sign * page.seconds[0] < position
        if stray and not self._at_edge:
            raise PagingError(
                f"{self._asker.path} answered with entries from outside the range it was asked for and filled its page "
                "with them, so the rest of the range cannot be read"
            )
        if end >= position:
            yield Page(fresh, self._stretch(position, end), page.answer)
        if end > position:
            self._move(end, given=page.ids_at(sign * end))
        elif stray:
            # Entries at the half-open end, which are not ours, took the room: ask without them.
            self._move(position, given=page.ids_at(self._second))
        else:
            self._given.update(page.ids_at(self._second))
            async with aclosing(self._overfull(page)) as pieces:
                async for piece in pieces:
                    yield piece
            self._move(position + 1)

    async def _overfull(self, page: Answered[E]) -> AsyncGenerator[Piece[E], None]:
        """The rest of the second at the position, which filled `page` by itself."""
        asker = self._asker
        stretch = self._stretch(self._position, self._position)
        parts = read_second(asker, asker.query, self._second, page, ascending=self._ascending, given=self._given)
        async with aclosing(parts):
            async for part in parts:
                for gap in self._losses():
                    yield gap
                if isinstance(part, More):
                    yield Page(part.items, stretch, part.answer)
                else:
                    yield self._gap(stretch, part.reason, part.query)
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
        self._asker.flag_means_cut = page.full = True
        return None

    def _reach(self) -> int:
        """The last position that the next question may ask for."""
        span = self._sizer.span
        return self._last if span is None else min(self._last, self._position + int(span.total_seconds()) - 1)

    def _move(self, position: int, *, given: Sequence[int] = (), at_edge: bool = False) -> None:
        self._position, self._given, self._at_edge = position, set(given), at_edge

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
