"""How requests are let go: never over the platform's limits, hardly under them, and fairly. Knows nothing of HTTP.

The model
=========
A host counts requests in two kinds of *budget*: one for each credential, one for each egress address. Each allows N
requests (50) in any second. A request that leaves at `s` is counted at some moment `a` that the client never learns;
its answer is back at `r`. The way there takes at least `u`, the way back at least `d`; so ``s + u <= a <= r - d``.
What the client can learn is the sum ``u + d``: no round trip is shorter, and the shortest of many comes close.

Slots
-----
Each budget has N *slots*. A request takes one when it is let go and keeps it until ``r + 1 - (u + d)``.

*Guarantee.* No second of the server holds more than N requests of a budget, whatever the jitter.

*Proof sketch.* Suppose N + 1 requests of a budget are counted within one second, and let j be the one of them that was
let go last. At that moment at most N slots were taken, j's own included; so at least one of the other N, say i, had
given its slot back: ``s_j >= r_i + 1 - (u + d)``. Hence ``a_j >= s_j + u >= (r_i - d) + 1 >= a_i + 1``, and the two are
not within one second.

*Cost.* In the long run N requests leave in ``1 + mean(r - s - (u + d))`` seconds. With 0 to 60 ms of jitter that is
97.1 % of the limit, and no client that wants certainty can do better: nothing says where in the uncertain
stretch the server stood.

The margin
----------
An answer can be slow because the server worked on it long after it counted. Such a slot is given up at ``s + 1 +
margin`` (:mod:`.rtt`): the margin is as wide as a fixed price in rate affords. Where few answers are slow it is
a second, more than any line needs; where all are slow it shrinks to the jitter that light calls showed.

The pace
--------
Slots alone let requests clump, as releases copy the jitter of the second before. A token bucket in front of them
(:mod:`.bucket`) spreads the sends; its rate is what the slots can bear, so it costs nothing, and its depth is small.
What a blocked event loop misses is saved and sent a little faster afterwards. :class:`.adaptive.BurstPolicy` learns
whether the host is content with that, or smooths and wants a pace of 95.7 %, one by one.

Two levels, lanes and turns
---------------------------
A call goes when its credential and one address have room in the same moment, and both are charged in that moment
(:mod:`.scheduler`). Nobody holds one budget while waiting for the other, so a full credential never blocks an idle one.
Among those that could go: the more urgent lane first, with a share set aside for the lower ones; inside a lane the
accounts in turn, by weight (:mod:`.lanes`); inside an account first come first served.

Refusals
--------
A refusal (HTTP 429, code 15) is a floor in time, kept in the budget as a moment and merged to the latest: nothing of
that budget goes earlier, nobody has to wake up to end it, and the sends after it are paced like all others. It falls on
the credential, and on the address too if another credential was refused there within two seconds or only the address
was near its limit. The budget's rate falls and climbs back (:class:`.adaptive.Rate`).

What is not guaranteed
======================
- The first requests of a path and those after a change of route rely on a shortest trip that is still being learnt
  (each of the first ones keeps its slot a few milliseconds longer for it).
- A request that is later than the margin, or later than :data:`.bucket.LOST` if its answer never came, may meet N
  others. A refusal widens the margin.
- Other processes behind the same address, or with the same key, are unknown until the host refuses. Share one client,
  or divide the limit by hand.
- With several addresses a credential's budget assumes that the way there takes about the same part of each trip. Its
  next request may take any of the ways, so the shortest of them counts, by what each has shown itself.
- A token bucket, leaky bucket or two-window estimate may refuse one or two requests before it is recognised.
- The order in which requests leave is the order of their turns, not the order in which the server counts them.
"""

from __future__ import annotations

from .action_limits import ACTION_LIMITS, LIMIT_BY_ACTION, ActionLimit, ActionLimiter
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

# Kept until 0.3
BY_ACTION = LIMIT_BY_ACTION
CAPS = ACTION_LIMITS
Cap = ActionLimit
Caps = ActionLimiter

__all__ = [
    "ACTION_LIMITS",
    "BY_ACTION",
    "CAPS",
    "LIMIT_BY_ACTION",
    "AccountSnapshot",
    "ActionLimit",
    "ActionLimiter",
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
