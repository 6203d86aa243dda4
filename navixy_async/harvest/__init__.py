"""Bulk jobs: points, trips, events, values and states of a fleet, each row once, or the hole named; Arrow and Parquet.

Needs pyarrow (the extra ``arrow``), which is loaded when a harvest is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import WriteFailed

if TYPE_CHECKING:
    from .harvest import Harvest
    from .harvests import Harvests, How
    from .plan.schedule import Increments
    from .report.coverage import Coverage, Hole, Progress

__all__ = ["Coverage", "Harvest", "Harvests", "Hole", "How", "Increments", "Progress", "WriteFailed"]

_HOMES = {
    "Coverage": "report.coverage",
    "Harvest": "harvest",
    "Harvests": "harvests",
    "Hole": "report.coverage",
    "How": "harvests",
    "Increments": "plan.schedule",
    "Progress": "report.coverage",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # only when one of the lazy names is used

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
