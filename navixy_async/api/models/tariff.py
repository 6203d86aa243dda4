"""Structs of `tariff`. Tariffs of trackers.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from typing import Any

from ..model import ABSENT, Always, Model


class TariffMapFilter(Model, kw_only=True):
    """The `map_filter` of `Tariff`."""

    exclusion: bool | None = None
    values: list[Any] | None = None


class Tariff(Model, kw_only=True):
    """A tariff.

    Attributes:
        type: one of monthly, everyday, activeday.
    """

    id: Always[int] = ABSENT
    name: str | None = None
    group_id: int | None = None
    active: bool | None = None
    type: str | None = None
    price: float | None = None
    early_change_price: float | None = None
    device_limit: int | None = None
    has_reports: bool | None = None
    paas_free: bool | None = None
    store_period: str | None = None
    features: list[str] | None = None
    map_filter: TariffMapFilter | None = None


class TariffListAnswer(Model, kw_only=True):
    """What `/tariff/list` answers."""

    list: Always[builtins.list[Tariff]] = ABSENT


class TariffTrackerListAnswer(Model, kw_only=True):
    """What `/tariff/tracker/list` answers."""

    list: Always[builtins.list[Tariff]] = ABSENT
    days_to_next_change: int | None = None
