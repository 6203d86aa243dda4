"""The data warehouse and the eco fleet: raw messages are the truth, by both clocks; errors are problems."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from navixy_async.testing import Limit, Rules, World
from navixy_async.testing.records import RawMessage

from .conftest import Answer, Raw, serving

COLUMNS = ["server_time", "lat", "lng", "speed", "heading", "flags.lbs", "discrete_inputs.1", "inputs.*"]


class Warehouse:
    """Requests beside ``/v2``."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw

    async def __call__(self, path: str, params: dict[str, Any] | None = None, method: str = "POST") -> Answer:
        url = f"{self.raw.platform.origin}/{path}"
        headers = {"Authorization": f"NVX {self.raw.hash}"}
        async with self.raw.http.request(method, url, json=params, headers=headers) as response:
            return Answer(response.status, response.headers, await response.read())

    async def read(self, **params: Any) -> list[dict[str, str]]:
        answer = await self("dwh/v1/tracker/raw_data/read", {"columns": COLUMNS, **params})
        assert answer.headers["Content-Type"] == "text/csv", answer.body
        return list(csv.DictReader(io.StringIO(answer.body.decode(), newline="")))


@pytest.fixture
async def warehouse(raw: Raw) -> Warehouse:
    return Warehouse(raw)


@asynccontextmanager
async def warehousing(world: World, rules: Rules | None = None, **options: Any) -> AsyncIterator[Warehouse]:
    async with serving(world, rules, **options) as raw:
        yield Warehouse(raw)


def van(world: World) -> int:
    return next(
        tracker.id
        for tracker in world.accounts[0].trackers
        if tracker.kind == "van"
        and not tracker.blocked
        and any(p.buffered for p in world.points(tracker.id, world.start, world.end))
    )


def same(row: dict[str, str], truth: RawMessage) -> bool:
    inputs = {name: float(row[f"inputs.{name}"]) if row[f"inputs.{name}"] else None for name in truth.inputs}
    return (
        datetime.fromisoformat(row["msg_time"]) == truth.msg_time
        and datetime.fromisoformat(row["server_time"]) == truth.server_time
        and (float(row["lat"]), float(row["lng"]), float(row["speed"])) == (truth.lat, truth.lng, truth.speed)
        and row["heading"] == ("" if truth.heading is None else str(truth.heading))
        and (row["flags.lbs"], row["discrete_inputs.1"]) == (str(int(truth.lbs)), str(int(truth.ignition)))
        and inputs == truth.inputs
    )


async def test_messages_are_the_truth(warehouse: Warehouse, world: World) -> None:
    tracker = van(world)
    start, end = world.start, world.end
    rows = await warehouse.read(tracker_id=str(tracker), **{"from": start.isoformat(), "to": end.isoformat()})
    truth = world.raw(tracker, start, end)
    assert len(rows) == len(truth) > 300
    assert all(map(same, rows, truth))
    assert any(not row["heading"] for row in rows)
    by_interval = await warehouse.read(tracker_id=tracker, interval=f"{start:%Y-%m-%dT%H:%M:%SZ}/P90D")
    assert by_interval == rows


async def test_the_arrival_filter_is_exact(warehouse: Warehouse, world: World) -> None:
    tracker = van(world)
    everything = f"{world.start.isoformat()}/{world.settled.isoformat()}"
    second = timedelta(seconds=1)
    latest = max(world.points(tracker, world.start, world.end), key=lambda point: point.received - point.time)
    cuts = sorted([world.start, *(world.start + n * timedelta(hours=79) for n in range(1, 5)), latest.received])
    cuts.append(world.settled)
    got: list[dict[str, str]] = []
    for since, until in pairwise(cuts):
        arrived = {"from": since.isoformat(), "to": (until - second).isoformat()}
        rows = await warehouse.read(tracker_id=tracker, interval=everything, server_time_filter=arrived)
        truth = world.raw(tracker, world.start, world.end, server_time=(since, until))
        assert len(rows) == len(truth)
        assert all(map(same, rows, truth))
        text = f"{since.isoformat()}/{(until - second).isoformat()}"
        for other in (text, {"interval": text}):
            assert await warehouse.read(tracker_id=tracker, interval=everything, server_time_filter=other) == rows
        got.extend(rows)
    assert len(got) == len(world.raw(tracker, world.start, world.end))
    assert got != sorted(got, key=lambda row: row["msg_time"]), "late messages came with a later increment"


async def test_what_has_not_arrived_is_not_there(world: World) -> None:
    tracker = van(world)
    late = next(p for p in world.points(tracker, world.start, world.end) if p.buffered)
    now = late.received - timedelta(seconds=1)
    async with warehousing(world, now=now) as warehouse:
        rows = await warehouse.read(tracker_id=tracker, interval=f"{world.start.isoformat()}/{world.end.isoformat()}")
        assert len(rows) == len(world.raw(tracker, world.start, now + timedelta(seconds=1), as_of=now))


async def test_columns(warehouse: Warehouse, world: World) -> None:
    tracker = van(world)
    known = await warehouse("dwh/v1/tracker/raw_data/get_inputs", {"tracker_id": tracker})
    assert known.json["inputs"] == ["board_voltage", "ext_temp_sensor_1", "fuel_level"]
    asked = {"tracker_id": tracker, "interval": f"{world.start.isoformat()}/P30D"}
    rows = await warehouse.read(**asked, columns=["discrete_inputs.*", "inputs.unheard_of", "states.hardware_key"])
    head = ["msg_time", "discrete_inputs.1", "discrete_inputs.2", "discrete_inputs.3"]
    assert list(rows[0]) == [*head, "inputs.unheard_of", "states.hardware_key"]
    assert {row["inputs.unheard_of"] for row in rows} == {""}
    local = await warehouse.read(
        tracker_id=tracker, iso_datetime=False, time_zone="Asia/Kathmandu", columns=["lat"],
        **{"from": "2026-03-24 00:00:00", "to": "2026-04-02 00:00:00"},
    )  # fmt: skip
    assert local[0]["msg_time"] >= "2026-03-24 00:00:00"
    assert local[-1]["msg_time"] <= "2026-04-02 00:00:00"
    nothing = await warehouse.read(**{**asked, "interval": "2020-01-01T00:00:00Z/P1D"})
    assert nothing == []


async def test_parquet_holds_the_same(warehouse: Warehouse, world: World) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    tracker = van(world)
    asked = {"tracker_id": tracker, "interval": f"{world.start.isoformat()}/P30D"}
    columns = ["server_time", "lat", "heading", "mn_type", "inputs.fuel_level"]
    answer = await warehouse("dwh/v1/tracker/raw_data/read", {**asked, "columns": columns, "format": "parquet"})
    assert answer.headers["Content-Type"] == "application/octet-stream"
    table = pq.read_table(io.BytesIO(answer.body))
    truth = world.raw(tracker, world.start, world.end)
    assert table.column_names == ["msg_time", *columns]
    assert table["server_time"].to_pylist() == [row.server_time for row in truth]
    assert table["heading"].to_pylist() == [row.heading for row in truth]
    assert table["inputs.fuel_level"].to_pylist() == [row.inputs["fuel_level"] for row in truth]
    assert set(table["mn_type"].to_pylist()) == {4}


async def test_errors_are_problems(world: World) -> None:
    account = world.accounts[0]
    blocked = next(tracker.id for tracker in account.trackers if tracker.blocked)
    good = {"tracker_id": van(world), "columns": ["lat"], "interval": "2026-03-24T00:00:00Z/P1D"}
    read = "dwh/v1/tracker/raw_data/read"
    wrong: list[tuple[dict[str, Any], int, str]] = [
        ({**good, "tracker_id": 1}, 404, "errors/entity/not-found"),
        ({**good, "tracker_id": blocked}, 403, "errors/entity/blocked"),
        ({**good, "columns": ["nothing"]}, 400, "errors/bad-request"),
        ({**good, "columns": []}, 400, "errors/bad-request"),
        ({**good, "interval": "yesterday"}, 400, "errors/bad-request"),
        ({**good, "from": "2026-03-24T00:00:00Z"}, 400, "errors/bad-request"),
        ({"tracker_id": 1}, 400, "errors/bad-request"),
        ({**good, "server_time_filter": {"from": "x"}}, 400, "errors/bad-request"),
        ({**good, "format": "xlsx"}, 400, "errors/bad-request"),
    ]
    async with warehousing(world, Rules(per_credential=Limit(rate=12))) as warehouse:
        for params, status, kind in wrong:
            answer = await warehouse(read, params)
            assert (answer.status, answer.json["type"], answer.json["status"]) == (status, kind, status)
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert set(answer.json) == {"type", "title", "status", "detail"}
        assert (await warehouse("dwh/v1/tracker/nothing")).status == 404
        statuses = [(await warehouse(read, good)).status for _ in range(6)]
        assert statuses[0] == 200
        assert statuses[-1] == 429
        assert warehouse.raw.platform.stats.by_path["dwh:tracker/raw_data/read"] == len(wrong) + 6
        warehouse.raw.hash = "0" * 32
        assert (await warehouse(read, good)).json["type"] == "errors/unauthorized"
        assert (await warehouse("nowhere", good)).status == 404
