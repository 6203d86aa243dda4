"""Instants, durations and intervals of ISO 8601."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from navixy_async.testing.iso8601 import read_duration, read_instant, read_interval, stamp


def test_an_instant_needs_an_offset_or_a_zone() -> None:
    assert read_instant("2026-03-01T12:00:00+01:00") == read_instant("2026-03-01T11:00:00Z") == 1_772_362_800
    assert read_instant("2026-03-01T12:00:00", ZoneInfo("Europe/Berlin")) == 1_772_362_800
    assert [read_instant(wrong) for wrong in ("2026-03-01T12:00:00", "noon", "", None, 5)] == [None] * 5


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("P7D", 604_800),
        ("PT22M", 1320),
        ("P1W", 604_800),
        ("P1M", 2_592_000),
        ("P1Y", 31_536_000),
        ("P1DT2H3S", 93_603),
    ],
)
def test_durations_are_read(text: str, seconds: float) -> None:
    assert read_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "P", "PT", "7D", "P1S", "-P1D"])
def test_what_is_not_a_duration_is_none(text: str) -> None:
    assert read_duration(text) is None


def test_an_interval_is_two_instants_or_one_and_a_duration() -> None:
    whole = (1_772_362_800.0, 1_772_366_400.0)
    assert read_interval("2026-03-01T11:00:00Z/2026-03-01T12:00:00Z") == whole
    assert read_interval("2026-03-01T11:00:00Z/PT1H") == whole
    assert read_interval("PT1H/2026-03-01T12:00:00Z") == whole
    assert [read_interval(wrong) for wrong in ("PT1H/PT1H", "2026-03-01T11:00:00Z", "a/b", 3)] == [None] * 4


def test_a_stamp_has_milliseconds() -> None:
    assert stamp(1_772_362_800) == "2026-03-01T11:00:00.000Z"
