"""Adapts answers to the request: times in its mode, ids of its account, nothing that the account does not have."""

from __future__ import annotations

import re
from datetime import UTC
from typing import Any

from ..wire import moment_of, seconds_of
from .action import Call, Params

NAIVE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)")


def epoch_of(call: Call, text: object) -> int | None:
    """Epoch seconds of a stored time, naive ones in the account's zone; ``None`` if it is not a time."""
    if not isinstance(text, str) or not (NAIVE.fullmatch(text) or ISO.fullmatch(text)):
        return None
    moment = moment_of(text, UTC if call.credential is None else call.account.zone)
    return None if moment is None else seconds_of(moment)


def in_mode(call: Call, value: Any) -> Any:
    """`value` with every time in it written in the request's mode."""
    if isinstance(value, str):
        if len(value) < 19 or value[4] != "-" or value[10] not in " T":
            return value
        epoch = epoch_of(call, value)
        return value if epoch is None else call.times.text(epoch)
    if isinstance(value, dict):
        return {name: in_mode(call, member) for name, member in value.items()}
    if isinstance(value, list):
        return [in_mode(call, member) for member in value]
    return value


def at_home(call: Call, p: Params, value: Any, name: str = "") -> Any:
    """A documented example adapted to the account: its trackers, its user."""
    if isinstance(value, dict):
        asked = p.get("trackers")
        if value and isinstance(asked, list) and all(key.isdigit() for key in value):
            sample = next(iter(value.values()))
            return {str(tracker_id): at_home(call, p, sample) for tracker_id in asked}
        return {member: at_home(call, p, inner, member) for member, inner in value.items()}
    if isinstance(value, list):
        return [at_home(call, p, inner, name) for inner in value]
    if type(value) is int and call.credential is not None:
        if name in ("tracker_id", "trackers"):
            asked_one = p.get("tracker_id")
            return asked_one if type(asked_one) is int else call.account.trackers[0].id
        if name == "user_id":
            return call.account.id
    return value
