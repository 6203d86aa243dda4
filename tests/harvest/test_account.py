"""One account of a harvest: its limits, its zone, its clock, and platforms that do not report them."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from navixy_async.errors import (
    AccessDenied,
)
from navixy_async.harvest import Harvests
from navixy_async.harvest.account import HarvestAccount

from ..support.harvest.model import Fleet, Model, batch_rows, event_truth, rows_of, track_truth
from ..support.harvest.small import END, START, batches, world


async def test_limits_that_the_platform_does_not_tell_are_the_documented_ones() -> None:
    model = world()
    denied = AccessDenied(13, "Operation not permitted", operation="dealer/get_ui_config")
    model.trouble = lambda path, params, _: denied if path == "dealer/get_ui_config" else None
    await batches(Harvests(model.callers()).events(start=START, end=END))
    assert {params["limit"] for _, path, params in model.asked if path == "history/tracker/list"} == {1000}


@pytest.mark.parametrize(
    "platform",
    [
        {"history.max_limit": 7, "report.max_time_span": "P2D"},
        {"history": {"max_limit": 7}, "report": {"max_time_span": "P2D"}},
    ],
)
async def test_limits_are_read_from_the_platform(platform: dict[str, Any]) -> None:
    model = world(history_limit=7)
    answer = json.dumps({"success": True, "platform": platform}).encode()
    model.trouble = lambda path, params, _: answer if path == "dealer/get_ui_config" else None
    harvest = Harvests(model.callers()).events(start=START, end=END)
    assert sorted(batch_rows(await batches(harvest), "id")) == event_truth(model, START, END)
    asked = [params for _, path, params in model.asked if path == "history/tracker/list"]
    assert {params["limit"] for params in asked} == {7}
    assert max(params["to"] - params["from"] for params in asked) <= timedelta(days=2)


async def test_times_without_offset_are_read_in_the_zone_of_the_account(tmp_path: Path) -> None:
    model = world(naive=True, zone="Asia/Kathmandu")
    for each in model.fleets.values():
        each.time_zone = "Asia/Kathmandu"
    harvests = Harvests(model.callers())
    coverage = await harvests.tracks(start=START, end=END).to_parquet(tmp_path)
    assert rows_of(tmp_path, "tracks", "mileage") == track_truth(model, START, END)
    assert dict(coverage.zones) == {"one": "Asia/Kathmandu", "two": "Asia/Kathmandu"}
    assert "read in Asia/Kathmandu" in str(coverage)
    coverage = await harvests.events(start=START, end=END).to_parquet(tmp_path)
    assert sorted(rows_of(tmp_path, "events", "id")) == event_truth(model, START, END)
    assert coverage.zones and model.count("user/get_info") == 4
    assert (await harvests.events(start=START, end=END).to_parquet(tmp_path, resume=True)) == coverage


@pytest.mark.parametrize(
    ("moment", "earliest", "latest"),
    [
        ("2026-07-01T10:00:00Z", "2026-07-01 12:00:00", "2026-07-01 12:00:00"),
        ("2026-07-01T10:00:00.5Z", "2026-07-01 12:00:00", "2026-07-01 12:00:01"),
        ("2026-10-25T00:30:00Z", "2026-10-25 01:30:00", "2026-10-25 02:30:00"),
        ("2026-10-25T01:30:00Z", "2026-10-25 02:30:00", "2026-10-25 03:30:00"),
        ("2026-03-29T01:00:00Z", "2026-03-29 03:00:00", "2026-03-29 03:00:00"),
    ],
)
async def test_old_platforms_are_asked_in_their_own_time_rather_too_wide_than_too_narrow(
    moment: str, earliest: str, latest: str
) -> None:
    model = Model({"one": Fleet(time_zone="Europe/Berlin")})
    with ThreadPoolExecutor(1) as executor:
        source = HarvestAccount(model.callers()[0], executor)
        asked = {"from": datetime.fromisoformat(moment), "to": datetime.fromisoformat(moment), "limit": 5}
        assert await source.without_offsets(asked) == {"from": earliest, "to": latest, "limit": 5}
