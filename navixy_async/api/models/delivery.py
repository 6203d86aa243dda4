"""Structs of `delivery`. Deliveries, as their receivers see them.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ..model import ABSENT, Always, Model
from .task import Task
from .tracker import Tracker
from .user import TariffRestrictions


class Delivery(Model, kw_only=True):
    """A delivery.

    Attributes:
        estimated_time: in s.
    """

    task: Task | None = None
    tracker: Tracker | None = None
    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None
    vehicle_label: str | None = None
    estimated_time: int | float | None = None


class DeliveryListAnswer(Model, kw_only=True):
    """What `/delivery/list` answers."""

    list: Always[builtins.list[Delivery]] = ABSENT
    user_id: int | None = None
    restrictions: TariffRestrictions | None = None


class DeliveryReadAnswer(Model, kw_only=True):
    """What `/delivery/read` answers.

    Attributes:
        estimated_time: in s.
    """

    user_id: int | None = None
    task: Task | None = None
    tracker: Tracker | None = None
    restrictions: TariffRestrictions | None = None
    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None
    vehicle_label: str | None = None
    estimated_time: int | float | None = None
