"""The history of attributes as the platform keeps it: two queues of 12 for each, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from .collections import from_python
from .numbers import Failure

HISTORY: Final = 12
"""How many values of an attribute the platform remembers."""


class Reading(NamedTuple):
    """One value of an attribute, with the times at which it was made and received (ms since 1970)."""

    value: object
    generated: int | None = None
    received: int | None = None


def read_history(entries: object) -> list[Reading]:
    """Readings from ``(value, generated, received)`` or bare values; raises a failure for anything else."""
    if isinstance(entries, str | bytes) or not isinstance(entries, Iterable):
        raise Failure("a history is a list of readings, newest first")
    return [_reading(entry) for entry in entries]


def _reading(entry: object) -> Reading:
    if isinstance(entry, Sequence) and not isinstance(entry, str | bytes | list):
        value, generated, received = [*entry, None, None, None][:3]
        return Reading(from_python(value), _moment(generated), _moment(received))
    return Reading(from_python(entry))


def _moment(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**63:
        raise Failure("the times of a reading are whole milliseconds since 1970")
    return int(value)


def queue(readings: list[Reading], mode: str) -> list[Reading]:
    """The queue of one mode: the newest 12, with or without those that are null."""
    kept = readings if mode == "all" else [reading for reading in readings if reading.value is not None]
    return kept[:HISTORY]
