"""The ``Retry-After`` header: a number of seconds or an HTTP date, as seconds from now."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def parse_retry_after(text: str | None, *, now: datetime | None = None) -> float | None:
    """Seconds to wait, never negative; ``None`` if the header is missing or makes no sense.

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
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None
