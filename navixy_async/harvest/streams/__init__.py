"""What can be harvested: each stream says in one module how it is requested, what its rows are, how they are sorted.

A new stream is a page here and a method of :class:`~navixy_async.harvest.Harvests`. All are laid out alike, in
directories by account and UTC day of the stream's time column: the beginning of a trip or of an account's day, the
moment of a snapshot of states, the arrival of a message.
"""

from __future__ import annotations

from .base import Density, Fetch, FetchResult, PathFiles, RereadPolicy, Stream
from .counters import COUNTERS
from .events import EVENTS
from .raw import RAW, raw_arrived
from .sensors import SENSORS
from .states import STATES
from .statistics import ENGINE_HOURS, MILEAGE
from .tracks import TRACKS
from .trip_points import TRIP_POINTS
from .trips import TRIPS

__all__ = ["STREAMS", "Density", "Fetch", "FetchResult", "PathFiles", "RereadPolicy", "Stream"]

STREAMS = {
    stream.name: stream
    for stream in (
        TRACKS,
        TRIPS,
        TRIP_POINTS,
        EVENTS,
        SENSORS,
        COUNTERS,
        STATES,
        MILEAGE,
        ENGINE_HOURS,
        RAW,
        raw_arrived(),
    )
}
