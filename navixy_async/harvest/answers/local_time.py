"""The platform's times as texts: every form that means exactly one moment, none that needs a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo

FIRST_YEAR, LAST_YEAR = 2, 9998
"""Years whose times can be converted to every zone; no vehicle has others."""
_TIME = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?\s?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?",
    re.ASCII | re.IGNORECASE,
)
_MIDNIGHT = 24
_USUAL = frozenset({len("2026-03-16T10:00:00Z"), len("2026-03-16T10:00:00+0000"), len("2026-03-16T10:00:00+00:00")})


class NaiveTimes(Exception):
    """The answer has times without offset, and their zone is not known."""


def read_time(text: str) -> datetime:
    """The moment that a text names: aware if it has an offset, otherwise naive. ``24:00`` is the next day's midnight.

    Raises:
        ValueError: it is not a time, or one beyond the calendar.
    """
    if len(text) in _USUAL and text[4] == text[7] == "-" and text[10] == "T":
        # The platform's own forms, at a tenth of the price.
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            if in_calendar(moment):
                return moment
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text[:40]!r} is not a date and time")
    year, month, day, hour = (int(part) for part in found.group(1, 2, 3, 4))
    minute, second = (int(part or 0) for part in found.group(5, 6))
    micros = int((found[7] or "")[:6].ljust(6, "0"))
    midnight = hour == _MIDNIGHT and not (minute or second or micros)
    zone = None if found[8] is None else _offset(found[8].upper())
    moment = datetime(year, month, day, 0 if midnight else hour, minute, second, micros, zone)
    if midnight:
        moment += timedelta(days=1)
    if not in_calendar(moment):
        raise ValueError(f"{text[:40]!r} is beyond the calendar")
    return moment


def in_calendar(moment: datetime) -> bool:
    """Whether the moment can be expressed in every zone."""
    return FIRST_YEAR <= moment.year <= LAST_YEAR


def _offset(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if hours >= 24 or minutes >= 60:
        raise ValueError(f"{text!r} is not an offset")
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def localise(moments: Iterable[datetime], zone: tzinfo | None) -> Iterator[datetime]:
    """Naive times of one ascending list in `zone`, as UTC; aware ones pass through. NaiveTimes if there is no zone."""
    before: datetime | None = None
    fold = 0
    for moment in moments:
        if moment.tzinfo is not None:
            yield moment.astimezone(UTC)
            continue
        if zone is None:
            raise NaiveTimes
        first, second = moment.replace(tzinfo=zone, fold=0), moment.replace(tzinfo=zone, fold=1)
        if first.utcoffset() == second.utcoffset():
            fold = 0
        elif before is not None and moment < before:
            fold = 1
        before = moment
        yield (second if fold else first).astimezone(UTC)


def happens_twice(moment: datetime, zone: tzinfo) -> bool:
    """Whether a naive time is one of an hour that the zone's clock shows twice."""
    if moment.tzinfo is not None:
        return False
    first, second = (moment.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta(0) for fold in (0, 1))
    return first > second


def in_utc(moments: Sequence[datetime], zone: tzinfo | None) -> list[datetime]:
    """The same for a list that ascends or descends."""
    if moments and moments[0].replace(tzinfo=None) > moments[-1].replace(tzinfo=None):
        return list(localise(moments[::-1], zone))[::-1]
    return list(localise(moments, zone))
