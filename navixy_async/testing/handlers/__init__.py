"""The actions that the embedded platform really performs, by noun. Importing this package registers all of them."""

from __future__ import annotations

from . import history, states, track, tracker, user
from .action import ACTIONS, Action, Call, File, resolve

__all__ = ["ACTIONS", "Action", "Call", "File", "history", "resolve", "states", "track", "tracker", "user"]
