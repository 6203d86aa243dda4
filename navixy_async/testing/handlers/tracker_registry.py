"""Registration and removal of trackers: tracker/register, register_quick, mobile/register, delete and corrupt."""

from __future__ import annotations

from typing import Any

from ..fleet import WorldTracker
from ..params import may, need
from ..wire import WireError
from .action import TRACKER_ID, Call, Params, action
from .tracker import describe

NAMED = {"label": need("str", low=1, high=60), "group_id": need("int")}
SHORT = may("str", high=40)
DEVICE_BY_PHONE = "mobile_unknown_xgps"


@action(
    "tracker/register",
    {
        **NAMED,
        "model": need("str"),
        "plugin_id": need("int"),
        "device_id": may("str"),
        "send_register_commands": may("bool", True),
        "phone": may("str"),
        "activation_code": may("str"),
        "apn_name": SHORT,
        "apn_user": SHORT,
        "apn_password": SHORT,
        "notification_email": may("str"),
        "notification_phone": may("str"),
    },
    writes=True,
)
def register(call: Call, p: Params) -> dict[str, Any]:
    return _registered(call, p, p["model"], p["device_id"], p["phone"])


@action("tracker/register_quick", {**NAMED, "imei": need("str")}, writes=True)
def register_quick(call: Call, p: Params) -> dict[str, Any]:
    return _registered(call, p, "telfmb920", p["imei"], None)


@action(
    "tracker/mobile/register",
    {**NAMED, "device_id": may("str"), "send_register_commands": may("bool", True)},
    writes=True,
)
def register_mobile(call: Call, p: Params) -> dict[str, Any]:
    return _registered(call, p, DEVICE_BY_PHONE, p["device_id"], None)


@action("tracker/delete", TRACKER_ID, writes=True)
def delete(call: Call, p: Params) -> dict[str, Any]:
    tracker = call.any_tracker(p["tracker_id"])
    if not tracker.clone:
        raise WireError(249)
    call.state.remove_tracker(tracker)
    return {}


@action("tracker/corrupt", TRACKER_ID, writes=True)
def corrupt(call: Call, p: Params) -> dict[str, Any]:
    call.state.remove_tracker(call.tracker(p["tracker_id"]))
    return {}


def _registered(call: Call, p: Params, model: str, device_id: str | None, phone: str | None) -> dict[str, Any]:
    everyone = call.world.trackers.values()
    call.check_group(p["group_id"])
    if device_id is not None and any(one.device_id == device_id for one in everyone):
        raise WireError(224)
    if phone is not None and any(one.phone == phone for one in everyone):
        raise WireError(223)
    source_id = call.state.store.new_id()
    tracker = WorldTracker(
        id=call.state.store.new_id(),
        index=call.state.new_index(),
        account_id=call.account.id,
        label=p["label"],
        group_id=p["group_id"],
        source_id=source_id,
        device_id=device_id or str(359_632_100_000_000 + source_id),
        model=model,
        phone=phone,
        blocked=False,
        clone=False,
        kind="silent",
        motion=0,
        vehicle_id=0,
        employee_id=None,
        bursts=False,
    )
    call.state.add_tracker(tracker, call.now)
    return {"value": describe(call, tracker)}
