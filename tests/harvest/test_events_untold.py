"""Events that the platform counts and does not show, or shows twice: a gap, and never a silent loss."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from navixy_async.harvest import Harvests, Increments

from ..support.harvest.model import Event, Fleet, Model, at, stopped_at
from ..support.harvest.small import DAY, END, START, batches

DAYS = ["2026-03-16", "2026-03-17", "2026-03-18"]


def platform(answers: Mapping[str, Any], *trackers: int) -> Model:
    """A platform in UTC that answers some actions as told: a value, or what a function makes of the parameters."""
    model = Model({"one": Fleet({tracker: [] for tracker in trackers}, time_zone="UTC")})

    def trouble(path: str, params: Mapping[str, Any], _: int) -> bytes | None:
        if path not in answers:
            return None
        answer = answers[path](params) if callable(answers[path]) else answers[path]
        return json.dumps({"success": True, **answer}).encode()

    model.trouble = trouble
    return model


async def run(model: Model, stream: str, **more: Any) -> tuple[list[dict[str, Any]], Any]:
    period = {} if stream == "states" else {"start": START, "end": END}
    harvest = getattr(Harvests(model.callers()), stream)(**period, **more, on_error="collect")
    rows = [row for batch in await batches(harvest) for row in batch.to_pylist()]
    return rows, harvest.coverage


def driven(*days: str) -> dict[str, Any]:
    return {day: {"mileage": 1.5} for day in days}


@pytest.mark.parametrize("stream", ["mileage", "states", "events"])
async def test_rows_of_trackers_that_were_not_asked_for_are_left_out_and_told(
    stream: str, caplog: pytest.LogCaptureFixture
) -> None:
    answers = {
        "tracker/stats/mileage/read": {"result": {"1": driven(*DAYS), "99": driven(*DAYS)}},
        "tracker/get_states": {"states": {"1": {"source_id": 1}, "99": {"source_id": 2}}},
        "history/tracker/list": {
            "list": [
                {"id": n, "time": f"2026-03-16T10:00:0{n}Z", "tracker_id": tracker, "event": "x"}
                for n, tracker in enumerate((1, 99, 1))
            ],
            "limit_exceeded": False,
        },
    }
    with caplog.at_level(logging.WARNING, logger="navixy_async"):
        rows, _ = await run(platform(answers, 1), stream)
    assert {row["tracker_id"] for row in rows} == {1}
    assert any("not requested" in record.getMessage() and "99" in record.getMessage() for record in caplog.records)


@pytest.mark.parametrize("stream", ["raw", "raw_arrived"])
@pytest.mark.parametrize("head", ["MSG_TIME,lat", "time,lat", "lat,lng"])
async def test_a_table_without_its_time_is_a_failure_not_rows_of_no_time(stream: str, head: str) -> None:
    model = Model({"one": Fleet({1: []}, time_zone="UTC")})
    model.trouble = lambda path, *_: f"{head}\n2026-03-16T10:00:00Z,5\n".encode() if "raw_data" in path else None
    rows, coverage = await run(model, stream)
    assert not rows and coverage.failed and "has no" in coverage.failed[0].reason


def busy() -> Model:
    fleet = Fleet({1: [], 2: []}, time_zone="UTC")
    start = int(START.timestamp())
    fleet.events = [Event(start + 60 * n, n + 1, 1 + n % 2) for n in range(4000)]
    return Model({"one": fleet})


def events(model: Model) -> Any:
    return Harvests(model.callers()).events(start=START, end=END, window=3 * DAY, on_error="collect")


def lying(model: Model, change: Any) -> None:
    """Have `change` spoil each answer of history."""

    def trouble(path: str, params: Mapping[str, Any], _: int) -> bytes | None:
        if path != "history/tracker/list":
            return None
        answer = model._history(model.fleets["one"], params)
        change(answer, params)
        return json.dumps({"success": True, **answer}).encode()

    model.trouble = trouble


async def test_short_pages_whose_total_says_more_are_walked_to_the_end() -> None:
    def short(answer: dict[str, Any], params: Mapping[str, Any]) -> None:
        answer["list"] = answer["list"][:200]
        answer["limit_exceeded"] = False

    model = busy()
    lying(model, short)
    harvest = events(model)
    found = [row["id"] for batch in await batches(harvest) for row in batch.to_pylist()]
    assert sorted(found) == list(range(1, 4001))
    assert harvest.coverage is not None and harvest.coverage.is_complete


async def test_an_entry_from_behind_the_window_ends_nothing() -> None:
    stray = {"id": 9999, "time": "2026-05-01T00:00:00Z", "tracker_id": 1, "event": "x"}
    model = busy()
    lying(model, lambda answer, params: answer["list"].append(stray))
    harvest = events(model)
    found = [row["id"] for batch in await batches(harvest) for row in batch.to_pylist()]
    assert sorted(found) == list(range(1, 4001))
    assert harvest.coverage is not None and harvest.coverage.is_complete


async def test_entries_that_share_an_id_are_all_delivered() -> None:
    model = busy()
    for event in model.fleets["one"].events:
        event.members["message"] = f"message {event.second}"
        event.id = 7
    harvest = events(model)
    found = [row["message"] for batch in await batches(harvest) for row in batch.to_pylist()]
    assert len(set(found)) == len(found) == 4000
    assert harvest.coverage is not None and harvest.coverage.is_complete


async def test_entries_that_never_come_though_they_are_counted_make_the_harvest_incomplete(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def less(answer: dict[str, Any], params: Mapping[str, Any]) -> None:
        answer["list"] = [row for row in answer["list"] if row["id"] != 1500]

    model = busy()
    lying(model, less)
    harvest = events(model)
    found = [row["id"] for batch in await batches(harvest) for row in batch.to_pylist()]
    assert len(found) == 3999
    assert harvest.coverage is not None
    lost = at("03-16 00:00:00") + timedelta(minutes=1499)
    assert any(lost in hole.range and "counts more" in hole.reason for hole in harvest.coverage.gaps)
    assert any("not complete" in record.getMessage() for record in caplog.records)


async def test_events_that_share_an_id_stay_when_they_are_kept_current(tmp_path: Path) -> None:
    """What a later run reads takes the place of what is the same, not of all that has the same id."""
    model = busy()
    for event in model.fleets["one"].events:
        event.id = 7
        event.arrives = event.second
    job = None
    for hours in (20, 30, 60, 100):
        model.now = int(START.timestamp()) + hours * 3600
        clock = datetime.fromtimestamp(model.now, UTC)
        job = Harvests(model.callers()).events(start=START, increments=Increments(clock=stopped_at(clock)))
        coverage = await job.to_parquet(tmp_path, resume=True)
        assert coverage.is_complete
    times = times_in(tmp_path)
    assert len(set(times)) == len(times) == 4000


def times_in(directory: Path) -> list[datetime]:
    files = directory.rglob("*.parquet")
    return [row["time"] for path in files for row in pq.ParquetFile(path).read(columns=["time"]).to_pylist()]
