"""What a call needs to leave: the budgets of a credential and of an address, and a slot in each."""

from __future__ import annotations

from math import inf

from .bucket import Bucket, Slot
from .rtt import PathRtt


class CredentialBudget:
    """The budget of one session hash or API key, and the calls that wait for it."""

    __slots__ = ("bucket", "in_flight", "key", "parked", "waiting", "wake")

    def __init__(self, key: str, bucket: Bucket) -> None:
        self.key = key
        self.bucket = bucket
        self.waiting = 0
        self.in_flight = 0
        """Requests whose fate is not known yet."""
        self.parked = False
        """Whether the scheduler has parked queues that this budget blocks."""
        self.wake = inf
        """When to look at them again."""


class AddressBudget:
    """The budget of one egress address; every address is a path of its own with its own round trips."""

    __slots__ = ("bucket", "name", "rtt")

    def __init__(self, name: str | None, bucket: Bucket, rtt: PathRtt) -> None:
        self.name = name
        self.bucket = bucket
        self.rtt = rtt


class Grant:
    """Permission for one request: one slot at each level."""

    __slots__ = (
        "address",
        "address_slot",
        "asked",
        "at",
        "credential",
        "credential_slot",
        "open",
        "refusal_counted",
        "sent",
    )

    def __init__(
        self,
        credential: CredentialBudget,
        address: AddressBudget,
        slots: tuple[Slot, Slot],
        asked: float,
        now: float,
    ) -> None:
        self.credential = credential
        self.address = address
        self.asked = asked
        self.at = now
        self.sent = now
        self.open = True
        """Whether its fate is still unknown."""
        self.refusal_counted = False
        self.credential_slot, self.address_slot = slots
        credential.bucket.take(self.credential_slot, now)
        address.bucket.take(self.address_slot, now)
        credential.in_flight += 1
