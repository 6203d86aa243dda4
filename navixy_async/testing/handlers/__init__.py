"""The actions that the embedded platform really performs, by noun. Importing this package registers all of them."""

from __future__ import annotations

from . import (
    assets,
    configured,
    counters,
    eco,
    history,
    imports,
    inputs,
    panel,
    raw,
    registered,
    reports,
    sensors,
    states,
    track,
    tracker,
    user,
    zones,
)
from .action import ACTIONS, PLACES, Action, Call, File, Redirect, api_of
from .generic import resolve

__all__ = [
    "ACTIONS",
    "PLACES",
    "Action",
    "Call",
    "File",
    "Redirect",
    "api_of",
    "assets",
    "configured",
    "counters",
    "eco",
    "history",
    "imports",
    "inputs",
    "panel",
    "raw",
    "registered",
    "reports",
    "resolve",
    "sensors",
    "states",
    "track",
    "tracker",
    "user",
    "zones",
]
