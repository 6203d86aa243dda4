"""Structs of `task.route`. Routes: tasks made of checkpoints.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime
from typing import Any

from msgspec import field

from ..model import ABSENT, Always, Model
from .common import Location


class StartPoint(Model, kw_only=True, gc=False):
    """A start point."""

    lat: float | None = None
    lng: float | None = None
    departure: datetime | None = None


class TaskRoute(Model, kw_only=True):
    """A task route.

    Attributes:
        from_: `from` on the wire.
    """

    id: Always[int] = ABSENT
    user_id: int | None = None
    tracker_id: int | None = None
    creation_date: datetime | None = None
    from_: datetime | None = field(default=None, name="from")
    to: datetime | None = None
    external_id: str | None = None
    status: str | None = None
    status_change_date: datetime | None = None
    origin: str | None = None
    tags: list[int] | None = None
    checkpoint_ids: list[int] | None = None
    label: str | None = None
    description: str | None = None
    type: str | None = None


class TaskRoutePointsOptimizeRoutePoints(Model, kw_only=True, gc=False):
    """What `route_points` is made of in `/task/route/points/optimize`.

    Attributes:
        from_: `from` on the wire.
    """

    location: Location | None = None
    from_: datetime | None = field(default=None, name="from")
    to: datetime | None = None


class TaskRouteCreateAnswer(Model, kw_only=True):
    """What `/task/route/create` answers."""

    result: Always[TaskRoute] = ABSENT
    external_id_counts: Any = None


class TaskRouteListAnswer(Model, kw_only=True):
    """What `/task/route/list` answers."""

    list: Always[builtins.list[TaskRoute]] = ABSENT


class TaskRoutePointsOptimizeAnswer(Model, kw_only=True):
    """What `/task/route/points/optimize` answers."""

    result: Always[list[int]] = ABSENT


class TaskRouteReadAnswer(Model, kw_only=True):
    """What `/task/route/read` answers."""

    value: Always[TaskRoute] = ABSENT


class TaskRouteUpdateAnswer(Model, kw_only=True):
    """What `/task/route/update` answers."""

    result: Always[TaskRoute] = ABSENT
