"""The actions that the embedded platform really performs, by noun. Importing this package registers all of them."""

from __future__ import annotations

from . import counters, history, inputs, sensors, states, track, tracker, user
from .action import ACTIONS, Action, Call, File, resolve

__all__ = [
    "ACTIONS", "Action", "Call", "File", "counters", "history", "inputs", "resolve", "sensors", "states", "track",
    "tracker", "user",
]  # fmt: skip
