"""Windows of one tracker: asked for with a second more, cut to the window, and joined from several answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from navixy_async.harvest.streams.one_tracker import CUT
from navixy_async.times import SECOND, TimeRange

from .test_harvests_streams import DAY
from .test_streams_rules import NOON, Scripted, fetch

WINDOW = TimeRange(NOON, NOON + DAY)


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize(("stream", "member"), [("tracks", "get_time"), ("counters", "update_time")])
def test_a_second_more_is_asked_for_and_the_window_decides(stream: str, member: str) -> None:
    asked: list[tuple[datetime, datetime]] = []
    inside = [NOON, NOON + timedelta(hours=3), NOON + DAY - SECOND]

    def answer(_: str, params: Mapping[str, Any]) -> dict[str, Any]:
        asked.append((params["from"], params["to"]))
        times = [inside[2], NOON - SECOND, inside[0], inside[1], NOON + DAY]
        return {"list": [{member: _text(time), "value": 1.5, "lat": 1.5} for time in times]}

    rows = fetch(stream, Scripted(answer), WINDOW).batch.to_pylist()
    assert set(asked) == {(NOON - SECOND, NOON + DAY)}
    assert [row["time"] for row in rows] == [time for time in inside for _ in asked]


def test_answers_are_joined_in_the_stream_s_order_and_one_that_was_cut_is_a_gap() -> None:
    def answer(_: str, params: Mapping[str, Any]) -> dict[str, Any]:
        hours = (1, 4) if params["type"] == "odometer" else (2, 3)
        values = [{"value": float(hour), "update_time": _text(NOON + timedelta(hours=hour))} for hour in hours]
        return {"list": values, "limit_exceeded": params["type"] == "odometer"}

    fetched = fetch("counters", Scripted(answer), WINDOW)
    assert [row["value"] for row in fetched.batch.to_pylist()] == [1.0, 2.0, 3.0, 4.0]
    assert [(part, reason) for _, part, reason in fetched.gaps] == [(WINDOW, CUT)]
    whole = fetch("counters", Scripted(lambda *_: {"list": []}), WINDOW)
    assert (whole.batch.num_rows, whole.gaps) == (0, ())
