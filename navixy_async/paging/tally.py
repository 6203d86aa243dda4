"""How many entries of a window the platform counts, beside how many were delivered."""

from __future__ import annotations

from typing import Any

from .page_result import PageResult


class Tally:
    """Counts of one window, which is read page by page from its start.

    Each answer counts what matches from its own position to the end of the window. Some platforms may count the whole
    window in each answer, others only the rows of the answer; neither counts more than there is.

    Args:
        first: the position at which the window starts.
    """

    def __init__(self, first: int) -> None:
        self.first = first
        self.delivered = 0
        """Entries that were delivered."""
        self.outside = 0
        """Entries at the end of the requested range, which is not part of the window."""
        self.expected = 0
        """How many entries the platform counts, according to all of its answers."""
        self._total_at_start: int | None = None
        """The count in the answer that started the window, unless it counts just the rows of that answer."""
        self._before = 0
        """Entries delivered before the position of the last answer."""

    def note(self, page: PageResult[Any], *, before: int, fresh: int, outside: int, ahead: bool) -> None:
        """Take an answer into account.

        Args:
            page: the answer.
            before: entries of the window delivered from before its position.
            fresh: entries that it was the first to hold.
            outside: its entries that lie in the requested range, but not in the window.
            ahead: whether those come first, so that all of them were seen.
        """
        self.delivered += fresh
        self.outside = max(self.outside, outside)
        self._before = before
        if page.total is None:
            return
        of_all = before > 0 and page.total == self._total_at_start
        self.expected = max(self.expected, (0 if of_all else before) + page.total - (outside if ahead else 0))
        if before == 0 and page.counts_more:
            self._total_at_start = page.total

    def is_of_all(self, total: int | None) -> bool:
        """Whether the last answer counts the whole window, and all of that was delivered."""
        return (
            total is not None
            and total == self._total_at_start
            and self._before > 0
            and self.delivered + self.outside >= total
        )
