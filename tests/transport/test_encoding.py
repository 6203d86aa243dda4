"""Parameters on the wire."""

import enum
from datetime import datetime, timedelta, timezone

import msgspec
import pytest

from navixy_async.errors import InvalidInput
from navixy_async.transport.encoding import encode_params, encode_query, fill_path

START = datetime(2026, 3, 1, 12, 0, 0, 500_000, tzinfo=timezone(timedelta(hours=2)))


class Colour(enum.Enum):
    RED = "FF0000"


class Place(msgspec.Struct):
    lat: float
    seen: datetime


def test_a_range_covers_what_was_asked() -> None:
    assert encode_params({"from": START, "to": START}) == (
        b'{"from":"2026-03-01T10:00:00+0000","to":"2026-03-01T10:00:01+0000"}'
    )


def test_nested_values_null_and_enums() -> None:
    params = {
        "place": Place(1.5, START),
        "when": [START],
        "period": {"to": START},
        "colour": Colour.RED,
        "group": None,
        "ids": {7},
    }
    assert msgspec.json.decode(encode_params(params)) == {
        "place": {"lat": 1.5, "seen": "2026-03-01T10:00:00+0000"},
        "when": ["2026-03-01T10:00:00+0000"],
        "period": {"to": "2026-03-01T10:00:01+0000"},
        "colour": "FF0000",
        "group": None,
        "ids": [7],
    }
    assert encode_params(None) == encode_params({}) == b"{}"


def test_odd_characters_survive() -> None:
    label = 'Ω "quoted" \u2028 🚚 שלום \x00'
    assert msgspec.json.decode(encode_params({"label": label})) == {"label": label}


def test_what_cannot_be_sent_says_why() -> None:
    with pytest.raises(InvalidInput, match="naive datetime"):
        encode_params({"from": datetime(2026, 3, 1)})
    with pytest.raises(InvalidInput, match="cannot be written as JSON"):
        encode_params({"x": object()})
    with pytest.raises(InvalidInput, match="give the credential to"):
        encode_params({"hash": "0" * 32})
    with pytest.raises(InvalidInput, match="give the credential to"):
        encode_query({"hash": "0" * 32})


def test_query_text_stays_text_and_the_rest_is_json() -> None:
    assert encode_query({"format": "csv", "ids": [1, 2], "flag": True, "from": START}) == {
        "format": "csv",
        "ids": "[1,2]",
        "flag": "true",
        "from": "2026-03-01T10:00:00+0000",
    }


def test_path_parts_come_from_the_parameters() -> None:
    assert fill_path("trackers/{tracker_id}/resampling", {"tracker_id": 12, "step": 1}) == (
        "trackers/12/resampling",
        {"step": 1},
    )
    for wrong in ({}, {"tracker_id": "../user"}, {"tracker_id": True}, {"tracker_id": 1.5}):
        with pytest.raises(InvalidInput, match="needs the parameter tracker_id"):
            fill_path("trackers/{tracker_id}/resampling", wrong)


def test_the_panel_reads_times_in_the_zone_of_its_operator() -> None:
    naive = datetime(2026, 3, 1, 12, 30, 15, 250_000)
    assert encode_params({"from": naive, "to": naive}, "panel") == (
        b'{"from":"2026-03-01 12:30:15","to":"2026-03-01 12:30:16"}'
    )
    assert encode_query({"x": {"to": [datetime.max]}}, "panel") == {"x": '{"to":["9999-12-31 23:59:59"]}'}
    assert encode_params({"from": START}, "panel") == encode_params({"from": START}), "what came with an offset"
    for api in ("backend", "iot_logic", "dwh", "eco_fleet"):
        with pytest.raises(InvalidInput, match="naive"):
            encode_params({"from": naive}, api)
