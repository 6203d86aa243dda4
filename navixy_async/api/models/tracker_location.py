"""Structs of `tracker.location`. Links that show trackers to whoever has them.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime
from typing import ClassVar

from msgspec import field

from ..model import ABSENT, Always, Masked, Model


class LocationLinkLifetime(Model, kw_only=True, gc=False):
    """The `lifetime` of `LocationLink`.

    Attributes:
        from_: `from` on the wire.
    """

    from_: datetime | None = field(default=None, name="from")
    to: datetime | None = None


class LocationLinkParamsDisplayOptions(Model, kw_only=True, gc=False):
    """The `display_options` of `LocationLinkParams`."""

    autoscale: bool | None = None
    map: str | None = None
    show_driver_info: bool | None = None
    show_icons: bool | None = None
    show_vehicle_info: bool | None = None
    trace_duration: int | None = None


class LocationLinkParams(Model, kw_only=True):
    """The `params` of `LocationLink`."""

    bounding_zone_ids: list[int] | None = None
    bounding_mode: str | None = None
    place_ids: list[int] | None = None
    shorten_url: bool | None = None
    display_options: LocationLinkParamsDisplayOptions | None = None


class LocationLinkTrackersParams(Model, kw_only=True):
    """The `params` of `LocationLinkTrackers`."""

    object_data: list[str] | None = None


class LocationLinkTrackers(Model, kw_only=True):
    """The `trackers` of `LocationLink`."""

    alias: str | None = None
    params: LocationLinkTrackersParams | None = None
    tracker_id: int | None = None


class LocationLink(Masked, kw_only=True):
    """A location link."""

    secret_members: ClassVar[tuple[str, ...]] = ("hash",)

    create_date: datetime | None = None
    creator_id: int | None = None
    description: str | None = None
    enabled: bool | None = None
    hash: str | None = None
    id: Always[int] = ABSENT
    lifetime: LocationLinkLifetime | None = None
    params: LocationLinkParams | None = None
    trackers: list[LocationLinkTrackers] | None = None


class LocationLinkTrackerParams(Model, kw_only=True):
    """The `params` of `LocationLinkTracker`."""

    object_data: list[str] | None = None


class LocationLinkTracker(Model, kw_only=True):
    """The `tracker` of `LocationLink`."""

    alias: str | None = None
    tracker_id: int | None = None
    params: LocationLinkTrackerParams | None = None


class TrackerLocationLinkCreateAnswer(Model, kw_only=True, gc=False):
    """What `/tracker/location/link/create` answers."""

    value: Always[int] = ABSENT


class TrackerLocationLinkListAnswer(Model, kw_only=True):
    """What `/tracker/location/link/list` answers."""

    list: Always[builtins.list[LocationLink]] = ABSENT


class TrackerLocationLinkReadAnswer(Model, kw_only=True):
    """What `/tracker/location/link/read` answers."""

    value: Always[LocationLink] = ABSENT
