"""Structs of `common`. Objects that several nouns share.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import Any

from ..model import ABSENT, Always, Model
from ..resolve import resolved


class Asset(Model, kw_only=True, gc=False):
    """A vehicle or an employee.

    Attributes:
        type: one of employee, vehicle.
    """

    id: Always[int] = ABSENT
    type: Always[str] = ABSENT


class Location(Model, kw_only=True, gc=False):
    """A position.

    Attributes:
        lat: in deg.
        lng: in deg.
        radius: in m.
        precision: in m.
    """

    lat: Always[float] = ABSENT
    lng: Always[float] = ABSENT
    address: str | None = None
    radius: int | float | None = None
    precision: int | float | None = None


class Bounds(Model, kw_only=True, gc=False):
    """A rectangle on the map.

    Attributes:
        nw: its north-western corner.
        se: its south-eastern corner.
    """

    nw: Always[Location] = ABSENT
    se: Always[Location] = ABSENT


@resolved
class TrackingProfile(Model, kw_only=True, gc=False):
    """How often and when a device reports; a profile for each family of models."""


class CustomFieldValue(Model, kw_only=True):
    """The value of a custom field.

    Attributes:
        value: a text, a number, or the id of an employee, by the type.
    """

    type: str | None = None
    value: Any = None
