"""The pager of ``history/tracker/list``, ``history/user/list`` and ``history/asset/list``."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace

from ..errors import HistoryIncomplete
from ..gaps import Gap, GapReason
from ..times import TimeRange
from .history_query import LIMIT
from .history_types import E, Entry, Page
from .history_walk import walk
from .pager import A, Pager

__all__ = ["Entry", "Gap", "GapReason", "HistoryIncomplete", "HistoryPager", "Page", "walk"]


class HistoryPager(Pager[A, E]):
    """History entries of a period: await it for one page, iterate over it for every entry.

    Awaited, it sends exactly the given parameters: the platform includes both ends of the range, returns at most
    ``limit`` entries, and reports by ``limit_exceeded`` (trackers) that there are more.

    Iterated over, it yields every entry of the half-open range ``[from, to)`` once, in the order of time (latest first
    with ``ascending=False``), over as many pages as it takes; ``limit`` is then only the page size (default 1000,
    lowered where the platform allows less). :func:`walk` says how, and what is guaranteed.

    ``.pages()`` yields the answers behind that: neighbours share the entries of the second at which one page ends.

    Raises, when iterated over:
        HistoryIncomplete: after the last entry, if something could not be read (a blocked tracker, more entries in one
            second than the platform can return, a range older than the tariff stores). Everything that could be read
            was yielded before; its ``gaps`` say what is missing.
        PagingError: the platform's pages do not advance.
        InvalidInput: the range is naive, empty or reversed.
        NavixyError: a call failed for another reason; what was yielded until then is complete up to that point.
    """

    async def _steps(self) -> AsyncGenerator[tuple[A, Sequence[E]], None]:
        gaps: list[Gap] = []
        steps = walk(
            self._caller,
            self._operation,
            self._params,
            items=self._items,
            limit=LIMIT,
            timeout=self._timeout,
            lane=self._lane,
        )
        async with aclosing(steps):
            async for step in steps:
                if isinstance(step, Gap):
                    _add(gaps, step)
                elif step.answer is not None:
                    yield step.answer, step.items
        if gaps:
            raise HistoryIncomplete(gaps, operation=self._operation.path) from gaps[0].error


def _add(gaps: list[Gap], gap: Gap) -> None:
    """Add a gap; if it continues the last one and equals it in everything else, extend that one instead."""
    if gaps:
        last = gaps[-1]
        touches = last.range.end == gap.range.start or gap.range.end == last.range.start
        if touches and replace(last, range=gap.range, error=gap.error) == gap:
            whole = TimeRange(min(last.range.start, gap.range.start), max(last.range.end, gap.range.end))
            gaps[-1] = replace(last, range=whole)
            return
    gaps.append(gap)
