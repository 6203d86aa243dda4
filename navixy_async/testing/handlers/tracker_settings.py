"""What users change about a tracker: its label and group, its tags, its driver."""

from __future__ import annotations

from typing import Any

from ..fleet import WorldTracker
from ..params import may, need
from ..wire import WireError, invalid
from .action import TRACKER_ID, Call, Params, action
from .adapt_answer import in_mode
from .latest import latest_record

MOST_TAGS = 5


@action("tracker/settings/read", TRACKER_ID)
def read_settings(call: Call, p: Params) -> dict[str, Any]:
    tracker = call.tracker(p["tracker_id"])
    return {"settings": {"label": call.state.label_of(tracker), "group_id": call.state.group_of(tracker)}}


@action(
    "tracker/settings/update",
    {**TRACKER_ID, "group_id": need("int"), "label": need("str", low=1, high=60)},
    writes=True,
)
def update_settings(call: Call, p: Params) -> dict[str, Any]:
    tracker = call.tracker(p["tracker_id"])
    call.check_group(p["group_id"])
    call.state.assign_group(call.account.id, p["group_id"], [tracker.id])
    call.state.labels[tracker.id] = p["label"]
    return {}


@action("tracker/tags/set", {**TRACKER_ID, "tag_bindings": need("objects")}, writes=True)
def set_tags(call: Call, p: Params) -> dict[str, Any]:
    tracker = call.any_tracker(p["tracker_id"])
    tags = call.state.store.objects(call.account.id, "tag")
    bindings = [{"tag_id": one.get("tag_id"), "ordinal": one.get("ordinal")} for one in p["tag_bindings"]]
    if any(type(value) is not int for one in bindings for value in one.values()) or len(bindings) > MOST_TAGS:
        raise invalid("tag_bindings", f"at most {MOST_TAGS} items with a tag_id and an ordinal")
    if any(one["tag_id"] not in tags for one in bindings):
        raise WireError(201)
    call.state.tag_bindings[tracker.id] = bindings
    return {}


@action("tracker/employee/read", TRACKER_ID)
def read_employee(call: Call, p: Params) -> dict[str, Any]:
    tracker = call.tracker(p["tracker_id"])
    saved = call.state.store.settings(call.account.id, "driver", tracker.id)
    return {"current": in_mode(call, _driver(call, tracker)), "last_change": in_mode(call, saved.get("last_change"))}


@action("tracker/employee/assign", {**TRACKER_ID, "new_employee_id": may("int")}, writes=True)
def assign_employee(call: Call, p: Params) -> dict[str, Any]:
    tracker = call.tracker(p["tracker_id"])
    employees = call.state.store.objects(call.account.id, "employee")
    driver = employees.get(p["new_employee_id"])
    if driver is None and p["new_employee_id"] is not None:
        raise WireError(201)
    before = _driver(call, tracker)
    if before is driver:
        raise WireError(263)
    if before is not None:
        before["tracker_id"] = None
    if driver is not None:
        driver["tracker_id"] = tracker.id
    last = latest_record(call, tracker)
    call.state.store.settings(call.account.id, "driver", tracker.id)["last_change"] = {
        "old_employee_id": None if before is None else before["id"],
        "new_employee_id": None if driver is None else driver["id"],
        "location": None if last is None else {"lat": last.fix.lat, "lng": last.fix.lng, "address": last.fix.address},
        "origin": "supervisor",
        "changed": call.times.text(call.now),
    }
    return {}


def _driver(call: Call, tracker: WorldTracker) -> dict[str, Any] | None:
    employees = call.state.store.objects(call.account.id, "employee").values()
    return next((one for one in employees if one.get("tracker_id") == tracker.id), None)
