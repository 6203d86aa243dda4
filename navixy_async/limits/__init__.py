"""How requests are let go: slots, buckets, lanes and fairness. Knows nothing of HTTP."""

from __future__ import annotations

from .caps import BY_ACTION, CAPS, Cap, Caps
from .limiter import Limiter, LimiterPermit
from .protocol import Admission, Permit
from .simple import FreePermit, Plugged
from .snapshot import (
    AccountSnapshot,
    BudgetSnapshot,
    LaneSnapshot,
    LimitsSnapshot,
    PathSnapshot,
    Slowdown,
)

__all__ = [
    "BY_ACTION",
    "CAPS",
    "AccountSnapshot",
    "Admission",
    "BudgetSnapshot",
    "Cap",
    "Caps",
    "FreePermit",
    "LaneSnapshot",
    "Limiter",
    "LimiterPermit",
    "LimitsSnapshot",
    "PathSnapshot",
    "Permit",
    "Plugged",
    "Slowdown",
]
