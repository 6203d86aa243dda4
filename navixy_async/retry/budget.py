"""How many retries one host may cost before failures surface at once, and how many of them one credential may take.

A retry takes one unit, a success that needed a retry returns it, and a clean success slowly repays what was lost. In
a full outage nothing succeeds, so however many callers there are, no more than the budget is ever sent in vain.

With several credentials, none may owe more than is left for the others: one in trouble gets half of the budget,
two get a third each, and so on, so that what is left is never less than what one of them took.
"""

from __future__ import annotations

_REGAIN = 0.125
"""Units that a success at the first attempt pays back: eight clean calls forgive one lost retry."""


class RetryBudget:
    """A budget of retries, shared by every call to one host."""

    __slots__ = ("_left", "_only", "_owed", "_shared", "capacity")

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self._left = float(capacity)
        self._owed: dict[str, float] = {}
        """Failed retries by credential; those that owe nothing are left out."""
        self._only: str | None = None
        self._shared = False
        """Whether more than one credential was seen."""

    @property
    def left(self) -> float:
        """Retries that may still be sent."""
        return self._left

    def take(self, key: str = "") -> bool:
        """Spend one retry of the credential `key` if there is one left for it."""
        self._see(key)
        owed = self._owed.get(key, 0.0)
        if self._left < 1 or (self._shared and owed >= self._left):
            return False
        self._left -= 1
        self._owed[key] = owed + 1
        return True

    def repay(self, retries: int, key: str = "") -> None:
        """A call of the credential `key` succeeded after `retries` repeats; what they cost comes back."""
        if not self._shared and key != self._only:
            self._see(key)
        if not self._owed and self._left == self.capacity:
            return
        back = retries or _REGAIN
        self._left = min(self.capacity, self._left + back)
        if self._owed and (owed := self._owed.get(key)) is not None:
            if owed > back:
                self._owed[key] = owed - back
            else:
                del self._owed[key]

    def _see(self, key: str) -> None:
        if self._only is None:
            self._only = key
        self._shared = self._shared or key != self._only
