"""How many retries one host may cost before failures surface at once.

A retry takes one unit, a success that needed a retry gives it back, and a clean success slowly pays what was lost. In
a full outage nothing succeeds, so however many callers there are, no more than the budget is ever sent in vain.
"""

from __future__ import annotations

_REGAIN = 0.125
"""Units that a success at the first attempt pays back: eight clean calls forgive one lost retry."""


class RetryBudget:
    """A budget of retries, shared by every call to one host."""

    __slots__ = ("_left", "capacity")

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self._left = float(capacity)

    @property
    def left(self) -> float:
        """Retries that may still be sent."""
        return self._left

    def take(self) -> bool:
        """Spend one retry if there is one left."""
        if self._left < 1:
            return False
        self._left -= 1
        return True

    def repay(self, retries: int) -> None:
        """A call succeeded after `retries` repeats; what they cost comes back."""
        self._left = min(self.capacity, self._left + (retries or _REGAIN))
