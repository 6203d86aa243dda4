"""Parsers of times, durations and lists as people type them on the command line."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from ..errors import InvalidInput
from ..texts import shorten
from ..times import parse_duration

_NAMED = {"hourly": timedelta(hours=1), "daily": timedelta(days=1)}
_FIRST_YEAR, _LAST_YEAR = 1980, 2200
"""GPS time begins in 1980; anything centuries ahead is a typo."""
_LONGEST = timedelta(days=3660)
_ID = re.compile(r"-?[0-9]{1,20}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def parse_day(text: str, option: str) -> date:
    """A calendar day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"{option} {shorten(text)} is not a day: write it for example 2026-03-16") from None


def parse_moment(text: str, option: str) -> datetime:
    """A date (its midnight in UTC) or an ISO 8601 date and time with an offset, as an aware UTC datetime."""
    try:
        if _DATE.fullmatch(text):
            return _within(datetime.combine(date.fromisoformat(text), time(), UTC), text, option)
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInput(
            f"{option} {shorten(text)} is not a time: write a date (2026-03-16) or a time with its offset "
            "(2026-03-16T08:00:00+01:00)"
        ) from None
    if moment.utcoffset() is None:
        raise InvalidInput(
            f"{option} {shorten(text)} has no offset, which leaves it ambiguous: "
            "add Z for UTC, or an offset like +01:00"
        )
    return _within(moment, text, option)


def _within(moment: datetime, text: str, option: str) -> datetime:
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise InvalidInput(f"{option} {shorten(text)} is out of range: give a year from {_FIRST_YEAR} to {_LAST_YEAR}")
    return moment.astimezone(UTC)


def parse_days(start: str | None, end: str | None) -> tuple[date, date | None] | None:
    """Start and end as calendar days, if everything given is written as one."""
    given = [text for text in (start, end) if text is not None]
    if start is None or not all(_DATE.fullmatch(text) for text in given):
        return None
    return date.fromisoformat(start), None if end is None else date.fromisoformat(end)


def parse_period(text: str, option: str) -> timedelta:
    """A duration above zero: ``15m``, ``2h``, ``hourly``, ``daily``."""
    try:
        found = _NAMED.get(text.strip().lower()) or parse_duration(text)
    except (ValueError, OverflowError):  # also InvalidInput
        found = timedelta(0)
    if found <= timedelta(0):
        raise InvalidInput(f"{option} {shorten(text)} is not a period: write 15m, 2h, 1d, hourly or daily")
    if found > _LONGEST:
        raise InvalidInput(f"{option} {shorten(text)} is too long: give at most {_LONGEST.days} days")
    return found


def parse_look_back(text: str, option: str) -> timedelta:
    """A duration; ``none`` or ``0`` for none."""
    return timedelta(0) if text.strip().lower() in ("none", "0") else parse_period(text, option)


def parse_periods(text: str, option: str) -> list[timedelta]:
    """Durations separated by commas; ``none`` for none."""
    return [] if text.strip().lower() == "none" else [parse_period(part, option) for part in text.split(",")]


def parse_ids(text: str | None) -> list[int] | None:
    """Tracker ids separated by commas; ``None`` stays None."""
    if text is None:
        return None
    ids: list[int] = []
    for part in text.split(","):
        if not _ID.fullmatch(part.strip()):
            raise InvalidInput(
                f"--trackers: {shorten(part.strip())} is not a tracker id: write ids such as 10181000,10181017"
            )
        ids.append(int(part))
    if any(not 0 < tracker < 1 << 63 for tracker in ids):
        raise InvalidInput("--trackers: an id must be above zero and below 2 to the power of 63")
    return list(dict.fromkeys(ids))
