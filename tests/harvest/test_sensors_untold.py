"""Sensors and values that the platform leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from navixy_async.errors import Unsupported
from navixy_async.times import TimeRange

from ..support.harvest.small import END, START
from .test_events_untold import platform, run


@pytest.mark.parametrize("own", [True, False])
async def test_a_tracker_that_the_list_of_sensors_leaves_out_is_asked_about_alone(own: bool) -> None:
    sensor = {"id": 5, "type": "metering", "sensor_type": "temperature", "name": "t", "units": "C"}
    values = {"list": [{"get_time": "2026-03-16T10:00:00Z", "value": 3.5}]}
    answers = {
        "tracker/sensor/batch_list": {"result": {"1": []}},
        "tracker/sensor/list": {"list": [sensor] if own else []},
        "tracker/sensor/data/read": values,
    }
    model = platform(answers, 1, 2)
    rows, coverage = await run(model, "sensors")
    assert [(row["tracker_id"], row["value"]) for row in rows] == ([(2, 3.5)] if own else [])
    assert coverage.is_complete
    assert model.count("tracker/sensor/list") == 1


@pytest.mark.parametrize("stream", ["sensors", "counters"])
async def test_values_that_the_platform_says_it_cut_are_a_gap(stream: str) -> None:
    listed = {"list": [{"get_time": "2026-03-16T10:00:00Z", "update_time": "2026-03-16T10:00:00Z", "value": 3.5}]}
    answers = {
        "tracker/sensor/batch_list": {"result": {"1": [{"id": 5, "type": "metering"}]}},
        "tracker/sensor/data/read": listed | {"limit_exceeded": True},
        "tracker/counter/data/read": listed | {"limit_exceeded": True},
    }
    rows, coverage = await run(platform(answers, 1), stream)
    assert rows
    assert [(hole.tracker_id, hole.range) for hole in coverage.gaps] == [(1, TimeRange(START, END))]


@pytest.mark.parametrize(("code", "is_complete"), [(228, True), (214, False), (219, False)])
async def test_values_that_the_platform_does_not_tell_of_a_clone_or_device_are_a_gap(
    code: int, is_complete: bool
) -> None:
    answers = {"tracker/sensor/batch_list": {"result": {"1": [{"id": 5, "type": "metering"}]}}}
    model = platform(answers, 1)
    listed = model.trouble

    def refuse(path: str, params: Mapping[str, Any], at: int) -> BaseException | bytes | None:
        if path.endswith("data/read"):
            raise Unsupported(code, "no")
        return None if listed is None else listed(path, params, at)

    model.trouble = refuse
    rows, coverage = await run(model, "sensors")
    assert not rows and coverage.is_complete is is_complete
    assert [hole.tracker_id for hole in coverage.gaps] == ([] if is_complete else [1])


async def test_a_name_of_a_sensor_that_is_no_unicode_is_told() -> None:
    answers = {
        "tracker/sensor/batch_list": {"result": {"1": [{"id": 5, "type": "metering", "name": "\ud800"}]}},
        "tracker/sensor/data/read": {"list": [{"get_time": f"2026-03-16T1{n}:00:00Z", "value": 1} for n in range(3)]},
    }
    rows, coverage = await run(platform(answers, 1), "sensors")
    assert {row["sensor"] for row in rows} == {"\ufffd"} and len(rows) == 3
    assert coverage.is_complete and coverage.replaced_texts == 3
