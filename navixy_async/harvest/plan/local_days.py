"""Days of an account's calendar as ranges of time: 23, 24 or 25 hours, without a midnight or with two."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from typing import NamedTuple

from ...times import DAY, SECOND, TimeRange

FIRST_MOMENT, LAST_MOMENT = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""Of a harvest's range: room for what is requested before and after it."""


class LocalDay(NamedTuple):
    """One day of an account's calendar."""

    day: date
    start: datetime
    end: datetime


def local_days(window: TimeRange, zone: tzinfo) -> list[LocalDay]:
    """The days in `zone` that begin in the window. Where midnight does not exist, a day begins at the first moment
    after it; where it happens twice, at the first of the two."""
    day = window.start.astimezone(zone).date()
    found = []
    begin = midnight(day, zone)
    while begin < window.end:
        day += DAY
        end = midnight(day, zone)
        # A zone that crosses the date line skips a day: it then has no length.
        if begin >= window.start and end > begin:
            found.append(LocalDay(day - DAY, begin, end))
        begin = max(begin, end)
    return found


def midnight(day: date, zone: tzinfo) -> datetime:
    """When the day begins in `zone`, in UTC."""
    local = datetime(day.year, day.month, day.day, tzinfo=zone)
    begin = local.astimezone(UTC)
    if begin.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return begin
    # Clocks go forward over midnight: the day begins when they do.
    before, after = local.replace(fold=1).astimezone(UTC) - SECOND, begin
    while after - before > SECOND:
        middle = before + (after - before) // 2
        before, after = (before, middle) if middle.astimezone(zone).date() >= day else (middle, after)
    return after.replace(microsecond=0)


def begin_of(moment: date, zone: tzinfo) -> datetime:
    """The start of the day that contains `moment` (a local date, or an aware datetime)."""
    if not isinstance(moment, datetime):
        return midnight(moment, zone)
    return midnight(moment.astimezone(zone).date(), zone)


def end_of(moment: date, zone: tzinfo) -> datetime:
    """The end of the last day touched by a range that ends at `moment`, exclusive."""
    if not isinstance(moment, datetime):
        return midnight(moment, zone)
    day = moment.astimezone(zone).date()
    while (end := midnight(day, zone)) < moment:
        day += DAY
    return end


def moment_of(moment: date) -> datetime:
    """The datetime itself, or the midnight in UTC with which a date begins."""
    return moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day, tzinfo=UTC)


def asked_of(start: date, end: date, zone: tzinfo) -> TimeRange:
    """All days of the calendar between two local dates, or that a range between two aware datetimes touches."""
    return TimeRange(begin_of(start, zone), end_of(end, zone))


def days_asked_of(start: date, end: date | None, now: datetime, zone: tzinfo) -> TimeRange:
    """The days of an account between start and end, or from the start up to now, which may be in one of them."""
    if end is not None:
        return asked_of(start, end, zone)
    begin = begin_of(start, zone)
    # The first day waits if it has not begun yet.
    return TimeRange(begin, now if begin < now else end_of(begin + SECOND, zone))
