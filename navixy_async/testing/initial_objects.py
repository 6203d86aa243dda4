"""What accounts have at the start, consistent with the world: its vehicles, drivers, geofences and tasks."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

from .events import ZONE_ID, ZONE_LABEL
from .facts import documented
from .fleet import TrackerAccount
from .object_store import Object
from .roads import town_of
from .world import World

TAG_ID, PLACE_ID, FIRST_TASK = 456, 18_404, 90_001
NAMES = ("Ada", "Björn", "Chandra", "Diego", "Eun-ji")
PANEL = 0
"""The owner of what belongs to the panel and not to an account."""
Objects = list[Object]


def template(resource: str) -> Object:
    """A documented object of a resource, without its id."""
    return next((_without_id(one) for one in _examples(resource)), {})


def objects_at_start(world: World, owner: int, resource: str) -> Objects:
    """The objects of `resource` that an account, or the panel, has at the start."""
    if owner == PANEL:
        return _of_panel(world, resource)
    account = world.account(owner)
    made = {
        "tag": _tags,
        "zone": _zones,
        "place": _places,
        "vehicle": _vehicles,
        "employee": _employees,
        "task": _tasks,
    }.get(resource)
    return _numbered(resource) if made is None else made(world, account)


def _examples(resource: str) -> list[Object]:
    """Objects in the documented answers of a resource's `list` and `read`, or else in the request of its `create`."""
    for verb in ("list", "read"):
        known = documented().get(f"{resource}/{verb}")
        for value in () if known is None else known.example_answer.values():
            items = value if isinstance(value, list) else [value]
            if items and all(isinstance(item, dict) and item for item in items):
                return items
    created = documented().get(f"{resource}/create")
    asked = None if created is None else created.example_request
    return [value for value in (asked or {}).values() if isinstance(value, dict)][:1]


def _without_id(one: Object) -> Object:
    return {name: deepcopy(value) for name, value in one.items() if name != "id"}


def _numbered(resource: str) -> Objects:
    """The documented objects, with ids if they had none."""
    return [{"id": 1000 + number, **deepcopy(one)} for number, one in enumerate(_examples(resource))]


def _of_panel(world: World, resource: str) -> Objects:
    if resource == "panel/user":
        return [
            {
                **template(resource),
                "id": one.id,
                "login": one.login,
                "first_name": one.title,
                "time_zone": one.time_zone,
            }
            for one in world.accounts
        ]
    if resource == "panel/tracker":
        return [
            {**template(resource), "id": one.id, "label": one.label, "user_id": one.account_id, "clone": one.clone}
            for one in world.trackers.values()
        ]
    return _numbered(resource)


def _tags(world: World, account: TrackerAccount) -> Objects:
    names = (("Refrigerated", "27A9E3"), ('"Express"', "FF6DDC"), ("Öko", "00AA44"))
    return [{"id": TAG_ID + n, "name": name, "color": color} for n, (name, color) in enumerate(names)]


def _zones(world: World, account: TrackerAccount) -> Objects:
    town = town_of(account.time_zone)
    corners = [
        {"lat": town.lat + dy, "lng": town.lng + dx, "node": True}
        for dy, dx in ((-0.02, -0.02), (0.02, -0.02), (0.02, 0.02), (-0.02, 0.02))
    ]
    common = {"address": town.name, "color": "27A9E3", "tags": []}
    centre = {"lat": town.lat, "lng": town.lng}
    zones: Objects = [
        {"id": ZONE_ID, "type": "circle", "label": ZONE_LABEL, "radius": 350, "center": centre, **common},
        {"id": ZONE_ID + 1, "type": "polygon", "label": "Town", "points": corners, **common, "tags": [TAG_ID]},
        {"id": ZONE_ID + 2, "type": "sausage", "label": "Ring", "radius": 150, "points": corners[:3], **common},
    ]
    return [with_bounds(zone) for zone in zones]


def with_bounds(zone: Object) -> Object:
    """`zone` with the rectangle around it."""
    centre = zone.get("center")
    corners = zone.get("points") or ([] if centre is None else [centre])
    reach = zone.get("radius", 0) / 111_195
    if not corners:
        return zone
    lats, lngs = [one["lat"] for one in corners], [one["lng"] for one in corners]
    return {
        **zone,
        "bounds": {
            "nw": {"lat": round(max(lats) + reach, 6), "lng": round(min(lngs) - reach, 6)},
            "se": {"lat": round(min(lats) - reach, 6), "lng": round(max(lngs) + reach, 6)},
        },
    }


def _places(world: World, account: TrackerAccount) -> Objects:
    town = town_of(account.time_zone)
    return [
        {
            "id": PLACE_ID + number,
            "icon_id": 55,
            "label": label,
            "description": "",
            "location": {
                "lat": round(town.lat + 0.01 * number, 6),
                "lng": town.lng,
                "address": f"{number + 1} {town.streets[number]}",
                "radius": 150,
            },
            "tags": [TAG_ID] if number == 0 else [],
            "fields": {},
        }
        for number, label in enumerate(("Depot", 'Customer "A"', "Müller & Söhne"))
    ]


def _vehicles(world: World, account: TrackerAccount) -> Objects:
    common = template("vehicle")
    return [
        {
            **common,
            "id": tracker.vehicle_id,
            "tracker_id": tracker.id,
            "tracker_label": tracker.label,
            "label": f"Vehicle {tracker.index + 1}",
            "reg_number": f"FL {tracker.index + 1:04}",
            "tags": [TAG_ID] if tracker.index % 3 == 0 else [],
        }
        for tracker in account.trackers
    ]


def _employees(world: World, account: TrackerAccount) -> Objects:
    common = template("employee")
    return [
        {
            **common,
            "id": tracker.employee_id,
            "tracker_id": tracker.id,
            "first_name": NAMES[tracker.index % len(NAMES)],
            "last_name": f"Driver {tracker.index + 1}",
            "tags": [],
        }
        for tracker in account.trackers
        if tracker.employee_id is not None
    ]


def _tasks(world: World, account: TrackerAccount) -> Objects:
    common, places = template("task"), _places(world, account)
    begin = world.start + timedelta(days=2, hours=8)
    made = []
    for number in range(6):
        tracker = account.trackers[number % len(account.trackers)]
        since: datetime = (begin + timedelta(days=number)).astimezone(UTC)
        times: dict[str, Any] = {
            name: (since + timedelta(hours=later)).isoformat()
            for name, later in (("from", 0), ("to", 4), ("creation_date", -40), ("status_change_date", -40))
        }
        made.append(
            {
                **common,
                **times,
                "id": FIRST_TASK + number,
                "user_id": account.id,
                "tracker_id": tracker.id,
                "label": f"Deliver {number + 1}",
                "location": places[number % len(places)]["location"],
                "status": "assigned",
                "type": "task",
            }
        )
    return made
