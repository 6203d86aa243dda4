"""tracker/list, tracker/read and tracker/group/*."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ..fleet import WorldTracker
from ..initial_objects import TAG_ID
from ..params import may, need
from ..wire import WireError
from .action import TRACKER_ID, Call, Params, action

TAGGED = [{"tag_id": TAG_ID, "ordinal": 1}]
TITLE, COLOR = need("str", low=1, high=60), need("str", pattern=r"[0-9A-Fa-f]{6}")


@action("tracker/list", {"labels": may("strs", low=1, high=1024, item_low=1, item_high=60)})
def list_trackers(call: Call, p: Params) -> dict[str, Any]:
    labels = p["labels"]
    if labels is not None and len(set(labels)) < len(labels):
        raise WireError(7, errors=[{"parameter": "labels", "error": "items must be unique"}])
    found = [
        describe(call, tracker)
        for tracker in call.account.trackers
        if labels is None or any(label.lower() in call.state.label_of(tracker).lower() for label in labels)
    ]
    return {"list": found}


@action("tracker/read", TRACKER_ID)
def read(call: Call, p: Params) -> dict[str, Any]:
    return {"value": describe(call, call.any_tracker(p["tracker_id"]))}


def describe(call: Call, tracker: WorldTracker) -> dict[str, Any]:
    """A tracker as the platform describes it."""
    start = call.world.spec.start
    created = start - timedelta(days=300 + tracker.index % 60)
    if tracker.id in call.state.registered_at:
        created = datetime.fromtimestamp(call.state.registered_at[tracker.id], call.account.zone).date()
    return {
        "id": tracker.id,
        "label": call.state.label_of(tracker),
        "clone": tracker.clone,
        "group_id": call.state.group_of(tracker),
        "source": {
            "id": tracker.source_id,
            "device_id": tracker.device_id,
            "model": tracker.model,
            "blocked": tracker.blocked,
            "tariff_id": 5856,
            "status_listing_id": None,
            "creation_date": created.isoformat(),
            "tariff_end_date": (start + timedelta(days=365)).isoformat(),
            "phone": tracker.phone,
        },
        "tag_bindings": call.state.tag_bindings.get(tracker.id, TAGGED if tracker.index % 3 == 0 else []),
    }


@action("tracker/group/list")
def list_groups(call: Call, p: Params) -> dict[str, Any]:
    groups = call.state.groups(call.account.id)
    return {"list": [{"id": group.id, "title": group.title, "color": group.color} for group in groups]}


@action("tracker/group/create", {"title": TITLE, "color": COLOR}, writes=True)
def create_group(call: Call, p: Params) -> dict[str, Any]:
    return {"id": call.state.create_group(call.account.id, p["title"], p["color"])}


@action("tracker/group/update", {"id": need("int"), "title": TITLE, "color": COLOR}, writes=True)
def update_group(call: Call, p: Params) -> dict[str, Any]:
    call.state.update_group(call.account.id, p["id"], p["title"], p["color"])
    return {}


@action("tracker/group/delete", {"id": need("int")}, writes=True)
def delete_group(call: Call, p: Params) -> dict[str, Any]:
    call.state.delete_group(call.account.id, p["id"])
    return {}


@action("tracker/group/assign", {"id": need("int"), "trackers": need("ints")}, writes=True)
def assign_group(call: Call, p: Params) -> dict[str, Any]:
    known = {tracker.id for tracker in call.account.trackers}
    if not known.issuperset(p["trackers"]):
        raise WireError(217)
    call.state.assign_group(call.account.id, p["id"], p["trackers"])
    return {}
