"""Decides who goes when, over both levels at once. Sans-IO: every method is told the time, nothing here waits.

A call is let go only when its credential and one egress address have room in the same moment, and both are charged in
that moment; so nobody holds one budget while waiting for the other. A credential without room is parked with its flows
until it has some, so each decision costs O(log n) however many calls wait.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from heapq import heapify, heappop, heappush
from itertools import count
from math import inf

from ..errors import RateLimitWaitTooLong
from ..operations import Lane
from ..settings import Limits, believable
from .bucket import Bucket, Slot
from .lanes import LANES, Flow, LaneQueue, Waiter
from .registry import Address, Credential, Registry
from .snapshot import Level, Slowdown

_BLAME = 2.0
"""Seconds within which a second refused credential makes its address the suspect."""

_PUNCTUAL = 0.002
"""Seconds of lateness that every loop has."""

_tickets = count()


class Grant:
    """Leave for one request: one place at each level."""

    __slots__ = (
        "address",
        "address_slot",
        "asked",
        "at",
        "credential",
        "credential_slot",
        "open",
        "sent",
        "told_refused",
    )

    def __init__(
        self, credential: Credential, address: Address, slots: tuple[Slot, Slot], asked: float, now: float
    ) -> None:
        self.credential = credential
        self.address = address
        self.asked = asked
        self.at = now
        self.sent = now
        self.open = True
        """Whether its fate is still unknown."""
        self.told_refused = False
        self.credential_slot, self.address_slot = slots
        credential.bucket.take(self.credential_slot, now)
        address.bucket.take(self.address_slot, now)
        credential.flying += 1


class Scheduler:
    """Queues calls and lets them go; :meth:`pump` acts, :meth:`wake_at` says when to call it next."""

    def __init__(self, limits: Limits, addresses: tuple[str | None, ...], now: float) -> None:
        self.limits = limits
        self.registry = Registry(limits, addresses, now)
        self.lanes: dict[Lane, LaneQueue] = {name: LaneQueue(name) for name in LANES}
        self.waiting = 0
        self.granted = 0
        self.refused_total = 0
        self._lanes = tuple(self.lanes.values())
        self._parked: list[tuple[float, int, Credential]] = []
        self._deadlines: list[tuple[float, int, Waiter]] = []
        self._refusals: deque[tuple[float, str, Address]] = deque()
        self._share = min(limits.guaranteed_share, 1.0 / len(LANES))
        self._next_address = 0
        self._room_at = -inf
        """No address has room before this moment."""
        self._due: float | None = None
        """The moment for which the loop was told to come."""

    # -- asking ---------------------------------------------------------------------------------------------------

    def ask(
        self,
        key: str,
        account: str,
        lane: Lane,
        deadline: float | None,
        now: float,
        *,
        weight: float = 1.0,
        ahead: bool = False,
    ) -> Waiter:
        """Queue one call and let go whoever may.

        Raises:
            RateLimitWaitTooLong: the wait is expected to pass the deadline; nothing was queued.
        """
        queue = self.lanes[lane]
        flow = queue.flow(account, self.registry.credential(key, now))
        flow.weight = weight
        if deadline is not None and not self._surely_before(deadline, flow, now):
            expected = self.expected_wait(flow, now, ahead=ahead)
            if now + expected > deadline:
                raise RateLimitWaitTooLong(expected, deadline - now)
        waiter = Waiter(flow, now, deadline)
        self.waiting += 1
        queue.join(flow, waiter, ahead=ahead)
        if deadline is not None:
            if len(self._deadlines) > 2 * self.waiting + 64:
                self._deadlines = [entry for entry in self._deadlines if entry[2].waiting]
                heapify(self._deadlines)
            heappush(self._deadlines, (deadline, next(_tickets), waiter))
        if now >= self._room_at:
            self.pump(now)
        return waiter

    def withdraw(self, waiter: Waiter) -> None:
        """The caller does not want to wait any longer."""
        if waiter.waiting:
            waiter.flow.lane.leave(waiter)
            self.waiting -= 1

    def expected_wait(self, flow: Flow, now: float, *, ahead: bool = False) -> float:
        """Seconds until a call that `flow` queues now would go."""
        addresses = self.registry.addresses
        credential = flow.credential
        start = max(self._opening(now), credential.bucket.ready_at(now), now) - now
        if not self.waiting:
            return start
        open_by_then = [address.bucket for address in addresses if address.bucket.not_before <= now + start + _PUNCTUAL]
        rate = sum(bucket.pace(now) for bucket in open_by_then)
        place = 0 if ahead else len(flow.queue)
        above = self._above(flow.lane)
        inside = flow.lane.ahead_of(flow, place)
        wait = (above + inside) / rate
        if above and self._share:
            wait = min(wait, inside / (rate * self._share))
        return start + max(wait, place / credential.bucket.pace(now))

    def _above(self, lane: LaneQueue) -> int:
        above = 0
        for queue in self._lanes:
            if queue is lane:
                break
            above += queue.waiting
        return above

    def _surely_before(self, deadline: float, flow: Flow, now: float) -> bool:
        """Whether the deadline is so far that no reckoning is needed: the usual case, and a cheap answer."""
        bucket = flow.credential.bucket
        for address in self.registry.addresses:
            if address.bucket.not_before > now:
                return False
        slowest = min(bucket.pace(now), self.registry.addresses[0].bucket.pace(now))
        return bucket.not_before <= now and now + 2.0 + 2.0 * self.waiting / slowest < deadline

    # -- acting ---------------------------------------------------------------------------------------------------

    def newcomer_wait(self, queue: LaneQueue, now: float) -> float:
        """Seconds that a call of an account new to this lane would wait."""
        addresses = self.registry.addresses
        start = max(self._opening(now) - now, 0.0)
        ahead = self._above(queue) + sum(1 for _ in queue)
        return start + ahead / sum(address.bucket.pace(now) for address in addresses)

    def pump(self, now: float) -> None:
        """Let go, in order, everyone who may go now; raise those whose deadline is over."""
        if self._deadlines and self._deadlines[0][0] <= now:
            self._expire(now)
        if now < self._room_at:
            return
        late = 0.0 if self._due is None else now - self._due
        self.registry.evenness.late = late if late > _PUNCTUAL else 0.0
        self._due = None
        self._room_at = -inf
        self._unpark(now)
        while self.waiting:
            address = self._address(now)
            if address is None:
                self._room_at = self._opening(now)
                return
            flow = self._next(now)
            if flow is None:
                return
            waiter = flow.lane.advance(flow)
            self.waiting -= 1
            self.granted += 1
            slots = self.registry.slots(flow.credential, address, now)
            self._settle(waiter, Grant(flow.credential, address, slots, waiter.asked, now))

    def wake_at(self) -> float | None:
        """When :meth:`pump` has something to do next, as far as known; ``None`` while nobody waits."""
        if not self.waiting:
            self._due = None
            return None
        work = max(self._room_at, self._parked[0][0]) if self._parked else inf
        for queue in self._lanes:
            if queue.ready:
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
        """Keep other limits from now on."""
        self.limits = limits
        self._share = min(limits.guaranteed_share, 1.0 / len(LANES))
        self.registry.change(limits, now)
        self._look_again(now)
        self.pump(now)

    def fail_all(self, error: Callable[[], Exception]) -> None:
        """Wake everyone who waits with an error of their own."""
        for queue in self._lanes:
            for flow in queue:
                for waiter in list(flow.queue):
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

    def _address(self, now: float) -> Address | None:
        """An address with room, the least busy one; ties take turns."""
        addresses = self.registry.addresses
        if len(addresses) == 1:
            only = addresses[0]
            return only if only.bucket.ready_at(now) <= now else None
        best: Address | None = None
        size = len(addresses)
        for step in range(size):
            address = addresses[(self._next_address + step) % size]
            bucket = address.bucket
            if bucket.ready_at(now) <= now and (best is None or bucket.busy < best.bucket.busy):
                best = address
        self._next_address = (self._next_address + 1) % size
        return best

    def _next(self, now: float) -> Flow | None:
        """The flow whose turn it is over all lanes: lanes with a saved turn first, then by urgency."""
        chosen: Flow | None = None
        for queue in self._lanes[1:]:
            if queue.credit >= 1.0 and (chosen := self._first(queue, now)) is not None:
                break
        if chosen is None:
            for queue in self._lanes:
                if (chosen := self._first(queue, now)) is not None:
                    break
            else:
                return None
        for queue in self._lanes[1:]:
            if queue.waiting:
                queue.credit = min(queue.credit + self._share, 2.0)
        chosen.lane.credit = max(chosen.lane.credit - 1.0, 0.0)
        return chosen

    def _first(self, queue: LaneQueue, now: float) -> Flow | None:
        while (flow := queue.first()) is not None:
            when = flow.credential.bucket.ready_at(now)
            if when <= now:
                return flow
            queue.remove_first()
            flow.listed = True
            flow.credential.parked.append(flow)
            self._watch(flow.credential, when)
        return None

    def _watch(self, credential: Credential, when: float) -> None:
        if when < credential.wake:
            credential.wake = when
            heappush(self._parked, (when, next(_tickets), credential))

    def _look_again(self, now: float) -> None:
        """Beliefs moved: who has no room may have some earlier than was thought, but never before a pause is over."""
        self._room_at = -inf
        for _, _, credential in self._parked.copy():
            if credential.parked and credential.wake > credential.bucket.not_before:
                self._watch(credential, credential.bucket.ready_at(now))

    def _unpark(self, now: float) -> None:
        parked = self._parked
        while parked and parked[0][0] <= now:
            when, _, credential = heappop(parked)
            if when != credential.wake:
                continue  # it is watched for an earlier moment, or was let out already
            credential.wake = inf
            flows, credential.parked = credential.parked, []
            if (later := credential.bucket.ready_at(now)) > now:
                credential.parked = flows
                self._watch(credential, later)
                continue
            for flow in flows:
                if flow.queue:
                    flow.lane.enter(flow)
                else:
                    flow.listed = False

    def _expire(self, now: float) -> None:
        deadlines = self._deadlines
        while deadlines and (deadlines[0][0] <= now or not deadlines[0][2].waiting):
            waiter = heappop(deadlines)[2]
            if waiter.waiting:
                self._give_up(waiter, now)

    def _give_up(self, waiter: Waiter, now: float) -> None:
        assert waiter.deadline is not None
        expected = self.expected_wait(waiter.flow, now, ahead=True)
        self.withdraw(waiter)
        self._settle(waiter, RateLimitWaitTooLong(expected, waiter.deadline - now))

    # -- hearing back -----------------------------------------------------------------------------------------------

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
            news = grant.address.trips.sample(rtt, now)
            if news and grant.address.trips is not self.registry.trips:
                self.registry.trips.sample(rtt, now)
            address = grant.address.bucket.answered(grant.address_slot, now)
            self._freed(grant, address, grant.credential.bucket.answered(grant.credential_slot, now))
            if self.waiting and self.registry.evenness.passed(now):
                news = True
            if news:
                self._look_again(now)

    def refused(self, grant: Grant, retry_after: float | None, now: float) -> list[Slowdown]:
        """The server refused by its rate limit: slow down, be silent for a while, and learn who was meant.

        Some hosts say so inside an answer that looked good, so this counts after :meth:`answered` too.
        """
        if grant.told_refused:
            return []
        grant.told_refused = True
        believed = believable(retry_after)
        if self._close(grant):
            address = grant.address.bucket.refused(grant.address_slot, now)
            self._freed(grant, address, grant.credential.bucket.refused(grant.credential_slot, now))
        self.refused_total += 1
        self.registry.evenness.refused(grant.at, now)
        grant.address.trips.widen(now)
        suspects: list[tuple[Level, str | None, Bucket]] = [
            ("credential", grant.credential.key, grant.credential.bucket)
        ]
        if self._blames_address(grant, now):
            suspects.append(("address", grant.address.name, grant.address.bucket))
        news = []
        for level, name, bucket in suspects:
            bucket.refusals += 1
            floor = now + (believed or 0.0)
            silence = bucket.rate.refused(grant.at, now, floor, bucket.busy)
            if not believed and silence is not None:
                floor = now + silence
            bucket.pause(floor, now, doubted=believed != retry_after)
            if silence is not None:
                pause = max(bucket.not_before - now, 0.0)
                even = self.registry.evenness.even
                news.append(Slowdown(level=level, name=name, rate=bucket.rate.at(now), pause=pause, even=even))
        self._fail_hopeless(grant.credential, now)
        return news

    def unsent(self, grant: Grant, now: float) -> None:
        """The request never left: both places are free again."""
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
        """Places come free at these moments, perhaps earlier than was thought."""
        self._room_at = min(self._room_at, address_at)
        if grant.credential.parked:
            self._watch(grant.credential, credential_at)

    def _close(self, grant: Grant) -> bool:
        was_open, grant.open = grant.open, False
        if was_open:
            grant.credential.flying -= 1
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

    def _fail_hopeless(self, credential: Credential, now: float) -> None:
        """Raise those whose deadline lies before the end of a pause that has just begun."""
        opening = min(address.bucket.not_before for address in self.registry.addresses)
        deadlines = self._deadlines
        while deadlines and deadlines[0][0] < opening:
            waiter = heappop(deadlines)[2]
            if waiter.waiting:
                self._give_up(waiter, now)
        opening = credential.bucket.not_before
        if credential.waiting and opening > now:
            for queue in self._lanes:
                for flow in queue:
                    if flow.credential is credential:
                        for waiter in [w for w in flow.queue if w.deadline is not None and w.deadline < opening]:
                            self._give_up(waiter, now)
