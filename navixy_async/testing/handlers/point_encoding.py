"""Points as bytes: encoded once for each pattern, joined with their times for each answer."""

from __future__ import annotations

from itertools import pairwise
from math import cos, hypot, radians
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import msgspec

from ..records import TrackerDay
from ..roads import KM_PER_DEGREE
from ..vehicles import Fix, Pattern
from ..wire import Times

SIMPLE_LIMIT = 3000
"""What `simplify` aims at when no `point_limit` is given."""
SIMPLE_METRES = 12.0
SHORT_KM, FEW_POINTS = 0.3, 4
"""Tracks below either are dropped by `filter`."""


class WirePoint(msgspec.Struct, omit_defaults=True, gc=False):
    """`point_info` without its time and without `buffered`, which change from day to day."""

    lat: float
    lng: float
    alt: int
    satellites: int
    mileage: float
    address: str
    speed: int
    heading: int | None = None
    precision: int | None = None
    gsm_lbs: bool | None = None
    parking: bool | None = None


_ENCODED: WeakKeyDictionary[Pattern, list[bytes]] = WeakKeyDictionary()
_ON_TIME, _BUFFERED = '"}', '","buffered":true}'


def encoded(pattern: Pattern) -> list[bytes]:
    """Every record of a pattern as JSON without its end, where the time follows."""
    known = _ENCODED.get(pattern)
    if known is None:
        encoder = msgspec.json.Encoder()
        known = _ENCODED[pattern] = [encoder.encode(_wire(fix))[:-1] + b',"get_time":"' for fix in pattern.fixes]
    return known


def _wire(fix: Fix) -> WirePoint:
    return WirePoint(
        lat=fix.lat,
        lng=fix.lng,
        alt=fix.alt,
        satellites=fix.satellites,
        mileage=fix.mileage,
        address=fix.address,
        speed=fix.speed,
        heading=fix.heading,
        precision=fix.precision,
        gsm_lbs=fix.gsm_lbs,
        parking=fix.parking,
    )


class Selection(NamedTuple):
    """Records of one day that an answer holds, by their index in the day's pattern."""

    day: TrackerDay
    indexes: list[int] | range

    def join(self, times: Times) -> bytes:
        """The selected points as JSON objects with commas between them."""
        day, fragments, seconds = self.day, encoded(self.day.pattern), self.day.pattern.seconds
        base, text, late_from, late_to = day.base, times.text, day.late_from, day.late_to
        return b",".join(
            [
                fragments[index]
                + (text(base + seconds[index]) + (_BUFFERED if late_from <= index < late_to else _ON_TIME)).encode()
                for index in self.indexes
            ]
        )


def as_objects(selection: Selection, times: Times) -> list[Any]:
    """The selected points as decoded objects, for answers that nest them."""
    decoded: list[Any] = msgspec.json.decode(b"[" + selection.join(times) + b"]")
    return decoded


def without_network(selection: Selection) -> Selection:
    """Only positions from satellites."""
    fixes = selection.day.pattern.fixes
    return Selection(selection.day, [index for index in selection.indexes if not fixes[index].gsm_lbs])


def filtered(selection: Selection) -> Selection:
    """What `filter` leaves: no records of a standing vehicle, no tracks that are too short."""
    pattern = selection.day.pattern
    if pattern.single_reports:
        return selection
    short = {
        number
        for number, trip in enumerate(pattern.trips)
        if trip.length_km < SHORT_KM or trip.last - trip.first + 1 < FEW_POINTS
    }
    fixes = pattern.fixes
    kept = [index for index in selection.indexes if fixes[index].trip is not None and fixes[index].trip not in short]
    return Selection(selection.day, kept)


def of_trip(selection: Selection, track_id: int) -> Selection:
    """Only the records of one track."""
    day = selection.day
    fixes = day.pattern.fixes
    kept = [
        index
        for index in selection.indexes
        if (trip := fixes[index].trip) is not None and day.track_id(trip) == track_id
    ]
    return Selection(day, kept)


def simplified(selections: list[Selection], point_limit: int) -> list[Selection]:
    """What `simplify` leaves: points where the line bends, and at most about `point_limit` of them."""
    bent = [Selection(day, _bending(day.pattern, indexes)) for day, indexes in selections]
    total = sum(len(indexes) for _, indexes in bent)
    return thinned(bent, point_limit) if total > point_limit else bent


def thinned(selections: list[Selection], point_limit: int) -> list[Selection]:
    """At most `point_limit` points, evenly spread; the first and the last always stay."""
    total = sum(len(indexes) for _, indexes in selections)
    if total <= point_limit:
        return selections
    wanted = {round(step * (total - 1) / (point_limit - 1)) for step in range(point_limit)}
    result, before = [], 0
    for day, indexes in selections:
        kept = [index for position, index in enumerate(indexes, start=before) if position in wanted]
        before += len(indexes)
        if kept:
            result.append(Selection(day, kept))
    return result


def _bending(pattern: Pattern, indexes: list[int] | range) -> list[int]:
    """Indexes without those that lie near the straight line between the last kept point and the next one."""
    if len(indexes) < 3:
        return list(indexes)
    fixes = pattern.fixes
    east = cos(radians(fixes[indexes[0]].lat)) * KM_PER_DEGREE * 1000
    north = KM_PER_DEGREE * 1000
    kept = [indexes[0]]
    for here, after in pairwise(indexes[1:]):
        a, b, c = fixes[kept[-1]], fixes[here], fixes[after]
        ax, ay = (c.lng - a.lng) * east, (c.lat - a.lat) * north
        bx, by = (b.lng - a.lng) * east, (b.lat - a.lat) * north
        length = hypot(ax, ay)
        off = abs(ax * by - ay * bx) / length if length > 1 else hypot(bx, by)
        if off > SIMPLE_METRES or a.trip != b.trip or b.trip != c.trip:
            kept.append(here)
    kept.append(indexes[-1])
    return kept
