"""The way between client and server: a fixed latency and a jitter, before the server counts, after it, or on both."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

JITTERS: dict[str, Callable[[random.Random], float]] = {
    "none": lambda _: 0.0,
    "uniform": lambda dice: dice.uniform(0.0, 0.060),
    "lognormal": lambda dice: dice.lognormvariate(-4.0, 0.8),
    "outliers": lambda dice: 0.300 if dice.random() < 0.01 else 0.0,
    "uniform+outliers": lambda dice: dice.uniform(0.0, 0.060) + (0.300 if dice.random() < 0.01 else 0.0),
}
"""Seconds of delay beyond the latency, by name. The log-normal one has its median at 18 ms, 1 % above 118 ms."""

PLACES = ("before", "after", "both")
"""Where the jitter strikes: before the server counts, after it, or a random part of it before."""


@dataclass(frozen=True)
class Line:
    """Draws the delay before the server counts, and the one after it."""

    latency: float
    jitter: str = "none"
    place: str = "both"
    work: float = 0.0
    """Seconds that the server works on each answer, after it counted."""

    def draw(self, dice: random.Random) -> tuple[float, float]:
        """Seconds from the send to the count, and from the count to the answer."""
        extra = JITTERS[self.jitter](dice)
        before = {"before": extra, "after": 0.0}.get(self.place)
        if before is None:
            before = extra * dice.random()
        return self.latency / 2 + before, self.latency / 2 + (extra - before) + self.work
