"""The deterministic world behind the embedded platform, and its ground truth.

A :class:`World` is pure: it is rebuilt from its :class:`WorldSpec` in any process and holds the same rows there. Days
are made on demand. The truth is read here, never through the handlers that answer requests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain, pairwise
from random import Random

from . import series
from .buses import bus_day
from .entries import EVENTS_PER_DAY, MOST_DAYS, Entries
from .fleet import PanelOperator, TrackerAccount, WorldTracker, build_accounts, digest, seeded
from .lru_cache import LruCache
from .records import CounterType, CounterValue, Event, Point, RawMessage, SensorSample, TrackerDay, Trip
from .roads import town_of
from .signals import Sensor, has_counters, measured, sensors_of
from .spec import WorldSpec
from .vehicles import Pattern, drive_day, sparse_day

LATE_DELAYS = (180, 4 * 3600, 2 * 86_400, 5 * 86_400)
"""How long after the network came back buffered points arrive, at the earliest (s)."""
SETTLING = timedelta(days=8)
"""Time after the last day by which every late point has arrived."""


class World:
    """Everything that happened, by `spec`. Ranges are half-open, in UTC; rows come in order of time."""

    def __init__(self, spec: WorldSpec | None = None, *, cached_points: int = 400_000) -> None:
        self.spec = spec or WorldSpec()
        self._index_accounts(build_accounts(self.spec))
        self.panel = PanelOperator("operator@example.com", f"panel-{digest(self.spec.seed, 'panel')[:12]}")
        """The operator's login to the admin panel."""
        first_day = datetime(self.spec.start.year, self.spec.start.month, self.spec.start.day, tzinfo=UTC)
        self.start = first_day - timedelta(days=1)
        """Before every row, in every time zone."""
        self.end = first_day + timedelta(days=self.spec.days + 2)
        """After every row."""
        self.settled = self.end + SETTLING
        """By then everything has arrived."""
        room = max(32, cached_points // self.spec.points_per_day)
        self._patterns: LruCache[tuple[int, str, int], Pattern] = LruCache(room)
        self._days: LruCache[tuple[int, int], TrackerDay | None] = LruCache(16_384)
        self._totals: LruCache[int, list[tuple[float, int]]] = LruCache(8192)
        self.entries = Entries(self.spec, self.day)

    def account(self, account_id: int) -> TrackerAccount:
        return self._account_of[account_id]

    def with_trackers(self, account_id: int, trackers: tuple[WorldTracker, ...]) -> World:
        """The same world, except that one account has `trackers`; the history of the others stays as it is."""
        other = copy(self)
        other._index_accounts(
            tuple(
                replace(account, trackers=trackers) if account.id == account_id else account
                for account in self.accounts
            )
        )
        return other

    def _index_accounts(self, accounts: tuple[TrackerAccount, ...]) -> None:
        self.accounts = accounts
        self.trackers: dict[int, WorldTracker] = {
            tracker.id: tracker for account in accounts for tracker in account.trackers
        }
        self._by_index = {tracker.index: tracker for tracker in self.trackers.values()}
        self._account_of = {account.id: account for account in accounts}

    # ---- truth -------------------------------------------------------------------------------------------------

    def points(self, tracker_id: int, start: datetime, end: datetime, *, as_of: datetime | None = None) -> list[Point]:
        """Points of one tracker in [start, end), by time; with `as_of` only those that had arrived by then."""
        rows: list[Point] = []
        first, last = _inclusive(start, end)
        seen_by = None if as_of is None else int(as_of.timestamp())
        for day in self.days(tracker_id, first, last):
            for index in range(*day.slice(first, last)):
                if seen_by is None or day.received(index) <= seen_by:
                    rows.append(_point(day, index))
        return rows

    def count_points(self, tracker_id: int, start: datetime, end: datetime) -> int:
        """How many points :meth:`points` would return, without making them."""
        first, last = _inclusive(start, end)
        return sum(b - a for a, b in (day.slice(first, last) for day in self.days(tracker_id, first, last)))

    def events(
        self,
        tracker_ids: int | Iterable[int],
        start: datetime,
        end: datetime,
        *,
        events: Iterable[str] | None = None,
        as_of: datetime | None = None,
    ) -> list[Event]:
        """History entries of the trackers in [start, end), by time and id; `events` keeps some types only."""
        wanted = [tracker_ids] if isinstance(tracker_ids, int) else list(tracker_ids)
        first, last = _inclusive(start, end)
        types = None if events is None else frozenset(events)
        found = chain.from_iterable(self.event_slice(tracker_id, first, last) for tracker_id in wanted)
        rows = [
            row for row in found if (types is None or row.event in types) and (as_of is None or row.received <= as_of)
        ]
        rows.sort(key=lambda row: (row.time, row.id))
        return rows

    def trips(self, tracker_id: int, start: datetime, end: datetime) -> list[Trip]:
        """Trips of one tracker that begin in [start, end)."""
        first, last = _inclusive(start, end)
        rows = []
        for day in self.days(tracker_id, first, last):
            for number, shape in enumerate(day.pattern.trips):
                begin = day.base + day.pattern.seconds[shape.first]
                if first <= begin <= last:
                    rows.append(
                        Trip(
                            id=day.track_id(number),
                            tracker_id=tracker_id,
                            start=datetime.fromtimestamp(begin, UTC),
                            end=datetime.fromtimestamp(day.base + day.pattern.seconds[shape.last], UTC),
                            points=shape.last - shape.first + 1,
                            length_km=shape.length_km,
                            max_speed=shape.max_speed,
                            avg_speed=shape.avg_speed,
                        )
                    )
        return rows

    def sensors(self, tracker_id: int) -> tuple[Sensor, ...]:
        """The sensors of one tracker."""
        return sensors_of(self.trackers[tracker_id])

    def sensor_values(
        self,
        tracker_id: int,
        sensor_id: int,
        start: datetime,
        end: datetime,
        *,
        raw: bool = False,
        as_of: datetime | None = None,
    ) -> list[SensorSample]:
        """Values of one sensor in [start, end), by time; `raw` gives what its input says. Discrete ones have none."""
        sensor = next(sensor for sensor in self.sensors(tracker_id) if sensor.id == sensor_id)
        return series.sensor_values(self._records(tracker_id, start, end, as_of), sensor, raw=raw)

    def counter_values(
        self, tracker_id: int, kind: CounterType, start: datetime, end: datetime, *, as_of: datetime | None = None
    ) -> list[CounterValue]:
        """Stored values of one counter (km or hours) in [start, end), by time."""
        if not has_counters(self.trackers[tracker_id]):
            return []
        records = self._records(tracker_id, start, end, as_of)
        return list(series.counter_values(records, kind, self.totals(tracker_id)))

    def mileage(
        self, tracker_id: int, start: datetime, end: datetime, *, as_of: datetime | None = None
    ) -> dict[date, float]:
        """Kilometres driven in [start, end) by the account's calendar day, for every day that the range touches."""
        zone = self.account(self.trackers[tracker_id].account_id).zone
        first, last = _inclusive(start, end)
        return series.mileage(self._steps(tracker_id, first, last, as_of), first, last, zone)

    def engine_hours(self, tracker_id: int, start: datetime, end: datetime, *, as_of: datetime | None = None) -> float:
        """Hours with the ignition on in [start, end)."""
        first, last = _inclusive(start, end)
        return series.engine_hours(self._steps(tracker_id, first, last, as_of))

    def raw(
        self,
        tracker_id: int,
        start: datetime,
        end: datetime,
        *,
        server_time: tuple[datetime, datetime] | None = None,
        as_of: datetime | None = None,
    ) -> list[RawMessage]:
        """Messages of one device in [start, end), by time; `server_time` keeps those that arrived in [from, to)."""
        rows = [series.raw_message(day, index) for day, index in self._records(tracker_id, start, end, as_of)]
        if server_time is None:
            return rows
        return [row for row in rows if server_time[0] <= row.server_time < server_time[1]]

    def totals(self, tracker_id: int) -> list[tuple[float, int]]:
        """Kilometres and seconds of ignition before each day of the world."""
        return self._totals.get(tracker_id, lambda: self._make_totals(self.trackers[tracker_id]))

    # ---- for the handlers ---------------------------------------------------------------------------------------

    def days(self, tracker_id: int, first: int, last: int) -> Iterator[TrackerDay]:
        """Days of a tracker that can hold records of [first, last] (epoch seconds), in order."""
        tracker = self.trackers[tracker_id]
        origin = int(self.start.timestamp()) + 86_400
        low = max(0, (first - origin) // 86_400 - 2)
        high = min(self.spec.days - 1, (last - origin) // 86_400 + 1)
        for number in range(low, high + 1):
            day = self.day(tracker, number)
            if day is not None:
                yield day

    def day(self, tracker: WorldTracker, number: int) -> TrackerDay | None:
        """One day of a tracker; ``None`` if it had the day off."""
        key = (tracker.index, number)
        return self._days.get(key, lambda: self._make_day(tracker, number))

    def event_slice(self, tracker_id: int, first: int, last: int) -> list[Event]:
        """Entries of one tracker in [first, last] (epoch seconds, inclusive), by time and id."""
        tracker = self.trackers[tracker_id]
        return list(self.entries.rows(tracker, range(*self.entries.listing(tracker).span(first, last))))

    def event_count(self, tracker_id: int, first: int, last: int) -> int:
        low, high = self.entries.listing(self.trackers[tracker_id]).span(first, last)
        return high - low

    def event_by_id(self, event_id: int) -> Event | None:
        """The entry with this id, or ``None``."""
        owner = self._by_index.get(event_id // EVENTS_PER_DAY // MOST_DAYS - 1)
        return None if owner is None else self.entries.by_id(owner, event_id)

    def _records(
        self, tracker_id: int, start: datetime, end: datetime, as_of: datetime | None
    ) -> Iterator[tuple[TrackerDay, int]]:
        first, last = _inclusive(start, end)
        seen_by = None if as_of is None else int(as_of.timestamp())
        for day in self.days(tracker_id, first, last):
            for index in range(*day.slice(first, last)):
                if seen_by is None or day.received(index) <= seen_by:
                    yield day, index

    def _steps(
        self, tracker_id: int, first: int, last: int, as_of: datetime | None
    ) -> Iterator[tuple[tuple[TrackerDay, int], tuple[TrackerDay, int]]]:
        """Pairs of neighbouring records of one day whose later one lies in [first, last]."""
        seen_by = None if as_of is None else int(as_of.timestamp())
        for day in self.days(tracker_id, first, last):
            low, high = day.slice(first, last)
            there = [index for index in range(high) if seen_by is None or day.received(index) <= seen_by]
            for before, after in pairwise(there):
                if after >= low:
                    yield (day, before), (day, after)

    # ---- making of ----------------------------------------------------------------------------------------------

    def _make_day(self, tracker: WorldTracker, number: int) -> TrackerDay | None:
        if tracker.kind == "silent":
            return None
        random = seeded(self.spec.seed, "day", tracker.source_id, number)
        if random.random() < self.spec.days_off:
            return None
        zone = self.account(tracker.account_id).zone
        local = self.spec.start + timedelta(days=number)
        midnight = datetime(local.year, local.month, local.day, tzinfo=zone)
        pattern = self._pattern(tracker, random.randrange(self.spec.patterns))
        base = int(midnight.timestamp()) + random.randrange(-1200, 1201)
        if random.random() >= self.spec.late or len(pattern.fixes) < 8:
            return TrackerDay(tracker, number, base, pattern)
        low = random.randrange(len(pattern.fixes) - 4)
        high = min(len(pattern.fixes), low + 2 + int(len(pattern.fixes) * random.uniform(0.02, 0.25)))
        arrival = base + pattern.seconds[high - 1] + random.choice(LATE_DELAYS) + random.randrange(60)
        return TrackerDay(tracker, number, base, pattern, low, high, arrival)

    def _pattern(self, tracker: WorldTracker, variant: int) -> Pattern:
        motion, kind = tracker.motion, tracker.kind
        random = seeded(self.spec.seed, "pattern", motion, kind, variant)
        return self._patterns.get((motion, kind, variant), lambda: self._make_pattern(motion, kind, random))

    def _make_pattern(self, motion: int, kind: str, random: Random) -> Pattern:
        home = self.accounts[motion // self.spec.trackers % self.spec.accounts]
        town, points = town_of(home.time_zone), self.spec.points_per_day
        if kind == "bus":
            return bus_day(motion, random, points)
        if kind == "sparse":
            return sparse_day(town, random)
        return drive_day(town, random, points, night=kind == "night")

    def _make_totals(self, tracker: WorldTracker) -> list[tuple[float, int]]:
        km, seconds, before = 0.0, 0, []
        for number in range(self.spec.days):
            before.append((round(km, 2), seconds))
            day = self.day(tracker, number)
            if day is not None and day.pattern.fixes:
                km += day.pattern.fixes[-1].mileage
                seconds += measured(day.pattern).running[-1]
        return before


def _inclusive(start: datetime, end: datetime) -> tuple[int, int]:
    """Whole epoch seconds of [start, end) as an inclusive pair."""
    if start.utcoffset() is None or end.utcoffset() is None:
        raise ValueError("the truth takes aware datetimes, not naive ones")
    return _ceil(start), _ceil(end) - 1


def _ceil(moment: datetime) -> int:
    whole = int(moment.replace(microsecond=0).timestamp())
    return whole + (1 if moment.microsecond else 0)


def _point(day: TrackerDay, index: int) -> Point:
    fix = day.pattern.fixes[index]
    return Point(
        tracker_id=day.tracker.id,
        time=datetime.fromtimestamp(day.base + fix.second, UTC),
        lat=fix.lat,
        lng=fix.lng,
        alt=fix.alt,
        speed=fix.speed,
        heading=fix.heading,
        satellites=fix.satellites,
        mileage=fix.mileage,
        address=fix.address,
        precision=fix.precision,
        gsm_lbs=fix.gsm_lbs,
        parking=fix.parking,
        buffered=True if day.is_late(index) else None,
        track_id=None if fix.trip is None else day.track_id(fix.trip),
        received=datetime.fromtimestamp(day.received(index), UTC),
    )
