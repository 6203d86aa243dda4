"""Towns and the roads that synthetic vehicles drive: straight blocks, curves and turns, never far from home."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

KM_PER_DEGREE = 111.195


@dataclass(frozen=True, slots=True)
class Town:
    """Where vehicles are at home: centre in degrees, height in metres, names of its streets."""

    name: str
    lat: float
    lng: float
    height: int
    streets: tuple[str, ...]


TOWNS = {
    "Europe/Berlin": Town(
        "Berlin", 52.5065, 13.3900, 38, ("Köpenicker Straße", "Am Großen Wannsee", "Skalitzer Straße", "Müllerstraße")
    ),
    "Asia/Kathmandu": Town("Kathmandu", 27.7085, 85.3206, 1330, ("काठमाडौं पथ", "Ring Road", "Lazimpat", "New Road")),
    "Australia/Sydney": Town(
        "Sydney NSW", -33.8715, 151.2006, 19, ("Parramatta Road", "Anzac Parade", "O'Connell Street", "King Street")
    ),
    "America/New_York": Town(
        "New York, NY", 40.7420, -73.9580, 11, ("5th Avenue", 'Avenue "C"', "Queens Boulevard", "W 34th Street")
    ),
    "UTC": Town("Liverpool", 53.4100, -2.9700, 24, ("Priory Road", "St. John's Lane", "Cherry Lane", "Scotland Road")),
    "America/Sao_Paulo": Town(
        "São Paulo",
        -23.5570,
        -46.6400,
        780,
        ("Avenida São João", "Rua Augusta", "Rua da Consolação", "Avenida Ipiranga"),
    ),
}


def town_of(time_zone: str) -> Town:
    """The town where an account of `time_zone` keeps its vehicles."""
    return TOWNS.get(time_zone, TOWNS["UTC"])


def distance_km(lat1: float, lng1: float, lat2: float, lng2: float) -> float:
    """Distance of two near points in kilometres; flat-earth, accurate to 0.1 % over town distances."""
    dy = lat2 - lat1
    dx = (lng2 - lng1) * math.cos(math.radians((lat1 + lat2) / 2))
    return math.hypot(dx, dy) * KM_PER_DEGREE


class Driver:
    """Moves along the blocks of a town: `advance` drives for some seconds and leaves position, speed and heading."""

    REACH_KM = 12.0

    def __init__(self, town: Town, random: Random) -> None:
        self._random = random
        self._town = town
        self._east = math.cos(math.radians(town.lat)) * KM_PER_DEGREE
        self.lat = town.lat + random.uniform(-0.03, 0.03)
        self.lng = town.lng + random.uniform(-0.03, 0.03)
        self._grid = random.uniform(0, 90)
        self._bearing = self._grid + 90 * random.randrange(4)
        self._block_km = 0.0
        self._curve = 0.0
        self._limit = 50.0
        self.street = random.choice(town.streets)
        self.number = random.randrange(1, 200)
        self.speed = 0.0
        self.km = 0.0

    @property
    def heading(self) -> int:
        """Direction in whole degrees, 0 to 359, clockwise from north."""
        return int(self._bearing) % 360

    @property
    def height(self) -> int:
        """Height above the sea in metres: a slow hill over the town."""
        return self._town.height + int(12 * math.sin(self.lat * 300) + 9 * math.cos(self.lng * 260))

    @property
    def address(self) -> str:
        return f"{self.number} {self.street}, {self._town.name}"

    def stop(self) -> None:
        self.speed = 0.0

    def advance(self, seconds: float) -> None:
        """Drive for `seconds`, speeding up to what the road allows and turning where the block ends."""
        wanted = self._limit * self._random.uniform(0.6, 1.12)
        change = max(-9.0 * seconds, min(6.0 * seconds, wanted - self.speed))
        self.speed = max(4.0, self.speed + change)
        way = self.speed * seconds / 3600
        self.km += way
        self._block_km -= way
        self._bearing += self._curve * way
        radians = math.radians(self._bearing)
        self.lat += way * math.cos(radians) / KM_PER_DEGREE
        self.lng += way * math.sin(radians) / self._east
        self.number += 2
        if self._block_km <= 0:
            self._turn()

    def _turn(self) -> None:
        random = self._random
        dy = (self._town.lat - self.lat) * KM_PER_DEGREE
        dx = (self._town.lng - self.lng) * self._east
        if math.hypot(dx, dy) > self.REACH_KM:
            homeward = math.degrees(math.atan2(dx, dy))
            self._bearing = self._grid + 90 * round((homeward - self._grid) / 90)
            self._limit = 90.0
        else:
            self._bearing += random.choice((-90, 0, 0, 90))
            self._limit = random.choice((30.0, 50.0, 50.0, 50.0, 70.0, 90.0))
        self._curve = random.choice((0.0, 0.0, 0.0, 25.0, -25.0))
        self._block_km = random.uniform(0.15, 0.5) * self._limit / 30
        self.street = random.choice(self._town.streets)
        self.number = random.randrange(1, 120)
