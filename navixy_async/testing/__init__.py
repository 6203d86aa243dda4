"""The embedded platform: a deterministic world and a loopback server that does what is documented, and enforces it.

It imports nothing of the client, so that it can judge the client. Start it in the running loop with
:class:`Platform`, or in a process of its own with :class:`PlatformProcess`.
"""

from __future__ import annotations

from .faults import Fault
from .platform import Platform
from .process import PlatformProcess
from .records import CounterValue, Event, Point, RawMessage, SensorSample, Trip
from .rules import UNLIMITED, Latency, Limit, Rules
from .spec import WorldSpec
from .world import World

SensorValue = SensorSample  # Kept until 0.3.

__all__ = [
    "UNLIMITED",
    "CounterValue",
    "Event",
    "Fault",
    "Latency",
    "Limit",
    "Platform",
    "PlatformProcess",
    "Point",
    "RawMessage",
    "Rules",
    "SensorSample",
    "SensorValue",
    "Trip",
    "World",
    "WorldSpec",
]
