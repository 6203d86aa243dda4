"""What can be harvested: each stream says in one place how it is asked for, what its rows are, how they are sorted."""

from __future__ import annotations

from .base import Fetch, Fetched, Late, Stream
from .events import EVENTS
from .tracks import TRACKS

__all__ = ["STREAMS", "Fetch", "Fetched", "Late", "Stream"]

STREAMS = {stream.name: stream for stream in (TRACKS, EVENTS)}
