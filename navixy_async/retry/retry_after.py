"""The ``Retry-After`` header: a number of seconds or an HTTP date, as seconds from now."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime, parsedate_tz

_FOR_EVER = 1e9
"""The most seconds that are returned; dates beyond the calendar count as this."""


def parse_retry_after(text: str | None, *, now: datetime | None = None) -> float | None:
    """Seconds to wait, never negative; ``None`` if the header is missing or unusable.

    `now` is the wall clock, which only a date needs.
    """
    if not text or not text.strip():
        return None
    try:
        seconds = float(text)
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=UTC)
            seconds = (moment - (now or datetime.now(UTC))).total_seconds()
        except (ValueError, OverflowError, TypeError, IndexError, AttributeError):
            return _FOR_EVER if _is_beyond(text) else None
    return None if math.isnan(seconds) else min(max(0.0, seconds), _FOR_EVER)


def _is_beyond(text: str) -> bool:
    """Whether this is a date past the year 9999."""
    try:
        parts = parsedate_tz(text)
    except (ValueError, OverflowError, TypeError, IndexError, AttributeError):
        return False
    return parts is not None and parts[0] >= datetime.max.year
