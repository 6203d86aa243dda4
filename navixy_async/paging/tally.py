"""What the platform counts in a window of history, beside what was given of it."""

from __future__ import annotations

from typing import Any

from .page_result import Answered


class Tally:
    """Counts of one window, which is read page by page from its beginning.

    Each answer counts what matches from its own position to the end of the window. Some platforms may count the whole
    window in each answer, others only what the answer holds: neither counts more than there is.

    Args:
        first: the position at which the window begins.
    """

    def __init__(self, first: int) -> None:
        self.first = first
        self.given = 0
        """Entries that were handed out."""
        self.outside = 0
        """Entries that lie at the end of the range that was asked for, which is not part of the window."""
        self.expected = 0
        """How many entries the platform counts, going by all of its answers."""
        self._told: int | None = None
        """The count of the answer that began with the window, if it is none of just what that answer holds."""
        self._before = 0
        """Entries that were given before the position of the last answer."""

    def note(self, page: Answered[Any], *, before: int, fresh: int, outside: int, ahead: bool) -> None:
        """An answer came.

        Args:
            page: the answer.
            before: entries of the window that were given from before its position.
            fresh: entries that it was the first to give.
            outside: its entries that lie in the range that was asked for, but not in the window.
            ahead: whether those come first, so that all of them were seen.
        """
        self.given += fresh
        self.outside = max(self.outside, outside)
        self._before = before
        if page.total is None:
            return
        of_all = before > 0 and page.total == self._told
        self.expected = max(self.expected, (0 if of_all else before) + page.total - (outside if ahead else 0))
        if before == 0 and page.counts_more:
            self._told = page.total

    def is_of_all(self, total: int | None) -> bool:
        """Whether the count of the last answer is that of the whole window, all of which was given."""
        return total is not None and total == self._told and self._before > 0 and self.given + self.outside >= total
