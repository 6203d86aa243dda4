"""Structs of `garage`. Garages of vehicles.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ..model import ABSENT, Always, Model
from .common import Location


class Garage(Model, kw_only=True, gc=False):
    """A garage."""

    id: Always[int] = ABSENT
    location: Location | None = None
    mechanic_name: str | None = None
    dispatcher_name: str | None = None
    organization_name: str | None = None


class GarageCreateAnswer(Model, kw_only=True, gc=False):
    """What `/garage/create` answers."""

    id: Always[int] = ABSENT


class GarageListAnswer(Model, kw_only=True):
    """What `/garage/list` answers."""

    list: Always[builtins.list[Garage]] = ABSENT
