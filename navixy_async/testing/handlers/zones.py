"""zone/point/*: the corners of geofences."""

from __future__ import annotations

from typing import Any

from ..initial_objects import with_bounds
from ..object_store import Object
from ..params import may, need
from ..wire import WireError
from .action import Call, Params, action


@action("zone/point/list", {"zone_id": need("int"), "count": may("int")})
def list_points(call: Call, p: Params) -> dict[str, Any]:
    points = _with_points(call, p["zone_id"])["points"]
    count = p["count"]
    if count is not None and 1 < count < len(points):
        step = (len(points) - 1) / (count - 1)
        points = [points[round(step * number)] for number in range(count)]
    return {"list": points}


@action("zone/point/update", {"zone_id": need("int"), "points": need("objects", low=3)}, writes=True)
def update_points(call: Call, p: Params) -> dict[str, Any]:
    zone = _with_points(call, p["zone_id"])
    zone.update(with_bounds({**zone, "points": p["points"]}))
    return {}


def _with_points(call: Call, zone_id: int) -> Object:
    zone = call.state.store.objects(call.account.id, "zone").get(zone_id)
    if zone is None:
        raise WireError(201)
    if zone["type"] == "circle":
        raise WireError(230)
    return zone
