"""Structs of `place`. Places: points of interest with an address.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from typing import Any

from ..model import ABSENT, Always, Model
from .common import CustomFieldValue, Location


class Place(Model, kw_only=True):
    """A place.

    Attributes:
        icon_id: 1 to 255.
    """

    id: Always[int] = ABSENT
    icon_id: int | None = None
    avatar_file_name: str | None = None
    location: Location | None = None
    fields: dict[str, CustomFieldValue] | None = None
    label: str | None = None
    description: str | None = None
    tags: list[int] | None = None
    external_id: str | None = None


class PlaceSearchLocationList(Model, kw_only=True, gc=False):
    """What `list` is made of in `/place/search_location`."""

    id: Always[int] = ABSENT
    label: str | None = None


class CheckedPlace(Place, kw_only=True, gc=True):
    """A place made of a row of text, and what is wrong with it."""

    errors: list[Any] | None = None
    tag_names: list[str] | None = None


class PlaceAvatarUploadAnswer(Model, kw_only=True, gc=False):
    """What `/place/avatar/upload` answers."""

    value: Always[str] = ABSENT


class PlaceBatchConvertAnswer(Model, kw_only=True):
    """What `/place/batch_convert` answers.

    Attributes:
        limit_exceeded: whether only the first part of the batch was converted.
    """

    list: Always[builtins.list[CheckedPlace]] = ABSENT
    limit_exceeded: bool | None = None


class PlaceCreateAnswer(Model, kw_only=True, gc=False):
    """What `/place/create` answers."""

    id: Always[int] = ABSENT


class PlaceListAnswer(Model, kw_only=True):
    """What `/place/list` answers."""

    count: Always[int] = ABSENT
    list: Always[builtins.list[Place]] = ABSENT


class PlaceReadAnswer(Model, kw_only=True):
    """What `/place/read` answers."""

    value: Always[Place] = ABSENT


class PlaceSearchLocationAnswer(Model, kw_only=True):
    """What `/place/search_location` answers."""

    list: Always[builtins.list[PlaceSearchLocationList]] = ABSENT


class PlaceUploadAnswer(Model, kw_only=True, gc=False):
    """What `/place/upload` answers."""

    total: int | None = None
    errors: int | None = None
