"""Counters that are not there, and ranges that are too long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from navixy_async.errors import InvalidRequest, NotFound, SpanTooBig
from navixy_async.times import TimeRange

from .test_harvests_streams import DAY
from .test_streams_rules import NOON, Scripted, fetch


def test_a_counter_that_is_not_there_is_no_loss_and_a_tracker_that_is_not_there_is() -> None:
    there = {"value": ["odometer"]}

    def answer(path: str, params: Mapping[str, Any]) -> dict[str, Any]:
        if path == "tracker/get_counters":
            return {"list": [{"type": kind} for kind in there["value"]]}
        if params["type"] == "odometer":
            return {"list": [{"value": 7.5, "update_time": "2026-03-20T12:00:00Z"}]}
        raise NotFound(204, "Entity not found")

    window = TimeRange(NOON, NOON + DAY)
    assert [row["value"] for row in fetch("counters", Scripted(answer), window).batch.to_pylist()] == [7.5]
    there["value"].append("engine_hours")
    with pytest.raises(NotFound):
        fetch("counters", Scripted(answer), window)


@pytest.mark.parametrize(("days", "kind"), [(20, SpanTooBig), (1, InvalidRequest)])
def test_a_wrong_parameter_of_a_long_range_of_counters_is_its_length(days: int, kind: type[Exception]) -> None:
    def answer(_: str, __: Mapping[str, Any]) -> dict[str, Any]:
        raise InvalidRequest(7, "Invalid parameters")

    with pytest.raises(InvalidRequest) as caught:
        fetch("counters", Scripted(answer), TimeRange(NOON, NOON + days * DAY))
    assert type(caught.value) is kind
