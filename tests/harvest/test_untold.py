"""Answers that leave out what they were asked about, or tell of what they were not: never no rows without a word."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from navixy_async.errors import Unsupported
from navixy_async.harvest import Harvests, Increments
from navixy_async.times import TimeRange

from .model import Event, Fleet, Model, at, stopped_at
from .small import DAY, END, START, batches

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


async def test_a_tracker_that_mileage_leaves_out_is_a_gap() -> None:
    result = {"1": driven(*DAYS)}
    rows, coverage = await run(platform({"tracker/stats/mileage/read": {"result": result}}, 1, 2), "mileage")
    assert {row["tracker_id"] for row in rows} == {1} and len(rows) == 3
    assert [(hole.tracker_id, hole.range) for hole in coverage.gaps] == [(2, TimeRange(START, END))]


async def test_a_day_that_mileage_leaves_out_is_a_gap_of_that_day() -> None:
    result = {"1": driven(*DAYS), "2": driven(DAYS[0], DAYS[2])}
    rows, coverage = await run(platform({"tracker/stats/mileage/read": {"result": result}}, 1, 2), "mileage")
    assert len(rows) == 5
    assert [(hole.tracker_id, hole.range) for hole in coverage.gaps] == [(2, TimeRange(START + DAY, START + 2 * DAY))]


async def test_engine_hours_that_are_null_are_a_gap_of_that_day() -> None:
    def hours(params: Mapping[str, Any]) -> dict[str, Any]:
        return {"value": None if params["from"] == START + DAY else 2.0}

    rows, coverage = await run(platform({"tracker/stats/engine_hours/read": hours}, 1), "engine_hours")
    assert sorted(row["engine_hours"] or 0 for row in rows) == [0, 2.0, 2.0]
    assert [hole.range for hole in coverage.gaps] == [TimeRange(START + DAY, START + 2 * DAY)]


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


async def test_a_state_that_is_told_counts_whatever_else_the_answer_says() -> None:
    answers = {
        "tracker/get_states": {
            "states": {"1": {"source_id": 1}, "2": {"source_id": 2}},
            "blocked": [1, 3],
            "not_exist": [2, 4],
        }
    }
    rows, coverage = await run(platform(answers, 1, 2, 3, 4, 5), "states")
    assert [row["tracker_id"] for row in rows] == [1, 2]
    assert {hole.tracker_id for hole in coverage.holes} == {3, 4, 5}


@pytest.mark.parametrize("stream", ["raw", "raw_arrived"])
@pytest.mark.parametrize("head", ["MSG_TIME,lat", "time,lat", "lat,lng"])
async def test_a_table_without_its_time_is_a_failure_not_rows_of_no_time(stream: str, head: str) -> None:
    model = Model({"one": Fleet({1: []}, time_zone="UTC")})
    model.trouble = lambda path, *_: f"{head}\n2026-03-16T10:00:00Z,5\n".encode() if "raw_data" in path else None
    rows, coverage = await run(model, stream)
    assert not rows and coverage.failed and "has no" in coverage.failed[0].reason


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


# --- events, whose answers count ------------------------------------------------------------------------------------


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
