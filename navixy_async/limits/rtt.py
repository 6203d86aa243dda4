"""What answer times say about the path to the server and back: the shortest trip, the jitter, the margin."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Sequence
from itertools import accumulate, chain
from math import inf
from typing import Protocol

WINDOW = 1.0
"""Seconds over which the platform counts."""

GUARD = 0.0005
"""Seconds added to every slot: clocks round, and some servers count both ends of their second."""

_EPOCH = 10.0  # seconds and samples that one stretch of the windowed minimum spans at least
_EPOCH_SAMPLES = 100
_EPOCHS = 4
_SAMPLES = 256
_REFRESH = 64
_ENOUGH_LIGHT = 32
_ENOUGH = 192  # samples before the margin is put to a price
_QUICKEST = 8
_STRETCH, _MOST_DOUBT = 3.0, 0.003  # how far below the least trip seen the shortest possible one is put
_FIRST_MARGIN, _FIRST_JITTER = 0.5, 0.04
_LEAST_MARGIN, _MOST_MARGIN = 0.02, 1.0
_PRICE, _LIGHT_PRICE = 0.045, 0.058
_LIGHT = 0.25  # seconds of excess beyond which an answer shows work, not the line
_WIDEN, _NARROW, _MOST_DEAR = 1.5, 0.6, 2.5
_CLEAN = 60.0
_UNLIKE = 0.01  # seconds between two shortest trips above which their paths are kept apart


class RttEstimate(Protocol):
    """What a bucket must know about the paths that its requests take, in seconds."""

    shortest: float
    mean: float
    jitter: float


class PathRtt:
    """Learns from the round trips of one path; uses the times it is given, never a clock.

    `shortest` is the least round trip that the path can have, as far as about the last half minute shows (0 before the
    first answer). The least one seen is a little longer than that, as it would need a quick way there and a quick way
    back in one trip; the spread of the quickest eight shows by how much, and is subtracted. A trip's
    *excess* over it is all that the client cannot know about the moment at which the server counted that request.

    `margin` caps the hold of a slot whose answer is slow or missing. Most slow answers are slow because the server
    works long after it counted; a few because the request itself was late, and from here the two look alike. So the
    margin is as wide as a price in rate allows: the largest cap for which slots are held `price` seconds beyond the
    window in the mean. Where few answers are slow it is wide and the guarantee is whole. Where most are slow it shrinks
    to a high quantile of the light calls' jitter, for which a little more is paid. A refusal raises the prices, clean
    minutes lower them again.
    """

    __slots__ = (
        "_calm_since",
        "_dearness",
        "_doubt",
        "_epoch_end",
        "_epochs",
        "_least",
        "_left",
        "_light",
        "_rtts",
        "_seen",
        "jitter",
        "margin",
        "mean",
        "shortest",
    )

    def __init__(self) -> None:
        self.shortest = 0.0
        self.margin = _FIRST_MARGIN
        self.mean = 0.0
        """Seconds beyond the window that a slot is held on average."""
        self.jitter = _FIRST_JITTER
        """A high quantile (95 %) of the excess, the margin at the most."""
        self._dearness = 1.0
        self._light = _FIRST_JITTER
        self._calm_since: float | None = None
        self._rtts: deque[float] = deque(maxlen=_SAMPLES)
        self._least = inf
        self._doubt = _MOST_DOUBT
        self._epochs: deque[list[float]] = deque([[]], maxlen=_EPOCHS)
        self._epoch_end = -inf
        self._left = 0
        self._seen = 0

    def sample(self, rtt: float, now: float) -> bool:
        """Learn from one round trip of `rtt` seconds whose answer came at `now`; returns whether beliefs moved."""
        if self._left <= 0 and now >= self._epoch_end:
            self._epochs.append([])
            self._epoch_end = now + _EPOCH
            self._left = _EPOCH_SAMPLES
        self._left -= 1
        quickest = self._epochs[-1]
        if len(quickest) < _QUICKEST:
            insort(quickest, rtt)
        elif rtt < quickest[-1]:
            quickest.pop()
            insort(quickest, rtt)
        shorter = rtt < self._least
        if shorter:
            self._least = rtt
            self.shortest = max(rtt - self._doubt, 0.0)
        self._rtts.append(rtt)
        self._seen += 1
        if self._seen % _REFRESH and self._seen not in (8, 16, 32):
            return shorter
        self._refresh(now)
        return True

    @property
    def seen(self) -> int:
        """Round trips so far."""
        return self._seen

    def widen(self, now: float) -> None:
        """A refusal came: the server may count later than believed."""
        self._dearness = min(self._dearness * _WIDEN, _MOST_DEAR)
        self._calm_since = now
        self._refresh(now)

    def _refresh(self, now: float) -> None:
        if self._calm_since is not None and now - self._calm_since >= _CLEAN:
            self._dearness = max(self._dearness * _NARROW, 1.0)
            self._calm_since = now if self._dearness > 1.0 else None
        count = len(self._rtts)
        if not count:
            return
        trips = sorted(self._rtts)
        quickest = sorted(chain.from_iterable(self._epochs))[:_QUICKEST]
        self._least = quickest[0]
        if len(quickest) == _QUICKEST:
            self._doubt = min(_STRETCH * (quickest[-1] - quickest[0]), _MOST_DOUBT)
        self.shortest = max(self._least - self._doubt, 0.0)
        light = bisect_left(trips, self.shortest + _LIGHT)
        if light >= _ENOUGH_LIGHT:
            self._light = trips[int(light * 0.99)] - self.shortest
        # an answer that takes longer than the window keeps its slot at least until then, whatever the shortest
        base = min(self.shortest, WINDOW)
        beyond = [rtt - base for rtt in trips]
        sums = [0.0, *accumulate(beyond)]
        margin = _FIRST_MARGIN
        if count >= _ENOUGH:
            dear = _largest_cap(beyond, sums, _LIGHT_PRICE * self._dearness)
            margin = max(_largest_cap(beyond, sums, _PRICE * self._dearness), min(self._light * self._dearness, dear))
        self.margin = min(max(margin, _LEAST_MARGIN), _MOST_MARGIN)
        capped = bisect_left(beyond, self.margin)
        self.mean = (sums[capped] + (count - capped) * self.margin) / count
        self.jitter = min(trips[min(int(count * 0.95), count - 1)] - self.shortest, self.margin)


class CombinedRtt:
    """The estimates for a budget whose requests take several paths.

    The next request may take any of them, so `shortest` is the least of what their own samples allow: samples of one
    path say nothing about another.
    """

    __slots__ = ("_paths", "jitter", "mean", "shortest")

    def __init__(self, paths: Sequence[PathRtt]) -> None:
        self._paths = paths
        self.shortest = 0.0
        self.mean = 0.0
        self.jitter = _FIRST_JITTER

    def sample(self, rtt: float, now: float) -> None:
        """One of the paths has learnt from a round trip."""
        known = [path for path in self._paths if path.seen]
        if known:
            self.shortest = shortest = min(path.shortest for path in known)
            self.jitter = max(path.jitter for path in known)
            self.mean = sum(min(path.mean + path.shortest - shortest, path.margin) for path in known) / len(known)

    def is_longer(self, path: PathRtt) -> bool:
        """Whether `path` is known to be so much longer than the shortest that waiting for both would cost."""
        return path.seen >= _QUICKEST and path.shortest - self.shortest > _UNLIKE


def _largest_cap(values: list[float], sums: list[float], mean: float) -> float:
    """The largest cap under which the ascending `values` have at most this mean; `sums` are their running sums."""
    count = len(values)
    if sums[-1] <= mean * count:
        return _MOST_MARGIN
    # with the cap at values[i], the mean is (sums[i] + values[i] * (count - i)) / count, which rises with i
    low, high = 0, count - 1
    while low < high:
        middle = (low + high) // 2
        if sums[middle] + values[middle] * (count - middle) > mean * count:
            high = middle
        else:
            low = middle + 1
    return (mean * count - sums[low]) / (count - low)
