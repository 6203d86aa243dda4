"""Times and durations of others are read, or refused in a sentence: also at the calendar's ends, and past them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navixy_async.errors import InvalidInput, SpanTooBig
from navixy_async.times import TimeRange, from_wire, parse_duration, to_wire

EAST, WEST = timezone(timedelta(hours=14)), timezone(-timedelta(hours=12))

CENTURY = timedelta(days=36_525)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_time_that_has_no_moment_in_utc_is_no_time_of_the_platform(text: str) -> None:
    with pytest.raises(InvalidInput, match="is not a date and time"):
        from_wire(text)


def test_a_time_without_offset_at_the_end_of_the_calendar_is_none_either() -> None:
    with pytest.raises(InvalidInput, match="is not a date and time"):
        from_wire("0001-01-01 00:00:00", EAST)


@pytest.mark.parametrize("moment", [datetime(1, 1, 1, tzinfo=EAST), datetime(9999, 12, 31, 23, tzinfo=WEST)])
def test_what_is_asked_for_beyond_the_calendar_is_refused(moment: datetime) -> None:
    with pytest.raises(InvalidInput, match="beyond the calendar"):
        to_wire(moment)
    with pytest.raises(InvalidInput, match="beyond the calendar"):
        TimeRange(moment, datetime(2026, 1, 1, tzinfo=UTC))


def test_the_last_second_cannot_be_lifted() -> None:
    with pytest.raises(InvalidInput, match="beyond the calendar"):
        to_wire(datetime.max.replace(tzinfo=UTC), round_up=True)


@pytest.mark.parametrize("text", ["P99999999999D", "PT" + "9" * 400 + "S", "P9999999Y", "9" * 400 + " days"])
def test_a_duration_without_end_is_a_century(text: str) -> None:
    assert parse_duration(text) == CENTURY
    assert SpanTooBig(211, "Too big", extra={"max_time_span": text}).max_time_span == CENTURY


@given(st.from_regex(r"P(\d+[YMWD]){0,3}(T(\d+[HMS]){0,3})?", fullmatch=True) | st.text())
def test_every_text_is_a_duration_or_is_refused(text: str) -> None:
    try:
        found = parse_duration(text)
    except InvalidInput:
        return
    assert timedelta(0) <= found <= CENTURY


@given(st.datetimes().map(datetime.isoformat) | st.text(), st.integers(-1439, 1439))
def test_every_text_is_a_time_or_is_refused(text: str, minutes: int) -> None:
    try:
        found = from_wire(text, timezone(timedelta(minutes=minutes)))
    except InvalidInput:
        return
    assert found.utcoffset() == timedelta(0)
