"""Frames and iterations that lack something say so: an exception for who asked by name, a warning in any case."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from navixy_async.errors import ApiError, TrackerBlocked
from navixy_async.harvest import Harvests

from ..support.harvest.small import END, START, batches, tracks, world


def blocked_world() -> Any:
    model = world()
    model.fleets["one"].blocked.add(2)
    return model


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if "not complete" in record.getMessage()]


@pytest.mark.parametrize("frame", ["to_arrow", "to_pandas", "to_polars", "iterate"])
@pytest.mark.parametrize("ids", [[2], [1, 2]])
async def test_a_blocked_tracker_that_was_named_is_an_exception(frame: str, ids: list[int]) -> None:
    model = blocked_world()
    harvest = Harvests(model.callers()).tracks(trackers=ids, start=START, end=END)
    with pytest.raises(TrackerBlocked, match="one/2 is blocked"):
        await (batches(harvest) if frame == "iterate" else getattr(harvest, frame)())
    assert model.count("track/read") == 0, "before anything is asked for"


@pytest.mark.parametrize("frame", ["to_arrow", "to_pandas", "to_polars", "iterate"])
async def test_who_collects_gets_the_rest_and_a_warning(frame: str, caplog: pytest.LogCaptureFixture) -> None:
    harvest = Harvests(blocked_world().callers()).tracks(trackers=[1, 2], start=START, end=END, on_error="collect")
    await (batches(harvest) if frame == "iterate" else getattr(harvest, frame)())
    assert harvest.coverage is not None and harvest.coverage.rows and not harvest.coverage.is_complete
    (said,) = warnings(caplog)
    assert "1 blocked" in said and "one/2" in said


async def test_a_blocked_tracker_that_nobody_named_is_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    harvest = tracks(blocked_world())
    table = await harvest.to_arrow()
    assert table.num_rows == 5 * 30
    assert harvest.coverage is not None and [hole.tracker_id for hole in harvest.coverage.blocked] == [2]
    (said,) = warnings(caplog)
    assert "1 blocked" in said


async def test_holes_are_counted_by_kind_and_the_first_is_named(caplog: pytest.LogCaptureFixture) -> None:
    model = blocked_world()
    denied = ApiError(13, "Operation not permitted", operation="track/read")
    model.trouble = lambda path, params, _: denied if params.get("tracker_id") in {11, 12} else None
    await batches(tracks(model, on_error="collect"))
    (said,) = warnings(caplog)
    assert "2 failed, 1 blocked" in said and "two/11" in said


async def test_a_whole_frame_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="navixy_async"):
        harvest = tracks(world())
        await harvest.to_arrow()
    assert harvest.coverage is not None and harvest.coverage.is_complete
    assert not caplog.records
