"""A still picture of the limiter, for people, metrics and tests. Its sums agree with each other."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from ..operations import Lane

Level: TypeAlias = Literal["credential", "address"]
"""The two kinds of budget."""


class Slowdown(msgspec.Struct, frozen=True, kw_only=True):
    """A budget was refused and slows down; given to the limiter's listener, once for all refusals of one event."""

    level: Level
    name: str | None
    """Key of the credential (not the credential), or the source address; ``None`` if the system chooses it."""
    rate: float
    """Requests per second that are tried from now on; it climbs again by itself."""
    pause: float
    """Seconds until the next request of this budget."""
    paced: bool
    """Whether the host is now assumed to want its requests spread evenly."""

    @property
    def even(self) -> bool:
        """The former name of `paced`."""  # Kept until 0.3
        return self.paced


class BudgetSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """One budget of N requests per second: a credential's, or an egress address's."""

    name: str | None
    """Key of the credential (not the credential), or the source address; ``None`` if the system chooses it."""
    limit: int
    """Requests that the platform allows in any second."""
    rate: float
    """Requests per second believed to be allowed now: the limit, or less for a while after a refusal."""
    pace: float
    """Requests per second that are let go under load: the rate less what is not known about the way to the server."""
    busy: int
    """Requests of the last second as far as the server may still count them."""
    waiting: int
    """Calls in the queue that need this budget (for an address: all, as any may use it)."""
    paused_for: float
    """Seconds until the end of the pause, 0 without one."""
    refused: int
    """Refusals attributed to this budget."""


class PathSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the way from one source address to the host, in seconds."""

    address: str | None
    shortest: float | None
    """Least round trip of about the last half minute; ``None`` before the first answer."""
    jitter: float
    margin: float
    """How long after its send a request is believed to be countable at the latest."""


class AccountSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """Calls of one account with one credential that wait in one lane."""

    account: str
    credential: str
    waiting: int
    weight: float


class LaneSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """One lane's queue."""

    name: Lane
    waiting: int
    expected_wait: float
    """Seconds that a call of an account new to this lane would wait now."""
    accounts: tuple[AccountSnapshot, ...]


class LimitsSnapshot(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that :meth:`Limiter.snapshot` shows."""

    host: str
    enabled: bool
    waiting: int
    in_flight: int
    """Requests let go whose fate is not known yet."""
    granted: int
    """Requests let go since the start, without those that never left."""
    refused: int
    """Refusals since the start."""
    paced: bool
    """Whether this host was found to want its requests spread evenly, below the full rate."""
    lanes: tuple[LaneSnapshot, ...]
    addresses: tuple[BudgetSnapshot, ...]
    credentials: tuple[BudgetSnapshot, ...]
    paths: tuple[PathSnapshot, ...]

    @property
    def smooth(self) -> bool:
        """The former name of `paced`."""  # Kept until 0.3
        return self.paced
