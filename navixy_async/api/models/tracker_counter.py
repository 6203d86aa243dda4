"""Structs of `tracker.counter`. Counters: odometer, engine hours, fuel consumed.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime

from ..model import ABSENT, Always, Model


class Counter(Model, kw_only=True, gc=False):
    """A counter."""

    id: Always[int] = ABSENT
    type: str | None = None
    multiplier: float | None = None


class TrackerCounterDataReadList(Model, kw_only=True, gc=False):
    """What `list` is made of in `/tracker/counter/data/read`."""

    value: float | None = None
    update_time: datetime | None = None


class TrackerCounterDataReadAnswer(Model, kw_only=True):
    """What `/tracker/counter/data/read` answers."""

    list: Always[builtins.list[TrackerCounterDataReadList]] = ABSENT


class TrackerCounterReadAnswer(Model, kw_only=True, gc=False):
    """What `/tracker/counter/read` answers."""

    value: Always[Counter] = ABSENT


class TrackerCounterValueGetAnswer(Model, kw_only=True, gc=False):
    """What `/tracker/counter/value/get` answers."""

    value: Always[float] = ABSENT


class TrackerCounterValueListAnswer(Model, kw_only=True):
    """What `/tracker/counter/value/list` answers."""

    value: Always[dict[int, float]] = ABSENT
