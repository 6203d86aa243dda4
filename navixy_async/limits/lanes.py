"""Who goes next: lanes by urgency, accounts in turn inside a lane, first come first served inside an account."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from itertools import count

from ..operations import Lane
from .grants import CredentialBudget, Grant

_tickets = count()


class Waiter:
    """One call that waits for its turn."""

    __slots__ = ("asked", "deadline", "outcome", "queue", "waiting", "wake")

    def __init__(self, queue: AccountQueue, asked: float, deadline: float | None) -> None:
        self.queue = queue
        self.asked = asked
        self.deadline = deadline
        self.waiting = True
        self.outcome: Grant | Exception | None = None
        """The grant, or the exception, once it no longer waits."""
        self.wake: Callable[[], None] | None = None
        """Called once, when the outcome is known."""

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


class AccountQueue:
    """The calls of one account with one credential in one lane, in the order in which they came."""

    __slots__ = ("account", "calls", "credential", "lane", "listed", "tag", "weight")

    def __init__(self, account: str, credential: CredentialBudget, lane: LaneQueue) -> None:
        self.account = account
        self.credential = credential
        self.lane = lane
        self.weight = 1.0
        self.tag = 0.0
        """Virtual time of its next turn."""
        self.listed = False
        """Whether it is in the lane's order, or parked at its credential."""
        self.calls: OrderedDict[Waiter, None] = OrderedDict()


class LaneQueue:
    """The queues of one lane, ordered by virtual time: each turn moves a queue on by 1 / weight.

    A queue that comes back after a rest starts at the present virtual time: it neither waits for the others' backlog
    nor collects turns while it has nothing to send.
    """

    __slots__ = ("_order", "_queues", "_swept", "_virtual", "credit", "name", "waiting")

    def __init__(self, name: Lane) -> None:
        self.name = name
        self.waiting = 0
        self.credit = 0.0
        """Turns saved up from the share that this lane is guaranteed."""
        self._queues: dict[tuple[str, str], AccountQueue] = {}
        self._order: list[tuple[float, int, AccountQueue]] = []
        self._swept = 0
        self._virtual = 0.0

    def __iter__(self) -> Iterator[AccountQueue]:
        """The queues that have someone waiting."""
        return (queue for queue in self._queues.values() if queue.calls)

    @property
    def ready(self) -> bool:
        """Whether some queue is in the order, that is, not known to be blocked by its credential."""
        return bool(self._order)

    def queue_of(self, account: str, credential: CredentialBudget) -> AccountQueue:
        """The queue of this account and credential, made on demand."""
        key = (account, credential.key)
        found = self._queues.get(key)
        if found is None:
            if len(self._queues) > 2 * self._swept + 64:
                self._sweep()
            found = self._queues[key] = AccountQueue(account, credential, self)
        elif not found.calls:
            found.credential = credential  # the registry may have dropped and remade it in the meantime
        return found

    def join(self, queue: AccountQueue, waiter: Waiter, *, front: bool) -> None:
        """Add one call to its queue; `front` puts it before the others of its account."""
        queue.calls[waiter] = None
        if front:
            queue.calls.move_to_end(waiter, last=False)
        self.waiting += 1
        queue.credential.waiting += 1
        if not queue.listed:
            self.enter(queue)

    def leave(self, waiter: Waiter) -> None:
        """Take one call out of its queue, wherever it is."""
        waiter.waiting = False
        del waiter.queue.calls[waiter]
        self.waiting -= 1
        waiter.queue.credential.waiting -= 1

    def enter(self, queue: AccountQueue) -> None:
        """Put a queue into the order."""
        queue.listed = True
        queue.tag = max(queue.tag, self._virtual)
        heappush(self._order, (queue.tag, next(_tickets), queue))

    def first(self) -> AccountQueue | None:
        """The queue whose turn it is, still in the order; queues without calls are dropped on the way."""
        while self._order:
            queue = self._order[0][2]
            if queue.calls:
                return queue
            self.remove_first()
        return None

    def remove_first(self) -> AccountQueue:
        """Take the first queue out of the order."""
        queue = heappop(self._order)[2]
        queue.listed = False
        return queue

    def advance(self, queue: AccountQueue) -> Waiter:
        """Take the first call of `queue`, which is the first of the order, and move the queue behind its turn."""
        self.remove_first()
        self._virtual = max(self._virtual, queue.tag)
        queue.tag += 1.0 / queue.weight
        waiter = next(iter(queue.calls))
        self.leave(waiter)
        if queue.calls:
            self.enter(queue)
        return waiter

    def ahead_of(self, queue: AccountQueue, position: int) -> float:
        """About how many calls of this lane go before the call at `position` (0 is the first) of `queue`."""
        rounds = (position + 1) / queue.weight
        others = (other for other in self._queues.values() if other.calls and other is not queue)
        return position + sum(min(len(other.calls), rounds * other.weight) for other in others)

    def _sweep(self) -> None:
        """Drop the queues without calls and without a turn to make up for."""
        self._queues = {
            key: queue
            for key, queue in self._queues.items()
            if queue.calls or queue.listed or queue.tag > self._virtual
        }
        self._swept = len(self._queues)
