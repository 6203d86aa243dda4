"""What the platform refuses, clips, or writes in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from navixy_async.errors import (
    ApiError,
    AttemptTimedOut,
    NavixyError,
    NotFound,
    TrackerBlocked,
)
from navixy_async.harvest import Harvests
from navixy_async.times import TimeRange

from ..support.harvest.model import at, batch_rows, rows_of, sec, track_truth
from ..support.harvest.small import END, START, batches, tracks, world


@pytest.mark.parametrize("tell", [False, True])
async def test_too_long_periods_are_cut_and_the_lesson_is_kept(tell: bool) -> None:
    model = world(max_span=timedelta(hours=7), tell_span=tell)
    harvest = tracks(model, workers=1)
    assert batch_rows(await batches(harvest), "mileage") == track_truth(model, START, END)
    spans = [params["to"] - params["from"] for _, path, params in model.asked if path == "track/read"]
    refused = [span for span in spans if span > model.max_span]
    assert 2 <= len(refused) <= (2 if tell else 6), "each account learns it once"


@pytest.mark.parametrize(
    "refusal",
    [
        ApiError(9, "Too large request", http_status=412, operation="track/read"),
        ApiError(0, "Payload Too Large", http_status=413, operation="track/read"),
        AttemptTimedOut("silent", operation="track/read"),
    ],
)
async def test_answers_too_large_or_too_slow_are_asked_for_in_halves(refusal: NavixyError) -> None:
    model = world()

    def trouble(path: str, params: Mapping[str, Any], _: int) -> BaseException | None:
        too_much = path == "track/read" and params["to"] - params["from"] > timedelta(hours=13)
        return refusal if too_much else None

    model.trouble = trouble
    harvest = tracks(model)
    assert batch_rows(await batches(harvest), "mileage") == track_truth(model, START, END)
    assert harvest.coverage is not None and harvest.coverage.is_complete


async def test_a_silent_platform_is_not_asked_for_ever_smaller_windows(tmp_path: Path) -> None:
    model = world()

    def trouble(path: str, params: Mapping[str, Any], _: int) -> BaseException | None:
        return AttemptTimedOut("silent", operation=path) if params.get("tracker_id") == 2 else None

    model.trouble = trouble
    coverage = await tracks(model, patience=0).to_parquet(tmp_path)
    windows = {params["to"] - params["from"] for _, _, params in model.asked if params.get("tracker_id") == 2}
    assert min(windows) >= timedelta(hours=3)
    assert {hole.error for hole in coverage.failed} == {"AttemptTimedOut"}


async def test_blocked_trackers_are_reported_and_not_asked_for(tmp_path: Path) -> None:
    model = world()
    model.fleets["two"].blocked = {12}
    coverage = await tracks(model).to_parquet(tmp_path)
    assert [(hole.account, hole.tracker_id, hole.range) for hole in coverage.blocked] == [
        ("two", 12, TimeRange(START, END))
    ]
    assert not coverage.is_complete and not coverage.failed
    assert all(params.get("tracker_id") != 12 for _, _, params in model.asked)
    assert rows_of(tmp_path, "tracks", "mileage") == track_truth(model, START, END)
    assert (await Harvests(model.callers()).tracks([12], start=START, end=END).to_parquet(tmp_path / "x")).rows == 0


async def test_a_tracker_that_is_blocked_half_way_is_given_up_and_named(tmp_path: Path) -> None:
    model = world()

    def trouble(path: str, params: Mapping[str, Any], _: int) -> BaseException | None:
        late = params.get("tracker_id") == 2 and params["from"] > at("03-17 12:00:00")
        return TrackerBlocked(208, "Device blocked", operation=path) if late else None

    model.trouble = trouble
    coverage = await tracks(model).to_parquet(tmp_path)
    assert [(hole.tracker_id, hole.range) for hole in coverage.blocked] == [(2, TimeRange(at("03-18 00:00:00"), END))]
    assert coverage.complete["one", 2] == (TimeRange(START, at("03-18 00:00:00")),)
    expected = [row for row in track_truth(model, START, END) if row[1] != 2 or row[2] < sec("03-18 00:00:00")]
    assert rows_of(tmp_path, "tracks", "mileage") == expected


async def test_a_tracker_that_is_deleted_half_way_costs_one_request_more(tmp_path: Path) -> None:
    model = world()
    gone = NotFound(201, "Not found in database", operation="track/read")
    model.trouble = lambda path, params, _: gone if params.get("tracker_id") == 2 else None
    coverage = await tracks(model, workers=1).to_parquet(tmp_path)
    assert [(hole.account, hole.tracker_id, hole.range, hole.code) for hole in coverage.failed] == [
        ("one", 2, TimeRange(START, END), 201)
    ]
    assert sum(1 for _, _, params in model.asked if params.get("tracker_id") == 2) == 1


async def test_what_the_tariff_no_longer_keeps_is_named(tmp_path: Path) -> None:
    since = sec("03-17 08:00:00")
    model = world(kept_since=since)
    coverage = await tracks(model).to_parquet(tmp_path)
    expected = [row for row in track_truth(model, START, END) if row[2] >= since]
    assert rows_of(tmp_path, "tracks", "mileage") == expected
    assert not coverage.is_complete and len(coverage.clipped) == 6
    for hole in coverage.clipped:
        first = min(row[2] for row in expected if row[1] == hole.tracker_id)
        assert hole.tracker_id is not None
        assert hole.range.start == START and since <= hole.range.end.timestamp() <= first
        (complete,) = coverage.complete[hole.account, hole.tracker_id]
        assert (complete.start, complete.end) == (hole.range.end, END)
