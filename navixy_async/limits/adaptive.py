"""What refusals teach: a rate that falls and climbs back, and how evenly this server wants its requests."""

from __future__ import annotations

from math import inf

_FALL = 0.9
_CLIMB = 0.08  # of the ceiling per second: full again well within two seconds of a lone refusal
_SLOWEST_CLIMB = 0.002
_FORGET = 30.0  # clean seconds after which the climb doubles again
_LEAST = 1.0
_PAUSE, _LONGEST_PAUSE = 0.05, 10.0
_STREAK = 2.0  # seconds after a pause within which another refusal makes the next one twice as long

_SHARES = (1.0, 0.957, 0.954, 0.94, 0.90)
_EVENT = 1.0  # seconds within which refusals are one event
_TRUST = 150  # calls under load without a refusal, after which small clumps are tried
_RELAX, _LONGEST_RELAX = 600.0, 7200.0


class Rate:
    """Requests per second that one bucket believes it may send: additive increase, multiplicative decrease.

    All refusals of requests that were let go before the last fall tell the same story, so the rate falls once for
    them. Refusals that keep coming slow the climb down, so that a budget shared with a stranger is probed ever more
    rarely; clean time speeds it up again.
    """

    __slots__ = ("_climb", "_fallen", "_resumed", "_since", "_streak", "_value", "ceiling", "whole")

    def __init__(self, ceiling: float, now: float) -> None:
        self.ceiling = ceiling
        self.whole = True
        """Whether the rate is the ceiling."""
        self._value = ceiling
        self._since = now
        self._fallen = -inf
        self._climb = _CLIMB
        self._streak = 0
        self._resumed = -inf

    def at(self, now: float) -> float:
        """The rate at `now`, at least one and at most the ceiling."""
        if not self.whole and now > self._since:
            self._value = min(self.ceiling, self._value + self._climb * self.ceiling * (now - self._since))
            self._since = now
            self.whole = self._value >= self.ceiling
        return self._value

    def reaches(self, rate: float, now: float) -> float:
        """When the climb gets to `rate` if nothing is refused; infinity for more than the ceiling."""
        if rate > self.ceiling:
            return inf
        return max(self._since, now) + max(rate - self.at(now), 0.0) / (self._climb * self.ceiling)

    def settled(self, now: float) -> bool:
        """Whether nothing of a refusal is left to remember."""
        return self.at(now) >= self.ceiling and now - self._fallen > _FORGET

    def refused(self, granted: float, now: float, resume: float) -> float | None:
        """A request that was let go at `granted` came back refused at `now`; the climb begins at `resume`.

        Returns the seconds to be silent if the server named none, or ``None`` if this belongs to a fall already made.
        """
        if granted <= self._fallen:
            self._since = max(self._since, resume)
            return None
        clean = now - self._fallen
        if now - self._resumed > _STREAK:
            self._streak = 0
        if clean >= _FORGET:
            self._climb = min(self._climb * 2 ** min(clean // _FORGET, 8), _CLIMB)
        elif self._streak > 1:
            self._climb = max(self._climb / 2, _SLOWEST_CLIMB)
        self._value = max(self.at(now) * _FALL, min(_LEAST, self.ceiling))
        self.whole = self._value >= self.ceiling
        self._fallen = now
        silence = min(_PAUSE * 2.0**self._streak, _LONGEST_PAUSE)
        self._streak += 1
        self._since = max(now, resume)
        self._resumed = max(now + silence, resume)
        return float(silence)


class Evenness:
    """How evenly one host wants its requests, learnt from refusals that no counter of whole seconds could have made.

    Three moods. *Careful* at first: clumps stay below what the jitter may add up to a burst. *Loose* after some hundred
    calls under load without a refusal: clumps up to the burst, which wins back what waiting for an even pace costs.
    *Even* after a refusal: a host that counts sliding or fixed seconds never refuses what the slots let go, so this one
    smooths (a leaky bucket, an estimate from two windows) or shares its limit with a stranger; the pace stays some per
    cent under the limit and sends leave one by one. A long clean while leads back to careful.
    """

    __slots__ = ("_relax", "_step", "_stepped", "_trust", "even", "late", "loose", "share")

    def __init__(self) -> None:
        self.late = 0.0
        """Seconds by which the event loop comes late to what is being decided."""
        self.loose = False
        """Whether clumps up to the burst may leave."""
        self.even = False
        """Whether sends must leave one by one."""
        self.share = _SHARES[0]
        """Part of the limit that the pace may use."""
        self._step = 0
        self._stepped = -inf
        self._relax = _RELAX
        self._trust = 0

    def passed(self, now: float) -> None:
        """A call went through while others were waiting."""
        if not self._step:
            self._trust += 1
            self.loose = self._trust >= _TRUST
        elif now - self._stepped >= self._relax:
            self._move(self._step - 1, now)

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
        self.even = step > 0
        self.share = _SHARES[step]
