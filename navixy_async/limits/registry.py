"""The budgets of one host: one per credential and one per egress address, made on demand, dropped when forgotten."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from ..settings import Limits
from .adaptive import Evenness
from .bucket import Bucket, Slot
from .roundtrips import Paths, RoundTrips

if TYPE_CHECKING:
    from .lanes import Flow

_SPARE = 64


class Credential:
    """One session hash or API key, with its budget and the flows that wait for it."""

    __slots__ = ("bucket", "flying", "key", "parked", "waiting", "wake")

    def __init__(self, key: str, bucket: Bucket) -> None:
        self.key = key
        self.bucket = bucket
        self.waiting = 0
        self.flying = 0
        """Requests whose fate is not told yet."""
        self.parked: list[Flow] = []
        """Flows that this budget blocks."""
        self.wake = inf
        """When to look at them again."""


class Address:
    """One egress address with its budget; every address is its own path with its own round trips."""

    __slots__ = ("bucket", "name", "trips")

    def __init__(self, name: str | None, bucket: Bucket, trips: RoundTrips) -> None:
        self.name = name
        self.bucket = bucket
        self.trips = trips


class Registry:
    """Hands out the budgets of one host."""

    def __init__(self, limits: Limits, names: tuple[str | None, ...], now: float) -> None:
        self._limits = limits
        self.evenness = Evenness()
        paths = [RoundTrips() for _ in names]
        self.trips: RoundTrips | Paths = paths[0] if len(paths) == 1 else Paths(paths)
        """Round trips over all addresses: what a credential's budget must reckon with."""
        self.addresses = [
            Address(name, Bucket(limits.per_address, limits.burst, trips, self.evenness, now), trips)
            for name, trips in zip(names, paths, strict=True)
        ]
        self.credentials: dict[str, Credential] = {}
        self._swept = 0

    def credential(self, key: str, now: float) -> Credential:
        """The credential's budget, made on demand."""
        found = self.credentials.get(key)
        if found is None:
            if len(self.credentials) > 2 * self._swept + _SPARE:
                self._sweep(now)
            bucket = Bucket(self._limits.per_credential, self._limits.burst, self.trips, self.evenness, now)
            found = self.credentials[key] = Credential(key, bucket)
        return found

    def slots(self, credential: Credential, address: Address, now: float) -> tuple[Slot, Slot]:
        """The places of a new request: in its credential's budget, and in its address's.

        They are one and the same, so that both are free in one moment, unless the address's way is much longer than
        others that the credential may take next: then only the credential must wait for those.
        """
        way, ways = address.trips, self.trips
        if way is not ways and isinstance(ways, Paths) and ways.is_longer(way):
            return Slot((credential.bucket,), way, ways, now), Slot((address.bucket,), way, way, now)
        slot = Slot((credential.bucket, address.bucket), way, ways, now)
        return slot, slot

    def change(self, limits: Limits, now: float) -> None:
        """Keep other limits from now on."""
        self._limits = limits
        for address in self.addresses:
            address.bucket.change(limits.per_address, limits.burst, now)
        for held in self.credentials.values():
            held.bucket.change(limits.per_credential, limits.burst, now)

    def _sweep(self, now: float) -> None:
        self.credentials = {
            key: held
            for key, held in self.credentials.items()
            if held.waiting or held.flying or held.parked or not held.bucket.idle(now)
        }
        self._swept = len(self.credentials)
