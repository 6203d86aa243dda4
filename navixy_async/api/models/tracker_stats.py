"""Structs of `tracker.stats`. Mileage and engine hours in a period.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from ..model import ABSENT, Always, Model


class TrackerStatsMileageReadResult(Model, kw_only=True, gc=False):
    """An object of the platform."""

    mileage: float | None = None


class TrackerStatsEngineHoursReadAnswer(Model, kw_only=True, gc=False):
    """What `/tracker/stats/engine_hours/read` answers."""

    value: Always[float] = ABSENT


class TrackerStatsMileageReadAnswer(Model, kw_only=True):
    """What `/tracker/stats/mileage/read` answers.

    Attributes:
        limit_exceeded: a flag that the documents do not explain.
    """

    result: Always[dict[str, dict[str, TrackerStatsMileageReadResult]]] = ABSENT
    limit_exceeded: bool | None = None
