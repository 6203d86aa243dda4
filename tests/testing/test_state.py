"""What clients change on one platform."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from navixy_async.testing import World
from navixy_async.testing.state import Counters, State
from navixy_async.testing.wire import WireError


@pytest.fixture
def state(world: World) -> State:
    return State(world)


def test_a_counter_is_shifted_from_the_moment_on_at_which_it_was_set() -> None:
    counters = Counters()
    assert counters.settings(1, "odometer") == (1.0, None)
    counters.set_up(1, "odometer", 1.1, 7)
    counters.shift(1, "odometer", since=100, by=5.0)
    counters.shift(1, "odometer", since=200, by=-2.0)
    assert counters.settings(1, "odometer") == (1.1, 7)
    assert [counters.shift_at(1, "odometer", at) for at in (99, 100, 199, 200)] == [0.0, 5.0, 5.0, -2.0]
    assert counters.shift_at(1, "engine_hours", 300) == counters.shift_at(2, "odometer", 300) == 0.0


def test_a_tracker_that_is_removed_leaves_no_reference(state: State, world: World) -> None:
    account = world.accounts[0]
    tracker = account.trackers[0]
    drivers = state.store.objects(account.id, "employee").values()
    for driver in drivers:
        driver["tracker_id"] = tracker.id
    assert drivers
    state.remove_tracker(tracker)
    assert tracker.id not in state.world.trackers
    assert {driver["tracker_id"] for driver in drivers} == {None}
    assert tracker.id in world.trackers, "the world that was given never changes"


def test_a_registered_tracker_has_an_index_of_its_own(state: State, world: World) -> None:
    index = state.new_index()
    assert index not in {tracker.index for tracker in world.trackers.values()}
    new = replace(world.accounts[1].trackers[0], id=77, index=index, label="New")
    state.add_tracker(new, now=1_000)
    assert state.world.trackers[77].label == state.label_of(new) == "New"
    assert state.registered_at == {77: 1_000}
    assert state.new_index() == index + 1


def test_trackers_of_a_deleted_group_fall_back_to_the_default_one(state: State, world: World) -> None:
    account, other = world.accounts[:2]
    tracker = account.trackers[0]
    group = state.create_group(account.id, "Vans", "FF0000")
    state.assign_group(account.id, group, [tracker.id])
    assert state.group_of(tracker) == group
    with pytest.raises(WireError):
        state.delete_group(other.id, group)
    state.update_group(account.id, group, "Lorries", "00FF00")
    assert [found.title for found in state.groups(account.id) if found.id == group] == ["Lorries"]
    state.delete_group(account.id, group)
    assert state.group_of(tracker) == 0
    with pytest.raises(WireError):
        state.assign_group(account.id, group, [tracker.id])


def test_what_arrives_after_everything_was_read_is_unread(state: State, world: World) -> None:
    tracker = world.accounts[0].trackers[0]
    start = datetime.combine(world.spec.start, datetime.min.time(), UTC)
    events = [
        event for event in world.events(tracker.id, start, start.replace(year=start.year + 1)) if not event.is_read
    ]
    assert len(events) > 2
    by_arrival = sorted(events, key=lambda event: event.received)
    state.mark_read(by_arrival[-1].id)
    middle = by_arrival[len(by_arrival) // 2].received.timestamp()
    state.mark_all_read(tracker.account_id, int(middle))
    unread = {event.id for event in events if not state.is_read(event)}
    assert unread == {event.id for event in by_arrival[:-1] if event.received.timestamp() > int(middle)}
    assert unread
