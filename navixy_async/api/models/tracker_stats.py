"""Structs of `tracker.stats`. Mileage and engine hours in a period.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from datetime import date

from ..model import ABSENT, Always, Model


class DayMileage(Model, kw_only=True, gc=False):
    """The way of a day.

    Attributes:
        mileage: in km.
    """

    mileage: Always[float] = ABSENT


class TrackerStatsEngineHoursReadAnswer(Model, kw_only=True, gc=False):
    """What `/tracker/stats/engine_hours/read` answers."""

    value: Always[float] = ABSENT


class TrackerStatsMileageReadAnswer(Model, kw_only=True):
    """What `/tracker/stats/mileage/read` answers.

    Attributes:
        result: by tracker and local day.
        limit_exceeded: a flag that the documents do not explain.
    """

    result: Always[dict[int, dict[date, DayMileage]]] = ABSENT
    limit_exceeded: bool | None = None
