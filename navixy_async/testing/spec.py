"""What a world is made of, as one frozen description that can be sent as JSON to another process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

TIME_ZONES = (
    "Europe/Berlin",
    "Asia/Kathmandu",
    "Australia/Sydney",
    "America/New_York",
    "UTC",
    "America/Sao_Paulo",
)
"""Zones that accounts take in turn. In the default period Berlin skips an hour and Sydney repeats one."""

MOST_MOTIONS, MOST_DAYS = 120, 4000
MOST_EVENTS = 100_000
"""Per tracker and day, on average and in a burst: ids have room for about ten times as many."""
FIRST_YEAR, LAST_YEAR = 1970, 9900
FIRST_DAY = date(2026, 3, 23)


@dataclass(frozen=True, kw_only=True, slots=True)
class WorldSpec:
    """Everything that decides what a :class:`World` holds: the same spec gives the same rows in every process.

    Counts of special trackers are per account; ``None`` means one of each kind if the account has six trackers or
    more, and none in smaller accounts.
    """

    seed: int = 7
    accounts: int = 3
    trackers: int = 20
    """Trackers of each account."""
    start: date = FIRST_DAY
    """First local day that has data."""
    days: int = 14
    time_zones: tuple[str, ...] = TIME_ZONES
    """Zones by account, taken in turn."""
    points_per_day: int = 1000
    """Points of a busy day of an ordinary vehicle; days off and special trackers have fewer."""
    patterns: int = 3
    """Different working days of one vehicle; a day replays one of them, shifted by some minutes."""
    vehicles: int | None = None
    """Different motions in the whole world: tracker n moves as vehicle ``n % vehicles`` does, on its own dates. A small
    number makes a large world cheap; ``None`` gives every tracker its own, up to 120 of them."""
    buses: float = 0.25
    """Share of the trackers that replay the recorded buses."""
    events_per_day: int = 40
    """Mean of the events of a tracker and day; trackers differ from a fifth to five times of it."""
    burst: int = 0
    """Events that one device fires within one single second, once a day; more than a page holds if it is large."""
    burst_trackers: int = 1
    """Trackers of each account that fire bursts, if `burst` is set."""
    late: float = 0.15
    """Share of the tracker days on which the device loses the network and uploads some of its points later."""
    days_off: float = 0.1
    """Share of the tracker days without any data."""
    blocked: int | None = None
    silent: int | None = None
    """Trackers that never sent anything."""
    clones: int | None = None
    """Trackers that share the device (`source`) of another one."""
    sparse: int | None = None
    """Trackers that report once in some hours: their tracks are single reports."""
    second_factor: tuple[int, ...] = ()
    """Accounts (by index) that require a code by mail after the password."""
    store_days: tuple[int | None, ...] = (None,)
    """Tariff's store period in days, by account in turn; ``None`` keeps everything."""

    def __post_init__(self) -> None:
        if self.accounts < 1 or self.trackers < 1 or self.days < 1:
            raise ValueError("a world needs at least one account, one tracker and one day")
        if self.days > MOST_DAYS:
            raise ValueError(f"a world has at most {MOST_DAYS} days")
        if not FIRST_YEAR <= self.start.year <= LAST_YEAR:
            raise ValueError(f"a world starts between the years {FIRST_YEAR} and {LAST_YEAR}")
        if not (0 <= self.events_per_day <= MOST_EVENTS and 0 <= self.burst <= MOST_EVENTS):
            raise ValueError(f"events_per_day and burst must be between 0 and {MOST_EVENTS}")
        if self.patterns < 1 or self.points_per_day < 10:
            raise ValueError("a world needs at least one pattern and ten points a day")
        if not self.time_zones or not self.store_days:
            raise ValueError("time_zones and store_days need at least one entry each")
        if self.vehicles is not None and self.vehicles < 1:
            raise ValueError("vehicles must be at least one, or None for one motion per tracker")

    @property
    def motions(self) -> int:
        """How many vehicles move differently."""
        return MOST_MOTIONS if self.vehicles is None else self.vehicles

    def count(self, wanted: int | None) -> int:
        """How many special trackers of one kind an account gets."""
        if wanted is None:
            return 1 if self.trackers >= 6 else 0
        return min(wanted, self.trackers)
