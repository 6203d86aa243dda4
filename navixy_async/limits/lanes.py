"""Who goes next: lanes by urgency, accounts in turn inside a lane, first come first served inside an account."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING

from ..operations import Lane
from .registry import Credential

if TYPE_CHECKING:
    from .scheduler import Grant

LANES: tuple[Lane, ...] = ("interactive", "live", "bulk")
"""From the most urgent to the least."""

_tickets = count()


class Waiter:
    """One call that waits for its turn."""

    __slots__ = ("asked", "deadline", "flow", "outcome", "waiting", "wake")

    def __init__(self, flow: Flow, asked: float, deadline: float | None) -> None:
        self.flow = flow
        self.asked = asked
        self.deadline = deadline
        self.waiting = True
        self.outcome: Grant | Exception | None = None
        """The grant, or the exception, once it no longer waits."""
        self.wake: Callable[[], None] | None = None
        """Called once when the outcome is there."""

    @property
    def grant(self) -> Grant | None:
        """The grant, if that is the outcome."""
        outcome = self.outcome
        return None if outcome is None or isinstance(outcome, Exception) else outcome

    def result(self) -> Grant:
        """The grant; raises the outcome if it is an exception."""
        if self.outcome is None:
            raise RuntimeError("the call still waits")
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


class Flow:
    """The calls of one account with one credential in one lane, in the order in which they came."""

    __slots__ = ("account", "credential", "lane", "listed", "queue", "tag", "weight")

    def __init__(self, account: str, credential: Credential, lane: LaneQueue) -> None:
        self.account = account
        self.credential = credential
        self.lane = lane
        self.weight = 1.0
        self.tag = 0.0
        """Virtual time of its next turn."""
        self.listed = False
        """Whether it stands in the lane's order, or is parked at its credential."""
        self.queue: OrderedDict[Waiter, None] = OrderedDict()


class LaneQueue:
    """The flows of one lane, ordered by virtual time: each turn moves a flow on by 1 / weight.

    A flow that comes back after a rest starts at the present virtual time: it neither waits for the others' backlog
    nor collects turns while it has nothing to send.
    """

    __slots__ = ("_flows", "_order", "_swept", "_virtual", "credit", "name", "waiting")

    def __init__(self, name: Lane) -> None:
        self.name = name
        self.waiting = 0
        self.credit = 0.0
        """Turns saved up from the share that this lane is guaranteed."""
        self._flows: dict[tuple[str, str], Flow] = {}
        self._order: list[tuple[float, int, Flow]] = []
        self._swept = 0
        self._virtual = 0.0

    def __iter__(self) -> Iterator[Flow]:
        """The flows that have someone waiting."""
        return (flow for flow in self._flows.values() if flow.queue)

    @property
    def ready(self) -> bool:
        """Whether some flow is in the order, so not known to be blocked by its credential."""
        return bool(self._order)

    def flow(self, account: str, credential: Credential) -> Flow:
        """The flow of this account and credential, made on demand."""
        key = (account, credential.key)
        found = self._flows.get(key)
        if found is None:
            if len(self._flows) > 2 * self._swept + 64:
                self._sweep()
            found = self._flows[key] = Flow(account, credential, self)
        elif not found.queue:
            found.credential = credential  # the registry may have dropped and remade it meanwhile
        return found

    def join(self, flow: Flow, waiter: Waiter, *, ahead: bool) -> None:
        """Queue one call in its flow; `ahead` puts it before the others of its account."""
        flow.queue[waiter] = None
        if ahead:
            flow.queue.move_to_end(waiter, last=False)
        self.waiting += 1
        flow.credential.waiting += 1
        if not flow.listed:
            self.enter(flow)

    def leave(self, waiter: Waiter) -> None:
        """Take one call out of its flow, wherever it stands."""
        waiter.waiting = False
        del waiter.flow.queue[waiter]
        self.waiting -= 1
        waiter.flow.credential.waiting -= 1

    def enter(self, flow: Flow) -> None:
        """Put a flow into the order."""
        flow.listed = True
        flow.tag = max(flow.tag, self._virtual)
        heappush(self._order, (flow.tag, next(_tickets), flow))

    def first(self) -> Flow | None:
        """The flow whose turn it is, still in the order; flows without calls are dropped on the way."""
        while self._order:
            flow = self._order[0][2]
            if flow.queue:
                return flow
            self.remove_first()
        return None

    def remove_first(self) -> Flow:
        """Take the first flow out of the order."""
        flow = heappop(self._order)[2]
        flow.listed = False
        return flow

    def advance(self, flow: Flow) -> Waiter:
        """Take the first call of `flow`, which is the first of the order, and move the flow behind its turn."""
        self.remove_first()
        self._virtual = max(self._virtual, flow.tag)
        flow.tag += 1.0 / flow.weight
        waiter = next(iter(flow.queue))
        self.leave(waiter)
        if flow.queue:
            self.enter(flow)
        return waiter

    def ahead_of(self, flow: Flow, place: int) -> float:
        """About how many calls of this lane go before the call at `place` (0 is the first) of `flow`."""
        rounds = (place + 1) / flow.weight
        others = (other for other in self._flows.values() if other.queue and other is not flow)
        return place + sum(min(len(other.queue), rounds * other.weight) for other in others)

    def _sweep(self) -> None:
        """Forget the flows that have nothing waiting and no turn to make up for."""
        self._flows = {
            key: flow for key, flow in self._flows.items() if flow.queue or flow.listed or flow.tag > self._virtual
        }
        self._swept = len(self._flows)
