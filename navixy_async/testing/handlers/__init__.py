"""The actions that the embedded platform really performs, by noun. Importing this package registers all of them."""

from __future__ import annotations

from . import counters, eco, history, inputs, panel, raw, sensors, states, track, tracker, user, zones
from .action import ACTIONS, PLACES, Action, Call, File, api_of
from .generic import resolve

__all__ = [
    "ACTIONS",
    "PLACES",
    "Action",
    "Call",
    "File",
    "api_of",
    "counters",
    "eco",
    "history",
    "inputs",
    "panel",
    "raw",
    "resolve",
    "sensors",
    "states",
    "track",
    "tracker",
    "user",
    "zones",
]
