"""Which accounts and trackers a harvest is about, and accounts that cannot be opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from navixy_async.errors import (
    SessionEnded,
)
from navixy_async.harvest import Harvests

from ..support.harvest.model import Fleet, Model, batch_rows
from ..support.harvest.small import END, START, batches, tracks, world


async def test_no_trackers_is_nothing_to_do(tmp_path: Path) -> None:
    empty = Model({"none": Fleet()})
    assert await batches(tracks(empty)) == []
    coverage = await tracks(empty).to_parquet(tmp_path)
    assert coverage.is_complete and coverage.rows == 0
    assert [label for label, path, _ in empty.asked if path == "track/read"] == []
    assert await batches(Harvests(world().callers()).tracks([], start=START, end=END)) == []
    assert await batches(Harvests([]).tracks(start=START, end=END)) == []


async def test_only_the_trackers_asked_for_each_from_the_account_that_has_it() -> None:
    model = world()
    found = await batches(Harvests(model.callers()).tracks([12, 2, 2], start=START, end=END))
    assert {(row[0], row[1]) for row in batch_rows(found, "mileage")} == {("one", 2), ("two", 12)}


async def test_an_account_that_cannot_be_opened_is_named_unless_it_is_the_only_one(tmp_path: Path) -> None:
    model = world()
    ended = SessionEnded(3, "Wrong hash", operation="tracker/list")

    class Shut:
        label, lane = "shut", "bulk"

        async def call_bytes(self, *_: Any, **__: Any) -> bytes:
            raise ended

        call = call_bytes

    shut: Any = Shut()
    coverage = await Harvests([*model.callers(), shut]).tracks(start=START, end=END).to_parquet(tmp_path)
    assert [(hole.account, hole.tracker_id, hole.error) for hole in coverage.failed] == [("shut", None, "SessionEnded")]
    assert len(coverage.complete) == 6
    with pytest.raises(SessionEnded):
        await Harvests([shut]).tracks(start=START, end=END).to_parquet(tmp_path / "alone")
    with pytest.raises(SessionEnded):
        await batches(Harvests([*model.callers(), shut]).tracks(start=START, end=END))
    assert not (tmp_path / "alone").exists()
