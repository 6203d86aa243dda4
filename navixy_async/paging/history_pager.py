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
    """History entries of a range of time: await it for one page, iterate it for every entry.

    Awaited, it sends exactly the given parameters: the platform includes both ends of the range, gives ``limit``
    entries at the most, and says by ``limit_exceeded`` (trackers) that there are more.

    Iterated, it gives every entry of the half-open range ``[from, to)`` once, in the order of time (``ascending=False``
    gives the latest first), over as many pages as it takes; ``limit`` is then only the size of a page (default 1000,
    lowered where the platform allows less). :func:`walk` tells how, and what is guaranteed.

    ``.pages()`` gives the answers behind that: neighbours share the entries of the second at which one page ends.

    Raises, when iterated:
        HistoryIncomplete: after the last entry, if something could not be read (a blocked tracker, more entries in one
            second than the platform can hand out, a range older than the tariff stores). Everything that could be read
            was given before it; its ``gaps`` say what is missing.
        PagingError: the platform's pages do not move on.
        InvalidInput: the range is naive, empty or turned round.
        NavixyError: a call failed for another reason; what was given until then is complete up to there.
    """

    async def _steps(self) -> AsyncGenerator[tuple[A, Sequence[E]], None]:
        gaps: list[Gap] = []
        pieces = walk(
            self._caller,
            self._operation,
            self._params,
            items=self._items,
            limit=LIMIT,
            timeout=self._timeout,
            lane=self._lane,
        )
        async with aclosing(pieces):
            async for piece in pieces:
                if isinstance(piece, Gap):
                    _add(gaps, piece)
                elif piece.answer is not None:
                    yield piece.answer, piece.items
        if gaps:
            raise HistoryIncomplete(gaps, operation=self._operation.path) from gaps[0].error


def _add(gaps: list[Gap], gap: Gap) -> None:
    """Add a gap; one that touches the last one and is like it in all else makes that one longer."""
    if gaps:
        last = gaps[-1]
        touches = last.range.end == gap.range.start or gap.range.end == last.range.start
        if touches and replace(last, range=gap.range, error=gap.error) == gap:
            whole = TimeRange(min(last.range.start, gap.range.start), max(last.range.end, gap.range.end))
            gaps[-1] = replace(last, range=whole)
            return
    gaps.append(gap)
