"""Batches with culprits: they are found, and the rest is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from navixy_async.errors import BatchPoisoned, TooManyTrackers
from navixy_async.harvest.streams.batch_requests import request_in_batches
from navixy_async.times import TimeRange

from .test_harvests_streams import DAY
from .test_streams_rules import NOON, Scripted, fetch


@pytest.mark.parametrize("bad", [set(), {3}, {1, 2}, {1, 8, 9}, set(range(1, 10))])
@pytest.mark.parametrize("most", [2, 100])
async def test_culprits_are_found_and_the_rest_is_kept(bad: set[int], most: int) -> None:
    async def ask(trackers: tuple[int, ...]) -> tuple[int, ...]:
        if len(trackers) > most:
            raise TooManyTrackers(221, "Device limit exceeded")
        if bad & set(trackers):
            raise BatchPoisoned(217, "List contains nonexistent entities")
        return trackers

    answers, refused = await request_in_batches(range(1, 10), ask)
    assert sorted(tracker for answer in answers for tracker in answer) == sorted(set(range(1, 10)) - bad)
    assert set(refused) == bad


def test_mileage_of_a_spoilt_batch() -> None:
    def answer(_: str, params: Mapping[str, Any]) -> dict[str, Any]:
        if 2 in params["trackers"]:
            raise BatchPoisoned(217, "List contains nonexistent entities")
        days = {"2026-03-20": {"mileage": 9.0}, "2026-03-21": {"mileage": 1.5}, "2026-03-22": {"mileage": 2.5}}
        return {"result": {str(tracker): days for tracker in params["trackers"]}, "limit_exceeded": False}

    fetched = fetch("mileage", Scripted(answer), TimeRange(NOON, NOON + 2 * DAY), (1, 2, 3))
    rows = [(row["tracker_id"], row["day"].isoformat(), row["mileage"]) for row in fetched.batch.to_pylist()]
    # The 20th began before the range.
    assert rows == [(n, day, km) for n in (1, 3) for day, km in (("2026-03-21", 1.5), ("2026-03-22", 2.5))]
    assert list(fetched.refused) == [2]
