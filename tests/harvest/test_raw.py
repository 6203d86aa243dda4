"""Raw messages: kept as the platform wrote them, and brought once by arrival."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import duckdb

from navixy_async.testing import Rules, World, WorldSpec
from navixy_async.times import TimeRange

from .test_harvests_platform import running
from .test_harvests_streams import DAY, FREE, SPEC
from .test_streams_rules import HOUR, NOON, Scripted, fetch


def test_raw_keeps_what_the_platform_wrote() -> None:
    head = '"msg_time","server_time","lat","inputs.a","inputs.odd ""name""","states.key","states.empty"\r\n'
    row = '"2026-03-20T12:00:00.250Z","2026-03-20T12:00:09Z",1.50,12.30,,"say ""hi""\\there\nand, go",""\r\n'
    (found,) = fetch("raw", Scripted(lambda *_: (head + row).encode()), TimeRange(NOON, NOON + DAY)).batch.to_pylist()
    assert found["inputs"] == '{"a":12.30}'
    assert json.loads(found["states"]) == {"key": 'say "hi"\\there\nand, go', "empty": ""}
    assert (found["lat"], found["lng"], found["flags"]) == (1.5, None, None)
    assert found["time"] == NOON + timedelta(milliseconds=250)
    empty = fetch("raw", Scripted(lambda *_: head.encode()), TimeRange(NOON, NOON + DAY))
    assert empty.batch.num_rows == 0


async def test_increments_by_arrival_add_up_in_a_table(tmp_path: Path) -> None:
    world = World(WorldSpec(accounts=1, trackers=3, start=SPEC.start, days=4, points_per_day=30, late=0.9, blocked=0))
    half = world.start + 3 * DAY
    ranges = [(world.start - DAY, half), (half, world.settled + HOUR), (half, world.settled + HOUR)]
    async with running(world, Rules(**FREE)) as (_, harvests):
        for start, end in ranges:
            await harvests.raw_arrived(start=start, end=end).to_duckdb(tmp_path / "fleet.duckdb")
    truth = [row for tracker in world.trackers for row in world.raw(tracker, world.start - DAY, world.end + DAY)]
    with duckdb.connect(str(tmp_path / "fleet.duckdb")) as db:
        ((count, first, last),) = db.execute(
            "SELECT count(*), min(epoch(server_time)), max(epoch(server_time)) FROM raw_arrived"
        ).fetchall()
    arrivals = [row.server_time.timestamp() for row in truth]
    assert (count, first, last) == (len(truth), min(arrivals), max(arrivals))
