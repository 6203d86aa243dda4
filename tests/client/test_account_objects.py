"""What the typed client makes on the embedded platform is there, can be read and changed, and goes again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from navixy_async import ApiKey, Navixy
from navixy_async.account import Account
from navixy_async.api.models.common import Location
from navixy_async.api.models.employee import Employee
from navixy_async.api.models.place import Place
from navixy_async.api.models.tag import Tag
from navixy_async.api.models.task import Task
from navixy_async.api.models.vehicle import Vehicle
from navixy_async.api.models.zone import CircleZone, SausageZone, ZonePoint
from navixy_async.errors import NavixyError, NotFound
from navixy_async.testing import World


@dataclass(frozen=True)
class ObjectCalls:
    """How one kind of objects is made, listed, read, changed and deleted."""

    create: Callable[[Account], Awaitable[int]]
    list: Callable[[Account], Awaitable[list[Any]]]
    read: Callable[[Account, int], Awaitable[Any]] | None
    rename: Callable[[Account, int], Awaitable[Any]]
    delete: Callable[[Account, int], Awaitable[Any]]
    name: str = "label"


async def _new_task(fleet: Account) -> int:
    made = (await fleet.task.create(Task(label="Old"))).id
    assert made is not None
    return made


HERE = Location(lat=1.0, lng=2.0, radius=50)

RESOURCES = {
    "group": ObjectCalls(
        lambda fleet: fleet.tracker.group.create(title="Old", color="0A0A0A"),
        lambda fleet: fleet.tracker.group.list(),
        None,
        lambda fleet, one: fleet.tracker.group.update(id=one, title="New", color="0A0A0A"),
        lambda fleet, one: fleet.tracker.group.delete(one),
        "title",
    ),
    "tag": ObjectCalls(
        lambda fleet: fleet.tag.create(Tag(name="Old", color="0A0A0A")),
        lambda fleet: fleet.tag.list(),
        None,
        lambda fleet, one: fleet.tag.update(Tag(id=one, name="New", color="0A0A0A")),
        lambda fleet, one: fleet.tag.delete(tag_id=one),
        "name",
    ),
    "zone": ObjectCalls(
        lambda fleet: fleet.zone.create(CircleZone(label="Old", color="0A0A0A", radius=90, center=HERE)),
        lambda fleet: fleet.zone.list().collect(),
        lambda fleet, one: fleet.zone.read(one),
        lambda fleet, one: fleet.zone.update(CircleZone(id=one, label="New", color="0A0A0A", radius=90, center=HERE)),
        lambda fleet, one: fleet.zone.delete(zone_id=one),
    ),
    "place": ObjectCalls(
        lambda fleet: fleet.place.create(Place(label="Old", location=HERE)),
        lambda fleet: fleet.place.list().collect(),
        lambda fleet, one: fleet.place.read(one),
        lambda fleet, one: fleet.place.update(Place(id=one, label="New", location=HERE)),
        lambda fleet, one: fleet.place.delete(one),
    ),
    "employee": ObjectCalls(
        lambda fleet: fleet.employee.create(Employee(first_name="Old", last_name="Ng")),
        lambda fleet: fleet.employee.list().collect(),
        lambda fleet, one: fleet.employee.read(one),
        lambda fleet, one: fleet.employee.update(Employee(id=one, first_name="New", last_name="Ng")),
        lambda fleet, one: fleet.employee.delete(one),
        "first_name",
    ),
    "vehicle": ObjectCalls(
        lambda fleet: fleet.vehicle.create(Vehicle(label="Old", type="truck")),
        lambda fleet: fleet.vehicle.list().collect(),
        lambda fleet, one: fleet.vehicle.read(one),
        lambda fleet, one: fleet.vehicle.update(Vehicle(id=one, label="New", type="truck")),
        lambda fleet, one: fleet.vehicle.delete(vehicle_id=one),
    ),
    "task": ObjectCalls(
        _new_task,
        lambda fleet: fleet.task.list().collect(),
        lambda fleet, one: fleet.task.read(one),
        lambda fleet, one: fleet.task.update(Task(id=one, label="New")),
        lambda fleet, one: fleet.task.delete(one),
    ),
}


@pytest.fixture
def fleet(navixy: Navixy, world: World) -> Account:
    return navixy.account(ApiKey(world.accounts[0].api_key))


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=RESOURCES)
async def test_objects_come_change_and_go(fleet: Account, resource: ObjectCalls) -> None:
    before = {one.id for one in await resource.list(fleet)}
    one = await resource.create(fleet)
    assert {found.id for found in await resource.list(fleet)} == {*before, one}

    async def seen() -> Any:
        listed = {found.id: found for found in await resource.list(fleet)}[one]
        if resource.read is not None:
            answer = await resource.read(fleet, one)
            read = getattr(answer, "value", answer)
            assert (read.id, getattr(read, resource.name)) == (one, getattr(listed, resource.name))
        return getattr(listed, resource.name)

    assert await seen() == "Old"
    await resource.rename(fleet, one)
    assert await seen() == "New"
    await resource.delete(fleet, one)
    assert {found.id for found in await resource.list(fleet)} == before
    for gone in (resource.read, resource.rename, resource.delete):
        if gone is not None:
            with pytest.raises(NotFound):
                await gone(fleet, one)


async def test_a_corridor_of_two_points(fleet: Account) -> None:
    points = [ZonePoint(lat=1.0, lng=2.0), ZonePoint(lat=1.5, lng=2.5)]
    one = await fleet.zone.create(SausageZone(label="Road", color="0A0A0A", radius=90), points=points)
    assert [point.lat for point in await fleet.zone.point.list(one)] == [1.0, 1.5]


async def test_trackers_come_change_and_go(fleet: Account, navixy: Navixy, world: World) -> None:
    before = {tracker.id for tracker in await fleet.tracker.list()}
    tracker = await fleet.tracker.register(
        label="Old", group_id=0, model="telfmb140", plugin_id=37, device_id="350000000000001", phone="4915112345678"
    )
    assert (tracker.label, tracker.source.device_id, tracker.clone) == ("Old", "350000000000001", False)
    assert {one.id for one in await fleet.tracker.list()} == {*before, tracker.id}
    assert await fleet.tracker.read(tracker.id) == tracker
    await fleet.tracker.settings.update(tracker_id=tracker.id, group_id=0, label="New")
    assert [one.id for one in await fleet.tracker.list(labels=["New"])] == [tracker.id]
    state = await fleet.tracker.get_state(tracker.id)
    assert state.state is not None
    assert state.state.connection_status == "just_registered"
    assert (await fleet.batches.states([tracker.id])).complete
    with pytest.raises(NavixyError):  # the device is somebody's already
        await fleet.tracker.register_quick(label="Twice", group_id=0, imei="350000000000001")
    with pytest.raises(NotFound):
        await navixy.account(ApiKey(world.accounts[1].api_key)).tracker.read(tracker.id)
    with pytest.raises(NavixyError):  # only clones can be deleted
        await fleet.tracker.delete(tracker.id)
    await fleet.tracker.corrupt(tracker.id)
    with pytest.raises(NotFound):
        await fleet.tracker.read(tracker.id)
    assert {one.id for one in await fleet.tracker.list()} == before


async def test_a_clone_is_deleted_and_its_driver_and_vehicle_stay(fleet: Account, world: World) -> None:
    (clone,) = (one for one in world.accounts[0].trackers if one.clone)
    await fleet.tracker.delete(clone.id)
    assert clone.id not in {one.id for one in await fleet.tracker.list()}
    vehicles = {one.id: one for one in await fleet.vehicle.list().collect()}
    assert vehicles[clone.vehicle_id].tracker_id is None
    assert clone.id in world.trackers, "the world itself never changes"


async def test_a_tracker_without_a_driver(fleet: Account, world: World) -> None:
    tracker = next(one for one in world.accounts[0].trackers if one.employee_id is not None and not one.blocked)
    await fleet.tracker.employee.assign(tracker_id=tracker.id, new_employee_id=None)
    answer = await fleet.tracker.employee.read(tracker.id)
    assert answer.current is None
    assert answer.last_change is not None
    assert answer.last_change.old_employee_id == tracker.employee_id
