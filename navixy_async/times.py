"""Platform times: ISO mode on the wire, aware UTC datetimes in Python, half-open ranges.

The platform speaks whole seconds. By default it speaks them naively in the zone of the account; with the header
``NVX-ISO-DateTime: true`` it speaks ISO 8601 with an offset, and that is what this client always asks for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from .base_errors import InvalidInput

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

__all__ = [
    "UTC",
    "TimeRange",
    "from_wire",
    "parse_duration",
    "require_aware",
    "require_naive",
    "to_panel_wire",
    "to_wire",
    "zone",
]

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
_CENTURY = timedelta(days=36_525)

_NAIVE_WIRE = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?")
# Compiled by `re` when they are used for the first time: most programs never do.
_DURATION = (
    r"P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_WORDED_DURATION = r"\s*(?P<count>\d+(?:\.\d+)?)\s*(?P<unit>[a-z]+)\s*"
_UNIT_SECONDS = {"s": 1, "second": 1, "m": 60, "minute": 60, "h": 3600, "hour": 3600, "d": 86400, "day": 86400}
_UNIT_SECONDS |= {"w": 604800, "week": 604800, "month": 30 * 86400, "y": 365 * 86400, "year": 365 * 86400}


def require_aware(value: datetime, name: str = "the time") -> datetime:
    """Return `value` if it has an offset; raise :class:`InvalidInput` (which names `name`) if it is naive."""
    if not isinstance(value, datetime):
        raise InvalidInput(f"{name} must be a datetime with a time zone, not {type(value).__name__}")
    if value.utcoffset() is None:
        raise InvalidInput(
            f"{name} is a naive datetime ({value.isoformat()}): give it a time zone, for example .replace(tzinfo=UTC)"
        )
    return value


def require_naive(value: datetime, name: str = "the time") -> datetime:
    """Give `value` back if it has no offset; raise :class:`InvalidInput` (which names `name`) if it has one."""
    if not isinstance(value, datetime):
        raise InvalidInput(f"{name} must be a datetime without a time zone, not {type(value).__name__}")
    if value.utcoffset() is not None:
        raise InvalidInput(
            f"{name} has a time zone ({value.isoformat()}), but the panel reads times in the operator's zone: "
            "give it without one, for example .astimezone(zone).replace(tzinfo=None)"
        )
    return value


def _in_utc(value: datetime, name: str = "the time") -> datetime:
    try:
        return require_aware(value, name).astimezone(UTC)
    except OverflowError:
        raise _beyond(value) from None


def _beyond(value: datetime) -> InvalidInput:
    return InvalidInput(
        f"{value.isoformat()} lies beyond the calendar in UTC: give a time between the years 1 and 9999"
    )


def time_text(moment: datetime) -> str:
    """`moment` in ISO 8601, with ``Z`` for UTC, as in files, manifests and messages."""
    return moment.isoformat().replace("+00:00", "Z")


def to_wire(value: datetime, *, round_up: bool = False) -> str:
    """`value` as the platform reads it in ISO mode: whole seconds, UTC (``2023-11-01T04:38:39+0000``).

    The platform has no fractions of a second. They are cut off, or with `round_up` lifted to the next second, so that
    a range built from the two always covers what was asked.
    """
    moment = _in_utc(value)
    try:
        moment += SECOND if round_up and moment.microsecond else timedelta(0)
    except OverflowError:
        raise _beyond(value) from None
    # strftime("%Y") does not pad years before 1000 everywhere.
    return f"{moment.replace(microsecond=0, tzinfo=None).isoformat()}+0000"


def to_panel_wire(value: datetime, *, round_up: bool = False) -> str:
    """`value` as the panel reads it: naive, in the operator's zone, whole seconds (``2023-11-01 04:38:39``).

    What the panel itself sent with an offset goes back with one.
    """
    if value.utcoffset() is not None:
        return to_wire(value, round_up=round_up)
    if round_up and value.microsecond and value < datetime.max.replace(microsecond=0):
        value += SECOND
    return value.replace(microsecond=0).isoformat(" ")


def from_wire(text: str, naive_zone: tzinfo = UTC) -> datetime:
    """The platform's text as an aware UTC datetime; a naive text is read in `naive_zone`, the zone of its account.

    A naive hour that happens twice (the end of summer time) is read as the earlier of the two.
    """
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=naive_zone)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise InvalidInput(f"{text[:60]!r} is not a date and time of the platform") from None


def is_naive_wire(text: str) -> bool:
    """Whether the platform's `text` lacks an offset, as answers outside ISO mode do."""
    return _NAIVE_WIRE.fullmatch(text) is not None


def zone(name: str) -> ZoneInfo:
    """The time zone of an account by its name (``Europe/Berlin``); raises :class:`InvalidInput` if it is unknown."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - only platforms without ISO mode need zones

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidInput(
            f"time zone {name!r} is unknown here: correct the name, or install tzdata if the system has no zones"
        ) from None


def parse_duration(text: str) -> timedelta:
    """A duration as the platform writes it: ``P90D``, ``PT22M21S``, ``3d``, or in words (``26 hours``).

    Months count 30 days and years 365: they only ever bound a request, and a shorter bound is the safe one. More than
    a century is a century, so that it can be added to any time.
    """
    iso = re.fullmatch(_DURATION, text.strip())
    if iso and text.strip() not in ("P", "PT"):
        part = {key: float(value) for key, value in iso.groupdict().items() if value}
        days = part.get("years", 0) * 365 + part.get("months", 0) * 30
        days += part.get("weeks", 0) * 7 + part.get("days", 0)
        hours = days * 24 + part.get("hours", 0)
        return _span((hours * 60 + part.get("minutes", 0)) * 60 + part.get("seconds", 0))
    worded = re.fullmatch(_WORDED_DURATION, text, re.IGNORECASE)
    if worded:
        unit = worded["unit"].lower()
        seconds = _UNIT_SECONDS.get(unit) or _UNIT_SECONDS.get(unit.removesuffix("s"))
        if seconds:
            return _span(float(worded["count"]) * seconds)
    raise InvalidInput(f"{text!r} is not a duration: use ISO 8601 (P31D, PT2H) or a number and a unit (3d, 26 hours)")


def _span(seconds: float) -> timedelta:
    return timedelta(seconds=min(seconds, _CENTURY.total_seconds()))


@dataclass(frozen=True, slots=True, order=True)
class TimeRange:
    """A half-open range of time ``[start, end)`` in UTC; both ends must be aware, and `end` after `start`."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        start = _in_utc(self.start, "the start")
        end = _in_utc(self.end, "the end")
        if end <= start:
            raise InvalidInput(
                f"the end ({end.isoformat()}) must be after the start ({start.isoformat()}): swap or widen them"
            )
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "end", end)

    @property
    def span(self) -> timedelta:
        """How long the range is."""
        return self.end - self.start

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    def split(self, largest: timedelta) -> list[TimeRange]:
        """The range cut into equal, touching parts, none longer than `largest` and cut at whole seconds."""
        if largest < SECOND:
            raise InvalidInput("a range cannot be cut finer than one second, the resolution of the platform")
        parts = math.ceil(self.span / largest)
        step = timedelta(seconds=math.ceil(self.span.total_seconds() / parts))
        if step > largest:
            step = largest - timedelta(microseconds=largest.microseconds)
        cuts = [self.start]
        while cuts[-1] + step < self.end:
            cuts.append(cuts[-1] + step)
        return [TimeRange(a, b) for a, b in zip(cuts, [*cuts[1:], self.end], strict=True)]

    def halves(self) -> tuple[TimeRange, TimeRange] | None:
        """The range cut in two at a whole second, or ``None`` if it is too short to be cut."""
        middle = (self.start + self.span / 2).replace(microsecond=0)
        if not self.start < middle < self.end:
            return None
        return TimeRange(self.start, middle), TimeRange(middle, self.end)

    def utc_days(self) -> Iterator[date]:
        """The UTC calendar days that the range touches."""
        day = self.start.date()
        while datetime(day.year, day.month, day.day, tzinfo=UTC) < self.end:
            yield day
            day += timedelta(days=1)

    def __str__(self) -> str:
        return f"[{self.start.isoformat()}, {self.end.isoformat()})"


def utc_day(day: date) -> TimeRange:
    """A calendar day in UTC."""
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return TimeRange(start, start + DAY)
