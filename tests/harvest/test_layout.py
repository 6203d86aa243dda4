"""Bytes to Arrow: both readers give the same rows, and what is wrong is said instead of guessed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.harvest.answers import layout
from navixy_async.harvest.answers.layout import TIMESTAMP, by_day, in_order, within
from navixy_async.harvest.streams.tracks import TRACKS
from navixy_async.times import TimeRange

from ..support.harvest.model import at

LAYOUT = TRACKS.layout

FULL = {
    "lat": 43.0375133,
    "lng": -79.226505,
    "alt": -3,
    "satellites": 10,
    "mileage": 43.93,
    "get_time": "2023-11-01T04:38:39+0500",
    "address": 'Kottmeier Road "7", Thorold\n\u2603 \U0001f600 },{ ]',
    "heading": 280,
    "speed": 53,
    "precision": 100,
    "gsm_lbs": False,
    "parking": True,
    "buffered": True,
}


def body(rows: list[Any], **members: Any) -> bytes:
    return json.dumps({"success": True, "limit_exceeded": False, "list": rows, **members}).encode()


def read_both(data: bytes, zone: Any = None) -> Any:
    """The answer through each of the readers; they must agree."""
    arrow = LAYOUT._read_arrow(data, {"tracker_id": 5}, zone)
    structs = LAYOUT._read_structs(data, {"tracker_id": 5}, zone)
    assert arrow.batch.equals(structs.batch) and arrow.batch.schema == LAYOUT.schema == structs.batch.schema
    assert arrow.limit_exceeded == structs.limit_exceeded
    arrow.batch.validate(full=True)
    return arrow


def test_every_member_arrives_with_its_type() -> None:
    (row,) = read_both(body([FULL])).batch.to_pylist()
    assert row.pop("tracker_id") == 5
    assert row.pop("time") == datetime(2023, 10, 31, 23, 38, 39, tzinfo=UTC)
    assert row == {name: value for name, value in FULL.items() if name != "get_time"}


def test_missing_and_null_are_null_and_unknown_is_ignored() -> None:
    rows = [
        {"get_time": FULL["get_time"]},
        dict.fromkeys(FULL) | {"get_time": FULL["get_time"], "new": {"list": [1, {}]}},
    ]
    for row in read_both(body(rows, extra={"list": [3]})).batch.to_pylist():
        assert {value for name, value in row.items() if name not in ("tracker_id", "time")} == {None}


def test_an_empty_list_has_no_rows_and_every_column() -> None:
    found = read_both(body([], limit_exceeded=True))
    assert (found.batch.num_rows, found.limit_exceeded) == (0, True)


point = st.fixed_dictionaries(
    {
        "get_time": st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1)).map(
            lambda m: m.strftime("%Y-%m-%dT%H:%M:%S+0330")
        )
    },
    optional={
        "lat": st.floats(-90, 90) | st.integers(-90, 90),
        "mileage": st.none() | st.floats(0, 1e6),
        "alt": st.integers(-(2**31), 2**31 - 1),
        "speed": st.none() | st.integers(0, 300),
        "address": st.none() | st.text(st.characters(exclude_categories=["Cs"])),
        "parking": st.booleans(),
        "unknown": st.none() | st.integers() | st.lists(st.text(max_size=3), max_size=2),
    },
)


@settings(max_examples=50, deadline=None)
@given(st.lists(point, min_size=3, max_size=60), st.integers(30, 400), st.booleans())
def test_a_split_answer_is_the_same_answer(rows: list[dict[str, Any]], size: int, compact: bool) -> None:
    data = body(rows, limit_exceeded=True)
    if compact:
        data = json.dumps(json.loads(data), separators=(",", ":")).encode()
    whole = LAYOUT._read_arrow(data, {"tracker_id": 5}, None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "LARGE", 0)
        patch.setattr(layout, "_PART_BYTES", size)
        parts, answers = layout.split_answer(data, "get_time", "mark")
        joined = parts if isinstance(parts, bytes) else parts.to_pybytes()
        assert [len(json.loads(line)["list"]) > 0 for line in joined.splitlines()] == [True] * answers
        # A row may be longer than such a part.
        patch.setattr(layout, "_PART_BYTES", max(size, 8_000))
        found = LAYOUT._read_arrow(data, {"tracker_id": 5}, None)
    assert found.batch.equals(whole.batch) and found.limit_exceeded is whole.limit_exceeded is True


def test_parts_cut_between_the_wrong_rows_are_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [FULL | {"inner": [{"alt": 1}, {"alt": 2}] * 40}] * 50
    monkeypatch.setattr(layout, "LARGE", 0)
    monkeypatch.setattr(layout, "SMALL", 0)
    monkeypatch.setattr(layout, "_PART_BYTES", 300)
    assert layout.split_answer(body(rows), "get_time", "mark")[1] > 1
    assert LAYOUT.read(body(rows), "track/read", fixed={"tracker_id": 5}).batch.num_rows == 50


def test_an_answer_with_line_breaks_stays_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "_PART_BYTES", 100)
    data = body([FULL] * 20).replace(b', "lat"', b',\n"lat"') + b"\n"
    assert layout.split_answer(data, "get_time", "mark") == (data, 1)


def test_a_large_answer_goes_through_arrow_and_a_whole_number_with_a_point_does_not_stop_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(layout, "SMALL", 0)
    used: list[int] = []
    real = LAYOUT._read_carefully
    monkeypatch.setattr(LAYOUT, "_read_carefully", lambda *args: used.append(1) or real(*args))
    assert LAYOUT.read(body([FULL]), "track/read", fixed={"tracker_id": 5}).batch.num_rows == 1
    assert not used
    (row,) = LAYOUT.read(body([FULL | {"satellites": 9.0}]), "track/read", fixed={"tracker_id": 5}).batch.to_pylist()
    assert used and row["satellites"] == 9


def batch(*seconds: int) -> Any:
    return pa.record_batch(
        {
            "tracker_id": pa.array([1] * len(seconds), pa.int64()),
            "time": pa.array([second * 1_000_000 for second in seconds], TIMESTAMP),
            "note": pa.array(range(len(seconds)), pa.int64()),
        }
    )


@given(st.lists(st.integers(0, 5 * 86_400), max_size=30))
def test_sorting_keeps_the_order_of_ties_and_days_lose_nothing(seconds: list[int]) -> None:
    seconds = [second // 7_000 * 7_000 for second in seconds]
    ordered = in_order(batch(*seconds), ["time"])
    expected = sorted(enumerate(seconds), key=lambda pair: pair[1])
    assert ordered.column("note").to_pylist() == [note for note, _ in expected]
    for rows in (ordered, batch(*seconds)):
        pieces = list(by_day(rows, "time"))
        assert [day for day, _ in pieces] == sorted({day for day, _ in pieces})
        kept = [(row["time"].date(), row["note"]) for _, piece in pieces for row in piece.to_pylist()]
        assert sorted(note for _, note in kept) == list(range(len(seconds)))
        assert all(row["time"].date() == day for day, piece in pieces for row in piece.to_pylist())
        for _, piece in pieces:
            notes = piece.column("note").to_pylist()
            positions = rows.column("note").to_pylist()
            assert notes == sorted(notes, key=positions.index)


def test_a_window_holds_its_start_and_not_its_end() -> None:
    window = TimeRange(at("03-16 00:00:00"), at("03-17 00:00:00"))
    edges = [int(moment.timestamp()) for moment in (window.start - timedelta(seconds=1), window.start, window.end)]
    assert within(batch(*edges), "time", window).column("note").to_pylist() == [1]
    inside = batch(edges[1])
    assert within(inside, "time", window) is inside
