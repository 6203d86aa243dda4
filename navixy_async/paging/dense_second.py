"""Seconds that hold more entries than one page.

History has no offset and no key finer than a second, so nothing can be requested "behind" a page that begins and ends
in one second. What remains are narrower queries: for some of the trackers, then for some of the event types, and when
neither can be narrowed further, for the same second from its other end.

What proves that such a second was read completely:

- Parts by tracker, or by the event types that the user named, are a partition: if all parts are complete, so is the
  second.
- Parts by the event types that the platform lists are a partition only if that list is complete. So the platform's
  count of the second decides (the difference of two totals), and, if it does not count, the second's other end, which
  then must hold no event type that was not requested. (Neither can show an unlisted type in the middle of a second on a
  platform that does not count. There its list is trusted.)
- The two ends are complete if a page reaches beyond the second, if the platform's count says so, or if they overlap as
  the two ends of one order do: the last entries of one page are the last of the other, mirrored. A platform that breaks
  ties the same way in both directions, or at random, returns pages that merely share entries; that proves nothing, and
  counts as a gap.

However much a platform claims that there is more: once `MAX_FRUITLESS` narrower queries in a row returned nothing new,
the rest of the second counts as a gap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Hashable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Generic

from ..gaps import GapReason
from .batches import split_evenly
from .history_query import HistoryQuery, QueryScope
from .history_types import E
from .page_result import PageResult, new_entries
from .pager import A

MAX_FRUITLESS = 24
"""Narrower queries in a row that return nothing new; halving trackers and event types down to one takes fewer."""


@dataclass(frozen=True, slots=True)
class MoreEntries(Generic[E]):
    """Further entries of the second, none of them delivered before."""

    items: list[E]
    answer: Any


@dataclass(frozen=True, slots=True)
class Unproven:
    """A part of the second that may hold entries that no answer showed."""

    scope: QueryScope
    reason: GapReason


@dataclass(frozen=True, slots=True)
class _Parts:
    """A scope split in two narrower ones.

    `kinds` are their event types if these come from the platform's list, which may lack some; otherwise the two are
    certain to match all that the whole scope matches.
    """

    scopes: tuple[QueryScope, QueryScope]
    kinds: frozenset[str] | None = None


@dataclass(slots=True)
class Effort:
    """How much was tried for a second without success."""

    fruitless: int = 0
    """Queries in a row that returned nothing new."""


@dataclass(slots=True)
class SeenEntries:
    """Content keys of the entries of a second that were seen, each as often as one answer showed it."""

    delivered: Counter[Hashable]
    """Those delivered."""
    matched: Counter[Hashable] = field(default_factory=Counter)
    """Those that match the scope."""
    effort: Effort = field(default_factory=Effort)

    def of(self, page: PageResult[E], second: int) -> MoreEntries[E]:
        """The entries of the second that `page` is the first to show."""
        entries = [entry for entry, at in zip(page.entries, page.seconds, strict=True) if at == second]
        fresh, seen = new_entries(entries, self.delivered)
        self.delivered |= seen
        self.matched |= seen
        self.effort.fruitless = 0 if fresh else self.effort.fruitless + 1
        return MoreEntries(fresh, page.answer)


async def read_second(
    query: HistoryQuery[A, E],
    scope: QueryScope,
    second: int,
    page: PageResult[E],
    *,
    ascending: bool,
    seen: SeenEntries,
) -> AsyncGenerator[MoreEntries[E] | Unproven, None]:
    """The rest of what `scope` matches in `second`, after `page` was full of that second and nothing else.

    `ascending` is the direction in which `page` was requested. What is delivered and seen to match adds to `seen`.
    """
    seen.matched |= Counter(page.keys_at(second))
    if seen.effort.fruitless > MAX_FRUITLESS:
        yield Unproven(query.without_refused(scope) or scope, GapReason.OVERFULL_SECOND)
        return
    parts = await _narrower(query, scope, page)
    unproven = False
    for part in parts.scopes if parts else ():
        async with aclosing(_read_part(query, part, second, seen)) as steps:
            async for step in steps:
                unproven |= isinstance(step, Unproven)
                yield step
    if parts and parts.kinds is None:
        return

    counted = None
    if page.total is not None and page.total >= len(page.entries):
        counted = await query.count_at(scope, second, sure=page.counts_more)
    if counted == seen.matched.total():
        return
    other = await query.ask(scope, *_window(second, not ascending), ascending=not ascending)
    if other is None:
        return
    more = seen.of(other, second)
    if more.items:
        yield more
    if _reaches_out(other, second) and second in other.seconds:
        return
    matched = seen.matched.total()
    if counted is not None and counted >= matched:
        whole = counted == matched
    elif parts and parts.kinds is not None:
        # The platform does not count, or counts fewer than were seen, so it does not count this second.
        whole = parts.kinds.issuperset(map(_kind, other.entries))
    else:
        whole = _mirrored(page.keys_at(second), other.keys_at(second))
    if not whole:
        unlisted = parts is not None and not unproven
        yield Unproven(
            query.without_refused(scope) or scope, GapReason.UNLISTED_EVENTS if unlisted else GapReason.OVERFULL_SECOND
        )


async def _read_part(
    query: HistoryQuery[A, E], part: QueryScope, second: int, seen: SeenEntries
) -> AsyncGenerator[MoreEntries[E] | Unproven, None]:
    page = await query.ask(part, *_window(second, True), ascending=True)
    if page is None:
        return
    mine = SeenEntries(seen.delivered, effort=seen.effort)
    more = mine.of(page, second)
    if more.items:
        yield more
    if not _reaches_out(page, second):
        steps = read_second(query, part, second, page, ascending=True, seen=mine)
        async with aclosing(steps):
            async for step in steps:
                yield step
    seen.matched |= mine.matched


def _window(second: int, ascending: bool) -> tuple[int, int]:
    """The shortest range the platform accepts that begins, in the requested direction, with `second`."""
    return (second, second + 1) if ascending else (second - 1, second)


def _reaches_out(page: PageResult[Any], second: int) -> bool:
    """Whether the page saw the end of the second: it was not full, or reached into another one."""
    return not page.full or any(at != second for at in page.seconds)


def _mirrored(one: Sequence[Hashable], other: Sequence[Hashable]) -> bool:
    """Whether two full pages, from either end of one order, meet or overlap in its middle."""
    shared = (Counter(one) & Counter(other)).total()
    if not shared or len(one) < 2:
        return False
    # Entries equal in every member may still be different ones.
    overlap = list(one[-shared:])
    return len(set(overlap)) == shared and overlap == list(reversed(other[-shared:]))


async def _narrower(query: HistoryQuery[A, E], scope: QueryScope, page: PageResult[E]) -> _Parts | None:
    """`scope` in two parts with about as many entries each, judging by `page`; None if it cannot be narrowed."""
    without_refused = query.without_refused(scope)
    if without_refused is None:
        return None
    members, events = without_refused.members, without_refused.events
    if members is not None and len(members) > 1:
        if query.axis == "trackers":
            halves = split_evenly(members, Counter(entry.tracker_id for entry in page.entries))
        else:
            halves = members[: len(members) // 2], members[len(members) // 2 :]
        return _Parts((QueryScope(halves[0], events), QueryScope(halves[1], events)))
    kinds = Counter(kind for kind in map(_kind, page.entries) if kind)
    types = events
    if types is None:
        listed = await query.event_types()
        types = None if listed is None else tuple(dict.fromkeys((*listed, *kinds)))
    if types is None or len(types) < 2:
        return None
    sides = split_evenly(types, kinds)
    return _Parts((QueryScope(members, sides[0]), QueryScope(members, sides[1])), None if events else frozenset(types))


def _kind(entry: Any) -> str:
    kind = getattr(entry, "event", None)
    return "" if kind is None else str(getattr(kind, "value", kind))
