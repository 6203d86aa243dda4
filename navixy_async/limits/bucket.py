"""One budget of N requests in any second, as the server counts them: slots, a paced token bucket, and a pause.

Sans-IO: every method is given the time. The theory is in :mod:`navixy_async.limits`.
"""

from __future__ import annotations

from heapq import heappop, heappush, heapreplace
from itertools import count
from math import inf

from .adaptive import BurstPolicy, Rate
from .rtt import GUARD, WINDOW, PathRtt, RttEstimate

_SECOND = WINDOW + GUARD

CONNECTING = 5.0
"""Seconds that a slot waits for its request to be written before another one may have it."""

PROBE = 10.0
"""Seconds for which a single call after a doubted pause keeps the others waiting, if no answer comes."""

LOST = 0.25
"""Seconds after its send until which a request without an answer may still be counted: a lost packet delays it."""

_DEPTH = 2.0  # tokens that are kept if the burst allows: fewer, and each late wake-up would cost a part of one

_OVER_SLOTS = 1.05  # the pace over what the slots bear: smooths their clumps without making them wait for tokens

_SAVED = 0.25  # seconds' worth of tokens that a late loop may save up
_CATCH_UP, _LOOSE_CATCH_UP = 1.04, 2.0  # times the pace while there are saved tokens to be spent

_tickets = count()


class Slot:
    """One request's part of the second of one or more buckets, until the server has certainly forgotten the request.

    What is believed about the path changes while a request is under way. Buckets that share a slot free it in the same
    moment, whatever each of them was asked in the meantime.
    """

    __slots__ = ("buckets", "held", "listed", "lost", "next_paths", "path", "received", "sent", "written")

    def __init__(self, buckets: tuple[Bucket, ...], path: PathRtt, next_paths: RttEstimate, now: float) -> None:
        self.buckets = buckets
        self.path = path
        """The path that the request takes."""
        self.next_paths = next_paths
        """What is known of all paths that the next request of the buckets may take."""
        self.sent = now
        self.listed = now + _SECOND  # no release comes earlier
        """When it is to be looked at. The buckets' heaps hold it under that moment, or under an earlier one that is
        moved on when it comes; entries under later ones are stale."""
        self.written = False
        self.lost = False
        self.held = True
        self.received = inf

    def release(self) -> float:
        """When a new request can no longer meet this one in one second of the server.

        Computed from what is known now: a shorter round trip found later moves every release.
        """
        if not self.written:
            return self.sent + CONNECTING
        path = self.path
        latest = self.sent + (min(path.margin, LOST) if self.lost else path.margin)
        shortest, other = path.shortest, self.next_paths.shortest
        surely = self.received - (shortest if shortest < other else other)
        if surely > latest:
            return latest + _SECOND
        return (surely if surely > self.sent else self.sent) + _SECOND

    def take(self) -> None:
        """Count in every bucket."""
        self.held = True
        for bucket in self.buckets:
            bucket.busy += 1

    def free(self) -> None:
        """No longer count in any bucket."""
        self.held = False
        for bucket in self.buckets:
            bucket.busy -= 1


class Bucket:
    """Decides when one more request may leave, and remembers those that did."""

    __slots__ = (
        "_heap",
        "_least_depth",
        "_probe",
        "_probed_until",
        "_saved",
        "_stamp",
        "_tokens",
        "burst",
        "burst_policy",
        "busy",
        "doubted",
        "limit",
        "not_before",
        "rate",
        "refusals",
        "rtt",
    )

    def __init__(self, limit: int, burst: float, rtt: RttEstimate, burst_policy: BurstPolicy, now: float) -> None:
        self.limit = limit
        self.burst = burst
        self.rtt = rtt
        self.burst_policy = burst_policy
        self.rate = Rate(limit, now)
        self.busy = 0
        """Slots that are taken."""
        self.not_before = -inf
        """End of the pause; it only ever moves later."""
        self.refusals = 0
        self.doubted = False
        """Whether the pause was cut shorter than it was asked for: the first call after it goes alone."""
        self._probe: Slot | None = None
        self._probed_until = -inf
        self._heap: list[tuple[float, int, Slot]] = []
        self._least_depth = min(_DEPTH, burst + 0.5)
        self._tokens = self.depth(self.pace(now))
        self._saved = 0.0
        self._stamp = now

    def pace(self, now: float) -> float:
        """Sends per second that the slots can bear in the long run, spread evenly."""
        rate = self.rate.ceiling if self.rate.whole else self.rate.at(now)
        slots = rate * _OVER_SLOTS / (self.rtt.mean + _SECOND)
        even = (self.limit if self.rate.as_believed else rate) * self.burst_policy.share
        return slots if slots < even else even

    def depth(self, pace: float) -> float:
        """Tokens that may gather at this pace: what the server takes at once, less what jitter may bunch together."""
        least = self._least_depth
        if self.burst_policy.paced:
            return least
        if self.burst_policy.loose:
            return max(self.burst, least)
        return max(self.burst - pace * self.rtt.jitter, least)

    def ready_at(self, now: float) -> float:
        """The earliest moment at which one more may leave; `now` or before if it may at once.

        What a release depends on can still move, so ask again when the moment has come.
        """
        self._settle(now)
        if self._probed_until > now:
            return self._probed_until
        when = self.not_before
        if self._tokens < 1.0 and now >= when:
            lacking = 1.0 - self._tokens
            if self._saved:
                lacking -= min(self._saved, lacking * (1.0 - 1.0 / self._haste))
            when = now + lacking / self.pace(now)
        rate = self.rate
        if rate.whole:
            return max(when, self._next_release()) if self.busy >= self.limit else when
        if self.busy >= max(int(rate.at(now)), 1):
            return max(when, min(self._next_release(), rate.reaches(self.busy + 1.0, now)))
        return when

    def take(self, slot: Slot, now: float) -> None:
        """Let one request go, in `slot`; the caller has checked that this bucket is ready."""
        if self.doubted:
            self._probe, self._probed_until = slot, now + PROBE
        self.busy += 1
        self._tokens -= 1.0
        heappush(self._heap, (slot.listed, next(_tickets), slot))

    def written(self, slot: Slot, now: float) -> float:
        """The request is being written: its time begins here; returns the earliest moment at which its slot may be
        free.

        A slot that was given up in the meantime is taken again.
        """
        slot.written = True
        slot.sent = now
        if not slot.held:
            slot.take()
            slot.listed = inf
        if slot.listed > now + _SECOND:
            _list(slot, now + _SECOND)
        return slot.listed

    def answered(self, slot: Slot, now: float) -> float:
        """The server has seen the request by now; returns when its slot becomes free."""
        slot.received = now
        if slot is self._probe:
            self.doubted = False
            self._end_probe(slot)
        self.rate.passed()
        return self._relist(slot)

    def refused(self, slot: Slot, now: float) -> float:
        """The server has seen the request by now, and may have counted it although it refused it."""
        slot.received = now
        self._end_probe(slot)
        return self._relist(slot)

    def lost(self, slot: Slot) -> float:
        """Nothing more will be heard of the request, seen or not; returns when its slot becomes free."""
        slot.lost = True
        self._end_probe(slot)
        return self._relist(slot)

    def _relist(self, slot: Slot) -> float:
        slot.written = True
        if not slot.held:
            return inf
        release = slot.release()
        if release < slot.listed:
            _list(slot, release)
        return release

    def give_back(self, slot: Slot) -> None:
        """The request never left: its slot and its token are free again."""
        if slot.held:
            slot.free()
        self._end_probe(slot)
        self._tokens += 1.0

    def _end_probe(self, slot: Slot) -> None:
        if slot is self._probe:
            self._probe, self._probed_until = None, -inf

    def pause(self, until: float, now: float, *, doubted: bool = False) -> None:
        """Let nothing go before `until`, and start from one send then; if `doubted`, alone until it is answered."""
        self._settle(now)
        self.doubted = self.doubted or doubted
        if until > now:
            self.not_before = max(self.not_before, until)
            self._tokens = min(self._tokens, 1.0)
            self._saved = 0.0
            self._stamp = self.not_before

    def change(self, limit: int, burst: float, now: float) -> None:
        """Apply another limit from now on; what was sent under the old one is remembered."""
        self._settle(now)
        self.limit = limit
        self.burst = burst
        self._least_depth = min(_DEPTH, burst + 0.5)
        self.rate.move_ceiling(limit, now)
        self._tokens = min(self._tokens, self.depth(self.pace(now)))

    def idle(self, now: float) -> bool:
        """Whether this bucket can be dropped without forgetting anything."""
        self._settle(now)
        full = self._tokens >= self.depth(self.pace(now)) - 1e-6
        return not self.busy and full and now >= self.not_before and self.rate.settled(now)

    @property
    def _haste(self) -> float:
        return _LOOSE_CATCH_UP if self.burst_policy.loose else _CATCH_UP

    def _settle(self, now: float) -> None:
        if now > self._stamp:
            pace = self.pace(now)
            fresh = (now - self._stamp) * pace
            self._stamp = now
            if self._saved:
                spent = min(self._saved, fresh * (self._haste - 1.0))
                self._saved -= spent
                fresh += spent
            self._tokens += fresh
            if self._tokens > 1.0 and (over := self._tokens - self.depth(pace)) > 0.0:
                self._tokens -= over  # saved if the loop was late, lost if nobody needed it
                late = self.burst_policy.late
                self._saved = min(self._saved + min(over, late * pace), _SAVED * pace) if late else 0.0
        heap = self._heap
        while heap and heap[0][0] <= now:
            listed, _, slot = heap[0]
            if slot.held:
                if listed == slot.listed:
                    release = slot.release()
                    if release > now:
                        slot.listed = release
                        heapreplace(heap, (release, next(_tickets), slot))
                        continue
                    slot.free()
                elif listed < slot.listed:  # another bucket has moved it on
                    heapreplace(heap, (slot.listed, next(_tickets), slot))
                    continue
            heappop(heap)

    def _next_release(self) -> float:
        heap = self._heap
        while heap:
            listed, _, slot = heap[0]
            if slot.held and listed < slot.listed:
                heapreplace(heap, (slot.listed, next(_tickets), slot))
                continue
            if not slot.held or listed != slot.listed:
                heappop(heap)
                continue
            if not slot.written:
                return (
                    listed  # it may be written at any moment, and is then free long before its connecting time is over
                )
            release = slot.release()
            if release <= listed:
                return listed
            slot.listed = release
            heapreplace(heap, (release, next(_tickets), slot))
        return -inf


def _list(slot: Slot, moment: float) -> None:
    slot.listed = moment
    entry = (moment, next(_tickets), slot)
    for bucket in slot.buckets:
        heappush(bucket._heap, entry)
