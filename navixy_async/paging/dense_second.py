"""Seconds that hold more entries than one page.

History has no offset and no key finer than a second, so nothing can be asked for "behind" a page that begins and ends
in one second. What is left is to ask narrower: for some of the trackers, then for some of the event types, and when
neither can be narrowed further, for the same second from its other end.

What proves that such a second was read whole:

- Parts by tracker, or by the event types that the user named, are a partition: all parts whole, second whole.
- Parts by the event types that the platform lists are one only if the list is complete. So the platform is asked for
  its count of the second (difference of two totals), and, if it does not count, for the second's other end, which then
  must show no event type that was not asked for. (What neither can show: an unlisted type in the middle of a second, on
  a platform that does not count. There its list is believed.)
- The two ends are whole if a page reaches out of the second, if the platform's count says so, or if they overlap as
  the two ends of one order do: the last entries of one page are the last of the other, mirrored. A platform that breaks
  ties the same way in both directions, or in none, gives pages that merely share entries; that proves nothing, and
  counts as a gap.

However much a platform says that there is more: once `FRUITLESS` narrower questions in a row showed nothing new, the
rest of the second counts as a gap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Hashable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Generic

from ..gaps import GapReason
from .batches import split_evenly
from .history_query import Asker, Query
from .history_types import E
from .page_result import Answered, unseen
from .pager import A

FRUITLESS = 24
"""Narrower questions in a row that bring nothing; trackers and event types are halved to one in fewer."""


@dataclass(frozen=True, slots=True)
class More(Generic[E]):
    """Further entries of the second, none of them given before."""

    items: list[E]
    answer: Any


@dataclass(frozen=True, slots=True)
class Unproven:
    """A part of the second that may hold entries nobody saw."""

    query: Query
    reason: GapReason


@dataclass(frozen=True, slots=True)
class _Parts:
    """A query in two narrower ones.

    `kinds` are their event types if they were taken from the platform's list, which may lack some; otherwise the two
    are certain to match all that the query matches.
    """

    queries: tuple[Query, Query]
    kinds: frozenset[str] | None = None


@dataclass(slots=True)
class Effort:
    """How much was tried for a second."""

    fruitless: int = 0
    """Questions in a row that brought nothing."""


@dataclass(slots=True)
class Seen:
    """What tells apart the entries of a second that were seen, each as often as one answer showed it."""

    given: Counter[Hashable]
    """Those handed out."""
    matched: Counter[Hashable] = field(default_factory=Counter)
    """Those that match the query."""
    effort: Effort = field(default_factory=Effort)

    def of(self, page: Answered[E], second: int) -> More[E]:
        """What of the second `page` is the first to show."""
        entries = [entry for entry, at in zip(page.entries, page.seconds, strict=True) if at == second]
        fresh, seen = unseen(entries, self.given)
        self.given |= seen
        self.matched |= seen
        self.effort.fruitless = 0 if fresh else self.effort.fruitless + 1
        return More(fresh, page.answer)


async def read_second(
    asker: Asker[A, E],
    query: Query,
    second: int,
    page: Answered[E],
    *,
    ascending: bool,
    seen: Seen,
) -> AsyncGenerator[More[E] | Unproven, None]:
    """The rest of what `query` matches in `second`, after `page` was full of that second and nothing else.

    `ascending` is the direction that `page` was asked in. What is handed out and seen to match adds to `seen`.
    """
    seen.matched |= Counter(page.keys_at(second))
    if seen.effort.fruitless > FRUITLESS:
        yield Unproven(asker.living(query) or query, GapReason.OVERFULL_SECOND)
        return
    parts = await _narrower(asker, query, page)
    unproven = False
    for part in parts.queries if parts else ():
        async with aclosing(_read_part(asker, part, second, seen)) as pieces:
            async for piece in pieces:
                unproven |= isinstance(piece, Unproven)
                yield piece
    if parts and parts.kinds is None:
        return

    counted = None
    if page.total is not None and page.total >= len(page.entries):
        counted = await asker.count_at(query, second, sure=page.counts_more)
    if counted == seen.matched.total():
        return
    other = await asker.ask(query, *_window(second, not ascending), ascending=not ascending)
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
        # The platform does not count, or counts fewer than were seen, which is no count of this second.
        whole = parts.kinds.issuperset(map(_kind, other.entries))
    else:
        whole = _mirrored(page.keys_at(second), other.keys_at(second))
    if not whole:
        unlisted = parts is not None and not unproven
        yield Unproven(
            asker.living(query) or query, GapReason.UNLISTED_EVENTS if unlisted else GapReason.OVERFULL_SECOND
        )


async def _read_part(
    asker: Asker[A, E], part: Query, second: int, seen: Seen
) -> AsyncGenerator[More[E] | Unproven, None]:
    page = await asker.ask(part, *_window(second, True), ascending=True)
    if page is None:
        return
    mine = Seen(seen.given, effort=seen.effort)
    more = mine.of(page, second)
    if more.items:
        yield more
    if not _reaches_out(page, second):
        pieces = read_second(asker, part, second, page, ascending=True, seen=mine)
        async with aclosing(pieces):
            async for piece in pieces:
                yield piece
    seen.matched |= mine.matched


def _window(second: int, ascending: bool) -> tuple[int, int]:
    """The shortest range the platform takes that begins, in the direction asked, with `second`."""
    return (second, second + 1) if ascending else (second - 1, second)


def _reaches_out(page: Answered[Any], second: int) -> bool:
    """Whether the page saw the end of the second: it was not full, or went on into another one."""
    return not page.full or any(at != second for at in page.seconds)


def _mirrored(one: Sequence[Hashable], other: Sequence[Hashable]) -> bool:
    """Whether two full pages, from either end of one order, meet or overlap in its middle."""
    shared = (Counter(one) & Counter(other)).total()
    if not shared or len(one) < 2:
        return False
    # Entries that are equal in everything could be others of their kind.
    overlap = list(one[-shared:])
    return len(set(overlap)) == shared and overlap == list(reversed(other[-shared:]))


async def _narrower(asker: Asker[A, E], query: Query, page: Answered[E]) -> _Parts | None:
    """`query` in two parts that hold about as many entries each, going by `page`; None if it cannot be narrowed."""
    living = asker.living(query)
    if living is None:
        return None
    members, events = living.members, living.events
    if members is not None and len(members) > 1:
        if asker.axis == "trackers":
            halves = split_evenly(members, Counter(entry.tracker_id for entry in page.entries))
        else:
            halves = members[: len(members) // 2], members[len(members) // 2 :]
        return _Parts((Query(halves[0], events), Query(halves[1], events)))
    kinds = Counter(kind for kind in map(_kind, page.entries) if kind)
    types = events
    if types is None:
        listed = await asker.event_types()
        types = None if listed is None else tuple(dict.fromkeys((*listed, *kinds)))
    if types is None or len(types) < 2:
        return None
    sides = split_evenly(types, kinds)
    return _Parts((Query(members, sides[0]), Query(members, sides[1])), None if events else frozenset(types))


def _kind(entry: Any) -> str:
    kind = getattr(entry, "event", None)
    return "" if kind is None else str(getattr(kind, "value", kind))
