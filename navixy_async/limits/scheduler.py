"""Decides which call goes when, over both levels at once. Sans-IO: every method is given the time, nothing waits.

A call is let go only when its credential and one egress address have room in the same moment, and both are charged in
that moment; so nobody holds one budget while waiting for the other. A credential without room is parked with its queues
until it has some, so each decision costs O(log n) however many calls wait.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from heapq import heapify, heappop, heappush
from itertools import count
from math import inf

from ..errors import RateLimitWaitTooLong
from ..operations import LANES, Lane
from ..requester import Requester
from ..settings import Limits, capped_retry_after
from .bucket import Bucket
from .grants import AddressBudget, CredentialBudget, Grant
from .lanes import AccountQueue, LaneQueue, Waiter
from .registry import Registry
from .snapshot import Level, Slowdown

_BLAME = 2.0
"""Seconds within which a second refused credential makes its address the suspect."""

_PUNCTUAL = 0.002
"""Seconds by which any loop is late."""

_tickets = count()


class Scheduler:
    """Queues calls and lets them go; :meth:`dispatch` acts, :meth:`wake_at` says when to call it next."""

    def __init__(self, limits: Limits, addresses: tuple[str | None, ...], now: float) -> None:
        self.limits = limits
        self.registry = Registry(limits, addresses, now)
        self.lanes: dict[Lane, LaneQueue] = {name: LaneQueue(name) for name in LANES}
        self.waiting = 0
        self.granted = 0
        self.refused_total = 0
        self._lanes = tuple(self.lanes.values())
        self._parked: list[tuple[float, int, CredentialBudget]] = []
        """Credentials without room, by the moment at which to look at them again."""
        self._parked_queues: dict[str, list[AccountQueue]] = {}
        """Their queues, by the key of the credential."""
        self._deadlines: list[tuple[float, int, Waiter]] = []
        self._refusals: deque[tuple[float, str, AddressBudget]] = deque()
        self._share = min(limits.guaranteed_share, 1.0 / len(LANES))
        self._next_address = 0
        self._room_at = -inf
        """No address has room before this moment."""
        self._due: float | None = None
        """The moment for which the timer was set."""

    # -- queueing -----------------------------------------------------------------------------------------------------

    def enqueue(self, requester: Requester, deadline: float | None, now: float, *, front: bool = False) -> Waiter:
        """Queue one call, and let go every call that may leave.

        Raises:
            RateLimitWaitTooLong: the wait is expected to pass the deadline; nothing was queued.
        """
        lane = self.lanes[requester.lane]
        queue = lane.queue_of(requester.label, self.registry.credential(requester.source.key, now))
        queue.weight = requester.weight
        if deadline is not None and not self._surely_before(deadline, queue, now):
            expected = self.expected_wait(queue, now, front=front)
            if now + expected > deadline:
                raise RateLimitWaitTooLong(expected, deadline - now)
        waiter = Waiter(queue, now, deadline)
        self.waiting += 1
        lane.join(queue, waiter, front=front)
        if deadline is not None:
            if len(self._deadlines) > 2 * self.waiting + 64:
                self._deadlines = [entry for entry in self._deadlines if entry[2].waiting]
                heapify(self._deadlines)
            heappush(self._deadlines, (deadline, next(_tickets), waiter))
        if now >= self._room_at:
            self.dispatch(now)
        return waiter

    def withdraw(self, waiter: Waiter) -> None:
        """The caller no longer wants to wait."""
        if waiter.waiting:
            waiter.queue.lane.leave(waiter)
            self.waiting -= 1

    def expected_wait(self, queue: AccountQueue, now: float, *, front: bool = False) -> float:
        """Seconds until a call that `queue` queues now would go."""
        addresses = self.registry.addresses
        credential = queue.credential
        start = max(self._opening(now), credential.bucket.ready_at(now), now) - now
        if not self.waiting:
            return start
        open_by_then = [address.bucket for address in addresses if address.bucket.not_before <= now + start + _PUNCTUAL]
        rate = sum(bucket.pace(now) for bucket in open_by_then)
        position = 0 if front else len(queue.calls)
        above = self._above(queue.lane)
        inside = queue.lane.ahead_of(queue, position)
        wait = (above + inside) / rate
        if above and self._share:
            wait = min(wait, inside / (rate * self._share))
        return start + max(wait, position / credential.bucket.pace(now))

    def _above(self, lane: LaneQueue) -> int:
        """Calls that wait in more urgent lanes."""
        above = 0
        for other in self._lanes:
            if other is lane:
                break
            above += other.waiting
        return above

    def _surely_before(self, deadline: float, queue: AccountQueue, now: float) -> bool:
        """Whether the deadline is too far away to matter: the usual case, and a cheap check."""
        bucket = queue.credential.bucket
        for address in self.registry.addresses:
            if address.bucket.not_before > now:
                return False
        if bucket.not_before > now:
            return False
        if not self.waiting:
            return now + 2.0 < deadline
        slowest = min(bucket.pace(now), self.registry.addresses[0].bucket.pace(now))
        return now + 2.0 + 2.0 * self.waiting / slowest < deadline

    # -- deciding -----------------------------------------------------------------------------------------------------

    def newcomer_wait(self, lane: LaneQueue, now: float) -> float:
        """Seconds that a call of an account new to this lane would wait."""
        addresses = self.registry.addresses
        start = max(self._opening(now) - now, 0.0)
        ahead = self._above(lane) + sum(1 for _ in lane)
        return start + ahead / sum(address.bucket.pace(now) for address in addresses)

    def dispatch(self, now: float) -> None:
        """Let go, in order, every call that may leave now; fail those whose deadline has passed."""
        if self._deadlines and self._deadlines[0][0] <= now:
            self._expire(now)
        if now < self._room_at:
            return
        late = 0.0 if self._due is None else now - self._due
        self.registry.burst_policy.late = late if late > _PUNCTUAL else 0.0
        self._due = None
        self._room_at = -inf
        self._unpark(now)
        while self.waiting:
            address = self._address(now)
            if address is None:
                self._room_at = self._opening(now)
                return
            queue = self._next(now)
            if queue is None:
                return
            waiter = queue.lane.advance(queue)
            self.waiting -= 1
            self.granted += 1
            slots = self.registry.slots(queue.credential, address, now)
            self._settle(waiter, Grant(queue.credential, address, slots, waiter.asked, now))

    def wake_at(self) -> float | None:
        """When :meth:`dispatch` has something to do next, as far as known; ``None`` while nobody waits."""
        if not self.waiting:
            self._due = None
            return None
        work = max(self._room_at, self._parked[0][0]) if self._parked else inf
        for lane in self._lanes:
            if lane.ready:
                work = self._room_at
                break
        self._due = work
        deadlines = self._deadlines
        while deadlines and deadlines[0][0] < work:
            if deadlines[0][2].waiting:
                return deadlines[0][0]
            heappop(deadlines)
        return work

    def change(self, limits: Limits, now: float) -> None:
        """Apply other limits from now on."""
        self.limits = limits
        self._share = min(limits.guaranteed_share, 1.0 / len(LANES))
        self.registry.change(limits, now)
        self._recheck_parked(now)
        self.dispatch(now)

    def fail_all(self, error: Callable[[], Exception]) -> None:
        """Wake every waiter with an error of its own."""
        for lane in self._lanes:
            for queue in lane:
                for waiter in list(queue.calls):
                    self.withdraw(waiter)
                    self._settle(waiter, error())

    def _settle(self, waiter: Waiter, outcome: Grant | Exception) -> None:
        waiter.outcome = outcome
        if waiter.wake is not None:
            waiter.wake()

    def _opening(self, now: float) -> float:
        """The first moment at which some address has room."""
        addresses = self.registry.addresses
        if len(addresses) == 1:
            return addresses[0].bucket.ready_at(now)
        return min(address.bucket.ready_at(now) for address in addresses)

    def _address(self, now: float) -> AddressBudget | None:
        """An address with room, the least busy one; ties take turns."""
        addresses = self.registry.addresses
        if len(addresses) == 1:
            only = addresses[0]
            return only if only.bucket.ready_at(now) <= now else None
        best: AddressBudget | None = None
        size = len(addresses)
        for step in range(size):
            address = addresses[(self._next_address + step) % size]
            bucket = address.bucket
            if bucket.ready_at(now) <= now and (best is None or bucket.busy < best.bucket.busy):
                best = address
        self._next_address = (self._next_address + 1) % size
        return best

    def _next(self, now: float) -> AccountQueue | None:
        """The queue whose turn it is over all lanes: lanes with a saved turn first, then by urgency."""
        chosen: AccountQueue | None = None
        for lane in self._lanes[1:]:
            if lane.credit >= 1.0 and (chosen := self._first(lane, now)) is not None:
                break
        if chosen is None:
            for lane in self._lanes:
                if (chosen := self._first(lane, now)) is not None:
                    break
            else:
                return None
        for lane in self._lanes[1:]:
            if lane.waiting:
                lane.credit = min(lane.credit + self._share, 2.0)
        chosen.lane.credit = max(chosen.lane.credit - 1.0, 0.0)
        return chosen

    def _first(self, lane: LaneQueue, now: float) -> AccountQueue | None:
        while (queue := lane.first()) is not None:
            when = queue.credential.bucket.ready_at(now)
            if when <= now:
                return queue
            lane.remove_first()
            queue.listed = True
            self._park(queue, when)
        return None

    def _park(self, queue: AccountQueue, until: float) -> None:
        """Park a queue whose credential has no room."""
        credential = queue.credential
        if credential.parked:
            self._parked_queues[credential.key].append(queue)
        else:
            credential.parked = True
            self._parked_queues[credential.key] = [queue]
        self._watch(credential, until)

    def _watch(self, credential: CredentialBudget, when: float) -> None:
        if when < credential.wake:
            credential.wake = when
            heappush(self._parked, (when, next(_tickets), credential))

    def _recheck_parked(self, now: float) -> None:
        """What is believed has changed: a credential may have room earlier than thought, but never within a pause."""
        self._room_at = -inf
        for _, _, credential in self._parked.copy():
            if credential.parked and credential.wake > credential.bucket.not_before:
                self._watch(credential, credential.bucket.ready_at(now))

    def _unpark(self, now: float) -> None:
        parked = self._parked
        while parked and parked[0][0] <= now:
            when, _, credential = heappop(parked)
            if when != credential.wake:
                continue  # it is due at an earlier moment, or was released already
            credential.wake = inf
            if not credential.parked:
                continue
            if (later := credential.bucket.ready_at(now)) > now:
                self._watch(credential, later)
                continue
            credential.parked = False
            for queue in self._parked_queues.pop(credential.key):
                if queue.calls:
                    queue.lane.enter(queue)
                else:
                    queue.listed = False

    def _expire(self, now: float) -> None:
        deadlines = self._deadlines
        while deadlines and (deadlines[0][0] <= now or not deadlines[0][2].waiting):
            waiter = heappop(deadlines)[2]
            if waiter.waiting:
                self._give_up(waiter, now)

    def _give_up(self, waiter: Waiter, now: float) -> None:
        assert waiter.deadline is not None
        expected = self.expected_wait(waiter.queue, now, front=True)
        self.withdraw(waiter)
        self._settle(waiter, RateLimitWaitTooLong(expected, waiter.deadline - now))

    # -- outcomes -----------------------------------------------------------------------------------------------------

    def sent(self, grant: Grant, now: float) -> None:
        """The request is being written now."""
        if grant.open:
            grant.sent = now
            address = grant.address.bucket.written(grant.address_slot, now)
            self._freed(grant, address, grant.credential.bucket.written(grant.credential_slot, now))

    def answered(self, grant: Grant, now: float) -> None:
        """The head of an answer that counts has arrived."""
        if self._close(grant):
            rtt = now - grant.sent
            changed = grant.address.rtt.sample(rtt, now)
            if changed and grant.address.rtt is not self.registry.rtt:
                self.registry.rtt.sample(rtt, now)
            address = grant.address.bucket.answered(grant.address_slot, now)
            self._freed(grant, address, grant.credential.bucket.answered(grant.credential_slot, now))
            if self.waiting and self.registry.burst_policy.passed(now):
                changed = True
            if changed:
                self._recheck_parked(now)

    def refused(self, grant: Grant, retry_after: float | None, now: float) -> list[Slowdown]:
        """The server refused by its rate limit: slow down, pause for a while, and learn which budget was meant.

        Some hosts say so inside an answer that looked good, so this counts after :meth:`answered` too.
        """
        if grant.refusal_counted:
            return []
        grant.refusal_counted = True
        believed = capped_retry_after(retry_after)
        if self._close(grant):
            address = grant.address.bucket.refused(grant.address_slot, now)
            self._freed(grant, address, grant.credential.bucket.refused(grant.credential_slot, now))
        self.refused_total += 1
        self.registry.burst_policy.refused(grant.at, now)
        grant.address.rtt.widen(now)
        suspects: list[tuple[Level, str | None, Bucket]] = [
            ("credential", grant.credential.key, grant.credential.bucket)
        ]
        if self._blames_address(grant, now):
            suspects.append(("address", grant.address.name, grant.address.bucket))
        slowdowns = []
        for level, name, bucket in suspects:
            bucket.refusals += 1
            floor = now + (believed or 0.0)
            silence = bucket.rate.refused(grant.at, now, floor, bucket.busy)
            if not believed and silence is not None:
                floor = now + silence
            bucket.pause(floor, now, doubted=believed != retry_after)
            if silence is not None:
                pause = max(bucket.not_before - now, 0.0)
                paced = self.registry.burst_policy.paced
                slowdowns.append(Slowdown(level=level, name=name, rate=bucket.rate.at(now), pause=pause, paced=paced))
        self._fail_hopeless(grant.credential, now)
        return slowdowns

    def unsent(self, grant: Grant, now: float) -> None:
        """The request never left: both slots are free again."""
        if self._close(grant):
            grant.credential.bucket.give_back(grant.credential_slot)
            grant.address.bucket.give_back(grant.address_slot)
            self.granted -= 1
            self._freed(grant, now, now)

    def lost(self, grant: Grant) -> None:
        """No answer will come; the server may have counted the request."""
        if self._close(grant):
            address = grant.address.bucket.lost(grant.address_slot)
            self._freed(grant, address, grant.credential.bucket.lost(grant.credential_slot))

    def _freed(self, grant: Grant, address_at: float, credential_at: float) -> None:
        """Slots become free at these moments, perhaps earlier than expected."""
        self._room_at = min(self._room_at, address_at)
        if grant.credential.parked:
            self._watch(grant.credential, credential_at)

    def _close(self, grant: Grant) -> bool:
        was_open, grant.open = grant.open, False
        if was_open:
            grant.credential.in_flight -= 1
        return was_open

    def _blames_address(self, grant: Grant, now: float) -> bool:
        """Whether the address is meant: others are refused there too, or it alone was near its limit."""
        recent = self._refusals
        while recent and recent[0][0] < now - _BLAME:
            recent.popleft()
        others = any(address is grant.address and key != grant.credential.key for _, key, address in recent)
        recent.append((now, grant.credential.key, grant.address))
        own, shared = grant.credential.bucket, grant.address.bucket
        return others or (own.busy < 0.5 * own.limit and shared.busy > 0.8 * shared.limit)

    def _fail_hopeless(self, credential: CredentialBudget, now: float) -> None:
        """Fail the calls whose deadline lies before the end of a pause that has just begun."""
        opening = min(address.bucket.not_before for address in self.registry.addresses)
        deadlines = self._deadlines
        while deadlines and deadlines[0][0] < opening:
            waiter = heappop(deadlines)[2]
            if waiter.waiting:
                self._give_up(waiter, now)
        opening = credential.bucket.not_before
        if credential.waiting and opening > now:
            for lane in self._lanes:
                for queue in lane:
                    if queue.credential is credential:
                        for waiter in [w for w in queue.calls if w.deadline is not None and w.deadline < opening]:
                            self._give_up(waiter, now)
