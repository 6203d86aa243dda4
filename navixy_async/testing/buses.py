"""The recorded buses of Liverpool's route 14 as working days: real positions, real gaps, real missing bearings."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import NamedTuple

from .roads import distance_km
from .vehicles import HOUR, Fix, Pattern, finish

TRACE = "data/liverpool_bus_route14.csv"
LAP = 9000
"""Seconds from one replay of a recording to the next; the longest recording lasts 8,300 s."""


class Sighting(NamedTuple):
    """One row of the recording."""

    second: int
    trip: str
    lat: float
    lng: float
    bearing: int | None
    street: str


@lru_cache(maxsize=1)
def recordings() -> tuple[tuple[Sighting, ...], ...]:
    """The trace as one recording per bus, seconds counted from that bus's first row."""
    text = files("navixy_async.testing").joinpath(TRACE).read_text("utf-8")
    by_bus: dict[str, list[tuple[datetime, dict[str, str]]]] = defaultdict(list)
    for row in csv.DictReader(text.splitlines()):
        by_bus[row["vehicle_id"]].append((datetime.fromisoformat(row["timestamp"]), row))
    result = []
    for bus in sorted(by_bus):
        rows = sorted(by_bus[bus], key=lambda pair: (pair[0], int(pair[1]["id"])))
        begin = rows[0][0]
        result.append(
            tuple(
                Sighting(
                    second=int((moment - begin).total_seconds()),
                    trip=row["trip_id"],
                    lat=float(row["latitude"]),
                    lng=float(row["longitude"]),
                    bearing=int(row["bearing"]) if row["bearing"] else None,
                    street=row["destination"].replace("_", " "),
                )
                for moment, row in rows
            )
        )
    return tuple(result)


def bus_day(number: int, random: Random, points: int) -> Pattern:
    """A day of bus `number`: its recording, lap after lap, until about `points` records are reached."""
    recording = recordings()[number % len(recordings())]
    laps = max(1, min(6, round(points / len(recording))))
    first = int(random.uniform(5, 6.5) * HOUR)
    fixes: list[Fix] = []
    km, trip, here = 0.0, -1, None
    for lap in range(laps):
        for before, now in zip((None, *recording), recording, strict=False):
            second = first + lap * LAP + now.second
            same_trip = before is not None and before.trip == now.trip
            speed = 0
            if same_trip and before is not None:
                way = distance_km(before.lat, before.lng, now.lat, now.lng)
                speed = min(80, int(way / max(1, now.second - before.second) * HOUR))
                km += way
            else:
                trip += 1
                here = f"Stop of route 14 to {now.street}, Liverpool"
            fix = Fix(
                second=second,
                lat=now.lat,
                lng=now.lng,
                alt=20 + int(abs(now.lat - 53.4) * 400),
                speed=speed,
                satellites=random.randrange(6, 15),
                mileage=round(km, 2),
                address=here or "",
                heading=now.bearing,
                parking=False,
                trip=trip,
            )
            fixes.append(fix)
            if not same_trip:
                fixes.append(fix)
    return finish(fixes)
