"""Rows of local days: whole days of each account's calendar, in every zone, beside days found minute by minute."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.errors import InvalidInput, ServerFault
from navixy_async.harvest import Coverage, Harvest, Harvests, Increments
from navixy_async.times import TimeRange

from ..support.harvest.model import Fleet, Model, Point, day_truth, sec
from ..support.harvest.places import Place
from .test_random_worlds import Key

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 3, 9), date(2026, 3, 13)
VALUES = {"mileage": "mileage", "engine_hours": "engine_hours"}
ZONES = [
    "Etc/GMT+12", "Pacific/Pago_Pago", "Pacific/Marquesas", "America/New_York", "America/St_Johns", "UTC",
    "Europe/Berlin", "Asia/Tehran", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Eucla", "Australia/Lord_Howe",
    "Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia", "Pacific/Kiritimati",
]  # fmt: skip


def world(*zones: str, first: date = FIRST, last: date = LAST) -> Model:
    """An account for each zone, with a tracker that has a point every 50 minutes."""
    begin = int(datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp()) - 2 * 86_400
    end = begin + 86_400 * ((last - first).days + 4)
    return Model(
        {
            f"{number} {zone}".replace("/", " "): Fleet(
                {number + 1: [Point(second, 0) for second in range(begin, end, 3000)]}, time_zone=zone
            )
            for number, zone in enumerate(zones)
        },
        now=end + 10 * 86_400,
    )


def harvest(model: Model, stream: str, start: date, end: date | None) -> Harvest:
    made: Harvest = getattr(Harvests(model.callers()), stream)(start=start, end=end, workers=3)

    def clock() -> datetime:
        assert model.now is not None
        return datetime.fromtimestamp(model.now, UTC)

    made._spec = replace(made._spec, increments=Increments(clock=clock))
    return made


def days_found(place: Place, stream: str) -> list[Key]:
    rows = place.rows(stream)
    assert len({(row["account"], row["tracker_id"], row["day"]) for row in rows}) == len(rows), "no day twice"
    return sorted((row["account"], row["tracker_id"], int(row["time"].timestamp()), int(row[stream])) for row in rows)


def write(place: Place, model: Model, stream: str, *period: date | None, now: str | None = None) -> Coverage:
    start, end = period
    assert start is not None
    if now is not None:
        model.now = sec(now)
    return asyncio.run(place.write(harvest(model, stream, start, end)))


@pytest.mark.parametrize("stream", VALUES)
def test_local_dates_are_those_of_each_account(stream: str, tmp_path: Path) -> None:
    model, place = world(*ZONES), Place("parquet", tmp_path)
    coverage = write(place, model, stream, FIRST, LAST)
    truth = day_truth(model, FIRST, LAST, 2**40)
    assert days_found(place, stream) == truth and len(truth) == len(ZONES) * 4
    assert {row["day"] for row in place.rows(stream)} == {FIRST + number * DAY for number in range(4)}
    assert coverage.is_complete and len(coverage.calendars) == len(ZONES)
    for label in model.fleets:
        first = min(key[2] for key in truth if key[0] == label)
        assert coverage.asked_of(label).start == datetime.fromtimestamp(first, UTC)
        assert set(coverage.complete[label, int(label.split()[0]) + 1]) == {coverage.asked_of(label)}


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles", "Asia/Kathmandu", "UTC"])
def test_datetimes_mean_every_local_day_that_they_touch(zone: str, tmp_path: Path) -> None:
    model, place = world(zone), Place("parquet", tmp_path)
    start, end = datetime(2026, 3, 10, tzinfo=UTC), datetime(2026, 3, 11, tzinfo=UTC)
    write(place, model, "mileage", start, end)
    touched = {(start + timedelta(minutes=minute)).astimezone(ZoneInfo(zone)).date() for minute in range(24 * 60)}
    assert {row["day"] for row in place.rows("mileage")} == touched
    assert days_found(place, "mileage") == day_truth(model, min(touched), max(touched) + DAY, 2**40)


DST = [
    ("Europe/Berlin", date(2026, 3, 28)),  # 23 hours
    ("America/New_York", date(2026, 10, 31)),  # 25 hours
    ("Australia/Lord_Howe", date(2026, 4, 4)),  # 24.5 hours
    ("Africa/Cairo", date(2026, 4, 23)),  # no midnight
    ("America/Havana", date(2026, 10, 31)),  # midnight happens twice
    ("Asia/Beirut", date(2026, 3, 28)),
    ("America/Santiago", date(2026, 4, 3)),
    ("Pacific/Apia", date(2011, 12, 28)),  # a date that is left out
    ("America/Goose_Bay", date(2006, 10, 27)),  # one minute of a day before the end of the one before it
]


@pytest.mark.parametrize("stream", VALUES)
@pytest.mark.parametrize(("zone", "first"), DST, ids=[zone for zone, _ in DST])
def test_days_on_which_clocks_change(zone: str, first: date, stream: str, tmp_path: Path) -> None:
    last = first + 4 * DAY
    model, place = world(zone, first=first, last=last), Place("parquet", tmp_path)
    coverage = write(place, model, stream, first, last)
    assert coverage.is_complete
    truth = day_truth(model, first, last, 2**40)
    found = days_found(place, stream)
    assert [key[:3] for key in found] == [key[:3] for key in truth]
    if zone != "America/Goose_Bay":
        assert found == truth


@pytest.mark.parametrize("kind", ["parquet", "ndjson", "duckdb"])
@pytest.mark.parametrize("stream", VALUES)
def test_a_day_that_goes_on_waits_and_is_read_when_it_is_over(stream: str, kind: str, tmp_path: Path) -> None:
    model, place = world("Asia/Tokyo", "America/New_York"), Place(kind, tmp_path)
    for now in ("03-10 17:00:00", "03-11 15:00:00", "03-12 05:00:00", "03-14 00:00:00"):
        coverage = write(place, model, stream, FIRST, LAST, now=now)
        assert days_found(place, stream) == day_truth(model, FIRST, LAST, sec(now))
        assert coverage.rows == len(place.rows(stream))
        over = now == "03-14 00:00:00"
        assert coverage.is_complete is over and bool(coverage.waiting) is not over
        assert all(hole.range.start <= datetime.fromtimestamp(sec(now), UTC) for hole in coverage.waiting)
    assert write(place, model, stream, FIRST, LAST, now="03-20 00:00:00").young == ()


def test_without_an_end_the_day_that_goes_on_is_young_and_never_complete(tmp_path: Path) -> None:
    model, place = world("Asia/Tokyo", "America/New_York"), Place("parquet", tmp_path)
    coverage = write(place, model, "mileage", FIRST, None, now="03-11 17:00:00")
    begun = {"0 Asia Tokyo": "03-11 15:00:00", "1 America New_York": "03-11 04:00:00"}
    for (label, _), ranges in coverage.complete.items():
        assert ranges == (TimeRange(coverage.asked_of(label).start, datetime.fromtimestamp(sec(begun[label]), UTC)),)
    assert {hole.range.end for hole in coverage.young} >= {datetime.fromtimestamp(sec("03-11 17:00:00"), UTC)}
    assert coverage.is_complete and len(coverage.whole) == 2
    assert {row["day"].day for row in place.rows("mileage")} == {9, 10, 11, 12}
    write(place, model, "mileage", FIRST, None, now="03-20 00:00:00")
    assert days_found(place, "mileage")[-1][3] == day_truth(model, FIRST, date(2026, 3, 20), 2**40)[-1][3]


def test_an_account_whose_zone_cannot_be_read_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    model, place = world("Asia/Tokyo", "America/New_York"), Place("parquet", tmp_path)
    model.fleets["0 Asia Tokyo"].time_zone = "Mars/Olympus"
    coverage = write(place, model, "mileage", FIRST, LAST)
    assert {hole.account for hole in coverage.failed} == {"0 Asia Tokyo"}
    assert {row["account"] for row in place.rows("mileage")} == {"1 America New_York"}
    model.fleets["0 Asia Tokyo"].time_zone = "Asia/Tokyo"
    assert write(place, model, "mileage", FIRST, LAST).is_complete
    assert days_found(place, "mileage") == day_truth(model, FIRST, LAST, 2**40)


@pytest.mark.parametrize("stream", ["tracks", "events", "trips", "sensors", "counters", "raw", "raw_arrived"])
def test_dates_are_refused_where_rows_are_of_moments(stream: str) -> None:
    make: Callable[..., Any] = getattr(Harvests(world("UTC").callers()), stream)
    with pytest.raises(InvalidInput, match=r"start is a date \(2026-03-09\).* give it a time"):
        make(start=FIRST, end=LAST)


def test_a_date_beside_a_datetime_is_refused() -> None:
    with pytest.raises(InvalidInput, match="both be dates or both be datetimes"):
        Harvests(world("UTC").callers()).mileage(start=FIRST, end=datetime(2026, 3, 20, tzinfo=UTC))
    with pytest.raises(InvalidInput, match="must be after the start"):
        Harvests(world("UTC").callers()).mileage(start=LAST, end=FIRST)


def test_trouble_with_the_zone_that_passes_is_a_hole_of_the_run() -> None:
    model = world("Asia/Tokyo")
    model.trouble = lambda path, *_: ServerFault(8, "busy", operation=path) if path == "user/get_info" else None
    made = harvest(model, "mileage", FIRST, LAST)
    with pytest.raises(ServerFault):
        asyncio.run(made.to_arrow())


@settings(max_examples=60, deadline=None)
@given(
    name=st.sampled_from(sorted(available_timezones())),
    start=st.datetimes(datetime(1975, 1, 1), datetime(2036, 1, 1)),
    hours=st.integers(1, 80),
)
def test_every_day_of_every_zone_begins_at_its_first_moment(name: str, start: datetime, hours: int) -> None:
    from navixy_async.harvest.plan.local_days import asked_of, begin_of, local_days

    zone, begin = ZoneInfo(name), start.replace(tzinfo=UTC, second=0, microsecond=0)
    window = TimeRange(begin, begin + timedelta(hours=hours))
    days = local_days(window, zone)
    for day, following in pairwise(days):
        assert day.end == following.start
    for day in days:
        assert day.start in window and day.start.astimezone(zone).date() == day.day
        assert (day.start - timedelta(seconds=1)).astimezone(zone).date() < day.day
        assert (day.end - timedelta(seconds=1)).astimezone(zone).date() in (day.day, day.day + DAY)
    asked = asked_of(window.start, window.end, zone)
    assert asked.start <= window.start and asked.end >= window.end
    assert asked.start == begin_of(window.start, zone)
    touched = {(begin + timedelta(minutes=minute)).astimezone(zone).date() for minute in range(hours * 60)}
    assert {day.day for day in local_days(asked, zone)} >= touched
    assert asked.start.astimezone(zone).date() == min(touched)
