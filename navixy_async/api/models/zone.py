"""Structs of `zone`. Geofences.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from msgspec import Raw

from ..model import ABSENT, Always, Model, Unknown
from ..variants import Variants
from .common import Bounds, Location


class CircleZone(Model, kw_only=True, tag_field="type", tag="circle"):
    """A geofence around a position.

    Attributes:
        color: RRGGBB.
        radius: in m.
    """

    type: ClassVar[Literal["circle"]] = "circle"

    id: Always[int] = ABSENT
    label: str | None = None
    address: str | None = None
    color: str | None = None
    radius: int | float | None = None
    center: Location | None = None
    bounds: Bounds | None = None
    tags: list[int] | None = None


class ZonePoint(Model, kw_only=True, gc=False):
    """A corner of a geofence, or a point of its line."""

    lat: float | None = None
    lng: float | None = None
    node: bool | None = None


class PolygonZone(Model, kw_only=True, tag_field="type", tag="polygon"):
    """A geofence with corners.

    Attributes:
        color: RRGGBB.
    """

    type: ClassVar[Literal["polygon"]] = "polygon"

    id: Always[int] = ABSENT
    label: str | None = None
    address: str | None = None
    color: str | None = None
    points: list[ZonePoint] | None = None
    bounds: Bounds | None = None
    tags: list[int] | None = None


class SausageZone(Model, kw_only=True, tag_field="type", tag="sausage"):
    """A geofence along a line.

    Attributes:
        color: RRGGBB.
        radius: in m.
    """

    type: ClassVar[Literal["sausage"]] = "sausage"

    id: Always[int] = ABSENT
    label: str | None = None
    address: str | None = None
    color: str | None = None
    radius: int | float | None = None
    points: list[ZonePoint] | None = None
    bounds: Bounds | None = None
    tags: list[int] | None = None


class UnknownZone(Unknown):
    """A variant of `Zone` that this version does not know."""


Zone: TypeAlias = CircleZone | PolygonZone | SausageZone | UnknownZone
"""A geofence; told apart by `type`."""

ZONE = Variants(UnknownZone, CircleZone, PolygonZone, SausageZone)


class ZoneSearchLocationList(Model, kw_only=True, gc=False):
    """What `list` is made of in `/zone/search_location`."""

    id: Always[int] = ABSENT
    label: str | None = None


class ZoneBatchConvertAnswer(Model, kw_only=True):
    """What `/zone/batch_convert` answers.

    Attributes:
        limit_exceeded: whether only the first part of the batch was converted.
    """

    if TYPE_CHECKING:
        list: Always[builtins.list[Zone]] = ABSENT
    else:
        list: Raw = ABSENT
    limit_exceeded: bool | None = None

    def __post_init__(self) -> None:
        self.list = ZONE.many(self.list)


class ZoneCreateAnswer(Model, kw_only=True, gc=False):
    """What `/zone/create` answers."""

    id: Always[int] = ABSENT


class ZoneListAnswer(Model, kw_only=True):
    """What `/zone/list` answers."""

    if TYPE_CHECKING:
        list: Always[builtins.list[Zone]] = ABSENT
    else:
        list: Raw = ABSENT

    def __post_init__(self) -> None:
        self.list = ZONE.many(self.list)


class ZonePointListAnswer(Model, kw_only=True):
    """What `/zone/point/list` answers."""

    list: Always[builtins.list[ZonePoint]] = ABSENT


class ZoneReadAnswer(Model, kw_only=True):
    """What `/zone/read` answers."""

    if TYPE_CHECKING:
        value: Always[Zone] = ABSENT
    else:
        value: Raw = ABSENT

    def __post_init__(self) -> None:
        self.value = ZONE.one(self.value)


class ZoneSearchLocationAnswer(Model, kw_only=True):
    """What `/zone/search_location` answers."""

    list: Always[builtins.list[ZoneSearchLocationList]] = ABSENT


class ZoneUploadAnswer(Model, kw_only=True):
    """What `/zone/upload` answers."""

    if TYPE_CHECKING:
        list: Always[builtins.list[Zone]] = ABSENT
    else:
        list: Raw = ABSENT

    def __post_init__(self) -> None:
        self.list = ZONE.many(self.list)
