"""Times in both modes, and errors as the documents print them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navixy_async.testing.codes import ERRORS
from navixy_async.testing.wire import Times, WireError, invalid, without_nulls

BERLIN, SYDNEY, KATHMANDU = ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Sydney"), ZoneInfo("Asia/Kathmandu")
ZONES = ["Europe/Berlin", "Australia/Sydney", "Asia/Kathmandu", "America/New_York", "UTC", "Australia/Lord_Howe"]


def epoch(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


@given(st.integers(1_000_000_000, 2_000_000_000), st.sampled_from(ZONES), st.sampled_from(["colon", "compact", "zulu"]))
def test_iso_times_say_the_very_moment(moment: int, zone: str, style: str) -> None:
    times = Times(ZoneInfo(zone), style)  # type: ignore[arg-type]
    text = times.text(moment)
    assert datetime.fromisoformat(text).timestamp() == moment
    assert times.read(text) == moment
    local = datetime.fromtimestamp(moment, UTC if style == "zulu" else ZoneInfo(zone))
    assert text[:19] == local.strftime("%Y-%m-%dT%H:%M:%S")


@given(st.integers(1_000_000_000, 2_000_000_000), st.sampled_from(ZONES))
def test_naive_times_are_the_wall_clock_of_the_account(moment: int, zone: str) -> None:
    text = Times(ZoneInfo(zone), None).text(moment)
    assert text == datetime.fromtimestamp(moment, ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M:%S")


def test_offsets_are_written_as_the_platform_writes_them() -> None:
    moment = epoch("2026-03-20T12:00:00+00:00")
    assert Times(KATHMANDU, "colon").text(moment) == "2026-03-20T17:45:00+05:45"
    assert Times(KATHMANDU, "compact").text(moment) == "2026-03-20T17:45:00+0545"
    assert Times(KATHMANDU, "zulu").text(moment) == "2026-03-20T12:00:00Z"
    assert Times(ZoneInfo("America/New_York"), "colon").text(moment) == "2026-03-20T08:00:00-04:00"


def test_an_hour_that_happens_twice_is_one_text_for_two_moments() -> None:
    first, second = epoch("2026-04-05T02:30:00+11:00"), epoch("2026-04-05T02:30:00+10:00")
    naive = Times(SYDNEY, None)
    assert second - first == 3600
    assert naive.text(first) == naive.text(second) == "2026-04-05 02:30:00"
    assert naive.read("2026-04-05 02:30:00") == first
    assert Times(SYDNEY, "colon").text(second).endswith("+10:00")


def test_an_hour_that_never_happens_is_read_after_the_change() -> None:
    assert Times(BERLIN, None).read("2026-03-29 02:30:00") == epoch("2026-03-29T03:30:00+02:00")


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-20 12:00:00",
        "2026-03-20T12:00:00",
        "2026-03-20",
        "",
        "2026-13-20T12:00:00Z",
        "2026-03-20T12:00Z",
    ],
)
def test_iso_mode_wants_an_offset(text: str) -> None:
    assert Times(BERLIN, "colon").read(text) is None


@pytest.mark.parametrize("text", ["2026-03-20T12:00:00+0000", "2026-03-20T12:00:00", "2026-02-30 12:00:00", "x"])
def test_naive_mode_wants_no_offset(text: str) -> None:
    assert Times(BERLIN, None).read(text) is None


@pytest.mark.parametrize("offset", ["Z", "+00:00", "+0000"])
def test_every_spelling_of_an_offset_is_read(offset: str) -> None:
    assert Times(BERLIN, "colon").read(f"2026-03-20T12:00:00{offset}") == epoch("2026-03-20T12:00:00+00:00")


def test_errors_have_the_documented_shape() -> None:
    error = WireError(211, max_time_span="P90D")
    assert error.http == 400
    assert json.loads(error.body()) == {
        "success": False,
        "status": {"code": 211, "description": "Requested time span is too big"},
        "max_time_span": "P90D",
    }
    wrong = json.loads(invalid("to", "must be after from").body())
    assert wrong["errors"] == [{"parameter": "to", "error": "must be after from"}]


def test_statuses_of_the_codes_that_clients_decide_by() -> None:
    expected = {
        1: 500,
        4: 400,
        7: 400,
        8: 503,
        9: 412,
        14: 503,
        15: 429,
        204: 404,
        208: 403,
        217: 400,
        268: 402,
        276: 403,
    }
    assert {code: ERRORS[code][0] for code in expected} == expected


def test_nulls_are_left_out_at_any_depth() -> None:
    assert without_nulls({"a": None, "b": [{"c": None, "d": 0}], "e": {"f": {"g": None}}}) == {
        "b": [{"d": 0}],
        "e": {"f": {}},
    }
