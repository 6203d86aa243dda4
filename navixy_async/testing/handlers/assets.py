"""asset/track/*: the tracks of a vehicle or of an employee, by the tracker behind it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from ..fleet import WorldTracker
from ..params import ParamRule, is_whole, need
from ..wire import WireError, invalid
from .action import ACTIONS, Call, Params, action
from .track import list_tracks, read

ASSET = {"asset": need("object")}
TYPES = ("vehicle", "employee")


def _like(path: str) -> dict[str, ParamRule]:
    """The parameters of a tracker's own action, with the asset instead of the tracker."""
    return {**ASSET, **{name: param for name, param in ACTIONS[path].params.items() if name != "tracker_id"}}


@action("asset/track/list", _like("track/list"))
def list_of_asset(call: Call, p: Params) -> dict[str, Any]:
    found = [(tracker, list_tracks(call, {**p, "tracker_id": tracker.id})) for tracker in _trackers(call, p)]
    tracks = [track for _, answer in found for track in answer["list"]]
    driven = sum(_between(track, track) for track in _ended(tracks))
    whole = sum(_between(ended[0], ended[-1]) for _, answer in found if (ended := _ended(answer["list"])))
    return {
        "list": _by_tracker(call, p, found, "tracks"),
        "total": {
            "count": len(tracks),
            "length": round(sum(track.get("length", 0.0) for track in tracks), 2),
            "trips_duration": f"PT{driven}S",
            "parking_duration": f"PT{max(0, whole - driven)}S",
        },
    }


@action("asset/track/read", _like("track/read"))
def read_of_asset(call: Call, p: Params) -> dict[str, Any]:
    found: list[tuple[WorldTracker, dict[str, Any]]] = [
        (tracker, msgspec.json.decode(read(call, {**p, "tracker_id": tracker.id}))) for tracker in _trackers(call, p)
    ]
    return {"list": _by_tracker(call, p, found, "track_points")}


def _by_tracker(
    call: Call, p: Params, found: list[tuple[WorldTracker, dict[str, Any]]], name: str
) -> list[dict[str, Any]]:
    """The lists of some answers, each with its tracker and the requested range."""
    interval = {"from": call.times.text(p["from"]), "to": call.times.text(p["to"])}
    return [
        {
            "tracker_id": tracker.id,
            "limit_exceeded": answer["limit_exceeded"],
            "interval": interval,
            name: answer["list"],
        }
        for tracker, answer in found
    ]


def _trackers(call: Call, p: Params) -> list[WorldTracker]:
    """The tracker that carries the asset now; 201 for an asset that the account does not have."""
    asset = p["asset"]
    if asset.get("type") not in TYPES or not is_whole(asset.get("id")):
        raise invalid("asset", "an object with an integer id and a type of vehicle or employee expected")
    held = call.state.store.objects(call.account.id, asset["type"]).get(asset["id"])
    if held is None:
        raise WireError(201)
    return [one for one in call.account.trackers if one.id == held.get("tracker_id") and not one.blocked]


def _ended(tracks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Tracks that last: a single report has no end."""
    return [track for track in tracks if "end_date" in track]


def _between(first: dict[str, Any], last: dict[str, Any]) -> int:
    """Seconds from the start of one track to the end of another."""
    begin, end = datetime.fromisoformat(first["start_date"]), datetime.fromisoformat(last["end_date"])
    return int((end - begin).total_seconds())
