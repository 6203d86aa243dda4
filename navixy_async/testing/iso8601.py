"""Times, durations and intervals of ISO 8601, as the data warehouse and the eco fleet read them."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, tzinfo

from .wire import Times, moment_of

_DURATION = re.compile(
    r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?"
)


def read_instant(text: object, zone: tzinfo | None = None) -> float | None:
    """Epoch seconds with fractions; ``None`` if `text` is not a time. Without an offset, in `zone` if given."""
    moment = moment_of(text, zone) if isinstance(text, str) else None
    return None if moment is None else moment.timestamp()


def read_duration(text: str) -> float | None:
    """Seconds of a duration such as ``P7D`` or ``PT22M``; a month counts 30 days and a year 365."""
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groups()):
        return None
    n = {name: int(value or 0) for name, value in found.groupdict().items()}
    days = 365 * n["years"] + 30 * n["months"] + 7 * n["weeks"] + n["days"]
    return timedelta(days=days, hours=n["hours"], minutes=n["minutes"], seconds=n["seconds"]).total_seconds()


def read_interval(text: object) -> tuple[float, float] | None:
    """``start/end``, ``start/duration`` or ``duration/end`` as a pair of epoch seconds."""
    if not isinstance(text, str) or text.count("/") != 1:
        return None
    left, right = text.split("/")
    start, end = read_instant(left), read_instant(right)
    if start is None and end is not None and (length := read_duration(left)) is not None:
        start = end - length
    elif end is None and start is not None and (length := read_duration(right)) is not None:
        end = start + length
    return None if start is None or end is None else (start, end)


_UTC = Times(UTC, "zulu")


def stamp(epoch: int) -> str:
    """UTC with milliseconds, as the data warehouse writes it."""
    return _UTC.text(epoch)[:-1] + ".000Z"
