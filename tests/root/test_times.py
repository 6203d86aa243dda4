"""Platform times: aware in, whole UTC seconds out, half-open ranges."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navixy_async.errors import InvalidInput
from navixy_async.times import TimeRange, from_wire, is_naive_wire, parse_duration, require_aware, to_wire, zone

BERLIN = ZoneInfo("Europe/Berlin")
instants = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))


def test_naive_datetimes_are_refused_with_the_remedy() -> None:
    with pytest.raises(InvalidInput, match=r"the start is a naive datetime .*tzinfo=UTC"):
        require_aware(datetime(2026, 1, 1), "the start")
    with pytest.raises(InvalidInput, match="must be a datetime"):
        require_aware("2026-01-01")  # type: ignore[arg-type]


def test_the_wire_speaks_utc_whole_seconds() -> None:
    moment = datetime(2023, 11, 1, 9, 38, 39, 900_000, tzinfo=ZoneInfo("Asia/Karachi"))
    assert to_wire(moment) == "2023-11-01T04:38:39+0000"
    assert to_wire(moment, round_up=True) == "2023-11-01T04:38:40+0000"
    assert to_wire(moment.replace(microsecond=0), round_up=True) == "2023-11-01T04:38:39+0000"


@pytest.mark.parametrize(
    "text",
    ["2023-11-01T04:38:39+0000", "2023-11-01T09:38:39+0500", "2023-11-01T09:38:39+05:00", "2023-11-01T04:38:39Z"],
)
def test_every_offset_form_is_read(text: str) -> None:
    assert from_wire(text) == datetime(2023, 11, 1, 4, 38, 39, tzinfo=UTC)
    assert not is_naive_wire(text)


def test_naive_answers_are_read_in_the_accounts_zone() -> None:
    assert from_wire("2026-03-29 03:30:00", BERLIN) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert from_wire("2026-10-25 02:30:00", BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "the earlier one"
    assert is_naive_wire("2026-10-25 02:30:00")
    with pytest.raises(InvalidInput, match="not a date and time"):
        from_wire("yesterday")


@given(instants)
def test_wire_and_back_keeps_whole_seconds(moment: datetime) -> None:
    assert from_wire(to_wire(moment)) == moment.replace(microsecond=0)


def test_unknown_zones_are_named() -> None:
    assert zone("Europe/Berlin").key == "Europe/Berlin"
    for name in ("Mars/Olympus", "", "../etc/passwd"):
        with pytest.raises(InvalidInput, match="time zone"):
            zone(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("P90D", timedelta(days=90)),
        ("P31D", timedelta(days=31)),
        ("PT22M21S", timedelta(minutes=22, seconds=21)),
        ("P6M", timedelta(days=180)),
        ("P1Y", timedelta(days=365)),
        ("P1W", timedelta(days=7)),
        ("P1DT2H", timedelta(days=1, hours=2)),
        ("3d", timedelta(days=3)),
        ("2h", timedelta(hours=2)),
        ("26 hours", timedelta(hours=26)),
        ("1 day", timedelta(days=1)),
    ],
)
def test_durations_in_every_form_of_the_platform(text: str, expected: timedelta) -> None:
    assert parse_duration(text) == expected


@pytest.mark.parametrize("text", ["", "P", "PT", "soon", "12 parsecs", "-P1D"])
def test_what_is_no_duration_says_so(text: str) -> None:
    with pytest.raises(InvalidInput, match="not a duration"):
        parse_duration(text)


def test_a_reversed_or_empty_range_is_refused() -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for end in (moment, moment - timedelta(seconds=1)):
        with pytest.raises(InvalidInput, match="must be after the start"):
            TimeRange(moment, end)
    with pytest.raises(InvalidInput, match="the end is a naive"):
        TimeRange(moment, datetime(2026, 1, 2))


@given(instants, st.integers(1, 10**7), st.integers(1, 10**6))
def test_split_parts_touch_and_fit(start: datetime, seconds: int, largest: int) -> None:
    whole = TimeRange(start, start + timedelta(seconds=seconds))
    largest_span = timedelta(seconds=max(largest, seconds // 1000 + 1))
    parts = whole.split(largest_span)
    assert parts[0].start == whole.start
    assert parts[-1].end == whole.end
    assert all(a.end == b.start for a, b in pairwise(parts))
    assert all(part.span <= largest_span for part in parts)


@given(instants, st.integers(1, 10**6))
def test_halves_touch_or_cannot_be_cut(start: datetime, seconds: int) -> None:
    whole = TimeRange(start, start + timedelta(seconds=seconds))
    halves = whole.halves()
    if halves is None:
        assert whole.span <= timedelta(seconds=1)
    else:
        first, second = halves
        assert (first.start, first.end, second.end) == (whole.start, second.start, whole.end)


def test_utc_days_include_every_touched_day() -> None:
    whole = TimeRange(datetime(2026, 3, 29, 23, 59, tzinfo=BERLIN), datetime(2026, 4, 1, 0, 0, tzinfo=UTC))
    assert [day.isoformat() for day in whole.utc_days()] == ["2026-03-29", "2026-03-30", "2026-03-31"]
    assert datetime(2026, 4, 1, tzinfo=UTC) not in whole
    assert whole.start in whole
