"""The budgets of one host: one per credential and one per egress address, made on demand, dropped when forgotten."""

from __future__ import annotations

from ..settings import Limits
from .adaptive import BurstPolicy
from .bucket import Bucket, Slot
from .grants import AddressBudget, CredentialBudget
from .rtt import CombinedRtt, PathRtt

_SPARE = 64


class Registry:
    """Makes and keeps the budgets of one host."""

    def __init__(self, limits: Limits, names: tuple[str | None, ...], now: float) -> None:
        self._limits = limits
        self.burst_policy = BurstPolicy()
        paths = [PathRtt() for _ in names]
        self.rtt: PathRtt | CombinedRtt = paths[0] if len(paths) == 1 else CombinedRtt(paths)
        """Round trips over all addresses: what a credential's budget must expect."""
        self.addresses = [
            AddressBudget(name, Bucket(limits.per_address, limits.burst, rtt, self.burst_policy, now), rtt)
            for name, rtt in zip(names, paths, strict=True)
        ]
        self.credentials: dict[str, CredentialBudget] = {}
        self._swept = 0

    def credential(self, key: str, now: float) -> CredentialBudget:
        """The credential's budget, made on demand."""
        found = self.credentials.get(key)
        if found is None:
            if len(self.credentials) > 2 * self._swept + _SPARE:
                self._sweep(now)
            bucket = Bucket(self._limits.per_credential, self._limits.burst, self.rtt, self.burst_policy, now)
            found = self.credentials[key] = CredentialBudget(key, bucket)
        return found

    def slots(self, credential: CredentialBudget, address: AddressBudget, now: float) -> tuple[Slot, Slot]:
        """The slots of a new request: in its credential's budget, and in its address's.

        They are the same object, so that both become free at the same moment, unless the address's path is much longer
        than others that the credential may take next: then only the credential must wait for those.
        """
        path, paths = address.rtt, self.rtt
        if path is not paths and isinstance(paths, CombinedRtt) and paths.is_longer(path):
            return Slot((credential.bucket,), path, paths, now), Slot((address.bucket,), path, path, now)
        slot = Slot((credential.bucket, address.bucket), path, paths, now)
        return slot, slot

    def change(self, limits: Limits, now: float) -> None:
        """Apply other limits from now on."""
        self._limits = limits
        for address in self.addresses:
            address.bucket.change(limits.per_address, limits.burst, now)
        for budget in self.credentials.values():
            budget.bucket.change(limits.per_credential, limits.burst, now)

    def _sweep(self, now: float) -> None:
        self.credentials = {
            key: budget
            for key, budget in self.credentials.items()
            if budget.waiting or budget.in_flight or budget.parked or not budget.bucket.idle(now)
        }
        self._swept = len(self.credentials)
