"""Platforms that refuse lengths for ever, or say absurd things about them: a few requests an item, and a named hole."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from navixy_async.errors import ApiError, InvalidRequest, SpanTooBig
from navixy_async.harvest import Harvests
from navixy_async.harvest.plan.windows import AccountPlan, WindowRule
from navixy_async.paging.intervals import IntervalSet
from navixy_async.times import TimeRange

from ..support.harvest.model import Fleet, Model, Point, at, batch_rows, track_truth
from ..support.harvest.small import DAY, END, START, batches, tracks, world

HOUR = timedelta(hours=1)


def refusal(told: str | None) -> SpanTooBig:
    return SpanTooBig(211, "Requested time span is too big", extra={} if told is None else {"max_time_span": told})


@pytest.mark.parametrize("stream", ["tracks", "events", "trips", "trip_points", "sensors", "counters"])
@pytest.mark.parametrize("told", [None, "P90D", "PT1S", "PT0S", "PT6H"])
async def test_a_platform_that_finds_every_period_too_long_costs_few_requests(stream: str, told: str | None) -> None:
    model = Model({"one": Fleet({1: []})})
    spans: list[timedelta] = []

    def trouble(path: str, params: Mapping[str, Any], _: int) -> BaseException | bytes | None:
        if path == "tracker/sensor/batch_list":
            return json.dumps({"success": True, "result": {"1": [{"id": 5, "type": "metering"}]}}).encode()
        if "from" not in params:
            return None
        spans.append(params["to"] - params["from"])
        return refusal(told)

    model.trouble = trouble
    harvest = getattr(Harvests(model.callers()), stream)(start=START, end=END, window=DAY, on_error="collect")
    assert not await batches(harvest)
    assert harvest.coverage is not None
    assert [(hole.tracker_id, hole.range, hole.code) for hole in harvest.coverage.failed] == [
        (1, TimeRange(START, END), 211)
    ]
    assert len(spans) <= 3 * 8, "three windows of a day"
    assert min(spans) >= HOUR


async def test_counters_that_find_every_period_a_wrong_parameter_cost_few_requests() -> None:
    model = Model({"one": Fleet({1: []})})

    def trouble(path: str, params: Mapping[str, Any], _: int) -> BaseException | None:
        return InvalidRequest(7, "Invalid parameters", operation=path) if "from" in params else None

    model.trouble = trouble
    harvest = Harvests(model.callers()).counters(start=START, end=START + 60 * DAY, on_error="collect")
    assert not await batches(harvest)
    assert harvest.coverage is not None and {hole.code for hole in harvest.coverage.failed} <= {7, 211}
    assert model.count("tracker/counter/data/read") <= 50


@pytest.mark.parametrize(
    "error", [ApiError(9, "Too large request", http_status=412), ApiError(0, "Payload Too Large", http_status=413)]
)
async def test_a_platform_that_finds_every_answer_too_large_costs_few_requests(error: ApiError) -> None:
    model = Model({"one": Fleet({1: []})})
    model.trouble = lambda path, params, _: error if path == "track/read" else None
    harvest = Harvests(model.callers()).tracks(start=START, end=END, window=3 * DAY, on_error="collect")
    assert not await batches(harvest)
    assert harvest.coverage is not None and not harvest.coverage.complete["one", 1]
    assert model.count("track/read") <= 3 * 38, "three windows of a day"


async def test_one_moment_that_is_always_too_large_costs_its_minute_alone() -> None:
    model = world()
    moment = at("03-17 06:30:30")

    def trouble(path: str, params: Mapping[str, Any], _: int) -> BaseException | None:
        dense = path == "track/read" and params["tracker_id"] == 2 and params["from"] <= moment <= params["to"]
        return ApiError(0, "Payload Too Large", http_status=413, operation=path) if dense else None

    model.trouble = trouble
    harvest = tracks(model, on_error="collect")
    rows = batch_rows(await batches(harvest), "mileage")
    assert harvest.coverage is not None
    (hole,) = harvest.coverage.failed
    assert moment in hole.range and hole.range.span <= timedelta(minutes=2)
    assert set(track_truth(model, START, END)) - set(rows) == {
        row
        for row in track_truth(model, START, END)
        if row[1] == 2 and hole.range.start.timestamp() <= row[2] < hole.range.end.timestamp()
    }
    assert len(rows) == len(set(rows))


async def test_a_length_that_is_taken_is_learnt_and_one_that_never_is_is_not() -> None:
    """One tracker whose every period is refused makes the windows of the others no shorter."""
    model = Model({"one": Fleet({1: [], 2: []})})
    spans: dict[int, list[timedelta]] = {1: [], 2: []}

    def trouble(path: str, params: Mapping[str, Any], _: int) -> BaseException | None:
        if path != "track/read":
            return None
        spans[params["tracker_id"]].append(params["to"] - params["from"])
        if params["tracker_id"] == 1:
            return refusal("PT6H")
        return refusal(None) if spans[2][-1] > timedelta(hours=50) else None

    model.trouble = trouble
    harvest = Harvests(model.callers()).tracks(start=START, end=START + 20 * DAY, workers=1, on_error="collect")
    await batches(harvest)
    assert harvest.coverage is not None
    assert harvest.coverage.complete["one", 2] == (TimeRange(START, START + 20 * DAY),)
    refused = [span for span in spans[2] if span > timedelta(hours=50)]
    assert len(refused) <= 5 and len(spans[2]) <= 20 + len(refused)
    assert sum(span >= DAY for span in spans[2]) >= 8


def test_no_plan_is_capped_below_an_hour() -> None:
    asked = TimeRange(START, START + DAY)
    plan = AccountPlan("one", {1: IntervalSet([asked])}, WindowRule(first=DAY, longest=DAY, target=1000))
    plan.cap(timedelta(seconds=1))
    assert plan.longest == HOUR


@pytest.mark.parametrize("span", ["PT1S", "P0D", "PT59M"])
async def test_an_absurd_length_in_the_configuration_is_told_and_not_used(
    span: str, caplog: pytest.LogCaptureFixture
) -> None:
    model = Model({"one": Fleet({1: [Point(int(START.timestamp()) + 60 * n, n) for n in range(50)]})})
    config = {"platform": {"report.max_time_span": span, "stats": {"max_time_span": span}, "history.max_limit": 10**12}}
    body = json.dumps({"success": True, **config}).encode()
    model.trouble = lambda path, params, _: body if path == "dealer/get_ui_config" else None
    for stream in ("tracks", "trips", "events"):
        model.asked.clear()
        caplog.clear()
        await batches(getattr(Harvests(model.callers()), stream)(start=START, end=END))
        assert len(model.asked) <= 12
        assert sum("not believed" in record.getMessage() for record in caplog.records) == 2
    assert all(record.levelno == logging.WARNING for record in caplog.records if "believed" in record.getMessage())


@pytest.mark.parametrize("hours", [1, 2, 3, 4, 5, 23, 24, 47, 48, 49, 200])
@pytest.mark.parametrize("tell", [True, False])
async def test_what_is_asked_around_trips_fits_into_what_is_allowed(hours: int, tell: bool) -> None:
    """Three times as long as the shortest window is what trips need: with less, all of it is named."""
    model = world(max_span=timedelta(hours=hours), tell_span=tell)
    body = json.dumps({"success": True, "platform": {"report": {"max_time_span": f"PT{hours}H"}}}).encode()
    model.trouble = lambda path, params, _: body if path == "dealer/get_ui_config" else None
    harvest = Harvests(model.callers()).trips(start=START, end=END, on_error="collect")
    await batches(harvest)
    assert harvest.coverage is not None
    if hours >= 3:
        assert not harvest.coverage.failed
    assert model.count("track/list") <= 6 * 72 * 3
