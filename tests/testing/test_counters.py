"""Counters are the world's truth and can be set."""

from __future__ import annotations

from datetime import datetime, timedelta

from navixy_async.testing import World

from .conftest import between, serving
from .test_series import counting


async def test_counters_are_the_truth_and_can_be_set(world: World) -> None:
    async with serving(world) as raw:
        tracker = counting(world)[0]
        for kind in ("odometer", "engine_hours"):
            one = {"tracker_id": tracker, "type": kind}
            asked = {**one, **between(world.start, world.end - timedelta(seconds=1))}
            listed = (await raw("tracker/counter/data/read", asked)).json["list"]
            truth = world.counter_values(tracker, kind, world.start, world.end)
            rows = [(datetime.fromisoformat(one["update_time"]), one["value"]) for one in listed]
            assert rows == [(row.time, row.value) for row in truth]
            values = [value for _, value in rows]
            assert values == sorted(values)
            now = (await raw("tracker/counter/value/get", one)).json["value"]
            assert now >= values[-1]
            assert (await raw("tracker/counter/value/set", {**one, "value": 233.21})).json == {"success": True}
            assert (await raw("tracker/counter/value/get", one)).json["value"] == 233.21
            many = await raw("tracker/counter/value/list", {"trackers": counting(world), "type": kind})
            assert many.json["value"][str(tracker)] == 233.21
            assert len(many.json["value"]) == len(counting(world))
            changed = {**one, "multiplier": 1.5}
            assert (await raw("tracker/counter/update", changed)).status == 200
            assert (await raw("tracker/counter/read", one)).json["value"]["multiplier"] == 1.5
        sparse = next(one for one in world.accounts[0].trackers if one.kind == "sparse")
        assert (await raw("tracker/counter/read", {"tracker_id": sparse.id, "type": "odometer"})).error == (404, 204)
