"""Days that the platform leaves out of mileage and engine hours are gaps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from navixy_async.times import TimeRange

from ..support.harvest.small import DAY, END, START
from .test_events_untold import DAYS, driven, platform, run


async def test_a_tracker_that_mileage_leaves_out_is_a_gap() -> None:
    result = {"1": driven(*DAYS)}
    rows, coverage = await run(platform({"tracker/stats/mileage/read": {"result": result}}, 1, 2), "mileage")
    assert {row["tracker_id"] for row in rows} == {1} and len(rows) == 3
    assert [(hole.tracker_id, hole.range) for hole in coverage.gaps] == [(2, TimeRange(START, END))]


async def test_a_day_that_mileage_leaves_out_is_a_gap_of_that_day() -> None:
    result = {"1": driven(*DAYS), "2": driven(DAYS[0], DAYS[2])}
    rows, coverage = await run(platform({"tracker/stats/mileage/read": {"result": result}}, 1, 2), "mileage")
    assert len(rows) == 5
    assert [(hole.tracker_id, hole.range) for hole in coverage.gaps] == [(2, TimeRange(START + DAY, START + 2 * DAY))]


async def test_engine_hours_that_are_null_are_a_gap_of_that_day() -> None:
    def hours(params: Mapping[str, Any]) -> dict[str, Any]:
        return {"value": None if params["from"] == START + DAY else 2.0}

    rows, coverage = await run(platform({"tracker/stats/engine_hours/read": hours}, 1), "engine_hours")
    assert sorted(row["engine_hours"] or 0 for row in rows) == [0, 2.0, 2.0]
    assert [hole.range for hole in coverage.gaps] == [TimeRange(START + DAY, START + 2 * DAY)]
