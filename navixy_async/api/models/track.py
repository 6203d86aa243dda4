"""Structs of `track`. Tracks: the trips of one tracker, and the points they are made of.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from msgspec import Raw

from ..model import ABSENT, Always, Model, Unknown
from ..variants import Variants
from .common import Bounds, Location


class TrackPoint(Model, kw_only=True, gc=False):
    """A point of a track.

    Attributes:
        lat: in deg.
        lng: in deg.
        alt: in m.
        mileage: way since the start of the track; in km.
        get_time: when the device was there.
        heading: in deg.
        speed: in km/h.
        precision: in m.
        gsm_lbs: whether it was located by mobile phone cells.
        buffered: whether the device sent it late, from its memory.
    """

    lat: Always[float] = ABSENT
    lng: Always[float] = ABSENT
    alt: int | float | None = None
    satellites: int | None = None
    mileage: float | None = None
    get_time: Always[datetime] = ABSENT
    address: str | None = None
    heading: int | float | None = None
    speed: int | float | None = None
    precision: int | float | None = None
    gsm_lbs: bool | None = None
    parking: bool | None = None
    buffered: bool | None = None


class RegularTrack(Model, kw_only=True, tag_field="type", tag="regular"):
    """A trip.

    Attributes:
        max_speed: in km/h.
        length: in km.
        points: how many points it has.
        avg_speed: in km/h.
        norm_fuel_consumed: in l.
        points_list: its points, if they were asked for.
    """

    type: ClassVar[Literal["regular"]] = "regular"

    id: Always[int] = ABSENT
    start_date: Always[datetime] = ABSENT
    start_address: str | None = None
    max_speed: int | float | None = None
    end_date: Always[datetime] = ABSENT
    end_address: str | None = None
    length: float | None = None
    points: int | None = None
    avg_speed: int | float | None = None
    event_count: int | None = None
    norm_fuel_consumed: float | None = None
    gsm_lbs: bool | None = None
    points_list: list[TrackPoint] | None = None
    bounds: Bounds | None = None


class SingleReportTrack(Model, kw_only=True, tag_field="type", tag="single_report"):
    """A single position of a tracker that reports when asked.

    Attributes:
        avg_speed: in km/h.
        precision: in m.
        points_list: its point, if points were asked for.
    """

    type: ClassVar[Literal["single_report"]] = "single_report"

    id: Always[int] = ABSENT
    start_date: Always[datetime] = ABSENT
    start_address: str | None = None
    avg_speed: int | float | None = None
    gsm_lbs: bool | None = None
    precision: int | float | None = None
    points_list: list[TrackPoint] | None = None


class MergedTrack(Model, kw_only=True, tag_field="type", tag="merged"):
    """All trips of the period as one, when they were not split.

    Attributes:
        max_speed: in km/h.
        length: in km.
        points: how many points it has.
        avg_speed: in km/h.
        norm_fuel_consumed: in l.
        points_list: its points, if they were asked for.
    """

    type: ClassVar[Literal["merged"]] = "merged"

    start_date: Always[datetime] = ABSENT
    start_address: str | None = None
    max_speed: int | float | None = None
    end_date: Always[datetime] = ABSENT
    end_address: str | None = None
    length: float | None = None
    points: int | None = None
    avg_speed: int | float | None = None
    event_count: int | None = None
    norm_fuel_consumed: float | None = None
    gsm_lbs: bool | None = None
    points_list: list[TrackPoint] | None = None
    bounds: Bounds | None = None


class ClusterTrack(Model, kw_only=True, tag_field="type", tag="cluster"):
    """Single reports that lie close together.

    Attributes:
        precision: in m.
        points: where they lie.
    """

    type: ClassVar[Literal["cluster"]] = "cluster"

    start_date: Always[datetime] = ABSENT
    start_address: str | None = None
    end_date: Always[datetime] = ABSENT
    precision: int | float | None = None
    points: list[Location] | None = None
    gsm_lbs: bool | None = None
    bounds: Bounds | None = None


class UnknownTrack(Unknown):
    """A variant of `Track` that this version does not know."""


Track: TypeAlias = RegularTrack | SingleReportTrack | MergedTrack | ClusterTrack | UnknownTrack
"""One entry of a list of tracks; told apart by `type`."""

TRACK = Variants(UnknownTrack, RegularTrack, SingleReportTrack, MergedTrack, ClusterTrack)


class TrackVisits(Model, kw_only=True):
    """What a tracker visited.

    Attributes:
        zones: ids of geofences.
        places: ids of places.
    """

    zones: list[int] | None = None
    places: list[int] | None = None


class WaybillSettings(Model, kw_only=True, gc=False):
    """What waybills are numbered with."""

    number: str | None = None


class TrackListAnswer(Model, kw_only=True):
    """What `/track/list` answers.

    Attributes:
        limit_exceeded: whether the period was clipped to what the tariff stores.
    """

    limit_exceeded: bool | None = None
    if TYPE_CHECKING:
        list: Always[builtins.list[Track]] = ABSENT
    else:
        list: Raw = ABSENT

    def __post_init__(self) -> None:
        self.list = TRACK.many(self.list)


class TrackReadAnswer(Model, kw_only=True):
    """What `/track/read` answers.

    Attributes:
        limit_exceeded: whether the period was clipped to what the tariff stores.
    """

    limit_exceeded: bool | None = None
    list: Always[builtins.list[TrackPoint]] = ABSENT


class TrackVisitListAnswer(Model, kw_only=True):
    """What `/track/visit/list` answers."""

    value: Always[TrackVisits] = ABSENT


class TrackWaybillSettingsReadAnswer(Model, kw_only=True, gc=False):
    """What `/track/waybill/settings/read` answers."""

    value: Always[WaybillSettings] = ABSENT
