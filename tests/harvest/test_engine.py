"""What the engine does when all is well, when an account is not, and as it is told."""

from __future__ import annotations

import asyncio
import dataclasses
import sys
from collections.abc import Mapping
from contextlib import aclosing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from navixy_async.errors import (
    AccessDenied,
    ClientClosed,
    ConnectFailed,
    InvalidInput,
    InvalidRequest,
    RateLimitWaitTooLong,
    SessionEnded,
)
from navixy_async.harvest import Harvests, Progress, engine
from navixy_async.times import TimeRange

from ..support.harvest.model import Model, at, batch_rows, rows_of, sec, track_truth
from ..support.harvest.small import END, START, batches, fleet, tracks, world


@pytest.mark.parametrize("workers", [1, 3, 50])
async def test_no_more_requests_are_under_way_than_workers(workers: int) -> None:
    model = world()
    under_way = most = 0

    async def pause() -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        for _ in range(5):
            await asyncio.sleep(0)
        under_way -= 1

    harvest = tracks(model, workers=workers)
    async with aclosing(aiter(harvest)) as running:
        first = await anext(running)
        most, model.pause = 0, pause
        rest = [batch async for batch in running]
    assert batch_rows([first, *rest], "mileage") == track_truth(model, START, END)
    assert most == workers or (workers == 50 and most < 50)


async def test_large_answers_are_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model({"one": fleet(range(1, 10))})
    under_way = most = 0

    async def pause() -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        for _ in range(5):
            await asyncio.sleep(0)
        under_way -= 1

    async def run(room: float) -> int:
        nonlocal most
        most, model.pause = 0, pause
        monkeypatch.setattr(engine, "ROOM", room)
        assert batch_rows(await batches(tracks(model, workers=8)), "mileage") == track_truth(model, START, END)
        return most

    assert await run(1) == 1, "whatever it takes, one is always under way"
    assert await run(1e9) == 8


async def test_a_small_account_does_not_wait_for_a_large_one() -> None:
    model = Model({"large": fleet(range(1, 60)), "small": fleet(range(101, 104))})
    await batches(tracks(model, workers=2))
    labels = [label for label, path, _ in model.asked if path == "track/read"]
    assert labels[:18].count("small") == 9


async def test_who_iterates_slowly_is_waited_for() -> None:
    model = world()
    harvest = tracks(model, workers=2)
    async with aclosing(aiter(harvest)) as running:
        async for _ in running:
            for _ in range(200):
                await asyncio.sleep(0)
            asked = model.count("track/read")
            break
    assert asked <= 1 + 4 + 2 + 1
    assert len(asyncio.all_tasks()) == 1, "leaving early leaves no task behind"
    assert harvest.coverage is None


async def test_iterating_can_be_cancelled() -> None:
    model = world()
    stuck = asyncio.Event()

    async def pause() -> None:
        if model.count("track/read") >= 3:
            stuck.set()
            await asyncio.Event().wait()

    model.pause = pause
    task = asyncio.create_task(batches(tracks(model)))
    await stuck.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(asyncio.all_tasks()) == 1


async def test_progress_grows_to_the_whole() -> None:
    told: list[Progress] = []
    harvest = tracks(world(), progress=told.append)
    await batches(harvest)
    assert dataclasses.is_dataclass(told[0])
    with pytest.raises(dataclasses.FrozenInstanceError):
        told[0].rows = 5  # type: ignore[misc]
    assert [p.items_done for p in told] == list(range(1, len(told) + 1))
    assert all(a.share < b.share and a.rows <= b.rows and a.bytes < b.bytes for a, b in pairwise(told))
    last, coverage = told[-1], harvest.coverage
    assert coverage is not None
    assert (last.share, last.items_total, last.rows, last.bytes) == (1.0, len(told), coverage.rows, coverage.bytes)


async def test_every_point_is_asked_for_unsimplified_and_unfiltered() -> None:
    model = world()
    await batches(tracks(model))
    for _, path, params in model.asked:
        if path == "track/read":
            assert params["simplify"] is False and params["filter"] is False and params["include_gsm_lbs"] is True


async def test_a_key_revoked_half_way_stops_its_account_and_no_other(tmp_path: Path) -> None:
    model = world()
    ended = SessionEnded(4, "User or API key not found or session ended", operation="track/read")

    def trouble(path: str, params: Mapping[str, Any], _: int) -> BaseException | None:
        revoked = params.get("tracker_id") in (1, 2, 3) and params["from"] > at("03-16 12:00:00")
        return ended if revoked else None

    model.trouble = trouble
    coverage = await tracks(model, workers=2).to_parquet(tmp_path)
    refused = sum(1 for label, _, params in model.asked if label == "one" and params.get("from", START) > START)
    assert 1 <= refused <= 2, "no more than the workers that were under way"
    assert [(hole.account, hole.tracker_id, hole.range.end, hole.error, hole.code) for hole in coverage.failed] == [
        ("one", tracker, END, "SessionEnded", 4) for tracker in (1, 2, 3)
    ]
    assert all(coverage.complete["two", tracker] == (TimeRange(START, END),) for tracker in (11, 12, 13))
    expected = [row for row in track_truth(model, START, END) if row[0] == "two" or row[2] < sec("03-17 00:00:00")]
    assert rows_of(tmp_path, "tracks", "mileage") == expected


async def test_an_outage_is_sat_out_by_pausing_not_by_hammering() -> None:
    model = world()
    started: list[float] = []

    def trouble(path: str, params: Mapping[str, Any], _: int) -> BaseException | None:
        if path != "track/read":
            return None
        started.append(asyncio.get_running_loop().time())
        return ConnectFailed("refused", operation=path) if len(started) <= 12 else None

    model.trouble = trouble
    harvest = tracks(model, workers=4)
    assert batch_rows(await batches(harvest), "mileage") == track_truth(model, START, END)
    assert len(started) == 18 + 12


async def test_an_account_without_success_for_too_long_is_given_up(tmp_path: Path) -> None:
    model = world()
    model.trouble = lambda path, params, _: (
        ConnectFailed("refused", operation=path) if params.get("tracker_id", 11) < 10 else None
    )
    coverage = await tracks(model, patience=0, workers=2).to_parquet(tmp_path)
    assert sum(1 for label, path, _ in model.asked if (label, path) == ("one", "track/read")) <= 2
    assert {(hole.account, hole.error, hole.range) for hole in coverage.failed} == {
        ("one", "ConnectFailed", TimeRange(START, END))
    }
    assert rows_of(tmp_path, "tracks", "mileage") == [row for row in track_truth(model, START, END) if row[0] == "two"]


async def test_a_range_that_fails_again_and_again_does_not_take_the_account_with_it(tmp_path: Path) -> None:
    model = world()
    queue = RateLimitWaitTooLong(900, 10, operation="track/read")

    def trouble(path: str, params: Mapping[str, Any], _: int) -> BaseException | None:
        return queue if params.get("tracker_id") == 2 and params["from"] > at("03-17 12:00:00") else None

    model.trouble = trouble
    coverage = await tracks(model).to_parquet(tmp_path)
    assert [(hole.tracker_id, hole.range) for hole in coverage.failed] == [(2, TimeRange(at("03-18 00:00:00"), END))]
    assert sum(1 for _, _, params in model.asked if trouble("", params, 0)) == 3


async def test_iterating_raises_what_fails_unless_told_to_collect() -> None:
    model = world()
    bad = InvalidRequest(7, "Invalid parameters", operation="track/read")
    model.trouble = lambda path, params, _: bad if params.get("tracker_id") == 2 else None
    with pytest.raises(InvalidRequest):
        await batches(tracks(model))
    harvest = tracks(model, on_error="collect")
    found = batch_rows(await batches(harvest), "mileage")
    assert found == [row for row in track_truth(model, START, END) if row[1] != 2]
    assert harvest.coverage is not None
    assert [(hole.tracker_id, hole.range, hole.code) for hole in harvest.coverage.failed] == [
        (2, TimeRange(START, END), 7)
    ]


@pytest.mark.parametrize("error", [ClientClosed("closed"), InvalidInput("no")])
async def test_mistakes_of_our_own_are_never_collected(error: Exception, tmp_path: Path) -> None:
    model = world()
    model.trouble = lambda path, params, _: error if path == "track/read" else None
    with pytest.raises(type(error)):
        await tracks(model).to_parquet(tmp_path)


async def test_a_denied_tracker_is_not_asked_for_again(tmp_path: Path) -> None:
    model = world()
    denied = AccessDenied(13, "Operation not permitted", http_status=403, operation="track/read")
    model.trouble = lambda path, params, _: denied if params.get("tracker_id") == 3 else None
    coverage = await tracks(model, workers=1).to_parquet(tmp_path)
    assert [(hole.tracker_id, hole.code) for hole in coverage.failed] == [(3, 13)]
    assert sum(1 for _, _, params in model.asked if params.get("tracker_id") == 3) == 1


@pytest.mark.parametrize(
    "spoilt", [b'{"success": true, "list": [{"get_ti', b'{"success": true, "list": {"get_time": 5}}']
)
async def test_a_spoilt_answer_is_asked_for_once_more(spoilt: bytes, tmp_path: Path) -> None:
    model = world()
    met: list[Any] = []

    def trouble(path: str, params: Mapping[str, Any], _: int) -> bytes | None:
        key = params.get("tracker_id"), params.get("from")
        if path != "track/read" or met.count(key) >= (2 if key[0] == 2 else 1):
            return None
        met.append(key)
        return spoilt

    model.trouble = trouble
    coverage = await tracks(model).to_parquet(tmp_path)
    assert [(hole.tracker_id, hole.range, hole.error) for hole in coverage.failed] == [
        (2, TimeRange(START, END), "DecodeFailed")
    ]
    assert model.count("track/read") == 2 * 18


def test_without_pyarrow_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(
        InvalidInput, match=r"^harvesting needs pyarrow: install it with pip install 'navixy-async\[arrow\]'$"
    ):
        Harvests([]).tracks(start=START, end=END)
