"""The last received point is the state, of one tracker and of many."""

from __future__ import annotations

from datetime import datetime, timedelta

from navixy_async.testing import World

from .conftest import Raw, at, serving


async def test_a_state_is_the_last_received_point(world: World) -> None:
    noon = at(2026, 3, 25, 10)
    async with serving(world, now=noon) as raw:
        for tracker in world.accounts[0].trackers:
            if tracker.blocked:
                assert (await raw("tracker/get_state", {"tracker_id": tracker.id})).error == (403, 208)
                continue
            answer = (await raw("tracker/get_state", {"tracker_id": tracker.id})).json
            assert datetime.fromisoformat(answer["user_time"]) == noon
            rows = world.points(tracker.id, world.start, noon + timedelta(seconds=1), as_of=noon)
            state = answer["state"]
            assert state["source_id"] == tracker.source_id
            if not rows:
                assert state["connection_status"] == "just_registered"
                assert "updated" not in state["gps"]
                continue
            last = rows[-1]
            assert datetime.fromisoformat(state["gps"]["updated"]) == last.time
            assert state["gps"]["location"] == {"lat": last.lat, "lng": last.lng}
            fresh = noon - last.time < timedelta(minutes=5)
            assert (state["connection_status"] == "active") is fresh
            point = (await raw("tracker/get_last_gps_point", {"tracker_id": tracker.id})).json["value"]
            assert datetime.fromisoformat(point["get_time"]) == last.time


async def test_many_states_at_once(raw: Raw, world: World) -> None:
    account = world.accounts[0]
    good = [tracker.id for tracker in account.trackers if not tracker.blocked]
    blocked = [tracker.id for tracker in account.trackers if tracker.blocked]
    answer = (await raw("tracker/get_states", {"trackers": good})).json
    assert sorted(map(int, answer["states"])) == sorted(good)
    assert "blocked" not in answer
    assert (await raw("tracker/get_states", {"trackers": [*good, *blocked]})).error == (403, 208)
    assert (await raw("tracker/get_states", {"trackers": [*good, 1]})).error == (400, 217)
    everything = await raw(
        "tracker/get_states", {"trackers": [*good, *blocked, 1], "list_blocked": True, "allow_not_exist": True}
    )
    assert everything.json["blocked"] == blocked
    assert everything.json["not_exist"] == [1]
    assert sorted(map(int, everything.json["states"])) == sorted(good)
