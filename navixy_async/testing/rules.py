"""How the embedded platform behaves: frozen settings that can be sent as JSON to another process."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Literal

from .limits import Kind


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """How many requests per second one key may make, and how the platform counts them."""

    rate: int | None = 50
    """Requests per `period`; ``None`` counts nothing and refuses nothing."""
    period: float = 1.0
    kind: Kind = "sliding"
    burst: int | None = None
    """Only for the buckets: 10 for the token bucket and 5 for the leaky one if ``None``."""

    def __post_init__(self) -> None:
        if (self.rate is not None and self.rate < 1) or self.period <= 0:
            raise ValueError("a limit needs a rate of at least one and a period above zero; rate=None means no limit")


UNLIMITED = Limit(rate=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Latency:
    """The network between client and platform, in seconds of a whole round trip.

    Every request draws one jitter; `up` says which share of the latency, and `jitter_up` which share of the jitter,
    is spent before the platform counts the request. ``None`` draws that share anew for each request.
    """

    base: float = 0.0
    jitter: float = 0.0
    """Widest jitter of ``uniform``; the median of ``lognormal``; the delay of ``outliers``."""
    kind: Literal["uniform", "lognormal", "outliers"] = "uniform"
    sigma: float = 0.6
    """Spread of the log-normal jitter."""
    outliers: float = 0.01
    """Share of requests that an ``outliers`` network delays by `jitter`."""
    up: float = 0.5
    jitter_up: float | None = None

    def __post_init__(self) -> None:
        if self.base < 0 or self.jitter < 0:
            raise ValueError("latency and jitter must be seconds, zero or more")
        if not 0 <= self.up <= 1 or not 0 <= (self.jitter_up or 0) <= 1 or not 0 <= self.outliers <= 1:
            raise ValueError("shares of a latency must be between 0 and 1")

    def draw(self, random: Random) -> tuple[float, float]:
        """Delays of one request: before it is counted, and after it was handled."""
        jitter = 0.0
        if self.jitter:
            if self.kind == "uniform":
                jitter = random.uniform(0, self.jitter)
            elif self.kind == "lognormal":
                jitter = min(1.0, self.jitter * random.lognormvariate(0, self.sigma))
            elif random.random() < self.outliers:
                jitter = self.jitter
        share = random.random() if self.jitter_up is None else self.jitter_up
        before = self.base * self.up + jitter * share
        return before, self.base + jitter - before


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """Everything the platform enforces or simulates. The defaults are the documented platform on a perfect network."""

    per_credential: Limit = field(default_factory=Limit)
    """Session hashes and API keys are counted apart from each other."""
    per_address: Limit = field(default_factory=Limit)
    count_refused: bool = False
    """Whether a request that got a 429 counts as well."""
    retry_after: Literal["none", "seconds", "date"] = "none"
    """What a 429 says about its end; the documents promise nothing."""
    latency: Latency = field(default_factory=Latency)
    service: float = 0.0
    """Seconds that the platform takes for every request after counting it."""
    seed: int = 1
    """For jitter and for faults by probability."""
    prefix: str = "/v2"
    gzip: bool = True
    """Compress answers of more than a kilobyte for clients that accept it."""
    iso_datetime: bool = True
    """``False`` is an old on-premise platform: the header is ignored and every time is naive."""
    iso_style: Literal["colon", "compact", "zulu"] = "colon"
    """``+02:00`` in the account's zone, ``+0200``, or UTC with ``Z``: all three were seen."""
    history_limit: int = 1000
    """Default and maximum of `limit` in history lists."""
    tie_order: Literal["reversed", "same"] = "reversed"
    """In a descending list, whether entries of one second come in reversed or in ascending order of their ids."""
    cut_flag: Literal["tracker", "all"] = "tracker"
    """Whether `limit_exceeded` says "the list was cut" in tracker history only (in user and asset history it then says
    "clipped by the tariff"), or in all three: the documents contradict each other."""
    totals: bool = True
    """Whether history lists carry `total` and `total_unread`; newer platforms promise neither."""
    report_span: int | None = 90
    """Days; longer history ranges are refused with 211 and `max_time_span`."""
    track_span: int | None = 31
    """Days; longer track ranges are refused with 211 and nothing else."""
    sensor_span: int | None = 30
    """Days; longer ranges of `tracker/sensor/data/read` are refused with 211 and `max_time_span`."""
    counter_span: int = 31
    """Days; longer ranges of `tracker/counter/data/read` are refused with 7."""
    stats_span: int = 31
    stats_trackers: int = 128
    parallel_reports: int = 2
    """Reports that one account may have running; another one is refused with 15."""
    report_polls: int = 4
    """A report is ready after this many polls of its status."""
    parallel_imports: int = 2
    import_polls: int = 3
    max_points: int | None = None
    """A `track/read` of more points is refused with 9 (HTTP 412); ``None`` answers any number."""
    session_life: int | None = 30 * 86_400
    """Seconds of platform time until a session that is not renewed ends."""
    panel_session_life: int | None = 86_400
    """The same for sessions of the admin panel, which cannot be renewed."""
    session_calls: int | None = None
    """A session ends after this many requests: expiry in the middle of a job, without waiting for it."""
    login_attempts: int = 5
    """Wrong passwords in a row before 105."""
    name_culprits: bool = False
    """Whether 217 (and 208 of a list) names the ids in `list`; the documents do not say so for these actions."""
    keepalive: float = 75.0
    """Seconds after which the platform closes an idle connection."""
    clock_speed: float = 0.0
    """Seconds of platform time per second of real time; with 0 it stands still where it was set."""
    log_size: int = 10_000

    def __post_init__(self) -> None:
        if self.prefix and (not self.prefix.startswith("/") or self.prefix.endswith("/")):
            raise ValueError("the prefix must be empty, or begin with a slash and not end with one, like /v2")
        if min(self.report_polls, self.import_polls) < 0 or min(self.parallel_reports, self.parallel_imports) < 1:
            raise ValueError("reports and imports need polls of at least 0, and at least one at a time")
        if self.history_limit < 1:
            raise ValueError("history_limit must be at least one")
