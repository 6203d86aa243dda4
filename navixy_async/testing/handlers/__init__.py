"""The actions that the embedded platform really performs, by resource. Importing this package registers all of them."""

from __future__ import annotations

from . import (
    assets,
    counters,
    eco,
    history,
    imports,
    inputs,
    panel,
    raw,
    reports,
    sensors,
    states,
    track,
    tracker,
    tracker_registry,
    tracker_settings,
    user,
    zones,
)
from .action import ACTIONS, API_PREFIXES, Call, File, PlatformAction, Redirect, api_of
from .generic import resolve

__all__ = [
    "ACTIONS",
    "API_PREFIXES",
    "Call",
    "File",
    "PlatformAction",
    "Redirect",
    "api_of",
    "assets",
    "counters",
    "eco",
    "history",
    "imports",
    "inputs",
    "panel",
    "raw",
    "reports",
    "resolve",
    "sensors",
    "states",
    "track",
    "tracker",
    "tracker_registry",
    "tracker_settings",
    "user",
    "zones",
]
