"""Structs of `vehicle.status`. Working statuses of vehicles.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ..model import ABSENT, Always, Model


class VehicleStatus(Model, kw_only=True, gc=False):
    """A vehicle status.

    Attributes:
        color: RRGGBB.
    """

    id: Always[int] = ABSENT
    order: int | None = None
    label: str | None = None
    color: str | None = None


class VehicleStatusListingReadAnswer(Model, kw_only=True):
    """What `/vehicle/status/listing/read` answers."""

    list: Always[builtins.list[VehicleStatus]] = ABSENT
