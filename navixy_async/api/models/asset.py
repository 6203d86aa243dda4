"""Structs of `asset`. Vehicles and employees, wherever their trackers were.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Raw, field

from ..model import ABSENT, Always, Model
from .track import TRACK, Track, TrackPoint


class AssetTrackReadListInterval(Model, kw_only=True, gc=False):
    """The `interval` of `AssetTrackReadList`.

    Attributes:
        from_: `from` on the wire.
    """

    from_: datetime | None = field(default=None, name="from")
    to: datetime | None = None


class AssetTrackReadList(Model, kw_only=True):
    """What `list` is made of in `/asset/track/read`."""

    tracker_id: int | None = None
    limit_exceeded: bool | None = None
    interval: AssetTrackReadListInterval | None = None
    track_points: list[TrackPoint] | None = None


class AssetTracksInterval(Model, kw_only=True, gc=False):
    """The `interval` of `AssetTracks`.

    Attributes:
        from_: `from` on the wire.
    """

    from_: datetime | None = field(default=None, name="from")
    to: datetime | None = None


class AssetTracks(Model, kw_only=True):
    """An asset tracks."""

    tracker_id: int | None = None
    limit_exceeded: bool | None = None
    interval: AssetTracksInterval | None = None
    if TYPE_CHECKING:
        tracks: list[Track] | None = None
    else:
        tracks: Raw = ABSENT

    def __post_init__(self) -> None:
        self.tracks = TRACK.many(self.tracks)


class AssetTracksTotal(Model, kw_only=True, gc=False):
    """An asset tracks total.

    Attributes:
        trips_duration: an ISO 8601 duration, see `times.parse_duration`.
        parking_duration: an ISO 8601 duration, see `times.parse_duration`.
        norm_fuel_consumed: in l.
    """

    count: int | None = None
    length: float | None = None
    trips_duration: str | None = None
    parking_duration: str | None = None
    norm_fuel_consumed: float | None = None


class AssetTrackListAnswer(Model, kw_only=True):
    """What `/asset/track/list` answers."""

    list: Always[builtins.list[AssetTracks]] = ABSENT
    total: AssetTracksTotal | None = None


class AssetTrackReadAnswer(Model, kw_only=True):
    """What `/asset/track/read` answers."""

    list: Always[builtins.list[AssetTrackReadList]] = ABSENT
