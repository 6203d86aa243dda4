"""A walk through the platform: 40 of its actions in one program, typed throughout.

Reads an API key from ``NAVIXY_API_KEY`` and makes a small fleet's day: who drives what, where everything is, what the
sensors say, what was planned and what was done. Nothing is left behind: what it makes, it deletes.

    NAVIXY_API_KEY=... python examples/fleet_tour.py
"""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from navixy_async import ApiKey, Navixy
from navixy_async.account import Account
from navixy_async.api.models.common import Location
from navixy_async.api.models.conditions import ContainsCondition
from navixy_async.api.models.report_plugins import TripsPlugin
from navixy_async.api.models.tracker_sensor import MeteringSensor
from navixy_async.api.models.zone import CircleZone


async def look_around(fleet: Account) -> list[int]:
    """Who we are, and what there is."""
    me = await fleet.user.get_info()
    limits = (await fleet.dealer.get_ui_config()).platform
    print(me.user_info.time_zone, limits.history_max_limit)
    settings = await fleet.user.settings.read()
    print(settings.settings)
    trackers = await fleet.tracker.list()
    groups = {group.id: group.title for group in await fleet.tracker.group.list()}
    for tracker in trackers:
        print(tracker.label, groups.get(tracker.group_id or 0), tracker.source.model)
    tags = await fleet.tag.list()
    print([tag.name for tag in tags])
    return [tracker.id for tracker in trackers if not tracker.source.blocked]


async def watch(fleet: Account, ids: list[int]) -> None:
    """Where everything is, and what it says of itself."""
    states = await fleet.batches.states(ids)
    print(len(states.ok), states.blocked, states.missing)
    one = await fleet.tracker.get_state(ids[0])
    print(one.state.gps, one.user_time)
    readings = await fleet.tracker.readings.batch_list(ids[:10])
    print({tracker: len(found.inputs or ()) for tracker, found in readings.items()})
    point = await fleet.tracker.get_last_gps_point(ids[0])
    print(point)
    counters = await fleet.tracker.get_counters(ids[0])
    print(counters.list)
    inputs = await fleet.tracker.get_inputs(ids[0])
    print(inputs.inputs)
    for sensor in await fleet.tracker.sensor.list(ids[0]):
        if isinstance(sensor, MeteringSensor):
            print(sensor.name, sensor.units)
    own = await fleet.tracker.settings.read(ids[0])
    print(own)
    fuel = await fleet.tracker.get_fuel(ids[0])
    outputs = await fleet.tracker.get_outputs(ids[0])
    print(fuel.update_time, outputs)


async def look_back(fleet: Account, ids: list[int], start: datetime, end: datetime) -> None:
    """What happened yesterday."""
    trips = await fleet.track.list(ids[0], start, end)
    points = await fleet.track.read(ids[0], start, end, simplify=False, filter=False)
    print(len(trips.list), len(points.list), points.limit_exceeded)
    async for event in fleet.history.tracker.list(ids, start, end, events=["inzone", "outzone"]):
        print(event.time.isoformat(), event.message)
    unread = await fleet.history.unread.count()
    kinds = await fleet.history.type.list("en_US")
    print(unread, len(kinds))
    mileage = await fleet.tracker.stats.mileage.read(ids[:128], start, end)
    hours = await fleet.tracker.stats.engine_hours.read(ids[0], start, end)
    print(mileage.result, hours)
    visits = await fleet.track.visit.list(ids[0], start, end)
    print(visits.zones, visits.places)
    saved = await fleet.track.download(ids[0], start, end, format="kml").save(Path("yesterday.kml"))
    print(saved.name, saved.size)
    report = await fleet.reports.read(TripsPlugin(show_seconds=False), start, end, trackers=ids[:5], progress=print)
    print(report.title)


async def plan(fleet: Account, ids: list[int]) -> None:
    """Zones, places, people and tasks."""
    center = Location(lat=52.5, lng=13.4)
    depot = CircleZone(label="Depot", address="", color="FF0000", radius=150, center=center)
    zone_id = await fleet.zone.create(depot)
    zone = await fleet.zone.read(zone_id)
    print(zone)
    zones = await fleet.zone.list(limit=10)
    print(len(zones.list))
    address = await fleet.geocoder.search_location(center)
    print(address.value)
    async for place in fleet.place.list(conditions=[ContainsCondition(field="label", value="Depot")]):
        print(place.label)
    employees = [employee async for employee in fleet.employee.list()]
    departments = await fleet.department.list()
    vehicles = await fleet.vehicle.list(limit=5)
    print(len(employees), len(departments), vehicles)
    garages = await fleet.garage.list()
    driver = await fleet.tracker.employee.read(ids[0])
    print(garages, driver.current)
    rules = await fleet.tracker.rule.list()
    print([rule.name for rule in rules if not isinstance(rule, dict)])
    statuses = await fleet.status.tracker.list(ids[:10])
    templates = await fleet.form.template.list()
    print(statuses, [template.label for template in templates])
    open_tasks = await fleet.task.list(statuses=["unassigned", "assigned"], limit=10)
    print(open_tasks.count)
    flows = await fleet.iot.logic.flow.list()
    endpoints = await fleet.iot.logic.flow.endpoint.list()
    print(flows, endpoints)
    await fleet.zone.delete(zone_id=zone_id)


async def main() -> None:
    """The walk."""
    end = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    start = end - timedelta(days=1)
    async with Navixy(os.environ.get("NAVIXY_URL", "eu")) as navixy:
        fleet = navixy.account(ApiKey(os.environ["NAVIXY_API_KEY"]))
        ids = await look_around(fleet)
        await watch(fleet, ids)
        await look_back(fleet, ids, start, end)
        await plan(fleet, ids)


if __name__ == "__main__":
    asyncio.run(main())
