"""Events: their columns, trackers that are blocked within a walk, seconds that hold too many."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from navixy_async.harvest import Harvests
from navixy_async.times import UTC

from ..support.harvest.model import Event, at, event_truth, rows_of, sec
from ..support.harvest.small import END, START, batches, world


async def test_event_columns_hold_what_the_platform_wrote(tmp_path: Path) -> None:
    model = world()
    entry = model.fleets["one"].events[0]
    entry.members = {
        "location": {"lat": 50.5, "lng": 60, "precision": 50},
        "address": "somewhere",
        "rule_id": 3,
        "track_id": 2**40,
        "is_read": False,
        "extra": {"zone_ids": [1, 2], "new_member": {"x": None}},
    }
    model.fleets["one"].events[1].members = {"extra": None, "location": None}
    found = [
        row
        for batch in await batches(Harvests(model.callers()).events(start=START, end=END))
        for row in batch.to_pylist()
    ]
    (row,) = [row for row in found if row["id"] == entry.id]
    assert json.loads(row.pop("extra")) == entry.members["extra"]
    assert row.pop("time").timestamp() == entry.second
    assert row == {
        "account": "one",
        "id": entry.id,
        "event": "inzone",
        "tracker_id": entry.tracker,
        "track_id": 2**40,
        "rule_id": 3,
        "type": "tracker",
        "message": f"message {entry.id}",
        "lat": 50.5,
        "lng": 60.0,
        "precision": 50,
        "address": "somewhere",
        "is_read": False,
    }
    (bare,) = [row for row in found if row["id"] == model.fleets["one"].events[1].id]
    assert (bare["extra"], bare["lat"], bare["address"], bare["is_read"]) == (None, None, None, None)


async def test_a_tracker_blocked_in_the_middle_of_a_walk_is_left_out_whole(tmp_path: Path) -> None:
    model = world(history_limit=5)

    def trouble(path: str, params: Mapping[str, Any], _: int) -> None:
        if path == "history/tracker/list" and params["from"] > at("03-17 12:00:00"):
            model.fleets["one"].blocked = {2}

    model.trouble = trouble
    harvest = Harvests(model.callers()).events(start=START, end=END, workers=1)
    coverage = await harvest.to_parquet(tmp_path)
    found = set(rows_of(tmp_path, "events", "id"))
    model.fleets["one"].blocked = set()
    truth = set(event_truth(model, START, END))
    assert found <= truth
    holes = coverage.failed + coverage.blocked
    assert {hole.tracker_id for hole in holes} == {2}
    for row in truth - found:
        assert row[1] == 2 and any(START.fromtimestamp(row[2], UTC) in hole.range for hole in holes)
    for row in found:
        if row[1] == 2:
            assert not any(START.fromtimestamp(row[2], UTC) in hole.range for hole in holes), "neither whole nor absent"


async def test_a_second_with_more_events_than_can_be_had_is_a_named_gap_and_not_complete(tmp_path: Path) -> None:
    model = world(history_limit=4)
    crowded = sec("03-17 10:00:00")
    model.fleets["one"].events += [Event(crowded, 900_000 + number, 2) for number in range(30)]
    coverage = await Harvests(model.callers()).events(start=START, end=END).to_parquet(tmp_path)
    found, truth = set(rows_of(tmp_path, "events", "id")), set(event_truth(model, START, END))
    assert found < truth and {(row[0], row[1], row[2]) for row in truth - found} == {("one", 2, crowded)}
    (gap,) = coverage.gaps
    moment = START.fromtimestamp(crowded, UTC)
    assert (
        (gap.account, gap.tracker_id) == ("one", 2) and moment in gap.range and gap.range.span <= timedelta(seconds=1)
    )
    before, after = coverage.complete["one", 2]
    assert (before.start, before.end, after.start, after.end) == (START, gap.range.start, gap.range.end, END)
    assert not coverage.is_complete and not coverage.failed
    again = await Harvests(model.callers()).events(start=START, end=END).to_parquet(tmp_path, resume=True)
    assert again == coverage, "asking again would not help, so it is not done, and the gap stays named"
