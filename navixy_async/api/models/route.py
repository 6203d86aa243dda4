"""Structs of `route`. Planning of routes.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ..model import ABSENT, Always, Model
from .common import Location


class RouteGetKeyPoints(Model, kw_only=True, gc=False):
    """What `key_points` is made of in `/route/get`."""

    id: Always[int] = ABSENT
    lat: float | None = None
    lng: float | None = None


class RouteGoogleGetKeyPoints(Model, kw_only=True, gc=False):
    """What `key_points` is made of in `/route/google/get`.

    Attributes:
        distance: in m.
        time: in s.
    """

    id: Always[int] = ABSENT
    lat: float | None = None
    lng: float | None = None
    distance: int | float | None = None
    time: int | float | None = None


class RouteOsrmGetKeyPoints(Model, kw_only=True, gc=False):
    """What `key_points` is made of in `/route/osrm/get`."""

    id: Always[int] = ABSENT
    lat: float | None = None
    lng: float | None = None


class RouteProgorodGetKeyPoints(Model, kw_only=True, gc=False):
    """What `key_points` is made of in `/route/progorod/get`."""

    id: Always[int] = ABSENT
    lat: float | None = None
    lng: float | None = None


class RouteGetAnswer(Model, kw_only=True):
    """What `/route/get` answers.

    Attributes:
        distance: in m.
        time: in s.
    """

    distance: int | float | None = None
    time: int | float | None = None
    list: Always[builtins.list[Location]] = ABSENT
    key_points: builtins.list[RouteGetKeyPoints] | None = None


class RouteGoogleGetAnswer(Model, kw_only=True):
    """What `/route/google/get` answers.

    Attributes:
        distance: in m.
        time: in s.
    """

    distance: int | float | None = None
    time: int | float | None = None
    list: Always[builtins.list[Location]] = ABSENT
    key_points: builtins.list[RouteGoogleGetKeyPoints] | None = None


class RouteOsrmGetAnswer(Model, kw_only=True):
    """What `/route/osrm/get` answers.

    Attributes:
        distance: in m.
        time: in s.
    """

    distance: int | float | None = None
    time: int | float | None = None
    list: Always[builtins.list[Location]] = ABSENT
    key_points: builtins.list[RouteOsrmGetKeyPoints] | None = None


class RouteProgorodGetAnswer(Model, kw_only=True):
    """What `/route/progorod/get` answers.

    Attributes:
        distance: in m.
        time: in s.
    """

    distance: int | float | None = None
    time: int | float | None = None
    list: Always[builtins.list[Location]] = ABSENT
    key_points: builtins.list[RouteProgorodGetKeyPoints] | None = None
