"""Who asks, as one value: whose credential, under which name, how urgently, and with what share of the turns."""

from __future__ import annotations

import msgspec

from .operations import Lane
from .sessions import CredentialSource


class Requester(msgspec.Struct, frozen=True, eq=False):
    """Who sends a call; made once for an account, and handed through pipeline and limiter as it is.

    Attributes:
        source: where the hash of each attempt comes from.
        label: name for fairness, logs and events; requesters of the same label share their turns.
        lane: urgency in the limiter.
        weight: turns that it gets for one turn of a requester of weight 1.
        repeat_updates: whether an update that sets a state may be sent again though the first may have been done.
    """

    source: CredentialSource
    label: str
    lane: Lane = "interactive"
    weight: float = 1.0
    repeat_updates: bool = False
