"""Working days of vehicles: what a device records between two midnights, without a date.

A :class:`Pattern` is one such day. The world replays it on calendar days, shifted by some minutes, so that a year of
rows costs no more memory than the few days a vehicle really differs in.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import msgspec

from .roads import Driver, Town

HOUR = 3600


class Fix(msgspec.Struct, frozen=True, gc=False):
    """One record of a device, at a second of its day."""

    second: int
    """Seconds since the local midnight at which the day began; a night shift goes on beyond 86400."""
    lat: float
    lng: float
    alt: int
    speed: int
    satellites: int
    mileage: float
    """Kilometres since the day began."""
    address: str
    heading: int | None = None
    precision: int | None = None
    gsm_lbs: bool | None = None
    parking: bool | None = None
    trip: int | None = None
    """Which trip of the day it belongs to; ``None`` while the vehicle stands."""


@dataclass(frozen=True, slots=True)
class TripShape:
    """One trip of a pattern: its first and last record, and what a list of tracks says about it."""

    first: int
    last: int
    length_km: float
    max_speed: int
    avg_speed: int


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Pattern:
    """One working day: records in order of time, the seconds alone for searching, and its trips."""

    fixes: tuple[Fix, ...]
    seconds: tuple[int, ...]
    trips: tuple[TripShape, ...]
    single_reports: bool = False
    """Every record is a track of its own: a device that wakes up once in some hours."""


def drive_day(town: Town, random: Random, points: int, *, night: bool) -> Pattern:
    """A day of a delivery vehicle: trips between stops, about `points` records; by night it crosses midnight."""
    driver = Driver(town, random)
    begin = int((21 if night else random.uniform(5.5, 8)) * HOUR)
    trips = random.randrange(3, 7)
    pauses = [random.randrange(400, 2400) for _ in range(trips)]
    driving = int(random.uniform(8, 9) * HOUR) - sum(pauses)
    standing = sum(pause // 300 for pause in pauses)
    step = max(1.0, driving / max(4, points - standing))
    recorder = _Recorder(driver, random)
    second = float(begin)
    for trip, pause in enumerate(pauses):
        short = trip == 1 and trips > 4
        until = second + (45 if short else driving / trips)
        recorder.record(int(second), trip)
        while second < until:
            gap = random.uniform(0.5, 1.5) * step
            second += gap
            driver.advance(gap)
            recorder.record(int(second), trip)
            if random.random() < 0.012:
                recorder.repeat(trip, same=random.random() < 0.3)
        driver.stop()
        second += random.uniform(3, 20)
        recorder.record(int(second), trip)
        for beat in range(1, pause // 300 + 1):
            recorder.record(int(second) + 300 * beat, None)
        second += pause
    return finish(recorder.fixes)


def sparse_day(town: Town, random: Random) -> Pattern:
    """A day of a device that wakes up three or four times: every report stands alone, two of them close together."""
    driver = Driver(town, random)
    fixes: list[Fix] = []
    for report in range(random.randrange(3, 5)):
        if report != 1:
            driver.advance(600)
        fixes.append(
            Fix(
                second=(6 + 4 * report) * HOUR + random.randrange(1800),
                lat=round(driver.lat, 6),
                lng=round(driver.lng, 6),
                alt=driver.height,
                speed=0,
                satellites=random.randrange(4, 9),
                mileage=round(driver.km, 2),
                address=driver.address,
                precision=random.choice((10, 25, 50)),
                trip=report,
            )
        )
    return finish(fixes, single_reports=True)


class _Recorder:
    """Records where the driver is, as a device would: now and then without heading, or by the phone network."""

    def __init__(self, driver: Driver, random: Random) -> None:
        self._driver = driver
        self._random = random
        self.fixes: list[Fix] = []

    def record(self, second: int, trip: int | None) -> None:
        driver, chance = self._driver, self._random.random()
        by_network = chance > 0.995
        wobble = 0.006 if by_network else 0.0
        self.fixes.append(
            Fix(
                second=second,
                lat=round(driver.lat + self._random.uniform(-wobble, wobble), 7),
                lng=round(driver.lng + self._random.uniform(-wobble, wobble), 7),
                alt=0 if by_network else driver.height,
                speed=0 if by_network else int(driver.speed),
                satellites=0 if by_network else 6 + int(chance * 10),
                mileage=round(driver.km, 2),
                address=driver.address,
                heading=None if by_network or chance < 0.05 else driver.heading,
                precision=self._random.choice((500, 800, 1500)) if by_network else None,
                gsm_lbs=True if by_network else None,
                parking=None if by_network else trip is None,
                trip=trip,
            )
        )

    def repeat(self, trip: int, *, same: bool) -> None:
        """A second record of the same second: an identical one, or one that an input change caused."""
        last = self.fixes[-1]
        if same:
            self.fixes.append(last)
        else:
            self.record(last.second, trip)


def finish(fixes: list[Fix], *, single_reports: bool = False) -> Pattern:
    """A pattern of `fixes`, which must be in order of time."""
    spans: dict[int, tuple[int, int]] = {}
    for index, fix in enumerate(fixes):
        if fix.trip is not None:
            spans[fix.trip] = (spans.get(fix.trip, (index, index))[0], index)
    trips = tuple(_shape(fixes, *spans[trip]) for trip in sorted(spans))
    return Pattern(tuple(fixes), tuple(fix.second for fix in fixes), trips, single_reports)


def _shape(fixes: list[Fix], first: int, last: int) -> TripShape:
    length = max(0.0, fixes[last].mileage - fixes[first].mileage)
    seconds = fixes[last].second - fixes[first].second
    fastest = max(fix.speed for fix in fixes[first : last + 1])
    mean = min(fastest, int(length / seconds * HOUR)) if seconds else 0
    return TripShape(first, last, round(length, 2), fastest, mean)
