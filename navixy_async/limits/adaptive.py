"""What refusals teach: a rate that falls and climbs back, and how evenly this server wants its requests."""

from __future__ import annotations

from math import inf

_FALL, _DEEPEST_FALL = 0.9, 0.5
_LEAST = 1.0
_FAST = 0.08  # of the ceiling per second: full again well within two seconds of a lone refusal
_SLOW, _SLOWEST, _SLOWER = 0.01, 0.0004, 0.25
_NEAR, _BEYOND = 0.97, 1.1  # parts of the rate that was refused between which the climb is slow
_AS_BELIEVED = 0.9
_FORGET = 300.0
_SETTLED = 30.0
_PAUSE, _LONGEST_PAUSE = 0.05, 10.0

_SHARES = (1.0, 0.957, 0.954, 0.94, 0.90)
_EVENT = 1.0  # seconds within which refusals are one event
_TRUST = 150  # calls under load without a refusal, after which small clumps are tried
_RELAX, _LONGEST_RELAX = 600.0, 7200.0


class Rate:
    """Requests per second that one bucket believes it may send: multiplicative decrease, additive increase.

    A refusal cuts the rate to what really was sent in the last second or to 90 %, whichever is less, but at most by
    half. Then it climbs: fast to just below where it was refused, slowly past there, and fast again once well beyond,
    because then the limit must have changed. A limit that is lower than believed, or shared with a stranger,
    thus costs a refusal now and then, ever more rarely. All refusals of requests that were let go before the last fall
    are one event and count once.
    """

    __slots__ = ("_fallen", "_knee", "_since", "_slow", "_streak", "_value", "as_believed", "ceiling", "whole")

    def __init__(self, ceiling: float, now: float) -> None:
        self.ceiling = ceiling
        self.whole = True
        """Whether the rate is the ceiling."""
        self.as_believed = True
        """Whether the last refusal came at about the ceiling, so that the limit itself need not be doubted."""
        self._value = ceiling
        self._since = now
        self._fallen = -inf
        self._knee = ceiling
        self._slow = _SLOW
        self._streak = 0

    def at(self, now: float) -> float:
        """The rate at `now`, at least one and at most the ceiling."""
        if self.whole:
            return self.ceiling
        value, left = self._value, now - self._since
        if left <= 0.0:
            return value
        for goal, slope in self._climb():
            if value < goal:
                needed = (goal - value) / slope
                if left < needed:
                    return value + slope * left
                value, left = goal, left - needed
        self.whole = True
        return self.ceiling

    def reaches(self, rate: float, now: float) -> float:
        """When the climb reaches `rate` if nothing is refused; infinity above the ceiling."""
        if rate > self.ceiling:
            return inf
        value, when = self._value, self._since
        for goal, slope in self._climb():
            target = min(goal, rate)
            if value < target:
                value, when = target, when + (target - value) / slope
        return max(when, now)

    def move_ceiling(self, ceiling: float, now: float) -> None:
        """Assume another limit from now on; what a refusal taught is kept as far as it lies below."""
        value = ceiling if self.whole else min(self.at(now), ceiling)
        self.ceiling = ceiling
        self._knee = ceiling if self.as_believed else min(self._knee, ceiling)
        self._value, self._since = value, max(now, self._since)
        self.whole = value >= ceiling

    def settled(self, now: float) -> bool:
        """Whether no refusal needs to be remembered any more."""
        return self.at(now) >= self.ceiling and now - self._fallen > _SETTLED

    def passed(self) -> None:
        """A request was accepted."""
        self._streak = 0

    def refused(self, granted: float, now: float, resume: float, busy: int) -> float | None:
        """A request that was let go at `granted` came back refused at `now`.

        Args:
            granted: when it was let go.
            now: the present.
            resume: when the climb begins, later than `now` if the server named a time.
            busy: requests sent in the last second.

        Returns:
            Seconds to be silent if the server named none; ``None`` if an earlier fall covers this one.
        """
        if granted <= self._fallen:
            self._since = max(self._since, resume)
            return None
        value = self.at(now)
        if now - self._fallen > _FORGET:
            self._slow = _SLOW
        elif not self.whole and value > self._knee * _NEAR:
            self._slow = max(self._slow * _SLOWER, _SLOWEST)
        knee = min(value, float(busy))
        self._value = max(min(value * _FALL, knee), value * _DEEPEST_FALL, min(_LEAST, self.ceiling))
        # close to the ceiling the burst policy was wrong, not the limit
        self.as_believed = knee >= _AS_BELIEVED * self.ceiling
        self._knee = self.ceiling if self.as_believed else knee
        self.whole = self._value >= self.ceiling
        self._fallen = now
        silence = min(_PAUSE * 2.0**self._streak, _LONGEST_PAUSE)
        self._streak += 1
        self._since = max(now, resume)
        return float(silence)

    def _climb(self) -> tuple[tuple[float, float], ...]:
        fast, slow = _FAST * self.ceiling, self._slow * self.ceiling
        if self.as_believed:
            return ((self.ceiling, fast),)
        return (
            (min(_NEAR * self._knee, self.ceiling), fast),
            (min(_BEYOND * self._knee, self.ceiling), slow),
            (self.ceiling, fast),
        )


class BurstPolicy:
    """How large bursts may be at one host, learnt from refusals that no counter of whole seconds could have made.

    Three states. *Careful* at first: clumps stay below what the jitter may add up to a burst. *Loose* after some
    hundred calls under load without a refusal: clumps up to the burst, which wins back what waiting for an even pace
    costs. *Paced* after a refusal: a host that counts sliding or fixed seconds never refuses what the slots let go, so
    this one smooths (a leaky bucket, an estimate from two windows) or shares its limit with a stranger; the pace stays
    some per cent under the limit and sends leave one by one. A long clean while leads back to careful.
    """

    __slots__ = ("_relax", "_step", "_stepped", "_trust", "late", "loose", "paced", "share")

    def __init__(self) -> None:
        self.late = 0.0
        """Seconds by which the event loop is late for this decision."""
        self.loose = False
        """Whether clumps up to the burst may leave."""
        self.paced = False
        """Whether sends must leave one by one."""
        self.share = _SHARES[0]
        """Part of the limit that the pace may use."""
        self._step = 0
        self._stepped = -inf
        self._relax = _RELAX
        self._trust = 0

    def passed(self, now: float) -> bool:
        """A call went through while others were waiting; says whether the state changed."""
        if not self._step:
            self._trust += 1
            self.loose = self._trust >= _TRUST
            return self._trust == _TRUST
        if now - self._stepped < self._relax:
            return False
        self._move(self._step - 1, now)
        return True

    def refused(self, granted: float, now: float) -> None:
        """A request that was let go at `granted` came back refused at `now`."""
        self._trust = 0
        self.loose = False
        if granted <= self._stepped:
            return
        if now - self._stepped < _EVENT:
            self._stepped = now
            return
        if self._step == 0:
            relapse = now - self._stepped < 2 * self._relax
            self._relax = min(self._relax * 2, _LONGEST_RELAX) if relapse else _RELAX
        self._move(min(self._step + 1, len(_SHARES) - 1), now)

    def _move(self, step: int, now: float) -> None:
        self._step = step
        self._stepped = now
        self.paced = step > 0
        self.share = _SHARES[step]
